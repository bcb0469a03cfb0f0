package vsphere

import (
	"fmt"
	"math"
	"strings"

	"sobre/inventory"
)

// hostCPU reads sockets, cores and threads of the whole host, and the clock.
func hostCPU(r record) inventory.CPU {
	cpu := inventory.CPU{
		Model:   r.text("summary.hardware.cpuModel"),
		Sockets: int(firstPositive(r, "summary.hardware.numCpuPkgs", "hardware.cpuInfo.numCpuPackages")),
		Cores:   int(firstPositive(r, "summary.hardware.numCpuCores", "hardware.cpuInfo.numCpuCores")),
		Threads: int(firstPositive(r, "summary.hardware.numCpuThreads", "hardware.cpuInfo.numCpuThreads")),
	}
	if mhz := r.positive("summary.hardware.cpuMhz"); mhz > 0 {
		cpu.Clock = inventory.MHz(mhz)
	} else if hz := r.positive("hardware.cpuInfo.hz"); hz >= 1e6 {
		cpu.Clock = inventory.MHz(math.Round(hz / 1e6))
	}
	return cpu
}

// fillFromModel takes what the host does not tell from the table of processor
// models. The year is the processor's launch: the host cannot be older.
func (c *collector) fillFromModel(ref reference, h *inventory.Host) {
	model, ok := inventory.LookUpCPU(h.CPU.Model)
	if !ok {
		return
	}
	var filled []string
	if h.CPU.Cores == 0 && h.CPU.Sockets > 0 {
		h.CPU.Cores = h.CPU.Sockets * model.Cores
		filled = append(filled, "cpu.cores")
	}
	if !h.CPU.Clock.Known() && model.Clock.Known() {
		h.CPU.Clock = model.Clock
		filled = append(filled, "cpu.clock")
	}
	if len(filled) > 0 {
		c.remark(ref, inventory.Finding{
			Code: "figure-filled", Severity: inventory.Note,
			What:   fmt.Sprintf("Host %s does not tell %s; what stands there is of its processor model (%s).", h.Name, strings.Join(filled, " and "), model.Name),
			Values: map[string]string{"name": h.Name, "fields": strings.Join(filled, " "), "model": model.Name},
		})
	}
	if model.Year > 0 {
		h.Year = model.Year
		filled = append(filled, "year")
		c.yearsAssumed++
	}
	if len(filled) > 0 {
		h.From = append(h.From, inventory.Origin{
			Source: sourceID, At: at(ref), Fields: filled, Method: "table of processor models: " + model.Name + "; the year is its launch",
		})
	}
}

// sayYears says once for all hosts that their year is a guess.
func (c *collector) sayYears() {
	if c.yearsAssumed == 0 {
		return
	}
	c.find(inventory.Finding{
		Code: "year-assumed", Severity: inventory.Note, At: "HostSystem",
		What:   fmt.Sprintf("The year of %d hosts is the launch of their processor: they cannot be older.", c.yearsAssumed),
		Do:     "Write the years of purchase into the estate.",
		Values: map[string]string{"count": fmt.Sprint(c.yearsAssumed)},
	})
}
