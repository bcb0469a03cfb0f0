package plan

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// Validate reports every figure of the policy that makes no sense.
func (p Policy) Validate() error {
	var problems []error
	complain := func(ok bool, format string, args ...any) {
		if !ok {
			problems = append(problems, fmt.Errorf("policy: "+format, args...))
		}
	}
	for _, h := range []struct {
		field string
		share float64
	}{
		{"cpu.headroom", p.CPU.Headroom.Value()}, {"memory.headroom", p.Memory.Headroom.Value()},
		{"disk.headroom", p.Disk.Headroom.Value()},
	} {
		complain(h.share >= 0 && h.share < 100, "%s must be from 0 %% to below 100 %%", h.field)
	}
	complain(p.CPU.VCPUsPerCore >= 0 && p.CPU.VCPUsPerCore <= 1000, "cpu.vcpus_per_core must be from 0 to 1000")
	complain(p.CPU.Overhead.Value() >= 0 && p.CPU.Overhead.Value() <= 100, "cpu.overhead must be from 0 %% to 100 %%")
	complain(p.Memory.Use != Profiled, "memory.use cannot be profile: memory is not given back by the hour")
	complain(p.Memory.Overcommit >= 0 && p.Memory.Overcommit <= 100, "memory.overcommit must be from 0 to 100")
	complain(p.Growth.Rate.Value() > -100 && p.Growth.Rate.Value() <= 1000, "growth.rate must be from -100 %% to 1000 %%")
	for _, service := range slices.Sorted(maps.Keys(p.Growth.Services)) {
		rate := p.Growth.Services[service].Value()
		complain(rate > -100 && rate <= 1000, "growth.services.%s must be from -100 %% to 1000 %%", service)
	}
	complain(p.Growth.Years >= 0 && p.Growth.Years <= 50, "growth.years must be from 0 to 50")
	var conditions []string
	if v := p.Survive; v != nil {
		complain(v.Hosts >= 0 && v.Hosts <= 2, "survive.hosts must be 0, 1 or 2")
		complain(v.Chassis == 0 || v.Chassis == 1, "survive.chassis must be 0 or 1")
		complain(v.Site == 0 || v.Site == 1, "survive.site must be 0 or 1")
		conditions = v.MayStop
	}
	complain(p.Carbon.PUE == 0 || p.Carbon.PUE >= 1 && p.Carbon.PUE <= 10, "carbon.pue must be from 1 to 10")
	complain(p.Carbon.Method != Market || p.Carbon.Factor.Known() || p.Carbon.Contract.Known(), "carbon.method market needs carbon.contract, the factor of your contract")
	p.checkMoney(complain)
	complain(p.Carbon.Horizon.Years() >= 0 && p.Carbon.Horizon.Years() <= 50, "carbon.horizon must be from 0 to 50 years")
	complain(p.Unknown.CPU.Value() >= 0 && p.Unknown.CPU.Value() <= 100, "unknown.cpu must be from 0 %% to 100 %%")
	complain(p.Unknown.Memory.Value() >= 0 && p.Unknown.Memory.Value() <= 100, "unknown.memory must be from 0 %% to 100 %%")
	p.Waves.validate(complain)
	for _, condition := range slices.Concat(p.Scope.Include, p.Scope.Exclude, conditions) {
		field, _, ok := strings.Cut(condition, "=")
		complain(ok && field != "", "condition %q is not of the form field=pattern", condition)
	}
	for n := range p.Rules {
		why := p.Rules[n].Unclear()
		complain(why == "", "rule %d: %s", n+1, why)
	}
	complain(p.Hosts.Min >= 0 && p.Hosts.Max >= 0, "hosts.min and hosts.max must be 0 or more")
	seen := map[Objective]bool{}
	for _, o := range p.Minimise {
		complain(!seen[o], "minimise names %q twice", o)
		seen[o] = true
	}
	return errors.Join(problems...)
}

// checkMoney complains about figures of carbon and cost that make no sense.
func (p Policy) checkMoney(complain func(ok bool, format string, args ...any)) {
	c, m := p.Carbon, p.Cost
	for _, f := range []struct {
		field string
		share inventory.Share
		low   float64
		high  float64
	}{
		{"carbon.fixed_share", c.FixedShare, 0, 100}, {"carbon.heat_reuse", c.HeatReuse, 0, 100}, {"carbon.heating_share", c.HeatingShare, 0, 100},
		{"carbon.rebound", c.Rebound, 0, 1000}, {"carbon.grid_change", c.GridChange, -50, 50},
		{"cost.rise", m.Rise, -50, 100}, {"cost.discount", m.Discount, -50, 100}, {"cost.maintenance", m.Maintenance, 0, 100},
	} {
		v := f.share.Value()
		complain(v >= f.low && v <= f.high, "%s must be from %g %% to %g %%", f.field, f.low, f.high)
	}
	complain(c.WUE >= 0 && c.WUE <= 100, "carbon.wue must be from 0 to 100 litres per kWh")
	complain(c.Year == 0 || c.Year >= 1990 && c.Year <= 2100, "carbon.year must be from 1990 to 2100")
	complain(c.HeatingShare.Known() == c.Heating.Known(), "carbon.heating_share and carbon.heating go together")
	complain(m.Horizon.Years() >= 0 && m.Horizon.Years() <= 50, "cost.horizon must be from 0 to 50 years")
	currency := m.Electricity.PerKWh().Currency()
	for _, price := range []struct {
		field string
		money inventory.Money
	}{{"rack_unit", m.RackUnit}, {"decommission", m.Decommission}} {
		complain(price.money.Amount() >= 0, "cost.%s is negative", price.field)
		complain(!price.money.Known() || currency == "" || price.money.Currency() == currency, "cost.%s is in %s, electricity in %s: give all prices in one currency", price.field, price.money.Currency(), currency)
	}
	names := map[string]bool{}
	for _, l := range m.Licences {
		err := l.Check()
		complain(err == nil, "cost.licences: %v", err)
		complain(!names[l.Name], "cost.licences: %s stands twice", l.Name)
		names[l.Name] = true
		complain(!l.Price.Known() || currency == "" || l.Price.Currency() == currency, "cost.licences: %s is priced in %s, electricity in %s: give all prices in one currency", l.Name, l.Price.Currency(), currency)
	}
}
