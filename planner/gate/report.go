package gate

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// Status is what became of a gate or of one thing that it is about.
type Status string

// The states.
const (
	Holds  Status = "holds"
	Fails  Status = "fails"  // does not hold, or cannot be told
	Waived Status = "waived" // does not hold, and a waiver covers that
	Known  Status = "known"  // does not hold, and the baseline has that, no better
)

// Report is what a check found.
type Report struct {
	Version  int            `json:"version"`
	Tool     string         `json:"tool"`
	Estate   string         `json:"estate"`
	Date     inventory.Date `json:"date"` // the day that waivers were held against
	Results  []Result       `json:"results"`
	Feasible Feasible       `json:"feasible"`
	// Notes are remarks on the gates themselves: waivers that have expired or
	// that nothing needs, entries of the baseline that are gone.
	Notes []Note `json:"notes,omitempty"`
}

// Feasible is what the best plan that was found comes to.
type Feasible struct {
	Status plan.Status `json:"status"`
	Today  int         `json:"hosts_today"`
	Hosts  int         `json:"hosts_planned"`
	Bound  int         `json:"hosts_bound"` // no plan has fewer
}

// Result is what became of one gate.
type Result struct {
	Gate      string    `json:"gate"` // its name
	Condition string    `json:"condition"`
	Measure   string    `json:"measure"`
	Level     Level     `json:"level"`
	View      plan.View `json:"view"`
	File      string    `json:"file,omitzero"`
	Line      int       `json:"line,omitzero"`
	Implied   bool      `json:"implied,omitzero"` // in force although no file states it
	Status    Status    `json:"status"`
	Op        Op        `json:"op"`
	Limit     float64   `json:"limit"`
	Unit      Unit      `json:"unit,omitzero"`
	Currency  string    `json:"currency,omitzero"` // of an amount of money, in place of the EUR of its unit
	// Value is the figure; of a gate on each host or datastore the worst one.
	// Absent: it cannot be told.
	Value    *float64 `json:"value,omitempty"`
	Unknown  string   `json:"unknown,omitzero"` // why it cannot be told
	Partial  string   `json:"partial,omitzero"` // what was left out for lack of data
	Why      string   `json:"why,omitzero"`     // of the gate
	Subjects []Item   `json:"subjects,omitempty"`
	Waiver   *Excuse  `json:"waiver,omitempty"`  // that covers the gate as a whole
	Planned  *Planned `json:"planned,omitempty"` // the same figure after the best plan, where the gate fails today
}

// Item is one thing that a gate is about and that does not meet it.
type Item struct {
	ID     string   `json:"id"`
	Value  *float64 `json:"value,omitempty"`
	What   string   `json:"what,omitzero"`
	Line   int      `json:"line,omitzero"` // of it in the file of the gate
	Status Status   `json:"status"`
	Waiver *Excuse  `json:"waiver,omitempty"`
}

// Excuse is a waiver as a report names it.
type Excuse struct {
	Owner   string         `json:"owner"`
	Reason  string         `json:"reason"`
	Until   inventory.Date `json:"until"`
	Expired bool           `json:"expired,omitzero"`
}

// Planned is what a figure comes to after the best plan.
type Planned struct {
	Value float64 `json:"value"`
	Holds bool    `json:"holds"`
}

// Note is a remark on the gates themselves.
type Note struct {
	Code string `json:"code"` // waiver-expired | waiver-unused | baseline-gone | baseline-better
	Gate string `json:"gate"`
	Line int    `json:"line,omitzero"`
	What string `json:"what"`
}

// Failed counts the gates that fail the check.
func (r *Report) Failed() int { return r.count(Deny, Fails) }

// Warned counts the gates of level warn that do not hold.
func (r *Report) Warned() int { return r.count(Warn, Fails) }

func (r *Report) count(l Level, s Status) int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Level == l && r.Results[i].Status == s {
			n++
		}
	}
	return n
}

// Count is how many gates came to a status, of either level.
func (r *Report) Count(s Status) int { return r.count(Deny, s) + r.count(Warn, s) }

// Partial tells whether a gate was judged on part of what it is about, or not
// at all, for lack of data.
func (r *Report) Partial() bool {
	for i := range r.Results {
		if r.Results[i].Partial != "" || r.Results[i].Unknown != "" {
			return true
		}
	}
	return false
}
