package pack

import (
	"cmp"
	"slices"
	"sort"
)

// With tens of thousands of different workloads no search over all of them is
// affordable, and none is needed: among a few hundred drawn at random there is
// nearly always a set that fills a host almost exactly. A crowd fills each host
// many times over from a window of such groups, starting with random ones and
// completing with the largest that still fit, and keeps the fullest fill.

// crowdOnly is from how many groups no other greedy packing is affordable.
const crowdOnly = 2000

// How large the window of a crowd is, and how much of it is used up before it
// is filled again.
const (
	crowdWindow = 1500
	crowdUsed   = 10 // hundredths
)

// mostTries is how often a host is filled at most, and tryWork about what that
// costs for each member in it, in work units.
const (
	mostTries = 60
	tryWork   = 10
)

// crowd is the window of a baker and the fill under way.
type crowd struct {
	b      *baker
	window []sized   // the largest first
	demand []int64   // window × slots
	weight []float64 // per slot
	mean   float64   // of size
	tries  int

	members int   // to place at first
	budget  int64 // what there was for them, when the clock matters

	left []int64
	fill []int // places in the window
	best []int
}

// sized is a group and the size of a member, all slots weighted.
type sized struct {
	group int
	size  float64
}

func newCrowd(b *baker) *crowd {
	c := &crowd{b: b, weight: make([]float64, b.in.slots), left: make([]int64, b.in.slots)}
	for s := range c.weight {
		c.weight[s] = float64(b.weight[b.bucket[s]] * b.unit[s])
	}
	c.tries = int(min(mostTries, max(3, b.r.budget/int64(1+b.l.out)/(tryWork*b.in.unit))))
	if !b.meter.until.IsZero() {
		c.members, c.budget = b.l.out, b.meter.left()
	}
	return c
}

// refill sets the window up again once much of it is used.
func (c *crowd) refill() {
	if len(c.window) > 0 && len(c.b.open)*100 > c.b.window*(100-crowdUsed) {
		return
	}
	b := c.b
	b.refill()
	c.pace()
	c.window = c.window[:0]
	sum := 0.0
	for _, g := range b.open {
		size := 0.0
		for s, v := range b.in.groups[g].demand {
			size += float64(float64(v) * c.weight[s])
		}
		sum += size
		c.window = append(c.window, sized{g, size})
	}
	c.mean = sum / float64(max(1, len(b.open)))
	slices.SortFunc(c.window, func(x, y sized) int {
		return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(x.group, y.group))
	})
	c.demand = c.demand[:0]
	for _, x := range c.window {
		c.demand = append(c.demand, b.in.groups[x.group].demand...)
	}
}

// pace lowers the number of tries when more of the members than of the time is
// left, so that the last hosts get as much care as the first.
func (c *crowd) pace() {
	if c.budget == 0 {
		return
	}
	left := float64(c.b.meter.left()) / float64(c.budget)
	if rest := float64(c.b.l.out) / float64(c.members); left < rest {
		c.tries = max(1, int(float64(c.tries)*left/rest))
	}
}

// into fills a bin.
func (c *crowd) into(at int) {
	c.search(at, c.tries)
	c.commit(at)
}

// search leaves the fullest of some fills of a bin in best and returns how full it is.
func (c *crowd) search(at, tries int) float64 {
	most := -1.0
	if c.b.meter.out() {
		tries = 1
	}
	for range tries {
		if used := c.try(at); used > most {
			most = used
			c.best = append(c.best[:0], c.fill...)
		}
	}
	return most
}

// commit puts the best fill into a bin.
func (c *crowd) commit(at int) {
	l, b := c.b.l, c.b
	for _, j := range c.best {
		g := c.window[j].group
		l.put(at, g, 1)
		for k, v := range b.size[g] {
			b.total[k] -= v
		}
	}
	b.open = slices.DeleteFunc(b.open, func(g int) bool { return l.rest[g] == 0 })
}

// mostClasses is how many classes compete for the next host of a crowd.
const mostClasses = 6

// openBest opens and fills a host of the class that holds most for its cost, of
// the first few there are. It returns the bin; -1: no class has a host left.
func (c *crowd) openBest() int {
	c.refill()
	l, in := c.b.l, c.b.in
	c.b.order = slices.DeleteFunc(c.b.order, func(k int) bool { return l.used[k] >= in.stock[k] })
	classes := c.b.order[:min(len(c.b.order), mostClasses)]
	bestClass, bestValue := -1, 0.0
	var best []int
	for _, k := range classes {
		at := l.open(k)
		value := c.search(at, 1+c.tries/len(classes)) / in.rough[k]
		l.close(at)
		if bestClass < 0 || value > bestValue {
			bestClass, bestValue = k, value
			best = append(best[:0], c.best...)
		}
	}
	if bestClass < 0 {
		return -1
	}
	at := l.open(bestClass)
	c.best = append(c.best[:0], best...)
	c.commit(at)
	return at
}

// try makes one fill of a bin and returns how full it is.
func (c *crowd) try(at int) float64 {
	copy(c.left, c.b.l.room(at))
	c.fill = c.fill[:0]
	room := 0.0
	for s, v := range c.left {
		room += float64(float64(v) * c.weight[s])
	}
	used, misses := 0.0, 0
	for misses < 4 && room-used > 2*c.mean && len(c.window) > 0 {
		j := c.b.rng.below(len(c.window))
		if !c.add(at, j) {
			misses++
			continue
		}
		used += c.window[j].size
	}
	tested := 0
	for j := c.from(room - used); j < len(c.window); j++ {
		tested++
		for c.add(at, j) {
			used += c.window[j].size
			j = max(j, c.from(room-used))
			if j == len(c.window) {
				break
			}
		}
	}
	c.b.meter.spend(int64(tested+10) * c.b.in.unit / 2)
	return used
}

// from is the first place of a group that is not larger than the room.
func (c *crowd) from(room float64) int {
	return sort.Search(len(c.window), func(j int) bool { return c.window[j].size <= room*(1+1e-9) })
}

// add puts a member of the group in a place into the fill if it may be there.
func (c *crowd) add(at, j int) bool {
	w := len(c.left)
	demand := c.demand[j*w : j*w+w]
	for s, v := range demand {
		if v > c.left[s] {
			return false
		}
	}
	l, g := c.b.l, c.window[j].group
	grp := &c.b.in.groups[g]
	spare := l.rest[g]
	if spare == 0 || !grp.allowed.has(l.bins[at].class) {
		return false
	}
	for _, i := range c.fill {
		if i == j {
			spare--
		}
	}
	if spare < 1 || !grp.plain && c.b.in.ruleRoom(c.content(at), g) < 1 {
		return false
	}
	for s, v := range demand {
		c.left[s] -= v
	}
	c.fill = append(c.fill, j)
	return true
}

// content is what the bin and the fill hold together.
func (c *crowd) content(at int) []Share {
	content := slices.Clone(c.b.l.bins[at].content)
	for _, j := range c.fill {
		g := c.window[j].group
		if i := slices.IndexFunc(content, func(s Share) bool { return s.Index == g }); i >= 0 {
			content[i].Count++
		} else {
			content = append(content, Share{g, 1})
		}
	}
	return content
}
