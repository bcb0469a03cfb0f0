package proxmox

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// builder gathers nodes, guests and storage of one cluster.
type builder struct {
	sources  []inventory.Source
	nodes    map[string]*node // by name in lower case
	list     []inventory.Workload
	keys     []guestKey     // of the workload with the same number
	guests   map[string]int // vmid and name → number
	stores   []store
	statuses []placedStatus
	findings []inventory.Finding
}

// node is a host of the cluster.
type node struct{ inventory.Host }

// guestKey is what orders a guest and where it runs.
type guestKey struct {
	vmid int
	node string // "" when the list does not say
	file string // name of the file, which may
}

// store is a storage as one node lists it.
type store struct {
	r      resource
	origin inventory.Origin
}

// placedStatus is the status of the node that the file name tells.
type placedStatus struct {
	status *status
	file   string
	source string
}

const (
	mebi = 1 << 20
	// Limits beyond which a figure is a mistake.
	maxBytes = 1 << 60
	maxCount = 65_536
	maxVMID  = 999_999_999 // by the API
)

func (b *builder) find(f inventory.Finding) { b.findings = append(b.findings, f) }

// size is a number of bytes that is known and can be; 0 of an offline node or a
// guest without disks tells nothing.
func size(n number) inventory.Size {
	if !n.known || n.value <= 0 || n.value > maxBytes {
		return inventory.Size{}
	}
	return inventory.MiB(n.value / mebi)
}

func count(n number) int {
	if !n.known || n.value < 1 || n.value > maxCount {
		return 0
	}
	return int(n.value)
}

// share is a share of 1 as a level in percent.
func share(n number) inventory.Level {
	if !n.known || n.value < 0 || n.value > 100 {
		return inventory.Level{}
	}
	return inventory.PercentLevel(n.value * 100)
}

func (b *builder) resource(r *located, file string, source *inventory.Source) {
	if r.err != nil {
		b.find(inventory.Finding{
			Code: "record-unreadable", Severity: inventory.Error, Source: source.ID, At: inventory.CleanText(r.ID), Line: r.line,
			What: "a resource cannot be read: " + inventory.CleanText(r.err.Error()) + "; it is left out", Do: "save the answer again",
			Values: map[string]string{"cause": inventory.CleanText(r.err.Error())},
		})
		return
	}
	kind := r.Type
	if kind == "" && r.VMID.known {
		kind = "qemu"
		if strings.Contains(strings.ToLower(file), "lxc") {
			kind = "lxc"
		}
	}
	origin := inventory.Origin{Source: source.ID, At: inventory.CleanText(r.ID), Line: r.line}
	switch kind {
	case "node":
		b.node(&r.resource, origin)
	case "qemu", "lxc":
		b.guest(&r.resource, kind, file, origin)
	case "storage":
		b.stores = append(b.stores, store{r.resource, origin})
	default:
		return
	}
	source.Counts[kind]++
}

func (b *builder) node(r *resource, origin inventory.Origin) {
	name := inventory.CleanText(r.Node)
	if name == "" {
		name = inventory.CleanText(strings.TrimPrefix(r.ID, "node/"))
	}
	if _, known := b.nodes[strings.ToLower(name)]; known || name == "" {
		return // it stands in /nodes and in /cluster/resources
	}
	h := inventory.Host{Name: name, Role: inventory.Hypervisor, Memory: size(r.MaxMem), From: []inventory.Origin{origin}}
	h.CPU.Threads = count(r.MaxCPU)
	if r.Status == "offline" {
		h.State = inventory.HostOff
	} else {
		h.Use.CPU.Now = share(r.CPU)
		if used := size(r.Mem); used.Known() {
			h.Use.Memory.Now = inventory.MiBLevel(used.MiB())
		}
	}
	b.nodes[strings.ToLower(name)] = &node{h}
}

func (b *builder) guest(r *resource, kind, file string, origin inventory.Origin) {
	vmid := 0
	if r.VMID.value > 0 && r.VMID.value <= maxVMID {
		vmid = int(r.VMID.value)
	}
	name := inventory.CleanText(r.Name)
	if name == "" {
		name = kind + "-" + strconv.Itoa(vmid)
	}
	key := strconv.Itoa(vmid) + " " + strings.ToLower(name)
	if n, known := b.guests[key]; known {
		if b.keys[n].node == "" {
			b.keys[n].node = strings.ToLower(inventory.CleanText(r.Node))
		}
		return
	}
	w := inventory.Workload{
		Name: name, Kind: inventory.VM, State: inventory.On, VCPUs: count(r.MaxCPU), Memory: size(r.MaxMem), Disk: size(r.MaxDisk),
		Labels: guestLabels(r, kind, vmid), From: []inventory.Origin{origin},
	}
	if w.VCPUs == 0 {
		w.VCPUs = count(r.CPUs)
	}
	// The API cannot look into the disks of qemu guests and says 0.
	if kind == "lxc" {
		w.DiskUsed = size(r.Disk)
	}
	switch {
	case r.Template.value == 1:
		w.State = inventory.Template
	case r.Status == "stopped":
		w.State = inventory.Off
	case r.Status == "paused" || r.Status == "suspended":
		w.State = inventory.Suspended
	default:
		w.Use.CPU.Now = share(r.CPU)
		if used := size(r.Mem); used.Known() {
			w.Use.Memory.Now = inventory.MiBLevel(used.MiB())
		}
	}
	b.guests[key] = len(b.list)
	b.list = append(b.list, w)
	b.keys = append(b.keys, guestKey{vmid, strings.ToLower(inventory.CleanText(r.Node)), strings.ToLower(file)})
}

func guestLabels(r *resource, kind string, vmid int) map[string]string {
	labels := map[string]string{"vmid": strconv.Itoa(vmid), "platform": kind}
	if pool := inventory.CleanText(r.Pool); pool != "" {
		labels["pool"] = pool
	}
	if tags := inventory.CleanText(r.Tags); tags != "" {
		labels["tags"] = tags
	}
	return labels
}

// estate joins what was read and puts it in order.
func (b *builder) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Sources: b.sources}
	b.applyStatuses()
	b.hosts(e)
	b.workloads(e)
	b.storage(e)
	b.find(inventory.Finding{
		Code: "not-in-source", Severity: inventory.Note,
		What:   "the list of resources shows one moment, and no devices given to guests: use over time, passthrough and HA rules are unknown",
		Do:     "add measured use, and pin guests with a device in the estate file",
		Values: map[string]string{"source": "proxmox"},
	})
	slices.SortStableFunc(b.findings, func(x, y inventory.Finding) int {
		return cmp.Or(strings.Compare(x.Code, y.Code), strings.Compare(x.Subject, y.Subject))
	})
	e.Findings = b.findings
	return e
}

// applyStatuses gives every node the processors of its status, found by the
// name of the file: the answer does not say whose it is.
func (b *builder) applyStatuses() {
	for _, s := range b.statuses {
		n := b.nodeOfFile(strings.ToLower(s.file))
		if n == nil {
			b.find(inventory.Finding{
				Code: "status-unjoined", Severity: inventory.Warning, Source: s.source, At: s.file,
				What: fmt.Sprintf("the status in %s does not say of which node it is, nor does the file's name: not used", inventory.CleanText(s.file)),
				Do:   "name the file after the node, such as pve1.json", Values: map[string]string{"file": inventory.CleanText(s.file)},
			})
			continue
		}
		b.processors(n, s)
	}
}

// nodeOfFile is the node whose name stands in the file's, as a word; nil when
// none or several do. The only node needs no name.
func (b *builder) nodeOfFile(file string) *node {
	var found []*node
	for name, n := range b.nodes {
		if containsWord(file, name) {
			found = append(found, n)
		}
	}
	if len(found) == 0 && len(b.nodes) == 1 {
		for _, n := range b.nodes {
			return n
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// containsWord tells whether word stands in text between characters that names
// do not have; the "-" of pve-1-status.json may be either.
func containsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		if (i == 0 || !alnum(text[i-1])) && (end == len(text) || !alnum(text[end])) {
			return true
		}
		from = i + 1
	}
}

func alnum(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// clockInName is the nominal clock that many processors carry in their name.
var clockInName = regexp.MustCompile(`@\s*([0-9]+(?:\.[0-9]+)?)\s*GHz`)

func (b *builder) processors(n *node, s placedStatus) {
	info := s.status.CPUInfo
	n.CPU.Model = inventory.CleanText(info.Model)
	n.CPU.Sockets, n.CPU.Cores = count(info.Sockets), count(info.Cores)
	if t := count(info.CPUs); t > 0 {
		n.CPU.Threads = t
	}
	n.OS = inventory.CleanText(s.status.Version)
	if m := size(s.status.Memory.Total); m.Known() && !n.Memory.Known() {
		n.Memory = m
	}
	origin := inventory.Origin{Source: s.source, At: "cpuinfo", Fields: []string{"cpu", "os"}}
	model, known := inventory.LookUpCPU(n.CPU.Model)
	mhz := clockInName.FindStringSubmatch(n.CPU.Model)
	switch {
	case known && model.Clock.Known():
		n.CPU.Clock = model.Clock
		origin.Method = "clock from the table of processor models"
	case mhz != nil:
		v, _ := strconv.ParseFloat(mhz[1], 64) // digits, by the pattern
		n.CPU.Clock = inventory.MHz(v * 1000)
		origin.Method = "clock from the name of the processor"
	case info.MHz.known && info.MHz.value > 100 && info.MHz.value < 20_000:
		n.CPU.Clock = inventory.MHz(info.MHz.value)
		origin.Method = "clock of one core at the moment of the answer"
	}
	if known && model.Year > 0 {
		n.Year = model.Year
		b.find(inventory.Finding{
			Code: "year-assumed", Severity: inventory.Note, Subject: idOf(n.Name), Source: s.source,
			What: fmt.Sprintf("the year of node %s is the launch of its processor (%s): it cannot be older", n.Name, model.Name),
			Do:   "enter the year of purchase in the estate file", Values: map[string]string{"name": n.Name, "model": model.Name},
		})
	}
	n.From = append(n.From, origin)
}

// idOf makes a name fit to be an ID: lower case, without the signs of patterns.
func idOf(name string) string {
	return strings.NewReplacer("*", "-", "?", "-").Replace(strings.ToLower(name))
}

func (b *builder) hosts(e *inventory.Estate) {
	var ids inventory.IDs
	names := make([]string, 0, len(b.nodes))
	for name := range b.nodes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		n := b.nodes[name]
		n.ID = ids.Unique(idOf(n.Name))
		if n.CPU.Cores == 0 && n.State != inventory.HostOff {
			b.find(inventory.Finding{
				Code: "cores-unknown", Severity: inventory.Warning, Subject: n.ID, Source: n.From[0].Source,
				What:   fmt.Sprintf("the list of resources gives the threads of node %s (%d), not its cores nor its processor", n.Name, n.CPU.Threads),
				Do:     "save pvesh get /nodes/" + n.Name + "/status --output-format json as " + n.Name + ".json beside it",
				Values: map[string]string{"name": n.Name, "threads": strconv.Itoa(n.CPU.Threads)},
			})
		}
		if !n.Memory.Known() && n.State != inventory.HostOff {
			b.find(inventory.Finding{
				Code: "memory-unknown", Severity: inventory.Warning, Subject: n.ID, Source: n.From[0].Source,
				What: fmt.Sprintf("the memory of node %s is unknown: nothing can be placed on it", n.Name), Do: "enter it in the estate file",
				Values: map[string]string{"name": n.Name},
			})
		}
		e.Hosts = append(e.Hosts, n.Host)
	}
	slices.SortFunc(e.Hosts, func(x, y inventory.Host) int { return strings.Compare(x.ID, y.ID) })
}

func (b *builder) workloads(e *inventory.Estate) {
	order := make([]int, len(b.list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(strings.Compare(strings.ToLower(b.list[i].Name), strings.ToLower(b.list[j].Name)), cmp.Compare(b.keys[i].vmid, b.keys[j].vmid))
	})
	var ids inventory.IDs
	for _, i := range order {
		w, k := b.list[i], b.keys[i]
		w.ID = ids.Unique(idOf(w.Name))
		n := b.nodes[k.node]
		if n == nil && k.node == "" {
			n = b.nodeOfFile(k.file)
		}
		if n != nil {
			w.Host = n.ID
		} else {
			b.find(inventory.Finding{
				Code: "host-unknown", Severity: inventory.Warning, Subject: w.ID, Source: w.From[0].Source, Line: w.From[0].Line,
				What: fmt.Sprintf("the node of guest %s is unknown%s", w.Name, named(k.node)), Do: "save pvesh get /cluster/resources as well",
				Values: map[string]string{"name": w.Name, "node": k.node},
			})
		}
		for _, lack := range []struct {
			missing    bool
			code, what string
		}{{w.VCPUs == 0, "vcpus-unknown", "the number of vCPUs"}, {!w.Memory.Known(), "memory-unknown", "the memory"}} {
			if lack.missing && w.State != inventory.Template {
				b.find(inventory.Finding{
					Code: lack.code, Severity: inventory.Warning, Subject: w.ID, Source: w.From[0].Source, Line: w.From[0].Line,
					What: fmt.Sprintf("%s of guest %s is unknown", lack.what, w.Name), Do: "enter it in the estate file", Values: map[string]string{"name": w.Name},
				})
			}
		}
		e.Workloads = append(e.Workloads, w)
	}
	slices.SortFunc(e.Workloads, func(x, y inventory.Workload) int { return strings.Compare(x.ID, y.ID) })
}

func named(node string) string {
	if node == "" {
		return ""
	}
	return ": the list has no node " + node
}

// storage makes one datastore of a shared storage, which every node lists, and
// one a node of a local one.
func (b *builder) storage(e *inventory.Estate) {
	slices.SortStableFunc(b.stores, func(x, y store) int {
		return cmp.Or(strings.Compare(x.r.Storage, y.r.Storage), strings.Compare(x.r.Node, y.r.Node))
	})
	var ids inventory.IDs
	at := map[string]int{}
	for _, s := range b.stores {
		name := inventory.CleanText(s.r.Storage)
		key := name
		if s.r.Shared.value != 1 {
			key += " on " + inventory.CleanText(s.r.Node)
		}
		n := b.nodes[strings.ToLower(inventory.CleanText(s.r.Node))]
		i, known := at[key]
		if !known {
			d := inventory.Datastore{Name: name, Type: inventory.CleanText(s.r.Plugin), Capacity: size(s.r.MaxDisk), From: []inventory.Origin{s.origin}}
			if used := s.r.Disk; used.known && d.Capacity.Known() && used.value >= 0 && used.value <= s.r.MaxDisk.value {
				d.Free = inventory.MiB((s.r.MaxDisk.value - used.value) / mebi)
			}
			d.ID = ids.Unique(idOf(strings.ReplaceAll(key, " on ", "-")))
			i = len(e.Datastores)
			at[key] = i
			e.Datastores = append(e.Datastores, d)
		}
		if d := &e.Datastores[i]; n != nil && !slices.Contains(d.Hosts, n.ID) {
			d.Hosts = append(d.Hosts, n.ID)
		}
	}
	for i := range e.Datastores {
		slices.Sort(e.Datastores[i].Hosts)
	}
	slices.SortFunc(e.Datastores, func(x, y inventory.Datastore) int { return strings.Compare(x.ID, y.ID) })
}
