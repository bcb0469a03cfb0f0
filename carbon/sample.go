package carbon

import (
	"hash/fnv"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// design is a set of draws of standard normal deviates for named inputs. All
// arrays it hands out have n values, of which the d-th belongs to draw d.
type design struct {
	n int
	// shared gives the deviates of an input that many hosts share.
	shared func(id string) []float64
	// own fills factors of mean 1 and of spread sigma, a standard deviation of
	// logs, for what one host has for itself; nil: no such doubt.
	own func(id string, sigma float64, factors []float64)
}

// latinHypercube draws each input from n strata of equal probability, one draw
// a stratum, in a random order of its own (McKay, Beckman and Conover, "A
// Comparison of Three Methods for Selecting Values of Input Variables in the
// Analysis of Output from a Computer Code", 1979). Percentiles settle with far
// fewer draws than by plain sampling. The order depends on the seed and the
// name of the input alone, so another host changes no other input's draws. One
// draw is the median of every input.
func latinHypercube(n int, seed uint64) design {
	strata := make([]float64, n)
	for i := range strata {
		strata[i] = math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/float64(n)-1)
	}
	shared := func(id string) []float64 {
		z := slices.Clone(strata)
		shuffle(z, stream(seed, id))
		return z
	}
	if n == 1 {
		return design{n: 1, shared: shared}
	}
	// The own factors of all hosts with the same sigma are the same strata in
	// other orders, so that each exponential is computed once.
	bySigma := map[float64][]float64{}
	own := func(id string, sigma float64, factors []float64) {
		values, ok := bySigma[sigma]
		if !ok {
			values = make([]float64, n)
			for i, z := range strata {
				values[i] = math.Exp(sigma*z - sigma*sigma/2)
			}
			bySigma[sigma] = values
		}
		copy(factors, values)
		shuffle(factors, stream(seed, id))
	}
	return design{n: n, shared: shared, own: own}
}

// stream is a source of random numbers of its own for each name.
func stream(seed uint64, name string) *rand.PCG {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.NewPCG(seed, h.Sum64())
}

// shuffle is Fisher's and Yates's, written out so that the order stays the same
// whatever the standard library's becomes.
func shuffle(z []float64, source *rand.PCG) {
	for i := len(z) - 1; i > 0; i-- {
		j, _ := bits.Mul64(source.Uint64(), uint64(i+1)) // even enough: i is far below 2⁶⁴
		z[i], z[j] = z[j], z[i]
	}
}

// oneAtATime keeps every input at its median but one: draw 0 has all at the
// median, draws 2k+1 and 2k+2 have input k at its 5th and 95th percentile.
func oneAtATime(ids []string) design {
	n := 2*len(ids) + 1
	at := map[string]int{}
	for k, id := range ids {
		at[id] = k
	}
	return design{n: n, shared: func(id string) []float64 {
		z := make([]float64, n)
		if k, ok := at[id]; ok {
			z[2*k+1], z[2*k+2] = -z95, z95
		}
		return z
	}}
}

// triangular is the value of a triangular distribution at a standard normal
// deviate's probability.
func triangular(low, mode, high, z float64) float64 {
	p := 0.5 * math.Erfc(-z/math.Sqrt2)
	cut := (mode - low) / (high - low)
	if p < cut {
		return low + math.Sqrt(p*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-p)*(high-low)*(high-mode))
}
