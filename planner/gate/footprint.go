package gate

import (
	"strings"

	"sobre/carbon"
	"sobre/planner/plan"
)

func footprintMeasures() []Measure {
	total := func(name string, unit Unit, views []plan.View, what string, of func(t *plan.Totals) carbon.Range) []Measure {
		return ranged(name, unit, views, what, func(r *reader) carbon.Range { return of(&r.plan.After) })
	}
	saving := func(name string, unit Unit, what string, of func(s *plan.Saving) carbon.Range) []Measure {
		return ranged(name, unit, planned, what, func(r *reader) carbon.Range { return of(&r.plan.Saving) })
	}
	var list []Measure
	for _, group := range [][]Measure{
		total("energy", KWhPerYear, both, "electricity at the meter, room overhead included", func(t *plan.Totals) carbon.Range { return t.Energy }),
		total("energy.it", KWhPerYear, both, "electricity of hosts and chassis alone", func(t *plan.Totals) carbon.Range { return t.ITEnergy }),
		total("co2e", KgPerYear, both, "emissions of that electricity", func(t *plan.Totals) carbon.Range { return t.CO2e }),
		total("cost", MoneyPerYear, both, "yearly cost as the plan counts it", func(t *plan.Totals) carbon.Range { return t.Cost }),
		total("embodied", Kg, planned, "emissions of making what the plan buys", func(t *plan.Totals) carbon.Range { return t.Embodied }),
		total("purchase", Money, planned, "price of what the plan buys", func(t *plan.Totals) carbon.Range { return t.Purchase }),
		saving("saving.energy", KWhPerYear, "electricity that the plan saves", func(s *plan.Saving) carbon.Range { return s.Energy }),
		saving("saving.co2e", KgPerYear, "emissions that the plan saves, of use", func(s *plan.Saving) carbon.Range { return s.CO2e }),
		saving("saving.cost", MoneyPerYear, "yearly cost that the plan saves", func(s *plan.Saving) carbon.Range { return s.Cost }),
		saving("saving.net", Kg, "emissions saved over the horizon of the policy, making what is bought taken off", func(s *plan.Saving) carbon.Range { return s.NetCO2e }),
	} {
		list = append(list, group...)
	}
	return append(list,
		Measure{Name: "saving.hosts", Views: planned, What: "hosts that the plan saves", read: func(r *reader) Reading { return number(r.plan.Saving.Hosts) }},
		Measure{Name: "payback.co2e", Unit: Years, Views: planned, What: "years until what is saved outweighs making what is bought; 0 where nothing is bought",
			read: payback(func(p *plan.Plan) (carbon.Range, *carbon.Range) { return p.After.Embodied, p.Saving.CarbonPayback })},
		Measure{Name: "payback.cost", Unit: Years, Views: planned, What: "years until what is saved has paid for what is bought; 0 where nothing is bought",
			read: payback(func(p *plan.Plan) (carbon.Range, *carbon.Range) { return p.After.Purchase, p.Saving.CostPayback })},
	)
}

// ranged is a figure with its range: the best estimate by its name, the 5th and
// 95th percentile with .low and .high.
func ranged(name string, unit Unit, views []plan.View, what string, of func(r *reader) carbon.Range) []Measure {
	return []Measure{
		{Name: name, Unit: unit, Views: views, What: what, read: func(r *reader) Reading { return Reading{Value: of(r).Best} }},
		{Name: name + ".low", Unit: unit, Views: views, What: "low end (5th percentile) of " + name, read: func(r *reader) Reading { return Reading{Value: of(r).Low} }},
		{Name: name + ".high", Unit: unit, Views: views, What: "high end (95th percentile) of " + name, read: func(r *reader) Reading { return Reading{Value: of(r).High} }},
	}
}

func payback(of func(p *plan.Plan) (spent carbon.Range, years *carbon.Range)) func(r *reader) Reading {
	return func(r *reader) Reading {
		spent, years := of(r.plan)
		switch {
		case spent.Best == 0:
			return Reading{}
		case years == nil:
			return Reading{Unknown: "what is bought never pays back by what the plan saves"}
		}
		return Reading{Value: years.Best}
	}
}

// licenceMeasures are the figures of one licence. A licence counts by its name
// or by its family: oracle is oracle-ee and oracle-se too.
func licenceMeasures(name string) []Measure {
	held := func(figure func(h *plan.Host, r *reader) float64) func(r *reader) Reading {
		return func(r *reader) Reading { return r.licensed(name, figure) }
	}
	prefix := "licence." + name + "."
	return []Measure{
		{Name: prefix + "cores", Views: both, What: "cores of the hosts that run a workload with the licence NAME, or one whose name begins with NAME-", read: held(func(h *plan.Host, r *reader) float64 { return float64(r.cpuOf(h).Cores) })},
		{Name: prefix + "sockets", Views: both, What: "sockets of those hosts", read: held(func(h *plan.Host, r *reader) float64 { return float64(r.cpuOf(h).Sockets) })},
		{Name: prefix + "hosts", Views: both, What: "number of those hosts", read: held(func(*plan.Host, *reader) float64 { return 1 })},
		{Name: prefix + "workloads", Views: both, What: "workloads that run with the licence", read: func(r *reader) Reading {
			workloads, _, unknown := r.licences(name)
			return Reading{Value: float64(workloads), Unknown: unknown}
		}},
	}
}

// licensed sums a figure over the hosts that run a workload with the licence.
func (r *reader) licensed(name string, figure func(h *plan.Host, r *reader) float64) Reading {
	_, hosts, unknown := r.licences(name)
	reading := Reading{Unknown: unknown}
	nowhere := false
	for i := range r.plan.Hosts {
		h := &r.plan.Hosts[i]
		if !hosts[h.ID] {
			continue
		}
		v := figure(h, r)
		nowhere = nowhere || v == 0
		reading.Value += v
		reading.Subjects = append(reading.Subjects, Subject{ID: h.ID, Value: v})
	}
	if nowhere {
		reading.Unknown = "a host that runs it does not say what its processors are"
	}
	return reading
}

// licences counts the running workloads with a licence and the hosts they are on.
func (r *reader) licences(name string) (workloads int, hosts map[string]bool, unknown string) {
	running, at := r.running()
	hosts = map[string]bool{}
	known := map[string]bool{}
	for _, w := range running {
		for _, l := range w.Licences {
			known[l] = true
			if strings.EqualFold(l, name) || strings.HasPrefix(strings.ToLower(l), strings.ToLower(name)+"-") {
				workloads++
				hosts[at[w.ID]] = true
				break
			}
		}
	}
	if workloads == 0 {
		unknown = "no workload that runs carries the licence " + name
		if len(known) > 0 {
			unknown += " (there are " + some(sortedNames(known)) + ")"
		}
	}
	return workloads, hosts, unknown
}
