package audit

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Thresholds of what is idle. A server that does nothing still does its own
// housekeeping, a few percent: the level under which Koomey and Taylor (New data
// supports finding that 30 percent of servers are "comatose", 2015) look for
// the comatose is 5 % at any time over six months. Shorter series ask for less.
const (
	idleP95     = 3.0  // percent of the machine at busy times
	idleMax     = 10.0 // percent at the highest peak, where it is known
	zombieMax   = 5.0  // percent at the highest peak
	zombieDays  = 28   // that the series spans at least
	minimumDays = 7    // a shorter series tells of one week's holidays, not of a machine
)

// Idle is a machine that does little or nothing, with what shows it.
type Idle struct {
	ID       string   `json:"id" yaml:"id"` // of the workload
	Host     string   `json:"host,omitzero" yaml:"host,omitempty"`
	Kind     string   `json:"kind" yaml:"kind"`         // zombie | idle | off | stale
	Evidence []string `json:"evidence" yaml:"evidence"` // sentences
	Sure     bool     `json:"sure" yaml:"sure"`         // measured over long enough
	// What it holds: memory and disk that it is given.
	MemoryMiB float64 `json:"memory_mib,omitzero" yaml:"memory_mib,omitempty"`
	DiskMiB   float64 `json:"disk_mib,omitzero" yaml:"disk_mib,omitempty"`
}

// idle lists zombies, then idle machines, then those off and those not heard of.
func (v *view) idle() []Idle {
	var out []Idle
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if !real(w) {
			continue
		}
		kind, evidence, sure := v.whyIdle(w)
		if kind == "" {
			continue
		}
		out = append(out, Idle{ID: w.ID, Host: w.Host, Kind: kind, Evidence: evidence, Sure: sure, MemoryMiB: w.Memory.MiB(), DiskMiB: w.Disk.MiB()})
	}
	order := []string{"zombie", "idle", "off", "stale"}
	slices.SortStableFunc(out, func(a, b Idle) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	return out
}

func (v *view) whyIdle(w *inventory.Workload) (kind string, evidence []string, sure bool) {
	if w.State == inventory.Off || w.State == inventory.Suspended {
		word := "it is switched off"
		if w.State == inventory.Suspended {
			word = "it is suspended"
		}
		if w.Disk.Known() {
			return "off", []string{word + " and keeps " + w.Disk.String() + " of disk"}, true
		}
		return "off", []string{word}, true
	}
	stat := v.cpuUse(w)
	level, ok := busy(stat, v.cpuWhole(w))
	peak, peaks := percent(stat.Max, v.cpuWhole(w))
	quiet := ok && level.basis != "now" && level.percent <= idleP95 && (!peaks || peak <= idleMax) && (stat.Days == 0 || stat.Days >= minimumDays)
	if quiet {
		text := fmt.Sprintf("CPU %s %s %%", level.basis, figure(level.percent))
		if peaks {
			text += fmt.Sprintf(", highest peak %s %%", figure(peak))
		}
		if stat.Days > 0 {
			text += fmt.Sprintf(", over %d days", stat.Days)
		}
		evidence = append(evidence, text)
		kind, sure = "idle", stat.Days >= zombieDays
		if sure && peaks && peak <= zombieMax {
			kind = "zombie"
		}
	}
	if v.stale[w.ID] || v.stale[w.Host] && v.physical(w) {
		evidence = append(evidence, "its agent has not been heard of for long")
		if kind == "" {
			kind = "stale"
		}
	}
	return kind, evidence, sure
}

// figure is a number to one decimal, without one where it is whole.
func figure(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// Sizing of guests that have more than they need: after it, the busy level may
// fill this much of what a guest is given, and no known peak exceeds it.
const (
	fullCPU    = 0.70
	fullMemory = 0.85
	leastMiB   = 512
)

// Oversized is a guest that is given more than it uses, and what would do.
type Oversized struct {
	ID         string  `json:"id" yaml:"id"`
	VCPUs      int     `json:"vcpus" yaml:"vcpus"`
	BetterCPUs int     `json:"better_vcpus" yaml:"better_vcpus"` // equal to VCPUs: as they are
	CPU        float64 `json:"cpu_percent,omitzero" yaml:"cpu_percent,omitempty"`
	MemoryMiB  float64 `json:"memory_mib" yaml:"memory_mib"`
	BetterMiB  float64 `json:"better_memory_mib" yaml:"better_memory_mib"` // equal to MemoryMiB: as it is
	Memory     float64 `json:"memory_percent,omitzero" yaml:"memory_percent,omitempty"`
	Basis      string  `json:"basis" yaml:"basis"` // the measure it rests on, in words
}

// oversized lists the guests that run and are given at least twice the vCPUs,
// or a third more memory, than would do; those that free most first. One look
// at a guest is no measure to size it by.
func (v *view) oversized() []Oversized {
	var out []Oversized
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if !runs(w) || v.physical(w) {
			continue
		}
		o := Oversized{ID: w.ID, VCPUs: w.VCPUs, BetterCPUs: w.VCPUs, MemoryMiB: w.Memory.MiB(), BetterMiB: w.Memory.MiB()}
		cpu, memory := v.cpuUse(w), v.memoryUse(w)
		var basis []string
		if share, text, ok := needed(cpu, v.cpuWhole(w), fullCPU); ok && w.VCPUs > 1 {
			if better := max(1, int(math.Ceil(share*float64(w.VCPUs)-1e-9))); better*2 <= w.VCPUs {
				o.BetterCPUs, o.CPU = better, *number(share * fullCPU * 100)
				basis = append(basis, "CPU "+text)
			}
		}
		if share, text, ok := needed(memory, v.memoryWhole(w), fullMemory); ok && w.Memory.Known() {
			if better := roundMemory(share * w.Memory.MiB()); better <= 0.75*w.Memory.MiB() && better >= w.MemoryReservation.MiB() {
				o.BetterMiB, o.Memory = better, *number(share * fullMemory * 100)
				basis = append(basis, "memory "+text)
			}
		}
		if len(basis) > 0 {
			o.Basis = strings.Join(basis, ", ")
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Oversized) int {
		freed := func(o Oversized) float64 { return float64(o.VCPUs-o.BetterCPUs)*4096 + o.MemoryMiB - o.BetterMiB }
		switch x, y := freed(a), freed(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// needed is the share of what a machine has that would do: its busy level
// filling it as far as full, its highest peak wholly.
func needed(s *inventory.Stat, whole, full float64) (share float64, basis string, ok bool) {
	level, known := busy(s, whole)
	if !known || level.basis == "now" || level.basis == "mean" {
		return 0, "", false
	}
	share, basis = level.percent/100/full, level.basis+" "+figure(level.percent)+" %"
	if peak, peaks := percent(s.Max, whole); peaks {
		share, basis = max(share, peak/100), basis+", peak "+figure(peak)+" %"
	}
	return share, basis, true
}

// roundMemory rounds up to what people give: whole GiB from 2 GiB on, half ones below.
func roundMemory(mib float64) float64 {
	step := 1024.0
	if mib < 2048 {
		step = 512
	}
	return max(leastMiB, math.Ceil(mib/step-1e-9)*step)
}
