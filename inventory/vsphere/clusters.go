package vsphere

import (
	"context"
	"fmt"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// clusterRecord is a cluster whose rules wait for the IDs of the guests.
type clusterRecord struct {
	ref    reference
	id     string
	name   string
	config types.ClusterConfigInfoEx
}

// readClusters reads the clusters with their HA, DRS and DPM settings. Hosts
// know their cluster by its reference, so this comes after them.
func (c *collector) readClusters(ctx context.Context) error {
	hosts := map[reference]int64{}
	q := c.query("ClusterComputeResource", "clusters", "name", "parent", "configurationEx", "summary.currentEVCModeKey", "summary.numHosts")
	n, err := c.each(ctx, q, func(r record) {
		config, _ := value[types.ClusterConfigInfoEx](r, "configurationEx")
		c.clusters = append(c.clusters, clusterRecord{ref: r.ref, name: r.name(), config: config})
		hosts[r.ref], _ = r.number("summary.numHosts")
		c.estate.Clusters = append(c.estate.Clusters, c.cluster(r, config))
	})
	if err := c.optional(err, q.label); err != nil {
		return err
	}
	c.counts["clusters"] = n
	c.nameClusters()
	return c.joinHosts(ctx, hosts)
}

func (c *collector) cluster(r record, config types.ClusterConfigInfoEx) inventory.Cluster {
	parent, _ := r.to("parent")
	return inventory.Cluster{
		Name: r.name(), Site: c.siteOf(parent), EVC: r.text("summary.currentEVCModeKey"),
		HA: clusterHA(config.DasConfig), DRS: clusterDRS(config), From: origin(r.ref),
	}
}

func clusterHA(das types.ClusterDasConfigInfo) inventory.HA {
	ha := inventory.HA{Enabled: isTrue(das.Enabled), Admission: isTrue(das.AdmissionControlEnabled)}
	switch p := das.AdmissionControlPolicy.(type) {
	case *types.ClusterFailoverLevelAdmissionControlPolicy:
		ha.Policy, ha.HostFailures = "hosts", count(p.FailoverLevel)
	case *types.ClusterFailoverResourcesAdmissionControlPolicy:
		ha.Policy, ha.HostFailures = "percent", count(p.FailoverLevel)
		ha.CPU = inventory.Percent(float64(count(p.CpuFailoverResourcesPercent)))
		ha.Memory = inventory.Percent(float64(count(p.MemoryFailoverResourcesPercent)))
	case *types.ClusterFailoverHostAdmissionControlPolicy:
		ha.Policy, ha.HostFailures = "dedicated", max(count(p.FailoverLevel), len(p.FailoverHosts))
	}
	return ha
}

func clusterDRS(config types.ClusterConfigInfoEx) inventory.DRS {
	drs := inventory.DRS{Enabled: isTrue(config.DrsConfig.Enabled), Automation: automation(config.DrsConfig.DefaultVmBehavior)}
	if config.DpmConfigInfo != nil {
		drs.DPM = isTrue(config.DpmConfigInfo.Enabled)
	}
	return drs
}

// automation is the word of the estate for how far DRS acts by itself.
func automation(b types.DrsBehavior) string {
	switch b {
	case types.DrsBehaviorManual:
		return "manual"
	case types.DrsBehaviorPartiallyAutomated:
		return "partial"
	case types.DrsBehaviorFullyAutomated:
		return "full"
	}
	return ""
}

func isTrue(b *bool) bool { return b != nil && *b }

func count(n int32) int { return max(int(n), 0) }

// nameClusters gives the clusters their IDs.
func (c *collector) nameClusters() {
	names := make([]named, len(c.clusters))
	for i, cl := range c.clusters {
		names[i] = named{cl.ref, cl.name}
	}
	identify(names, c.ids)
	for i, cl := range c.clusters {
		c.clusters[i].id = c.ids[cl.ref]
		c.estate.Clusters[i].ID = c.ids[cl.ref]
	}
}

// sayDedicated names the hosts that HA keeps empty for failures: no plan of a
// cluster with them may put guests there.
func (c *collector) sayDedicated() {
	for _, cl := range c.clusters {
		policy, ok := cl.config.DasConfig.AdmissionControlPolicy.(*types.ClusterFailoverHostAdmissionControlPolicy)
		if !ok {
			continue
		}
		for _, ref := range policy.FailoverHosts {
			c.remark(ref, inventory.Finding{
				Code: "ha-dedicated-host", Severity: inventory.Warning,
				What:   fmt.Sprintf("HA of cluster %s keeps this host empty for failures.", cl.name),
				Do:     "Leave it out of the plan, or let the plan's own reserve stand in for it.",
				Values: map[string]string{"cluster": cl.name},
			})
		}
	}
}

// joinHosts tells each host its cluster, and says when a cluster has more
// hosts than the account may see.
func (c *collector) joinHosts(ctx context.Context, expected map[reference]int64) error {
	byID := map[string]reference{}
	for ref, id := range c.ids {
		if ref.Type == "HostSystem" {
			byID[id] = ref
		}
	}
	seen := map[reference]int64{}
	for i, h := range c.estate.Hosts {
		parent := c.parents[byID[h.ID]]
		seen[parent]++
		c.estate.Hosts[i].Cluster = c.ids[parent]
	}
	for _, cl := range c.clusters {
		if hidden := expected[cl.ref] - seen[cl.ref]; hidden > 0 {
			c.find(inventory.Finding{
				Code: "hosts-hidden", Severity: inventory.Warning, Subject: cl.id, At: at(cl.ref),
				What:   fmt.Sprintf("Cluster %s has %d hosts, of which the account may see %d.", cl.name, expected[cl.ref], seen[cl.ref]),
				Do:     "Give the account the role Read-only at the top of the inventory, with propagation.",
				Values: map[string]string{"cluster": cl.name, "hosts": fmt.Sprint(expected[cl.ref]), "seen": fmt.Sprint(seen[cl.ref])},
			})
		}
	}
	return ctx.Err()
}
