package vsphere_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// meter answers questions about performance as a vCenter does, where the
// simulator has noise. Hosts have a power sensor, except esx2. The past of all
// is the week of meterStart.
type meter struct{ *simulator.PerformanceManager }

// meterStart is a Monday.
var meterStart = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func (m *meter) QueryPerf(ctx *simulator.Context, req *types.QueryPerf) soap.HasFault {
	res := new(types.QueryPerfResponse)
	for _, q := range req.QuerySpec {
		answer := &types.PerfEntityMetricCSV{PerfEntityMetricBase: types.PerfEntityMetricBase{Entity: q.Entity}}
		if q.IntervalId != 20 {
			answer.SampleInfoCSV = meterTimes(q.IntervalId)
		}
		name := "a copy" // of the benchmark, which the simulator does not know
		if e, ok := ctx.Map.Get(q.Entity).(mo.Entity); ok {
			name = e.Entity().Name
		}
		for _, id := range q.MetricId {
			answer.Value = append(answer.Value, types.PerfMetricSeriesCSV{
				PerfMetricSeries: types.PerfMetricSeries{Id: id},
				Value:            m.series(name, id.CounterId, q.IntervalId),
			})
		}
		res.Returnval = append(res.Returnval, answer)
	}
	return &methods.QueryPerfBody{Res: res}
}

const meterWeek = 7 * 24 * 3600

func meterTimes(interval int32) string {
	var parts []string
	for s := interval; s <= meterWeek; s += interval {
		parts = append(parts, fmt.Sprintf("%d,%s", interval, meterStart.Add(time.Duration(s)*time.Second).Format(time.RFC3339)))
	}
	return strings.Join(parts, ",")
}

// series are the values of a counter. CPU rises by 100 MHz with each hour of
// the day and is missing on Sunday; memory is 4 GiB.
func (m *meter) series(name string, counter, interval int32) string {
	var parts []string
	for s := int32(0); s < meterWeek; s += interval {
		switch m.counter(counter) {
		case "power.power":
			if name == "esx2.mulhouse.example" {
				return "0,0,0,0"
			}
			return "-1,200,220,0"
		case "cpu.usagemhz":
			if s >= 6*24*3600 {
				parts = append(parts, "-1")
			} else {
				parts = append(parts, fmt.Sprint(100*(s/3600%24)))
			}
		case "mem.consumed":
			parts = append(parts, fmt.Sprint(4<<20))
		case "cpu.ready":
			parts = append(parts, fmt.Sprint(400*interval)) // 40 % of one vCPU
		case "disk.usage":
			parts = append(parts, "12000")
		case "net.usage":
			parts = append(parts, "-1")
		}
	}
	return strings.Join(parts, ",")
}

func (m *meter) counter(key int32) string {
	for _, p := range m.PerfCounter {
		if p.Key == key {
			return p.GroupInfo.GetElementDescription().Key + "." + p.NameInfo.GetElementDescription().Key
		}
	}
	return ""
}
