package verify_test

import (
	"testing"

	"sobre/planner/verify"
)

func TestRightPlan(t *testing.T) {
	tn := newTown()
	r := verify.Check(copyPlan(t, tn.plan), tn.estate, verify.Options{Catalogue: tn.catalogue, Draws: 1})
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

func TestPolicyOfThePlan(t *testing.T) {
	tn := newTown()
	asked := tn.plan.Policy
	if r := verify.Check(tn.plan, tn.estate, verify.Options{Catalogue: tn.catalogue, Draws: 1, Policy: &asked}); !r.OK() {
		t.Errorf("the same policy: %v", r.Violations)
	}
	asked.CPU.VCPUsPerCore = 1
	r := verify.Check(tn.plan, tn.estate, verify.Options{Catalogue: tn.catalogue, Draws: 1, Policy: &asked})
	if len(r.Violations) != 1 || r.Violations[0].Code != "policy-differs" {
		t.Errorf("another policy: %v, want policy-differs", r.Violations)
	}
}

// TestRightVariants changes what a plan may as well do.
func TestRightVariants(t *testing.T) {
	for name, change := range map[string]func(*town){
		"what is off restarts along":  func(tn *town) { tn.plan.Failover.Restarts["a2"]["va-off"] = "a3" },
		"what may move says it stays": func(tn *town) { tn.placement("va1").Stays = "too big for the others" },
		"large figures": func(tn *town) {
			c := &tn.plan.Bound.Certificates[0]
			c.Scale <<= 50
			for id := range c.Weights {
				c.Weights[id] <<= 50
			}
		},
	} {
		tn := newTown()
		change(tn)
		if r := verify.Check(tn.plan, tn.estate, verify.Options{Catalogue: tn.catalogue, Draws: 1}); !r.OK() {
			t.Errorf("%s: %v", name, r.Violations)
		}
	}
}
