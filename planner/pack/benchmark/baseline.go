package benchmark

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sobre/planner/pack"
)

// Baselines names the published rules that Baseline knows, with a line on
// each for help texts.
func Baselines() [][2]string {
	return [][2]string{
		{"ffd", "first fit decreasing: largest sum of sizes (as shares of the bin) first, into the first bin with room"},
		{"bfd", "best fit decreasing: the same order, into the bin with the least room left"},
		{"bcs-dp", "bin-centric dot product with dynamic weights, BCS-DP1-Avg-Dyn, best single rule of 351 (Mommessin, Erlebach, Shakhlevich, 2024)"},
		{"pabfd", "power aware best fit decreasing (Beloglazov, Buyya, 2012): by CPU, where power rises least"},
		{"watcher", "OpenStack Watcher, VM workload consolidation: offload, consolidate by first fit, drop detours, switch off"},
		{"threshold", "threshold emptying, as Kubernetes descheduler HighNodeUtilization: evict bins under 20 % and re-place"},
	}
}

// Baseline packs a problem with the named rule. It proves nothing: the bound
// of the result is 0. Groups that it found no host for are in Unplaced.
// Cancelling the context ends it early with an error.
func Baseline(ctx context.Context, name string, p *pack.Problem) (*pack.Result, error) {
	e := newEstate(ctx, p)
	var err error
	switch name {
	case "ffd":
		err = e.firstFit(e.decreasing())
	case "bfd":
		err = e.bestFit(e.decreasing())
	case "bcs-dp":
		err = e.binCentric()
	case "pabfd":
		err = e.powerAware()
	case "watcher":
		err = e.watcher()
	case "threshold":
		err = e.emptyUnder(0.20)
	default:
		known := ""
		for _, b := range Baselines() {
			known += " " + b[0]
		}
		return nil, fmt.Errorf("no baseline %q; there are%s", name, known)
	}
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", name, err)
	}
	return e.result(name), nil
}

// decreasing orders the groups by the sum of their sizes as shares of the
// largest capacity, largest first, as the sum measure of the literature has it.
func (e *estate) decreasing() []int {
	return e.orderBy(func(g int) float64 { return e.volume(e.p.Groups[g].Demand) })
}

// orderBy sorts the groups by a measure, largest first, ties as in the file.
func (e *estate) orderBy(measure func(g int) float64) []int {
	order, size := make([]int, len(e.p.Groups)), make([]float64, len(e.p.Groups))
	for g := range order {
		order[g], size[g] = g, measure(g)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	return order
}

// firstFit puts every member into the first host with room, opening one when
// there is none. Hosts only fill up, so a group never has to look back past
// the last host that took a member.
func (e *estate) firstFit(order []int) error {
	for _, g := range order {
		at := 0
		for range e.p.Groups[g].Count {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			for at < len(e.hosts) && !e.fits(e.hosts[at], g) {
				at++
			}
			if at == len(e.hosts) && e.open(g) == nil {
				break
			}
			e.put(e.hosts[at], g)
		}
	}
	return nil
}

// bestFit puts every member into the host with room that is fullest by the
// sum of loads.
func (e *estate) bestFit(order []int) error {
	for _, g := range order {
		for range e.p.Groups[g].Count {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			h := e.fullest(g, nil)
			if h == nil {
				h = e.open(g)
			}
			if h == nil {
				break
			}
			e.put(h, g)
		}
	}
	return nil
}

// fullest is the host with room for a member of g that has the least room
// left by sum, among those that keep accepts; nil when there is none.
func (e *estate) fullest(g int, keep func(*open) bool) *open {
	var best *open
	for _, h := range e.hosts {
		if (best == nil || h.room < best.room) && (keep == nil || keep(h)) && e.fits(h, g) {
			best = h
		}
	}
	return best
}

// binCentric fills one host after the other. The next member is of the group
// that fits and has the largest dot product of size and room left, each
// resource weighed by the total size of what is still to be packed (scores
// DP1, weights Average, dynamic, in the names of Mommessin et al.).
func (e *estate) binCentric() error {
	mean, total := e.meanSizes()
	left := make([]int, len(e.p.Groups))
	for g := range left {
		left[g] = e.p.Groups[g].Count
	}
	for {
		first := slices.IndexFunc(left, func(n int) bool { return n > 0 })
		if first < 0 {
			return nil
		}
		h := e.open(first)
		if h == nil {
			left[first] = 0
			continue
		}
		if err := e.fill(h, left, mean, total); err != nil {
			return err
		}
	}
}

func (e *estate) fill(h *open, left []int, mean [][]float64, total []float64) error {
	room := make([]float64, e.p.Dims)
	for {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		e.meanRoom(h, room)
		best, top := -1, 0.0
		for g, n := range left {
			if n == 0 {
				continue
			}
			score := 0.0
			for d, r := range room {
				score += total[d] * mean[g][d] * r
			}
			if (best < 0 || score > top) && e.fits(h, g) {
				best, top = g, score
			}
		}
		if best < 0 {
			return nil
		}
		e.put(h, best)
		left[best]--
		for d := range total {
			total[d] -= mean[best][d]
		}
	}
}

// powerAware takes members by CPU (the first resource), largest first, and
// puts each where power rises least, as in Beloglazov and Buyya, Optimal
// online deterministic algorithms and adaptive heuristics, 2012. Power is
// linear from 70 % at idle (their figure for a typical server) to a maximum
// that is taken as proportional to what the type costs.
func (e *estate) powerAware() error {
	order := e.orderBy(func(g int) float64 {
		sum := 0.0
		for _, v := range e.p.Groups[g].Demand[:e.times] {
			sum += float64(v)
		}
		return sum
	})
	for _, g := range order {
		for range e.p.Groups[g].Count {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			h := e.leastPower(g)
			if h == nil {
				h = e.open(g)
			}
			if h == nil {
				break
			}
			e.put(h, g)
		}
	}
	return nil
}

// leastPower is the running host where a member of g adds least power: the
// dynamic 30 % of its type's power times its share of the CPU. A host that is
// off would add its idle power too and is never better for equal types.
func (e *estate) leastPower(g int) *open {
	var best *open
	least := 0.0
	for _, h := range e.hosts {
		rise := e.price(h.t) / max(1, float64(e.p.Types[h.t].Capacity[0]))
		if (best == nil || rise < least) && e.fits(h, g) {
			best, least = h, rise
		}
	}
	return best
}
