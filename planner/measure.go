package planner

import (
	"strconv"

	"sobre/inventory"
	"sobre/planner/plan"
)

// measureCount counts how often a figure was there and how often another one
// stood in for it.
type measureCount struct {
	asked, nearest, now, assumed int
}

// levelOf picks the figure of a series that the policy asks for, else the
// nearest one, upwards first because a plan that is too roomy is safe and one
// too tight is not (docs/planner.md, section 2). exact tells whether it is the
// one asked for; found is false when the series holds nothing.
func levelOf(s inventory.Stat, m plan.Measure) (level inventory.Level, exact, found bool) {
	ladder := []struct {
		rank  int
		level inventory.Level
	}{
		{0, s.Mean}, {50, s.P50}, {90, s.P90}, {95, s.P95}, {99, s.P99}, {100, s.Max},
	}
	want := rankOf(m)
	for _, step := range ladder {
		if step.rank >= want && step.level.Known() {
			return step.level, step.rank == want, true
		}
	}
	for i := len(ladder) - 1; i >= 0; i-- {
		if ladder[i].level.Known() {
			return ladder[i].level, false, true
		}
	}
	return s.Now, false, s.Now.Known()
}

func rankOf(m plan.Measure) int {
	switch m {
	case plan.Mean:
		return 0
	case plan.Max:
		return 100
	}
	return m.Percentile()
}

// count notes how the figure of a series was found.
func (c *measureCount) count(s inventory.Stat, exact, found bool) {
	switch {
	case !found:
		c.assumed++
	case exact:
		c.asked++
	case s == inventory.Stat{Now: s.Now}:
		c.now++
	default:
		c.nearest++
	}
}

// finding sums up what stood in for the figure asked for, or "" when nothing did.
func (c measureCount) sentence(m plan.Measure, unknown inventory.Share) string {
	total := c.asked + c.nearest + c.now + c.assumed
	if total == c.asked {
		return ""
	}
	text := "CPU demand of " + strconv.Itoa(total) + " workloads: " + strconv.Itoa(c.asked) + " by " + string(m)
	if c.nearest > 0 {
		text += ", " + strconv.Itoa(c.nearest) + " by the nearest figure there was"
	}
	if c.now > 0 {
		text += ", " + strconv.Itoa(c.now) + " by a single look"
	}
	if c.assumed > 0 {
		text += ", " + strconv.Itoa(c.assumed) + " without measure taken as " + unknown.String()
	}
	return text
}
