package verify

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sobre/inventory"
	"sobre/planner/plan"
)

// checkWindow sees that a wave lies in a window of the policy.
func (v *replay) checkWindow(wave *plan.Wave) {
	p := v.w.policy.Waves
	ends := 0.0
	kinds := map[plan.MoveKind]int{}
	for _, m := range wave.Moves {
		if !(m.Start >= 0) || !(m.Minutes >= 0) || m.Start+m.Minutes > 1e9 {
			v.broke(m.Workload, "wave %d: a move from minute %s for %s minutes", wave.Number, number(m.Start), number(m.Minutes))
			return
		}
		ends = max(ends, m.Start+m.Minutes)
		kinds[m.Kind]++
		if m.Start+m.Minutes > p.Window.Minutes()+1e-6 && !v.mayRunOver(wave, m) {
			v.broke(m.Workload, "wave %d: its move ends after the window, and could have been moved within one", wave.Number)
		}
	}
	for kind, n := range kinds {
		if most := p.Of(kind).Most; most > 0 && n > most && !v.oneBind(wave, kind) {
			v.broke("", "wave %d has %d moves of kind %s, the policy allows %d", wave.Number, n, kind, most)
		}
	}
	if !near(wave.Hours*60, ends, 1e-6) {
		v.broke("", "wave %d says that it takes %s hours, its moves take %s", wave.Number, number(wave.Hours), number(ends/60))
	}
	v.checkPilot(wave)
	v.checkDate(wave, ends)
}

// mayRunOver tells whether a move takes longer than a window by itself, or
// with those that a together rule binds it to, and begins with the wave.
func (v *replay) mayRunOver(wave *plan.Wave, m plan.Move) bool {
	total, first := m.Minutes, m.Start
	if i := v.w.byItem[m.Workload]; i != nil {
		for _, other := range wave.Moves {
			if o := v.w.byItem[other.Workload]; o != nil && o != i && v.boundTo(i, o) {
				total += other.Minutes
				first = min(first, other.Start)
			}
		}
	}
	return first == 0 && total > v.w.policy.Waves.Window.Minutes()
}

// oneBind tells whether all moves of a kind in a wave are bound by one rule.
func (v *replay) oneBind(wave *plan.Wave, kind plan.MoveKind) bool {
	var first *item
	for _, m := range wave.Moves {
		i := v.w.byItem[m.Workload]
		if m.Kind != kind || i == nil {
			continue
		}
		if first == nil {
			first = i
		}
		if i != first && !v.boundTo(first, i) {
			return false
		}
	}
	return true
}

func (v *replay) checkPilot(wave *plan.Wave) {
	most := 0
	if p := v.w.policy.Waves.Pilot; p != nil {
		most = *p
	}
	pilot := wave.Name == "pilot"
	if pilot && (wave.Number != 1 || len(wave.Moves) > most || len(wave.Moves) == 0) {
		v.broke("", "wave %d is called the pilot with %d moves; the policy wants %d in the first wave", wave.Number, len(wave.Moves), most)
	}
}

// checkDate sees that a wave starts when the policy opens a window, and the
// hosts that it frees are off on the day it ends.
func (v *replay) checkDate(wave *plan.Wave, ends float64) {
	p := v.w.policy.Waves
	if !p.Start.Known() {
		if wave.Start != "" || wave.PowerOff.Known() {
			v.broke("", "wave %d has a date, and the policy gives none", wave.Number)
		}
		return
	}
	start, err := time.Parse("2006-01-02T15:04", wave.Start)
	if err != nil {
		v.broke("", "wave %d starts at %s, which is no date with a time", wave.Number, quote(wave.Start))
		return
	}
	opens := start.Sub(p.Start.Time()).Minutes()
	since := opens - float64(p.At.Minutes())
	if every := p.Every.Minutes(); since < 0 || math.Mod(since, every) != 0 {
		v.broke("", "wave %d starts at %s, when the policy opens no window", wave.Number, wave.Start)
	}
	if v.started && opens < v.until-1e-6 {
		v.broke("", "wave %d starts before the wave before it has ended", wave.Number)
	}
	v.started, v.until = true, opens+ends
	for day := start; ; day = day.AddDate(0, 0, 1) {
		day = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
		if day.Sub(p.Start.Time()).Minutes() > opens+max(ends-1, 0) {
			break
		}
		if slices.ContainsFunc(p.Blackout, func(r plan.DayRange) bool { return r.Has(inventory.MakeDate(day)) }) {
			v.broke("", "wave %d runs on %s, which is blacked out", wave.Number, day.Format(time.DateOnly))
		}
	}
	off := inventory.MakeDate(p.Start.Time().Add(time.Duration((opens + ends) * float64(time.Minute))))
	if len(wave.Freed) > 0 && wave.PowerOff != off {
		v.broke("", "wave %d switches hosts off on %s, it ends on %s", wave.Number, wave.PowerOff, off)
	}
}

// checkTrip sees that a move is of the kind and takes the time that section 7
// gives it.
func (v *replay) checkTrip(m *plan.Move, i *item, from, to *host) {
	kind, minutes, downtime := v.w.tripOf(i, from, to)
	if m.Kind != kind || !near(m.Minutes, minutes, 1e-6) || !near(m.Downtime, downtime, 1e-6) {
		v.broke(i.ID, "wave %d: a %s move of %s minutes, %s of them down; it is a %s move of %s minutes, %s down", v.index+1,
			m.Kind, number(m.Minutes), number(m.Downtime), kind, number(minutes), number(downtime))
	}
}

// tripOf is the kind of a move and what it takes, in minutes.
func (w *world) tripOf(i *item, from, to *host) (kind plan.MoveKind, minutes, downtime float64) {
	stopped := i.State == inventory.Off || i.State == inventory.Suspended
	kind = plan.Live
	switch {
	case i.physical() && from != nil && from == i.home:
		kind = plan.P2V
	case stopped:
		kind = plan.Cold
	case from != nil && !w.staysUp(from, to):
		kind = plan.Cold
	}
	disk := 100 * 1024.0
	if i.DiskUsed.Known() {
		disk = i.DiskUsed.MiB()
	} else if i.Disk.Known() {
		disk = i.Disk.MiB()
	}
	data := 0.0
	switch kind {
	case plan.P2V:
		data = disk
	case plan.Live:
		data = 4 * 1024
		if i.Memory.Known() {
			data = i.Memory.MiB()
		}
	}
	if kind != plan.P2V && to.estate != nil && w.outOfReach(i, to) {
		data += disk
	}
	of := w.policy.Waves.Of(kind)
	minutes = math.Ceil(of.Setup.Minutes() + data*1048576/(of.Rate.MBPerSecond()*60e6) - 1e-6)
	if kind == plan.P2V || kind == plan.Cold && !stopped {
		downtime = minutes
	}
	return kind, minutes, downtime
}

// staysUp tells whether a running guest gets from one host to the other
// without an interruption, as the rule live has it.
func (w *world) staysUp(from, to *host) bool {
	if from.cluster == to.cluster {
		for _, c := range w.estate.Clusters {
			if c.ID == to.cluster && c.EVC != "" {
				return true
			}
		}
	}
	ok, _ := inventory.MovesLive(from.machine().cpu, to.machine().cpu)
	return ok
}

// outOfReach tells whether a host does not reach a datastore of a guest.
func (w *world) outOfReach(i *item, to *host) bool {
	for _, d := range w.estate.Datastores {
		if len(d.Hosts) > 0 && slices.Contains(i.Datastores, d.ID) && !slices.Contains(d.Hosts, to.id) {
			return true
		}
	}
	return false
}

// checkSums adds up the downtime of every service and the work of people.
func (v *replay) checkSums(wave *plan.Wave) {
	type span struct{ from, to float64 }
	spans := map[string][]span{}
	person := 0.0
	for _, m := range wave.Moves {
		person += v.w.policy.Waves.Of(m.Kind).Effort.Hours() / 7
		i := v.w.byItem[m.Workload]
		if i == nil || m.Downtime <= 0 {
			continue
		}
		name := i.ID
		if i.Name != "" {
			name = i.Name
		}
		if i.Service != "" {
			name = i.Service
		}
		spans[name] = append(spans[name], span{m.Start, m.Start + m.Downtime})
	}
	if !near(wave.PersonDays, person, 1e-3) {
		v.broke("", "wave %d says %s person-days, its moves take %s", wave.Number, number(wave.PersonDays), number(person))
	}
	down := map[string]float64{}
	for name, list := range spans {
		slices.SortFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
		end := math.Inf(-1)
		for _, s := range list {
			down[name] += max(0, s.to-max(s.from, end))
			end = max(end, s.to)
		}
	}
	said := map[string]float64{}
	for _, d := range wave.Downtime {
		said[d.Service] = d.Minutes
	}
	for _, name := range sortedKeys(down) {
		if !near(said[name], down[name], 1e-6) {
			v.broke(name, "wave %d says %s minutes of downtime, its moves give %s", wave.Number, number(said[name]), number(down[name]))
		}
	}
	if len(said) != len(down) {
		v.broke("", "wave %d names the downtime of %d services, %d are interrupted", wave.Number, len(said), len(down))
	}
}

// checkSaved follows the saving from wave to wave: that of the plan less what
// the retired hosts that are still on draw.
func (w *world) checkSaved(r *recorder) {
	p := w.plan
	if p.Before.ITEnergy.Best <= 0 || p.Before.Energy.Best <= 0 {
		return
	}
	meter := p.Before.Energy.Best / p.Before.ITEnergy.Best
	off := map[string]bool{}
	for _, wave := range p.Waves {
		for _, id := range wave.Freed {
			off[id] = true
		}
		if wave.Saved == nil {
			continue
		}
		still, blades := 0.0, map[string]int{}
		for _, h := range p.Hosts {
			if h.State == plan.Retire && !off[h.ID] {
				still += h.Energy.Best
				blades[h.Chassis]++
			}
		}
		for _, c := range p.Chassis {
			if c.State == plan.Retire && c.Before > 0 && blades[c.ID] > 0 {
				still += w.enclosurePower(c).Fixed.Watts() * 8.76
			}
		}
		want := p.Saving.Energy.Best - still*meter
		if math.Abs(wave.Saved.Energy-want) > 0.02*p.Before.Energy.Best {
			r.broke("wave", "", "after wave %d the plan says that %s kWh a year are saved, the hosts that are off by then give %s", wave.Number, number(wave.Saved.Energy), number(want))
		}
		r.checked("savings of waves", 1)
	}
}

// enclosurePower is what an enclosure draws: its own figure, else its model's.
func (w *world) enclosurePower(c plan.Chassis) inventory.ChassisPower {
	for n := range w.estate.Chassis {
		if e := &w.estate.Chassis[n]; e.ID == c.ID && !e.Power.IsZero() {
			return e.Power
		}
	}
	if w.catalogue != nil {
		for n := range w.catalogue.Chassis {
			if w.catalogue.Chassis[n].Name == c.Model {
				return w.catalogue.Chassis[n].Power
			}
		}
	}
	return inventory.ChassisPower{}
}
