package vsphere

import (
	"context"
	"fmt"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// performance is what the server can tell of the past: the keys of its
// counters by name ("cpu.usagemhz.average"), and how long it keeps what.
type performance struct {
	counters map[string]int32
	kept     []types.PerfInterval
}

// readPerformance reads the counters and intervals of the server.
func (c *collector) readPerformance(ctx context.Context) error {
	if c.content.PerfManager == nil {
		return nil
	}
	c.past.counters = map[string]int32{}
	q := c.query("", "performance counters", "perfCounter", "historicalInterval")
	err := c.one(ctx, *c.content.PerfManager, q, func(r record) {
		list, _ := value[types.ArrayOfPerfCounterInfo](r, "perfCounter")
		for _, p := range list.PerfCounterInfo {
			if p.GroupInfo == nil || p.NameInfo == nil {
				continue
			}
			name := strings.Join([]string{p.GroupInfo.GetElementDescription().Key, p.NameInfo.GetElementDescription().Key, string(p.RollupType)}, ".")
			c.past.counters[name] = p.Key
		}
		intervals, _ := value[types.ArrayOfPerfInterval](r, "historicalInterval")
		c.past.kept = intervals.PerfInterval
	})
	return c.extra(ctx, err, q.label)
}

// maxSeries is the number of series in one question: more than 256, or 64 up
// to vCenter 6.0, are refused (config.vpxd.stats.maxQueryMetrics, VMware
// knowledge base 2107096, 2014). We start below the newer limit and go down
// when a server refuses.
const maxSeries = 256

// ask puts one question about each target to the server, in batches, and calls
// visit for each answer. A batch that is refused is put again in halves; a
// refusal about a single target ends the asking.
func (c *collector) ask(ctx context.Context, label string, question types.PerfQuerySpec, targets []target, visit func(target, *types.PerfEntityMetricCSV)) error {
	question.Format = string(types.PerfFormatCsv)
	size, done := maxSeries/len(question.MetricId), 0
	for done < len(targets) {
		batch := targets[done:min(done+size, len(targets))]
		known := make(map[reference]target, len(batch))
		questions := make([]types.PerfQuerySpec, len(batch))
		for i, t := range batch {
			known[t.ref] = t
			questions[i] = question
			questions[i].Entity = t.ref
		}
		answers, err := c.queryPerf(ctx, questions)
		if err != nil && faultOf(err) != nil && len(batch) > 1 {
			size = len(batch) / 2
			continue
		}
		if err != nil {
			return fmt.Errorf("asking for the %s (%d of %d read): %w", label, done, len(targets), err)
		}
		for _, a := range answers {
			if series, ok := a.(*types.PerfEntityMetricCSV); ok && known[series.Entity].use != nil {
				visit(known[series.Entity], series)
			}
		}
		done += len(batch)
		if c.progress != nil {
			c.progress(Progress{Kind: label, Done: done})
		}
	}
	return nil
}

// target is a host or VM that is on, and what its past fills.
type target struct {
	ref     reference
	use     *inventory.Use
	profile *inventory.Profile // nil for a host
	power   *inventory.HostPower
	from    *[]inventory.Origin
	work    *inventory.Workload // nil for a host
}

// runningHosts lists the hosts that are on, in order of ID.
func (c *collector) runningHosts() []target {
	refs := c.refsOf("HostSystem")
	var list []target
	for i := range c.estate.Hosts {
		h := &c.estate.Hosts[i]
		if h.State == inventory.HostOn || h.State == inventory.HostMaintenance {
			list = append(list, target{ref: refs[h.ID], use: &h.Use, power: &h.Power, from: &h.From})
		}
	}
	return list
}

// runningGuests lists the VMs that are on, in order of ID.
func (c *collector) runningGuests() []target {
	refs := c.refsOf("VirtualMachine")
	var list []target
	for i := range c.estate.Workloads {
		w := &c.estate.Workloads[i]
		if w.State == inventory.On && w.Class != inventory.Orphan {
			list = append(list, target{ref: refs[w.ID], use: &w.Use, profile: &w.Profile, from: &w.From, work: w})
		}
	}
	return list
}

// refsOf finds the objects of a kind by their ID.
func (c *collector) refsOf(kind string) map[string]reference {
	refs := map[string]reference{}
	for ref, id := range c.ids {
		if ref.Type == kind {
			refs[id] = ref
		}
	}
	return refs
}
