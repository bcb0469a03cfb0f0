package tui

import (
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// param is one figure of the policy that can be changed.
type param struct {
	name string
	path string // of the field in a policy
	show func(p *plan.Policy, f frame) string
	at   func(p *plan.Policy) float64 // 0 to 1, on the slider
	step func(p *plan.Policy, by int)
}

// number is a parameter from low to high in steps.
type number struct {
	name, path, unit string
	low, high, step  float64
	get              func(*plan.Policy) float64
	set              func(*plan.Policy, float64)
}

func (n number) param() param {
	decimals := 0
	if n.step < 1 {
		decimals = 1
	}
	if n.step < 0.1 {
		decimals = 2
	}
	return param{
		name: n.name, path: n.path,
		show: func(p *plan.Policy, f frame) string {
			return strings.TrimSpace(f.language.Number(n.get(p), decimals) + " " + n.unit)
		},
		at: func(p *plan.Policy) float64 { return (n.get(p) - n.low) / (n.high - n.low) },
		step: func(p *plan.Policy, by int) {
			k := int((n.get(p)-n.low)/n.step+0.5) + by
			n.set(p, max(n.low, min(n.high, n.low+float64(k)*n.step)))
		},
	}
}

// choice is a parameter with a few values.
type choice struct {
	name, path string
	values     []string
	get        func(*plan.Policy) string
	set        func(*plan.Policy, string)
}

func (c choice) param() param {
	index := func(p *plan.Policy) int { return max(0, slices.Index(c.values, c.get(p))) }
	return param{
		name: c.name, path: c.path,
		show: func(p *plan.Policy, f frame) string {
			if aim := f.language.Screen.Aims[c.get(p)]; aim != "" {
				return aim
			}
			return f.language.Say(clean(c.get(p)))
		},
		at:   func(p *plan.Policy) float64 { return float64(index(p)) / float64(max(1, len(c.values)-1)) },
		step: func(p *plan.Policy, by int) { c.set(p, c.values[max(0, min(len(c.values)-1, index(p)+by))]) },
	}
}

// params are the figures that can be changed, in the order of their names. The
// models are those that may be bought.
func params(names, models []string) []param {
	all := slices.Concat(demandParams(names), spareParams(names[7:]), carbonParams(names[10:]))
	if len(models) > 0 {
		all = append(all, buyParam(names[14], models))
	}
	return all
}

// buyParam is which model may be bought: all, one, or none.
func buyParam(name string, models []string) param {
	const all, none = "*", "none"
	values := append([]string{all}, append(slices.Clone(models), none)...)
	return choice{name, "hosts.buy", values,
		func(p *plan.Policy) string {
			switch b := p.Hosts.Buy; {
			case b == nil:
				return all
			case len(b) == 1:
				return b[0]
			}
			return none
		},
		func(p *plan.Policy, v string) {
			switch v {
			case all:
				p.Hosts.Buy = nil
			case none:
				p.Hosts.Buy = []string{none}
			default:
				p.Hosts.Buy = []string{v}
			}
		}}.param()
}

func demandParams(names []string) []param {
	measures := []string{"mean", "p50", "p90", "p95", "p99", "max", "allocated"}
	aims := []string{"hosts", "new_hosts", "energy", "carbon", "cost", "moves"}
	return []param{
		choice{names[0], "", aims, func(p *plan.Policy) string { return string(p.Minimise[0]) }, setAim}.param(),
		choice{names[1], "cpu.use", measures, func(p *plan.Policy) string { return string(p.CPU.Use) },
			func(p *plan.Policy, v string) { p.CPU.Use = plan.Measure(v) }}.param(),
		number{names[2], "cpu.headroom", "%", 0, 60, 5, func(p *plan.Policy) float64 { return p.CPU.Headroom.Value() },
			func(p *plan.Policy, v float64) { p.CPU.Headroom = inventory.Percent(v) }}.param(),
		number{names[3], "cpu.vcpus_per_core", "", 1, 12, 0.5, func(p *plan.Policy) float64 { return p.CPU.VCPUsPerCore },
			func(p *plan.Policy, v float64) { p.CPU.VCPUsPerCore = v }}.param(),
		choice{names[4], "memory.use", measures, func(p *plan.Policy) string { return string(p.Memory.Use) },
			func(p *plan.Policy, v string) { p.Memory.Use = plan.Measure(v) }}.param(),
		number{names[5], "memory.headroom", "%", 0, 60, 2, func(p *plan.Policy) float64 { return p.Memory.Headroom.Value() },
			func(p *plan.Policy, v float64) { p.Memory.Headroom = inventory.Percent(v) }}.param(),
		number{names[6], "memory.overcommit", "×", 1, 3, 0.05, func(p *plan.Policy) float64 { return p.Memory.Overcommit },
			func(p *plan.Policy, v float64) { p.Memory.Overcommit = v }}.param(),
	}
}

func spareParams(names []string) []param {
	return []param{
		number{names[0], "survive.hosts", "", 0, 2, 1, survived,
			func(p *plan.Policy, v float64) { p.Survive = &plan.Survive{Hosts: int(v)} }}.param(),
		number{names[1], "growth.rate", "%", 0, 40, 1, func(p *plan.Policy) float64 { return p.Growth.Rate.Value() },
			func(p *plan.Policy, v float64) { p.Growth.Rate = inventory.Percent(v) }}.param(),
		number{names[2], "growth.years", "", 0, 10, 1, func(p *plan.Policy) float64 { return p.Growth.Years },
			func(p *plan.Policy, v float64) { p.Growth.Years = v }}.param(),
	}
}

func carbonParams(names []string) []param {
	return []param{
		number{names[0], "carbon.pue", "", 1, 3, 0.1, pueOf, func(p *plan.Policy, v float64) { p.Carbon.PUE = v }}.param(),
		choice{names[1], "carbon.country", carbon.Countries(), countryOf, func(p *plan.Policy, v string) { p.Carbon.Country = v }}.param(),
		number{names[2], "cost.electricity", "EUR/kWh", 0.02, 0.60, 0.01, func(p *plan.Policy) float64 { return p.Cost.Electricity.PerKWh().Amount() },
			func(p *plan.Policy, v float64) { p.Cost.Electricity = inventory.PerKWh(inventory.MakeMoney(v, "EUR")) }}.param(),
		number{names[3], "carbon.horizon", "", 1, 15, 1, func(p *plan.Policy) float64 { return p.Carbon.Horizon.Years() },
			func(p *plan.Policy, v float64) { p.Carbon.Horizon = inventory.Years(v) }}.param(),
	}
}

// setAim puts an objective first; the others keep their order.
func setAim(p *plan.Policy, aim string) {
	first := plan.Objective(aim)
	rest := slices.DeleteFunc(slices.Clone(p.Minimise), func(o plan.Objective) bool { return o == first })
	p.Minimise = append([]plan.Objective{first}, rest...)
}

func pueOf(p *plan.Policy) float64 {
	if p.Carbon.PUE == 0 {
		return carbon.DefaultPUE
	}
	return p.Carbon.PUE
}

func countryOf(p *plan.Policy) string {
	if p.Carbon.Country == "" {
		return carbon.DefaultCountry
	}
	return p.Carbon.Country
}

func survived(p *plan.Policy) float64 {
	if p.Survive == nil {
		return 0
	}
	return float64(p.Survive.Hosts)
}
