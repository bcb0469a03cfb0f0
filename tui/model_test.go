package tui

import (
	"context"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
	"sobre/wording"
)

func TestFilterNarrowsAndTurnsRound(t *testing.T) {
	tests := []struct {
		filter string
		want   []string
	}{
		{"srv", []string{"srv-fax", "srv-paie", "srv-web"}},
		{"!srv", []string{"lame-1", "lame-2", "lame-3", "neuf-01"}},
		{"^lame-[13]", []string{"lame-1", "lame-3"}},
		{"lame-[", nil},
		{"LAME-2", []string{"lame-2"}},
	}
	for _, tt := range tests {
		m := opened(t, testPlan(), nil, wording.English(), 120, 40)
		press(m, "3", "/")
		typed(m, tt.filter)
		m.View()
		var got []string
		for _, row := range m.table().order {
			got = append(got, m.view.plan.Hosts[row].ID)
		}
		if strings.Join(got, " ") != strings.Join(tt.want, " ") {
			t.Errorf("filter %q shows %q, want %q", tt.filter, got, tt.want)
		}
		press(m, "esc")
		if m.table().filter != "" {
			t.Errorf("esc in the prompt leaves the filter %q", m.table().filter)
		}
	}
}

func TestSortsByEveryColumn(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 200, 40)
	press(m, "3")
	g := m.table()
	for range g.columns {
		press(m, "s")
		m.View()
		compare := g.columns[g.sorted].compare
		for i := 1; i < len(g.order); i++ {
			a, b := g.order[i-1], g.order[i]
			bad := compare != nil && compare(a, b) > 0
			if compare == nil {
				bad = g.columns[g.sorted].text(a) > g.columns[g.sorted].text(b)
			}
			if bad {
				t.Errorf("column %s: row %d before %d", g.columns[g.sorted].title, a, b)
			}
		}
	}
	first := g.order[0]
	press(m, "r")
	m.View()
	if g.order[len(g.order)-1] != first && g.order[0] == first {
		t.Error("reversing changes nothing")
	}
}

func TestHidesColumns(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 200, 40)
	press(m, "3", "c")
	if !strings.Contains(shown(m), "Host↑") {
		t.Errorf("the column that names the rows is gone:\n%s", shown(m))
	}
	press(m, "s", "s", "c") // Model
	if text := shown(m); strings.Contains(text, "Model") || !strings.Contains(text, "Cluster↑") {
		t.Errorf("the column is still there:\n%s", text)
	}
	press(m, "C")
	if !strings.Contains(shown(m), "Model") {
		t.Errorf("the column does not come back:\n%s", shown(m))
	}
}

func TestCommands(t *testing.T) {
	tests := []struct {
		command string
		at      screenID
		shows   string
	}{
		{"host neuf-01", hostsScreen, "Bought"},
		{"host LAME", hostsScreen, "lame-1"},
		{"why fax", workloadsScreen, "stays on srv-fax: pinned by usb clé du fax"},
		{"why paie-os", workloadsScreen, "becomes a guest of neuf-01"},
		{"why modèle", workloadsScreen, "left out of the plan: a template runs"},
		{"carbon", carbonScreen, "PUE"},
		{"fail", failoverScreen, "Failures replayed: 3"},
		{"host nobody", overviewScreen, "Nothing is called nobody."},
		{"hots lame-1", overviewScreen, "Did you mean host?"},
		{"help", overviewScreen, "Keys"},
		{"w ", overviewScreen, "plan.json written"},
	}
	for _, tt := range tests {
		t.Run(tt.command, func(t *testing.T) {
			t.Chdir(t.TempDir())
			m := opened(t, testPlan(), nil, wording.English(), 120, 40)
			press(m, ":")
			typed(m, tt.command)
			press(m, "enter")
			if m.at != tt.at || !strings.Contains(shown(m), tt.shows) {
				t.Errorf("screen %d, want %d with %q:\n%s", m.at, tt.at, tt.shows, shown(m))
			}
		})
	}
}

func TestJumps(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 120, 40)
	press(m, "4", "end", "home", "o")
	if m.at != hostsScreen || m.view.plan.Hosts[m.table().row()].ID != "lame-1" {
		t.Errorf("o on agenda: screen %d", m.at)
	}
	press(m, "f")
	if m.at != failoverScreen || !strings.Contains(shown(m), "If lame-1 fails") {
		t.Errorf("f on lame-1:\n%s", shown(m))
	}
	press(m, "0", "o")
	if m.at != hostsScreen || m.view.plan.Hosts[m.table().row()].ID != "srv-fax" {
		t.Errorf("o on a finding: screen %d", m.at)
	}
}

func TestQuitAsksOnlyWhenSomethingIsUnsaved(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.French(), 120, 40)
	if cmd := m.key(keyOf("q")); cmd == nil {
		t.Error("q asks though nothing is unsaved")
	}
	m.unsaved = true
	if cmd := m.key(keyOf("q")); cmd != nil || !strings.Contains(shown(m), "o/n") {
		t.Errorf("q does not ask:\n%s", shown(m))
	}
	if cmd := m.key(keyOf("n")); cmd != nil || m.mode.asking {
		t.Error("n does not stay")
	}
	m.key(keyOf("q"))
	if cmd := m.key(keyOf("o")); cmd == nil {
		t.Error("o does not leave")
	}
	if cmd := m.key(keyOf("ctrl+c")); cmd == nil {
		t.Error("ctrl+c does not leave")
	}
}

// estate is small enough that a plan is there at once.
func estate() *inventory.Estate {
	e := &inventory.Estate{Version: 1, Name: "essai"}
	for _, id := range []string{"h1", "h2", "h3", "h4"} {
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Role: inventory.Hypervisor, CPU: inventory.CPU{Cores: 8, Clock: inventory.MHz(2400)}, Memory: inventory.GiB(32)})
	}
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		e.Workloads = append(e.Workloads, inventory.Workload{ID: id, Kind: inventory.VM, State: inventory.On, Host: e.Hosts[i%4].ID, VCPUs: 2, Memory: inventory.GiB(7)})
	}
	return e
}

// finish waits for the background work.
func finish(t *testing.T, m *model) {
	t.Helper()
	for m.work != nil {
		msg, ok := <-m.work.messages
		if !ok {
			t.Fatal("the work ended without a word")
		}
		m.Update(msg)
	}
}

func TestWhatIfPlansAgainAndSaves(t *testing.T) {
	dir := t.TempDir()
	e := estate()
	p, err := planner.Make(t.Context(), planner.Input{Estate: e}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := opened(t, p, e, wording.English(), 120, 40)
	press(m, "w")
	for range 5 {
		press(m, "down")
	}
	for range 15 { // memory headroom to 40 %
		_, cmd := m.Update(keyOf("right"))
		if cmd == nil {
			t.Fatal("a change starts nothing")
		}
		m.Update(cmd())
	}
	finish(t, m)
	if got := m.view.plan.Policy.Memory.Headroom.Value(); got != 40 {
		t.Fatalf("planned with %v %% headroom, want 40", got)
	}
	if m.view.plan.After.Hosts <= p.After.Hosts || !m.unsaved || !strings.Contains(shown(m), "not saved") {
		t.Errorf("%d hosts after, %d before, unsaved %t:\n%s", m.view.plan.After.Hosts, p.After.Hosts, m.unsaved, shown(m))
	}
	for name, command := range map[string]string{"plan.json": "w ", "policy.yaml": "policy "} {
		path := filepath.Join(dir, name)
		press(m, ":")
		typed(m, command+path)
		press(m, "enter")
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if m.unsaved {
		t.Error("still unsaved after :w")
	}
	saved, err := plan.ReadFile(filepath.Join(dir, "plan.json"))
	if err != nil || saved.After.Hosts != m.view.plan.After.Hosts {
		t.Errorf("the plan saved is another: %v", err)
	}
}

func TestForbidAHost(t *testing.T) {
	e := estate()
	p, err := planner.Make(t.Context(), planner.Input{Estate: e}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := opened(t, p, e, wording.English(), 120, 40)
	press(m, "4")
	m.View()
	x := m.view.workloads[m.table().row()]
	_, cmd := m.Update(keyOf("x"))
	m.Update(cmd())
	finish(t, m)
	if got := m.view.workloads[m.view.at[x.id]].to; got == x.to || got == "" {
		t.Errorf("%s is on %q, forbidden was %q", x.id, got, x.to)
	}
}

func TestWithoutARuleAndBack(t *testing.T) {
	e := estate()
	e.Rules = []inventory.Rule{{Name: "all apart", Apart: []string{"a", "b", "c"}}}
	p, err := planner.Make(t.Context(), planner.Input{Estate: e}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := opened(t, p, e, wording.English(), 120, 40)
	press(m, "9")
	m.View()
	_, cmd := m.Update(keyOf("x"))
	m.Update(cmd())
	finish(t, m)
	if len(m.view.plan.Rules) != 0 || m.view.plan.After.Hosts >= p.After.Hosts {
		t.Errorf("%d hosts and %d rules without the rule, %d hosts with it", m.view.plan.After.Hosts, len(m.view.plan.Rules), p.After.Hosts)
	}
	_, cmd = m.Update(keyOf("u"))
	m.Update(cmd())
	finish(t, m)
	if len(m.view.plan.Rules) != 1 || m.view.plan.After.Hosts != p.After.Hosts {
		t.Errorf("u does not bring back the plan that was opened: %d hosts, want %d", m.view.plan.After.Hosts, p.After.Hosts)
	}
}

func TestStoppingKeepsTheBest(t *testing.T) {
	m := opened(t, testPlan(), estate(), wording.English(), 120, 40)
	press(m, "w")
	stopped := false
	m.work = &work{number: 7, cancel: func() { stopped = true }, messages: make(chan tea.Msg, 1), parts: map[int]planner.Progress{}}
	press(m, "esc")
	better := testPlan()
	better.After.Hosts = 3
	m.Update(solvedMsg{number: 7, plan: better})
	if !stopped || m.view.plan.After.Hosts != 3 || m.work != nil {
		t.Errorf("stopped %t, %d hosts", stopped, m.view.plan.After.Hosts)
	}
}

func TestNothingCanBeTriedWithoutTheEstate(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 120, 40)
	press(m, "w", "right")
	if m.work != nil || !strings.Contains(shown(m), "without the estate") {
		t.Errorf("no reason is given:\n%s", shown(m))
	}
}

func TestTheEstateComesAfterThePlan(t *testing.T) {
	e := estate()
	p, err := planner.Make(t.Context(), planner.Input{Estate: e}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		err  error
		want string
	}{{nil, "vCPU"}, {errors.New("disk is gone"), "disk is gone"}} {
		m := newModel(t.Context(), Config{Language: wording.English()})
		m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		m.work = &work{number: 1, cancel: func() {}}
		m.Update(openedMsg{number: 1, study: &Study{Plan: p, Reopen: func(context.Context) (planner.Input, error) {
			return planner.Input{Estate: e, Policy: p.Policy}, tt.err
		}}})
		press(m, "4")
		if text := shown(m); strings.Contains(text, "vCPU ") || !strings.Contains(text, "Workload") {
			t.Errorf("the plan is not shown before its estate:\n%s", text)
		}
		finish(t, m)
		if text := shown(m); !strings.Contains(text, tt.want) {
			t.Errorf("%q is not shown:\n%s", tt.want, text)
		}
	}
}

func TestOldNewsIsDropped(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 120, 40)
	before := m.view
	m.Update(solvedMsg{number: 99, plan: &plan.Plan{}})
	m.work = &work{number: 5, cancel: func() {}, messages: make(chan tea.Msg, 1), parts: map[int]planner.Progress{}}
	m.Update(solvedMsg{number: 4, plan: &plan.Plan{}})
	m.Update(searchingMsg{number: 4})
	if m.view != before || len(m.work.chart) > 0 {
		t.Error("the news of a work that was given up is taken")
	}
	m.Update(searchingMsg{5, planner.Progress{Part: 1, Parts: 2, Hosts: 42, Bound: 41, Done: 0.5}})
	if !strings.Contains(shown(m), "42 found, at least 41") {
		t.Errorf("the search is not shown:\n%s", shown(m))
	}
}

func TestOpeningFails(t *testing.T) {
	m := newModel(t.Context(), Config{Language: wording.English()})
	m.work = &work{number: 1, cancel: func() {}}
	_, cmd := m.Update(openedMsg{number: 1, err: errors.New("no such file")})
	if cmd == nil || m.failed == nil {
		t.Error("an estate that cannot be read leaves the screen open")
	}
}

// TestHostileNames shows names that would drive a terminal.
func TestHostileNames(t *testing.T) {
	p := testPlan()
	evil := "\x1b[2J\x1b]0;owned\x07\u202eabc\r\n\u0000" + strings.Repeat("宽", 60)
	p.Estate.Name = evil
	for i := range p.Hosts {
		p.Hosts[i].Model, p.Hosts[i].Site, p.Hosts[i].Cluster = evil, evil, evil
	}
	p.Hosts[0].ID, p.Placements[0].To, p.Placements[1].To = evil, evil, evil
	p.Placements[0].Workload, p.Unplaced = evil, []plan.Unplaced{{Workload: evil, Reason: evil, What: evil}}
	p.Rules[0].Rule, p.Findings[0].Subject, p.Findings[0].What, p.Unchecked[0] = evil, evil, evil, evil
	p.Chassis[0].Model, p.Bound.Binding, p.Assumptions[0].What, p.Tornado[0].What = evil, evil, evil, evil
	p.Hosts[0].Load[evil], p.Chassis[0].Slots, p.Hosts[0].Slot = 3, 1<<40, -7
	m := opened(t, p, nil, wording.French(), 80, 24)
	m.look = plainLook()
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		m.size.width, m.size.height = size[0], size[1]
		for _, key := range screenKeys {
			press(m, key, "end", "enter")
			checkSize(t, m)
			if text := m.View().Content; strings.ContainsAny(text, "\x1b\x07\r\x00\u202e") {
				t.Errorf("screen %s lets control characters through: %q", key, text)
			}
		}
	}
}

func TestRunNeedsNoTerminalToFail(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := Run(ctx, Config{
		Language: wording.English(), In: strings.NewReader(""), Out: &strings.Builder{},
		Open: func(context.Context, func(string)) (*Study, error) { return nil, errors.New("late") },
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancelled context", err)
	}
}

func TestSetChangesOneFieldOfThePolicy(t *testing.T) {
	tests := []struct{ field, value, want string }{
		{"memory.headroom", "25 %", ""},
		{"survive.hosts", "0", ""},
		{"carbon.country", "PL", ""},
		{"minimise", `["energy"]`, ""},
		{"memory.headroom", "25", "unit"},
		{"memory.hedroom", "25 %", "hedroom"},
		{"carbon.pue", "99", "carbon.pue"},
		{"", "", ":set memory.headroom"},
		{"version.x", "1", "version"},
	}
	for _, tt := range tests {
		p, err := withField(testPlan().Policy, tt.field, tt.value)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("set %s %s: %v, want %q", tt.field, tt.value, err, tt.want)
		}
		if err == nil && len(p.Rules) != 1 {
			t.Errorf("set %s %s loses the rules", tt.field, tt.value)
		}
	}
	m := opened(t, testPlan(), estate(), wording.English(), 120, 40)
	press(m, "w", "down", "down", "enter")
	typed(m, "40 %")
	if got := m.mode.prompt.text; got != "set cpu.headroom 40 %" {
		t.Fatalf("enter on a figure types %q", got)
	}
	press(m, "enter")
	finish(t, m)
	if got := m.view.plan.Policy.CPU.Headroom.Value(); got != 40 {
		t.Errorf("planned with %v %%: %s", got, m.note)
	}
}

func TestExport(t *testing.T) {
	dir := t.TempDir()
	p := testPlan()
	p.Hosts[1].Model = "=1+1"
	m := opened(t, p, nil, wording.English(), 120, 40)
	for _, name := range []string{"hosts.csv", "hosts.txt"} {
		press(m, "3", ":")
		typed(m, "export "+filepath.Join(dir, name))
		press(m, "enter")
	}
	csv, err := os.ReadFile(filepath.Join(dir, "hosts.csv"))
	if err != nil || !strings.HasPrefix(string(csv), "Host,State,Model") || !strings.Contains(string(csv), "'=1+1") || strings.Count(string(csv), "\n") != len(p.Hosts)+1 {
		t.Errorf("%v\n%s", err, csv)
	}
	press(m, "1", ":")
	typed(m, "export "+filepath.Join(dir, "overview.svg"))
	press(m, "enter")
	picture, err := os.ReadFile(filepath.Join(dir, "overview.svg"))
	if err != nil || !strings.Contains(string(picture), "ELECTRICITY") || strings.Contains(string(picture), "\x1b") {
		t.Errorf("%v\n%s", err, picture)
	}
	if err := xml.Unmarshal(picture, new(struct{})); err != nil {
		t.Errorf("the picture is no XML: %v", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "hosts.txt"))
	if err != nil || !strings.Contains(string(text), "lame-1") || strings.Contains(string(text), "\x1b") {
		t.Errorf("%v\n%s", err, text)
	}
}
