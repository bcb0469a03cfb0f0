package pack

import (
	"cmp"
	"slices"
)

// Passes of single moves and swaps end where no one of them helps. A kick
// takes much out of a few hosts at once and fills them again: what started on
// them first, then the rest by size. It is kept when the objectives are no higher then, so
// that equal packings lead on to better ones (destroy and repair: P. Shaw,
// "Using constraint programming and local search methods to solve vehicle
// routing problems", 1998).

const (
	kicksEach = 40 // for each host, without gain, before the polisher gives up
	mostBins  = 5  // cleared at once
)

// kicks kicks until that has not helped for long, or the meter is out.
func (p *polisher) kicks() {
	if len(p.in.costs) < 2 && !p.in.loaded() {
		return // only the number of hosts counts: ejection chains do better
	}
	for quiet := 0; quiet < kicksEach*len(p.l.bins) && !p.meter.out(); quiet++ {
		if p.kick() {
			quiet = 0
		}
	}
}

// kick clears and refills a few bins once and tells whether that lowered the
// objectives.
func (p *polisher) kick() bool {
	bins := p.chooseBins()
	if len(bins) < 2 {
		return false
	}
	before := p.worth(bins)
	saved := make([][]Share, len(bins))
	var loose []loosened
	stay := [...]float64{0, 0.5, 0.8, 0.9}[p.rng.below(4)]
	for i, b := range bins {
		saved[i] = slices.Clone(p.l.bins[b].content)
		loose = p.loosen(b, saved[i], stay, loose)
	}
	p.meter.spend(int64(4*len(loose)) * p.in.unit)
	change := 1
	if p.refill(bins, loose) {
		change = slices.Compare(p.worth(bins), before)
	}
	if change > 0 {
		p.restore(bins, saved)
		return false
	}
	if change < 0 {
		p.made++
		p.closeEmpty()
	}
	return change < 0
}

// chooseBins picks two to mostBins bins; where moves count, mostly the one that
// a member has left and the one it is in.
func (p *polisher) chooseBins() []int {
	n := len(p.l.bins)
	if n < 2 {
		return nil
	}
	bins := []int{p.rng.below(n)}
	if h := p.homeOfGuest(bins[0]); h >= 0 {
		bins = append(bins, h)
	}
	for most := 2 + p.rng.below(mostBins-1); len(bins) < min(most, n); {
		if b := p.rng.below(n); !slices.Contains(bins, b) {
			bins = append(bins, b)
		}
	}
	return bins
}

// homeOfGuest is another bin in which some member of bin b started; -1: none.
func (p *polisher) homeOfGuest(b int) int {
	content := p.l.bins[b].content
	if len(content) == 0 {
		return -1
	}
	from := p.rng.below(len(content))
	for i := range content {
		s := content[(from+i)%len(content)]
		for _, st := range p.in.groups[s.Index].starts {
			if h := p.home[st.Index]; h >= 0 && h != b && shareOf(p.l.bins[h].content, s.Index) < st.Count {
				return h
			}
		}
	}
	return -1
}

// worth sums what bins cost, per objective; members at home count below zero.
func (p *polisher) worth(bins []int) []int64 {
	worth := make([]int64, len(p.in.costs))
	for _, b := range bins {
		bin := &p.l.bins[b]
		if bin.members == 0 {
			continue
		}
		for o := range worth {
			worth[o] += p.in.hostCost(o, bin.class)
			c := &p.in.costs[o]
			for _, s := range bin.content {
				if c.load != nil {
					worth[o] += int64(s.Count) * p.in.loadCost(o, bin.class, s.Index)
				}
				if c.move != nil {
					worth[o] -= c.move[s.Index] * int64(min(s.Count, p.startIn(s.Index, b)))
				}
			}
		}
	}
	return worth
}

// loosened is a member taken out of a bin, and the order to put it back in.
type loosened struct {
	group int
	key   float64
}

// loosen takes members out of a bin: those not fixed there, and each group but
// for a chance to stay.
func (p *polisher) loosen(b int, content []Share, stay float64, loose []loosened) []loosened {
	for _, s := range content {
		n := s.Count - p.l.pinned(b, s.Index)
		if n == 0 || p.rng.float() < stay {
			continue
		}
		p.l.remove(b, s.Index, n)
		size := p.in.weigh(s.Index)
		for range n {
			loose = append(loose, loosened{s.Index, float64(size * (0.6 + 0.8*p.rng.float()))})
		}
	}
	return loose
}

// refill puts members into bins, each at home if it can, else where it fits
// tightest. It tells whether all found a place.
func (p *polisher) refill(bins []int, loose []loosened) bool {
	slices.SortStableFunc(loose, func(a, b loosened) int { return cmp.Compare(b.key, a.key) })
	rest := loose[:0]
	homely := p.rng.below(4) > 0
	for _, m := range loose {
		if b := p.homeAmong(bins, m.group); b >= 0 && homely {
			p.l.put(b, m.group, 1)
			continue
		}
		rest = append(rest, m)
	}
	for _, m := range rest {
		best, least := -1, 0.0
		for _, b := range bins {
			if !p.l.fits(b, m.group) {
				continue
			}
			left := float64(p.freeIn(b) * (0.8 + 0.4*p.rng.float()))
			if best < 0 || left < least {
				best, least = b, left
			}
		}
		if best < 0 {
			return false
		}
		p.l.put(best, m.group, 1)
	}
	return true
}

// homeAmong is one of some bins where a member of g started and has room; -1: none.
func (p *polisher) homeAmong(bins []int, g int) int {
	for _, st := range p.in.groups[g].starts {
		h := p.home[st.Index]
		if h >= 0 && slices.Contains(bins, h) && shareOf(p.l.bins[h].content, g) < st.Count && p.l.fits(h, g) {
			return h
		}
	}
	return -1
}

// freeIn is what a bin has left, all slots together.
func (p *polisher) freeIn(b int) float64 {
	sum := 0.0
	for s, v := range p.l.room(b) {
		sum += float64(float64(v) / p.in.usual[s])
	}
	return sum
}

// restore gives bins the contents that they had.
func (p *polisher) restore(bins []int, saved [][]Share) {
	for _, b := range bins {
		for _, s := range slices.Clone(p.l.bins[b].content) {
			p.l.remove(b, s.Index, s.Count)
		}
	}
	for i, b := range bins {
		for _, s := range saved[i] {
			p.l.put(b, s.Index, s.Count)
		}
	}
}

// closeEmpty closes bins that nothing is left in.
func (p *polisher) closeEmpty() {
	for b := len(p.l.bins) - 1; b >= 0; b-- {
		if p.l.bins[b].members == 0 {
			p.l.close(b)
		}
	}
	p.index()
}
