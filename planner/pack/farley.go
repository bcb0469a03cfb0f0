package pack

import (
	"math"
	"slices"
)

// farley finds the best dual with the given weights when no content of a class
// weighs more than most, loads at scale deducted. The scale may grow; what a
// class of limited stock holds beyond it is paid per host.
func (in *instance) farley(weight, most []int64, scale int64) *dual {
	weight = in.shave(weight, most)
	scales := []int64{scale}
	least := int64(1)
	if in.costs[0].load != nil {
		least = scale
	}
	for k := range in.classes {
		if cost := in.hostCost(0, k); cost > 0 && (in.stock[k] > 0 || in.classes[k].unlimited) {
			need := (most[k] + cost - 1) / cost
			scales = append(scales, max(least, need))
			if !in.scarce(k) {
				least = max(least, need)
			}
		}
	}
	var best *dual
	bestValue := 0.0
	for _, s := range scales {
		if s < least || s < 1 {
			continue
		}
		d := &dual{scale: s, weight: weight, stock: make([]int64, len(in.classes))}
		value := 0.0
		for g, n := range in.count {
			value += float64(n) * float64(weight[g])
		}
		for k := range in.classes {
			if in.stock[k] == 0 || !in.scarce(k) {
				continue
			}
			d.stock[k] = most[k] - s*in.hostCost(0, k)
			if len(in.classes[k].fixed) == 0 {
				d.stock[k] = max(0, d.stock[k])
			}
			value -= float64(in.stock[k]) * float64(d.stock[k])
		}
		if value /= float64(s); best == nil || value > bestValue {
			best, bestValue = d, value
		}
	}
	if best != nil {
		best.weight = slices.Clone(weight)
	}
	return best
}

// scarce tells whether a dual may charge each host of a class: there are fewer
// than could be used, or fixed members keep the one there is in use.
func (in *instance) scarce(class int) bool {
	return !in.classes[class].unlimited || len(in.classes[class].fixed) > 0
}

// shave lowers the weights by so much that no content of a class without limit
// and cost weighs anything, and sets most to say so: a content with members
// loses at least that, unless it weighs nothing already.
func (in *instance) shave(weight, most []int64) []int64 {
	excess := int64(0)
	for k := range in.classes {
		if !in.scarce(k) && in.hostCost(0, k) == 0 {
			excess = max(excess, most[k])
			most[k] = min(most[k], 0)
		}
	}
	if excess == 0 {
		return weight
	}
	lower := make([]int64, len(weight))
	for g, w := range weight {
		lower[g] = max(0, w-excess)
	}
	return lower
}

// chargeFixed moves what a dual charges below zero for hosts that fixed members
// keep in use onto the weights of those members, where they can be nowhere
// else: the proof is the same, and readers need not know what is fixed.
func (in *instance) chargeFixed(d *dual) {
	for k := range in.classes {
		if d.stock[k] >= 0 {
			continue
		}
		for _, f := range in.classes[k].fixed {
			if in.onlyHere(f) && d.weight[f.Index] < math.MaxInt64+d.stock[k] {
				d.weight[f.Index] += -d.stock[k] / int64(f.Count)
				d.stock[k] = 0
				break
			}
		}
	}
}

// onlyHere tells whether a share of what is fixed is a group of the Problem
// that no other host is allowed to hold.
func (in *instance) onlyHere(f Share) bool {
	parts := in.groups[f.Index].parts
	return in.count[f.Index] == f.Count && len(parts) == 1 && len(in.problem.Groups[parts[0].Index].Allowed) == 1
}

// costStep is a number of which the first objective of any packing is a multiple.
func (in *instance) costStep() int64 {
	t := &in.costs[0]
	if t.load != nil || t.enclosure != nil || t.move != nil {
		return 1
	}
	step := int64(0)
	for k := range in.classes {
		for a, b := step, t.host[k]; ; a, b = b, a%b {
			if b == 0 {
				step = a
				break
			}
		}
	}
	return max(1, step)
}
