package usage

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"sobre/inventory"
)

// measure is what a series is a series of.
type measure int

const (
	cpuPercent      measure = iota // of the whole machine
	cpuMHz                         // of CPU work
	cpuCores                       // cores at work
	memoryPercent                  // of the machine's memory
	memoryMiB                      // used
	memoryAvailable                // MiB that are free or can be freed at once
)

func (m measure) isCPU() bool { return m <= cpuCores }

// String is what findings call it.
func (m measure) String() string {
	return [...]string{"CPU in %", "CPU in MHz", "CPU in cores", "memory in %", "memory used", "memory available"}[m]
}

// key tells the series of one measure of one machine apart: cores of a
// processor, containers of a host.
type key struct {
	machine  string
	measure  measure
	instance string // "": the whole machine
}

// series is one series as read. Times are seconds since 1970, UTC, of the end
// of the interval that a value stands for.
type series struct {
	times   []uint32
	values  []float64
	peaks   []float64     // the largest value within each interval, where the source keeps it
	period  time.Duration // of one value, where the source says it
	core    bool          // one of several cores: their mean is the machine's
	origin  inventory.Origin
	guessed string // how the machine's name was found, where the series does not hold it
	units   string // what was assumed about its unit
}

// pool gathers the series of all files.
type pool struct {
	series map[key]*series
	points int
	full   bool // more points than maxPoints were refused
}

// maxPoints bounds what is held: two counters of 1,000 machines for a month at
// 5 minutes are 17 million.
const maxPoints = 60_000_000

func newPool() *pool { return &pool{series: map[key]*series{}} }

// get is the series of a key, made where it is new.
func (p *pool) get(k key, origin inventory.Origin) *series {
	s := p.series[k]
	if s == nil {
		s = &series{origin: origin}
		p.series[k] = s
	}
	return s
}

// add adds one value. What no machine can have, or no clock can show, is
// refused.
func (p *pool) add(s *series, at time.Time, v float64) bool {
	sec := at.Unix()
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || v > maxValue || sec <= 0 || sec > math.MaxUint32 {
		return false
	}
	if p.points >= maxPoints {
		p.full = true
		return false
	}
	p.points++
	s.times = append(s.times, uint32(sec))
	s.values = append(s.values, v)
	return true
}

const maxValue = 1 << 50

// order sorts the values by time; of two at one time the later read counts.
func (s *series) order() (twice int) {
	index := make([]int, len(s.times))
	for i := range index {
		index[i] = i
	}
	slices.SortFunc(index, func(a, b int) int { return cmp.Or(cmp.Compare(s.times[a], s.times[b]), cmp.Compare(a, b)) })
	times, values := make([]uint32, 0, len(index)), make([]float64, 0, len(index))
	var peaks []float64
	for _, i := range index {
		if n := len(times); n > 0 && times[n-1] == s.times[i] {
			values[n-1] = s.values[i]
			if len(peaks) == n {
				peaks[n-1] = s.peaks[i]
			}
			twice++
			continue
		}
		times, values = append(times, s.times[i]), append(values, s.values[i])
		if len(s.peaks) == len(s.times) {
			peaks = append(peaks, s.peaks[i])
		}
	}
	s.times, s.values, s.peaks = times, values, peaks
	return twice
}

// interval is the time between two values: what the source says, or what lies
// between most neighbours.
func (s *series) interval() time.Duration {
	if s.period > 0 {
		return s.period
	}
	counts := map[uint32]int{}
	for i := 1; i < len(s.times); i++ {
		counts[s.times[i]-s.times[i-1]]++
	}
	best := uint32(0)
	for gap, n := range counts {
		if n > counts[best] || n == counts[best] && gap < best {
			best = gap
		}
	}
	return time.Duration(best) * time.Second
}

// measured is the series as the estate sums it up.
func (s *series) measured() inventory.Measured {
	m := inventory.Measured{Interval: s.interval(), Values: s.values, Ends: make([]time.Time, len(s.times))}
	for i, t := range s.times {
		m.Ends[i] = time.Unix(int64(t), 0)
	}
	return m
}

// combine makes one series of several of a machine: the mean of cores, the sum
// of all else, value by value at the times that all of them share. It is the
// sum that is then summed up: a sum of percentiles is no percentile.
func combine(parts []*series) (whole *series, dropped int) {
	whole = &series{origin: parts[0].origin, guessed: parts[0].guessed, units: parts[0].units, period: parts[0].interval()}
	counts, sums := map[uint32]int{}, map[uint32]float64{}
	for _, p := range parts {
		for i, t := range p.times {
			counts[t]++
			sums[t] += p.values[i]
		}
	}
	for t, n := range counts {
		if n == len(parts) {
			whole.times = append(whole.times, t)
		} else {
			dropped++
		}
	}
	slices.Sort(whole.times)
	for _, t := range whole.times {
		v := sums[t]
		if parts[0].core {
			v /= float64(len(parts))
		}
		whole.values = append(whole.values, v)
	}
	return whole, dropped
}

// seconds writes a number of seconds as a duration, 0 where it cannot be one.
func seconds(text string) time.Duration {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v <= 0 || v > 366*86400 {
		return 0
	}
	return time.Duration(v * float64(time.Second)).Round(time.Second)
}
