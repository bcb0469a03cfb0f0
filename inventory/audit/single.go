package audit

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sobre/inventory"
)

// SinglePoint is something whose failure takes machines down that nothing
// restarts or stands in for.
type SinglePoint struct {
	Kind      string   `json:"kind" yaml:"kind"` // host | cluster | chassis | datastore | rule | service
	ID        string   `json:"id" yaml:"id"`
	What      string   `json:"what" yaml:"what"` // a sentence
	Workloads int      `json:"workloads" yaml:"workloads"`
	Names     []string `json:"names,omitempty" yaml:"names,omitempty,flow"` // of some of them
}

// maxNames is how many machines a finding of the audit names.
const maxNames = 5

func (v *view) singlePoints() []SinglePoint {
	out := slices.Concat(v.lonelyClusters(), v.fullClusters(), v.lonelyHosts(), v.chassisOfAll(), v.lonelyStorage(), v.brokenRules())
	slices.SortStableFunc(out, func(a, b SinglePoint) int { return cmp.Compare(b.Workloads, a.Workloads) })
	return out
}

// guestsOf are the guests that run on a host.
func (v *view) guestsOf(host string) []*inventory.Workload {
	var out []*inventory.Workload
	for _, w := range v.onHost[host] {
		if runs(w) && !v.physical(w) {
			out = append(out, w)
		}
	}
	return out
}

// byCluster are the hypervisors in service of each cluster, those of none apart.
func (v *view) byCluster() (clusters map[string][]*inventory.Host, alone []*inventory.Host) {
	clusters = map[string][]*inventory.Host{}
	for i := range v.estate.Hosts {
		h := &v.estate.Hosts[i]
		switch {
		case !inService(h) || v.standalone(h):
		case h.Cluster == "":
			alone = append(alone, h)
		default:
			clusters[h.Cluster] = append(clusters[h.Cluster], h)
		}
	}
	return clusters, alone
}

func point(kind, id string, loads []*inventory.Workload, format string, values ...any) SinglePoint {
	p := SinglePoint{Kind: kind, ID: id, What: fmt.Sprintf(format, values...), Workloads: len(loads)}
	for _, w := range loads[:min(len(loads), maxNames)] {
		p.Names = append(p.Names, w.ID)
	}
	return p
}

// lonelyClusters restart nothing: of one host, or with HA off.
func (v *view) lonelyClusters() []SinglePoint {
	clusters, _ := v.byCluster()
	ha := map[string]bool{}
	known := map[string]bool{}
	for _, c := range v.estate.Clusters {
		ha[c.ID], known[c.ID] = c.HA.Enabled, true
	}
	var out []SinglePoint
	for _, id := range slices.Sorted(maps.Keys(clusters)) {
		var loads []*inventory.Workload
		for _, h := range clusters[id] {
			loads = append(loads, v.guestsOf(h.ID)...)
		}
		switch {
		case len(loads) == 0:
		case len(clusters[id]) == 1:
			out = append(out, point("cluster", id, loads, "cluster %s has one host only: nothing restarts its guests", id))
		case known[id] && !ha[id]:
			out = append(out, point("cluster", id, loads, "cluster %s does not restart the guests of a failed host: HA is off", id))
		}
	}
	return out
}

// fullClusters have no room left for the guests of their largest host: what is
// allotted of memory is counted, as that is what restarting asks for.
func (v *view) fullClusters() []SinglePoint {
	clusters, _ := v.byCluster()
	var out []SinglePoint
	for _, id := range slices.Sorted(maps.Keys(clusters)) {
		var all, largest, allotted float64
		var loads []*inventory.Workload
		unknown := false
		for _, h := range clusters[id] {
			all += h.Memory.MiB()
			largest = max(largest, h.Memory.MiB())
			unknown = unknown || !h.Memory.Known()
			for _, w := range v.guestsOf(h.ID) {
				allotted += w.Memory.MiB()
				loads = append(loads, w)
			}
		}
		if len(clusters[id]) < 2 || unknown || allotted <= all-largest {
			continue
		}
		out = append(out, point("cluster", id, loads, "cluster %s has no room for the guests of a failed host: %s of memory are allotted, %s remain without the largest host",
			id, gib(allotted), gib(all-largest)))
	}
	return out
}

func gib(mib float64) string { return figure(mib/1024) + " GiB" }

// lonelyHosts run guests and belong to no cluster.
func (v *view) lonelyHosts() []SinglePoint {
	_, alone := v.byCluster()
	var out []SinglePoint
	for _, h := range alone {
		if loads := v.guestsOf(h.ID); len(loads) > 0 {
			out = append(out, point("host", h.ID, loads, "host %s stands alone: nothing restarts its guests", h.ID))
		}
	}
	return out
}

// chassisOfAll hold every host of a cluster of several.
func (v *view) chassisOfAll() []SinglePoint {
	clusters, _ := v.byCluster()
	var out []SinglePoint
	for _, id := range slices.Sorted(maps.Keys(clusters)) {
		chassis := clusters[id][0].Chassis
		if chassis == "" || len(clusters[id]) < 2 || slices.ContainsFunc(clusters[id], func(h *inventory.Host) bool { return h.Chassis != chassis }) {
			continue
		}
		var loads []*inventory.Workload
		for _, h := range clusters[id] {
			loads = append(loads, v.guestsOf(h.ID)...)
		}
		out = append(out, point("chassis", chassis, loads, "chassis %s holds all %d hosts of cluster %s", chassis, len(clusters[id]), id))
	}
	return out
}

// lonelyStorage is reached by one host only and holds guests of a cluster.
func (v *view) lonelyStorage() []SinglePoint {
	var out []SinglePoint
	for i := range v.estate.Datastores {
		d := &v.estate.Datastores[i]
		if len(d.Hosts) != 1 {
			continue
		}
		var loads []*inventory.Workload
		for k := range v.estate.Workloads {
			if w := &v.estate.Workloads[k]; runs(w) && slices.Contains(w.Datastores, d.ID) {
				loads = append(loads, w)
			}
		}
		if h := v.hosts[d.Hosts[0]]; len(loads) > 0 && h != nil && h.Cluster != "" {
			out = append(out, point("datastore", d.ID, loads, "only host %s reaches datastore %s: what lies there cannot start elsewhere", h.ID, d.ID))
		}
	}
	return out
}

// brokenRules are machines that shall be apart and are together today.
func (v *view) brokenRules() []SinglePoint {
	var out []SinglePoint
	for _, rule := range slices.Concat(v.estate.Rules, v.options.Rules) {
		if len(rule.Apart) == 0 || rule.Disabled {
			continue
		}
		at := map[string][]*inventory.Workload{}
		for i := range v.estate.Workloads {
			w := &v.estate.Workloads[i]
			h := v.hosts[w.Host]
			if !runs(w) || h == nil || !inventory.MatchesAny(rule.Apart, w.ID, w.Name) {
				continue
			}
			place := h.ID
			switch rule.By {
			case inventory.ByChassis:
				place = cmp.Or(h.Chassis, h.ID)
			case inventory.BySite:
				place = cmp.Or(h.Site, h.ID)
			}
			at[place] = append(at[place], w)
		}
		for _, place := range slices.Sorted(maps.Keys(at)) {
			if len(at[place]) > 1 {
				out = append(out, point("rule", cmp.Or(rule.Name, strings.Join(rule.Apart, ", ")), at[place], "machines that shall be apart share %s today", place))
			}
		}
	}
	return out
}

// Storage is something found on storage that is worth clearing.
type Storage struct {
	Code   string            `json:"code" yaml:"code"` // of the finding
	What   string            `json:"what" yaml:"what"`
	Do     string            `json:"do,omitzero" yaml:"do,omitempty"`
	Values map[string]string `json:"values,omitempty" yaml:"values,omitempty,flow"`
}

// storage is what the inventory found: snapshots that are kept, disks that no
// machine has, machines that no host knows.
func (v *view) storage() []Storage {
	var out []Storage
	for _, f := range v.estate.Findings {
		switch f.Code {
		case "snapshots-kept", "disk-orphaned", "disks-orphaned", "vm-orphaned":
			out = append(out, Storage{f.Code, f.What, f.Do, f.Values})
		}
	}
	return out
}
