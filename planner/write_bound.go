package planner

import (
	"fmt"
	"math/big"
	"slices"

	"sobre/inventory"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// writeBound sums what is proven for the parts and says what forces it.
func (w *writer) writeBound() {
	b := plan.Bound{}
	methods := map[string]bool{}
	proven, whole := true, true
	for _, p := range w.parts {
		b.Hosts += p.bound
		if p.result == nil {
			continue
		}
		methods[p.result.Method] = true
		proven = proven && p.result.Optimal()
		c := p.certificate()
		if c != nil {
			b.Certificates = append(b.Certificates, *c)
		}
		whole = whole && (c != nil || p.bound == p.keptPlaces())
	}
	if !whole {
		b.Certificates = nil // half a proof proves nothing of the sum
	}
	b.Hosts = min(b.Hosts, w.plan.After.Hosts)
	b.Gap = w.plan.After.Hosts - b.Hosts
	b.Binding, b.Why = w.binding()
	b.Method = joinNames(methods)
	w.plan.Bound = b
	switch {
	case len(w.plan.Unplaced) > 0 || w.unprotected() || w.tooMany():
		w.plan.Status = plan.Infeasible
	case w.s.policy.Minimise[0] == plan.Hosts && b.Gap == 0, w.s.policy.Minimise[0] != plan.Hosts && proven && !w.s.triesFences():
		w.plan.Status = plan.Optimal
	default:
		w.plan.Status = plan.Feasible
	}
}

// certificate turns the engine's dual solution into weights of workloads and
// surcharges of hosts.
func (p *part) certificate() *plan.Certificate {
	if p.result == nil || p.result.Certificate == nil || p.proof == nil {
		return nil
	}
	from := p.result.Certificate
	if !p.proves(from) || p.keepsUnknown() {
		return nil // a search that tried everything went further than any weights can
	}
	c := &plan.Certificate{Part: p.name, Hosts: p.proven, Spares: p.bound - p.proven, Scale: from.Scale, Weights: map[string]int64{}}
	for _, i := range p.items {
		for _, w := range p.s.items[i].workloads {
			c.Weights[w.ID] = 0 // all are listed: they say what the part is
		}
	}
	for g, weight := range from.Weight {
		c.Weights[p.s.items[p.proof.items[g]].runner()] = weight
	}
	for _, i := range p.without {
		c.Without = append(c.Without, p.s.places[i].id)
	}
	for t, surcharge := range from.Stock {
		if surcharge == 0 {
			continue
		}
		if c.Surcharges == nil {
			c.Surcharges = map[string]int64{}
		}
		c.Surcharges[p.s.places[p.proof.places[t]].id] = surcharge
	}
	return c
}

// keepsUnknown tells whether a hypervisor of unknown size is kept for what
// stays on it. What else runs there may stay or go, at no cost either way,
// which weights of workloads do not express.
func (p *part) keepsUnknown() bool {
	return slices.ContainsFunc(p.places, func(i int) bool {
		pl := &p.s.places[i]
		return pl.kept && !pl.takes && pl.host.Role == inventory.Hypervisor
	})
}

// proves tells whether a certificate alone gives just what the engine proved.
func (p *part) proves(c *pack.Certificate) bool {
	sum := new(big.Int)
	add := func(n int, v int64) {
		sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(n)), big.NewInt(v)))
	}
	for g, weight := range c.Weight {
		add(p.proof.Groups[g].Count, weight)
	}
	for t, surcharge := range c.Stock {
		if stock := p.proof.Types[t].Stock; stock > 0 {
			add(-stock, surcharge)
		}
	}
	scale := big.NewInt(c.Scale)
	least := new(big.Int).Mul(big.NewInt(p.certified-1), scale)
	most := new(big.Int).Mul(big.NewInt(p.certified), scale)
	return sum.Cmp(least) > 0 && sum.Cmp(most) <= 0
}

// binding looks for a single resource whose sheer amount already forces the
// number of hosts, over all parts that a resource forces.
func (w *writer) binding() (resource, why string) {
	forced := map[int]int{}
	var sentence string
	largest := 0
	for _, p := range w.parts {
		d, text := p.forcedBy()
		if d < 0 {
			continue
		}
		forced[d] += p.bound
		if p.bound > largest {
			largest, sentence = p.bound, text
		}
	}
	best := -1
	for d := range w.s.resources {
		if forced[d] > 0 && (best < 0 || forced[d] > forced[best]) {
			best = d
		}
	}
	if best < 0 {
		return "sizes", "no single resource forces it: how the sizes combine does"
	}
	return w.s.resources[best].Name, sentence
}

// forcedBy finds the resource whose total over the movable items, divided by
// the most that one host offers, gives the proven number of hosts.
func (p *part) forcedBy() (resource int, why string) {
	needed := p.proven
	if needed <= 0 || p.keptPlaces() > 0 {
		return -1, ""
	}
	best, fullest := -1, 0.0
	for d := range p.s.resources {
		total, most := int64(0), int64(0)
		for _, i := range p.items {
			total += p.s.items[i].demand[d]
		}
		for _, i := range p.places {
			if r := p.s.places[i].room[d]; p.s.places[i].takes && r < noLimit {
				most = max(most, r)
			}
		}
		if most > 0 && int((total+most-1)/most) == needed && float64(total)/float64(most) > fullest {
			best, fullest = d, float64(total)/float64(most)
			why = fmt.Sprintf("%s: %d workloads need %s, the roomiest host offers %s after headroom",
				p.name, len(p.items), p.s.amount(d, total), p.s.amount(d, most))
		}
	}
	return best, why
}

// writeRules reports every rule in force.
func (w *writer) writeRules() {
	all := w.spots()
	for _, use := range w.s.rules {
		w.plan.Rules = append(w.plan.Rules, plan.RuleResult{
			Rule: use.label, Workloads: use.count, Soft: use.soft, Broken: use.soft && w.breaks(use.rule, all),
		})
	}
}

// tooMany tells whether more hosts are in service than the policy allows.
func (w *writer) tooMany() bool {
	most := w.s.policy.Hosts.Max
	if most == 0 || w.plan.After.Hosts <= most {
		return false
	}
	w.s.find("hosts-max", inventory.Error, "", fmt.Sprintf("the plan has %d hosts in service, the policy allows %d", w.plan.After.Hosts, most),
		"raise hosts.max, or ask for less")
	return true
}

// unprotected tells whether a failure would leave something down that could
// have been kept up.
func (w *writer) unprotected() bool {
	for _, p := range w.parts {
		if len(p.unsafe) > 0 {
			return true
		}
	}
	return false
}
