package vsphere

import (
	"cmp"
	"context"
	"slices"

	"sobre/inventory"
)

// poolRecord is a resource pool that is to get an ID.
type poolRecord struct {
	ref, parent, owner reference
	pool               inventory.Pool
}

// readPools reads the resource pools and vApps. The root pool of a cluster or
// host is the cluster itself and is left out.
func (c *collector) readPools(ctx context.Context) error {
	var found []poolRecord
	q := c.query("ResourcePool", "resource pools", "name", "parent", "owner",
		"config.cpuAllocation.reservation", "config.cpuAllocation.limit",
		"config.memoryAllocation.reservation", "config.memoryAllocation.limit")
	n, err := c.each(ctx, q, func(r record) {
		owner, _ := r.to("owner")
		parent, _ := r.to("parent")
		c.parents[r.ref] = owner
		if parent.Type == "ComputeResource" || parent.Type == "ClusterComputeResource" {
			return
		}
		found = append(found, poolRecord{r.ref, parent, owner, pool(r)})
	})
	if err := c.optional(err, q.label); err != nil {
		return err
	}
	c.counts["pools"] = n
	names := make([]named, len(found))
	for i, p := range found {
		names[i] = named{p.ref, p.pool.Name}
	}
	identify(names, c.ids)
	for _, p := range found {
		p.pool.ID, p.pool.Parent, p.pool.Cluster = c.ids[p.ref], c.ids[p.parent], c.ids[p.owner]
		c.estate.Pools = append(c.estate.Pools, p.pool)
	}
	slices.SortFunc(c.estate.Pools, func(a, b inventory.Pool) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// pool reads limits and reservations, in MHz and MB (of 2²⁰ bytes). A limit of
// -1 is none; a reservation of 0 is none either.
func pool(r record) inventory.Pool {
	p := inventory.Pool{Name: r.name(), From: origin(r.ref)}
	if v := r.amount("config.cpuAllocation.reservation"); v > 0 {
		p.CPUReservation = inventory.MHz(v)
	}
	if v := r.amount("config.memoryAllocation.reservation"); v > 0 {
		p.MemoryReservation = inventory.MiB(v)
	}
	if v, ok := r.limit("config.cpuAllocation.limit"); ok {
		p.CPULimit = inventory.MHz(v)
	}
	if v, ok := r.limit("config.memoryAllocation.limit"); ok {
		p.MemoryLimit = inventory.MiB(v)
	}
	return p
}
