package verify

import "fmt"

// Violation is one thing that a plan breaks.
type Violation struct {
	Code    string `json:"code"`    // stable, in words: "over-limit"
	Subject string `json:"subject"` // ID of the workload, host or rule it is about
	What    string `json:"what"`    // a sentence in English, with the numbers
}

// Checked is one property that was looked at, and on how many things.
type Checked struct {
	Property string `json:"property"` // "limits", "rules", …
	Count    int    `json:"count"`    // workloads, hosts, pairs, … that it was checked on
}

// Report is what the referee found.
type Report struct {
	Checked    []Checked   `json:"checked"`
	Violations []Violation `json:"violations"`
	// Unchecked says, a sentence each, what could not be rechecked and why.
	Unchecked []string `json:"unchecked"`
}

// OK tells whether the plan breaks nothing.
func (r Report) OK() bool { return len(r.Violations) == 0 }

// Checks is how many single facts were checked.
func (r Report) Checks() int {
	n := 0
	for _, c := range r.Checked {
		n += c.Count
	}
	return n
}

// recorder collects a Report.
type recorder struct{ Report }

func (r *recorder) broke(code, subject, format string, args ...any) {
	r.Violations = append(r.Violations, Violation{code, subject, fmt.Sprintf(format, args...)})
}

func (r *recorder) checked(property string, count int) {
	for i := range r.Checked {
		if r.Checked[i].Property == property {
			r.Checked[i].Count += count
			return
		}
	}
	r.Checked = append(r.Checked, Checked{property, count})
}

func (r *recorder) unchecked(format string, args ...any) {
	r.Unchecked = append(r.Unchecked, fmt.Sprintf(format, args...))
}
