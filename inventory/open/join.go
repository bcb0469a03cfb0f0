package open

import (
	"fmt"

	"sobre/inventory"
)

// join puts estates one behind the other. A host or guest that two of them
// hold under the same SMBIOS UUID is counted once, as the first has it.
func join(estates []*inventory.Estate) *inventory.Estate {
	all := estates[0]
	if len(estates) == 1 {
		return all
	}
	j := joiner{all: all, hosts: map[string]string{}, workloads: map[string]string{}}
	j.index()
	for _, e := range estates[1:] {
		j.add(e)
	}
	return all
}

type joiner struct {
	all *inventory.Estate
	// hosts and workloads lead from UUID to ID.
	hosts, workloads map[string]string
	hostIDs, loadIDs inventory.IDs
}

func (j *joiner) index() {
	for i := range j.all.Hosts {
		h := &j.all.Hosts[i]
		j.hostIDs.Unique(h.ID)
		if h.UUID != "" {
			j.hosts[h.UUID] = h.ID
		}
	}
	for i := range j.all.Workloads {
		w := &j.all.Workloads[i]
		j.loadIDs.Unique(w.ID)
		if w.UUID != "" {
			j.workloads[w.UUID] = w.ID
		}
	}
}

func (j *joiner) add(e *inventory.Estate) {
	if j.all.Name == "" {
		j.all.Name = e.Name
	}
	if e.Collected.Time().After(j.all.Collected.Time()) {
		j.all.Collected = e.Collected
	}
	j.all.Sources = append(j.all.Sources, e.Sources...)
	j.all.Sites = append(j.all.Sites, e.Sites...)
	j.all.Chassis = append(j.all.Chassis, e.Chassis...)
	j.all.Clusters = append(j.all.Clusters, e.Clusters...)
	j.all.Pools = append(j.all.Pools, e.Pools...)
	j.all.Datastores = append(j.all.Datastores, e.Datastores...)
	j.all.Rules = append(j.all.Rules, e.Rules...)
	j.all.Findings = append(j.all.Findings, e.Findings...)
	renamed := j.addHosts(e)
	j.addWorkloads(e, renamed)
}

// addHosts adds what is new and returns the IDs that others of this estate
// refer to by another name now.
func (j *joiner) addHosts(e *inventory.Estate) map[string]string {
	renamed := map[string]string{}
	for _, h := range e.Hosts {
		if first, known := j.hosts[h.UUID]; known && h.UUID != "" {
			renamed[h.ID] = first
			j.twice("host", h.ID, first, h.UUID)
			continue
		}
		id := j.hostIDs.Unique(h.ID)
		renamed[h.ID] = id
		h.ID = id
		if h.UUID != "" {
			j.hosts[h.UUID] = id
		}
		j.all.Hosts = append(j.all.Hosts, h)
	}
	return renamed
}

func (j *joiner) addWorkloads(e *inventory.Estate, renamed map[string]string) {
	for _, w := range e.Workloads {
		if first, known := j.workloads[w.UUID]; known && w.UUID != "" {
			j.twice("workload", w.ID, first, w.UUID)
			continue
		}
		if id, ok := renamed[w.Host]; ok {
			w.Host = id
		}
		w.ID = j.loadIDs.Unique(w.ID)
		if w.UUID != "" {
			j.workloads[w.UUID] = w.ID
		}
		j.all.Workloads = append(j.all.Workloads, w)
	}
}

func (j *joiner) twice(kind, id, first, uuid string) {
	j.all.Findings = append(j.all.Findings, inventory.Finding{
		Code: "counted-once", Severity: inventory.Note, Subject: first,
		What: fmt.Sprintf("%s %s and %s have the same SMBIOS UUID %s and are counted once", kind, id, first, uuid),
	})
}
