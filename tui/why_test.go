package tui

import (
	"strings"
	"testing"

	"sobre/inventory"
	"sobre/planner"
	"sobre/wording"
)

// TestQuestions asks a plan why, where else and what its rules cost.
func TestQuestions(t *testing.T) {
	e := estate()
	e.Rules = []inventory.Rule{{Name: "all apart", Apart: []string{"a", "b", "c"}}}
	p, err := planner.Make(t.Context(), planner.Input{Estate: e}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := opened(t, p, e, wording.English(), 160, 48)
	for _, step := range []struct {
		keys []string
		want []string
	}{
		{[]string{"1", "y"}, []string{"One fewer cannot be enough", "under all apart"}},
		{[]string{"4", "home", "e"}, []string{"rule all apart"}},
		{[]string{"9", "p"}, []string{"not saved", "What settings cost"}},
	} {
		for _, k := range step.keys {
			_, cmd := m.Update(keyOf(k))
			settle(m, cmd)
			finish(t, m)
		}
		checkSize(t, m)
		for _, want := range step.want {
			if text := shown(m); !strings.Contains(text, want) {
				t.Errorf("after %v: no %q in\n%s", step.keys, want, text)
			}
		}
	}
	if x := priceOf(m.view.plan, m.view.plan.Rules[0].Rule); m.view.plan.Rules[0].CostsHosts == nil {
		t.Errorf("the rule has no price: %v", x)
	}
	// Another plan has other answers.
	m.showPlan(p)
	press(m, "1")
	if strings.Contains(shown(m), "One fewer cannot be enough") {
		t.Error("an answer about another plan is still there")
	}
}

// TestQuestionsNeedTheEstate says so when only the plan is known.
func TestQuestionsNeedTheEstate(t *testing.T) {
	for _, keys := range [][]string{{"1", "y"}, {"4", "e"}, {"9", "p"}} {
		m := opened(t, testPlan(), nil, wording.English(), 120, 40)
		press(m, keys...)
		if !strings.Contains(shown(m), "without the estate") {
			t.Errorf("%v: got\n%s", keys, shown(m))
		}
	}
}
