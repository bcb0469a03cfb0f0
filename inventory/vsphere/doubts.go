package vsphere

import (
	"fmt"
	"strconv"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// doubts adds findings on what a plan should know of a VM: what is unknown,
// and what stands in the way of a move.
func (c *collector) doubts(r record, w inventory.Workload) {
	if w.Class == inventory.Orphan {
		state := r.text("runtime.connectionState")
		c.remark(r.ref, inventory.Finding{
			Code: "vm-orphaned", Severity: inventory.Warning,
			What:   fmt.Sprintf("VM %s is %s: the server lists it, but no host can run it.", w.Name, state),
			Do:     "Register it again or take it out of the inventory.",
			Values: map[string]string{"state": state},
		})
		return // nothing else about it can be trusted
	}
	if w.Class == "" && w.VCPUs == 0 {
		c.remark(r.ref, inventory.Finding{
			Code: "cores-unknown", Severity: inventory.Error, What: fmt.Sprintf("VM %s tells no number of vCPUs.", w.Name),
			Do: "Check the account's rights, or write vcpus into the estate.",
		})
	}
	if w.Class == "" && !w.Memory.Known() {
		c.remark(r.ref, inventory.Finding{
			Code: "memory-unknown", Severity: inventory.Error, What: fmt.Sprintf("VM %s tells no memory.", w.Name),
			Do: "Check the account's rights, or write its memory into the estate.",
		})
	}
	if _, seen := r.props["config.hardware.device"]; !seen && w.Class == "" {
		c.remark(r.ref, inventory.Finding{
			Code: "pins-unknown", Severity: inventory.Warning,
			What: fmt.Sprintf("VM %s does not show its devices: whether one of them, or a local disk, keeps it where it is, is unknown.", w.Name),
			Do:   "Give the account the role Read-only on it.",
		})
	}
	if n, oldest := snapshots(r); n > 0 {
		c.snapshots.add(n, oldest)
	}
	c.limits(r, w)
}

// snapshotSum counts snapshots over all VMs.
type snapshotSum struct {
	vms, count int
	oldest     time.Time
}

func (s *snapshotSum) add(n int, oldest time.Time) {
	if s.vms == 0 || oldest.Before(s.oldest) {
		s.oldest = oldest
	}
	s.vms++
	s.count += n
}

// snapshots is how many snapshots a VM has, and when the oldest was taken.
func snapshots(r record) (int, time.Time) {
	trees, _ := value[types.ArrayOfVirtualMachineSnapshotTree](r, "snapshot.rootSnapshotList")
	n, oldest := 0, time.Time{}
	for queue := trees.VirtualMachineSnapshotTree; len(queue) > 0; {
		next := queue[0]
		queue = append(queue[1:], next.ChildSnapshotList...)
		n++
		if n == 1 || next.CreateTime.Before(oldest) {
			oldest = next.CreateTime
		}
	}
	return n, oldest
}

// saySnapshots says how many VMs have snapshots: each slows a move down and
// grows on its datastore. Which VMs they are stands in the label "snapshots".
func (c *collector) saySnapshots() {
	s := c.snapshots
	if s.vms == 0 {
		return
	}
	day := inventory.MakeDate(s.oldest.UTC()).String()
	c.find(inventory.Finding{
		Code: "snapshots-kept", Severity: inventory.Note, At: "VirtualMachine",
		What:   fmt.Sprintf("%d VMs have %d snapshots in all, the oldest of %s.", s.vms, s.count, day),
		Do:     "Remove those that nobody needs before moving.",
		Values: map[string]string{"vms": strconv.Itoa(s.vms), "count": strconv.Itoa(s.count), "oldest": day},
	})
}

// limits says where a VM gets less than it has on paper, and where it needs
// cores of its own.
func (c *collector) limits(r record, w inventory.Workload) {
	if v, ok := r.limit("config.cpuAllocation.limit"); ok {
		c.limit(r.ref, w, "CPU", inventory.MHz(v).String())
	}
	// A limit at or above the memory allocated limits nothing.
	if v, ok := r.limit("config.memoryAllocation.limit"); ok && v < w.Memory.MiB() {
		c.limit(r.ref, w, "memory", inventory.MiB(v).String())
	}
	if r.rawText("config.latencySensitivity.level") == "high" {
		c.remark(r.ref, inventory.Finding{
			Code: "latency-sensitive", Severity: inventory.Note,
			What: fmt.Sprintf("VM %s is set to latency sensitivity \"high\": it wants cores of its own.", w.Name),
			Do:   "Do not overcommit the cores of its host.",
		})
	}
}

func (c *collector) limit(ref reference, w inventory.Workload, what, limit string) {
	c.remark(ref, inventory.Finding{
		Code: "limit-set", Severity: inventory.Note,
		What:   fmt.Sprintf("VM %s has a %s limit of %s: what it was seen to use may be less than what it needs.", w.Name, what, limit),
		Do:     "Find out whether the limit is still wanted.",
		Values: map[string]string{"resource": what, "limit": limit},
	})
}
