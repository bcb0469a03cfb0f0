package rvtools

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// info takes in one row of vInfo: a workload.
func (b *builder) info(s *scope, t *table) {
	v := vmFacts{
		server: t.server(), id: strings.ToLower(t.text(fVMID)), datacenter: t.text(fDatacenter), folder: t.text(fFolder),
		name: strings.ToLower(t.text(fName)), hostName: -1, host: -1, pool: -1,
		ruleTypes: t.text(fRuleTypes), ruleNames: t.text(fRuleNames), source: t.source, line: int32(t.rec.line),
	}
	w := inventory.Workload{
		Name: t.text(fName), Kind: inventory.VM, UUID: b.smbios(s, t),
		VCPUs: t.count(fCPUs), OS: t.text(fOSTools), DiskUsed: t.size(fInUse),
		From: []inventory.Origin{b.origin(t)},
	}
	if n := b.sameVM(v, w.UUID); n >= 0 {
		b.vmTwice(s, t, n)
		return
	}
	n := len(b.workloads)
	s.indexVM(int32(n), v)
	if w.OS == "" {
		w.OS = t.text(fOS)
	}
	if m, known := t.amount(fMemory); known && m > 0 {
		w.Memory = inventory.MiB(m)
	}
	w.Disk = t.size(fTotalDisk)
	v.provisioned = t.size(fProvisioned)
	b.state(&w, t)
	v.cluster = int32(b.clusterNumber(v.server, t.text(fCluster), b.origin(t)))
	v.pool = int32(b.poolNumber(v, t))
	if name := t.text(fHost); name != "" {
		v.hostName = s.nameHost(hostName{name: name, server: v.server, datacenter: v.datacenter, cluster: int(v.cluster), line: t.rec.line, at: t.at})
	}
	if ft := strings.ToLower(t.text(fFT)); ft == "running" || ft == "starting" || ft == "needsecondary" || ft == "enabled" {
		w.Pins = append(w.Pins, inventory.Pin{Kind: inventory.PinFaultTolerance, Reason: t.text(fFT)})
	}
	w.Labels = b.vmLabels(t, v)
	b.workloads = append(b.workloads, w)
	b.vms = append(b.vms, v)
	b.onDatastore(s, n, t.text(fPath))
}

// smbios is the SMBIOS UUID. The column "VM UUID" held it before RVTools 4.3.1
// and the instance UUID of vCenter, which starts with 50, since.
func (b *builder) smbios(s *scope, t *table) string {
	if t.has(fSMBIOS) {
		return inventory.NormaliseUUID(t.text(fSMBIOS))
	}
	uuid := inventory.NormaliseUUID(t.text(fUUID))
	if s.version != nil {
		if slices.Compare(s.version, []int{4, 3, 1}) >= 0 {
			return ""
		}
		return uuid
	}
	if strings.HasPrefix(uuid, "50") {
		return ""
	}
	return uuid
}

// agents are the VMs that vSphere itself makes: vCLS-1234…, "vCLS (1)".
var agents = regexp.MustCompile(`(?i)^vCLS([ (-]|$)`)

func (b *builder) state(w *inventory.Workload, t *table) {
	switch state := strings.ToLower(t.text(fPowerstate)); {
	case t.flag(fTemplate):
		w.State = inventory.Template
	case strings.Contains(state, "off"):
		w.State = inventory.Off
	case strings.Contains(state, "suspend"):
		w.State = inventory.Suspended
	default:
		w.State = inventory.On
	}
	switch connection := strings.ToLower(t.text(fConnection)); {
	case t.flag(fPlaceholder):
		w.Class = inventory.Placeholder
	case agents.MatchString(w.Name):
		w.Class = inventory.Agent
	case connection == "orphaned":
		w.Class = inventory.Orphan
	}
}

// vmLabels are the places, notes and custom attributes of a VM.
func (b *builder) vmLabels(t *table, v vmFacts) map[string]string {
	pairs := []string{"datacenter", v.datacenter, "folder", v.folder, "annotation", t.text(fAnnotation)}
	if c := strings.ToLower(t.text(fConnection)); c != "" && c != "connected" {
		pairs = append(pairs, "connection", c)
	}
	if l := strings.ToLower(t.text(fLatency)); l != "" && l != "normal" {
		pairs = append(pairs, "latency", l)
	}
	if r := strings.ToLower(t.text(fRestart)); r != "" && r != "medium" && r != "clusterrestartpriority" && r != "none" {
		pairs = append(pairs, "restart", r)
	}
	for _, c := range t.custom {
		pairs = append(pairs, c.label, t.clean.text(t.rec.raw(c.column)))
	}
	return labels(pairs...)
}

// sameVM is the number of a VM read before that is this one; -1: none. The ID
// within a vCenter tells; without it, place and name do within one export.
func (b *builder) sameVM(v vmFacts, uuid string) int {
	var key string
	switch {
	case v.id != "":
		key = "id " + v.server + " " + v.id
		if v.server == "" {
			key += " " + v.name + " " + uuid // vm-12 is in every vCenter
		}
	case v.folder != "":
		// A folder of vSphere holds no two VMs of one name.
		key = "folder " + v.server + " " + v.datacenter + "/" + v.folder + "/" + v.name
	case uuid != "":
		key = "uuid " + uuid + " " + v.name
	default:
		return -1
	}
	if n, ok := b.known[key]; ok {
		return n
	}
	b.known[key] = len(b.workloads)
	return -1
}

func (b *builder) vmTwice(s *scope, t *table, n int) {
	first := &b.workloads[n].From[0]
	s.indexVM(int32(n), vmFacts{id: strings.ToLower(t.text(fVMID)), name: strings.ToLower(t.text(fName))})
	b.notes.aboutVM(n, inventory.Finding{
		Code: "workload-twice", Severity: inventory.Warning, Source: t.source, At: t.at, Line: t.rec.line,
		What:   fmt.Sprintf("VM %s stands twice (also in row %d of %s): counted once, as it stands there", t.text(fName), first.Line, first.Source),
		Values: map[string]string{"name": t.text(fName), "other": first.Source, "line": strconv.Itoa(first.Line)},
	})
}

func (s *scope) indexVM(n int32, v vmFacts) {
	if v.id != "" && !slices.Contains(s.vmByID[v.id], n) {
		s.vmByID[v.id] = capped(s.vmByID[v.id], n)
	}
	if !slices.Contains(s.vmByName[v.name], n) {
		s.vmByName[v.name] = capped(s.vmByName[v.name], n)
	}
}

// capped appends as long as a list can still tell one from the others.
func capped(list []int32, n int32) []int32 {
	if len(list) > maxSameName {
		return list
	}
	return append(list, n)
}
