package pack

import "math/bits"

// rng is the SplitMix64 generator of G. Steele, D. Lea and C. Flood ("Fast
// splittable pseudorandom number generators", OOPSLA 2014): its sequence is
// fixed by this file, so answers do not change with the Go release.
type rng struct{ state uint64 }

func newRNG(seed uint64) rng { return rng{seed*0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019} }

func (r *rng) next() uint64 {
	r.state += 0x9E3779B97F4A7C15
	z := r.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below is a number from 0 to n-1; n must be above 0.
func (r *rng) below(n int) int {
	high, _ := bits.Mul64(r.next(), uint64(n))
	return int(high)
}

// float is a number from 0 up to 1.
func (r *rng) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// shuffle puts numbers in a random order.
func (r *rng) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		j := r.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
