package carbon

import (
	"math"
	"slices"
)

// Range is a figure with its doubt: the 5th, 50th and 95th percentile.
type Range struct {
	Low  float64 `json:"low" yaml:"low"`
	Best float64 `json:"best" yaml:"best"`
	High float64 `json:"high" yaml:"high"`
}

// Exactly is the range of a figure without doubt.
func Exactly(v float64) Range { return Range{v, v, v} }

// Scale multiplies a range by a number without doubt; a negative one swaps the ends.
func (r Range) Scale(k float64) Range {
	if k < 0 {
		return Range{r.High * k, r.Best * k, r.Low * k}
	}
	return Range{r.Low * k, r.Best * k, r.High * k}
}

// z95 is the standard normal deviate of the 95th percentile.
const z95 = 1.6448536269514722

// logNormal is the range of a log-normal figure of a median and a geometric
// standard deviation.
func logNormal(median, gsd float64) Range {
	spread := math.Pow(gsd, z95)
	return Range{median / spread, median, median * spread}
}

// RangeOf is the 5th, 50th and 95th percentile of draws, which it sorts.
func RangeOf(draws []float64) Range {
	if len(draws) == 0 {
		return Range{}
	}
	slices.Sort(draws)
	return Range{percentile(draws, 0.05), percentile(draws, 0.50), percentile(draws, 0.95)}
}

// percentile interpolates between the two nearest of sorted values (Hyndman and
// Fan, "Sample Quantiles in Statistical Packages", 1996, type 5, the one that
// puts the k-th of n values at (k − ½)/n, where a stratified sample takes it).
func percentile(sorted []float64, p float64) float64 {
	at := p*float64(len(sorted)) - 0.5
	if at <= 0 {
		return sorted[0]
	}
	i := int(at)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	low, high := sorted[i], sorted[i+1]
	if low == high {
		return low // also where both are infinite
	}
	return low + (at-float64(i))*(high-low)
}

// Plus adds a range that moves together with this one, such as another part of
// the same whole: the ends add.
func (r Range) Plus(o Range) Range { return Range{r.Low + o.Low, r.Best + o.Best, r.High + o.High} }
