package vsphere

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// waiting gathers what the side counters tell of VMs: how long they waited for
// a processor, and what they moved over disk and network.
type waiting struct {
	c      *collector
	worst  string // the VM that waits most
	share  float64
	queued int // VMs that wait more than readyLimit
}

// readyLimit is the share of time a vCPU may wait for a processor before users
// notice, in percent (VMware, Performance Best Practices for vSphere 8, 2022:
// more than 5 % is a sign of contention).
const readyLimit = 5

// note puts what the side counters tell of one VM into its labels.
func (w *waiting) note(t target, s *types.PerfEntityMetricCSV, interval time.Duration) {
	if t.work == nil {
		return
	}
	var add []string
	for _, v := range s.Value {
		if v.Id.Instance != "" {
			continue // of one core or device
		}
		p95, ok := percentile95(numbers(v.Value))
		if !ok {
			continue
		}
		switch v.Id.CounterId {
		case w.key(readyCounter):
			// Milliseconds of all vCPUs in an interval (VMware knowledge base 2002181).
			share := 100 * p95 / (float64(interval.Milliseconds()) * float64(max(t.work.VCPUs, 1)))
			w.wait(t.work, share)
			add = append(add, "cpu_ready_p95", inventory.Percent(math.Round(10*share)/10).String())
		case w.key(diskCounter):
			add = append(add, "disk_p95", throughput(p95))
		case w.key(netCounter):
			add = append(add, "network_p95", throughput(p95))
		}
	}
	for i := 0; i+1 < len(add); i += 2 {
		if t.work.Labels == nil {
			t.work.Labels = map[string]string{}
		}
		t.work.Labels[add[i]] = add[i+1]
	}
}

// key is the key of a counter; none is ever 0 or below.
func (w *waiting) key(counter string) int32 {
	if key, ok := w.c.past.counters[counter]; ok {
		return key
	}
	return -1
}

func (w *waiting) wait(vm *inventory.Workload, share float64) {
	if share <= readyLimit {
		return
	}
	w.queued++
	if share > w.share {
		w.share, w.worst = share, vm.Name
	}
}

// say says how many VMs wait for a processor: packing them closer would make
// it worse.
func (w *waiting) say() {
	if w.queued == 0 {
		return
	}
	share := strconv.FormatFloat(math.Round(10*w.share)/10, 'f', -1, 64)
	w.c.find(inventory.Finding{
		Code: "cpu-ready-high", Severity: inventory.Warning, At: "PerformanceManager",
		What:   fmt.Sprintf("%d VMs wait for a processor more than %d %% of the time, one interval in twenty; most of all %s (%s %%).", w.queued, readyLimit, w.worst, share),
		Do:     "Look at limits and at vCPUs per core where they run before hosts are taken away.",
		Values: map[string]string{"count": strconv.Itoa(w.queued), "worst": w.worst, "percent": share},
	})
}

// percentile95 is the 95th percentile of the values that are not missing.
func percentile95(values []float64) (float64, bool) {
	m := inventory.Measured{}
	for _, v := range values {
		if v >= 0 {
			m.Values = append(m.Values, v)
		}
	}
	s := m.Stat(inventory.MHzLevel) // any unit: the number counts
	return s.P95.Value(), s.Samples > 0
}

// throughput writes KB/s as people read it.
func throughput(kbps float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(kbps/1000, 'f', 1, 64), ".0") + " MB/s"
}
