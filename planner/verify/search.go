package verify

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"

	"sobre/inventory"
	"sobre/planner/plan"
)

// answer is what a search with a limit may say.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// search looks for contents that weigh more than a certificate allows.
type search struct {
	*plan.Certificate
	w        *world
	bundles  []*bundle
	classes  []*class
	homes    map[*host][]*bundle // by where the first of them runs today
	clusters []string            // that a bought host may serve
	whole    []bool              // resources in which all demands are whole numbers
	seen     map[string]answer
	held     map[string]bool // answers of heldBy, by host.ownerKey
	foreign  map[string]bool // answers of listedElsewhere, likewise
}

// bundle is what enters a host as one: a workload, or all that a together rule
// binds.
type bundle struct {
	items  []*item // that may move
	fixed  map[*host]bool
	weight int64
	demand []float64
	seats  []seats // of rules that count
	bound  []*rule // that look at each workload and its host alone
	torn   bool    // it holds more than a rule allows on one host: it fits nowhere
}

func (w *world) newSearch(c *plan.Certificate) *search {
	s := &search{Certificate: c, w: w, seen: map[string]answer{}, homes: map[*host][]*bundle{}, held: map[string]bool{}, foreign: map[string]bool{}}
	s.bundles = w.bundle(c)
	clusters := map[string]bool{}
	for _, b := range s.bundles {
		for _, i := range b.items {
			if w.keepsClusters() && b.weight > 0 && !i.physical() && i.cluster != "" {
				clusters[i.cluster] = true
			}
		}
	}
	s.clusters = sortedKeys(clusters)
	if len(s.clusters) == 0 {
		s.clusters = []string{""}
	}
	s.whole = make([]bool, len(w.names))
	for d := range w.names {
		s.whole[d] = true
		for _, i := range w.items {
			s.whole[d] = s.whole[d] && i.demand[d] == math.Trunc(i.demand[d])
		}
	}
	s.classify()
	return s
}

// bundle groups the planned workloads by the together rules in force, and
// leaves out what stays: that is on its host whatever else is.
func (w *world) bundle(c *plan.Certificate) []*bundle {
	root := map[*item]*item{}
	find := func(i *item) *item {
		for root[i] != nil {
			i = root[i]
		}
		return i
	}
	for _, r := range w.rules {
		if r.IsSoft() || r.Kind() != inventory.RuleTogether || len(r.members) == 0 {
			continue
		}
		first := find(r.members[0])
		for _, i := range r.members[1:] {
			if other := find(i); other != first {
				root[other] = first
			}
		}
	}
	byRoot := map[*item]*bundle{}
	var all []*bundle
	for _, i := range w.items {
		if i.excluded != "" {
			continue
		}
		top := find(i)
		b := byRoot[top]
		if b == nil {
			b = &bundle{demand: make([]float64, len(w.names)), fixed: map[*host]bool{}}
			byRoot[top] = b
			all = append(all, b)
		}
		if i.stays {
			b.fixed[i.home] = true
			continue
		}
		b.items = append(b.items, i)
		b.weight += c.Weights[i.ID]
		add(b.demand, i.demand)
	}
	return w.withRules(movable(all))
}

func movable(all []*bundle) []*bundle {
	var list []*bundle
	for _, b := range all {
		if len(b.items) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// withRules notes which rules name a member of each bundle.
func (w *world) withRules(all []*bundle) []*bundle {
	of := map[*item]*bundle{}
	for _, b := range all {
		for _, i := range b.items {
			of[i] = b
		}
	}
	for n, r := range w.rules {
		if r.IsSoft() {
			continue
		}
		for _, i := range r.members {
			if b := of[i]; b != nil {
				b.meet(r, n)
			}
		}
	}
	for _, b := range all {
		for _, g := range b.seats {
			b.torn = b.torn || g.members > w.rules[g.rule].Most()
		}
	}
	return all
}

// meet notes that a rule names a member of the bundle.
func (b *bundle) meet(r *rule, n int) {
	switch kind := r.Kind(); {
	case r.Most() > 0 && len(b.seats) > 0 && b.seats[len(b.seats)-1].rule == n:
		b.seats[len(b.seats)-1].members++
	case r.Most() > 0:
		b.seats = append(b.seats, seats{n, 1})
	case perHost(kind) && (len(b.bound) == 0 || b.bound[len(b.bound)-1] != r):
		b.bound = append(b.bound, r)
	}
}

// perHost tells whether a rule looks at each workload and its host alone.
func perHost(k inventory.RuleKind) bool {
	switch k {
	case inventory.RuleOnly, inventory.RuleNever, inventory.RulePhysical, inventory.RuleNUMA, inventory.RuleLive:
		return true
	}
	return false
}

// seats is how many of those that a rule counts are in a bundle.
type seats struct {
	rule    int // index
	members int
}

// class is a number of bundles that no limit and no rule tells apart on hosts
// that take others.
type class struct {
	*bundle
	count int
	kind  int // of those that the same hosts admit
}

// classify joins equal bundles, so that hosts are matched with hundreds of
// classes instead of thousands of workloads.
func (s *search) classify() {
	kinds, classes := map[string]int{}, map[string]int{}
	for _, b := range s.bundles {
		if b.items[0].home != nil {
			s.homes[b.items[0].home] = append(s.homes[b.items[0].home], b)
		}
		if b.torn {
			continue
		}
		kind := b.kind(s.w.keepsClusters())
		if _, ok := kinds[kind]; !ok {
			kinds[kind] = len(kinds)
		}
		key := kind + string(b.figures())
		n, ok := classes[key]
		switch {
		case !ok:
			classes[key] = len(s.classes)
			s.classes = append(s.classes, &class{b, 1, kinds[kind]})
		case len(b.seats) == 0 || s.classes[n].count < s.w.mostSeats(b):
			s.classes[n].count++
		}
	}
}

// mostSeats is how many such bundles may be on one host by the rules that count.
func (w *world) mostSeats(b *bundle) int {
	most := math.MaxInt
	for _, g := range b.seats {
		most = min(most, w.rules[g.rule].Most()/g.members)
	}
	return most
}

// kind spells what decides which hosts may hold the bundle.
func (b *bundle) kind(clusters bool) string {
	text := ""
	for _, i := range b.items {
		if clusters && !i.physical() {
			text += strconv.Quote(i.cluster)
		}
		text += ","
	}
	if len(b.fixed) > 0 {
		return text + "fixed " + b.items[0].ID // a class by itself
	}
	for _, r := range b.bound {
		text += r.label + ";" + strconv.Itoa(r.number)
		if k := r.Kind(); k == inventory.RuleOnly || k == inventory.RuleNever {
			continue
		}
		for _, i := range b.items { // what else the rule looks at
			text += strconv.Quote(i.Host) + strconv.Itoa(i.vcpus()) + " " + number(i.memory()) + strconv.FormatBool(i.physical()) + strconv.FormatBool(i.idle)
		}
	}
	return text
}

// figures spells what the bundle weighs and needs.
func (b *bundle) figures() []byte {
	text := binary.AppendVarint(nil, b.weight)
	for _, v := range b.demand {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(v))
	}
	for _, g := range b.seats {
		text = binary.AppendVarint(binary.AppendVarint(text, int64(g.rule)), int64(g.members))
	}
	return text
}

// heldBy tells whether the host may hold anything that the certificate weighs.
func (s *search) heldBy(h *host) bool {
	held, known := s.held[h.ownerKey()]
	if !known {
		held = s.mayHold(h)
		s.held[h.ownerKey()] = held
	}
	return held
}

func (s *search) mayHold(h *host) bool {
	for _, i := range h.stays {
		if s.Weights[i.ID] > 0 {
			return true
		}
	}
	if h.estate != nil && !h.takes {
		for _, b := range s.homes[h] {
			if b.weight > 0 && s.admits(h, b) {
				return true
			}
		}
		return false
	}
	for n, admitted := range s.admitted(h) {
		if admitted && s.classes[n].weight > 0 {
			return true
		}
	}
	return false
}

// admitted tells for each class whether rules let it be on a host that takes others.
func (s *search) admitted(h *host) []bool {
	known := map[int]bool{}
	list := make([]bool, len(s.classes))
	for n, c := range s.classes {
		ok, seen := known[c.kind]
		if !seen {
			ok = s.admits(h, c.bundle)
			known[c.kind] = ok
		}
		list[n] = ok
	}
	return list
}

// admits tells whether rules let a bundle be on a host, limits aside.
func (s *search) admits(h *host, b *bundle) bool {
	if b.torn || len(b.fixed) > 0 && !b.fixed[h] {
		return false
	}
	for _, i := range b.items {
		if ok, _ := s.w.mayRun(i, h); !ok {
			return false
		}
	}
	for _, r := range b.bound {
		for _, i := range b.items {
			if slices.Contains(r.members, i) && !s.w.allows(r, i, h) {
				return false
			}
		}
	}
	return true
}

// heavier tells whether some content of the host weighs more than allowed.
func (s *search) heavier(h *host, allowed int64, p *proof) answer {
	if h.estate != nil && !h.takes {
		return s.heavierAlone(h, allowed, p)
	}
	free, taken := s.afterStays(h)
	for _, i := range h.stays {
		allowed -= s.Weights[i.ID]
	}
	admitted := s.admitted(h)
	for n, c := range s.classes {
		if admitted[n] && c.forcedOn(h) {
			allowed -= c.weight // a together rule binds it to what stays here
			subtract(free, c.demand)
		}
	}
	if allowed < 0 {
		return yes
	}
	k := &knapsack{free: free, limit: allowed, seats: s.seatsLeft(taken), nodes: min(s.w.nodes, 10*s.w.nodes-p.spent)}
	key := []byte(fmt.Sprint(allowed, free, k.seats))
	for n, c := range s.classes {
		if admitted[n] && c.weight > 0 && !c.forcedOn(h) && k.offer(c) {
			key = binary.AppendVarint(key, int64(n))
		}
	}
	if a, ok := s.seen[string(key)]; ok {
		return a
	}
	a := k.exceeds()
	p.spent += k.spent
	s.seen[string(key)] = a
	return a
}

// forcedOn tells whether a together rule binds the bundle to what stays on the host.
func (b *bundle) forcedOn(h *host) bool { return len(b.fixed) == 1 && b.fixed[h] }

// heavierAlone is heavier for a host that holds its own or nothing: no resource
// limits what may stay, but the rules that count do, each as if what it counts
// were a resource.
func (s *search) heavierAlone(h *host, allowed int64, p *proof) answer {
	for _, i := range h.stays {
		allowed -= s.Weights[i.ID]
	}
	if allowed < 0 {
		return yes
	}
	_, taken := s.afterStays(h)
	k := &knapsack{limit: allowed, nodes: min(s.w.nodes, 10*s.w.nodes-p.spent)}
	for _, n := range s.seatsLeft(taken) {
		k.free = append(k.free, float64(n))
	}
	for _, b := range s.homes[h] {
		if b.weight == 0 || !s.admits(h, b) {
			continue
		}
		c := &class{bundle: &bundle{weight: b.weight, demand: make([]float64, len(k.free))}, count: 1}
		for _, g := range b.seats {
			c.demand[g.rule] = float64(g.members)
		}
		k.offer(c)
	}
	a := k.exceeds()
	p.spent += k.spent
	return a
}

// seatsLeft is how many more of what each rule counts may be on the host.
func (s *search) seatsLeft(taken []int) []int {
	left := make([]int, len(taken))
	for n, t := range taken {
		if r := s.w.rules[n]; !r.IsSoft() && r.Most() > 0 {
			left[n] = max(r.Most()-t, 0)
		}
	}
	return left
}

// afterStays is the room that what stays on a host leaves, and how many of what
// each rule counts it is.
func (s *search) afterStays(h *host) (free []float64, taken []int) {
	free = make([]float64, len(h.room))
	for d, room := range h.room {
		floor := h.floor(d)
		switch {
		case math.IsInf(room, 1):
			free[d] = room
			continue
		case floor > room:
			continue // over: nothing may be added
		case s.whole[d]:
			room = math.Floor(room + 1e-6)
		default:
			room *= 1 - 1e-6
		}
		free[d] = max(room-floor, 0)
	}
	taken = make([]int, len(s.w.rules))
	for n, r := range s.w.rules {
		for _, i := range r.members {
			if i.stays && i.home == h {
				taken[n]++
			}
		}
	}
	return free, taken
}

func subtract(a, b []float64) {
	for d := range a {
		a[d] = max(a[d]-b[d], 0)
	}
}
