package explain

import (
	"cmp"
	"math"
	"slices"

	"sobre/planner/plan"
	"sobre/planner/verify"
)

// Size is a workload that might come.
type Size struct {
	VCPUs  int
	Memory float64 // MiB, allocated
	CPU    float64 // MHz or ssj_ops of work, as the plan counts; 0: its vCPUs at the mean of the estate
}

// RoomAnswer is how many more workloads of one size fit after the plan.
type RoomAnswer struct {
	Fits int `json:"fits"`
	// SurvivesFailure is how many fit when the largest room of one host is left
	// for a failure as well.
	SurvivesFailure int        `json:"fits_with_a_failure_to_spare"`
	Hosts           []HostRoom `json:"hosts"` // that take one at least, most first
	Short           string     `json:"runs_out_first,omitzero"`
}

// HostRoom is how many more a host takes.
type HostRoom struct {
	Host  string `json:"host"`
	More  int    `json:"more"`
	Short string `json:"runs_out_first"` // the resource
}

// Room counts how many more workloads of a size fit on the hosts of a plan,
// under its limits; rules and failures aside, but for one: SurvivesFailure
// leaves the room of the host that takes most.
func Room(p *plan.Plan, s *Study, size Size) *RoomAnswer {
	a := &RoomAnswer{Hosts: []HostRoom{}}
	demand := size.demand(p, s)
	short := map[string]int{}
	for id, f := range verify.Limits(p, s.Estate) {
		if !f.Takes {
			continue
		}
		h := HostRoom{Host: id, More: math.MaxInt32}
		for d := range demand {
			if demand[d] <= 0 || f.Limit[d] > 1e300 {
				continue
			}
			if n := int(max(0, math.Floor((f.Limit[d]-f.Filled[d])/demand[d]+1e-9))); n < h.More {
				h.More, h.Short = n, p.Resources[d].Name
			}
		}
		if h.More == math.MaxInt32 {
			continue // nothing limits it: nothing is known of it
		}
		a.Fits += h.More
		short[h.Short]++
		if h.More > 0 {
			a.Hosts = append(a.Hosts, h)
		}
	}
	slices.SortFunc(a.Hosts, func(x, y HostRoom) int { return cmp.Or(y.More-x.More, cmp.Compare(x.Host, y.Host)) })
	if len(a.Hosts) > 0 {
		a.SurvivesFailure = a.Fits - a.Hosts[0].More
	}
	for _, r := range p.Resources {
		if short[r.Name] > short[a.Short] {
			a.Short = r.Name
		}
	}
	return a
}

// demand is what a workload of the size asks of each resource, as the plan
// counts: growth included. Without a figure for its CPU it works as hard for
// each vCPU as the workloads of the plan do on average.
func (size Size) demand(p *plan.Plan, s *Study) []float64 {
	var work, vcpus float64
	for _, m := range p.Placements {
		if len(m.Demand) > 1 {
			work += m.Demand[0]
			vcpus += m.Demand[1]
		}
	}
	growth := math.Pow(1+p.Policy.Growth.Rate.Fraction(), p.Policy.Growth.Years)
	demand := make([]float64, len(p.Resources))
	for d, r := range p.Resources {
		switch r.Name {
		case "cpu":
			demand[d] = size.CPU * growth
			if size.CPU == 0 && vcpus > 0 {
				demand[d] = work / vcpus * float64(size.VCPUs)
			}
		case "vcpus":
			demand[d] = float64(size.VCPUs)
		case "memory", "memory_allocated":
			demand[d] = size.Memory * growth
		case "memory_used":
			demand[d] = size.Memory * growth * p.Policy.Unknown.Memory.Fraction()
		}
	}
	return demand
}
