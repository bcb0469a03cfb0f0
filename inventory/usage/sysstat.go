package usage

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// sysstat adds what one line of sysstat says of a machine at a time. fields are
// the names of its columns, values what stands under them.
func (f *file) sysstat(machine string, at time.Time, period time.Duration, fields, values []string, line int) {
	column := func(name string) (float64, bool) {
		i := slices.Index(fields, name)
		if i < 0 || i >= len(values) {
			return 0, false
		}
		return decimal(values[i])
	}
	if idle, ok := column("%idle"); ok {
		waiting, _ := column("%iowait")
		instance := ""
		if i := slices.Index(fields, "CPU"); i >= 0 && i < len(values) && values[i] != "-1" && values[i] != "all" {
			instance = values[i]
		}
		// Time stolen by the hypervisor was asked for, and counts.
		f.sample(key{machine, cpuPercent, instance}, at, max(100-idle-waiting, 0), period, line)
	}
	free, okFree := column("kbmemfree")
	used, okUsed := column("kbmemused")
	if okFree && okUsed {
		buffers, _ := column("kbbuffers")
		cached, _ := column("kbcached")
		available, okAvailable := column("kbavail")
		f.sample(key{machine, memoryMiB, ""}, at, sysstatUsed(free, used, buffers+cached, available, okAvailable)/1024, period, line)
	}
}

// sysstatUsed is the memory in use without caches, in kB. Until 11.6 kbmemused
// held the caches too: free and used then made up the whole, of which more
// than what is available (sysstat change log, 11.7.1, 2017).
func sysstatUsed(free, used, caches, available float64, known bool) float64 {
	switch {
	case known && free+used > available:
		return free + used - available
	case known:
		return used
	}
	return max(used-caches, 0)
}

// sample adds one value to the series of a key.
func (f *file) sample(k key, at time.Time, v float64, period time.Duration, line int) {
	k.machine = inventory.CleanText(k.machine)
	if k.machine == "" {
		f.skip(line)
		return
	}
	s := f.pool.get(k, f.origin(line))
	s.core = k.instance != "" && k.measure == cpuPercent
	if period > 0 {
		s.period = period
	}
	if !f.pool.add(s, at, v) {
		f.skip(line)
	}
}

// sadf reads what "sadf -d" prints: a header for each section, which starts
// with "#", and a line a time. Times are UTC unless -t or -T was given.
func (f *file) sadf() error {
	var fields []string
	f.lines(func(n int, line string) {
		if header, ok := strings.CutPrefix(line, "# hostname;interval;timestamp;"); ok {
			// With -h the sections stand side by side, marked [...] where repeated.
			fields = strings.Split(strings.ReplaceAll(header, "[...]", ""), ";")
			return
		}
		values := strings.Split(line, ";")
		switch {
		case strings.TrimSpace(line) == "":
			return
		case len(values) > 3 && strings.HasPrefix(values[3], "LINUX-RESTART"):
			return
		case len(values) < 4 || fields == nil:
			f.skip(n)
			return
		}
		at, ok := f.clock.read(values[2])
		if !ok {
			f.skip(n)
			return
		}
		f.sysstat(values[0], at, seconds(values[1]), fields, values[3:], n)
	})
	return nil
}

// sysstatFile is what "sadf -j" prints.
type sysstatFile struct {
	Sysstat struct {
		Hosts []struct {
			Name       string `json:"nodename"`
			Statistics []struct {
				Timestamp struct {
					Date     string  `json:"date"`
					Time     string  `json:"time"`
					UTC      int     `json:"utc"`
					Interval float64 `json:"interval"`
				} `json:"timestamp"`
				CPU []struct {
					CPU    string  `json:"cpu"`
					IOWait float64 `json:"iowait"`
					Idle   float64 `json:"idle"`
				} `json:"cpu-load"`
				Memory *struct {
					Free    float64  `json:"memfree"`
					Avail   *float64 `json:"avail"`
					Used    float64  `json:"memused"`
					Buffers float64  `json:"buffers"`
					Cached  float64  `json:"cached"`
				} `json:"memory"`
			} `json:"statistics"`
		} `json:"hosts"`
	} `json:"sysstat"`
}

func (f *file) sysstatJSON() error {
	var in sysstatFile
	if err := json.Unmarshal([]byte(f.text), &in); err != nil {
		return plainJSON(f.text, err)
	}
	for _, h := range in.Sysstat.Hosts {
		for _, s := range h.Statistics {
			text := s.Timestamp.Date + " " + s.Timestamp.Time
			if s.Timestamp.UTC == 1 {
				text += " UTC"
			}
			at, ok := f.clock.read(text)
			if !ok {
				if s.Timestamp.Date != "" {
					f.skip(0)
				}
				continue // a restart has no time of its own
			}
			period := seconds(strconv.FormatFloat(s.Timestamp.Interval, 'f', -1, 64))
			for _, c := range s.CPU {
				instance := c.CPU
				if instance == "all" || instance == "-1" {
					instance = ""
				}
				f.sample(key{h.Name, cpuPercent, instance}, at, max(100-c.Idle-c.IOWait, 0), period, 0)
			}
			if m := s.Memory; m != nil {
				available := 0.0
				if m.Avail != nil {
					available = *m.Avail
				}
				f.sample(key{h.Name, memoryMiB, ""}, at, sysstatUsed(m.Free, m.Used, m.Buffers+m.Cached, available, m.Avail != nil)/1024, period, 0)
			}
		}
	}
	return nil
}

// plainJSON says an error of the decoder with its line.
func plainJSON(text string, err error) error {
	if e, ok := err.(*json.SyntaxError); ok {
		at := min(max(e.Offset, 0), int64(len(text)))
		if strings.Contains(e.Error(), "unexpected end") {
			return fmt.Errorf("line %d: it ends too early", 1+strings.Count(text[:at], "\n"))
		}
		return fmt.Errorf("line %d: %w", 1+strings.Count(text[:at], "\n"), err)
	}
	return err
}

var (
	sarTime  = regexp.MustCompile(`^(\d{1,2}:\d{2}:\d{2})(\s+[AaPp][Mm])?\s+(.*)$`)
	sarTitle = regexp.MustCompile(`[%a-z]`)
)

// sar reads what "sar -u" or "sar -r" prints. The date stands in the first line
// alone, in the order of the locale; after midnight the time falls back.
func (f *file) sar() error {
	banner, _, _ := strings.Cut(f.text, "\n")
	found := sarBanner.FindStringSubmatch(banner)
	if found == nil {
		return fmt.Errorf("the first line does not name machine and date: %.80q", inventory.CleanText(banner))
	}
	machine := found[2]
	// Two digits of a year are those of the C locale: 11/21/26.
	f.clock.monthFirst = twoDigitYear.MatchString(found[3])
	date, ok := f.clock.read(strings.Replace(f.clock.yearFirst(found[3]), " ", "", 1))
	if !ok {
		return fmt.Errorf("the date %.20q of the first line cannot be read", inventory.CleanText(found[3]))
	}
	w := sarReader{file: f, machine: machine, first: date, date: date}
	f.lines(w.line)
	return nil
}

var twoDigitYear = regexp.MustCompile(`^\d{1,2}/\d{1,2}/\d{2}$`)

// sarReader walks the lines that sar printed.
type sarReader struct {
	*file
	machine string
	first   time.Time // the date of the first line
	date    time.Time
	last    time.Duration // time of day of the line before
	fields  []string
}

func (r *sarReader) line(n int, line string) {
	found := sarTime.FindStringSubmatch(line)
	if found == nil {
		return // the banner, blank lines, restarts, the averages at the end
	}
	values := strings.Fields(found[3])
	if len(values) == 0 || strings.Contains(found[3], "RESTART") {
		return
	}
	if isSarHeader(values) {
		if !slices.Equal(values, r.fields) { // another section, from the start of the day again
			r.date, r.last = r.first, 0
		}
		r.fields = values
		return
	}
	at, err := time.Parse("15:04:05", timeOfDay(found[1]+strings.TrimSpace(found[2])))
	if err != nil || r.fields == nil {
		r.skip(n)
		return
	}
	ofDay := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
	if ofDay+12*time.Hour < r.last {
		r.date = r.date.AddDate(0, 0, 1)
	}
	r.last = ofDay
	y, m, d := r.date.Date()
	when := time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, r.date.Location())
	r.sysstat(r.machine, when, 0, r.fields, values, n)
}

// isSarHeader tells the names of columns from values.
func isSarHeader(values []string) bool {
	for _, v := range values {
		if _, ok := decimal(v); ok {
			return false
		}
	}
	return slices.ContainsFunc(values, func(v string) bool {
		return sarTitle.MatchString(v) && (strings.HasPrefix(v, "%") || strings.HasPrefix(v, "kb"))
	})
}
