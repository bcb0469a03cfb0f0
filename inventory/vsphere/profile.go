package vsphere

import (
	"math"
	"time"

	"sobre/inventory"
)

// maxProfileInterval is the longest mean that still tells hours apart.
const maxProfileInterval = 2 * time.Hour

// weekProfile is how long a series has to be for a profile of a week: two of
// each hour. A shorter one makes a profile of a day.
const weekProfile = 14 * 24 * time.Hour

// profile fills the mean of each hour of a day, or of a week from Monday, in
// the time of zone. Without values in some hour there is no profile: a plan
// could not tell an idle hour from an unknown one.
func (p past) profile(into *inventory.Profile, zone *time.Location) {
	if zone == nil || len(p.ends) == 0 || p.interval > maxProfileInterval {
		return
	}
	hours := 24
	if last, first := p.ends[len(p.ends)-1], p.ends[0]; last.Sub(first).Abs()+p.interval >= weekProfile {
		hours = 168
	}
	into.CPU = p.hourly(p.cpu, hours, zone, inventory.MHzLevel)
	into.Memory = p.hourly(p.memory, hours, zone, inventory.MiBLevel)
}

func (p past) hourly(values []float64, hours int, zone *time.Location, level func(float64) inventory.Level) []inventory.Level {
	sums, counts := make([]float64, hours), make([]float64, hours)
	for i, v := range values {
		if v < 0 {
			continue
		}
		// A value stands for the interval that ends then: it counts in each
		// hour that the interval lies in.
		for begin := p.ends[i].Add(-p.interval); begin.Before(p.ends[i]); begin = begin.Add(time.Hour) {
			h := hourOf(begin.In(zone), hours)
			sums[h] += v
			counts[h]++
		}
	}
	levels := make([]inventory.Level, hours)
	for h := range levels {
		if counts[h] == 0 {
			return nil
		}
		levels[h] = level(math.Round(sums[h] / counts[h]))
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
