package verify

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// enclosure is a chassis before and after the plan.
type enclosure struct {
	estate        *inventory.Chassis // nil for a bought one
	planned       *plan.Chassis
	before, after int          // blades in service
	slots         map[int]bool // that a blade after the plan stands in
}

// checkChassis sees that blades stand in enclosures that exist or are bought,
// of the model they need, each in a slot of its own.
func (w *world) checkChassis(r *recorder) {
	all := w.enclosures(r)
	for _, h := range w.hosts {
		w.fillSlot(h, all, r)
	}
	for n := range w.plan.Chassis {
		w.checkEnclosure(&w.plan.Chassis[n], all, r)
	}
	for _, c := range w.estate.Chassis {
		if e := all[c.ID]; e.planned == nil && e.before+e.after > 0 {
			r.broke("chassis-missing", c.ID, "%d blades stand in it before and %d after, and the plan does not list it", e.before, e.after)
		}
	}
	r.checked("chassis", len(all))
}

func (w *world) enclosures(r *recorder) map[string]*enclosure {
	all := map[string]*enclosure{}
	for n := range w.estate.Chassis {
		c := &w.estate.Chassis[n]
		all[c.ID] = &enclosure{estate: c, slots: map[int]bool{}}
	}
	for n := range w.plan.Chassis {
		c := &w.plan.Chassis[n]
		e := all[c.ID]
		switch {
		case e == nil:
			all[c.ID] = &enclosure{planned: c, slots: map[int]bool{}}
		case e.planned != nil:
			r.broke("chassis-twice", c.ID, "the plan lists it twice")
		default:
			e.planned = c
		}
	}
	return all
}

func (w *world) fillSlot(h *host, all map[string]*enclosure, r *recorder) {
	e := all[h.chassis]
	if h.estate == nil {
		w.checkNeedsChassis(h, e, r)
	}
	if e == nil {
		return // a host of the estate may name a chassis that no source describes
	}
	if h.counted() {
		e.before++
	}
	if !h.after() {
		return
	}
	e.after++
	slot := h.planned.Slot
	if slot == 0 {
		return
	}
	if e.slots[slot] {
		r.broke("chassis-slot", h.id, "slot %d of %s holds another host already", slot, h.chassis)
	}
	e.slots[slot] = true
	if slots := w.slotsOf(e); slot < 0 || slots > 0 && slot > slots {
		r.broke("chassis-slot", h.id, "slot %d of %s does not exist (%d slots)", slot, h.chassis, slots)
	}
}

func (w *world) checkNeedsChassis(h *host, e *enclosure, r *recorder) {
	if h.model == nil {
		return
	}
	need := h.model.Chassis
	switch {
	case need == "" && h.chassis != "":
		r.broke("chassis-model", h.id, "its model %s stands in a rack, and the plan puts it in chassis %s", h.model.Name, h.chassis)
	case need != "" && e == nil:
		r.broke("chassis-model", h.id, "its model %s needs a chassis %s, and the plan gives it none", h.model.Name, need)
	case need != "" && e.modelName() != need:
		r.broke("chassis-model", h.id, "its model %s needs a chassis %s, and %s is a %s", h.model.Name, need, h.chassis, quote(e.modelName()))
	}
}

func (e *enclosure) modelName() string {
	if e.estate != nil {
		return e.estate.Model
	}
	return e.planned.Model
}

// slotsOf is how many blades fit in an enclosure, 0 when nobody says.
func (w *world) slotsOf(e *enclosure) int {
	if e.estate != nil && e.estate.Slots > 0 {
		return e.estate.Slots
	}
	if m := w.chassisModel(e.modelName()); m != nil && m.Slots > 0 {
		return m.Slots
	}
	if e.planned != nil {
		return e.planned.Slots
	}
	return 0
}

func (w *world) chassisModel(name string) *inventory.ChassisModel {
	if w.catalogue == nil {
		return nil
	}
	for n := range w.catalogue.Chassis {
		if w.catalogue.Chassis[n].Name == name {
			return &w.catalogue.Chassis[n]
		}
	}
	return nil
}

func (w *world) checkEnclosure(c *plan.Chassis, all map[string]*enclosure, r *recorder) {
	e := all[c.ID]
	if e.planned != c {
		return // listed twice
	}
	if c.Before != e.before || c.After != e.after {
		r.broke("chassis-count", c.ID, "the plan counts %d blades before and %d after, there are %d and %d", c.Before, c.After, e.before, e.after)
	}
	if slots := w.slotsOf(e); slots > 0 && e.after > slots {
		r.broke("chassis-slot", c.ID, "%d blades stand in its %d slots", e.after, slots)
	}
	want := plan.Keep
	switch {
	case e.estate == nil:
		want = plan.Buy
	case e.after == 0:
		want = plan.Retire
	}
	if c.State != want {
		r.broke("chassis-state", c.ID, "the plan says %s, with %d blades after it is %s", quote(string(c.State)), e.after, quote(string(want)))
	}
}
