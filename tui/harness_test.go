package tui

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
	"sobre/wording"
)

var update = flag.Bool("update", false, "write the golden frames again")

// testPlan is a small plan that has one of everything, its figures written by
// hand so that frames do not change when the planner gets better.
func testPlan() *plan.Plan {
	r := func(v float64) carbon.Range { return carbon.Range{Low: v * 0.7, Best: v, High: v * 1.4} }
	payback := carbon.Range{Low: 1.1, Best: 1.9, High: 3.5}
	costs := 1
	return &plan.Plan{
		Version: 1, Status: plan.Optimal,
		Estate:    plan.Subject{Name: "Ville d'Exemple", Sites: 2, Workloads: 9},
		Objective: []plan.Objective{plan.Hosts, plan.Energy, plan.Moves},
		Bound:     plan.Bound{Hosts: 4, Binding: "memory", Why: "all: 6 workloads need 60.0 GiB of memory, the roomiest host offers 43.2 GiB of memory after headroom", Method: "greedy"},
		Before:    plan.Totals{Hosts: 6, Chassis: 1, Energy: r(18400), CO2e: r(960), Cost: r(1700)},
		After:     plan.Totals{Hosts: 4, Chassis: 1, Energy: r(14500), CO2e: r(750), Cost: r(1300), Embodied: r(390), Purchase: r(7200)},
		Saving:    plan.Saving{Hosts: 2, Energy: r(3900), CO2e: r(210), Cost: r(400), CarbonPayback: &payback, CostPayback: &payback, NetCO2e: r(650), Worth: true},
		Hosts: []plan.Host{
			{ID: "lame-1", Capacity: []float64{200000, 49152}, Name: "LAME-1", Model: "BL460c G6", State: plan.Keep, Role: inventory.Hypervisor, Cluster: "prod", Chassis: "enc-1", Slot: 1, Site: "salle A", Load: map[string]float64{"cpu": 0.42, "memory": 0.88, "vcpus": 0.5}, Workloads: 4, Energy: r(1600), PowerRung: "exact CPU"},
			{ID: "lame-2", Capacity: []float64{200000, 49152}, Model: "BL460c G6", State: plan.Retire, Role: inventory.Hypervisor, Cluster: "prod", Chassis: "enc-1", Slot: 2, Site: "salle A", Energy: r(1700), PowerRung: "exact CPU"},
			{ID: "lame-3", Model: "BL460c G6", State: plan.Keep, Spare: true, Cluster: "prod", Capacity: []float64{200000, 49152}, Chassis: "enc-1", Slot: 4, Site: "salle A", Load: map[string]float64{"cpu": 0, "memory": 0, "vcpus": 0}, Energy: r(1200), PowerRung: "exact CPU"},
			{ID: "neuf-01", Capacity: []float64{200000, 49152}, Model: "DL325", State: plan.Buy, Role: inventory.Hypervisor, Cluster: "prod", Site: "salle A", Load: map[string]float64{"cpu": 0.1, "memory": 0.31, "vcpus": 0.25}, Workloads: 2, Energy: r(1100), PowerRung: "given"},
			{ID: "srv-fax", Capacity: []float64{200000, 49152}, Model: "ML370", State: plan.Keep, Role: inventory.Standalone, Site: "mairie", Workloads: 1, Energy: r(2100), PowerRung: "hardware year"},
			{ID: "srv-paie", Capacity: []float64{200000, 49152}, Model: "DL380 G4", State: plan.Retire, Role: inventory.Standalone, Site: "mairie", Energy: r(2900), PowerRung: "CPU family"},
			{ID: "srv-web", Capacity: []float64{200000, 49152}, Model: "DL360 G3", State: plan.Retire, Role: inventory.Standalone, Site: "mairie", Energy: r(2200), PowerRung: "CPU family"},
		},
		Chassis: []plan.Chassis{{ID: "enc-1", Model: "C7000", Site: "salle A", State: plan.Keep, Slots: 8, Before: 3, After: 2}},
		Placements: []plan.Placement{
			{Workload: "agenda", Demand: []float64{9000, 8192}, From: "lame-1", To: "lame-1"}, {Workload: "archives", Demand: []float64{9000, 16384}, From: "lame-2", To: "lame-1", Kind: "move"},
			{Workload: "courrier-élus", Demand: []float64{9000, 12288}, From: "lame-2", To: "lame-1", Kind: "move"}, {Workload: "dns", Demand: []float64{9000, 4096}, From: "lame-3", To: "lame-1", Kind: "move"},
			{Workload: "fax-os", Demand: []float64{9000, 2048}, From: "srv-fax", To: "srv-fax", Stays: "pinned by usb clé du fax"},
			{Workload: "paie-os", Demand: []float64{9000, 8192}, From: "srv-paie", To: "neuf-01", Kind: "p2v"}, {Workload: "web-os", Demand: []float64{9000, 6144}, From: "srv-web", To: "neuf-01", Kind: "p2v"},
		},
		Unplaced: []plan.Unplaced{},
		Excluded: []plan.Unplaced{{Workload: "modèle-linux", Reason: "template", What: "a template runs nowhere"}},
		Failover: &plan.Failover{Hosts: 1, Spares: []string{"lame-3"}, Replayed: 3, Lost: []plan.Unplaced{{Workload: "fax-os", Reason: "pinned", What: "pinned by usb clé du fax"}},
			Restarts: map[string]map[string]string{
				"lame-1":  {"agenda": "lame-3", "archives": "lame-3", "courrier-élus": "lame-3"},
				"neuf-01": {"paie-os": "lame-3", "web-os": "lame-1"},
			}},
		Rules: []plan.RuleResult{
			{Rule: "annuaires", Workloads: 2, CostsHosts: &costs}, {Rule: "préférence", Workloads: 3, Soft: true, Broken: true},
		},
		Prices: []plan.Price{
			{Subject: "annuaires", Change: "without it", Hosts: -1, Proven: true, Energy: -1100, CO2e: -57, Cost: -420},
			{Subject: "memory.headroom", Change: "10 % → 5 %", Hosts: -1, Energy: -1050, CO2e: -54, Cost: -400},
			{Subject: "survive.hosts", Change: "1 → 2", Failed: "no host is left to buy"},
		},
		Unchecked: []string{"CPU use of 2 workloads without measure", "disk throughput and latency (no source gives them)", "network throughput and reachability"},
		Findings: []inventory.Finding{
			{Code: "machine-stale", Severity: inventory.Warning, Subject: "srv-fax", What: "last inventory on 2009-03-17, 230 days before the newest", Do: "check that the machine still exists", Source: "ocs", At: "fax.xml", Line: 3},
			{Code: "demand-stands-in", Severity: inventory.Note, What: "CPU demand of 9 workloads: 7 by p95, 2 without measure taken as 10 %"},
		},
		Policy: plan.Policy{Carbon: plan.CarbonPolicy{Country: "FR"}, Rules: []inventory.Rule{{Name: "annuaires", Apart: []string{"agenda", "dns"}, Reason: "une panne ne doit pas prendre les deux"}}}.WithDefaults(),
		Waves:  testWaves(), Cost: testCost(),
		Services: []plan.Service{
			{Name: "paie", Workloads: 1, Before: plan.ServiceFootprint{CO2e: r(300)}, After: plan.ServiceFootprint{CO2e: r(110)}},
			{Name: "site de la ville", Workloads: 1, Before: plan.ServiceFootprint{CO2e: r(230)}, After: plan.ServiceFootprint{CO2e: r(90)}},
			{Workloads: 7, Before: plan.ServiceFootprint{CO2e: r(430)}, After: plan.ServiceFootprint{CO2e: r(550)}},
		},
		Sensitivities: []carbon.Sensitivity{
			{ID: "rebound", What: "The freed room is filled with 20 % more work.", Saving: 120, Against: 132},
			{ID: "left-idle", What: "The hosts to retire are left on without load.", Saving: -95, Against: 132},
		},
		Resources: []plan.Resource{{Name: "cpu", Unit: "ssj_ops", Use: "p95"}, {Name: "memory", Unit: "MiB"}},
		Assumptions: []carbon.Assumption{
			{ID: "pue", What: "Power usage effectiveness of the machine room before the change, where none is known for it; municipal rooms run from 1.5 to 2.5.", Value: 1.8, Unit: "kWh facility per kWh IT", Low: 1.5, High: 2.2, Rung: carbon.Default, Source: "sobre, Judgement of the authors; no measurement is known to us, 2026"},
		},
		Tornado: []carbon.Swing{{ID: "pue", What: "PUE", Low: 150, High: 290}, {ID: "x", What: "manufacture, as given", Low: 240, High: 180}},
		Search:  plan.Search{Effort: "quick", Tool: "sobre test"},
	}
}

// testWaves carry the test plan out: a pilot, then the rest with a stop on the way.
func testWaves() []plan.Wave {
	return []plan.Wave{
		{Number: 1, Name: "pilot", Start: "2026-12-05T20:00", Hours: 1.5, Freed: []string{"srv-web"}, PowerOff: day("2026-12-05"), PersonDays: 1.2,
			Moves:    []plan.Move{{Workload: "web-os", From: "srv-web", To: "neuf-01", Kind: plan.P2V, Minutes: 90, Downtime: 90}},
			Downtime: []plan.Downtime{{Service: "site de la ville", Minutes: 90}},
			Rollback: "srv-web stays as it is, switched off", Saved: &plan.WaveSaving{Energy: 1500, CO2e: 80, Cost: 150}},
		{Number: 2, Start: "2026-12-12T20:00", Hours: 4.2, Freed: []string{"lame-2", "srv-paie"}, PowerOff: day("2026-12-12"), PersonDays: 2.5,
			Moves: []plan.Move{
				{Workload: "archives", From: "lame-2", To: "lame-3", Kind: plan.Live, Swing: true, Minutes: 4},
				{Workload: "courrier-élus", From: "lame-2", To: "lame-1", Kind: plan.Live, Start: 4, Minutes: 6},
				{Workload: "archives", From: "lame-3", To: "lame-1", Kind: plan.Live, Start: 10, Minutes: 4},
				{Workload: "dns", From: "lame-3", To: "lame-1", Kind: plan.Cold, Start: 14, Minutes: 3, Downtime: 3},
				{Workload: "paie-os", From: "srv-paie", To: "neuf-01", Kind: plan.P2V, Start: 17, Minutes: 235, Downtime: 235},
			},
			Downtime: []plan.Downtime{{Service: "paie", Minutes: 235}, {Service: "dns", Minutes: 3}},
			Saved:    &plan.WaveSaving{Energy: 3900, CO2e: 210, Cost: 400}},
	}
}

func day(text string) inventory.Date {
	d, err := inventory.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// testCost has licences that become cheaper and one model without a price.
func testCost() *cost.Result {
	r := func(v float64) carbon.Range { return carbon.Range{Low: v * 0.7, Best: v, High: v * 1.4} }
	x := carbon.Exactly
	return &cost.Result{
		Currency: "EUR",
		Before: cost.Bill{Electricity: r(1700), Maintenance: x(2400), Licences: x(9000), PerYear: r(13100), Total: r(58000),
			ByLicence: []cost.LicenceBill{{Name: "Oracle Database EE", For: "oracle", Units: 12, PerYear: 9000, Hosts: []string{"lame-1", "lame-2"}}}},
		After: cost.Bill{Electricity: r(1300), Maintenance: x(1200), Licences: x(4500), PerYear: r(7000), Once: x(7500), Total: r(38500),
			ByLicence: []cost.LicenceBill{{Name: "Oracle Database EE", For: "oracle", Units: 6, PerYear: 4500, Hosts: []string{"lame-1"}}},
			ByModel:   []cost.Purchase{{Model: "DL325", Count: 1, Sum: 7200}}},
		Saving: cost.Bill{Electricity: r(400), Maintenance: x(1200), Licences: x(4500), PerYear: r(6100), Once: x(-7500), Total: r(19500)},
		NPV:    r(19500), PaybackYears: carbon.Range{Low: 0.9, Best: 1.2, High: 1.8}, Unpriced: []string{"boîtier"},
	}
}

// opened is a model that shows a plan, at a size.
func opened(t testing.TB, p *plan.Plan, e *inventory.Estate, l *wording.Language, width, height int) *model {
	t.Helper()
	m := newModel(context.Background(), Config{
		Language: l,
		Open: func(context.Context, func(string)) (*Study, error) {
			return &Study{Plan: p, Input: planner.Input{Estate: e, Policy: p.Policy}, Path: "plan.json"}, nil
		},
		Write: func(path string, write func(io.Writer) error) error {
			f, err := os.Create(path)
			if err != nil {
				return err
			}
			defer f.Close()
			return write(f)
		},
	})
	m.Update(tea.WindowSizeMsg{Width: width, Height: height})
	m.works = 1
	m.work = startWork(m.ctx, 1, openJob(m.config, 1))
	m.Update(<-m.work.messages)
	return m
}

// press sends keys as a person types them; a name in angle brackets is one key.
func press(m *model, keys ...string) {
	for _, k := range keys {
		settle(m, m.key(keyOf(k)))
	}
}

// typed sends a text letter by letter.
func typed(m *model, text string) {
	for _, r := range text {
		settle(m, m.key(keyOf(string(r))))
	}
}

// settle runs a command and what follows from it, leaving background work alone.
func settle(m *model, cmd tea.Cmd) {
	if cmd == nil || m.work != nil {
		return
	}
	if msg := cmd(); msg != nil {
		_, next := m.Update(msg)
		settle(m, next)
	}
}

func keyOf(k string) tea.KeyPressMsg {
	codes := map[string]rune{
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
		"tab": tea.KeyTab, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "end": tea.KeyEnd, "home": tea.KeyHome,
	}
	if code, ok := codes[k]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if k == "ctrl+c" {
		return tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
	}
	r := []rune(k)[0]
	return tea.KeyPressMsg{Code: r, Text: k}
}

// shown is the screen without colour.
func shown(m *model) string { return ansi.Strip(m.View().Content) }

// checkSize holds that a frame fills the terminal and no more.
func checkSize(t *testing.T, m *model) {
	t.Helper()
	lines := strings.Split(m.View().Content, "\n")
	if len(lines) > m.size.height {
		t.Errorf("%s: %d lines in a terminal of %d", screenKeys[m.at], len(lines), m.size.height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > m.size.width {
			t.Errorf("%s, line %d is %d wide in a terminal of %d: %q", screenKeys[m.at], i+1, w, m.size.width, ansi.Strip(l))
		}
	}
}

// golden compares a frame with the one on file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(fmt.Errorf("%w (go test ./tui -update writes it)", err))
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
