package vsphere

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

const (
	// powerInterval is the real-time interval, in seconds: hosts keep it for
	// an hour whatever statistics level the server is set to.
	powerInterval = 20
	// powerSamples is an hour of them.
	powerSamples = 180
	// powerBatch is the number of hosts a question: vCenter up to 6.0 refuses
	// more than 64 series in one (config.vpxd.stats.maxQueryMetrics).
	powerBatch = 64
)

// readPower reads the mean power of the last hour of each host that is on,
// from its own sensor. Many blades have none (their enclosure measures) and
// answer 0, which is unknown. A server that refuses only costs this figure.
func (c *collector) readPower(ctx context.Context) error {
	if c.content.PerfManager == nil {
		return nil
	}
	counter, err := c.powerCounter(ctx)
	if err == nil && counter != 0 {
		err = c.queryPower(ctx, counter)
	}
	return c.optional(err, "power of the hosts")
}

// powerCounter is the key of power.power.average, in W; 0 where there is none.
func (c *collector) powerCounter(ctx context.Context) (int32, error) {
	var key int32
	q := c.query("", "performance counters", "perfCounter")
	err := c.one(ctx, *c.content.PerfManager, q, func(r record) {
		list, _ := value[types.ArrayOfPerfCounterInfo](r, "perfCounter")
		for _, p := range list.PerfCounterInfo {
			if p.GroupInfo != nil && p.NameInfo != nil && p.RollupType == types.PerfSummaryTypeAverage &&
				p.GroupInfo.GetElementDescription().Key == "power" && p.NameInfo.GetElementDescription().Key == "power" {
				key = p.Key
			}
		}
	})
	return key, err
}

func (c *collector) queryPower(ctx context.Context, counter int32) error {
	index := map[string]int{}
	for i, h := range c.estate.Hosts {
		index[h.ID] = i
	}
	var specs []types.PerfQuerySpec
	for ref, id := range c.ids {
		if i, ok := index[id]; !ok || ref.Type != "HostSystem" || !isOneOf(string(c.estate.Hosts[i].State), "on", "maintenance") {
			continue
		}
		specs = append(specs, types.PerfQuerySpec{
			Entity: ref, IntervalId: powerInterval, MaxSample: powerSamples, Format: string(types.PerfFormatCsv),
			MetricId: []types.PerfMetricId{{CounterId: counter}},
		})
	}
	slices.SortFunc(specs, func(a, b types.PerfQuerySpec) int { return compareRefs(a.Entity, b.Entity) })
	measured := 0
	for batch := range slices.Chunk(specs, powerBatch) {
		answers, err := c.queryPerf(ctx, batch)
		if err != nil {
			return fmt.Errorf("asking for the power of %d hosts: %w", len(batch), err)
		}
		for _, a := range answers {
			series, ok := a.(*types.PerfEntityMetricCSV)
			if !ok {
				continue
			}
			if i, ok := index[c.ids[series.Entity]]; ok && meanPower(series, &c.estate.Hosts[i]) {
				measured++
			}
		}
	}
	c.counts["hosts-with-power"] = measured
	return nil
}

// meanPower sets the host's power to the mean of the samples above 0. A
// missing sample is -1.
func meanPower(series *types.PerfEntityMetricCSV, h *inventory.Host) bool {
	sum, n := 0.0, 0
	for _, s := range series.Value {
		for text := range strings.SplitSeq(s.Value, ",") {
			if w, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && w > 0 {
				sum += float64(w)
				n++
			}
		}
	}
	if n == 0 {
		return false
	}
	h.Power.Mean = inventory.Watts(float64(int(sum/float64(n) + 0.5)))
	h.From = append(h.From, inventory.Origin{
		Source: sourceID, At: at(series.Entity), Fields: []string{"power"},
		Method: fmt.Sprintf("mean of %d samples of power.power.average, one every %d s", n, powerInterval),
	})
	return true
}
