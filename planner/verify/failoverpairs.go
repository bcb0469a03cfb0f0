package verify

import (
	"slices"
	"sort"

	"sobre/planner/plan"
)

// maxPairs caps the pairs of failures that are replayed.
const maxPairs = 20_000

// replayPairs replays the failure of any two hosts of one part: as the plan
// lists it, else by a search of the referee's own.
func (w *world) replayPairs(f *plan.Failover, takers []*host, r *recorder) {
	parts := w.parts(takers)
	done, unknown := 0, 0
	for n, a := range takers {
		for _, b := range takers[n+1:] {
			if parts[a] != parts[b] {
				continue
			}
			if done == maxPairs {
				r.unchecked("failures of two hosts beyond the first %d pairs", maxPairs)
				r.checked("pairs of failures", done)
				return
			}
			done++
			if key := pairKey(a, b); f.Restarts[key] != nil || f.Stopped[key] != nil {
				w.replay(key, []*host{a, b}, r)
			} else if !w.canRestart([]*host{a, b}, takers) {
				unknown++
			}
		}
	}
	r.checked("pairs of failures", done)
	if unknown > 0 {
		r.unchecked("%d pairs of failures: the plan lists no restarts for them and a simple search finds none, which proves nothing", unknown)
	}
}

// parts numbers the hosts that exchange guests: clusters each for themselves,
// unless the policy merges them or something may run in any of them.
func (w *world) parts(takers []*host) map[*host]string {
	one := !w.keepsClusters()
	for _, i := range w.items {
		roams := i.physical() || i.cluster == ""
		one = one || roams && i.at != nil && !i.stays && i.at.takes
	}
	parts := map[*host]string{}
	for _, h := range takers {
		if !one {
			parts[h] = h.cluster
		} else {
			parts[h] = ""
		}
	}
	return parts
}

// canRestart looks for restarts, largest workload first, each on the first
// host that holds it.
func (w *world) canRestart(failed, takers []*host) bool {
	down := map[*host]bool{}
	for _, h := range failed {
		down[h] = true
	}
	moving := slices.DeleteFunc(restarting(failed), w.mayStop)
	sort.SliceStable(moving, func(a, b int) bool { return w.bulk(moving[a]) > w.bulk(moving[b]) })
	sums := map[*host][]float64{}
	to := map[*item]*host{}
	for _, i := range moving {
		to[i] = w.firstFit(i, takers, down, sums)
		if to[i] == nil {
			return false
		}
	}
	return len(w.strainRules(&outage{down: down, moving: moving, to: to})) == 0
}

func (w *world) firstFit(i *item, takers []*host, down map[*host]bool, sums map[*host][]float64) *host {
	for _, h := range takers {
		if down[h] {
			continue
		}
		if ok, _ := w.mayRestart(i, h); !ok {
			continue
		}
		if sums[h] == nil {
			sums[h] = w.filled(h)
		}
		after := append([]float64(nil), sums[h]...)
		add(after, i.demand)
		if w.within(h, i, after) {
			sums[h] = after
			return h
		}
	}
	return nil
}

func (w *world) within(h *host, i *item, sum []float64) bool {
	for d := range sum {
		if i.demand[d] > 0 && w.over(h, d, sum[d]) != "" {
			return false
		}
	}
	return true
}

// bulk is the size of a workload, its largest share of a common host.
func (w *world) bulk(i *item) float64 {
	size := 0.0
	for d := range i.demand {
		for _, h := range w.hosts {
			if h.takes && h.room[d] > 0 {
				size = max(size, i.demand[d]/h.room[d])
				break
			}
		}
	}
	return size
}
