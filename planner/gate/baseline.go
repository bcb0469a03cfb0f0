package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sobre/inventory"
)

// Baseline is what is known to fail: it is told and does not fail the check
// again unless it gets worse. Gates are known by their names.
type Baseline struct {
	Version int          `json:"version"`
	Known   []KnownThing `json:"known"`
}

// KnownThing is one known failure: of a gate, or of one subject of it.
type KnownThing struct {
	Gate    string   `json:"gate"`
	Subject string   `json:"subject,omitzero"`
	Value   *float64 `json:"value,omitempty"` // how bad it was; absent: it could not be told
}

// maxBaseline is far more than any estate has to know.
const maxBaseline = 64 << 20

// ReadBaseline reads a baseline that Baseline writes as JSON. name is what
// errors call it.
func ReadBaseline(r io.Reader, name string) (*Baseline, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBaseline+1))
	if err != nil {
		return nil, fmt.Errorf("reading baseline %s: %w", name, err)
	}
	if len(data) > maxBaseline {
		return nil, fmt.Errorf("reading baseline %s: larger than %d MiB", name, maxBaseline>>20)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	b := new(Baseline)
	if err := d.Decode(b); err != nil {
		return nil, fmt.Errorf("reading baseline %s: %w; write it anew with --write-baseline", name, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading baseline %s: text after the document", name)
	}
	if b.Version != inventory.Version {
		return nil, fmt.Errorf("reading baseline %s: version %d is not a baseline's of this program (version %d)", name, b.Version, inventory.Version)
	}
	return b, nil
}

// Baseline is what fails today, for the next check to know.
func (r *Report) Baseline() *Baseline {
	b := &Baseline{Version: inventory.Version, Known: []KnownThing{}}
	for i := range r.Results {
		x := &r.Results[i]
		if x.Status != Fails && x.Status != Known {
			continue
		}
		list := false
		for _, s := range x.Subjects {
			if s.Status == Fails || s.Status == Known {
				list = list || x.perSubject()
				if x.perSubject() {
					b.Known = append(b.Known, KnownThing{x.Gate, s.ID, s.Value})
				}
			}
		}
		if !list {
			b.Known = append(b.Known, KnownThing{Gate: x.Gate, Value: x.Value})
		}
	}
	return b
}

// perSubject tells whether the subjects of the gate are excused one by one.
func (x *Result) perSubject() bool {
	m, err := Find(x.Measure)
	return err == nil && (m.Each || m.List) && x.Unknown == ""
}

// covers tells whether a failure is known and no worse than it was.
func (b *Baseline) covers(g Gate, subject string, value *float64) bool {
	if b == nil {
		return false
	}
	for _, k := range b.Known {
		if k.Gate != g.Name || k.Subject != subject {
			continue
		}
		if value == nil || k.Value == nil {
			return value == nil && k.Value == nil || subject != "" && value == nil
		}
		return !g.worse(*value, *k.Value)
	}
	return false
}

// unused tells of what the baseline knows and no gate fails any more.
func (b *Baseline) unused(r *Report) []Note {
	if b == nil {
		return nil
	}
	still := map[KnownThing]bool{}
	for i := range r.Results {
		x := &r.Results[i]
		if x.Status != Holds {
			still[KnownThing{Gate: x.Gate}] = true
		}
		for _, s := range x.Subjects {
			still[KnownThing{Gate: x.Gate, Subject: s.ID}] = true
		}
	}
	var notes []Note
	for _, k := range b.Known {
		if still[KnownThing{Gate: k.Gate, Subject: k.Subject}] {
			continue
		}
		what := k.Gate
		if k.Subject != "" {
			what = k.Subject
		}
		notes = append(notes, Note{Code: "baseline-gone", Gate: k.Gate, What: what + " is in the baseline and fails no more: write it anew with --write-baseline"})
	}
	return notes
}
