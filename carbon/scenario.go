package carbon

import (
	"fmt"
	"math"
	"slices"

	"sobre/inventory"
)

// State is whether a host draws power.
type State string

// The states of a host in a scenario; empty means on.
const (
	On      State = "on"      // also a spare without load: it draws its idle watts
	Standby State = "standby" // off but plugged in: its management controller runs
	Off     State = "off"     // unplugged
)

// Scenario is a set of machines in service, for a year on end.
type Scenario struct {
	Hosts   []HostLoad
	Chassis []ChassisLoad
}

// HostLoad is a host and what it carries. Its site and its chassis are those
// of Host.
type HostLoad struct {
	Host inventory.Host
	Load float64 // mean CPU load of the whole host over the year, 0 to 1
	// Profile is the load, 0 to 1, at equal intervals of a typical day or week.
	// Where it is given power is averaged over it, because the power at the mean
	// load is not the mean power; Load is then not used.
	Profile []float64
	State   State
	// LoadGSD is the doubt of Load, a geometric standard deviation; 0: 1.1
	// where the host's use was measured, else 1.4; for hosts only in the second
	// scenario, the mean of those in the first.
	LoadGSD  float64
	Bought   bool
	Embodied inventory.Mass // kgCO2e to make it; unknown: from its parts
	Lifetime inventory.Span // unknown: 5 years
}

// ChassisLoad is an enclosure. It draws power as long as a host in it is on.
type ChassisLoad struct {
	ID       string
	Model    string
	Site     string
	Power    inventory.ChassisPower // unknown: 150 W fixed
	Bought   bool
	Embodied inventory.Mass // kgCO2e to make it; unknown: 880 kg
	Lifetime inventory.Span // unknown: 5 years
}

// Settings is how energy and emissions are counted.
type Settings struct {
	Country string // ISO 3166 code, where a site has none; empty: FR
	Year    int    // of the grid factor; 0: the most recent
	Method  Method // empty: location
	// Factor overrides the country's factor; under Market it is that of the
	// contract and must be known.
	Factor inventory.Intensity
	// Contract is the contract's factor, to show market-based figures beside
	// location-based ones.
	Contract inventory.Intensity
	PUE      float64 // where a site has none; 0: 1.8
	Sites    []Site
	// FixedShare is the part of the room's overhead that does not follow the IT
	// load; unknown: 20 to 70 %, most likely 40 %. 0 % is a constant PUE.
	FixedShare inventory.Share
	// Water is the water that the room evaporates, in litres per kWh of IT (WUE,
	// ISO/IEC 30134-9); 0: not counted.
	Water float64
	// Reuse is the part of the room's energy that is reused as heat outside it
	// (ERF, ISO/IEC 30134-6). It is shown beside and never taken off.
	Reuse inventory.Share
	// Heating is what warms the building in the place of heat that the room no
	// longer gives it, for a sensitivity; unknown share: not shown.
	Heating Heating
	Rebound inventory.Share // work that the freed room invites, for a sensitivity; unknown: 20 %
	Horizon float64         // years; 0: 5
	// Draws is the size of the Monte Carlo sample; 0: 10,000. With 1, every
	// input takes its median and each range is a single value.
	Draws int
	Seed  uint64
}

// Heating is how a building that a machine room helps to warm is heated.
type Heating struct {
	Share  inventory.Share     // of the IT's heat over a year that replaces heating
	Factor inventory.Intensity // gCO2e per kWh of heat made up for
}

// Site is a machine room.
type Site struct {
	Name    string
	Country string  // ISO 3166 code; empty: that of Settings
	PUE     float64 // 0: that of Settings
	Other   float64 // W of IT in the room that is in neither scenario
}

// Defaults of Settings.
const (
	DefaultCountry = "FR"
	DefaultPUE     = 1.8
	DefaultHorizon = 5
	DefaultDraws   = 10_000
	maxDraws       = 1_000_000
	maxProfile     = 8784 // hours of a leap year
)

// Normalised fills in the defaults and tells what is wrong with the rest.
func (s Settings) Normalised() (Settings, error) {
	if s.Country == "" {
		s.Country = DefaultCountry
	}
	if s.Method == "" {
		s.Method = Location
	}
	if s.PUE == 0 {
		s.PUE = DefaultPUE
	}
	if s.Horizon == 0 {
		s.Horizon = DefaultHorizon
	}
	if s.Draws == 0 {
		s.Draws = DefaultDraws
	}
	switch {
	case s.Method != Location && s.Method != Market:
		return s, fmt.Errorf("method %q is neither location nor market", s.Method)
	case s.Method == Market && !s.Factor.Known() && !s.Contract.Known():
		return s, fmt.Errorf("method market needs the factor of the contract")
	case s.Factor.GramsPerKWh() < 0 || s.Contract.GramsPerKWh() < 0:
		return s, fmt.Errorf("a negative factor of electricity makes no sense")
	case !(s.PUE >= 1 && s.PUE <= 10):
		return s, fmt.Errorf("a PUE of %g is not between 1 and 10", s.PUE)
	case !(s.Horizon > 0 && s.Horizon <= 100):
		return s, fmt.Errorf("a horizon of %g years is not between 0 and 100", s.Horizon)
	case !(s.Water >= 0 && s.Water <= 100):
		return s, fmt.Errorf("%g litres of water per kWh are not between 0 and 100", s.Water)
	case !(s.Reuse.Fraction() >= 0 && s.Reuse.Fraction() <= 1) || !(s.Heating.Share.Fraction() >= 0 && s.Heating.Share.Fraction() <= 1):
		return s, fmt.Errorf("a share of heat is not between 0 and 100 %%")
	case !(s.Rebound.Fraction() >= 0 && s.Rebound.Fraction() <= 10):
		return s, fmt.Errorf("a rebound of %s is not between 0 and 1000 %%", s.Rebound)
	case s.Draws < 1 || s.Draws > maxDraws:
		return s, fmt.Errorf("%d draws are not between 1 and %d", s.Draws, maxDraws)
	case s.FixedShare.Known() && !(s.FixedShare.Fraction() >= 0 && s.FixedShare.Fraction() <= 1):
		return s, fmt.Errorf("a fixed share of %s is not between 0 and 100 %%", s.FixedShare)
	}
	for _, site := range s.Sites {
		if site.PUE != 0 && !(site.PUE >= 1 && site.PUE <= 10) {
			return s, fmt.Errorf("site %s: a PUE of %g is not between 1 and 10", site.Name, site.PUE)
		}
		if !(site.Other >= 0) || math.IsInf(site.Other, 0) {
			return s, fmt.Errorf("site %s: %g W of other load make no sense", site.Name, site.Other)
		}
	}
	return s, nil
}

// check refuses loads that are no loads and machines that give power back.
func (s Scenario) check() error {
	seen := map[string]bool{}
	for _, h := range s.Hosts {
		switch {
		case !(h.Load >= 0) || math.IsInf(h.Load, 0):
			return fmt.Errorf("host %s: a load of %g makes no sense", h.Host.ID, h.Load)
		case slices.ContainsFunc(h.Profile, func(l float64) bool { return !(l >= 0) || math.IsInf(l, 0) }) || len(h.Profile) > maxProfile:
			return fmt.Errorf("host %s: its load profile makes no sense", h.Host.ID)
		case h.Embodied.Kg() < 0:
			return fmt.Errorf("host %s: a manufacture of %s makes no sense", h.Host.ID, h.Embodied)
		case !(h.LoadGSD == 0 || h.LoadGSD >= 1 && h.LoadGSD <= 10):
			return fmt.Errorf("host %s: a spread of load of %g is not between 1 and 10", h.Host.ID, h.LoadGSD)
		case seen[h.Host.ID]:
			return fmt.Errorf("host %s stands twice in a scenario", h.Host.ID)
		}
		seen[h.Host.ID] = true
	}
	for _, c := range s.Chassis {
		if c.Power.Fixed.Watts() < 0 || c.Power.PerModule.Watts() < 0 || c.Embodied.Kg() < 0 {
			return fmt.Errorf("chassis %s: negative power or manufacture makes no sense", c.ID)
		}
	}
	return nil
}
