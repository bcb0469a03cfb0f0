package vsphere

import (
	"context"
	"fmt"
	"math"
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
)

// readPower reads the mean power of the last hour of each host that is on,
// from its own sensor. Many blades have none (their enclosure measures) and
// answer 0, which is unknown. A server that refuses only costs this figure.
func (c *collector) readPower(ctx context.Context) error {
	counter, ok := c.past.counters["power.power.average"]
	if !ok {
		return nil
	}
	question := types.PerfQuerySpec{
		IntervalId: powerInterval, MaxSample: powerSamples, MetricId: []types.PerfMetricId{{CounterId: counter}},
	}
	measured := 0
	err := c.ask(ctx, "power of the hosts", question, c.runningHosts(), func(host target, s *types.PerfEntityMetricCSV) {
		if meanPower(s, host) {
			measured++
		}
	})
	c.counts["hosts-with-power"] = measured
	return c.extra(ctx, err, "power of the hosts")
}

// meanPower sets the host's power to the mean of the samples above 0.
func meanPower(series *types.PerfEntityMetricCSV, host target) bool {
	sum, n := 0.0, 0
	for _, s := range series.Value {
		for _, w := range numbers(s.Value) {
			if w > 0 {
				sum += w
				n++
			}
		}
	}
	if n == 0 {
		return false
	}
	host.power.Mean = inventory.Watts(math.Round(sum / float64(n)))
	*host.from = append(*host.from, inventory.Origin{
		Source: sourceID, At: at(series.Entity), Fields: []string{"power"},
		Method: fmt.Sprintf("mean of %d samples of power.power.average, one every %d s", n, powerInterval),
	})
	return true
}

// numbers reads a list such as "-1,200,220". What is no number, or is beyond
// reason, is -1, which is how a server writes that a sample is missing.
func numbers(csv string) []float64 {
	var list []float64
	for text := range strings.SplitSeq(csv, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil || n > maxAmount {
			n = -1
		}
		list = append(list, float64(n))
	}
	return list
}
