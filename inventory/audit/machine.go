package audit

import (
	"sobre/inventory"
)

// Machine is one machine in one line, for spreadsheets: a standalone server, a
// hypervisor or a guest.
type Machine struct {
	Kind      string            `json:"kind" yaml:"kind"` // server | hypervisor | guest
	ID        string            `json:"id" yaml:"id"`     // of the host, or of the guest
	Name      string            `json:"name,omitzero" yaml:"name,omitempty"`
	Host      string            `json:"host,omitzero" yaml:"host,omitempty"` // of a guest
	State     string            `json:"state,omitzero" yaml:"state,omitempty"`
	Site      string            `json:"site,omitzero" yaml:"site,omitempty"`
	Service   string            `json:"service,omitzero" yaml:"service,omitempty"`
	Make      string            `json:"make,omitzero" yaml:"make,omitempty"`
	Model     string            `json:"model,omitzero" yaml:"model,omitempty"`
	Year      int               `json:"year,omitzero" yaml:"year,omitempty"`
	OS        string            `json:"os,omitzero" yaml:"os,omitempty"`
	Support   inventory.Support `json:"support" yaml:"support"`
	CPUs      int               `json:"cpus,omitzero" yaml:"cpus,omitempty"` // cores of a host, vCPUs of a guest
	MemoryMiB float64           `json:"memory_mib,omitzero" yaml:"memory_mib,omitempty"`
	CPU       *float64          `json:"cpu_percent,omitempty" yaml:"cpu_percent,omitempty"` // busy level
	CPUBasis  string            `json:"cpu_basis,omitzero" yaml:"cpu_basis,omitempty"`      // p95, …, now
	CPUMax    *float64          `json:"cpu_max_percent,omitempty" yaml:"cpu_max_percent,omitempty"`
	Memory    *float64          `json:"memory_percent,omitempty" yaml:"memory_percent,omitempty"`
	Idle      string            `json:"idle,omitzero" yaml:"idle,omitempty"` // zombie, idle, off or stale
	Verdict   Verdict           `json:"verdict,omitzero" yaml:"verdict,omitempty"`
	Score     int               `json:"score,omitzero" yaml:"score,omitempty"`
}

// machines are all hosts in the order of the estate, then all guests.
func (v *view) machines(a *Audit) []Machine {
	idle := map[string]string{}
	for _, i := range a.Idle {
		idle[i.ID] = i.Kind
	}
	candidates := map[string]*Candidate{}
	for i := range a.Candidates {
		candidates[a.Candidates[i].ID] = &a.Candidates[i]
	}
	var out []Machine
	for i := range v.estate.Hosts {
		h := &v.estate.Hosts[i]
		m := Machine{Kind: "hypervisor", ID: h.ID, Name: h.Name, State: string(h.State), Site: h.Site, Make: h.Make, Model: h.Model, Year: h.Year, OS: h.OS,
			CPUs: h.CPU.Cores, MemoryMiB: h.Memory.MiB()}
		cpu, memory := &h.Use.CPU, &h.Use.Memory
		if v.standalone(h) {
			m.Kind = "server"
			for _, w := range v.onHost[h.ID] {
				m.OS, m.Service, m.Idle = w.OS, w.Service, idle[w.ID]
				cpu, memory = v.cpuUse(w), v.memoryUse(w)
			}
		}
		if c := candidates[h.ID]; c != nil {
			m.Verdict, m.Score = c.Verdict, c.Score
		}
		m.measure(cpu, memory, h.CPU.MHz(), h.Memory.MiB())
		m.Support = v.support(m.OS)
		out = append(out, m)
	}
	for i := range v.estate.Workloads {
		w := &v.estate.Workloads[i]
		if v.physical(w) && v.hosts[w.Host] != nil {
			continue
		}
		m := Machine{Kind: "guest", ID: w.ID, Name: w.Name, Host: w.Host, State: string(w.State), Service: w.Service, OS: w.OS, Support: v.support(w.OS),
			CPUs: w.VCPUs, MemoryMiB: w.Memory.MiB(), Idle: idle[w.ID]}
		if h := v.hosts[w.Host]; h != nil {
			m.Site = h.Site
		}
		m.measure(v.cpuUse(w), v.memoryUse(w), v.cpuWhole(w), v.memoryWhole(w))
		out = append(out, m)
	}
	return out
}

func (m *Machine) measure(cpu, memory *inventory.Stat, mhz, mib float64) {
	if r, ok := busy(cpu, mhz); ok {
		m.CPU, m.CPUBasis = number(r.percent), r.basis
	}
	if p, ok := percent(cpu.Max, mhz); ok {
		m.CPUMax = number(p)
	}
	if r, ok := busy(memory, mib); ok {
		m.Memory = number(r.percent)
	}
}
