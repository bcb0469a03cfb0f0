package usage

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// item is what Zabbix measures under a number: the answer of item.get with
// selectHosts.
type item struct {
	machine string
	measure measure
	factor  float64
	minus   bool // percent that are idle or available
	ok      bool // it is CPU or memory
}

// waiting is a value whose item stands in another file.
type waiting struct {
	item      string
	at        time.Time
	value     float64
	peak      float64
	hasPeak   bool
	origin    inventory.Origin
	trendHour bool
}

// zabbixRow is one element of an answer of item.get, history.get or trend.get;
// numbers are texts.
type zabbixRow struct {
	ItemID string `json:"itemid"`
	Key    string `json:"key_"`
	Units  string `json:"units"`
	Hosts  []struct {
		Host string `json:"host"`
		Name string `json:"name"`
	} `json:"hosts"`
	Clock   string `json:"clock"`
	Value   string `json:"value"`
	Average string `json:"value_avg"`
	Max     string `json:"value_max"`
}

// zabbix reads an answer of the Zabbix API, whole or its result alone. Values
// know their item by a number: the items have to be given too.
func (f *file) zabbix() error {
	text := []byte(strings.TrimSpace(f.text))
	if len(text) > 0 && text[0] == '{' {
		var answer struct {
			Result json.RawMessage `json:"result"`
			Error  *struct {
				Data string `json:"data"`
			} `json:"error"`
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			return plainJSON(string(text), err)
		}
		if answer.Error != nil {
			return errors.New("Zabbix answered with an error: " + inventory.CleanText(answer.Error.Data))
		}
		text = answer.Result
	}
	var rows []zabbixRow
	if err := json.Unmarshal(text, &rows); err != nil {
		return plainJSON(string(text), err)
	}
	for _, r := range rows {
		switch {
		case r.Key != "":
			f.items[r.ItemID] = zabbixItem(r)
		case r.Clock != "":
			f.zabbixValue(r)
		}
	}
	return nil
}

// zabbixItem is what the key of an item measures (Zabbix manual, Items, agent).
func zabbixItem(r zabbixRow) item {
	out := item{factor: 1}
	if len(r.Hosts) > 0 {
		out.machine = inventory.CleanText(r.Hosts[0].Host)
	}
	name, parameters, _ := strings.Cut(strings.TrimSuffix(r.Key, "]"), "[")
	args := strings.Split(parameters, ",")
	arg := func(i int) string {
		if i < len(args) {
			return strings.Trim(args[i], `" `)
		}
		return ""
	}
	switch name {
	case "system.cpu.util":
		out.measure, out.minus, out.ok = cpuPercent, arg(1) == "idle", arg(0) == "" || arg(0) == "all"
		if kind := arg(1); kind != "" && kind != "idle" {
			out.ok = false // one kind of use alone: the default is "user"
		}
	case "vm.memory.util", "vm.memory.utilization":
		out.measure, out.ok = memoryPercent, true
	case "vm.memory.size":
		switch arg(0) {
		case "pavailable":
			out.measure, out.minus, out.ok = memoryPercent, true, true
		case "pused":
			out.measure, out.ok = memoryPercent, true
		case "available":
			out.measure, out.factor, out.ok = memoryAvailable, 1.0/(1<<20), true
		case "used":
			out.measure, out.factor, out.ok = memoryMiB, 1.0/(1<<20), true
		}
	case "vmware.vm.cpu.usage", "vmware.hv.cpu.usage":
		out.measure, out.factor, out.ok = cpuMHz, 1e-6, true
	case "vmware.vm.memory.size.consumed", "vmware.hv.memory.used":
		out.measure, out.factor, out.ok = memoryMiB, 1.0/(1<<20), true
	case "perf_counter", "perf_counter_en":
		out.counter(strings.Trim(parameters, `"`))
	}
	return out
}

// counter takes the measure of a Windows counter, \Processor(_Total)\% Processor Time.
func (i *item) counter(path string) {
	parts := strings.Split(strings.TrimPrefix(path, `\`), `\`)
	if len(parts) < 2 {
		return
	}
	counterName, _, _ := strings.Cut(parts[1], `"`)
	c, ok := parseCounter(parts[0], counterName)
	i.measure, i.factor, i.ok = c.measure, c.factor, ok && c.instance == ""
}

func (f *file) zabbixValue(r zabbixRow) {
	sec, err := strconv.ParseInt(r.Clock, 10, 64)
	w := waiting{item: r.ItemID, at: time.Unix(sec, 0), origin: f.origin(0)}
	text := r.Value
	if r.Average != "" {
		// A trend says when its hour began.
		text, w.trendHour, w.at = r.Average, true, w.at.Add(time.Hour)
		w.peak, w.hasPeak = decimal(r.Max)
	}
	v, ok := decimal(text)
	if err != nil || !ok {
		f.skip(0)
		return
	}
	w.value = v
	if len(f.waiting) >= maxPoints {
		f.pool.full = true
		return
	}
	f.waiting = append(f.waiting, w)
}

// settle gives the values of Zabbix to their items, once all files are read.
func (s *Series) settle() {
	unknown, other := map[string]bool{}, map[string]bool{}
	for _, w := range s.waiting {
		i, known := s.items[w.item]
		switch {
		case !known || i.machine == "":
			unknown[w.item] = true
			continue
		case !i.ok:
			other[w.item] = true
			continue
		}
		turn := func(v float64) float64 {
			if i.minus {
				v = 100 - v
			}
			return v * i.factor
		}
		out := s.pool.get(key{i.machine, i.measure, ""}, w.origin)
		if !s.pool.add(out, w.at, turn(w.value)) {
			continue
		}
		if w.trendHour {
			out.period = time.Hour
			if w.hasPeak && !i.minus {
				out.peaks = append(out.peaks, turn(w.peak))
			}
		}
	}
	s.waiting = nil
	if n := len(unknown); n > 0 {
		s.find(inventory.Finding{Code: "series-nameless", Severity: inventory.Warning, What: "series of Zabbix whose item and host are unknown were left out: " + strconv.Itoa(n),
			Do: "save the answer of item.get with selectHosts too, and give both files", Values: map[string]string{"series": strconv.Itoa(n)}})
	}
	if n := len(other); n > 0 {
		s.find(inventory.Finding{Code: "series-unread", Severity: inventory.Note, What: "series that measure neither CPU nor memory as a whole: " + strconv.Itoa(n), Values: map[string]string{"series": strconv.Itoa(n)}})
	}
}
