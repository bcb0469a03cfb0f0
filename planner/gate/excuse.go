package gate

import (
	"fmt"

	"sobre/inventory"
	"sobre/planner/plan"
)

// excuse looks for what covers a gate as a whole: a waiver without subjects
// that has not ended, else the baseline.
func (j *judge) excuse(g Gate, r *Result) {
	for _, w := range g.Waivers {
		if len(w.Subjects) > 0 {
			continue
		}
		e := j.excuseOf(w)
		if r.Waiver = &e; !e.Expired {
			r.Status = Waived
			return
		}
	}
	if j.in.Baseline.covers(g, "", r.Value) {
		r.Status = Known
	}
}

// excuseItem looks for what covers one subject of a gate.
func (j *judge) excuseItem(g Gate, i *Item) {
	for _, w := range g.Waivers {
		if len(w.Subjects) > 0 && !inventory.MatchesAny(w.Subjects, i.ID) {
			continue
		}
		e := j.excuseOf(w)
		if i.Waiver = &e; !e.Expired {
			i.Status = Waived
			return
		}
	}
	if j.in.Baseline.covers(g, i.ID, i.Value) {
		i.Status = Known
	}
}

// excuseOf is a waiver on the day of the check: it counts on its last day.
func (j *judge) excuseOf(w plan.Waiver) Excuse {
	return Excuse{Owner: w.Owner, Reason: w.Reason, Until: w.Until, Expired: j.in.Date.Time().After(w.Until.Time())}
}

// noteUnusedWaivers tells of waivers that cover nothing: expired ones that
// something still needs fail the gate themselves, all others are left over.
func (j *judge) noteUnusedWaivers(g Gate, r *Result) {
	for _, w := range g.Waivers {
		e := j.excuseOf(w)
		used := r.Waiver != nil && *r.Waiver == e
		for i := range r.Subjects {
			used = used || r.Subjects[i].Waiver != nil && *r.Subjects[i].Waiver == e
		}
		switch {
		case used && e.Expired:
			j.notes = append(j.notes, Note{"waiver-expired", g.Name, g.Line, fmt.Sprintf("the waiver of %s ended on %s and covers nothing any more", w.Owner, w.Until)})
		case !used:
			j.notes = append(j.notes, Note{"waiver-unused", g.Name, g.Line, fmt.Sprintf("the waiver of %s (until %s) covers nothing: take it out", w.Owner, w.Until)})
		}
	}
}
