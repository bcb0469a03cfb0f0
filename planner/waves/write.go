package waves

import (
	"cmp"
	"slices"
	"strings"

	"sobre/planner/plan"
)

// workingDay is the hours of one, for person-days: the legal day of France
// (35 hours a week, Code du travail, art. L3121-27).
const workingDay = 7

// close ends a wave: what it did, and which hosts are off from then on.
func (s *schedule) close() {
	v := &s.wave
	slices.SortStableFunc(v.moves, func(a, b plan.Move) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Workload, b.Workload))
	})
	wave := plan.Wave{Number: len(s.waves) + 1, Start: s.windows.startText(v.opens), Moves: v.moves}
	if wave.Moves == nil {
		wave.Moves = []plan.Move{}
	}
	if v.pilot != nil {
		wave.Name = "pilot"
	}
	ends, person := 0.0, 0.0
	for _, m := range v.moves {
		ends = max(ends, m.Start+m.Minutes)
		person += s.p.Policy.Of(m.Kind).Effort.Hours()
	}
	wave.Hours = ends / 60
	wave.PersonDays = tidy(person / workingDay)
	wave.Downtime = s.downtimes(v.moves)
	wave.Freed = s.switchOff()
	if len(wave.Freed) > 0 {
		wave.PowerOff = s.windows.dayOf(v.opens + ends)
	}
	wave.Rollback = rollback(v.moves, wave.Freed)
	s.windows.after = v.opens + ends
	s.waves = append(s.waves, wave)
}

// tidy keeps four digits behind the point.
func tidy(v float64) float64 { return float64(int64(v*1e4+0.5)) / 1e4 }

// switchOff lists the retired hosts that nothing runs on any more.
func (s *schedule) switchOff() []string {
	if s.manner.holdOn && s.pending > 0 {
		return nil
	}
	var freed []string
	for h := range s.p.Hosts {
		if s.p.Hosts[h].Retire && !s.off[h] && s.leaving[h] == 0 {
			s.off[h] = true
			freed = append(freed, s.p.Hosts[h].ID)
		}
	}
	return freed
}

// downtimes is how long each service is interrupted: at least one of its
// workloads is.
func (s *schedule) downtimes(moves []plan.Move) []plan.Downtime {
	spans := map[string][][2]float64{}
	service := map[string]string{}
	for w := range s.unitOf {
		load := &s.p.Workloads[w]
		service[load.ID] = cmp.Or(load.Service, load.Name, load.ID)
	}
	for _, m := range moves {
		if m.Downtime > 0 {
			name := service[m.Workload]
			spans[name] = append(spans[name], [2]float64{m.Start, m.Start + m.Downtime})
		}
	}
	var list []plan.Downtime
	for name, of := range spans {
		list = append(list, plan.Downtime{Service: name, Minutes: covered(of)})
	}
	slices.SortFunc(list, func(a, b plan.Downtime) int {
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.Service, b.Service))
	})
	return list
}

// covered is how long at least one of the spans lasts.
func covered(spans [][2]float64) float64 {
	slices.SortFunc(spans, func(a, b [2]float64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	total, until := 0.0, 0.0
	for _, span := range spans {
		if from := max(span[0], until); span[1] > from {
			total += span[1] - from
			until = span[1]
		}
	}
	return total
}

// rollback says how to go back from the end of a wave.
func rollback(moves []plan.Move, freed []string) string {
	p2v, other := false, false
	for _, m := range moves {
		p2v = p2v || m.Kind == plan.P2V
		other = other || m.Kind != plan.P2V
	}
	var text string
	switch {
	case p2v && other:
		text = "shut the new guests down and start their old servers, whose disks are as they were (copy back what was written since); move the other guests back, the last one first"
	case p2v:
		text = "shut the new guests down and start their old servers, whose disks are as they were (copy back what was written since)"
	case other && len(freed) > 0:
		text = "start the hosts again that were switched off, then move the guests back, the last one first"
	case other:
		text = "move the guests back, the last one first"
	default:
		return "start the hosts again that were switched off"
	}
	return text
}
