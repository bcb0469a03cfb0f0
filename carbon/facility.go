package carbon

// Facility splits what a machine room draws besides its IT into a part that
// stays and a part that follows the IT load: overhead = Fixed + Slope × IT
// (N. Rasmussen, "Electrical Efficiency Modeling for Data Centers", Schneider
// Electric White Paper 113, 2011; its square term is left out). A constant PUE
// has no fixed part and overstates what less IT saves.
type Facility struct {
	Fixed float64 // W
	Slope float64 // W per W of IT
}

// SplitPUE makes the facility of a room that has a PUE at an IT load in W, where
// fixedShare (φ, 0 to 1) of its overhead does not follow the load:
// F = φ·(PUE−1)·P and α = (1−φ)·(PUE−1).
func SplitPUE(pue, fixedShare, itWatts float64) Facility {
	overhead := pue - 1
	return Facility{Fixed: fixedShare * overhead * itWatts, Slope: (1 - fixedShare) * overhead}
}

// Watts is what the room draws at an IT load, in W.
func (f Facility) Watts(itWatts float64) float64 {
	return itWatts*(1+f.Slope) + f.Fixed
}

// PUE is the power usage effectiveness at an IT load (ISO/IEC 30134-2).
func (f Facility) PUE(itWatts float64) float64 {
	if itWatts <= 0 {
		return 0
	}
	return f.Watts(itWatts) / itWatts
}
