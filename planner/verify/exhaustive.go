package verify

import (
	"slices"
	"sort"

	"sobre/planner/plan"
)

// exhaust proves, for small parts that no certificate speaks of, how many
// hosts they need besides those kept: it tries all packings with fewer. What
// may run on a host that a certificate counts already is left out, which can
// only lower the answer; exact tells that nothing was and every search ended.
func (w *world) exhaust(p *proof) (proven int, exact bool) {
	s := w.newSearch(&plan.Certificate{})
	components, exact := w.components(s, p)
	for _, c := range components {
		n, found := c.prove(w)
		proven += n
		exact = exact && found
	}
	return proven, exact
}

// component is workloads and hosts that have nothing to do with any other.
type component struct {
	s      *search
	loads  []*bundle
	sites  []*site
	most   []float64   // room of the roomiest host that costs something, per resource
	need   [][]float64 // demand of the loads from the n-th on, per resource
	limit  int         // hosts that may be opened
	opened int
	looks  int // budget: hosts that may still be looked at
}

// site is a place for workloads: one host, or a model of which several may be bought.
type site struct {
	*host
	free   []float64
	seats  []int // per rule, how many more of what it counts may be there
	stock  int   // how many more may be opened; kept hosts are open already
	open   []*bin
	admits []bool // by index of load
}

// bin is an open host.
type bin struct {
	left  []float64
	seats []int
}

// components parts the workloads that no certificate weighs. whole tells that
// these are all that are planned.
func (w *world) components(s *search, p *proof) (all []*component, whole bool) {
	whole = true
	sites := w.sites(s)
	group := make([]int, len(sites)) // union-find over sites
	for n := range group {
		group[n] = n
	}
	find := func(n int) int {
		for group[n] != n {
			n = group[n]
		}
		return n
	}
	var loads []*bundle
	first := map[*bundle]int{}
	for _, b := range s.bundles {
		places, counted := s.places(b, sites, p)
		if counted || len(places) == 0 || !b.needs() {
			whole = false
			continue
		}
		loads = append(loads, b)
		first[b] = places[0]
		for _, n := range places[1:] {
			group[find(n)] = find(places[0])
		}
	}
	byRoot := map[int]*component{}
	for _, b := range loads {
		root := find(first[b])
		if byRoot[root] == nil {
			byRoot[root] = &component{s: s}
			all = append(all, byRoot[root])
		}
		byRoot[root].loads = append(byRoot[root].loads, b)
	}
	for n, site := range sites {
		if c := byRoot[find(n)]; c != nil {
			c.sites = append(c.sites, site)
		}
	}
	return all, whole
}

// needs tells whether a bundle runs; what is off would only hide what the rest needs.
func (b *bundle) needs() bool {
	for _, i := range b.items {
		if !i.running() {
			return false
		}
	}
	return true
}

// places lists the sites that may hold a bundle, and tells whether one of them
// counts in a certificate.
func (s *search) places(b *bundle, sites []*site, p *proof) (places []int, counted bool) {
	for n, site := range sites {
		if s.admits(site.host, b) && fitsIn(b.demand, site.free) {
			places = append(places, n)
			_, owned := p.owner[site.ownerKey()]
			counted = counted || owned
		}
	}
	return places, counted
}

// ownerKey is how certificates claim the host or model.
func (h *host) ownerKey() string {
	if h.estate != nil {
		return "host " + h.id
	}
	return "model " + h.id + " in cluster " + quote(h.cluster)
}

func fitsIn(demand, free []float64) bool {
	for d, need := range demand {
		if need > free[d] {
			return false
		}
	}
	return true
}

// sites lists all hosts and models. A server that takes no others holds its
// own whatever its limits.
func (w *world) sites(s *search) []*site {
	var list []*site
	add := func(h *host, stock int) {
		free, taken := s.afterStays(h)
		v := &site{host: h, free: free, seats: s.seatsLeft(taken), stock: stock}
		if h.estate != nil && !h.takes {
			for d := range free {
				v.free[d] = noLimit
			}
		}
		list = append(list, v)
	}
	for _, h := range w.hosts {
		if h.estate != nil && h.counted() {
			add(h, 1)
		}
	}
	for _, m := range w.mayBuy() {
		stock := len(w.items)
		if m.Stock != nil {
			stock = min(stock, *m.Stock)
		}
		for _, cluster := range s.clusters {
			add(w.modelHost(m, cluster), stock)
		}
	}
	return list
}

// prove is how many hosts the component needs besides those kept. exact tells
// that a packing with that many, spares aside, was found.
func (c *component) prove(w *world) (hosts int, exact bool) {
	c.prepare()
	c.looks = w.nodes
	for c.limit = 0; c.limit <= len(c.loads); c.limit++ {
		if a := c.pack(0); a != no {
			exact = a == yes
			break
		}
	}
	c.limit = min(c.limit, len(c.loads))                   // where not even a host for each will do
	exact = exact && !(w.failures() > 0 && c.keepsTaker()) // more may follow from failures than is counted here
	if c.limit == 0 {
		return 0, exact
	}
	return c.limit + c.spares(w, c.limit), exact
}

// prepare sorts the loads, largest first, and opens the kept hosts.
func (c *component) prepare() {
	c.most = make([]float64, len(c.s.w.names))
	for _, site := range c.sites {
		if site.kept() {
			site.stock = 0
			site.open = []*bin{{slices.Clone(site.free), slices.Clone(site.seats)}}
			continue
		}
		for d, v := range site.free {
			c.most[d] = max(c.most[d], v)
		}
	}
	share := func(b *bundle) float64 {
		largest := 0.0
		for d, need := range b.demand {
			if c.most[d] > 0 {
				largest = max(largest, need/c.most[d])
			}
		}
		return largest
	}
	sort.SliceStable(c.loads, func(a, b int) bool { return share(c.loads[a]) > share(c.loads[b]) })
	c.need = make([][]float64, len(c.loads)+1)
	c.need[len(c.loads)] = make([]float64, len(c.most))
	for n := len(c.loads) - 1; n >= 0; n-- {
		c.need[n] = slices.Clone(c.need[n+1])
		add(c.need[n], c.loads[n].demand)
	}
	for _, site := range c.sites {
		site.admits = make([]bool, len(c.loads))
		for n, b := range c.loads {
			site.admits[n] = c.s.admits(site.host, b)
		}
	}
}

// spares is how many more hosts follow from the failures to survive, as for a
// certificate that weighs every load.
func (c *component) spares(w *world, demanded int) int {
	weights := map[string]int64{}
	for _, b := range c.loads {
		for _, i := range b.items {
			weights[i.ID] = 1
		}
	}
	if c.keepsTaker() {
		return 0
	}
	return w.spares(weights, demanded, nil)
}

// keepsTaker tells whether a host that takes others is kept whatever happens.
func (c *component) keepsTaker() bool {
	return slices.ContainsFunc(c.sites, func(s *site) bool { return s.takes && s.kept() })
}

// pack looks for a packing of the loads from the n-th on.
func (c *component) pack(n int) answer {
	if n == len(c.loads) {
		return yes
	}
	if c.looks -= len(c.sites); c.looks < 0 {
		return unknown
	}
	if c.overflows(n) {
		return no
	}
	b := c.loads[n]
	for _, site := range c.sites {
		if !site.admits[n] {
			continue
		}
		for m, bin := range site.open {
			if c.looks--; c.looks < 0 {
				return unknown
			}
			if bin.alike(site.open[:m]) || !bin.takes(b) {
				continue
			}
			bin.put(b, 1)
			a := c.pack(n + 1)
			bin.put(b, -1)
			if a != no {
				return a
			}
		}
		if a := c.openFor(site, n); a != no {
			return a
		}
	}
	return no
}

// openFor puts the n-th load on a host that is not in use yet.
func (c *component) openFor(site *site, n int) answer {
	if c.opened == c.limit || site.stock == len(site.open) && !site.kept() || site.stock == 0 || !fitsIn(c.loads[n].demand, site.free) {
		return no
	}
	fresh := &bin{slices.Clone(site.free), slices.Clone(site.seats)}
	if !fresh.takes(c.loads[n]) {
		return no
	}
	site.open = append(site.open, fresh)
	c.opened++
	fresh.put(c.loads[n], 1)
	a := c.pack(n + 1)
	c.opened--
	site.open = site.open[:len(site.open)-1]
	return a
}

// overflows tells whether the loads from the n-th on need more than all that
// is left and may be opened.
func (c *component) overflows(n int) bool {
	for d := range c.most {
		room := float64(c.limit-c.opened) * c.most[d]
		if c.limit == c.opened {
			room = 0
		}
		for _, site := range c.sites {
			for _, bin := range site.open {
				room += bin.left[d]
			}
		}
		if c.need[n][d] > room*(1+1e-9) {
			return true
		}
	}
	return false
}

// alike tells whether an earlier open host is in the same state.
func (b *bin) alike(earlier []*bin) bool {
	for _, e := range earlier {
		if slices.Equal(b.left, e.left) && slices.Equal(b.seats, e.seats) {
			return true
		}
	}
	return false
}

func (b *bin) takes(l *bundle) bool {
	for _, g := range l.seats {
		if g.members > b.seats[g.rule] {
			return false
		}
	}
	for d, need := range l.demand {
		if need > b.left[d]*(1+1e-9) {
			return false
		}
	}
	return true
}

func (b *bin) put(l *bundle, times int) {
	for d, need := range l.demand {
		b.left[d] -= need * float64(times)
	}
	for _, g := range l.seats {
		b.seats[g.rule] -= g.members * times
	}
}
