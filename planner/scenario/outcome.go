package scenario

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// Outcome is one future in figures. Money and carbon a year carry what is
// bought, spread over the horizon of the policy.
type Outcome struct {
	Name     string  `json:"name"`
	About    string  `json:"about,omitzero"`
	Status   string  `json:"status,omitzero"` // of the plan; today | hosted
	Failed   string  `json:"failed,omitzero"` // why there are no figures
	Hosts    int     `json:"hosts"`
	Bound    int     `json:"bound,omitzero"` // no plan of this scenario has fewer
	Bought   int     `json:"bought,omitzero"`
	Moves    int     `json:"moves,omitzero"`
	Unplaced int     `json:"unplaced,omitzero"`
	Hosted   int     `json:"hosted,omitzero"` // workloads that run at the offer
	Waves    int     `json:"waves,omitzero"`
	Downtime float64 `json:"downtime_minutes,omitzero"`
	Energy   float64 `json:"energy_kwh_per_year"`
	// CO2e is use and manufacture a year, in kg; not known where a hosted offer
	// does not say.
	CO2e        float64 `json:"co2e_kg_per_year"`
	CO2eUnknown bool    `json:"co2e_unknown,omitzero"`
	Embodied    float64 `json:"embodied_kg,omitzero"` // of it, once
	Cost        float64 `json:"cost_per_year"`        // running, and what is paid once over the horizon
	Once        float64 `json:"paid_once,omitzero"`
	// BeatenBy names scenarios that are no worse in hosts, money and carbon
	// and better in one of them, and place no fewer workloads.
	BeatenBy []string `json:"beaten_by,omitempty"`

	Plan *plan.Plan `json:"-"`
}

// FromPlan is a plan as an outcome.
func FromPlan(name string, p *plan.Plan) Outcome {
	o := Outcome{Name: name}
	o.fill(p)
	return o
}

func (o *Outcome) fill(p *plan.Plan) {
	o.Plan, o.Status = p, string(p.Status)
	o.Hosts, o.Bound, o.Unplaced, o.Waves = p.After.Hosts, p.Bound.Hosts, len(p.Unplaced), len(p.Waves)
	for _, h := range p.Hosts {
		if h.State == plan.Buy {
			o.Bought++
		}
	}
	for _, m := range p.Placements {
		if m.Kind != "" {
			o.Moves++
		}
	}
	for _, w := range p.Waves {
		for _, d := range w.Downtime {
			o.Downtime += d.Minutes
		}
	}
	years := horizon(p)
	o.Energy, o.Embodied, o.Once = p.After.Energy.Best, p.After.Embodied.Best, p.After.Purchase.Best
	o.CO2e = p.After.CO2e.Best + o.Embodied/years
	o.Cost = p.After.Cost.Best + o.Once/years
}

// horizon is the years over which what is bought is spread.
func horizon(p *plan.Plan) float64 {
	if years := p.Policy.WithDefaults().Carbon.Horizon.Years(); years > 0 {
		return years
	}
	return 5
}

// addHosted adds what an offer takes for the workloads that leave.
func (o *Outcome) addHosted(h *Hosted, leaving []*inventory.Workload) {
	o.Status, o.Hosted, o.Moves, o.Bound = "hosted", len(leaving), o.Moves+len(leaving), 0
	const months = 12
	monthly := 0.0
	for _, w := range leaving {
		monthly += h.PerVM.Amount() + h.PerVCPU.Amount()*float64(w.VCPUs) +
			h.PerGiB.Amount()*w.Memory.MiB()/1024 + h.PerDisk.Amount()*w.Disk.MiB()/1024
	}
	n := float64(len(leaving))
	o.Once += h.Once.Amount() * n
	o.Cost += monthly*months + h.Once.Amount()*n/horizon(o.Plan)
	o.Energy += h.Energy.KWh() * n
	o.CO2e += h.CO2e.Kg() * n
	o.CO2eUnknown = !h.CO2e.Known()
}

// Judge finds which outcomes others beat.
func Judge(list []Outcome) {
	for i := range list {
		list[i].BeatenBy = nil
		for j := range list {
			if i != j && beats(&list[j], &list[i]) {
				list[i].BeatenBy = append(list[i].BeatenBy, list[j].Name)
			}
		}
	}
}

// beats tells whether a is no worse than b in everything and better in one
// thing. What is not known decides nothing: it keeps a from beating b.
func beats(a, b *Outcome) bool {
	if a.Failed != "" || b.Failed != "" || a.CO2eUnknown && !b.CO2eUnknown || b.CO2eUnknown && !a.CO2eUnknown || a.Unplaced > b.Unplaced {
		return false
	}
	better := false
	for _, x := range [][2]float64{{float64(a.Hosts), float64(b.Hosts)}, {a.Cost, b.Cost}, {a.CO2e, b.CO2e}} {
		const same = 1e-3 // less than that is noise of the arithmetic and of what nobody measured
		if x[0] > x[1]*(1+same) {
			return false
		}
		better = better || x[0] < x[1]*(1-same)
	}
	return better
}

// Best is the outcome that is least by one measure, nil when none has it.
func Best(list []Outcome, measure func(*Outcome) float64) *Outcome {
	var best *Outcome
	for i := range list {
		o := &list[i]
		if o.Failed == "" && o.Unplaced == 0 && (best == nil || measure(o) < measure(best)) {
			best = o
		}
	}
	return best
}

// Years is over how many years what is bought is spread, by the first outcome
// that has a plan.
func Years(list []Outcome) float64 {
	for _, o := range list {
		if o.Plan != nil {
			return horizon(o.Plan)
		}
	}
	return 5
}
