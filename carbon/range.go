package carbon

// Range is a figure with its doubt: the 5th, 50th and 95th percentile.
type Range struct {
	Low  float64 `json:"low" yaml:"low"`
	Best float64 `json:"best" yaml:"best"`
	High float64 `json:"high" yaml:"high"`
}
