package azure

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// server is one row.
type server struct {
	name, system, hypervisor string
	kind                     inventory.Kind
	cores                    int
	memory, disk, diskUsed   inventory.Size
	cpu, memoryUse           inventory.Level
	labels                   map[string]string
	from                     inventory.Origin
}

// builder gathers the servers of all files.
type builder struct {
	sources  []inventory.Source
	servers  []server
	findings []inventory.Finding
	unsaid   int
}

// maxFindings is how many remarks there may be before the rest is only counted.
const maxFindings = 1000

func (b *builder) find(f inventory.Finding) {
	if len(b.findings) >= maxFindings {
		b.unsaid++
		return
	}
	b.findings = append(b.findings, f)
}

// rollup is what one figure of use in the table is: nobody can tell.
const rollup = "as entered; mean or peak is not said"

// estate makes hosts of physical servers and guests of virtual ones.
func (b *builder) estate() *inventory.Estate {
	e := &inventory.Estate{Version: inventory.Version, Sources: b.sources}
	slices.SortStableFunc(b.servers, func(x, y server) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.name), strings.ToLower(y.name)), strings.Compare(x.from.At, y.from.At), cmp.Compare(x.from.Line, y.from.Line))
	})
	var hosts, works inventory.IDs
	measured := 0
	for _, s := range b.servers {
		w := inventory.Workload{
			Name: s.name, Kind: s.kind, State: inventory.On, OS: s.system, VCPUs: s.cores, Memory: s.memory, Disk: s.disk, DiskUsed: s.diskUsed,
			Labels: s.labels, From: []inventory.Origin{s.from},
		}
		w.Use.CPU.Mean, w.Use.Memory.Mean = s.cpu, s.memoryUse
		if s.cpu.Known() {
			w.Use.CPU.Rollup = rollup
			measured++
		}
		if s.memoryUse.Known() {
			w.Use.Memory.Rollup = rollup
		}
		id := inventory.PlainID(s.name)
		if s.kind == inventory.Physical {
			w.Host = hosts.Unique(id)
			id = w.Host + "-os"
			e.Hosts = append(e.Hosts, inventory.Host{
				ID: w.Host, Name: s.name, Role: inventory.Standalone, CPU: inventory.CPU{Cores: s.cores}, Memory: s.memory, Disk: s.disk,
				Labels: s.labels, From: []inventory.Origin{s.from},
			})
		} else if s.hypervisor != "" {
			w.Labels = withLabel(w.Labels, "hypervisor", s.hypervisor)
		}
		w.ID = works.Unique(id)
		b.lacks(&w)
		e.Workloads = append(e.Workloads, w)
	}
	b.remarks(measured)
	slices.SortFunc(e.Hosts, func(x, y inventory.Host) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(e.Workloads, func(x, y inventory.Workload) int { return strings.Compare(x.ID, y.ID) })
	e.Findings = sorted(b.findings)
	return e
}

// remarks says what holds for the whole table.
func (b *builder) remarks(measured int) {
	if measured > 0 {
		b.find(inventory.Finding{Code: "use-of-unknown-kind", Severity: inventory.Warning,
			What: "the table does not say whether its use is a mean or a peak; taken as a mean, for servers: " + strconv.Itoa(measured),
			Do:   "add measured use with its percentiles", Values: map[string]string{"machines": strconv.Itoa(measured)}})
	}
	b.find(inventory.Finding{Code: "not-in-source", Severity: inventory.Note,
		What: "the table has no hosts of guests, no makes, models, serial numbers or processors", Do: "merge an inventory that has them",
		Values: map[string]string{"source": "azure"}})
	if b.unsaid > 0 {
		n := strconv.Itoa(b.unsaid)
		b.unsaid = 0
		b.findings = append(b.findings, inventory.Finding{Code: "findings-cut", Severity: inventory.Warning, What: "further remarks on the table: " + n,
			Do: "correct the table", Values: map[string]string{"findings": n}})
	}
}

func withLabel(labels map[string]string, key, value string) map[string]string {
	out := map[string]string{key: value}
	for k, v := range labels {
		out[k] = v
	}
	return out
}

func (b *builder) lacks(w *inventory.Workload) {
	for _, lack := range []struct {
		missing    bool
		code, what string
	}{{w.VCPUs == 0, "cores-unknown", "the cores"}, {!w.Memory.Known(), "memory-unknown", "the memory"}} {
		if lack.missing {
			b.find(inventory.Finding{Code: lack.code, Severity: inventory.Warning, Subject: w.ID, Source: w.From[0].Source, At: w.From[0].At, Line: w.From[0].Line,
				What: lack.what + " of " + w.Name + " is unknown", Do: "fill in the row", Values: map[string]string{"name": w.Name}})
		}
	}
}
