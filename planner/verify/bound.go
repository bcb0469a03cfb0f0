package verify

import (
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
)

// maxFigure caps every number of a certificate and the sum of its weights, so
// that no sum that the search makes of them comes near an overflow.
const maxFigure = 1 << 60

// proof is what the referee could prove of the number of hosts.
type proof struct {
	hosts int                // at least so many, kept ones of no part left out
	whole bool               // nothing had to be left unchecked
	owner map[string]string  // which part may use a host or model: ID → part
	total map[*host]struct{} // kept hosts that a part has counted already
	spent int                // nodes of all searches
}

// checkBound rechecks every certificate and sees that the bound of the plan
// is no higher than what they prove together (section 5).
func (w *world) checkBound(r *recorder) {
	claimed := w.plan.Bound.Hosts
	if claimed < 0 {
		r.broke("bound", "", "the bound is negative: %d", claimed)
	}
	p := &proof{whole: true, owner: map[string]string{}, total: map[*host]struct{}{}}
	for n := range w.plan.Bound.Certificates {
		w.checkCertificate(&w.plan.Bound.Certificates[n], p, r)
	}
	proven := p.hosts
	for _, h := range w.hosts {
		if _, counted := p.total[h]; h.kept() && !counted {
			proven++
		}
	}
	r.checked("certificates", len(w.plan.Bound.Certificates))
	exact := false
	if claimed > proven {
		more, all := w.exhaust(p)
		proven, exact = proven+more, all
	}
	w.sayCatalogue(r)
	switch {
	case claimed <= proven:
	case exact:
		r.broke("bound-unproven", "", "the plan says that no fewer than %d hosts can do, and trying everything shows that %d may", claimed, proven)
	case len(w.plan.Bound.Certificates) == 0:
		r.unchecked("that no fewer than %d hosts can do: the plan gives no certificate for it (its method: %s)", claimed, w.plan.Bound.Method)
	case !p.whole:
		r.unchecked("that no fewer than %d hosts can do: %d are proven, and not every certificate could be rechecked", claimed, proven)
	default:
		r.broke("bound-unproven", "", "the plan says that no fewer than %d hosts can do, its certificates prove %d", claimed, proven)
	}
}

// sayCatalogue says that a bound without the catalogue rests on less.
func (w *world) sayCatalogue(r *recorder) {
	if w.catalogue != nil || w.plan.Bound.Hosts == 0 {
		return
	}
	for _, in := range w.plan.Inputs {
		if in.Role == "catalogue" {
			r.unchecked("the bound against models that the plan does not buy: no catalogue was given")
			return
		}
	}
}

// checkCertificate adds to the proof what one certificate proves.
func (w *world) checkCertificate(c *plan.Certificate, p *proof, r *recorder) {
	if !w.soundFigures(c, r) {
		return
	}
	s := w.newSearch(c)
	demanded, ok := w.demanded(s, r)
	if !ok {
		return
	}
	f := w.weighHosts(s, p, r)
	if f.broken {
		return
	}
	if f.unknown > 0 {
		p.whole = false
		r.unchecked("the certificate of %s: the heaviest content of %d kinds of host was not found within %d nodes", quote(c.Part), f.unknown, w.nodes)
		return
	}
	w.credit(s, f, demanded, p, r)
}

// soundFigures sees that a certificate is made of numbers that can prove anything.
func (w *world) soundFigures(c *plan.Certificate, r *recorder) bool {
	ok := true
	complain := func(format string, args ...any) {
		ok = false
		r.broke("certificate", c.Part, format, args...)
	}
	if c.Scale < 1 || c.Scale > maxFigure {
		complain("its scale is %d", c.Scale)
	}
	var sum int64
	for _, id := range sortedKeys(c.Weights) {
		switch i := w.byItem[id]; {
		case i == nil || i.excluded != "":
			complain("it weighs %q, which is not planned", id)
		case c.Weights[id] < 0 || c.Weights[id] > maxFigure:
			complain("it weighs %q at %d", id, c.Weights[id])
		default:
			sum = min(sum+c.Weights[id], maxFigure+1)
		}
	}
	if sum > maxFigure {
		complain("its weights add up to more than %d", int64(maxFigure))
	}
	for _, id := range sortedKeys(c.Surcharges) {
		if v := c.Surcharges[id]; v < 0 || v > maxFigure {
			complain("it puts a surcharge of %d on %q", v, id)
		}
	}
	return ok
}

// demanded is ⌈(Σ weights − Σ surcharges) / scale⌉.
func (w *world) demanded(s *search, r *recorder) (int, bool) {
	var sum int64
	for _, v := range s.Weights {
		sum += v
	}
	for _, id := range sortedKeys(s.Surcharges) {
		v := s.Surcharges[id]
		stock, ok := w.stock(id)
		if !ok && v > 0 {
			r.broke("certificate", s.Part, "it puts a surcharge on %q, which is no host of the estate and no model of limited stock", id)
			return 0, false
		}
		if v > 0 && stock > sum/v {
			return 0, true // the surcharges outweigh everything
		}
		sum -= v * stock
	}
	if sum <= 0 {
		return 0, true
	}
	return int((sum + s.Scale - 1) / s.Scale), true
}

// stock is how many hosts a surcharge counts for.
func (w *world) stock(id string) (int64, bool) {
	n, known := int64(0), false
	if h := w.byHost[id]; h != nil && h.estate != nil {
		n, known = 1, true
	}
	for _, m := range w.mayBuy() {
		if m.Name != id {
			continue
		}
		if m.Stock == nil {
			return 0, false
		}
		n, known = n+int64(max(*m.Stock, 0)), true
	}
	return n, known
}

// finding is what weighing the contents of all hosts shows of a certificate.
type finding struct {
	broken     bool // some host may hold more than it should
	unknown    int  // searches that hit their limit
	keptPays   bool // a kept host needs its scale: form B of the method
	kept       []*host
	keptTakers int
	idle       int // kept hosts of the part that hold nothing weighed: they come on top in either form
}

// weighHosts searches the heaviest content of every host and model.
func (w *world) weighHosts(s *search, p *proof, r *recorder) finding {
	var f finding
	for _, h := range w.hosts {
		if h.estate == nil || !h.counted() {
			continue
		}
		without := slices.Contains(s.Without, h.id)
		switch held := s.heldBy(h); {
		case held:
			w.own(p, h.ownerKey(), s.Part, &f, r)
			if h.kept() {
				f.kept = append(f.kept, h)
				if h.takes {
					f.keptTakers++
				}
			}
		case h.kept() && s.lists(h):
			f.idle++
		}
		if !without {
			w.weigh(s, h, h.kept(), p, &f, r)
		}
	}
	for _, m := range w.mayBuy() {
		for _, cluster := range s.clusters {
			h := w.modelHost(m, cluster)
			if s.heldBy(h) {
				w.own(p, h.ownerKey(), s.Part, &f, r)
			}
			w.weigh(s, h, false, p, &f, r)
		}
	}
	return f
}

// lists tells whether a workload that the certificate lists may run on the host.
func (s *search) lists(h *host) bool {
	for id := range s.Weights {
		i := s.w.byItem[id]
		if ok, _ := s.w.mayRun(i, h); ok && s.w.permitted(i, h) {
			return true
		}
	}
	return false
}

// own sees that no host can count for two parts.
func (w *world) own(p *proof, key, part string, f *finding, r *recorder) {
	if before, taken := p.owner[key]; taken && before != part {
		f.broken = true
		r.broke("certificate-overlap", part, "%s may hold what the certificates of %s and %s both weigh, so that it counts twice", key, quote(before), quote(part))
	}
	p.owner[key] = part
}

// modelHost is a host of a model as it would be bought for a cluster; merged
// clusters leave it in none.
func (w *world) modelHost(m *inventory.HostModel, cluster string) *host {
	if !w.keepsClusters() {
		cluster = ""
	}
	h := &host{id: m.Name, model: m, takes: true, cluster: cluster}
	h.capacity, h.room = w.roomOf(machineOf(m))
	return h
}

// weigh decides whether a host may hold more than the certificate allows.
func (w *world) weigh(s *search, h *host, kept bool, p *proof, f *finding, r *recorder) {
	allowed := s.Surcharges[h.id]
	if !kept {
		allowed += s.Scale
	}
	answer := s.heavier(h, allowed, p)
	if answer != no && kept {
		f.keptPays = true
		allowed += s.Scale
		answer = s.heavier(h, allowed, p)
	}
	switch answer {
	case yes:
		f.broken = true
		r.broke("certificate", s.Part, "%s may hold workloads that weigh more than the %d that the certificate allows", h.id, allowed)
	case unknown:
		f.unknown++
	}
}

// credit adds what the part needs to the proof, and compares it with the claim.
func (w *world) credit(s *search, f finding, demanded int, p *proof, r *recorder) {
	spares := w.spares(s.Weights, demanded, func(i *item) bool { return s.confined(i, p) })
	if spares > 0 && spares == w.failures() {
		spares = max(spares, s.withDomains(demanded+spares, demanded)-demanded)
	}
	// Form B: every host of the part counts, kept ones among the others.
	best, counted := demanded+spares, true
	if len(s.Without) > 0 {
		if best = 0; spares >= w.failures() && len(s.Without) <= w.failures() {
			best = demanded + spares // the hosts left out are those that fail
		}
	} else if !f.keptPays {
		// Form A: the kept ones come on top; then a failed one proves nothing.
		besides := demanded
		if f.keptTakers == 0 {
			besides += spares
		}
		if besides+len(f.kept) >= best {
			best, counted = besides, false
		}
	}
	total := best
	if counted {
		for _, h := range f.kept {
			p.total[h] = struct{}{}
		}
	} else {
		total += len(f.kept)
	}
	total += f.idle
	p.hosts += best
	if s.Hosts < 0 || s.Spares < 0 || s.Hosts+s.Spares > total {
		r.broke("certificate", s.Part, "it claims %d hosts and %d spares, its weights prove %d in all", s.Hosts, s.Spares, total)
	}
}

// spares is how many hosts more than demanded a part needs to survive k
// failures: k where a listed workload that restarts when its host fails cannot
// be on a standalone server, because it is too much for one by rule or by
// itself; else less, where all of them may as well be on standalone servers. A
// workload of weight 0 counts where no host outside the part can take it.
func (w *world) spares(weights map[string]int64, demanded int, confined func(*item) bool) int {
	k := w.failures()
	if k == 0 || demanded == 0 {
		return 0
	}
	alone := map[*host]bool{} // the servers that would hold everything
	needsTaker := false
	for _, i := range w.items {
		weight, listed := weights[i.ID]
		if !listed || weight == 0 && (!i.running() || i.pinned || i.stays || w.mayStop(i) || !confined(i)) {
			continue
		}
		if !i.running() || i.stays && i.home.takes || w.mayStop(i) {
			return 0
		}
		if w.joined(i) {
			needsTaker = true
			continue
		}
		ok := false
		if i.home != nil && !i.home.takes {
			ok, _ = w.mayRun(i, i.home)
		}
		if !ok {
			needsTaker = true
		} else if !i.home.kept() {
			alone[i.home] = true
		}
	}
	if needsTaker {
		return k
	}
	return min(k, max(len(alone)-demanded, 0))
}

// withDomains is the fewest hosts, n of them or more, of which so many are left
// when a chassis or site fails: of n hosts in c of them, one holds n/c or more.
// It says nothing where a server that takes no others, or a bought host, may
// hold what is weighed.
func (s *search) withDomains(n, left int) int {
	for _, by := range s.w.domainsThatFail() {
		in := map[string]bool{}
		for _, h := range s.w.hosts {
			if h.estate == nil || !h.counted() || !s.lists(h) {
				continue
			}
			if !h.takes {
				return n
			}
			in[h.domain(by)] = true
		}
		if len(s.w.mayBuy()) > 0 {
			return n
		}
		for c := len(in); c > 1 && n-(n+c-1)/c < left; {
			n++
		}
	}
	return n
}

// confined tells whether no host that takes others and may hold the workload
// may hold what another certificate lists. Those hosts are the part's then.
func (s *search) confined(i *item, p *proof) bool {
	var mine []*host
	for _, h := range s.takers() {
		if ok, _ := s.w.mayRun(i, h); !ok {
			continue
		}
		if s.listedElsewhere(h) {
			return false
		}
		mine = append(mine, h)
	}
	for _, h := range mine {
		p.owner[h.ownerKey()] = s.Part
	}
	return true
}

// takers lists the hosts of the estate and the models that take others.
func (s *search) takers() []*host {
	var list []*host
	for _, h := range s.w.hosts {
		if h.estate != nil && h.counted() && h.takes {
			list = append(list, h)
		}
	}
	clusters := map[string]bool{"": true}
	for _, i := range s.w.items {
		clusters[i.cluster] = true
	}
	for _, m := range s.w.mayBuy() {
		for _, c := range sortedKeys(clusters) {
			list = append(list, s.w.modelHost(m, c))
		}
	}
	return list
}

// listedElsewhere tells whether something that another certificate lists may be
// on the host.
func (s *search) listedElsewhere(h *host) bool {
	known, seen := s.foreign[h.ownerKey()]
	if seen {
		return known
	}
	for _, b := range s.bundles {
		for n := range s.w.plan.Bound.Certificates {
			c := &s.w.plan.Bound.Certificates[n]
			_, listed := c.Weights[b.items[0].ID]
			if c != s.Certificate && listed && s.admits(h, b) {
				s.foreign[h.ownerKey()] = true
				return true
			}
		}
	}
	s.foreign[h.ownerKey()] = false
	return false
}

// joined tells whether a together rule in force puts another planned workload
// wherever this one is, so that no standalone server can hold both.
func (w *world) joined(i *item) bool {
	for _, r := range w.rules {
		if r.IsSoft() || r.Kind() != inventory.RuleTogether || !slices.Contains(r.members, i) {
			continue
		}
		for _, other := range r.members {
			if other != i && other.excluded == "" {
				return true
			}
		}
	}
	return false
}
