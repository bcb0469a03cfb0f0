package gate

import (
	"sobre/inventory"
	"sobre/planner/plan"
)

// reader reads figures off one view of an estate.
type reader struct {
	view    plan.View
	plan    *plan.Plan
	estate  *inventory.Estate
	date    inventory.Date
	hosts   map[string]*inventory.Host // of the estate, by ID
	planned map[string]*plan.Host      // of the view, by ID
	models  map[string]*inventory.HostModel
}

func newReader(view plan.View, p *plan.Plan, e *inventory.Estate, date inventory.Date) *reader {
	r := &reader{
		view: view, plan: p, estate: e, date: date,
		hosts: map[string]*inventory.Host{}, planned: map[string]*plan.Host{}, models: map[string]*inventory.HostModel{},
	}
	for i := range e.Hosts {
		r.hosts[e.Hosts[i].ID] = &e.Hosts[i]
	}
	for i := range p.Hosts {
		r.planned[p.Hosts[i].ID] = &p.Hosts[i]
	}
	for i := range p.Models {
		r.models[p.Models[i].Name] = &p.Models[i]
	}
	return r
}

// cpuOf is what processors a host has, of the estate or bought.
func (r *reader) cpuOf(h *plan.Host) inventory.CPU {
	if e := r.hosts[h.ID]; e != nil && h.State != plan.Buy {
		return e.CPU
	}
	if m := r.models[h.Model]; m != nil {
		return m.CPU
	}
	return inventory.CPU{}
}

// reads tells why the view cannot give a measure: a plan was made by one figure
// of use, and knows no other.
func (r *reader) reads(m Measure) (unknown string) {
	p := r.plan.Policy
	switch {
	case r.view != plan.OnPlan:
		return ""
	case m.needs.CPU != "" && m.needs.CPU != p.CPU.Use:
		return "a plan knows only the figure of CPU use that it was made by, which is " + string(p.CPU.Use) + " (policy: cpu.use)"
	case m.needs.Memory != "" && m.needs.Memory != p.Memory.Use:
		return "a plan knows only the figure of memory that it was made by, which is " + string(p.Memory.Use) + " (policy: memory.use)"
	}
	return ""
}
