package inventory

// Severity is how much a finding matters.
type Severity string

// The severities, worst first.
const (
	Error   Severity = "error"   // something was left out or cannot be computed
	Warning Severity = "warning" // a doubt that may change the answer
	Note    Severity = "note"    // worth knowing
)

// UnmarshalText reads a severity and names the nearest one to what it does not know.
func (s *Severity) UnmarshalText(text []byte) error { return OneOf(s, text, Error, Warning, Note) }

// Finding is one remark on data or plan.
type Finding struct {
	Code     string   `yaml:"code" json:"code"` // stable, in words: "memory-unknown"
	Severity Severity `yaml:"severity,omitempty" json:"severity,omitzero"`
	Subject  string   `yaml:"subject,omitempty" json:"subject,omitzero"` // ID of the host, workload, … it is about
	What     string   `yaml:"what" json:"what"`                          // a sentence in English
	Do       string   `yaml:"do,omitempty" json:"do,omitzero"`           // what to do about it
	Source   string   `yaml:"source,omitempty" json:"source,omitzero"`   // Source.ID
	At       string   `yaml:"at,omitempty" json:"at,omitzero"`           // file, sheet, element or object
	Line     int      `yaml:"line,omitempty" json:"line,omitzero"`
	// Values are the names and numbers in What, so that another language can
	// say the same.
	Values map[string]string `yaml:"values,omitempty,flow" json:"values,omitempty"`
}
