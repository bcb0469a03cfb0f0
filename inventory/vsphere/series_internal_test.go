package vsphere

import (
	"bytes"
	"testing"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// FuzzSeries reads the past of a VM from any text: the estate has to stay
// readable, and a profile has all its hours or none.
func FuzzSeries(f *testing.F) {
	f.Add("1800,2026-01-05T00:30:00Z,1800,2026-01-05T01:00:00Z", "100,-1", "4194304,4194304", int32(1800))
	f.Add("7200,0001-01-01T00:00:00Z,7200,9999-12-31T23:59:59Z", "1,2", "3", int32(7200))
	f.Add("x,,", "9223372036854775807,9223372036854775807,,", "-9223372036854775808,1e9", int32(-1))
	f.Fuzz(func(t *testing.T, times, cpu, memory string, interval int32) {
		p := parsePast(&types.PerfEntityMetricCSV{SampleInfoCSV: times, Value: []types.PerfMetricSeriesCSV{
			{PerfMetricSeries: types.PerfMetricSeries{Id: types.PerfMetricId{CounterId: 1}}, Value: cpu},
			{PerfMetricSeries: types.PerfMetricSeries{Id: types.PerfMetricId{CounterId: 2}}, Value: memory},
		}}, 1, 2, interval)
		w := inventory.Workload{ID: "web"}
		filled := p.sumUp(&w.Use)
		p.profile(&w.Profile, time.UTC)
		if len(filled) == 0 && !w.Use.IsZero() {
			t.Errorf("nothing was filled, but there is a use: %+v", w.Use)
		}
		for _, hours := range []int{len(w.Profile.CPU), len(w.Profile.Memory)} {
			if hours != 0 && hours != 24 && hours != 168 {
				t.Errorf("a profile of %d hours", hours)
			}
		}
		var b bytes.Buffer
		if err := inventory.EncodeYAML(&b, inventory.Estate{Version: 1, Workloads: []inventory.Workload{w}}); err != nil {
			t.Fatal(err)
		}
		if _, err := inventory.Decode[inventory.Estate](&b, "estate.yaml"); err != nil {
			t.Errorf("the estate cannot be read back: %v", err)
		}
	})
}
