package verify_test

import (
	"testing"

	"sobre/planner/verify"
)

func TestRightPlan(t *testing.T) {
	tn := newTown()
	r := verify.Check(copyPlan(t, tn.plan), tn.estate, verify.Options{Catalogue: tn.catalogue})
	for _, v := range r.Violations {
		t.Errorf("%s %s: %s", v.Code, v.Subject, v.What)
	}
	for _, u := range r.Unchecked {
		t.Log(u)
	}
	t.Log(r.Checked)
	if r.Checks() < 100 {
		t.Errorf("only %d facts were checked: %v", r.Checks(), r.Checked)
	}
}
