package vsphere

import (
	"context"
	"fmt"
	"strconv"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// labels makes a map of the pairs of key and text whose text is not empty; nil
// for none.
func labels(pairs ...string) map[string]string {
	var m map[string]string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if m == nil {
			m = make(map[string]string, len(pairs)/2)
		}
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// hostLabels are facts of a host that a policy may choose by.
func (c *collector) hostLabels(r record, site string) map[string]string {
	return labels("datacenter", site,
		"power_policy", r.text("config.powerSystemInfo.currentPolicy.shortName"),
		"evc", r.text("summary.currentEVCModeKey"), "evc_max", r.text("summary.maxEVCModeKey"))
}

// guestLabels are the VM's place in the tree, what sets it apart, and its
// custom attributes, which win over ours where they have the same name.
func (c *collector) guestLabels(r record) map[string]string {
	parent, _ := r.to("parent")
	pairs := []string{
		"datacenter", c.siteOf(parent), "folder", c.folderOf(parent), "annotation", r.text("config.annotation"),
		"snapshots", snapshotCount(r),
	}
	if state := r.text("runtime.connectionState"); state != "connected" {
		pairs = append(pairs, "connection", state)
	}
	if level := r.text("config.latencySensitivity.level"); level != "normal" {
		pairs = append(pairs, "latency", level)
	}
	if v, ok := r.limit("config.cpuAllocation.limit"); ok {
		pairs = append(pairs, "cpu_limit", inventory.MHz(v).String())
	}
	if v, ok := r.limit("config.memoryAllocation.limit"); ok {
		pairs = append(pairs, "memory_limit", inventory.MiB(v).String())
	}
	if c.noAttributes {
		return labels(pairs...)
	}
	values, _ := value[types.ArrayOfCustomFieldValue](r, "customValue")
	for _, v := range values.CustomFieldValue {
		text, ok := v.(*types.CustomFieldStringValue)
		if !ok {
			continue
		}
		name := c.fields[text.Key]
		if name == "" {
			name = fmt.Sprintf("attribute-%d", text.Key)
		}
		pairs = append(pairs, name, inventory.CleanText(text.Value))
	}
	return labels(pairs...)
}

func snapshotCount(r record) string {
	n, _ := snapshots(r)
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// readFields reads the names of the custom attributes; VMs only carry their keys.
func (c *collector) readFields(ctx context.Context) error {
	manager := c.content.CustomFieldsManager
	if manager == nil || c.noAttributes { // a single ESXi host has none
		return nil
	}
	q := c.query("", "custom attributes", "field")
	err := c.one(ctx, *manager, q, func(r record) {
		list, _ := value[types.ArrayOfCustomFieldDef](r, "field")
		for _, f := range list.CustomFieldDef {
			c.fields[f.Key] = inventory.CleanText(f.Name)
		}
	})
	return c.optional(err, q.label)
}
