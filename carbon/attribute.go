package carbon

import (
	"cmp"
	"slices"
)

// Tenant is a workload as it shares a host with others.
type Tenant struct {
	ID      string
	Host    string
	Service string
	// Allocated is its part of what the host has set aside for its workloads,
	// in any unit, the same for all of a host: memory, say.
	Allocated float64
	// Used is its part of the work, in any unit, the same for all of a host: ssj_ops or MHz.
	Used float64
}

// Share is one workload's part of a footprint: a host's idle power and its
// enclosure by what is allocated, the rest by what is used. The parts of all
// sum to the whole.
type Share struct {
	ID         string `json:"id" yaml:"id"` // empty: hosts without workloads, that is spares, or a room whose hosts are all off
	Host       string `json:"host,omitzero" yaml:"host,omitempty"`
	Service    string `json:"service,omitzero" yaml:"service,omitempty"`
	EnergyKWh  Range  `json:"energy_kwh_per_year" yaml:"energy_kwh_per_year"` // at the room's meter
	CO2eKg     Range  `json:"co2e_kg_per_year" yaml:"co2e_kg_per_year"`       // of use
	EmbodiedKg Range  `json:"embodied_kg_per_year" yaml:"embodied_kg_per_year"`
	// SCIKg is the software carbon intensity with one workload for one year as
	// the functional unit, use and manufacture (ISO/IEC 21031:2024), in kgCO2e.
	SCIKg Range `json:"sci_kg_per_workload_year" yaml:"sci_kg_per_workload_year"`
}

// parts of a whole that a workload takes, 0 to 1 of all hosts.
type parts struct{ energy, co2e, embodied float64 }

// Attribute shares a footprint among workloads: that of before, or with after
// set that of after. Workloads on hosts that are not in the scenario get nothing.
func (r Result) Attribute(tenants []Tenant, after bool) []Share {
	whole := r.Before
	if after {
		whole = r.After
	}
	byHost := map[string][]Tenant{}
	for _, t := range tenants {
		byHost[t.Host] = append(byHost[t.Host], t)
	}
	var sum parts
	for _, h := range r.Hosts {
		u := h.use(after)
		sum.energy += u.EnergyKWh.Best
		sum.co2e += u.CO2eKg.Best
		sum.embodied += u.EmbodiedKg
	}
	var list []Share
	for _, h := range r.Hosts {
		u := h.use(after)
		if u.EnergyKWh.Best == 0 && u.EmbodiedKg == 0 {
			continue
		}
		of := parts{ratio(u.EnergyKWh.Best, sum.energy), ratio(u.CO2eKg.Best, sum.co2e), ratio(u.EmbodiedKg, sum.embodied)}
		if sum.embodied == 0 {
			of.embodied = of.energy // an enclosure alone was bought
		}
		list = append(list, shareHost(h.ID, byHost[h.ID], of, ratio(u.IdleKWh, u.EnergyKWh.Best), whole)...)
	}
	if sum.energy == 0 && whole.EnergyKWh.Best != 0 { // all is off, the room's fixed overhead stays
		list = append(list, Share{EnergyKWh: whole.EnergyKWh, CO2eKg: whole.CO2eKg, SCIKg: whole.CO2eKg})
	}
	slices.SortStableFunc(list, func(a, b Share) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Host, b.Host)) })
	return list
}

func (h HostFootprint) use(after bool) HostUse {
	if after {
		return h.After
	}
	return h.Before
}

// shareHost splits one host's part among its workloads; idle is the part of its
// energy that does not follow the work.
func shareHost(host string, tenants []Tenant, of parts, idle float64, whole Footprint) []Share {
	if len(tenants) == 0 {
		tenants = []Tenant{{Host: host}}
	}
	var allocated, used float64
	for _, t := range tenants {
		allocated += t.Allocated
		used += t.Used
	}
	list := make([]Share, 0, len(tenants))
	for _, t := range tenants {
		even := 1 / float64(len(tenants))
		byAllocation, byUse := even, even
		if allocated > 0 {
			byAllocation = t.Allocated / allocated
		}
		if used > 0 {
			byUse = t.Used / used
		} else {
			byUse = byAllocation
		}
		k := idle*byAllocation + (1-idle)*byUse
		s := Share{
			ID: t.ID, Host: host, Service: t.Service, EnergyKWh: whole.EnergyKWh.Scale(of.energy * k),
			CO2eKg: whole.CO2eKg.Scale(of.co2e * k), EmbodiedKg: whole.EmbodiedKgPerYear.Scale(of.embodied * byAllocation),
		}
		s.SCIKg = Range{s.CO2eKg.Low + s.EmbodiedKg.Low, s.CO2eKg.Best + s.EmbodiedKg.Best, s.CO2eKg.High + s.EmbodiedKg.High}
		list = append(list, s)
	}
	return list
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// ServiceShare is the part of a service: the sum over its workloads.
type ServiceShare struct {
	Service    string `json:"service" yaml:"service"` // empty: workloads that name none, and spare hosts
	Workloads  int    `json:"workloads" yaml:"workloads"`
	EnergyKWh  Range  `json:"energy_kwh_per_year" yaml:"energy_kwh_per_year"`
	CO2eKg     Range  `json:"co2e_kg_per_year" yaml:"co2e_kg_per_year"`
	EmbodiedKg Range  `json:"embodied_kg_per_year" yaml:"embodied_kg_per_year"`
}

// ByService sums shares by service, by name.
func ByService(shares []Share) []ServiceShare {
	byName := map[string]*ServiceShare{}
	var names []string
	for _, s := range shares {
		sum, ok := byName[s.Service]
		if !ok {
			sum = &ServiceShare{Service: s.Service}
			byName[s.Service] = sum
			names = append(names, s.Service)
		}
		if s.ID != "" {
			sum.Workloads++
		}
		sum.EnergyKWh = sum.EnergyKWh.Plus(s.EnergyKWh)
		sum.CO2eKg = sum.CO2eKg.Plus(s.CO2eKg)
		sum.EmbodiedKg = sum.EmbodiedKg.Plus(s.EmbodiedKg)
	}
	slices.Sort(names)
	list := make([]ServiceShare, 0, len(names))
	for _, n := range names {
		list = append(list, *byName[n])
	}
	return list
}
