package verify

import "sobre/inventory"

// allows tells whether a rule that looks at each workload and its host alone
// lets them be together (section 3); true for any other rule.
func (w *world) allows(r *rule, i *item, h *host) bool {
	switch r.Kind() {
	case inventory.RuleOnly, inventory.RuleNever:
		return inventory.MatchesAny(r.Hosts, h.ruleNames()...) == (r.Kind() == inventory.RuleOnly)
	case inventory.RulePhysical:
		return !i.physical() || h == i.home
	case inventory.RuleNUMA:
		return i.physical() && h == i.home || i.fitsNode(h.machine())
	case inventory.RuleLive:
		return w.movesLive(i, h)
	}
	return true
}

// fitsNode tells whether a workload needs no more than one socket's cores and
// its share of the memory; true where one of the three is unknown.
func (i *item) fitsNode(m machine) bool {
	n := m.cpu.Sockets
	return !m.hasNodes() || i.vcpus() <= m.cpu.Cores/n && i.memory() <= m.memory.MiB()/float64(n)
}

// hasNodes tells whether enough is known of the NUMA nodes of a machine.
func (m machine) hasNodes() bool { return m.cpu.Sockets > 0 && m.cpu.Cores > 0 && m.memory.Known() }

// movesLive tells whether a running guest gets to the host without an
// interruption.
func (w *world) movesLive(i *item, h *host) bool {
	if i.physical() || i.home == nil || h == i.home || i.idle {
		return true
	}
	if i.home.cluster == h.cluster {
		for _, c := range w.estate.Clusters {
			if c.ID == h.cluster && c.EVC != "" {
				return true
			}
		}
	}
	ok, _ := inventory.MovesLive(i.home.estate.CPU, h.machine().cpu)
	return ok
}

// sayUnknown says what rules could not look at for lack of facts.
func (w *world) sayUnknown(r *recorder) {
	numa, live := map[*host]bool{}, map[string]bool{}
	for _, rule := range w.rules {
		for _, i := range rule.members {
			if i.at == nil || rule.IsSoft() {
				continue
			}
			if rule.Kind() == inventory.RuleNUMA && !i.at.machine().hasNodes() {
				numa[i.at] = true
			}
			if rule.Kind() == inventory.RuleLive && i.home != nil && i.at != i.home && !i.physical() {
				if _, known := inventory.MovesLive(i.home.estate.CPU, i.at.machine().cpu); !known {
					live[i.ID] = true
				}
			}
		}
	}
	if len(numa) > 0 {
		r.unchecked("NUMA fit on %d hosts: their sockets, cores or memory are unknown", len(numa))
	}
	if len(live) > 0 {
		r.unchecked("live moves of %d workloads: the model of a processor is unknown", len(live))
	}
}
