package planner

import (
	"maps"
	"slices"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// tenancy is which workloads that run are on which host: today, or after the
// plan.
type tenancy map[string][]*inventory.Workload

// tenancyToday is where what runs is found today, by the hosts it names.
func (s *survey) tenancyToday() tenancy {
	t := tenancy{}
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			if _, ok := s.hostPlace[w.Host]; ok && !isOff(w) {
				t[w.Host] = append(t[w.Host], w)
			}
		}
	}
	return t
}

// tenancyOf is where a plan puts what runs.
func (s *survey) tenancyOf(p *plan.Plan) tenancy {
	to := make(map[string]string, len(p.Placements))
	for _, m := range p.Placements {
		to[m.Workload] = m.To
	}
	t := tenancy{}
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			if host, ok := to[w.ID]; ok && !isOff(w) {
				t[host] = append(t[host], w)
			}
		}
	}
	return t
}

// partsOn lists the workloads of a host as its load is made up of them.
// A physical server that has become a guest brings the hypervisor's overhead.
func (s *survey) partsOn(host string, workloads []*inventory.Workload) []carbon.Part {
	parts := make([]carbon.Part, 0, len(workloads))
	for _, w := range workloads {
		_, _, measured := levelOf(w.Use.CPU, plan.Mean)
		part := carbon.Part{Work: s.meanCPU(w), Measured: measured, Shape: shapeOf(w)}
		if w.Host != host {
			part.Work *= s.overhead(w)
		}
		parts = append(parts, part)
	}
	return parts
}

// shapeOf is the course of a workload's CPU use over a day or a week.
func shapeOf(w *inventory.Workload) []float64 {
	var shape []float64
	for _, l := range w.Profile.CPU {
		shape = append(shape, max(l.Value(), 0))
	}
	return shape
}

// tenants lists the workloads of a tenancy as they share their hosts: by the
// memory that is allocated to them (their vCPUs on a host where none has
// memory), and by the CPU work that they do on average.
func (s *survey) tenants(t tenancy) []carbon.Tenant {
	var list []carbon.Tenant
	for _, host := range slices.Sorted(maps.Keys(t)) {
		list = s.addTenants(list, host, t)
	}
	return list
}

func (s *survey) addTenants(list []carbon.Tenant, host string, t tenancy) []carbon.Tenant {
	memory := 0.0
	for _, w := range t[host] {
		memory += s.memoryOf(w).MiB()
	}
	for _, w := range t[host] {
		tenant := carbon.Tenant{ID: w.ID, Host: host, Service: w.Service, Allocated: s.memoryOf(w).MiB(), Used: s.meanCPU(w)}
		if memory == 0 {
			tenant.Allocated = float64(s.vcpusOf(w))
		}
		list = append(list, tenant)
	}
	return list
}
