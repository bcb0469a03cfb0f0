package inventory

import (
	"math"
	"slices"
	"strconv"
	"time"
)

// Measured is one series: a value for each interval that was measured, whose
// ends need not be in order.
type Measured struct {
	Ends     []time.Time
	Values   []float64
	Interval time.Duration // between two values, and what each is the mean of
}

// Stat sums the series up: mean, percentiles, maximum, how many values over how
// many days, and what share of the intervals between first and last has one. A
// percentile is the smallest value that at least that share of all values does
// not exceed (Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996,
// definition 1). level gives the values their unit; of no values all is unknown.
func (m Measured) Stat(level func(float64) Level) Stat {
	if len(m.Values) == 0 {
		return Stat{}
	}
	known := slices.Clone(m.Values)
	sum := 0.0
	for _, v := range known {
		sum += v
	}
	slices.Sort(known)
	rank := func(share float64) Level {
		return level(known[max(int(math.Ceil(share*float64(len(known))))-1, 0)])
	}
	span := m.Span()
	return Stat{
		Mean: level(sum / float64(len(known))),
		P50:  rank(0.50), P90: rank(0.90), P95: rank(0.95), P99: rank(0.99), Max: level(known[len(known)-1]),
		Samples: len(known), Days: int(math.Ceil(span.Hours() / 24)), Rollup: PeriodText(m.Interval) + " mean", Coverage: m.coverage(span),
	}
}

// Span is the time from the start of the first interval to the end of the last.
func (m Measured) Span() time.Duration {
	if len(m.Ends) == 0 {
		return 0
	}
	first, last := m.Ends[0], m.Ends[0]
	for _, end := range m.Ends {
		if end.Before(first) {
			first = end
		}
		if end.After(last) {
			last = end
		}
	}
	return last.Sub(first) + m.Interval
}

func (m Measured) coverage(span time.Duration) Share {
	if m.Interval <= 0 || span <= 0 {
		return Share{}
	}
	expected := math.Round(float64(span) / float64(m.Interval))
	return Percent(math.Min(math.Round(1000*float64(len(m.Values))/expected)/10, 100))
}

// maxProfileInterval is the longest mean that still tells hours apart.
const maxProfileInterval = 2 * time.Hour

// weekProfile is how long a series has to be for a profile of a week: two of
// each hour. A shorter one makes a profile of a day.
const weekProfile = 14 * 24 * time.Hour

// Profile is the mean of each hour of a day (24 values), or of a week from
// Monday (168), in the time of zone. Without values in some hour there is none:
// a plan could not tell an idle hour from an unknown one.
func (m Measured) Profile(zone *time.Location, level func(float64) Level) []Level {
	if zone == nil || len(m.Ends) == 0 || m.Interval <= 0 || m.Interval > maxProfileInterval {
		return nil
	}
	hours := 24
	if m.Span() >= weekProfile {
		hours = 168
	}
	sums, counts := make([]float64, hours), make([]float64, hours)
	for i, v := range m.Values {
		// A value stands for the interval that ends then: it counts in each
		// hour that the interval lies in.
		for begin := m.Ends[i].Add(-m.Interval); begin.Before(m.Ends[i]); begin = begin.Add(time.Hour) {
			h := hourOf(begin.In(zone), hours)
			sums[h] += v
			counts[h]++
		}
	}
	levels := make([]Level, hours)
	for h := range levels {
		if counts[h] == 0 {
			return nil
		}
		levels[h] = level(sums[h] / counts[h])
	}
	return levels
}

// hourOf is the hour of the day, or of the week from Monday 0 h.
func hourOf(t time.Time, hours int) int {
	if hours == 24 {
		return t.Hour()
	}
	return (int(t.Weekday())+6)%7*24 + t.Hour()
}

// PeriodText writes a period as rollups do: 20 s, 5 min, 2 h, 1 day.
func PeriodText(d time.Duration) string {
	switch {
	case d >= 24*time.Hour && d%(24*time.Hour) == 0:
		return strconv.Itoa(int(d/(24*time.Hour))) + " day"
	case d >= time.Hour && d%time.Hour == 0:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	case d >= time.Minute && d%time.Minute == 0:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	}
	return strconv.Itoa(int(d/time.Second)) + " s"
}
