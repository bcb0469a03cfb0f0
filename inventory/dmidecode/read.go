package dmidecode

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Options says how to read; its zero value is good.
type Options struct {
	FS fs.FS // where paths are looked up; nil: this machine's files
}

// maxFile bounds one file; a server's firmware prints some 100 kB.
const maxFile = 32 << 20

var sign = regexp.MustCompile(`(?m)^(# dmidecode \d|Handle 0x[0-9A-Fa-f]{1,8}, DMI type \d+)`)

// Recognise tells from the first bytes of a file whether dmidecode printed it.
// The name does not matter.
func Recognise(head []byte, _ string) bool { return sign.Match(head) }

// Read reads files, or folders of them, one machine a file or one a banner
// ("# dmidecode 3.4"). A file that cannot be read becomes a finding; an error
// means that none could, or that ctx ended.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	files, err := inventory.FilesIn(o.FS, paths, func(name string) bool {
		head, err := inventory.ReadHead(o.FS, name, 64<<10)
		return err == nil && Recognise(bytes.ReplaceAll(head, []byte("\r"), nil), name)
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what dmidecode printed: %w", err)
	}
	b := &builder{}
	var failed []error
	for i, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		source := inventory.Source{ID: "dmidecode", Kind: "dmidecode", Path: f, Counts: map[string]int{}}
		if i > 0 {
			source.ID += "-" + strconv.Itoa(i+1)
		}
		if err := b.file(o.FS, f, &source); err != nil {
			failed = append(failed, err)
			b.find(inventory.Finding{Code: "document-unreadable", Severity: inventory.Error, Source: source.ID, At: filepath.Base(f),
				What: "cannot be read: " + inventory.CleanText(err.Error()), Do: "run dmidecode as root again", Values: map[string]string{"cause": inventory.CleanText(err.Error())}})
		}
		b.sources = append(b.sources, source)
	}
	if len(b.machines) == 0 {
		if len(failed) > 0 {
			return nil, errors.Join(failed...)
		}
		return nil, fmt.Errorf("nothing that dmidecode printed in %s", strings.Join(paths, ", "))
	}
	return b.estate(), nil
}

func (b *builder) file(fsys fs.FS, name string, source *inventory.Source) error {
	text, err := inventory.ReadTextFile(fsys, name, maxFile)
	if err != nil {
		return err
	}
	source.SHA256 = text.SHA256
	dumps := parse(text.Text)
	n := 0
	for _, d := range dumps {
		if d.first(systemInformation).line == 0 {
			continue
		}
		n++
		stem := inventory.FileStem(name)
		if len(dumps) > 1 {
			stem += "-" + strconv.Itoa(n)
		}
		b.machine(d, stem, inventory.Origin{Source: source.ID, At: filepath.Base(name), Line: d.first(systemInformation).line})
	}
	source.Counts["machines"] = n
	if n == 0 {
		return fmt.Errorf("reading %s: dmidecode printed no System Information: it has to run as root", name)
	}
	return nil
}

// Types of structures (DMTF DSP0134, System Management BIOS).
const (
	systemInformation = 1
	chassis           = 3
	processor         = 4
	memoryDevice      = 17
)

// machine is one host as the firmware tells.
type machine struct {
	inventory.Host
	platform string // of a guest
}

type builder struct {
	sources  []inventory.Source
	machines []machine
	findings []inventory.Finding
}

func (b *builder) find(f inventory.Finding) { b.findings = append(b.findings, f) }

// machine judges one dump.
func (b *builder) machine(d dump, name string, from inventory.Origin) {
	system, box := d.first(systemInformation).fields, d.first(chassis).fields
	h := inventory.Host{
		Name: inventory.CleanText(name), Role: inventory.Standalone, Make: inventory.CleanSerial(system["manufacturer"]), Model: inventory.CleanSerial(system["product name"]),
		Serial: inventory.CleanSerial(system["serial number"]), UUID: inventory.NormaliseUUID(system["uuid"]), From: []inventory.Origin{from},
	}
	if kind := box["type"]; kind != "" && kind != "Other" && kind != "Unknown" {
		h.Labels = map[string]string{"chassis": strings.ToLower(kind)}
	}
	memory, allCores, allThreads := 0.0, true, true
	for _, r := range d.records {
		f := r.fields
		switch r.kind {
		case processor:
			if !strings.HasPrefix(f["status"], "Populated") {
				continue
			}
			h.CPU.Sockets++
			h.CPU.Model = cmp.Or(h.CPU.Model, f["version"])
			cores, threads := count(cmp.Or(f["core enabled"], f["core count"])), count(f["thread count"])
			h.CPU.Cores += cores
			h.CPU.Threads += threads
			allCores, allThreads = allCores && cores > 0, allThreads && threads > 0
			if !h.CPU.Clock.Known() {
				h.CPU.Clock = clock(f["current speed"])
			}
		case memoryDevice:
			memory += size(f["size"]).MiB()
		}
	}
	if !allCores {
		h.CPU.Cores = 0 // half a sum would be taken for the whole
	}
	if !allThreads {
		h.CPU.Threads = 0
	}
	if memory > 0 {
		h.Memory = inventory.MiB(memory)
	}
	b.fromModel(&h)
	b.machines = append(b.machines, machine{h, platform(h.Make, h.Model)})
}

// fromModel fills what old firmware does not tell from the table of processors.
func (b *builder) fromModel(h *inventory.Host) {
	known, ok := inventory.LookUpCPU(h.CPU.Model)
	if !ok {
		return
	}
	origin := inventory.Origin{Source: h.From[0].Source, At: h.From[0].At, Line: h.From[0].Line, Method: "table of processors: " + known.Name}
	if h.CPU.Cores == 0 && h.CPU.Sockets > 0 {
		h.CPU.Cores, h.CPU.Threads = known.Cores*h.CPU.Sockets, known.Threads*h.CPU.Sockets
		origin.Fields = append(origin.Fields, "cpu.cores", "cpu.threads")
	}
	if known.Clock.Known() && h.CPU.Clock != known.Clock {
		h.CPU.Clock = known.Clock // "Current Speed" is that of the moment
		origin.Fields = append(origin.Fields, "cpu.clock")
	}
	if len(origin.Fields) > 0 {
		h.From = append(h.From, origin)
	}
}

// platform names the hypervisor whose firmware it is, "" for that of a machine.
func platform(maker, model string) string {
	text := strings.ToLower(maker + " " + model)
	for _, p := range []struct{ sign, name string }{
		{"vmware", "VMware"}, {"qemu", "KVM"}, {"kvm", "KVM"}, {"bochs", "KVM"}, {"standard pc (", "KVM"}, {"virtualbox", "VirtualBox"},
		{"microsoft corporation virtual machine", "Hyper-V"}, {"domu", "Xen"}, {"amazon ec2", "EC2"}, {"google compute engine", "Google"}, {"openstack", "OpenStack"},
	} {
		if strings.Contains(text, p.sign) && !strings.Contains(text, ".metal") {
			return p.name
		}
	}
	return ""
}

// estate makes a host and its system of each machine, or a guest.
func (b *builder) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Sources: b.sources}
	slices.SortStableFunc(b.machines, func(x, y machine) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), strings.Compare(x.From[0].At, y.From[0].At), cmp.Compare(x.From[0].Line, y.From[0].Line))
	})
	var hosts, works inventory.IDs
	for _, m := range b.machines {
		id := inventory.PlainID(m.Name)
		w := inventory.Workload{Name: m.Name, Kind: inventory.VM, State: inventory.On, VCPUs: cmp.Or(m.CPU.Threads, m.CPU.Cores), Memory: m.Memory, From: m.From[:1:1]}
		if m.platform != "" {
			w.UUID = m.UUID
			w.ID = works.Unique(id)
			w.Labels = map[string]string{"platform": m.platform}
		} else {
			h := m.Host
			h.ID = hosts.Unique(id)
			w.Kind, w.Host = inventory.Physical, h.ID
			w.ID = works.Unique(h.ID + "-os")
			e.Hosts = append(e.Hosts, h)
		}
		b.lacks(&w, m)
		e.Workloads = append(e.Workloads, w)
	}
	b.find(inventory.Finding{Code: "not-in-source", Severity: inventory.Note,
		What: "firmware does not know the machine's name, system, disks or use; the name is that of the file",
		Do:   "merge another inventory, or enter them in the estate file", Values: map[string]string{"source": "dmidecode"}})
	slices.SortStableFunc(b.findings, func(x, y inventory.Finding) int {
		return cmp.Or(strings.Compare(x.Code, y.Code), strings.Compare(x.Subject, y.Subject))
	})
	slices.SortFunc(e.Hosts, func(x, y inventory.Host) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(e.Workloads, func(x, y inventory.Workload) int { return strings.Compare(x.ID, y.ID) })
	e.Findings = b.findings
	return e
}

func (b *builder) lacks(w *inventory.Workload, m machine) {
	for _, lack := range []struct {
		missing    bool
		code, what string
	}{{m.CPU.Cores == 0, "cores-unknown", "the cores"}, {!m.Memory.Known(), "memory-unknown", "the memory"}} {
		if lack.missing {
			b.find(inventory.Finding{Code: lack.code, Severity: inventory.Warning, Subject: cmp.Or(w.Host, w.ID), Source: m.From[0].Source, At: m.From[0].At, Line: m.From[0].Line,
				What: "the firmware does not tell " + lack.what + " of " + m.Name, Do: "enter them in the estate file", Values: map[string]string{"name": m.Name}})
		}
	}
}
