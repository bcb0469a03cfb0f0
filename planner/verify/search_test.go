package verify_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// TestHeaviestContent compares the referee's search with all 2ⁿ contents: a
// certificate whose scale is the heaviest content stands, one less and it falls.
func TestHeaviestContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &inventory.Estate{Version: 1}
		host := inventory.Host{ID: "h", Role: inventory.Hypervisor, Memory: inventory.MiB(rapid.Float64Range(1000, 9000).Draw(t, "memory")), CPU: smallCPU(),
			Resources: map[string]int64{"gpu": rapid.Int64Range(0, 4).Draw(t, "gpus")}}
		e.Hosts = []inventory.Host{host}
		n := rapid.IntRange(1, 12).Draw(t, "guests")
		weights := map[string]int64{}
		for i := range n {
			w := inventory.Workload{ID: fmt.Sprintf("w%d", i), Kind: inventory.VM, VCPUs: rapid.IntRange(1, 6).Draw(t, "vcpus"),
				Memory:    inventory.MiB(rapid.SampledFrom([]float64{300, 512, 1024, 1700.5, 2048}).Draw(t, "guest memory")),
				Resources: map[string]int64{"gpu": rapid.Int64Range(0, 2).Draw(t, "guest gpus")},
				Use:       inventory.Use{CPU: inventory.Stat{P95: inventory.PercentLevel(rapid.Float64Range(0, 60).Draw(t, "use"))}}}
			e.Workloads = append(e.Workloads, w)
			weights[w.ID] = rapid.Int64Range(0, 20).Draw(t, "weight")
		}
		apart := drawSet(t, "apart", n)
		together := drawSet(t, "together", n)
		e.Rules = []inventory.Rule{{Apart: apart}, {Together: together}}
		policy := plan.Policy{CPU: plan.CPUPolicy{Compare: plan.Clock}}.WithDefaults()
		// The referee leaves one part in a million of a host out of the proof.
		heaviest, surely := bruteForce(e, policy, weights, 1), bruteForce(e, policy, weights, 1-2e-6)
		if heaviest == 0 {
			return
		}
		falls := func(scale int64) bool {
			p := &plan.Plan{Policy: policy, Bound: plan.Bound{Certificates: []plan.Certificate{{Part: "p", Scale: scale, Weights: weights}}}}
			for _, v := range verify.Check(p, e, verify.Options{Draws: 1}).Violations {
				if v.Code == "certificate" {
					return true
				}
			}
			return false
		}
		if falls(heaviest) {
			t.Fatalf("the heaviest content weighs %d, and a certificate of that scale falls", heaviest)
		}
		if surely > 1 && !falls(surely-1) {
			t.Fatalf("the heaviest content weighs %d, and a certificate of a smaller scale stands", surely)
		}
	})
}

func drawSet(t *rapid.T, name string, n int) []string {
	var ids []string
	for i := range n {
		if rapid.IntRange(0, 3).Draw(t, name) == 0 {
			ids = append(ids, fmt.Sprintf("w%d", i))
		}
	}
	return ids
}

// bruteForce tries all subsets by the words of the method.
func bruteForce(e *inventory.Estate, p plan.Policy, weights map[string]int64, share float64) int64 {
	var best int64
	for set := range 1 << len(e.Workloads) {
		if holds(e, p, set, share) {
			var sum int64
			for i, w := range e.Workloads {
				if set&(1<<i) != 0 {
					sum += weights[w.ID]
				}
			}
			best = max(best, sum)
		}
	}
	return best
}

func holds(e *inventory.Estate, p plan.Policy, set int, share float64) bool {
	h := e.Hosts[0]
	var mhz, vcpus, mib float64
	var gpus int64
	apart, together := 0, 0
	for i, w := range e.Workloads {
		if set&(1<<i) == 0 {
			continue
		}
		mhz += w.Use.CPU.P95.Value() / 100 * float64(w.VCPUs) * h.CPU.Clock.MHz()
		vcpus += float64(w.VCPUs)
		mib += w.Memory.MiB()
		gpus += w.Resources["gpu"]
		if inventory.MatchesAny(e.Rules[0].Apart, w.ID) {
			apart++
		}
		if inventory.MatchesAny(e.Rules[1].Together, w.ID) {
			together++
		}
	}
	return mhz <= h.CPU.MHz()*0.8*share && vcpus <= float64(h.CPU.Cores)*p.CPU.VCPUsPerCore && mib <= h.Memory.MiB()*0.9*share &&
		gpus <= h.Resources["gpu"] && apart <= 1 && (together == 0 || together == len(e.Rules[1].Together))
}

// TestHardSearchIsSaid sees that a search that hits its limit is said, and
// that neither a violation nor a proof comes of it.
func TestHardSearchIsSaid(t *testing.T) {
	tn := newTown()
	// Two kinds of guests and weights that a cut guest would add to: no single
	// look decides.
	tn.workload("va1").Memory = inventory.GiB(23)
	c := &tn.plan.Bound.Certificates[0]
	c.Scale = 40
	for id := range c.Weights {
		c.Weights[id] = 10
	}
	r := verify.Check(tn.plan, tn.estate, verify.Options{Catalogue: tn.catalogue, Nodes: 1, Draws: 1})
	for _, v := range r.Violations {
		if v.Code == "bound-unproven" || v.Code == "certificate" {
			t.Errorf("%s %s: %s", v.Code, v.Subject, v.What)
		}
	}
	if len(r.Unchecked) < 2 {
		t.Errorf("nothing says that the certificate was not rechecked: %v", r.Unchecked)
	}
}

// TestHeaviestContentOfAHostThatTakesNone does the same for a host of unknown
// size: what runs on it may stay, as far as the rules that count allow.
func TestHeaviestContentOfAHostThatTakesNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "guests")
		e := &inventory.Estate{Version: 1, Hosts: []inventory.Host{{ID: "h", Role: inventory.Hypervisor, CPU: smallCPU()}}}
		weights := map[string]int64{}
		for i := range n {
			w := guest(fmt.Sprintf("w%d", i), "h", 2)
			e.Workloads = append(e.Workloads, w)
			weights[w.ID] = rapid.Int64Range(0, 20).Draw(t, "weight")
		}
		e.Rules = []inventory.Rule{
			{Apart: drawSet(t, "apart", n)}, {Together: drawSet(t, "together", n)},
			{AtMost: 2, Of: []string{"w*"}, Disabled: rapid.Bool().Draw(t, "free")},
		}
		var heaviest int64
		for set := range 1 << n {
			var sum int64
			in, apart, together := 0, 0, 0
			for i, w := range e.Workloads {
				if set>>i&1 == 0 {
					continue
				}
				sum, in = sum+weights[w.ID], in+1
				if inventory.MatchesAny(e.Rules[0].Apart, w.ID) {
					apart++
				}
				if inventory.MatchesAny(e.Rules[1].Together, w.ID) {
					together++
				}
			}
			if apart <= 1 && (together == 0 || together == len(e.Rules[1].Together)) && (in <= 2 || e.Rules[2].Disabled) {
				heaviest = max(heaviest, sum)
			}
		}
		if heaviest < 2 {
			return
		}
		for scale, want := range map[int64]bool{heaviest: true, heaviest - 1: false} {
			p := &plan.Plan{
				Policy: plan.Policy{Survive: &plan.Survive{}}.WithDefaults(),
				Bound:  plan.Bound{Certificates: []plan.Certificate{{Part: "p", Scale: scale, Weights: weights}}},
			}
			stands := true
			for _, v := range verify.Check(p, e, verify.Options{Draws: 1}).Violations {
				stands = stands && v.Code != "certificate"
			}
			if stands != want {
				t.Errorf("the heaviest content weighs %d; a certificate of scale %d stands: %t", heaviest, scale, stands)
			}
		}
	})
}
