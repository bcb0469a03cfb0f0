package benchmark

import (
	"cmp"
	"slices"
)

// The two rules here start from an estate as they would find it. Benchmark
// files have none: what first fit makes of the items in the order of the file
// stands for it.
func (e *estate) asFound() error {
	order := make([]int, len(e.p.Groups))
	for g := range order {
		order[g] = g
	}
	return e.firstFit(order)
}

// watcher follows OpenStack Watcher's VM workload consolidation. Of its four
// phases, offloading overloaded hosts finds nothing to do here, and dropping
// detours and switching off do not change where things end; consolidation
// does the work: from the least to the most loaded host by CPU, members from
// large to small go to the most loaded other host with room.
func (e *estate) watcher() error {
	if err := e.asFound(); err != nil {
		return err
	}
	hosts := slices.Clone(e.hosts)
	slices.SortStableFunc(hosts, func(a, b *open) int { return cmp.Compare(e.cpu(a), e.cpu(b)) })
	for at, from := range hosts {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		for _, g := range e.byCPU(from) {
			for range from.on[g] {
				to := lastWithRoom(e, hosts[at+1:], g)
				if to == nil {
					break
				}
				e.take(from, g)
				e.put(to, g)
			}
		}
	}
	return nil
}

func lastWithRoom(e *estate, hosts []*open, g int) *open {
	for i := len(hosts) - 1; i >= 0; i-- {
		if e.fits(hosts[i], g) {
			return hosts[i]
		}
	}
	return nil
}

// byCPU lists the groups on a host by CPU, largest first.
func (e *estate) byCPU(h *open) []int {
	list := h.groupsOn()
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Compare(e.p.Groups[b].Demand[0], e.p.Groups[a].Demand[0])
	})
	return list
}

// emptyUnder evicts everything from the hosts that are under the threshold in
// every resource and lets best fit place it again, on any host that is not
// under it or, failing that, on one of the others. It repeats while hosts
// become empty, as the descheduler does on its timer.
func (e *estate) emptyUnder(threshold float64) error {
	if err := e.asFound(); err != nil {
		return err
	}
	for {
		before := e.inUse()
		under := map[*open]bool{}
		for _, h := range e.hosts {
			under[h] = h.n > 0 && e.isUnder(h, threshold)
		}
		for _, h := range e.hosts {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			if under[h] {
				e.evict(h, under)
			}
		}
		if e.inUse() == before {
			return nil
		}
	}
}

// evict moves what it can off a host; the scheduler's second choice is
// another host under the threshold that is still in use.
func (e *estate) evict(h *open, under map[*open]bool) {
	for _, g := range e.byCPU(h) {
		for range h.on[g] {
			to := e.fullest(g, func(o *open) bool { return o != h && o.n > 0 && !under[o] })
			if to == nil {
				to = e.fullest(g, func(o *open) bool { return o != h && o.n > 0 })
			}
			if to == nil {
				break
			}
			e.take(h, g)
			e.put(to, g)
		}
	}
}

func (e *estate) isUnder(h *open, threshold float64) bool {
	for i, v := range h.free {
		capacity := e.p.Types[h.t].Capacity[i/e.times]
		if float64(capacity-v) >= threshold*float64(capacity) && capacity > 0 {
			return false
		}
	}
	return true
}

func (e *estate) inUse() int {
	n := 0
	for _, h := range e.hosts {
		if h.n > 0 {
			n++
		}
	}
	return n
}
