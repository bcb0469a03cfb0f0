package cost

import (
	"fmt"

	"sobre/carbon"
	"sobre/inventory"
)

// EstateScenario is an estate as it costs money today: the hosts in service,
// what runs on them, and the enclosures they stand in. energy is in kWh a year
// at the room's meter.
func EstateScenario(e *inventory.Estate, energy carbon.Range) Scenario {
	running := map[string][]inventory.Workload{}
	for _, w := range e.Workloads {
		if w.State == "" || w.State == inventory.On {
			running[w.Host] = append(running[w.Host], w)
		}
	}
	sc := Scenario{Energy: energy}
	frames := map[string]bool{}
	for i := range e.Hosts {
		h := &e.Hosts[i]
		if h.State != "" && h.State != inventory.HostOn {
			continue
		}
		item := Item{ID: h.ID, Model: h.Model, Kind: Server, Price: h.Price, RackUnits: h.RackUnits}
		if h.Chassis != "" {
			item.Kind = Blade
			frames[h.Chassis] = true
		}
		sc.Items = append(sc.Items, item)
		sc.Machines = append(sc.Machines, Machine{
			ID: h.ID, Hypervisor: h.Role == inventory.Hypervisor, Sockets: h.CPU.Sockets, Cores: h.CPU.Cores, Cluster: h.Cluster, Workloads: running[h.ID],
		})
	}
	for _, c := range e.Chassis {
		if frames[c.ID] {
			sc.Items = append(sc.Items, Item{ID: c.ID, Model: c.Model, Kind: Enclosure})
		}
	}
	return sc
}

// Of is what one scenario costs, and what that rests on.
func Of(sc Scenario, s Settings) (Bill, []carbon.Assumption, error) {
	s, err := s.normalised()
	if err != nil {
		return Bill{}, nil, fmt.Errorf("computing the cost: %w", err)
	}
	s.have = OwnedUnits(s.Licences, sc.Machines, s.Horizon)
	b, _, err := s.bill(sc, 0)
	if err != nil {
		return Bill{}, nil, fmt.Errorf("computing the cost: %w", err)
	}
	return b, s.assumptions([]Bill{b}, sc), nil
}
