package verify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// TestBoundWithoutCertificate compares what the referee proves by trying all
// packings with all assignments: the fewest hosts are proven, one more is not.
func TestBoundWithoutCertificate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &inventory.Estate{Version: 1}
		hosts := rapid.IntRange(1, 4).Draw(t, "hosts")
		for n := range hosts {
			e.Hosts = append(e.Hosts, inventory.Host{ID: fmt.Sprintf("h%d", n), Role: inventory.Hypervisor, CPU: bigCPU(),
				Memory: inventory.GiB(rapid.SampledFrom([]float64{16, 16, 32}).Draw(t, "memory"))})
		}
		guests := rapid.IntRange(1, 6).Draw(t, "guests")
		for n := range guests {
			w := guest(fmt.Sprintf("w%d", n), fmt.Sprintf("h%d", rapid.IntRange(0, hosts-1).Draw(t, "on")), rapid.SampledFrom([]float64{2, 5, 7, 9}).Draw(t, "guest memory"))
			if rapid.IntRange(0, 5).Draw(t, "pinned") == 0 {
				w.Pins = []inventory.Pin{{Kind: inventory.PinUSB}}
			}
			e.Workloads = append(e.Workloads, w)
		}
		e.Rules = []inventory.Rule{{Apart: drawSet(t, "apart", guests)}}
		policy := plan.Policy{CPU: plan.CPUPolicy{Compare: plan.Clock}, Survive: &plan.Survive{}}.WithDefaults()
		fewest := fewestHosts(e)
		if fewest < 0 {
			return // not all can be placed
		}
		proves := func(bound int) bool {
			p := &plan.Plan{Policy: policy, Bound: plan.Bound{Hosts: bound}}
			r := verify.Check(p, e, verify.Options{Draws: 1})
			for _, u := range r.Unchecked {
				if strings.Contains(u, "gives no certificate") {
					t.Fatal("such small a bound is not decided")
				}
			}
			return !slices.ContainsFunc(r.Violations, func(v verify.Violation) bool { return v.Code == "bound-unproven" })
		}
		if !proves(fewest) {
			t.Fatalf("%d hosts are the fewest, and that is not proven", fewest)
		}
		if proves(fewest + 1) {
			t.Fatalf("%d hosts are the fewest, and more are proven", fewest)
		}
	})
}

// fewestHosts tries all assignments; hosts on which something stays count.
// -1: none places everything.
func fewestHosts(e *inventory.Estate) int {
	best, to := -1, make([]int, len(e.Workloads))
	var try func(n int)
	try = func(n int) {
		if n == len(to) {
			if used := usedHosts(e, to); used >= 0 && (best < 0 || used < best) {
				best = used
			}
			return
		}
		for h := range e.Hosts {
			if len(e.Workloads[n].Pins) == 0 || e.Hosts[h].ID == e.Workloads[n].Host {
				to[n] = h
				try(n + 1)
			}
		}
	}
	try(0)
	return best
}

// usedHosts counts the hosts of an assignment, -1 where it breaks something.
func usedHosts(e *inventory.Estate, to []int) int {
	used := 0
	for h := range e.Hosts {
		var all, pinned float64
		apart, movers, content := 0, 0, 0
		for n, w := range e.Workloads {
			if to[n] != h {
				continue
			}
			content++
			all += w.Memory.MiB()
			if len(w.Pins) > 0 {
				pinned += w.Memory.MiB()
			}
			if inventory.MatchesAny(e.Rules[0].Apart, w.ID) {
				apart++
				if len(w.Pins) == 0 {
					movers++
				}
			}
		}
		if all > max(e.Hosts[h].Memory.MiB()*0.9, pinned) || apart > 1 && movers > 0 {
			return -1
		}
		if content > 0 {
			used++
		}
	}
	return used
}
