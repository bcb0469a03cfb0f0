package planner_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// small is an estate of hypervisors in one cluster whose every cost is known:
// each draws the same power at any load.
type small struct {
	hosts  []smallHost
	guests []smallGuest
}

type smallHost struct {
	gib     int
	cores   int
	watts   float64
	chassis string
}

type smallGuest struct {
	gib    int
	host   int
	oracle bool
}

func (s small) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Clusters: []inventory.Cluster{{ID: "a"}}}
	seen := map[string]bool{}
	for n, h := range s.hosts {
		e.Hosts = append(e.Hosts, inventory.Host{
			ID: fmt.Sprintf("esx-%d", n), Role: inventory.Hypervisor, Cluster: "a", Chassis: h.chassis, Memory: inventory.GiB(float64(h.gib)),
			CPU:   inventory.CPU{Model: "Intel Xeon E5540", Sockets: 2, Cores: h.cores, Clock: inventory.MHz(2530)},
			Power: inventory.HostPower{Idle: inventory.Watts(h.watts), Max: inventory.Watts(h.watts)},
		})
		if h.chassis != "" && !seen[h.chassis] {
			seen[h.chassis] = true
			e.Chassis = append(e.Chassis, inventory.Chassis{ID: h.chassis, Slots: 16, Power: inventory.ChassisPower{Fixed: inventory.Watts(150)}})
		}
	}
	for n, g := range s.guests {
		w := inventory.Workload{
			ID: fmt.Sprintf("vm-%d", n), Kind: inventory.VM, Host: fmt.Sprintf("esx-%d", g.host), VCPUs: 1, Memory: inventory.GiB(float64(g.gib)),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(1), P95: inventory.PercentLevel(2)}},
		}
		if g.oracle {
			w.Licences = []string{"oracle-ee"}
		}
		e.Workloads = append(e.Workloads, w)
	}
	return e
}

// each calls f with every placement of the guests that fits, no headroom asked.
func (s small) each(f func(on []int)) {
	on, free := make([]int, len(s.guests)), make([]int, len(s.hosts))
	for n, h := range s.hosts {
		free[n] = h.gib
	}
	var place func(g int)
	place = func(g int) {
		if g == len(s.guests) {
			f(on)
			return
		}
		for n := range s.hosts {
			if free[n] >= s.guests[g].gib {
				free[n] -= s.guests[g].gib
				on[g] = n
				place(g + 1)
				free[n] += s.guests[g].gib
			}
		}
	}
	place(0)
}

// watts is what the hosts in use draw, their enclosures counted once.
func (s small) watts(on []int) float64 {
	sum, frames := 0.0, map[string]bool{}
	for n, h := range s.hosts {
		if !slices.Contains(on, n) {
			continue
		}
		sum += h.watts
		if h.chassis != "" && !frames[h.chassis] {
			frames[h.chassis] = true
			sum += 150
		}
	}
	return sum
}

// dearCore is the price a year of one core that could run Oracle.
const dearCore = 500

// euros is what the hosts in use cost a year, with the cores of all that carry
// Oracle licensed.
func (s small) euros(on []int) float64 {
	sum := s.watts(on) * 8.76 * 0.20
	for n, h := range s.hosts {
		for g, guest := range s.guests {
			if guest.oracle && on[g] == n {
				sum += float64(h.cores) * dearCore
				break
			}
		}
	}
	return sum
}

func (s small) policy(minimise ...plan.Objective) plan.Policy {
	return plan.Policy{
		Minimise: minimise, Survive: &plan.Survive{}, CPU: plan.CPUPolicy{VCPUsPerCore: 100},
		Memory: plan.MemoryPolicy{Headroom: inventory.Percent(0)},
		Carbon: plan.CarbonPolicy{PUE: 1, FixedShare: inventory.Percent(0)},
		Cost: plan.CostPolicy{
			Electricity: inventory.PerKWh(eur(0.20)),
			Licences:    []cost.Licence{{Name: "oracle", For: "oracle-ee", Metric: cost.PerCore, Reach: cost.Reachable, Price: eur(dearCore)}},
		},
	}
}

func random(seed uint64, chassis bool) small {
	r := rand.New(rand.NewPCG(seed, 7))
	var s small
	for n := range 4 {
		h := smallHost{gib: 16 + 8*r.IntN(3), cores: 4 + 4*r.IntN(3), watts: float64(100 + 25*r.IntN(5))}
		if chassis {
			h.chassis = []string{"left", "right"}[n%2]
		}
		s.hosts = append(s.hosts, h)
	}
	free := []int{16, 16, 16, 16}
	for range 6 {
		g := smallGuest{gib: 2 + 2*r.IntN(4), host: r.IntN(4), oracle: r.IntN(3) == 0}
		for free[g.host] < g.gib {
			g.host = (g.host + 1) % 4
		}
		free[g.host] -= g.gib
		s.guests = append(s.guests, g)
	}
	return s
}

// TestLicencesAreConcentratedWhenItPays holds the bill of plans by cost against
// the cheapest of all placements.
func TestLicencesAreConcentratedWhenItPays(t *testing.T) {
	for seed := range uint64(12) {
		s := random(seed, false)
		best := math.Inf(1)
		s.each(func(on []int) { best = min(best, s.euros(on)) })
		p := makePlan(t, s.estate(), nil, s.policy(plan.Cost))
		// The median PUE is a little above 1, which it cannot be below.
		if got := p.After.ITEnergy.Best*0.20 + p.Cost.After.Licences.Best; math.Abs(got-best) > 1e-3*best {
			t.Errorf("seed %d: %.0f EUR a year, %.0f is possible: %+v", seed, got, best, s)
		}
	}
}

// TestOracleOnTwoHosts spreads Oracle over a cluster of six equal hosts: the
// plan keeps it on two, one of which may fail.
func TestOracleOnTwoHosts(t *testing.T) {
	var s small
	for range 6 {
		s.hosts = append(s.hosts, smallHost{gib: 64, cores: 16, watts: 200})
	}
	for n := range 24 {
		s.guests = append(s.guests, smallGuest{gib: 10, host: n % 6, oracle: n%6 == 0 || n == 1})
	}
	policy := s.policy(plan.Hosts, plan.Cost)
	policy.Survive.Hosts = 1
	p := makePlan(t, s.estate(), nil, policy)
	if p.After.Hosts != 5 || p.Cost.Before.Licences.Best != 6*16*dearCore || p.Cost.After.Licences.Best != 2*16*dearCore {
		t.Errorf("%d hosts, licences %v before, %v after; want 5, %d, %d", p.After.Hosts, p.Cost.Before.Licences.Best, p.Cost.After.Licences.Best, 6*16*dearCore, 2*16*dearCore)
	}
	closed, found := 0, false
	for _, h := range p.Hosts {
		if slices.Contains(h.ClosedTo, "oracle-ee") {
			closed++
		}
	}
	for _, f := range p.Findings {
		found = found || f.Code == "licence-fence"
	}
	if closed != 3 || !found {
		t.Errorf("%d hosts closed to Oracle, said so: %t", closed, found)
	}
	if p.Bound.Hosts != 5 || p.Status != plan.Optimal {
		t.Errorf("%s with a bound of %d", p.Status, p.Bound.Hosts)
	}
}

// TestOracleOnFewBoughtHosts moves servers onto bought blades, where Oracle
// takes as few of them as hold it.
func TestOracleOnFewBoughtHosts(t *testing.T) {
	e := town(20)
	for _, n := range []int{0, 7, 13} {
		e.Workloads[n].Licences = []string{"oracle-ee"}
	}
	c := blades()
	for _, stock := range []*int{nil, new(int)} {
		if stock != nil {
			*stock = 16
		}
		c.Hosts[0].Stock = stock
		policy := plan.Policy{Minimise: []plan.Objective{plan.Hosts, plan.Cost}, Hosts: plan.HostPolicy{Retire: []string{"srv-*"}}, Cost: small{}.policy().Cost}
		p := makePlan(t, e, c, policy)
		if got := p.Cost.After.Licences.Best; got != 2*8*dearCore || p.Status != plan.Optimal {
			t.Errorf("licences for %v EUR a year, want two blades of eight cores, one for failures: %d; %s, %d hosts", got, 2*8*dearCore, p.Status, p.After.Hosts)
		}
	}
}

// TestWholeEnclosuresAreEmptied holds the power of plans by energy against the
// least of all placements: an enclosure counts once, whichever blades are in use.
func TestWholeEnclosuresAreEmptied(t *testing.T) {
	whole := 0
	for seed := range uint64(12) {
		s := random(seed, true)
		best, blind := math.Inf(1), math.Inf(1)
		var emptied float64
		s.each(func(on []int) {
			w := s.watts(on)
			best = min(best, w)
			bare := 0.0
			for n, h := range s.hosts {
				if slices.Contains(on, n) {
					bare += h.watts
				}
			}
			if bare < blind {
				blind, emptied = bare, w
			}
		})
		if emptied > best {
			whole++ // looking at blades alone would have been worse
		}
		for _, objective := range []plan.Objective{plan.Energy, plan.Carbon}[seed%2 : seed%2+1] {
			p := makePlan(t, s.estate(), nil, s.policy(objective))
			if got := p.After.ITEnergy.Best / 8.76; math.Abs(got-best) > 1 {
				t.Errorf("seed %d by %s: %.0f W, %.0f W is possible: %+v", seed, objective, got, best, s)
			}
		}
	}
	if whole == 0 {
		t.Error("in no case did the enclosure matter")
	}
}
