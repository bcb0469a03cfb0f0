package plan

import (
	"errors"
	"fmt"
	"strings"
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
	complain(p.Memory.Overcommit >= 0 && p.Memory.Overcommit <= 100, "memory.overcommit must be from 0 to 100")
	complain(p.Growth.Rate.Value() > -100 && p.Growth.Rate.Value() <= 1000, "growth.rate must be from -100 %% to 1000 %%")
	complain(p.Growth.Years >= 0 && p.Growth.Years <= 50, "growth.years must be from 0 to 50")
	complain(p.Survive == nil || p.Survive.Hosts >= 0 && p.Survive.Hosts <= 2, "survive.hosts must be 0, 1 or 2")
	complain(p.Carbon.PUE == 0 || p.Carbon.PUE >= 1 && p.Carbon.PUE <= 10, "carbon.pue must be from 1 to 10")
	complain(p.Carbon.Method != Market || p.Carbon.Factor.Known(), "carbon.method market needs carbon.factor, the factor of your contract")
	complain(p.Carbon.Horizon.Years() >= 0 && p.Carbon.Horizon.Years() <= 50, "carbon.horizon must be from 0 to 50 years")
	complain(p.Unknown.CPU.Value() >= 0 && p.Unknown.CPU.Value() <= 100, "unknown.cpu must be from 0 %% to 100 %%")
	complain(p.Unknown.Memory.Value() >= 0 && p.Unknown.Memory.Value() <= 100, "unknown.memory must be from 0 %% to 100 %%")
	p.Waves.validate(complain)
	for _, condition := range append(append([]string{}, p.Scope.Include...), p.Scope.Exclude...) {
		field, _, ok := strings.Cut(condition, "=")
		complain(ok && field != "", "scope condition %q is not of the form field=pattern", condition)
	}
	seen := map[Objective]bool{}
	for _, o := range p.Minimise {
		complain(!seen[o], "minimise names %q twice", o)
		seen[o] = true
	}
	return errors.Join(problems...)
}
