package benchmark

import (
	"fmt"
	"strings"
)

// decimals is how many digits after the point parseDecimal keeps.
const decimals = 9

// parseDecimal reads a plain decimal number of 0 or more exactly, in
// billionths. Sizes given as decimals stay exact that way; reduce then finds
// the coarsest unit that loses nothing.
func parseDecimal(s string) (int64, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole+fraction == "" || len(fraction) > decimals || len(whole) > 9 {
		return 0, fmt.Errorf("expected a number with at most 9 digits before and after the point, not %q", s)
	}
	var v int64
	for i := range len(whole) + decimals {
		digit := byte('0')
		switch {
		case i < len(whole):
			digit = whole[i]
		case i-len(whole) < len(fraction):
			digit = fraction[i-len(whole)]
		}
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("expected a number of 0 or more, not %q", s)
		}
		v = v*10 + int64(digit-'0')
	}
	return v, nil
}

// reduce divides the demands of one resource by their greatest common
// divisor, and the capacities likewise, rounded down: whole multiples of the
// divisor fit a capacity exactly when they fit the rounded one.
func reduce(demands [][]int64, capacities []*int64) {
	var unit int64
	for _, d := range demands {
		for _, v := range d {
			unit = gcd(unit, v)
		}
	}
	if unit < 2 {
		return
	}
	for _, d := range demands {
		for i := range d {
			d[i] /= unit
		}
	}
	for _, c := range capacities {
		*c /= unit
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
