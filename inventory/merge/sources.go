package merge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// sourceIdentity is what tells two sources apart: not the ID, which only counts them.
type sourceIdentity struct{ kind, path, sha256, tool, collected string }

func identityOf(s *inventory.Source) sourceIdentity {
	return sourceIdentity{s.Kind, s.Path, s.SHA256, s.Tool, s.Collected.String()}
}

func (a sourceIdentity) compare(b sourceIdentity) int {
	return cmp.Or(
		strings.Compare(a.kind, b.kind), strings.Compare(a.path, b.path), strings.Compare(a.sha256, b.sha256),
		strings.Compare(a.tool, b.tool), strings.Compare(a.collected, b.collected),
	)
}

// mergeSources lists each source once. Sources of one ID that are not the same
// are numbered anew, in an order that the order of the estates does not change.
func (m *merger) mergeSources() {
	var list []inventory.Source
	at := map[sourceIdentity]int{}
	for _, e := range m.estates {
		for _, s := range e.Sources {
			i, known := at[identityOf(&s)]
			if !known {
				at[identityOf(&s)] = len(list)
				list = append(list, s)
				continue
			}
			list[i].ID = min(list[i].ID, s.ID)
		}
	}
	want := make([]string, len(list))
	for i := range list {
		if want[i] = list[i].ID; stemOf(want[i]) == list[i].Kind {
			want[i] = list[i].Kind
		}
	}
	ids := numbered(want, func(a, b int) int { return identityOf(&list[a]).compare(identityOf(&list[b])) })
	for i, e := range m.estates {
		for _, s := range e.Sources {
			m.renames[i].sources[s.ID] = ids[at[identityOf(&s)]]
		}
	}
	for i := range list {
		list[i].ID = ids[i]
		m.sources[ids[i]] = list[i]
	}
	slices.SortFunc(list, func(a, b inventory.Source) int { return strings.Compare(a.ID, b.ID) })
	m.all.Sources = list
}

// numbered makes IDs unique: those that want the same are numbered in the order
// that compare gives, so that it does not matter which were merged first.
func numbered(want []string, compare func(a, b int) int) []string {
	groups := make(map[string][]int, len(want))
	for i, id := range want {
		groups[id] = append(groups[id], i)
	}
	ids := make([]string, len(want))
	var unique inventory.IDs
	stems := slices.Sorted(maps.Keys(groups))
	for _, stem := range stems {
		ids[groups[stem][0]] = unique.Unique(stem)
	}
	for _, stem := range stems {
		group := groups[stem]
		if len(group) == 1 {
			continue
		}
		slices.SortStableFunc(group, compare)
		ids[group[0]] = stem
		for _, i := range group[1:] {
			ids[i] = unique.Unique(stem)
		}
	}
	return ids
}

// stemOf is an ID without the number that IDs.Unique may have put behind it.
func stemOf(id string) string {
	at := strings.LastIndexByte(id, '-')
	if at <= 0 || at == len(id)-1 || strings.Trim(id[at+1:], "0123456789") != "" {
		return id
	}
	return id[:at]
}

// Group is a sort of facts with a rule of its own for who wins.
type Group string

// The groups of facts.
const (
	Placed Group = "placed" // what is allotted and where: the hypervisor's manager knows
	Inside Group = "inside" // what runs in a machine: the agent inside knows
	Office Group = "office" // site, owner, dates, prices: people and their registers know
	Used   Group = "used"   // measured use: the longer series counts
)

// Says is the rule of a group in words.
func (g Group) Says() string {
	switch g {
	case Inside:
		return "by hand, then the agent inside, then the hypervisor, then the register"
	case Office:
		return "by hand, then the register, then the hypervisor, then the agent"
	case Used:
		return "the longer series"
	}
	return "by hand, then the hypervisor, then the agent, then the register"
}

// witness is what sort of source tells a fact.
type witness int

const (
	byHand witness = iota
	manager
	agent
	register
	others
)

// witnessOf tells which sort of source it is. What no source tells was entered
// by hand.
func witnessOf(s *inventory.Source, known bool) witness {
	if !known {
		return byHand
	}
	switch s.Kind {
	case "estate", "hand":
		return byHand
	case "vsphere", "rvtools", "proxmox", "libvirt", "hyperv", "azure":
		return manager
	case "ocs", "glpi", "dmidecode", "fusion":
		return agent
	case "table", "register", "csv":
		return register
	}
	return others
}

// rank is the place of a witness in the rule of a group; lower wins.
func (g Group) rank(w witness) int {
	order := [...]witness{byHand, manager, agent, register, others}
	switch g {
	case Inside:
		order = [...]witness{byHand, agent, manager, register, others}
	case Office:
		order = [...]witness{byHand, register, manager, agent, others}
	}
	return slices.Index(order[:], w)
}
