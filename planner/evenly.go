package planner

import (
	"cmp"
	"context"
	"slices"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// evenItems is the size of a part up to which room is sought evenly: beyond,
// the search would take longer than what it can gain is worth.
const evenItems = 3000

// closeGap looks for fewer hosts where more are in service than are proven to
// be needed: first it proves more where hosts differ, because the roomiest may
// fail; then it holds those back; then it leaves room on all hosts instead of
// on some that stand by.
func (p *part) closeGap(ctx context.Context, k int, o Options) error {
	// Where hosts are not what counts first, their bound need not be near.
	unasked := p.s.trial.unproven() || p.s.policy.Minimise[0] != plan.Hosts
	if !p.open() || unasked && len(p.unsafe) == 0 {
		return nil
	}
	if gone := p.roomiest(k); len(gone) == k && !unasked && p.mixed() && p.mustUseHosts() {
		if err := p.raiseWithout(ctx, k, o, gone); err != nil || !p.open() {
			return err
		}
		if err := p.packAround(ctx, k, o, p.holdBack(k)); err != nil || !p.open() {
			return err
		}
	}
	if len(p.items) > evenItems {
		return nil
	}
	const tries = 4
	// One host for each item and those there are is more than any packing takes;
	// a bound above it says that nothing fits.
	most := len(p.items) + len(p.hosts)
	if p.bound > most {
		return nil
	}
	low, high := max(p.bound, 1), len(p.hosts)
	if len(p.unsafe) > 0 {
		high = min(max(high, 2*low+4), most) // more hosts than now may be needed
	}
	for try := range tries {
		if low >= high {
			return nil
		}
		m := low // most often it is reached
		if try > 0 {
			m = (low + high) / 2
		}
		if err := p.packAround(ctx, k, o, p.evenly(m, k)); err != nil {
			return err
		}
		if len(p.hosts) <= m && len(p.unsafe) == 0 {
			high = len(p.hosts)
		} else {
			low = m + 1
		}
	}
	return nil
}

// open tells whether fewer hosts might do, or something is without a restart.
func (p *part) open() bool { return len(p.hosts) > p.bound || len(p.unsafe) > 0 }

// mixed tells whether the hosts of the part that take others differ in room.
func (p *part) mixed() bool {
	var first []int64
	for _, i := range p.places {
		if pl := &p.s.places[i]; pl.takes {
			if first == nil {
				first = pl.room
			} else if !slices.Equal(first, pl.room) {
				return true
			}
		}
	}
	return false
}

// roomiest lists k existing hosts that could stand in for most others.
func (p *part) roomiest(k int) []int {
	kept := p.reserve
	p.reserve = map[int]int{}
	var list []int
	for range k {
		if i := p.roomiestTaker(); i >= 0 && p.s.places[i].host != nil {
			p.reserve[i]++
			list = append(list, i)
		}
	}
	p.reserve = kept
	slices.Sort(list)
	return list
}

// evenly keeps the packing to m hosts, spread over chassis and sites where those
// may fail, and leaves on all of them together the room of what may fail.
func (p *part) evenly(m, k int) func() {
	return func() {
		standing := 0 // on hosts that take no others, in service as now
		for _, h := range p.hosts {
			standing += int(whole(!p.s.places[h.place].takes))
		}
		chosen := p.chooseEven(m - standing)
		p.only = map[int]int{}
		for _, i := range chosen {
			p.only[i]++
		}
		p.share = make([]float64, len(p.s.resources))
		for d := range p.share {
			p.share[d] = p.shareLeft(chosen, d, k)
		}
	}
}

// chooseEven picks m hosts that take others: those kept first, then, of the
// chassis or sites with fewest, the roomiest.
func (p *part) chooseEven(m int) []int {
	var chosen []int
	used, in := map[int]int{}, map[string]int{}
	by := append(p.s.domainsThatFail(), inventory.ByHost)[0]
	pick := func(i int) {
		chosen = append(chosen, i)
		used[i]++
		in[p.s.domainOf(i, by)]++
	}
	for _, i := range p.places {
		if pl := &p.s.places[i]; pl.takes && pl.kept {
			pick(i)
		}
	}
	for len(chosen) < m {
		best := -1
		for _, i := range p.places {
			pl := &p.s.places[i]
			if !pl.takes || pl.kept || p.leftFor(i) != pack.Unlimited && used[i] >= p.leftFor(i) {
				continue
			}
			if best < 0 || cmp.Or(cmp.Compare(in[p.s.domainOf(i, by)], in[p.s.domainOf(best, by)]), cmp.Compare(p.s.roominess(best), p.s.roominess(i))) < 0 {
				best = i
			}
		}
		if best < 0 {
			break
		}
		pick(best)
	}
	return chosen
}

// shareLeft is the share of the room of all chosen hosts that is left when the
// most fails that may.
func (p *part) shareLeft(chosen []int, d, k int) float64 {
	total, most := int64(0), int64(0)
	rooms := []int64{}
	for _, i := range chosen {
		if r := p.s.places[i].room[d]; r < noLimit {
			rooms = append(rooms, r)
			total += r
		}
	}
	slices.SortFunc(rooms, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, r := range rooms[:min(k, len(rooms))] {
		most += r
	}
	for _, by := range p.s.domainsThatFail() {
		in := map[string]int64{}
		for _, i := range chosen {
			if r := p.s.places[i].room[d]; r < noLimit {
				in[p.s.domainOf(i, by)] += r
				most = max(most, in[p.s.domainOf(i, by)])
			}
		}
	}
	if total == 0 {
		return 1
	}
	return 1 - float64(most)/float64(total)
}

// roominess is the room of a place in its scarcest resource, of the roomiest.
func (s *survey) roominess(place int) float64 {
	least := 1.0
	for d, room := range s.places[place].room {
		if most := s.roomiest[d]; most > 0 && room < noLimit {
			least = min(least, float64(room)/float64(most))
		}
	}
	return least
}
