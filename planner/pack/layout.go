package pack

import "slices"

// layout is a packing host by host, for changing it quickly. Every host in it
// keeps the rules at any moment.
type layout struct {
	in   *instance
	bins []bin
	left []int64 // bins × slots: capacity left
	rest []int   // per group, members on no host
	out  int     // sum of rest
	used []int   // per class, hosts in use

	tight []int32 // per bin, the slot with the least left; only with many slots
}

// bin is one host of a layout.
type bin struct {
	class   int
	on      int // type of the Problem, or anyType
	content []Share
	members int // in content
}

// wideSlots is how many slots make it worth looking at the tightest first.
const wideSlots = 12

func newLayout(in *instance) *layout {
	l := &layout{in: in, rest: slices.Clone(in.count), used: make([]int, len(in.classes))}
	l.out = in.members()
	return l
}

// openFixed opens the hosts that must be in use, with their fixed members.
func (l *layout) openFixed() {
	for k := range l.in.classes {
		if l.in.stock[k] > 0 && len(l.in.classes[k].fixed) > 0 {
			l.open(k)
		}
	}
}

// open adds a host of a class, with its fixed members, and returns its index.
func (l *layout) open(class int) int {
	c := &l.in.classes[class]
	b := l.openEmpty(class)
	for _, f := range c.fixed {
		l.put(b, f.Index, f.Count)
	}
	if len(c.fixed) > 0 {
		l.bins[b].on = c.types[0]
	}
	return b
}

// close removes a bin; its members are then on no host. The last bin takes its index.
func (l *layout) close(b int) {
	for _, s := range l.bins[b].content {
		l.rest[s.Index] += s.Count
		l.out += s.Count
	}
	l.used[l.bins[b].class]--
	last, w := len(l.bins)-1, l.in.slots
	l.bins[b] = l.bins[last]
	l.bins[last] = bin{}
	copy(l.left[b*w:(b+1)*w], l.left[last*w:])
	l.bins = l.bins[:last]
	l.left = l.left[:last*w]
	if l.tight != nil {
		l.tight[b] = l.tight[last]
		l.tight = l.tight[:last]
	}
}

// room is the capacity that a bin has left.
func (l *layout) room(b int) []int64 {
	w := l.in.slots
	return l.left[b*w : (b+1)*w : (b+1)*w]
}

// fits tells whether one more member of g may go into a bin: capacity, types and rules.
func (l *layout) fits(b, g int) bool {
	grp := &l.in.groups[g]
	left := l.left[b*l.in.slots:]
	left = left[:len(grp.demand)]
	if l.tight != nil {
		if t := l.tight[b]; grp.demand[t] > left[t] {
			return false
		}
	}
	for s, v := range grp.demand {
		if v > left[s] {
			return false
		}
	}
	return l.permits(b, g)
}

// permits tells whether types and rules let one more member of g into a bin.
func (l *layout) permits(b, g int) bool {
	grp := &l.in.groups[g]
	if !grp.allowed.has(l.bins[b].class) {
		return false
	}
	if grp.plain {
		return true
	}
	return l.in.ruleRoom(l.bins[b].content, g) > 0
}

// put adds members of g to a bin, which must have room for them.
func (l *layout) put(b, g, n int) {
	l.rest[g] -= n
	l.out -= n
	bin := &l.bins[b]
	bin.members += n
	l.take(b, g, int64(n))
	for i := range bin.content {
		if bin.content[i].Index == g {
			bin.content[i].Count += n
			return
		}
	}
	bin.content = append(bin.content, Share{g, n})
}

// remove takes members of g out of a bin.
func (l *layout) remove(b, g, n int) {
	l.rest[g] += n
	l.out += n
	bin := &l.bins[b]
	bin.members -= n
	l.take(b, g, -int64(n))
	for i := range bin.content {
		if bin.content[i].Index != g {
			continue
		}
		if bin.content[i].Count -= n; bin.content[i].Count == 0 {
			last := len(bin.content) - 1
			bin.content[i] = bin.content[last]
			bin.content = bin.content[:last]
		}
		return
	}
}

// take lowers what a bin has left by n members of g.
func (l *layout) take(b, g int, n int64) {
	left := l.room(b)
	demand := l.in.groups[g].demand
	if l.tight == nil {
		for s, v := range demand {
			left[s] -= n * v
		}
		return
	}
	least := 0
	for s, v := range demand {
		left[s] -= n * v
		if left[s] < left[least] {
			least = s
		}
	}
	l.tight[b] = int32(least)
}

// pinned is how many members of g are fixed in a bin.
func (l *layout) pinned(b, g int) int {
	fixed := l.in.classes[l.bins[b].class].fixed
	if len(fixed) == 0 {
		return 0
	}
	return shareOf(fixed, g)
}

// homes finds the bin of each type of the Problem; -1: none.
func (l *layout) homes() []int {
	home := slices.Repeat([]int{-1}, len(l.in.problem.Types))
	for b := range l.bins {
		if on := l.bins[b].on; on != anyType {
			home[on] = b
		}
	}
	return home
}

// packing copies the layout into a packing.
func (l *layout) packing() *packing {
	hosts := make([]stack, 0, len(l.bins))
	for b := range l.bins {
		content := slices.Clone(l.bins[b].content)
		ascend(content)
		hosts = append(hosts, stack{pattern{l.bins[b].class, content}, 1, l.bins[b].on})
	}
	return l.in.newPacking(hosts)
}

// layout makes a layout of a packing, one bin for each host.
func (in *instance) layout(p *packing) *layout {
	l := newLayout(in)
	for _, h := range p.hosts {
		for range h.count {
			b := l.openEmpty(h.class)
			l.bins[b].on = h.on
			l.bins[b].content = slices.Clone(h.content)
			for _, s := range h.content {
				l.bins[b].members += s.Count
				l.rest[s.Index] -= s.Count
				l.out -= s.Count
				l.take(b, s.Index, int64(s.Count))
			}
		}
	}
	return l
}

// openEmpty adds a host without its fixed members, which the caller adds.
func (l *layout) openEmpty(class int) int {
	l.bins = append(l.bins, bin{class: class, on: anyType})
	l.left = append(l.left, l.in.classes[class].capacity...)
	if l.in.slots >= wideSlots {
		l.tight = append(l.tight, 0)
	}
	l.used[class]++
	return len(l.bins) - 1
}
