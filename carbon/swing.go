package carbon

// Swing is how far one assumption alone moves a result.
type Swing struct {
	ID   string  `json:"id" yaml:"id"`     // of the Assumption
	What string  `json:"what" yaml:"what"` // in a few words of English
	Low  float64 `json:"low" yaml:"low"`   // the result with the assumption at its 5th percentile, in kgCO2e a year
	High float64 `json:"high" yaml:"high"` // and at its 95th
}
