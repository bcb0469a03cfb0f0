package benchmark

import (
	"context"
	"fmt"
	"math"
)

// model is an integer program, least cost.
type model struct {
	columns []column
	rows    []row
	entries int
}

// column is a variable from 0 to top; all are whole.
type column struct {
	name string
	cost int64
	low  int64
	top  int64
}

type row struct {
	name  string
	sense byte // 'L' at most, 'E' equal
	right int64
	terms []term
}

type term struct {
	column int
	factor int64
}

// maxEntries keeps a model to what a solver would load anyway.
const maxEntries = 30 << 20

func (m *model) variable(name string, cost, top int64) int {
	m.columns = append(m.columns, column{name: name, cost: cost, top: top})
	return len(m.columns) - 1
}

func (m *model) add(name string, sense byte, right int64, terms []term) {
	if len(terms) == 0 {
		return
	}
	m.rows = append(m.rows, row{name, sense, right, terms})
	m.entries += len(terms)
}

// assignment states an instance with a variable y for each host that an
// optimal packing may use and x for the members of each group on it. How many
// hosts suffice is what the baselines need at most.
type assignment struct {
	in    *Instance
	m     *model
	times int
	hosts []hostColumn
	x     [][]int // per host and group; -1: cannot be there
}

type hostColumn struct{ t, k, y int }

// newModel writes the instance as an integer program.
func newModel(ctx context.Context, in *Instance) (*model, error) {
	a := &assignment{in: in, m: &model{}, times: max(1, in.Problem.Times)}
	if base := in.Base(); base > 0 {
		c := a.m.variable("base", base, 1)
		a.m.columns[c].low = 1
	}
	if err := a.chooseHosts(ctx); err != nil {
		return nil, err
	}
	if size := float64(len(a.hosts)) * float64(len(in.Problem.Groups)) * float64(in.Problem.Dims*a.times+2); size > maxEntries {
		return nil, fmt.Errorf("exporting %s: %d hosts and %d groups need more than %d entries",
			in.File, len(a.hosts), len(in.Problem.Groups), maxEntries)
	}
	a.members()
	for h := range a.hosts {
		a.capacity(h)
		a.limits(h)
		a.conflicts(h)
	}
	return a.m, nil
}

// chooseHosts gives every type as many hosts as its stock and the cost of a
// known packing allow, used from the first on: equal hosts are exchangeable.
func (a *assignment) chooseHosts(ctx context.Context) error {
	best := int64(math.MaxInt64)
	for _, name := range []string{"ffd", "bfd"} {
		r, err := Baseline(ctx, name, &a.in.Problem)
		if err != nil {
			return err
		}
		if len(r.Unplaced) == 0 {
			best = min(best, r.Values[0])
		}
	}
	for t, kind := range a.in.Problem.Types {
		cost, count := hostCost(a.in, t), int64(a.in.Items())
		if kind.Stock >= 0 {
			count = min(count, int64(kind.Stock))
		}
		if cost > 0 {
			count = min(count, best/cost)
		}
		if count*int64(len(a.in.Problem.Groups)) > maxEntries {
			return fmt.Errorf("exporting %s: %d hosts of type %d are too many for an assignment model", a.in.File, count, t)
		}
		for k := range int(count) {
			y := a.m.variable(fmt.Sprintf("y_%d_%d", t, k), cost, 1)
			if k > 0 {
				a.m.add(fmt.Sprintf("order_%d_%d", t, k), 'L', 0, []term{{y, 1}, {a.hosts[len(a.hosts)-1].y, -1}})
			}
			a.hosts = append(a.hosts, hostColumn{t, k, y})
		}
	}
	return nil
}

// members makes the x and says that every member is somewhere.
func (a *assignment) members() {
	p := &a.in.Problem
	a.x = make([][]int, len(a.hosts))
	for h, host := range a.hosts {
		a.x[h] = make([]int, len(p.Groups))
		for g := range p.Groups {
			a.x[h][g] = -1
			if most := a.most(g, host.t); most > 0 {
				cost := loadCost(p, g, host.t).Int64()
				a.x[h][g] = a.m.variable(fmt.Sprintf("x_%d_%d_%d", g, host.t, host.k), cost, most)
			}
		}
	}
	for g := range p.Groups {
		var terms []term
		for h := range a.hosts {
			if c := a.x[h][g]; c >= 0 {
				terms = append(terms, term{c, 1})
			}
		}
		a.m.add(fmt.Sprintf("all_%d", g), 'E', int64(p.Groups[g].Count), terms)
	}
}

// most is how many members of a group one host of a type can hold.
func (a *assignment) most(g, t int) int64 {
	group := &a.in.Problem.Groups[g]
	if !allowed(group, t) {
		return 0
	}
	most := int64(group.Count)
	if group.Max > 0 {
		most = min(most, int64(group.Max))
	}
	for i, v := range group.Demand {
		if v > 0 {
			most = min(most, a.in.Problem.Types[t].Capacity[i/a.times]/v)
		}
	}
	return most
}

// capacity bounds the load of a host, and opens it for every member.
func (a *assignment) capacity(h int) {
	p, host := &a.in.Problem, a.hosts[h]
	for i := range p.Dims * a.times {
		terms := []term{}
		for g := range p.Groups {
			if c := a.x[h][g]; c >= 0 && p.Groups[g].Demand[i] > 0 {
				terms = append(terms, term{c, p.Groups[g].Demand[i]})
			}
		}
		if len(terms) > 0 {
			terms = append(terms, term{host.y, -p.Types[host.t].Capacity[i/a.times]})
		}
		a.m.add(fmt.Sprintf("room_%d_%d_%d", host.t, host.k, i), 'L', 0, terms)
	}
	for g := range p.Groups {
		if c := a.x[h][g]; c >= 0 {
			a.m.add(fmt.Sprintf("open_%d_%d_%d", g, host.t, host.k), 'L', 0, []term{{c, 1}, {host.y, -a.m.columns[c].top}})
		}
	}
}

func (a *assignment) limits(h int) {
	host := a.hosts[h]
	for i, l := range a.in.Problem.Limits {
		var terms []term
		for _, g := range l.Groups {
			if c := a.x[h][g]; c >= 0 {
				terms = append(terms, term{c, 1})
			}
		}
		a.m.add(fmt.Sprintf("limit_%d_%d_%d", i, host.t, host.k), 'L', int64(l.Max), terms)
	}
}

// conflicts uses a variable z, 1 when the host holds a member of If: then at
// most Max of Of are there.
func (a *assignment) conflicts(h int) {
	host, z := a.hosts[h], map[int]int{}
	for i, c := range a.in.Problem.Conflicts {
		from, to := a.x[h][c.If], a.x[h][c.Of]
		if from < 0 || to < 0 || a.m.columns[to].top <= int64(c.Max) {
			continue
		}
		if _, ok := z[c.If]; !ok {
			z[c.If] = a.m.variable(fmt.Sprintf("z_%d_%d_%d", c.If, host.t, host.k), 0, 1)
			a.m.add(fmt.Sprintf("there_%d_%d_%d", c.If, host.t, host.k), 'L', 0,
				[]term{{from, 1}, {z[c.If], -a.m.columns[from].top}})
		}
		top := a.m.columns[to].top
		a.m.add(fmt.Sprintf("apart_%d_%d_%d", i, host.t, host.k), 'L', top,
			[]term{{to, 1}, {z[c.If], top - int64(c.Max)}})
	}
}
