package pack

import (
	"math"
	"math/bits"
)

// dual is a proof of a lower bound on the first objective, on inner groups and
// classes; what it says is said at Certificate.
type dual struct {
	scale  int64
	weight []int64 // per group, ≥ 0
	stock  []int64 // per class; 0 if unlimited, below 0 only with fixed members
}

// value is the bound that a dual proves; false when it is too large to be true
// of a valid problem or not above 0.
func (in *instance) value(d *dual) (int64, bool) {
	var plus, minus wide
	for g, n := range in.count {
		plus.addProduct(uint64(n), uint64(d.weight[g]))
	}
	for k, v := range d.stock {
		if v < 0 {
			plus.addProduct(uint64(in.stock[k]), uint64(-v))
		} else {
			minus.addProduct(uint64(in.stock[k]), uint64(v))
		}
	}
	if !minus.less(plus) {
		return 0, false
	}
	low, borrow := bits.Sub64(plus.low, minus.low, 0)
	high, _ := bits.Sub64(plus.high, minus.high, borrow)
	if high >= uint64(d.scale) {
		return 0, false
	}
	quotient, rest := bits.Div64(high, low, uint64(d.scale))
	if rest > 0 {
		quotient++
	}
	return int64(quotient), quotient <= math.MaxInt64
}

// certificate puts a dual into the terms of the Problem.
func (in *instance) certificate(d *dual) *Certificate {
	c := &Certificate{
		Scale:  d.scale,
		Weight: make([]int64, len(in.problem.Groups)),
		Stock:  make([]int64, len(in.problem.Types)),
	}
	for g := range in.groups {
		for _, part := range in.groups[g].parts {
			c.Weight[part.Index] = d.weight[g]
		}
	}
	for k := range in.classes {
		for _, t := range in.classes[k].types {
			c.Stock[t] = d.stock[k]
		}
	}
	return c
}

// wide is an unsigned sum of products. The 128 bits are enough: counts are
// below 2^41 and add up to less, weights are below 2^63.
type wide struct{ high, low uint64 }

func (w *wide) addProduct(a, b uint64) {
	high, low := bits.Mul64(a, b)
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high, _ = bits.Add64(w.high, high, carry)
}

func (w wide) less(v wide) bool {
	return w.high < v.high || w.high == v.high && w.low < v.low
}

// productLess tells whether a×b < c×d; all are ≥ 0.
func productLess(a, b, c, d int64) bool {
	var x, y wide
	x.addProduct(uint64(a), uint64(b))
	y.addProduct(uint64(c), uint64(d))
	return x.less(y)
}
