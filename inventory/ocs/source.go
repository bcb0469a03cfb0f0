package ocs

import (
	"errors"
	"strconv"

	"sobre/inventory"
)

// sourceID is what origins call the path with this index.
func sourceID(i int) string {
	if i == 0 {
		return "ocs"
	}
	return "ocs-" + strconv.Itoa(i+1)
}

// sources lists the paths given, with what was found under each, and sets the
// day that the estate speaks of: that of the newest document.
func (c *composer) sources(in inputs, read []reading, all, kept []*machine) {
	list := make([]inventory.Source, len(in.paths))
	for i, p := range in.paths {
		list[i] = inventory.Source{ID: sourceID(i), Kind: "ocs", Path: p, Counts: map[string]int{}}
	}
	for i, f := range in.files {
		if read[i].remark != nil {
			continue
		}
		n := list[f.source].Counts
		n["documents"]++
		switch {
		case read[i].machine != nil:
		case errors.Is(read[i].err, errArchived):
			n["archived"]++
		case errors.Is(read[i].err, errGroup):
			n["groups"]++
		case read[i].skipped:
			n["skipped"]++
		default:
			n["unreadable"]++
		}
	}
	for _, m := range all {
		s := &list[m.file.source]
		s.Counts["twice"]++ // until kept, below
		if in.single[m.file.source] {
			s.SHA256, s.Tool = m.sha256, m.agent
		}
		if m.seen.Time().After(s.Collected.Time()) {
			s.Collected = m.seen
		}
	}
	for _, m := range kept {
		n := list[m.file.source].Counts
		n["twice"]--
		n[m.countName()]++
	}
	for i := range list {
		if list[i].Counts["twice"] == 0 {
			delete(list[i].Counts, "twice")
		}
		if list[i].Collected.Time().After(c.estate.Collected.Time()) {
			c.estate.Collected = list[i].Collected
		}
	}
	c.estate.Sources = list
}

func (m *machine) countName() string {
	if m.isHypervisor() {
		return "hypervisors"
	}
	return m.kind.String() + "s"
}
