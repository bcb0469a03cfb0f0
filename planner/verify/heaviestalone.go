package verify

import (
	"cmp"
	"slices"
)

// maxStates caps the partial contents that solveAlone keeps side by side.
const maxStates = 100_000

// partial is a content of some of the loads, in one resource.
type partial struct {
	size   float64
	weight int64
}

// solveAlone answers the question for one resource by adding load after load
// to all partial contents that may still matter: one that is no lighter and no
// smaller than another is dropped (dominance), as is one that could not exceed
// the limit even with cut loads (bound). See S. Martello, P. Toth, "Knapsack
// Problems", 1990, section 2.6. Sizes that are multiples of a common one, as
// memory is, leave few contents. It gives up with too many.
func (k *knapsack) solveAlone() answer {
	if k.best([]float64{1}) <= k.limit {
		return no
	}
	room := k.free[0] * (1 + 1e-12)
	states := []partial{{}}
	for n, l := range k.loads {
		for count, piece := l.count, 1; count > 0; piece *= 2 {
			piece = min(piece, count) // binary splitting: 1, 2, 4, … of the load at once
			count -= piece
			states = k.extend(states, partial{l.demand[0] * float64(piece), l.weight * int64(piece)}, room)
			if k.spent += len(states); len(states) > maxStates || k.spent > 20*k.nodes {
				return unknown
			}
		}
		states = slices.DeleteFunc(states, func(s partial) bool {
			return s.weight+k.fraction(n+1, (room-s.size)*k.prices[0]) <= k.limit
		})
		if slices.ContainsFunc(states, func(s partial) bool { return s.weight > k.limit }) {
			return yes
		}
	}
	return no
}

// extend adds a piece to every partial content that it fits in, and drops what
// is dominated.
func (k *knapsack) extend(states []partial, piece partial, room float64) []partial {
	both := slices.Clone(states)
	for _, s := range states {
		if s.size+piece.size <= room {
			both = append(both, partial{s.size + piece.size, s.weight + piece.weight})
		}
	}
	slices.SortFunc(both, func(a, b partial) int {
		return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(b.weight, a.weight))
	})
	kept := both[:0]
	for _, s := range both {
		if n := len(kept) - 1; n >= 0 && s.weight <= kept[n].weight {
			continue // a smaller one is as heavy
		}
		kept = append(kept, s)
	}
	return kept
}
