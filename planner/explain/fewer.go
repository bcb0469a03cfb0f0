package explain

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/verify"
)

// FewerAnswer is why one host fewer is not enough.
type FewerAnswer struct {
	Hosts int `json:"hosts"`
	Bound int `json:"bound"`
	Gap   int `json:"gap"` // hosts that nobody has proven necessary
	// Kept are hosts in service whatever happens, and why, counted.
	Kept    int            `json:"kept"`
	KeptWhy map[string]int `json:"kept_why,omitempty"`
	Method  string         `json:"method,omitzero"`
	Parts   []PartAnswer   `json:"parts,omitempty"`
	// Unproven says that the bound was found without weights that show why.
	Unproven bool `json:"without_certificate,omitzero"`
	// Levers would free a host, the largest saving first; absent: not computed.
	Levers []plan.Price `json:"levers,omitempty"`
	Priced bool         `json:"priced"`
}

// PartAnswer is the reason for one part of the estate that is packed by itself.
type PartAnswer struct {
	Part      string `json:"part"`
	Hosts     int    `json:"hosts"`
	Spares    int    `json:"spares,omitzero"`
	Workloads int    `json:"workloads"`
	Kept      int    `json:"kept,omitzero"` // of the hosts, whatever happens
	// Resource forces it by its sheer amount: Need is asked for, Offer is what
	// one host fewer could hold.
	Resource string  `json:"resource,omitzero"`
	Unit     string  `json:"unit,omitzero"`
	Need     float64 `json:"need,omitzero"`
	Offer    float64 `json:"offer,omitzero"`
	// Set is the smallest set of workloads by the certificate's weights that
	// forces it, in groups of one weight, the heaviest first.
	Set   []WeightGroup `json:"set,omitempty"`
	Rules []string      `json:"rules,omitempty"` // that hold among the set
	// Certificate numbers it among the plan's, from 1.
	Certificate int `json:"certificate,omitzero"`
}

// WeightGroup is workloads of one weight.
type WeightGroup struct {
	Share     float64  `json:"share"` // of what one host may weigh
	Workloads []string `json:"workloads"`
}

// OneFewer explains why the plan's hosts are as many as they are. It reads
// the proof that the plan carries; levers come from its prices.
func OneFewer(p *plan.Plan, s *Study) *FewerAnswer {
	a := &FewerAnswer{Hosts: p.After.Hosts, Bound: p.Bound.Hosts, Gap: p.Bound.Gap, Method: p.Bound.Method, KeptWhy: map[string]int{}}
	a.countKept(p)
	limits := verify.Limits(p, s.Estate)
	for n := range p.Bound.Certificates {
		c := &p.Bound.Certificates[n]
		if c.Hosts == 0 && c.Spares == 0 {
			continue
		}
		part := explainPart(p, s, c, limits)
		part.Certificate = n + 1
		a.Parts = append(a.Parts, part)
	}
	a.Unproven = len(p.Bound.Certificates) == 0
	a.Priced = len(p.Prices) > 0
	for _, price := range p.Prices {
		if price.Failed == "" && price.Hosts < 0 {
			a.Levers = append(a.Levers, price)
		}
	}
	slices.SortStableFunc(a.Levers, func(x, y plan.Price) int {
		return cmp.Or(cmp.Compare(x.Hosts, y.Hosts), cmp.Compare(x.Energy, y.Energy), cmp.Compare(x.Subject, y.Subject))
	})
	return a
}

// countKept counts the hosts that hold what stays, by the reason it stays.
func (a *FewerAnswer) countKept(p *plan.Plan) {
	why := map[string]string{}
	for _, m := range p.Placements {
		if m.Stays != "" && why[m.To] == "" {
			why[m.To] = kindOfStay(m.Stays)
		}
	}
	for _, h := range p.Hosts {
		reason := why[h.ID]
		if reason == "" && h.State == plan.Keep && inventory.MatchesAny(p.Policy.Hosts.Keep, h.ID, h.Name) {
			reason = "hosts.keep"
		}
		if reason != "" && h.State != plan.Retire {
			a.Kept++
			a.KeptWhy[reason]++
		}
	}
}

// kindOfStay shortens why a workload stays to what can be counted.
func kindOfStay(stays string) string {
	switch {
	case strings.HasPrefix(stays, "pinned"):
		return "pinned"
	case strings.HasPrefix(stays, "stays by rule"), strings.HasPrefix(stays, "rule"):
		return "stay"
	case strings.HasPrefix(stays, "too big"):
		return "too-big"
	case stays == "out of scope":
		return "scope"
	}
	return "other"
}

// explainPart finds what forces the hosts of a part: one resource by its
// amount, else the workloads whose weights prove it.
func explainPart(p *plan.Plan, s *Study, c *plan.Certificate, limits map[string]verify.Filling) PartAnswer {
	a := PartAnswer{Part: c.Part, Hosts: c.Hosts + c.Spares, Spares: c.Spares, Workloads: len(c.Weights)}
	a.findResource(p, s, c, limits)
	if a.Resource == "" {
		a.findSet(c)
		a.Rules = rulesAmong(s, a.Set)
	}
	return a
}

// findResource looks for the resource of which the part asks for more than one
// host fewer can hold, with the failures to survive.
func (a *PartAnswer) findResource(p *plan.Plan, s *Study, c *plan.Certificate, limits map[string]verify.Filling) {
	need, used, anywhere := make([]float64, len(p.Resources)), map[string]bool{}, false
	for _, m := range p.Placements {
		_, member := c.Weights[m.Workload]
		if f := limits[m.To]; !member || !f.Takes {
			continue // of another part, or its own host
		}
		used[m.To] = true
		w := findWorkload(s.Estate, m.Workload)
		anywhere = anywhere || w == nil || w.Kind == inventory.Physical || p.Policy.Clusters == plan.MergeClusters
		for d := range m.Demand {
			need[d] += m.Demand[d]
		}
	}
	hosts := len(used) + sparesBeside(p, used, anywhere)
	bestOver := 0.0
	for d := range p.Resources {
		rooms := roomsOf(p, s, d, used, anywhere, limits, hosts)
		n := hosts - 1 - c.Spares
		if n < 1 {
			continue // nothing is left to offer anything: the set says it better
		}
		offer := 0.0
		for _, room := range rooms[:min(n, len(rooms))] {
			offer += room
		}
		over := 0.0 // what is missing, of what is asked for
		if offer < 1e300 && need[d] > 0 {
			over = (need[d] - offer) / need[d]
		}
		if over > 1e-6 && p.Resources[d].Name == p.Bound.Binding {
			over = 1 // the one that the plan names comes first where several prove it
		}
		if over > 1e-6 && over > bestOver {
			bestOver = over
			a.Resource, a.Unit, a.Need, a.Offer, a.Hosts = p.Resources[d].Name, p.Resources[d].Unit, need[d], offer, hosts
		}
	}
}

// sparesBeside counts the spares that stand by for the hosts of a part.
func sparesBeside(p *plan.Plan, used map[string]bool, anywhere bool) int {
	clusters := clustersOf(p, used)
	n := 0
	for _, h := range p.Hosts {
		if h.Spare && !used[h.ID] && (anywhere || clusters[h.Cluster]) {
			n++
		}
	}
	return n
}

func clustersOf(p *plan.Plan, used map[string]bool) map[string]bool {
	clusters := map[string]bool{}
	for _, h := range p.Hosts {
		if used[h.ID] {
			clusters[h.Cluster] = true
		}
	}
	return clusters
}

// roomsOf lists what hosts that the part could use may be filled with of one
// resource, the roomiest first: existing hypervisors of its clusters, and
// models that may be bought, each as often as could matter.
func roomsOf(p *plan.Plan, s *Study, d int, used map[string]bool, anywhere bool, limits map[string]verify.Filling, most int) []float64 {
	var rooms []float64
	clusters := clustersOf(p, used)
	for _, h := range p.Hosts {
		switch f, after := limits[h.ID]; {
		case h.State == plan.Buy || h.Role != inventory.Hypervisor || !anywhere && !clusters[h.Cluster]:
		case after:
			rooms = append(rooms, f.Limit[d])
		case d < len(h.Capacity):
			rooms = append(rooms, limitOf(p, d, h.Capacity[d]))
		default:
			rooms = append(rooms, math.Inf(1)) // a retired host of unknown size
		}
	}
	for _, f := range verify.ModelLimits(p, s.Estate, s.Catalogue) {
		for range most {
			rooms = append(rooms, f.Limit[d])
		}
	}
	slices.SortFunc(rooms, func(a, b float64) int { return cmp.Compare(b, a) })
	return rooms
}

// limitOf is what may be filled of a capacity that the plan prints.
func limitOf(p *plan.Plan, d int, capacity float64) float64 {
	if capacity < 0 {
		return math.Inf(1)
	}
	switch p.Resources[d].Name {
	case "cpu":
		return capacity * (1 - p.Policy.CPU.Headroom.Fraction())
	case "memory", "memory_used":
		return capacity * (1 - p.Policy.Memory.Headroom.Fraction())
	case "disk":
		return capacity * (1 - p.Policy.Disk.Headroom.Fraction())
	}
	return capacity
}

// findSet takes the heaviest workloads of the certificate until their weights
// alone need as many hosts.
func (a *PartAnswer) findSet(c *plan.Certificate) {
	type weighted struct {
		id     string
		weight int64
	}
	var all []weighted
	for id, v := range c.Weights {
		if v > 0 {
			all = append(all, weighted{id, v})
		}
	}
	slices.SortFunc(all, func(x, y weighted) int { return cmp.Or(cmp.Compare(y.weight, x.weight), strings.Compare(x.id, y.id)) })
	var surcharges int64
	for _, v := range c.Surcharges {
		surcharges += v
	}
	need, sum := int64(c.Hosts-1)*c.Scale+surcharges, int64(0)
	for _, w := range all {
		if sum > need {
			break
		}
		sum += w.weight
		share := math.Round(100*float64(w.weight)/float64(c.Scale)) / 100 // groups of a percent
		if n := len(a.Set); n > 0 && a.Set[n-1].Share == share {
			a.Set[n-1].Workloads = append(a.Set[n-1].Workloads, w.id)
		} else {
			a.Set = append(a.Set, WeightGroup{share, []string{w.id}})
		}
	}
}

// rulesAmong lists the rules that name several of a set, or keep one of it
// from hosts.
func rulesAmong(s *Study, set []WeightGroup) []string {
	var list []string
	for _, r := range RulesInForce(s) {
		if r.Rule.IsSoft() || len(r.Rule.Stay) > 0 {
			continue
		}
		count := 0
		for _, g := range set {
			for _, id := range g.Workloads {
				if w := findWorkload(s.Estate, id); w != nil && inventory.MatchesAny(r.Rule.Workloads(), w.ID, w.Name) {
					count++
				}
			}
		}
		if count > 1 || count > 0 && len(r.Rule.Hosts) > 0 {
			list = append(list, r.Label)
		}
	}
	return list
}
