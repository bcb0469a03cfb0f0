package carbon

// Rung tells how good the best source for a figure of a host was.
type Rung string

// The rungs of the ladders of power, throughput and manufacture, best first.
const (
	Metered   Rung = "metered"       // a meter's kWh
	Measured  Rung = "measured"      // mean watts of the host's own sensor
	Given     Rung = "given"         // points, idle and max, or a maker's sheet, in estate or catalogue
	ExactCPU  Rung = "exact CPU"     // published results of this processor and socket count
	Family    Rung = "CPU family"    // published results of the same core design
	Nameplate Rung = "TDP"           // thermal design power, by published results of the same years
	Class     Rung = "hardware year" // published results of the same years and socket count
	Clock     Rung = "clock"         // cores × clock × year alone
	BottomUp  Rung = "bottom-up"     // from parts and areas of silicon
	Default   Rung = "default"       // nothing is known of it
)

// Assumption is one figure that a result rests on and that was not read from
// the estate as it stands.
type Assumption struct {
	ID      string  `json:"id" yaml:"id"`     // stable: "grid.FR.ademe", "pue.default", "power.hardware-year.2007"
	What    string  `json:"what" yaml:"what"` // a sentence in English
	Value   float64 `json:"value" yaml:"value"`
	Unit    string  `json:"unit,omitzero" yaml:"unit,omitempty"`
	Low     float64 `json:"low,omitzero" yaml:"low,omitempty"`   // 5th percentile
	High    float64 `json:"high,omitzero" yaml:"high,omitempty"` // 95th percentile
	Rung    Rung    `json:"rung,omitzero" yaml:"rung,omitempty"` // of the ladder it was found on
	Source  string  `json:"source" yaml:"source"`                // publisher, title, year
	Link    string  `json:"link,omitzero" yaml:"link,omitempty"`
	Licence string  `json:"licence,omitzero" yaml:"licence,omitempty"`
	Count   int     `json:"count,omitzero" yaml:"count,omitempty"` // hosts it applies to
}

// within completes an assumption with the ends of a log-normal of geometric
// standard deviation gsd around its value.
func (a Assumption) within(gsd float64) Assumption {
	r := logNormal(a.Value, gsd)
	a.Low, a.High = r.Low, r.High
	return a
}

// from completes an assumption with a source of the table.
func (a Assumption) from(s Source) Assumption {
	a.Source = s.Publisher + ", " + s.Title + ", " + s.Year
	a.Link, a.Licence = s.Link, s.Licence
	return a
}
