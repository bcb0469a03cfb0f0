package tui

import (
	"strings"
	"testing"

	"sobre/planner/plan"
	"sobre/wording"
)

// TestStepThroughWaves watches hosts go dark, wave by wave.
func TestStepThroughWaves(t *testing.T) {
	m := opened(t, testPlan(), nil, wording.English(), 160, 40)
	press(m, "7")
	for _, step := range []struct {
		key  string
		want []string
	}{
		{"home", []string{"hosts off: 0 of 7", "18.4 MWh/year from then on"}},
		{"down", []string{"hosts off: 1 of 7", "16.9 MWh/year from then on", "Switched off at its end: srv-web", "site de la ville 90 min"}},
		{"right", []string{"hosts off: 3 of 7", "14.5 MWh/year from then on", "archives: lame-2 → lame-3, moves running, a stop on"}},
		{"left", []string{"hosts off: 1 of 7"}},
	} {
		press(m, step.key)
		for _, want := range step.want {
			if text := shown(m); !strings.Contains(text, want) {
				t.Errorf("after %s: no %q in\n%s", step.key, want, text)
			}
		}
	}
}

func TestPlansWithoutWavesSaySo(t *testing.T) {
	p := testPlan()
	p.Waves = nil
	m := opened(t, p, nil, wording.English(), 100, 30)
	press(m, "7")
	if !strings.Contains(shown(m), "This plan has no waves") {
		t.Errorf("got\n%s", shown(m))
	}
	for i := range p.Placements {
		p.Placements[i].Kind = ""
	}
	m = opened(t, p, nil, wording.English(), 100, 30)
	press(m, "7")
	if !strings.Contains(shown(m), "Nothing moves in this plan.") {
		t.Errorf("got\n%s", shown(m))
	}
}

// TestPayoffFollowsTheWaves holds that what is saved counts from the day hosts
// go off, and that a plan that never pays back says so.
func TestPayoffFollowsTheWaves(t *testing.T) {
	p := testPlan()
	p.Waves[0].PowerOff, p.Waves[1].PowerOff = day("2026-01-01"), day("2027-01-01")
	net := netByMonth(p, 24)
	if got, want := net[12]-net[0], 80.0; got < want-0.1 || got > want+0.1 {
		t.Errorf("the first year saves %.1f kg, want that of the first wave, %.1f", got, want)
	}
	if got, want := net[24]-net[12], 210.0; got < want-0.1 || got > want+0.1 {
		t.Errorf("the second year saves %.1f kg, want that of both, %.1f", got, want)
	}
	p.Waves = nil
	p.After.Embodied.Best = 5000
	m := opened(t, p, nil, wording.English(), 100, 30)
	press(m, "5")
	if !strings.Contains(shown(m), "✘ not paid back in 5 years") {
		t.Errorf("got\n%s", shown(m))
	}
}

// TestHostileWaves draws waves that name nobody and take forever.
func TestHostileWaves(t *testing.T) {
	p := testPlan()
	p.Waves = append(p.Waves, plan.Wave{Number: 3, Name: "\x1b[31mred", Freed: []string{"nobody"}, Moves: []plan.Move{{Workload: "ghost", From: "a", To: "b", Minutes: 1e300}}})
	m := opened(t, p, nil, wording.French(), 80, 24)
	press(m, "7", "end", "enter")
	checkSize(t, m)
	if strings.Contains(m.View().Content, "\x1b[31mred") {
		t.Error("an escape of a name reached the terminal")
	}
}
