package usage

import (
	"encoding/json"
	"errors"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// prometheusAnswer is what /api/v1/query_range answers.
type prometheusAnswer struct {
	Status string `json:"status"`
	Error  string `json:"error"`
	Data   struct {
		Type   string             `json:"resultType"`
		Result []prometheusSeries `json:"result"`
	} `json:"data"`
}

type prometheusSeries struct {
	Metric map[string]string    `json:"metric"`
	Values [][2]json.RawMessage `json:"values"`
}

// prometheus reads the answer of a range query. A series has no unit: its name
// says it, or the file's ("cpu percent.json"), or the size of its values, which
// is said.
func (f *file) prometheus() error {
	var in prometheusAnswer
	if err := json.Unmarshal([]byte(f.text), &in); err != nil {
		return plainJSON(f.text, err)
	}
	if in.Status == "error" {
		return errors.New("Prometheus answered with an error: " + inventory.CleanText(in.Error))
	}
	other := 0
	for _, p := range in.Data.Result {
		machine := prometheusMachine(p.Metric)
		times, values := f.prometheusValues(p.Values)
		m, factor, assumed, ok := prometheusMeasure(p.Metric["__name__"], f.stem, values)
		if machine == "" || !ok {
			other++
			continue
		}
		instance, core := prometheusInstance(p.Metric)
		s := f.pool.get(key{machine, m, instance}, f.origin(0))
		s.core, s.units = core, assumed
		for i, v := range values {
			if !f.pool.add(s, times[i], v*factor) {
				f.skip(0)
			}
		}
	}
	if other > 0 {
		f.find(inventory.Finding{Code: "series-unread", Severity: inventory.Warning, Source: f.source, At: f.at,
			What: "series that name no machine, count up without end, or are neither CPU nor memory by their name or the file's: " + strconv.Itoa(other),
			Do:   "ask for rates by instance, and put cpu or memory in the name of the file", Values: map[string]string{"series": strconv.Itoa(other)}})
	}
	return nil
}

func (f *file) prometheusValues(pairs [][2]json.RawMessage) (times []time.Time, values []float64) {
	for _, p := range pairs {
		sec, errTime := strconv.ParseFloat(strings.Trim(string(p[0]), `"`), 64)
		v, errValue := strconv.ParseFloat(strings.Trim(string(p[1]), `"`), 64)
		if errTime != nil || errValue != nil || v != v || sec < 0 || sec > 1<<33 {
			f.skip(0)
			continue
		}
		times, values = append(times, time.Unix(int64(sec), 0)), append(values, v)
	}
	return times, values
}

// prometheusMachine is the machine by the label that names one; an address
// loses its port.
func prometheusMachine(labels map[string]string) string {
	for _, l := range []string{"nodename", "hostname", "host", "vm", "vmname", "vm_name", "domain", "machine", "node", "instance", "name"} {
		v := inventory.CleanText(labels[l])
		if v == "" {
			continue
		}
		if host, _, err := net.SplitHostPort(v); err == nil {
			return host
		}
		return v
	}
	return ""
}

// prometheusInstance tells the series of one machine apart by their other
// labels; those that differ by core alone are averaged, all others added up.
func prometheusInstance(labels map[string]string) (instance string, core bool) {
	var parts []string
	for _, l := range slices.Sorted(maps.Keys(labels)) {
		switch l {
		case "cpu", "core":
			core = true
			parts = append(parts, l+"="+labels[l])
		case "container", "pod", "mode", "id", "namespace", "service", "process", "groupname":
			parts = append(parts, l+"="+labels[l])
			core = false
		}
	}
	return strings.Join(parts, ","), core
}

// prometheusMeasure is the measure of a series by its name, or by that of the
// file, and what its values are multiplied by. assumed says what was told from
// the size of the values.
func prometheusMeasure(name, stem string, values []float64) (m measure, factor float64, assumed string, ok bool) {
	text := strings.ToLower(name)
	if !strings.Contains(text, "cpu") && !strings.Contains(text, "mem") {
		text = strings.ToLower(stem)
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	largest := 0.0
	for _, v := range values {
		largest = max(largest, v)
	}
	isCPU := has("cpu", "processor", "processeur")
	switch {
	case !isCPU && !has("mem", "ram"), strings.HasSuffix(text, "_total"): // a counter
		return 0, 0, "", false
	case isCPU && has("cores"):
		return cpuCores, 1, "", true
	case isCPU && has("mhz"):
		return cpuMHz, 1, "", true
	case isCPU:
		m, factor, ok = cpuPercent, 1, largest <= 100
	case has("bytes"):
		m, factor, ok = memoryMiB, 1.0/(1<<20), true
		if has("avail", "free") {
			m = memoryAvailable
		}
		return m, factor, "", true
	case largest > 1000:
		return memoryMiB, 1.0 / (1 << 20), "bytes, as the values exceed 1000", true
	default:
		m, factor, ok = memoryPercent, 1, largest <= 100
	}
	switch {
	case has("ratio", "utilisation", "utilization") && largest <= 1:
		return m, 100, "", ok
	case has("percent", "pct"):
		return m, 1, "", ok
	case largest <= 1:
		return m, 100, "a share of 1, as no value exceeds 1", ok
	}
	return m, 1, "percent, as values exceed 1 and not 100", ok
}
