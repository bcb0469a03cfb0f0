package vsphere

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// The counters of use that a server keeps at its lowest statistics level
// (VMware, Data Collection Levels, vSphere 8.0, 2022). Active memory is kept at
// level 2 only, and is no measure of need.
const (
	cpuCounter    = "cpu.usagemhz.average" // MHz
	memoryCounter = "mem.consumed.average" // KiB
	readyCounter  = "cpu.ready.summation"  // ms that all vCPUs waited in an interval
	diskCounter   = "disk.usage.average"   // KB/s
	netCounter    = "net.usage.average"    // KB/s
)

// sideCounters are read of VMs besides CPU and memory, where the server has
// them: whether they wait for a processor, and what they move.
func (c *collector) sideCounters() []types.PerfMetricId {
	var list []types.PerfMetricId
	for _, name := range []string{readyCounter, diskCounter, netCounter} {
		if key, ok := c.past.counters[name]; ok {
			list = append(list, types.PerfMetricId{CounterId: key})
		}
	}
	return list
}

// readHistory sums up what hosts and VMs used over Options.History.
func (c *collector) readHistory(ctx context.Context) error {
	cpu, hasCPU := c.past.counters[cpuCounter]
	memory, hasMemory := c.past.counters[memoryCounter]
	interval, ok := c.intervalFor(c.history)
	if c.history <= 0 || c.since.IsZero() || !ok || !hasCPU || !hasMemory {
		return nil
	}
	start := c.since.Add(-c.history)
	question := types.PerfQuerySpec{
		StartTime: &start, EndTime: &c.since, IntervalId: interval,
		MetricId: append([]types.PerfMetricId{{CounterId: cpu}, {CounterId: memory}}, c.sideCounters()...),
	}
	waits := waiting{c: c}
	targets := append(c.runningHosts(), c.runningGuests()...)
	told := 0
	err := c.ask(ctx, "history", question, targets, func(t target, s *types.PerfEntityMetricCSV) {
		p := parsePast(s, cpu, memory, interval)
		fields := p.sumUp(t.use)
		if len(fields) == 0 {
			return
		}
		told++
		waits.note(t, s, p.interval)
		if t.profile != nil {
			p.profile(t.profile, c.zone)
		}
		*t.from = append(*t.from, inventory.Origin{
			Source: sourceID, At: at(s.Entity), Fields: fields,
			Method: fmt.Sprintf("%s and %s, one mean every %s", cpuCounter, memoryCounter, inventory.PeriodText(p.interval)),
		})
	})
	c.sayHistory(told, len(targets), interval)
	waits.say()
	return c.extra(ctx, err, "history of use")
}

// intervalFor is the sampling period, in seconds, of the finest series that
// the server keeps for that long, else of the longest one.
func (c *collector) intervalFor(span time.Duration) (int32, bool) {
	kept := slices.DeleteFunc(slices.Clone(c.past.kept), func(i types.PerfInterval) bool { return !i.Enabled || i.SamplingPeriod <= 0 })
	if len(kept) == 0 {
		return 0, false
	}
	slices.SortFunc(kept, func(a, b types.PerfInterval) int { return cmp.Compare(a.SamplingPeriod, b.SamplingPeriod) })
	for _, i := range kept {
		if time.Duration(i.Length)*time.Second >= span {
			return i.SamplingPeriod, true
		}
	}
	return kept[len(kept)-1].SamplingPeriod, true
}

// sayHistory says what the percentiles are made of: a percentile of means over
// half an hour hides what is shorter.
func (c *collector) sayHistory(told, asked int, interval int32) {
	c.counts["with-history"] = told
	each := time.Duration(interval) * time.Second
	if told == 0 && asked > 0 {
		c.find(inventory.Finding{
			Code: "history-missing", Severity: inventory.Warning, At: "PerformanceManager",
			What:   fmt.Sprintf("The server tells nothing of what %d hosts and VMs used before now.", asked),
			Do:     "Check that its statistics are on, or give measured use from elsewhere.",
			Values: map[string]string{"asked": strconv.Itoa(asked)},
		})
		return
	}
	c.find(inventory.Finding{
		Code: "percentile-of-means", Severity: inventory.Note, At: "PerformanceManager",
		What: fmt.Sprintf("The use of %d hosts and VMs (%d asked) is from one mean every %s: peaks that are shorter do not show in its percentiles.", told, asked, inventory.PeriodText(each)),
		Do:   "Collect fewer days for finer means, or leave more headroom.",
		Values: map[string]string{
			"count": strconv.Itoa(told), "asked": strconv.Itoa(asked), "seconds": strconv.Itoa(int(interval)),
		},
	})
}

// past is what one host or VM used, one value an interval.
type past struct {
	ends     []time.Time
	cpu      []float64 // MHz; -1: missing
	memory   []float64 // MiB; -1: missing
	interval time.Duration
}

// parsePast reads "1800,2026-01-02T03:00:00Z,1800,…" and the values to it.
func parsePast(s *types.PerfEntityMetricCSV, cpu, memory, interval int32) past {
	p := past{interval: time.Duration(interval) * time.Second}
	fields := strings.Split(s.SampleInfoCSV, ",")
	for i := 1; i < len(fields); i += 2 {
		end, _ := time.Parse(time.RFC3339, strings.TrimSpace(fields[i]))
		p.ends = append(p.ends, end)
	}
	for _, v := range s.Value {
		if v.Id.Instance != "" {
			continue // of one core or device
		}
		switch v.Id.CounterId {
		case cpu:
			p.cpu = numbers(v.Value)
		case memory:
			p.memory = numbers(v.Value)
			for i, kib := range p.memory {
				if kib >= 0 {
					p.memory[i] = math.Round(kib / 1024)
				}
			}
		}
	}
	p.cpu, p.memory = p.timed(p.cpu), p.timed(p.memory)
	return p
}

// timed is values with those missing whose time is not told.
func (p past) timed(values []float64) []float64 {
	values = values[:min(len(values), len(p.ends))]
	for i := range values {
		if p.ends[i].IsZero() {
			values[i] = -1
		}
	}
	return values
}

// sumUp fills use with the statistics of the series, keeping what is there of
// now, and returns the fields that it filled.
func (p past) sumUp(use *inventory.Use) []string {
	var fields []string
	if cpu := p.stat(p.cpu, inventory.MHzLevel); cpu.Samples > 0 {
		cpu.Now = use.CPU.Now
		use.CPU = cpu
		fields = append(fields, "use.cpu")
	}
	if memory := p.stat(p.memory, inventory.MiBLevel); memory.Samples > 0 {
		memory.Now = use.Memory.Now
		use.Memory = memory
		fields = append(fields, "use.memory")
	}
	return fields
}

// stat sums up the values that are not missing.
func (p past) stat(values []float64, level func(float64) inventory.Level) inventory.Stat {
	return p.measured(values).Stat(rounded(level))
}

// profile fills the mean of each hour of a day or a week in the time of zone.
func (p past) profile(into *inventory.Profile, zone *time.Location) {
	into.CPU = p.measured(p.cpu).Profile(zone, rounded(inventory.MHzLevel))
	into.Memory = p.measured(p.memory).Profile(zone, rounded(inventory.MiBLevel))
}

// measured is the values that are not missing, with their times.
func (p past) measured(values []float64) inventory.Measured {
	m := inventory.Measured{Interval: p.interval}
	for i, v := range values {
		if v >= 0 {
			m.Ends = append(m.Ends, p.ends[i])
			m.Values = append(m.Values, v)
		}
	}
	return m
}

// rounded gives values their unit without decimals, which no counter has.
func rounded(level func(float64) inventory.Level) func(float64) inventory.Level {
	return func(v float64) inventory.Level { return level(math.Round(v)) }
}
