package gate

import (
	"fmt"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/planner/plan"
)

// statistics are the figures of a series that can be asked for.
var statistics = []struct {
	measure plan.Measure
	what    string
}{
	{"mean", "mean"}, {"p50", "median"}, {"p90", "90th percentile"}, {"p95", "95th percentile"}, {"p99", "99th percentile"}, {"max", "peak"},
}

func loadMeasures() []Measure {
	var list []Measure
	for _, s := range statistics {
		list = append(list,
			Measure{Name: "cpu." + string(s.measure), Unit: Percent, Views: both, Each: true, needs: Variant{CPU: s.measure},
				What: "CPU load of each host, " + s.what, read: load("cpu")},
			Measure{Name: "memory.used." + string(s.measure), Unit: Percent, Views: both, Each: true, needs: Variant{Memory: s.measure},
				What: "memory in use on each hypervisor, " + s.what, read: load("memory_used")},
			Measure{Name: "estate.cpu." + string(s.measure), Unit: Percent, Views: both, needs: Variant{CPU: s.measure},
				What: "CPU load of all hosts together, " + s.what, read: overall("cpu", false)},
		)
	}
	slices.SortStableFunc(list, func(a, b Measure) int { return strings.Compare(family(a.Name), family(b.Name)) })
	return append(list,
		Measure{Name: "vcpus.per_core", Views: both, Each: true, What: "vCPUs allocated for each core of a hypervisor", read: vcpusPerCore},
		Measure{Name: "memory.allocated", Unit: Percent, Views: both, Each: true, needs: Variant{Memory: plan.Allocated},
			What: "memory allocated to what runs on each hypervisor", read: load("memory")},
		Measure{Name: "memory.free", Unit: Percent, Views: both, Each: true, What: "memory of each hypervisor that is free, by the figure that the policy counts", read: freeMemory},
		Measure{Name: "estate.memory.allocated", Unit: Percent, Views: both, needs: Variant{Memory: plan.Allocated},
			What: "memory allocated on all hypervisors together", read: overall("memory", false)},
		Measure{Name: "estate.memory.free", Unit: Percent, Views: both, needs: Variant{Memory: plan.Allocated},
			What: "memory of all hypervisors together that is not allocated", read: overall("memory", true)},
		Measure{Name: "disk.free", Unit: Percent, Views: both, Each: true, What: "own disk of each hypervisor that is free, where its size is known", read: freeDisk},
		Measure{Name: "datastores.free", Unit: Percent, Views: both, Each: true, What: "free space of each datastore, as inventoried", read: freeDatastores},
		Measure{Name: "overfull", Views: both, List: true, What: "hosts over a limit of the policy: CPU, vCPUs, memory, disk, with its headroom", read: overfull},
	)
}

// family is a name without its statistic.
func family(name string) string { return name[:strings.LastIndex(name, ".")] }

// load reads how full the hosts in service are of one resource.
func load(resource string) func(r *reader) Reading {
	return func(r *reader) Reading {
		return r.each(resource, func(_ *plan.Host, load float64) float64 { return load * 100 })
	}
}

// each reads one figure of every host in service that has a load of the resource.
func (r *reader) each(resource string, figure func(h *plan.Host, load float64) float64) Reading {
	var reading Reading
	unknown := 0
	for i := range r.plan.Hosts {
		h := &r.plan.Hosts[i]
		if h.State == plan.Retire {
			continue
		}
		l, known := h.Load[resource]
		switch {
		case known:
			reading.Subjects = append(reading.Subjects, Subject{ID: h.ID, Value: figure(h, l)})
		case resource == "cpu" || h.Role == inventory.Hypervisor && resource != "disk":
			unknown++
		}
	}
	if len(reading.Subjects) == 0 {
		reading.Unknown = "no host says how much " + strings.ReplaceAll(resource, "_", " ") + " it has"
	} else if unknown > 0 {
		reading.Partial = fmt.Sprintf("%d hosts of unknown size", unknown)
	}
	return reading
}

func vcpusPerCore(r *reader) Reading {
	return r.each("vcpus", func(_ *plan.Host, load float64) float64 { return load * r.plan.Policy.CPU.VCPUsPerCore })
}

func freeMemory(r *reader) Reading {
	resource := "memory"
	if r.plan.Policy.Memory.Use != plan.Allocated {
		resource = "memory_used"
	}
	return r.each(resource, func(_ *plan.Host, load float64) float64 { return 100 - load*100 })
}

func freeDisk(r *reader) Reading {
	return r.each("disk", func(_ *plan.Host, load float64) float64 { return 100 - load*100 })
}

// overall is the load of all hosts in service together, each weighted by what
// it offers.
func overall(resource string, free bool) func(r *reader) Reading {
	return func(r *reader) Reading {
		at := slices.IndexFunc(r.plan.Resources, func(x plan.Resource) bool { return x.Name == resource })
		filled, offered, unknown := 0.0, 0.0, 0
		for _, h := range r.plan.Hosts {
			if h.State == plan.Retire {
				continue
			}
			l, known := h.Load[resource]
			if !known || at < 0 || at >= len(h.Capacity) || h.Capacity[at] <= 0 {
				unknown++
				continue
			}
			filled += l * h.Capacity[at]
			offered += h.Capacity[at]
		}
		if offered == 0 {
			return Reading{Unknown: "no host says how much " + resource + " it has"}
		}
		reading := Reading{Value: filled / offered * 100}
		if free {
			reading.Value = 100 - reading.Value
		}
		if unknown > 0 && resource == "cpu" {
			reading.Partial = fmt.Sprintf("%d hosts of unknown size", unknown)
		}
		return reading
	}
}

func freeDatastores(r *reader) Reading {
	var reading Reading
	unknown := 0
	for _, d := range r.estate.Datastores {
		if d.Capacity.MiB() <= 0 || !d.Free.Known() {
			unknown++
			continue
		}
		reading.Subjects = append(reading.Subjects, Subject{ID: d.ID, Value: d.Free.MiB() / d.Capacity.MiB() * 100})
	}
	switch {
	case len(reading.Subjects) == 0:
		reading.Unknown = "no datastore says how much of it is free"
	case unknown > 0:
		reading.Partial = fmt.Sprintf("%d datastores of unknown size", unknown)
	}
	return reading
}

// overfull lists the hosts that hold more than the policy lets a plan put on one.
func overfull(r *reader) Reading {
	p := r.plan.Policy
	limits := map[string]float64{
		"cpu": 1 - p.CPU.Headroom.Fraction(), "memory": 1 - p.Memory.Headroom.Fraction(),
		"memory_used": 1 - p.Memory.Headroom.Fraction(), "disk": 1 - p.Disk.Headroom.Fraction(),
	}
	var list []Subject
	for _, h := range r.plan.Hosts {
		if h.State == plan.Retire || h.Role == inventory.Standalone {
			continue
		}
		var over []string
		for _, resource := range r.plan.Resources {
			limit, set := limits[resource.Name]
			if !set {
				limit = 1
			}
			if l := h.Load[resource.Name]; l > limit+1e-6 {
				over = append(over, fmt.Sprintf("%s %.0f %% of %.0f %%", strings.ReplaceAll(resource.Name, "_", " "), l*100, limit*100))
			}
		}
		if len(over) > 0 {
			list = append(list, Subject{ID: h.ID, What: strings.Join(over, ", ")})
		}
	}
	return listing(list)
}
