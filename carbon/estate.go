package carbon

import "sobre/inventory"

// EstateScenario is an estate as it runs today, and its machine rooms for
// Settings. A host's load is what was measured on it; else what was measured on
// its workloads; else the default of 10 %, with the wider range of a guess.
// Hosts that are off count as standby: they are still plugged in.
func EstateScenario(e *inventory.Estate) (Scenario, []Site) {
	var s Scenario
	guests := map[string][]inventory.Workload{}
	for _, w := range e.Workloads {
		guests[w.Host] = append(guests[w.Host], w)
	}
	for _, h := range e.Hosts {
		load, known := hostLoad(h, guests[h.ID])
		l := HostLoad{Host: h, Load: load}
		if known {
			l.LoadGSD = measuredLoadGSD
		}
		if h.State == inventory.HostOff {
			l.State, l.Load = Standby, 0
		}
		s.Hosts = append(s.Hosts, l)
	}
	for _, c := range e.Chassis {
		s.Chassis = append(s.Chassis, ChassisLoad{ID: c.ID, Model: c.Model, Site: c.Site, Power: c.Power})
	}
	var sites []Site
	for _, site := range e.Sites {
		sites = append(sites, Site{Name: site.Name, Country: site.Country, PUE: site.PUE})
	}
	return s, sites
}

// hostLoad is the mean CPU load of a host, 0 to 1, and whether any of it was
// measured.
func hostLoad(h inventory.Host, guests []inventory.Workload) (load float64, known bool) {
	if !h.Use.CPU.IsZero() {
		return MeanLoad(h), true
	}
	for _, w := range guests {
		if share, ok := workloadShare(w, h); ok {
			load += share
			known = true
		}
	}
	if !known {
		return defaultLoad, false
	}
	return clamp01(load), true
}

// workloadShare is how much of its host's CPU a workload uses on average, 0 to
// 1; false where it was not measured.
func workloadShare(w inventory.Workload, h inventory.Host) (float64, bool) {
	level := firstKnown(w.Use.CPU.Mean, w.Use.CPU.P50, w.Use.CPU.Now)
	if !isOn(w) || !level.Known() {
		return 0, false
	}
	whole := h.CPU.MHz()
	switch {
	case level.Kind() == inventory.OfWhole && w.Kind == inventory.Physical:
		return level.Value() / 100, true
	case level.Kind() == inventory.OfWhole && h.CPU.Cores > 0:
		return level.Value() / 100 * float64(w.VCPUs) / float64(h.CPU.Cores), true
	case level.Kind() == inventory.Cycles && whole > 0:
		return level.Value() / whole, true
	}
	return 0, false
}

func firstKnown(levels ...inventory.Level) inventory.Level {
	for _, l := range levels {
		if l.Known() {
			return l
		}
	}
	return inventory.Level{}
}

// isOn tells whether a workload runs.
func isOn(w inventory.Workload) bool { return w.State == inventory.On || w.State == "" }

// Tenants makes the workloads that run share the hosts they name: by memory
// allocated (vCPUs where no workload of the host has memory), and by CPU used
// on average (vCPUs where it was not measured).
func Tenants(workloads []inventory.Workload, hosts []inventory.Host) []Tenant {
	byID := map[string]inventory.Host{}
	for _, h := range hosts {
		byID[h.ID] = h
	}
	memory := map[string]bool{}
	for _, w := range workloads {
		if isOn(w) && w.Memory.MiB() > 0 {
			memory[w.Host] = true
		}
	}
	var list []Tenant
	for _, w := range workloads {
		if !isOn(w) || w.Host == "" {
			continue
		}
		t := Tenant{ID: w.ID, Host: w.Host, Service: w.Service, Allocated: float64(w.VCPUs)}
		if memory[w.Host] {
			t.Allocated = w.Memory.MiB()
		}
		share, ok := workloadShare(w, byID[w.Host])
		if !ok {
			share = defaultLoad * ratio(float64(w.VCPUs), float64(byID[w.Host].CPU.Cores))
		}
		t.Used = share
		list = append(list, t)
	}
	return list
}
