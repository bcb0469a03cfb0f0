package audit

import (
	"fmt"

	"sobre/inventory"
)

// Accepted is what people accept although it speaks against moving a machine:
// somebody answers for it until a day. It is kept in a small file.
type Accepted struct {
	Version int          `yaml:"version" json:"version"`
	Accept  []Acceptance `yaml:"accept" json:"accept"`
}

// Acceptance is one reason of one machine, or of several by pattern.
type Acceptance struct {
	Machine string         `yaml:"machine" json:"machine"`                   // ID or name; * and ? stand for any characters
	Code    string         `yaml:"code" json:"code"`                         // of the reason: "usb", "not-measured"
	Owner   string         `yaml:"owner" json:"owner"`                       // who answers for it
	Until   inventory.Date `yaml:"until" json:"until"`                       // it counts again after that day
	Reason  string         `yaml:"reason,omitempty" json:"reason,omitempty"` // why
}

// Check tells what is wrong with the file.
func (a *Accepted) Check() error {
	if a.Version != 0 && a.Version != inventory.Version {
		return fmt.Errorf("version %d of what is accepted is not known, only %d", a.Version, inventory.Version)
	}
	for i, x := range a.Accept {
		if x.Machine == "" || x.Code == "" || x.Owner == "" || !x.Until.Known() {
			return fmt.Errorf("accept, number %d: machine, code, owner and until are all needed", i+1)
		}
	}
	return nil
}

// accept marks the reasons that someone answers for on the day of the inventory.
func (v *view) accept(h *inventory.Host, reasons []Reason) {
	if v.options.Accepted == nil {
		return
	}
	names := []string{h.ID, h.Name}
	for _, w := range v.onHost[h.ID] {
		names = append(names, w.ID, w.Name)
	}
	for i := range reasons {
		r := &reasons[i]
		for _, a := range v.options.Accepted.Accept {
			if a.Code != r.Code || !inventory.Matches(a.Machine, names...) || v.day.Time().After(a.Until.Time()) {
				continue
			}
			r.Weight, r.Owner, r.Until = Granted, a.Owner, a.Until
		}
	}
}
