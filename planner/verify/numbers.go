package verify

import (
	"math"
	"strconv"
)

// number writes an amount without digits that nobody reads.
func number(v float64) string {
	if math.Abs(v) >= 100 {
		return strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}

func percent(v float64) string { return number(v*100) + " %" }
