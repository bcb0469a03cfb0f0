package ocs

import (
	"strings"

	"sobre/inventory"
)

// join puts the guests that hypervisors list where they run: a guest with a
// document of its own gets its host, one without becomes a workload with what
// its host knows of it.
func (c *composer) join(machines []*machine) {
	g := indexGuests(machines)
	taken := map[string]int{} // UUID → index of the workload made from a list
	for _, host := range machines {
		if !host.isHypervisor() {
			continue
		}
		for _, l := range host.listed {
			if m := g.match(l); m != nil {
				c.settle(host, l, m)
				continue
			}
			if i, twice := taken[l.uuid]; twice && l.uuid != "" {
				c.moved(host, l, i)
				continue
			}
			taken[l.uuid] = len(c.estate.Workloads)
			c.addListed(host, l)
		}
	}
	c.homeless(machines)
}

// guestIndex finds documents of guests by what a host may know of them.
type guestIndex struct {
	byUUID map[string]*machine
	byName map[string][]*machine
}

func indexGuests(machines []*machine) guestIndex {
	g := guestIndex{map[string]*machine{}, map[string][]*machine{}}
	for _, m := range machines {
		if m.kind != guest {
			continue
		}
		if m.uuid != "" {
			g.byUUID[m.uuid] = m
		}
		name := inventory.PlainID(m.name)
		g.byName[name] = append(g.byName[name], m)
	}
	return g
}

// match is the document of a listed guest, nil when there is none for sure. A
// name counts only where it is unique and no UUID speaks against it.
func (g guestIndex) match(l listed) *machine {
	if l.uuid != "" {
		if m := g.byUUID[l.uuid]; m != nil {
			return m
		}
		if m := g.byUUID[inventory.SwapUUID(l.uuid)]; m != nil {
			return m
		}
	}
	if same := g.byName[inventory.PlainID(l.name)]; len(same) == 1 && (l.uuid == "" || same[0].uuid == "") {
		return same[0]
	}
	return nil
}

// settle gives a guest with a document its host. A guest that two hosts list
// runs on the one that says it is on.
func (c *composer) settle(host *machine, l listed, m *machine) {
	w := &c.estate.Workloads[c.workloads[m]]
	if w.Host != "" && l.state != inventory.On {
		return
	}
	w.Host, w.State = c.hosts[host], l.state
	w.From = append(w.From, host.from(inventory.Origin{Line: l.line, Fields: []string{"host", "state"}})[1:]...)
	if w.VCPUs == 0 {
		w.VCPUs = l.vcpus
	}
	if !w.Memory.Known() {
		w.Memory = l.memory
	}
}

// moved handles a guest that two hosts list and that has no document.
func (c *composer) moved(host *machine, l listed, i int) {
	w := &c.estate.Workloads[i]
	if l.state == inventory.On && w.State != inventory.On {
		w.Host, w.State = c.hosts[host], l.state
		w.From = append(w.From, host.from(inventory.Origin{Line: l.line, Fields: []string{"host", "state"}})[1:]...)
	}
}

func (c *composer) addListed(host *machine, l listed) {
	id := c.workIDs.Unique(inventory.PlainID(l.name))
	w := inventory.Workload{
		ID: id, Name: l.name, Kind: inventory.VM, Host: c.hosts[host], State: l.state, UUID: l.uuid,
		VCPUs: l.vcpus, Memory: l.memory,
		From: host.from(inventory.Origin{Line: l.line})[1:],
	}
	c.estate.Workloads = append(c.estate.Workloads, w)
	var lacks []string
	if l.vcpus == 0 {
		lacks = append(lacks, "vCPUs")
	}
	if !l.memory.Known() {
		lacks = append(lacks, "memory")
	}
	if len(lacks) == 0 {
		return
	}
	c.find(inventory.Finding{
		Code: "guest-incomplete", Severity: inventory.Warning, Subject: id, Source: sourceID(host.file.source), At: host.file.shown, Line: l.line,
		What:   "its host lists the guest without " + strings.Join(lacks, " and "),
		Do:     "install the agent in the guest",
		Values: map[string]string{"name": l.name, "lacks": strings.Join(lacks, " ")},
	})
}

// homeless says which guests run on a host that no document names.
func (c *composer) homeless(machines []*machine) {
	for _, m := range machines {
		if m.kind != guest || c.estate.Workloads[c.workloads[m]].Host != "" {
			continue
		}
		m.note("host-unknown", "no document says which host the guest runs on ("+m.evidence+")",
			"merge an inventory of the virtual platform", "evidence", m.evidence)
	}
}
