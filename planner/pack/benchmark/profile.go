package benchmark

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sobre/planner/pack"
)

// profileDims are the resources of a folder of time profiles: CPU and memory
// over time, then disk and three counts.
const profileDims = 6

// profiles reads a folder in the format of Alibaba's 2018 scheduling contest:
// apps with curves, machines, instances of apps, and limits between apps.
type profiles struct {
	dir      string
	times    int
	apps     map[string]int
	demand   [][]int64 // per app: profileDims × times
	machines map[string]int
	bins     []BinType
	groupOf  []int // per app, -1: no instance
}

func readProfiles(dir string) (*Instance, error) {
	p := &profiles{dir: dir, apps: map[string]int{}, machines: map[string]int{}}
	if err := p.each("app_resources.csv", p.app); err != nil {
		return nil, err
	}
	if len(p.demand) == 0 {
		return nil, faultf(p.path("app_resources.csv"), 0, "no apps")
	}
	if err := p.each("machine_resources.csv", p.machine); err != nil {
		return nil, err
	}
	if len(p.bins) == 0 {
		return nil, faultf(p.path("machine_resources.csv"), 0, "no machines")
	}
	p.reduce()
	in := p.instance()
	b := newGrouping(p.path("instance_deploy.csv"), in)
	seen := map[string]bool{}
	deploy := func(line int, f []string) error { return p.deploy(b, seen, line, f) }
	if err := p.each("instance_deploy.csv", deploy); err != nil {
		return nil, err
	}
	limits := map[[2]int]int{}
	rule := func(line int, f []string) error { return p.rule(in, limits, line, f) }
	if err := p.each("app_interference.csv", rule); err != nil {
		return nil, err
	}
	in, err := b.finish()
	if err == nil {
		in.File = dir
	}
	return in, err
}

// path is the file of that name in the folder, or the same gzipped.
func (p *profiles) path(name string) string {
	path := filepath.Join(p.dir, name)
	if _, err := os.Stat(path); err != nil {
		if _, err := os.Stat(path + ".gz"); err == nil {
			return path + ".gz"
		}
	}
	return path
}

// each calls f with the fields of every line of a file of the folder.
func (p *profiles) each(name string, f func(line int, fields []string) error) error {
	return linesOf(p.path(name), func(line int, text string) error {
		return f(line, strings.Split(strings.TrimRight(text, "\r"), ","))
	})
}

func (p *profiles) fault(name string, line int, format string, args ...any) error {
	return faultf(p.path(name), line, format, args...)
}

func (p *profiles) app(line int, f []string) error {
	const file = "app_resources.csv"
	if len(f) != 7 {
		return p.fault(file, line, "expected an app: name, CPU curve, memory curve, disk, P, M, PM; found %d fields", len(f))
	}
	if _, ok := p.apps[f[0]]; ok {
		return p.fault(file, line, "app %q is given a second time", f[0])
	}
	if p.times == 0 {
		p.times = strings.Count(f[1], "|") + 1
		if p.times > maxTimes {
			return p.fault(file, line, "more than %d time points", maxTimes)
		}
	}
	if len(p.demand)*profileDims*p.times > 8*maxNumbers {
		return p.fault(file, line, "more than %d values", 8*maxNumbers)
	}
	demand := make([]int64, profileDims*p.times)
	for d := range profileDims {
		points := strings.Split(f[1+d], "|")
		if d >= 2 {
			points = points[:1]
			if strings.Contains(f[1+d], "|") {
				return p.fault(file, line, "expected one number in field %d, found a curve", d+2)
			}
		} else if len(points) != p.times {
			return p.fault(file, line, "expected a curve of %d points in field %d as in the fields before, found %d", p.times, d+2, len(points))
		}
		if err := fill(demand[d*p.times:(d+1)*p.times], points); err != nil {
			return p.fault(file, line, "field %d: %v", d+2, err)
		}
	}
	p.apps[f[0]] = len(p.demand)
	p.demand = append(p.demand, demand)
	p.groupOf = append(p.groupOf, -1)
	return nil
}

// fill parses a curve, or one number that holds at every time.
func fill(to []int64, points []string) error {
	for t := range to {
		if t > 0 && len(points) == 1 {
			to[t] = to[0]
			continue
		}
		var err error
		if to[t], err = parseDecimal(points[t]); err != nil {
			return err
		}
	}
	return nil
}

func (p *profiles) machine(line int, f []string) error {
	const file = "machine_resources.csv"
	if len(f) != 1+profileDims {
		return p.fault(file, line, "expected a machine: id, CPU, memory, disk, P, M, PM; found %d fields", len(f))
	}
	if _, ok := p.machines[f[0]]; ok {
		return p.fault(file, line, "machine %q is given a second time", f[0])
	}
	capacity := make([]int64, profileDims)
	for d := range capacity {
		var err error
		if capacity[d], err = parseDecimal(f[1+d]); err != nil {
			return p.fault(file, line, "field %d: %v", d+2, err)
		}
	}
	if capacity[0] == 0 || capacity[1] == 0 {
		return p.fault(file, line, "expected a machine with CPU and memory, not a capacity of 0")
	}
	p.machines[f[0]] = p.bin(capacity)
	return nil
}

// bin counts one more machine of a capacity and returns its type.
func (p *profiles) bin(capacity []int64) int {
	for i := range p.bins {
		if equal(p.bins[i].Capacity, capacity) {
			p.bins[i].Max++
			return i
		}
	}
	p.bins = append(p.bins, BinType{Capacity: capacity, Cost: 1, Max: 1})
	return len(p.bins) - 1
}

func equal(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// reduce brings every resource to its coarsest exact unit.
func (p *profiles) reduce() {
	for d := range profileDims {
		demands := make([][]int64, len(p.demand))
		for a := range demands {
			demands[a] = p.demand[a][d*p.times : (d+1)*p.times]
		}
		capacities := make([]*int64, len(p.bins))
		for i := range capacities {
			capacities[i] = &p.bins[i].Capacity[d]
		}
		reduce(demands, capacities)
	}
}

func (p *profiles) instance() *Instance {
	in := &Instance{Format: "time profile", Dims: profileDims, Bins: p.bins}
	in.Problem.Dims, in.Problem.Times = profileDims, p.times
	for i, b := range p.bins {
		in.Problem.Types = append(in.Problem.Types, pack.Type{Capacity: b.Capacity, Stock: b.Max})
		in.TypeOf = append(in.TypeOf, i)
	}
	return in
}

// deploy reads one instance. Where it runs today is checked and not used:
// the bench packs afresh.
func (p *profiles) deploy(b *grouping, seen map[string]bool, line int, f []string) error {
	if len(f) != 3 {
		return faultf(b.file, line, "expected an instance: name, app, machine or nothing; found %d fields", len(f))
	}
	if seen[f[0]] {
		return faultf(b.file, line, "instance %q is given a second time", f[0])
	}
	seen[f[0]] = true
	a, ok := p.apps[f[1]]
	if !ok {
		return faultf(b.file, line, "app %q is not in app_resources.csv", f[1])
	}
	if _, ok := p.machines[f[2]]; !ok && f[2] != "" {
		return faultf(b.file, line, "machine %q is not in machine_resources.csv", f[2])
	}
	if p.groupOf[a] < 0 {
		p.groupOf[a] = b.open(line, p.demand[a])
	}
	return b.put(line, p.groupOf[a], 1)
}

// rule reads one limit A, B, k: a host with A holds at most k of B; for A = B
// at most k+1 of it. Limits on apps without an instance say nothing.
func (p *profiles) rule(in *Instance, limits map[[2]int]int, line int, f []string) error {
	const file = "app_interference.csv"
	if len(f) != 3 {
		return p.fault(file, line, "expected a limit: app, app, number; found %d fields", len(f))
	}
	a, okA := p.apps[f[0]]
	b, okB := p.apps[f[1]]
	if !okA || !okB {
		return p.fault(file, line, "app %q or %q is not in app_resources.csv", f[0], f[1])
	}
	k, err := strconv.ParseInt(f[2], 10, 32)
	if err != nil || k < 0 || k >= maxItems {
		return p.fault(file, line, "expected a number from 0 to %d, not %q", maxItems-1, f[2])
	}
	a, b = p.groupOf[a], p.groupOf[b]
	if a < 0 || b < 0 {
		return nil
	}
	if a == b {
		group := &in.Problem.Groups[a]
		if group.Max == 0 || int(k)+1 < group.Max {
			group.Max = int(k) + 1
		}
		return nil
	}
	at, ok := limits[[2]int{a, b}]
	if !ok {
		limits[[2]int{a, b}] = len(in.Problem.Conflicts)
		in.Problem.Conflicts = append(in.Problem.Conflicts, pack.Conflict{If: a, Of: b, Max: int(k)})
	} else if int(k) < in.Problem.Conflicts[at].Max {
		in.Problem.Conflicts[at].Max = int(k)
	}
	return nil
}
