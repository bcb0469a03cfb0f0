package carbon

// Assumption is one figure that a result rests on and that was not read from
// the estate as it stands.
type Assumption struct {
	ID      string  `json:"id" yaml:"id"`     // stable: "grid.FR", "pue.default", "power.class.2007.2s"
	What    string  `json:"what" yaml:"what"` // a sentence in English
	Value   float64 `json:"value" yaml:"value"`
	Unit    string  `json:"unit,omitzero" yaml:"unit,omitempty"`
	Low     float64 `json:"low,omitzero" yaml:"low,omitempty"`   // 5th percentile
	High    float64 `json:"high,omitzero" yaml:"high,omitempty"` // 95th percentile
	Rung    string  `json:"rung,omitzero" yaml:"rung,omitempty"` // of the ladder it was found on
	Source  string  `json:"source" yaml:"source"`                // publisher, title, year
	Link    string  `json:"link,omitzero" yaml:"link,omitempty"`
	Licence string  `json:"licence,omitzero" yaml:"licence,omitempty"`
	Count   int     `json:"count,omitzero" yaml:"count,omitempty"` // hosts it applies to
}
