package pack

import "slices"

// enclosureSize is over how many hosts the cost of an enclosure is spread when
// hosts are compared roughly.
const enclosureSize = 4

// roughCosts puts all the objectives of a full host of each class in one
// number: each objective counts a thousand times less than the one before.
func (in *instance) roughCosts() []float64 {
	rough := make([]float64, len(in.classes))
	factor := 1.0
	for o := range in.costs {
		cost := make([]float64, len(in.classes))
		for k := range in.classes {
			cost[k] = float64(in.costs[o].host[k])
			if e := in.costs[o].enclosure; e != nil {
				cost[k] += float64(e[in.classes[k].enclosure]) / enclosureSize
			}
			if l := in.costs[o].load; l != nil {
				for d, v := range l[k] {
					cost[k] += float64(v) * in.fullLoad(k, d) / 2
				}
			}
		}
		dearest := slices.Max(append(cost, 1e-9))
		for k := range cost {
			rough[k] += float64(factor * cost[k] / dearest)
		}
		factor /= 1000
	}
	for k := range rough {
		rough[k] += 1e-12
	}
	return rough
}

// fullLoad is the demand for a resource, over all times, that a full host of a
// class carries.
func (in *instance) fullLoad(class, resource int) float64 {
	for s, d := range in.resource {
		if d == resource {
			return float64(in.classes[class].capacity[s]) * float64(max(in.problem.Times, 1))
		}
	}
	return 0
}
