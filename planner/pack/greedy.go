package pack

import (
	"cmp"
	"math"
	"slices"
)

// recipe is one way to be greedy. Filling one host after the other with the
// workload that points best along what the host has left ("bin-centric dot
// product") is the best single rule known for vector packing: R. Panigrahy,
// K. Talwar, L. Uyeda, U. Wieder, "Heuristics for Vector Bin Packing", 2011.
type recipe struct {
	score  scoring
	weigh  weighing
	noise  float64
	tilt   float64 // how much the rarity of hosts that may hold a group counts
	choice int     // which class to open: 0 the most for its cost, 1 the largest, 2 by a draw
	seed   uint64
	budget int64 // about what it may cost, in work units; 0: whatever it takes
	crowd  bool  // fill from a crowd; score and noise do not matter then

	// complete: the packing is completed whatever it costs, with less care when
	// the meter is out.
	complete bool
}

// scoring is how well a workload suits a host.
type scoring int

const (
	dot    scoring = iota // demand · left
	cosine                // demand · left ÷ their lengths
	near                  // −|left − demand|²
	bulk                  // weighted size alone
)

// weighing is how much each slot counts.
type weighing int

const (
	scarce weighing = iota // total demand left ÷ capacity, updated host by host
	steep                  // the same, squared
	even
	atStart // total demand ÷ capacity, once
)

// baker makes greedy packings.
type baker struct {
	in    *instance
	r     recipe
	rng   rng
	meter *meter
	l     *layout

	size   [][]float64 // per group: demand ÷ typical capacity, per bucket of slots
	bucket []int       // per slot, its bucket
	unit   []float64   // per slot: 1 ÷ (typical capacity × slots in its bucket)
	weight []float64   // per bucket
	total  []float64   // per bucket, demand not yet placed
	rare   []float64   // per group, 0 common to 1 rare
	open   []int       // groups with members to place: those being looked at
	queue  []int       // groups that will be looked at when open has room
	left   []float64
	order  []int  // classes in the order to open them
	window int    // groups in open at most
	crowd  *crowd // nil: few enough to look at all
	copies []int  // per bin, how many hosts it stands for
}

// buckets is how many slots are told apart when scoring; feasibility always
// looks at all. More cost time and gain nothing.
const buckets = 16

// Among how many groups a host chooses. More fit hardly better and cost more.
const (
	leastWindow = 1000
	mostWindow  = 3000
)

// bake makes a packing by a recipe.
func (in *instance) bake(r recipe, m *meter) *packing {
	b := &baker{in: in, r: r, rng: newRNG(r.seed), meter: m, l: newLayout(in)}
	b.l.openFixed()
	b.measure()
	b.line()
	b.rankClasses()
	for i := range b.l.bins {
		b.fill(i)
		b.copies = append(b.copies, 1)
	}
	for b.l.out > 0 && (r.complete || !m.out()) {
		if b.crowd == nil {
			b.refill()
		}
		at := b.next()
		if at < 0 {
			break
		}
		if class := b.l.bins[at].class; b.l.bins[at].members == 0 {
			b.l.close(at)
			b.giveUp(class)
			continue
		}
		b.copies = append(b.copies, 1)
		b.repeat(at)
	}
	return b.packing()
}

// next opens and fills a host; -1: there is none left.
func (b *baker) next() int {
	if b.crowd != nil && b.r.choice == 0 && len(b.order) > 1 {
		return b.crowd.openBest()
	}
	class := b.choose()
	if class < 0 {
		return -1
	}
	at := b.l.open(class)
	b.fill(at)
	return at
}

// measure sets sizes in buckets of slots relative to the typical capacity.
func (b *baker) measure() {
	in := b.in
	per := map[int]int{}
	for _, d := range in.resource {
		per[d]++
	}
	resources := len(per)
	each := max(1, buckets/max(resources, 1))
	b.bucket = make([]int, in.slots)
	b.unit = make([]float64, in.slots)
	next, n := 0, 0
	for s := 0; s < in.slots; s += n {
		n = per[in.resource[s]]
		parts := min(n, each)
		for i := range n {
			b.bucket[s+i] = next + i*parts/n
		}
		next += parts
	}
	width := make([]int, next)
	for _, k := range b.bucket {
		width[k]++
	}
	for s := range in.slots {
		b.unit[s] = 1 / (in.usual[s] * float64(width[b.bucket[s]]))
	}
	b.size = make([][]float64, len(in.groups))
	flat := make([]float64, next*len(in.groups))
	b.total = make([]float64, next)
	for g := range in.groups {
		b.size[g], flat = flat[:next:next], flat[next:]
		for s, v := range in.groups[g].demand {
			b.size[g][b.bucket[s]] += float64(float64(v) * b.unit[s])
		}
		for k, v := range b.size[g] {
			b.total[k] += float64(v * float64(b.l.rest[g]))
		}
	}
	b.weight = make([]float64, next)
	b.left = make([]float64, next)
	b.reweigh(true)
	b.measureRarity()
}

// typical is the mean capacity of a slot over the hosts there are, 1 at least.
func (in *instance) typical(slot int) float64 {
	sum, n := 0.0, 0.0
	for k := range in.classes {
		w := float64(in.stock[k])
		sum += w * float64(in.classes[k].capacity[slot])
		n += w
	}
	if n == 0 || sum < n {
		return 1
	}
	return sum / n
}

// measureRarity tells how small a part of all hosts may hold each group.
func (b *baker) measureRarity() {
	in := b.in
	b.rare = make([]float64, len(in.groups))
	all := 0.0
	for k := range in.classes {
		all += float64(in.stock[k])
	}
	known := map[*uint64]float64{}
	for g := range in.groups {
		set := in.groups[g].allowed
		if len(set) == 0 || all == 0 {
			continue
		}
		part, ok := known[&set[0]]
		if !ok {
			for k := range in.classes {
				if set.has(k) {
					part += float64(in.stock[k]) / all
				}
			}
			known[&set[0]] = part
		}
		b.rare[g] = 1 - part
	}
}

// reweigh sets how much each bucket counts.
func (b *baker) reweigh(first bool) {
	if !first && (b.r.weigh == even || b.r.weigh == atStart) {
		return
	}
	sum := 0.0
	for _, v := range b.total {
		sum += v
	}
	for k, v := range b.total {
		w := v / math.Max(sum, 1e-9) * float64(len(b.total))
		switch b.r.weigh {
		case steep:
			w *= w
		case even:
			w = 1
		}
		b.weight[k] = w
	}
}

// line puts the groups in a queue in a random order, so that a window on it
// shows a fair sample.
func (b *baker) line() {
	for g, n := range b.l.rest {
		if n > 0 {
			b.queue = append(b.queue, g)
		}
	}
	b.window = mostWindow
	if b.r.crowd {
		b.crowd = newCrowd(b)
		b.window = crowdWindow
	} else if b.r.budget > 0 {
		b.window = int(min(mostWindow, max(leastWindow, b.r.budget/(int64(1+b.l.out)*b.in.unit))))
	}
	if len(b.queue) > b.window {
		b.rng.shuffle(b.queue)
		slices.SortStableFunc(b.queue, func(x, y int) int { return cmp.Compare(b.rare[y], b.rare[x]) })
	}
	b.refill()
}

// refill drops what is placed from the window and shows more of the queue.
func (b *baker) refill() {
	b.open = slices.DeleteFunc(b.open, func(g int) bool { return b.l.rest[g] == 0 })
	n := min(b.window-len(b.open), len(b.queue))
	if n > 0 {
		b.open = append(b.open, b.queue[:n]...)
		b.queue = b.queue[n:]
	}
}

// fill adds to a bin the members that suit it best until none fits.
func (b *baker) fill(at int) {
	l := b.l
	if b.crowd != nil {
		b.crowd.refill()
		b.crowd.into(at)
		return
	}
	candidates := make([]int, 0, len(b.open))
	for _, g := range b.open {
		if l.rest[g] > 0 && b.in.mayHold(l.bins[at].class, g) {
			candidates = append(candidates, g)
		}
	}
	b.reweigh(false)
	for len(candidates) > 0 {
		b.sumLeft(at)
		best, bestScore := -1, math.Inf(-1)
		kept := candidates[:0]
		b.meter.spend(int64(len(candidates)) * b.in.unit)
		for _, g := range candidates {
			if !l.fits(at, g) {
				continue
			}
			kept = append(kept, g)
			if v := b.value(g); v > bestScore {
				best, bestScore = g, v
			}
		}
		candidates = kept
		if best < 0 {
			return
		}
		l.put(at, best, 1)
		for k, v := range b.size[best] {
			b.total[k] -= v
		}
		if l.rest[best] == 0 {
			candidates = slices.DeleteFunc(candidates, func(g int) bool { return g == best })
		}
	}
}

// sumLeft brings what a bin has left into buckets.
func (b *baker) sumLeft(at int) {
	clear(b.left)
	for s, v := range b.l.room(at) {
		b.left[b.bucket[s]] += float64(float64(v) * b.unit[s])
	}
}

// value scores a group for the bin whose free room is in left.
func (b *baker) value(g int) float64 {
	size, v := b.size[g], 0.0
	switch b.r.score {
	case dot:
		for k, w := range b.weight {
			v += float64(w * size[k] * b.left[k]) // float64: no fused multiply, the same everywhere
		}
	case cosine:
		norm := 1e-12
		for k, w := range b.weight {
			v += float64(w * size[k] * b.left[k])
			norm += float64(size[k] * size[k])
		}
		v /= math.Sqrt(norm)
	case near:
		for k, w := range b.weight {
			gap := b.left[k] - size[k]
			v -= float64(w * gap * gap)
		}
	case bulk:
		for k, w := range b.weight {
			v += float64(w * size[k])
		}
	}
	if b.r.noise > 0 {
		v += float64(math.Abs(v) * b.r.noise * b.rng.float())
	}
	if r := b.rare[g]; r > 0 {
		v += float64(b.r.tilt * r * (1 + math.Abs(v)))
	}
	return v
}

// repeat sets aside more hosts with the same content as long as there are
// members and hosts for them: a million workloads in a few sizes cost no more
// than a few.
func (b *baker) repeat(at int) {
	l := b.l
	bin := &l.bins[at]
	times := b.in.stock[bin.class] - l.used[bin.class]
	for _, s := range bin.content {
		times = min(times, l.rest[s.Index]/s.Count)
	}
	b.copies[at] += times
	l.used[bin.class] += times
	l.out -= times * bin.members
	for _, s := range bin.content {
		l.rest[s.Index] -= s.Count * times
		for k, v := range b.size[s.Index] {
			b.total[k] -= float64(v * float64(s.Count*times))
		}
	}
}

// packing is what was made.
func (b *baker) packing() *packing {
	p := b.l.packing()
	for i := range p.hosts {
		p.hosts[i].count = b.copies[i]
	}
	return b.in.newPacking(p.hosts)
}

// rankClasses orders the classes by what they hold for their cost.
func (b *baker) rankClasses() {
	in := b.in
	rank := make([]float64, len(in.classes))
	for k := range in.classes {
		hold := 0.0
		for s, v := range in.classes[k].capacity {
			hold += float64(b.weight[b.bucket[s]] * float64(v) * b.unit[s])
		}
		switch b.r.choice {
		case 0:
			rank[k] = hold / in.rough[k]
		case 1:
			rank[k] = hold
		default:
			rank[k] = hold / in.rough[k] * (0.7 + 0.6*b.rng.float())
		}
		if len(in.classes[k].fixed) == 0 && in.stock[k] > 0 {
			b.order = append(b.order, k)
		}
	}
	slices.SortStableFunc(b.order, func(x, y int) int { return cmp.Compare(rank[y], rank[x]) })
}

// choose is the next class to open a host of; -1: none is left.
func (b *baker) choose() int {
	for len(b.order) > 0 {
		k := b.order[0]
		if b.l.used[k] < b.in.stock[k] {
			return k
		}
		b.order = b.order[1:]
	}
	return -1
}

// giveUp stops opening a class that holds nothing of what is left in view.
func (b *baker) giveUp(class int) {
	b.order = slices.DeleteFunc(b.order, func(k int) bool { return k == class })
}
