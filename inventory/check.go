package inventory

import "fmt"

// maxMemoryMiB and maxCores are far beyond any host there is (32 TiB and 8,192
// cores are the largest sold in 2026); a figure above is an error of units.
const (
	maxMemoryMiB = 256 << 20
	maxCores     = 65_536
)

// Check looks for what does not hang together: IDs that stand twice, names that
// lead nowhere, figures that cannot be. The findings are in the order of the
// estate.
func (e *Estate) Check() []Finding {
	c := checker{estate: e}
	c.ids("site", len(e.Sites), func(i int) string { return e.Sites[i].Name })
	c.ids("chassis", len(e.Chassis), func(i int) string { return e.Chassis[i].ID })
	c.ids("cluster", len(e.Clusters), func(i int) string { return e.Clusters[i].ID })
	c.ids("host", len(e.Hosts), func(i int) string { return e.Hosts[i].ID })
	c.ids("workload", len(e.Workloads), func(i int) string { return e.Workloads[i].ID })
	c.ids("datastore", len(e.Datastores), func(i int) string { return e.Datastores[i].ID })
	for i := range e.Hosts {
		c.host(&e.Hosts[i])
	}
	for i := range e.Workloads {
		c.workload(&e.Workloads[i])
	}
	for i := range e.Rules {
		c.rule(&e.Rules[i], i)
	}
	return c.findings
}

type checker struct {
	estate   *Estate
	known    map[string]map[string]bool // kind → ID
	findings []Finding
}

func (c *checker) find(code string, severity Severity, subject, what, do string) {
	c.findings = append(c.findings, Finding{Code: code, Severity: severity, Subject: subject, What: what, Do: do})
}

func (c *checker) ids(kind string, n int, id func(int) string) {
	seen := map[string]bool{}
	for i := range n {
		switch name := id(i); {
		case name == "":
			c.find("id-missing", Error, "", fmt.Sprintf("%s %d has no ID", kind, i+1), "give it one")
		case seen[name]:
			c.find("id-twice", Error, name, fmt.Sprintf("%s %q stands twice", kind, name), "rename one of the two or drop it")
		default:
			seen[name] = true
		}
	}
	if c.known == nil {
		c.known = map[string]map[string]bool{}
	}
	c.known[kind] = seen
}

// refer checks a name that must lead to something, where it is given.
func (c *checker) refer(subject, kind, name string) {
	if name != "" && !c.known[kind][name] {
		c.find(kind+"-unknown", Warning, subject, fmt.Sprintf("%s names the %s %q, which is not in the estate", subject, kind, name), "add it, or correct the name")
	}
}

func (c *checker) host(h *Host) {
	c.refer(h.ID, "site", h.Site)
	c.refer(h.ID, "chassis", h.Chassis)
	c.refer(h.ID, "cluster", h.Cluster)
	if h.Memory.Known() && h.Memory.MiB() <= 0 || h.Memory.MiB() > maxMemoryMiB {
		c.find("memory-absurd", Error, h.ID, fmt.Sprintf("host %s has %s of memory", h.ID, h.Memory), "correct it")
	}
	if !h.Memory.Known() && (h.State == "" || h.State == HostOn) {
		c.find("memory-unknown", Warning, h.ID, fmt.Sprintf("host %s has no known memory", h.ID), "add memory to it")
	}
	if h.CPU.Sockets < 0 || h.CPU.Cores < 0 || h.CPU.Threads < 0 || h.CPU.Cores > maxCores {
		c.find("cpu-absurd", Error, h.ID, fmt.Sprintf("host %s has %d sockets, %d cores, %d threads", h.ID, h.CPU.Sockets, h.CPU.Cores, h.CPU.Threads), "correct it")
	}
	if h.CPU.Cores > 0 && h.CPU.Sockets > h.CPU.Cores {
		c.find("cpu-absurd", Warning, h.ID, fmt.Sprintf("host %s has more sockets (%d) than cores (%d)", h.ID, h.CPU.Sockets, h.CPU.Cores), "cores are those of the whole host")
	}
}

func (c *checker) workload(w *Workload) {
	c.refer(w.ID, "host", w.Host)
	c.refer(w.ID, "cluster", w.Cluster)
	for _, d := range w.Datastores {
		c.refer(w.ID, "datastore", d)
	}
	if w.Memory.MiB() < 0 || w.Memory.MiB() > maxMemoryMiB {
		c.find("memory-absurd", Error, w.ID, fmt.Sprintf("workload %s has %s of memory", w.ID, w.Memory), "correct it")
	}
	if w.VCPUs < 0 || w.VCPUs > maxCores {
		c.find("cpu-absurd", Error, w.ID, fmt.Sprintf("workload %s has %d vCPUs", w.ID, w.VCPUs), "correct it")
	}
}

func (c *checker) rule(r *Rule, i int) {
	set := 0
	for _, list := range [][]string{r.Apart, r.Together, r.Only, r.Never, r.Stay} {
		if len(list) > 0 {
			set++
		}
	}
	name := r.Name
	if name == "" {
		name = fmt.Sprintf("rule %d", i+1)
	}
	if set != 1 {
		c.find("rule-unclear", Error, name, fmt.Sprintf("%s must say exactly one of apart, together, only, never, stay", name), "split it or complete it")
	}
	if (len(r.Only) > 0 || len(r.Never) > 0) && len(r.Hosts) == 0 {
		c.find("rule-unclear", Error, name, fmt.Sprintf("%s names no hosts", name), "add hosts: […]")
	}
}
