package verify

import (
	"math"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// checkFootprint recomputes energy, emissions and cost of both states, from the
// loads that the referee counts itself.
func (w *world) checkFootprint(r *recorder) {
	p := w.plan
	for _, f := range []struct {
		name  string
		value carbon.Range
	}{
		{"before.energy_kwh_per_year", p.Before.Energy}, {"before.it_energy_kwh_per_year", p.Before.ITEnergy},
		{"before.co2e_kg_per_year", p.Before.CO2e}, {"before.cost_eur_per_year", p.Before.Cost},
		{"after.energy_kwh_per_year", p.After.Energy}, {"after.it_energy_kwh_per_year", p.After.ITEnergy},
		{"after.co2e_kg_per_year", p.After.CO2e}, {"after.cost_eur_per_year", p.After.Cost},
		{"after.embodied_kg", p.After.Embodied}, {"after.purchase_eur", p.After.Purchase},
		{"saving.energy_kwh_per_year", p.Saving.Energy}, {"saving.co2e_kg_per_year", p.Saving.CO2e},
		{"saving.cost_eur_per_year", p.Saving.Cost}, {"saving.net_co2e_kg_over_horizon", p.Saving.NetCO2e},
	} {
		if v := f.value; !(v.Low <= v.Best && v.Best <= v.High) {
			r.broke("range", f.name, "low %s, best %s, high %s are out of order", number(v.Low), number(v.Best), number(v.High))
		}
	}
	r.checked("ranges", 14)
	result, err := w.footprint()
	if err != nil {
		r.unchecked("energy and carbon: %v", err)
		return
	}
	w.compareFootprint(result, r)
	w.checkMoney(result, r)
	w.checkServices(r)
	w.checkClosed(r)
}

// compareFootprint compares what the plan says with what was computed.
func (w *world) compareFootprint(f carbon.Result, r *recorder) {
	p := w.plan
	w.compare([]amount{
		{"before.energy_kwh_per_year", p.Before.Energy.Best, f.Before.EnergyKWh.Best},
		{"before.it_energy_kwh_per_year", p.Before.ITEnergy.Best, f.Before.ITEnergyKWh.Best},
		{"before.co2e_kg_per_year", p.Before.CO2e.Best, f.Before.CO2eKg.Best},
		{"after.energy_kwh_per_year", p.After.Energy.Best, f.After.EnergyKWh.Best},
		{"after.it_energy_kwh_per_year", p.After.ITEnergy.Best, f.After.ITEnergyKWh.Best},
		{"after.co2e_kg_per_year", p.After.CO2e.Best, f.After.CO2eKg.Best},
		{"after.embodied_kg", p.After.Embodied.Best, f.After.EmbodiedKg.Best},
		{"after.purchase_eur", p.After.Purchase.Best, w.purchase()},
		{"saving.energy_kwh_per_year", p.Saving.Energy.Best, f.Saving.EnergyKWh.Best},
		{"saving.co2e_kg_per_year", p.Saving.CO2e.Best, f.Saving.CO2eKg.Best},
		{"saving.net_co2e_kg_over_horizon", p.Saving.NetCO2e.Best, f.NetKg.Best},
	}, r)
}

// amount is one figure of the plan and what the referee makes of it.
type amount struct {
	name      string
	got, want float64
}

func (w *world) compare(figures []amount, r *recorder) {
	for _, f := range figures {
		if math.Abs(f.got-f.want) > tolerance*max(math.Abs(f.want), 1) {
			r.broke("footprint", f.name, "the plan says %s, the same hosts and loads give %s", number(f.got), number(f.want))
		}
	}
	r.checked("footprint", len(figures))
}

// tolerance is how far a figure of energy, carbon or cost may be off: the
// doubt about each is ten times that.
const tolerance = 0.02

// footprint computes both states as the carbon model has it.
func (w *world) footprint() (carbon.Result, error) {
	var before, after carbon.Scenario
	for _, h := range w.hosts {
		if h.counted() {
			load := carbon.HostLoad{Host: *h.estate, Load: w.loadToday(h)}
			load.Carry(w.partsToday(h), h.work)
			before.Hosts = append(before.Hosts, load)
		}
		if h.after() {
			after.Hosts = append(after.Hosts, w.loadAfter(h))
		}
	}
	before.Chassis, after.Chassis = w.chassisLoads()
	settings := w.policy.CarbonSettings(w.estate.Sites)
	settings.Draws = w.draws
	return carbon.Compare(before, after, settings)
}

// loadToday is the mean CPU load of what runs on a host today, 0 to 1.
func (w *world) loadToday(h *host) float64 {
	work, runs := 0.0, false
	for _, i := range w.items {
		if i.home == h && i.excluded == "" {
			work += i.mean
			runs = runs || i.running()
		}
	}
	return w.loadOf(h, work, runs)
}

// loadOf is the mean CPU load that some work puts on a host; what the policy
// assumes of the unknown where the host's capacity is unknown and something
// runs on it.
func (w *world) loadOf(h *host, work float64, runs bool) float64 {
	switch {
	case !runs:
		return 0
	case h.work == 0:
		return w.policy.Unknown.CPU.Fraction()
	}
	return min(work/h.work, 1)
}

func (w *world) loadAfter(h *host) carbon.HostLoad {
	l := carbon.HostLoad{Load: w.meanLoad(h)}
	l.Carry(w.partsAfter(h), h.work)
	if h.estate != nil {
		l.Host = *h.estate
		return l
	}
	l.Bought = true
	l.Host = inventory.Host{ID: h.id, Site: h.site, Chassis: h.chassis, Role: inventory.Hypervisor}
	if m := h.model; m != nil {
		l.Host.Make, l.Host.Model, l.Host.Year, l.Host.CPU, l.Host.Memory, l.Host.Power = m.Make, m.Name, m.Year, m.CPU, m.Memory, m.Power
		l.Embodied, l.Lifetime = m.Embodied, m.Lifetime
	}
	return l
}

// chassisLoads lists the enclosures with blades in service before and after.
func (w *world) chassisLoads() (before, after []carbon.ChassisLoad) {
	all := w.enclosures(&recorder{})
	for _, h := range w.hosts {
		w.fillSlot(h, all, &recorder{})
	}
	for _, c := range w.estate.Chassis {
		l := carbon.ChassisLoad{ID: c.ID, Model: c.Model, Site: c.Site, Power: c.Power}
		if m := w.chassisModel(c.Model); m != nil && l.Power.IsZero() {
			l.Power = m.Power
		}
		if all[c.ID].before > 0 {
			before = append(before, l)
		}
		if all[c.ID].after > 0 {
			after = append(after, l)
		}
	}
	for _, c := range w.plan.Chassis {
		if e := all[c.ID]; e.estate == nil && e.after > 0 {
			l := carbon.ChassisLoad{ID: c.ID, Model: c.Model, Site: c.Site, Bought: true}
			if m := w.chassisModel(c.Model); m != nil {
				l.Power, l.Embodied, l.Lifetime = m.Power, m.Embodied, m.Lifetime
			}
			after = append(after, l)
		}
	}
	return before, after
}

// purchase is the price of what is bought, in the currency of the catalogue.
func (w *world) purchase() float64 {
	sum := 0.0
	for _, h := range w.hosts {
		if h.estate == nil && h.model != nil {
			sum += h.model.Price.Amount()
		}
	}
	for _, c := range w.plan.Chassis {
		if m := w.chassisModel(c.Model); m != nil && c.State == plan.Buy {
			sum += m.Price.Amount()
		}
	}
	return sum
}
