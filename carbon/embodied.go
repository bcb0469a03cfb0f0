package carbon

import (
	"fmt"
	"math"

	"sobre/inventory"
)

// Impact is what making something costs the planet.
type Impact struct {
	GWP float64 `json:"gwp_kgco2e" yaml:"gwp_kgco2e"` // climate change
	ADP float64 `json:"adp_kgsbe" yaml:"adp_kgsbe"`   // metals and minerals
	PE  float64 `json:"pe_mj" yaml:"pe_mj"`           // primary energy
}

func (i Impact) plus(o Impact, times float64) Impact {
	return Impact{i.GWP + o.GWP*times, i.ADP + o.ADP*times, i.PE + o.PE*times}
}

// The impact of making the parts of a server (Umweltbundesamt, "Green Cloud
// Computing", Texte 94/2021): raw materials, manufacture and transport, no end
// of life. Each is {kgCO2e, kgSbe, MJ}.
func dieOfCPU() Impact   { return Impact{0.0197, 5.87e-09, 0.265} } // a mm² of silicon
func baseOfCPU() Impact  { return Impact{9.14, 0.0204, 156} }
func dieOfRAM() Impact   { return Impact{2.20, 6.3e-05, 27.3} } // a cm² of silicon
func baseOfRAM() Impact  { return Impact{5.22, 0.00169, 74} }   // a module
func dieOfSSD() Impact   { return Impact{2.20, 6.3e-05, 27.3} } // a cm² of silicon
func baseOfSSD() Impact  { return Impact{6.34, 0.000563, 73.98} }
func ofHDD() Impact      { return Impact{31.11, 0.00025, 276} }
func ofBoard() Impact    { return Impact{66.1, 0.00369, 836} }
func ofPSU() Impact      { return Impact{24.3, 0.0083, 352} } // a kg
func ofAssembly() Impact { return Impact{6.68, 1.41e-06, 68.6} }
func ofRack() Impact     { return Impact{150, 0.0202, 2200} }
func ofBlade() Impact    { return Impact{30.9, 0.000672, 435} }

// EnclosureImpact is the making of a blade enclosure of 16 slots (Umweltbundesamt, as above).
func EnclosureImpact() Impact { return Impact{880, 0.432, 12700} }

// Figures that stand in for what an inventory does not tell.
const (
	dieMM2PerCore = 25   // of a processor, memory controllers and caches counted in
	maxDieMM2     = 1200 // of one processor
	psuKg         = 2.99 // one power supply (Boavizta, BoaviztAPI component defaults; 1 to 5)
	psuCount      = 2
	moduleGB      = 32.0 // of one memory module since 2018
	oldModuleGB   = 8.0
	ssdGBPerCM2   = 48.5 // of flash memory of 64 layers (2018)
	diskGB        = 1920 // of one solid-state disk
	oldDiskGB     = 600  // of one hard disk
)

// ramDensity is GB of memory per cm² of silicon, by the process of a year
// (makers' data compiled by Boavizta: 0.625 at 30 nm to 2.375 at 18 nm).
func ramDensity(year int) float64 {
	switch {
	case year > 0 && year < 2012:
		return 0.625
	case year > 0 && year < 2015:
		return 0.875
	case year > 0 && year < 2018:
		return 1.25
	}
	return 1.79
}

// Manufacture is the impact of making a host, from its parts. A blade (a host
// with a chassis) leaves the enclosure out, which is counted once for all.
// Parts whose number is not known are taken as usual for the year.
func Manufacture(h inventory.Host) Impact {
	model, _ := inventory.LookUpCPU(h.CPU.Model)
	sockets := socketsOf(h.CPU, model)
	year := yearOr(h.Year, model)
	cores := float64(max(h.CPU.Cores, sockets*model.Cores, sockets*2))
	die := min(cores*dieMM2PerCore, float64(sockets)*maxDieMM2)
	total := Impact{}.plus(dieOfCPU(), die).plus(baseOfCPU(), float64(sockets))
	total = total.plus(memoryImpact(gigabytes(h.Memory), year), 1).plus(diskImpact(gigabytes(h.Disk), year), 1)
	total = total.plus(ofBoard(), 1).plus(ofAssembly(), 1)
	if h.Chassis != "" {
		return total.plus(ofBlade(), 1) // the enclosure has the power supplies
	}
	return total.plus(ofPSU(), psuKg*psuCount).plus(ofRack(), 1)
}

func memoryImpact(gb float64, year int) Impact {
	if gb <= 0 {
		gb = 64
	}
	module := moduleGB
	if year > 0 && year < 2015 {
		module = oldModuleGB
	}
	return Impact{}.plus(dieOfRAM(), gb/ramDensity(year)).plus(baseOfRAM(), math.Ceil(gb/module))
}

// diskImpact takes a host without disks of its own for one that boots from two
// small ones.
func diskImpact(gb float64, year int) Impact {
	if year > 0 && year < 2016 {
		return Impact{}.plus(ofHDD(), max(2, math.Ceil(gb/oldDiskGB)))
	}
	gb = max(gb, 2*240)
	return Impact{}.plus(dieOfSSD(), gb/ssdGBPerCM2).plus(baseOfSSD(), max(2, math.Ceil(gb/diskGB)))
}

// Spreads of manufacture: the sheets of makers for 48 servers run from 465 to
// 2,503 kgCO2e, median 1,215.
const (
	bottomUpGSD      = 1.6
	givenEmbodiedGSD = 1.3
	lifetimeGSD      = 1.2
	defaultLifetime  = 5 // years; 4 to 7
)

// embodiedOf is the kgCO2e to make a host, as given, else from its parts.
func embodiedOf(h HostLoad) (kg float64, a Assumption) {
	name := h.Host.Model
	if name == "" {
		name = h.Host.ID
	}
	if h.Embodied.Known() {
		a = Assumption{
			ID: "embodied.given." + slug(name), What: fmt.Sprintf("Manufacture of one %s, as given.", name),
			Value: h.Embodied.Kg(), Unit: "kgCO2e", Rung: Given, Source: "given in the inventory or catalogue",
		}
		return h.Embodied.Kg(), a.within(givenEmbodiedGSD)
	}
	kg = Manufacture(h.Host).GWP
	a = Assumption{
		ID: "embodied.bottom-up." + slug(name), What: fmt.Sprintf("Manufacture of one %s, from its parts; makers' sheets for servers run from 465 to 2,503 kg.", name),
		Value: kg, Unit: "kgCO2e", Rung: BottomUp,
	}
	return kg, a.within(bottomUpGSD).from(sourceOf("uba"))
}

// parts is the manufacture of all that a scenario buys, from parts.
func (s Scenario) parts() Impact {
	var sum Impact
	for _, h := range s.Hosts {
		if h.Bought {
			sum = sum.plus(Manufacture(h.Host), 1)
		}
	}
	for _, c := range s.Chassis {
		if c.Bought {
			sum = sum.plus(EnclosureImpact(), 1)
		}
	}
	return sum
}

// lifetimeOf is how long what is bought will serve, in years.
func lifetimeOf(s inventory.Span) (years float64, given bool) {
	if s.Years() > 0 {
		return s.Years(), true
	}
	return defaultLifetime, false
}
