package vsphere

import (
	"cmp"
	"context"
	"slices"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// store is what guests need to know of a datastore.
type store struct {
	name  string
	local bool // only one host reaches it
}

// readDatastores reads the datastores and which hosts reach them.
func (c *collector) readDatastores(ctx context.Context) error {
	var names []named
	var refs []reference
	q := c.query("Datastore", "datastores", "name", "host",
		"summary.type", "summary.capacity", "summary.freeSpace", "summary.accessible", "summary.multipleHostAccess")
	n, err := c.each(ctx, q, func(r record) {
		d := c.datastore(r)
		refs = append(refs, r.ref)
		names = append(names, named{r.ref, d.Name})
		c.estate.Datastores = append(c.estate.Datastores, d)
		// A datastore that several hosts share is not local only because the
		// account sees but one of them.
		c.stores[r.ref] = store{name: d.Name, local: len(d.Hosts) == 1 && !r.flag("summary.multipleHostAccess")}
	})
	if err := c.optional(err, q.label); err != nil {
		return err
	}
	c.counts["datastores"] = n
	identify(names, c.ids)
	for i, ref := range refs {
		c.estate.Datastores[i].ID = c.ids[ref]
	}
	slices.SortFunc(c.estate.Datastores, func(a, b inventory.Datastore) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// datastore reads sizes in bytes. Those of a datastore that no host reaches
// are old or 0, and are left unknown.
func (c *collector) datastore(r record) inventory.Datastore {
	d := inventory.Datastore{Name: r.name(), Type: r.text("summary.type"), From: origin(r.ref)}
	if accessible, told := value[bool](r, "summary.accessible"); accessible || !told {
		if v := r.positive("summary.capacity"); v > 0 {
			d.Capacity = bytesDown(v)
			if free, ok := r.number("summary.freeSpace"); ok && free >= 0 {
				d.Free = bytesDown(float64(free))
			}
		}
	}
	mounts, _ := value[types.ArrayOfDatastoreHostMount](r, "host")
	for _, m := range mounts.DatastoreHostMount {
		id, known := c.ids[m.Key]
		if known && (m.MountInfo.Mounted == nil || *m.MountInfo.Mounted) {
			d.Hosts = append(d.Hosts, id)
		}
	}
	slices.Sort(d.Hosts)
	return d
}
