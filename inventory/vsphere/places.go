package vsphere

import (
	"context"
	"slices"
	"strings"

	"sobre/inventory"
)

// place is a folder, datacenter or compute resource in the server's tree.
type place struct {
	name   string
	parent reference
}

// maxDepth ends walks up the tree, should a server's parents form a ring.
const maxDepth = 64

// readPlaces reads the tree in which hosts and guests stand. Each datacenter
// becomes a site.
func (c *collector) readPlaces(ctx context.Context) error {
	for _, q := range []query{
		c.query("Datacenter", "datacenters", "name", "parent"),
		c.query("Folder", "folders", "name", "parent"),
		c.query("ComputeResource", "compute resources", "name", "parent"),
	} {
		n, err := c.each(ctx, q, func(r record) {
			parent, _ := r.to("parent")
			c.places[r.ref] = place{name: r.name(), parent: parent}
		})
		if err := c.optional(err, q.label); err != nil {
			return err
		}
		if q.kind == "Datacenter" {
			c.counts["datacenters"] = n
		}
	}
	c.makeSites()
	return nil
}

// makeSites turns datacenters into sites. The only datacenter of a single
// ESXi host is there for form's sake and becomes none.
func (c *collector) makeSites() {
	if c.content.About.ApiType != "VirtualCenter" {
		return
	}
	var found []named
	for ref, p := range c.places {
		if ref.Type == "Datacenter" {
			found = append(found, named{ref, p.name})
		}
	}
	slices.SortFunc(found, func(a, b named) int {
		return strings.Compare(a.name+"\x00"+a.ref.Value, b.name+"\x00"+b.ref.Value)
	})
	var unique inventory.IDs
	for _, d := range found {
		c.ids[d.ref] = unique.Unique(d.name)
		c.estate.Sites = append(c.estate.Sites, inventory.Site{Name: c.ids[d.ref], From: origin(d.ref)})
	}
}

// siteOf is the site of what stands under ref, "" when unknown.
func (c *collector) siteOf(ref reference) string {
	for range maxDepth {
		if ref.Type == "Datacenter" {
			return c.ids[ref]
		}
		p, ok := c.places[ref]
		if !ok {
			return ""
		}
		ref = p.parent
	}
	return ""
}

// folderOf is the path of folders down to ref, such as "Prod/Web", without the
// datacenter and the hidden folder at its top.
func (c *collector) folderOf(ref reference) string {
	var names []string
	for range maxDepth {
		p, ok := c.places[ref]
		if !ok || ref.Type != "Folder" || p.parent.Type == "Datacenter" {
			break
		}
		names = append(names, p.name)
		ref = p.parent
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}
