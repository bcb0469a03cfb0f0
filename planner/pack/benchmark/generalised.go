package benchmark

import (
	"bufio"
	"math"
	"strconv"
	"strings"

	"sobre/planner/pack"
)

// generalised is the text of the generalised bin packing problem (Baldi,
// Crainic, Perboli, Tadei, The generalized bin packing problem, 2012): bin
// types with capacity, cost, minimum and maximum number, items with size,
// profit and whether they are compulsory.
type generalised struct {
	file  string
	types int64
	items int64
	part  string // the section that the lines belong to
	bins  []BinType
	read  []generalisedItem
}

type generalisedItem struct {
	size, profit int64
	compulsory   bool
	line         int
}

func readGeneralised(name string, r *bufio.Reader) (*Instance, error) {
	g := &generalised{file: name, types: -1, items: -1}
	if err := lines(name, r, g.line); err != nil {
		return nil, err
	}
	switch {
	case g.types < 0:
		return nil, faultf(name, 0, "expected a line BINTYPES with their number")
	case g.items < 0:
		return nil, faultf(name, 0, "expected a line ITEMS with their number")
	case int64(len(g.bins)) != g.types:
		return nil, faultf(name, 0, "expected %d bin types in BINS_SECTIONS, found %d", g.types, len(g.bins))
	case int64(len(g.read)) != g.items:
		return nil, faultf(name, 0, "expected %d items in ITEMS_SECTIONS, found %d", g.items, len(g.read))
	}
	return g.instance()
}

func (g *generalised) line(n int, text string) error {
	f := strings.Fields(text)
	if len(f) == 0 {
		return nil
	}
	switch f[0] {
	case "NAME", "COMMENT":
		return nil
	case "BINTYPES":
		return g.count(n, f, &g.types)
	case "ITEMS":
		return g.count(n, f, &g.items)
	case "BINS_SECTIONS", "ITEMS_SECTIONS":
		g.part = f[0]
		return nil
	case "EOF":
		g.part = "EOF"
		return nil
	}
	switch g.part {
	case "BINS_SECTIONS":
		return g.bin(n, f)
	case "ITEMS_SECTIONS":
		return g.item(n, f)
	}
	return faultf(g.file, n, "expected NAME, COMMENT, BINTYPES, ITEMS, BINS_SECTIONS or ITEMS_SECTIONS, not %q", f[0])
}

func (g *generalised) count(n int, f []string, to *int64) error {
	if *to >= 0 {
		return faultf(g.file, n, "%s given a second time", f[0])
	}
	v, err := g.values(n, f[1:], 1, f[0]+" and a number")
	if err != nil {
		return err
	}
	if v[0] < 1 || v[0] > maxItems {
		return faultf(g.file, n, "expected %s from 1 to %d, not %d", f[0], maxItems, v[0])
	}
	*to = v[0]
	return nil
}

// values reads exactly want whole numbers.
func (g *generalised) values(n int, f []string, want int, what string) ([]int64, error) {
	if len(f) != want {
		return nil, faultf(g.file, n, "expected %s, found %d fields", what, len(f))
	}
	v := make([]int64, want)
	for i, s := range f {
		var err error
		if v[i], err = strconv.ParseInt(s, 10, 64); err != nil {
			return nil, faultf(g.file, n, "expected %s: %q is no whole number of at most 64 bits", what, s)
		}
	}
	return v, nil
}

func (g *generalised) bin(n int, f []string) error {
	v, err := g.values(n, f, 5, "a bin type: id, capacity, cost, min, max")
	if err != nil {
		return err
	}
	switch {
	case int64(len(g.bins)) == g.types:
		return faultf(g.file, n, "more than the %d bin types of BINTYPES", g.types)
	case v[0] != int64(len(g.bins)):
		return faultf(g.file, n, "expected bin type %d, not %d", len(g.bins), v[0])
	case v[1] < 1:
		return faultf(g.file, n, "expected a capacity of at least 1, not %d", v[1])
	case v[2] < 0 || v[2] > math.MaxInt64/4/maxItems:
		return faultf(g.file, n, "expected a cost from 0 to %d, not %d", int64(math.MaxInt64/4/maxItems), v[2])
	case v[3] < 0 || v[4] < v[3] || v[4] > math.MaxInt32:
		return faultf(g.file, n, "expected 0 ≤ min ≤ max ≤ %d, not %d and %d", math.MaxInt32, v[3], v[4])
	case v[3] > maxItems:
		return faultf(g.file, n, "expected a minimum of at most %d bins, not %d", maxItems, v[3])
	}
	g.bins = append(g.bins, BinType{Capacity: v[1:2:2], Cost: v[2], Min: int(v[3]), Max: int(v[4])})
	return nil
}

func (g *generalised) item(n int, f []string) error {
	v, err := g.values(n, f, 4, "an item: id, size, profit, compulsory")
	if err != nil {
		return err
	}
	switch {
	case int64(len(g.read)) == g.items:
		return faultf(g.file, n, "more than the %d items of ITEMS", g.items)
	case v[0] != int64(len(g.read)):
		return faultf(g.file, n, "expected item %d, not %d", len(g.read), v[0])
	case v[1] < 1:
		return faultf(g.file, n, "expected a size of at least 1, not %d", v[1])
	case v[2] < 0:
		return faultf(g.file, n, "expected a profit of 0 or more, not %d", v[2])
	case v[3] != 0 && v[3] != 1:
		return faultf(g.file, n, "expected 1 (compulsory) or 0 (optional), not %d", v[3])
	}
	g.read = append(g.read, generalisedItem{size: v[1], profit: v[2], compulsory: v[3] == 1, line: n})
	return nil
}

// instance states the problem for the engine: least cost of the bins in use
// plus the profit of what is left out. A second resource carries the profit;
// the type Outside, one host large enough for everything, charges it as load.
func (g *generalised) instance() (*Instance, error) {
	in := &Instance{Format: "generalised", Dims: 1, Bins: g.bins}
	optional := g.hasOptional()
	in.Problem.Dims = 1
	if optional {
		in.Problem.Dims = 2
	}
	b := newGrouping(g.file, in)
	for _, it := range g.read {
		demand, tag := []int64{it.size}, int64(-1)
		if optional {
			demand = append(demand, 0)
		}
		if !it.compulsory {
			demand[1], tag = it.profit, it.profit
		}
		group, err := b.add(it.line, demand, 1, tag)
		if err != nil {
			return nil, err
		}
		if optional && group == len(in.Profit) {
			in.Profit = append(in.Profit, tag)
		}
	}
	in.generalTypes(b.total)
	return b.finish()
}

func (g *generalised) hasOptional() bool {
	for _, it := range g.read {
		if !it.compulsory {
			return true
		}
	}
	return false
}

// generalTypes states the bin types, with total the sizes of all items. Bins
// below the minimum of their type are paid for anyway: they become a type
// that costs nothing, and Instance.Base what they cost.
func (in *Instance) generalTypes(total []int64) {
	host := pack.Objective{}
	add := func(bin, stock int, cost int64) {
		if stock == 0 {
			return
		}
		capacity := append(in.Bins[bin].Capacity[:1:1], total[1:]...)
		in.Problem.Types = append(in.Problem.Types, pack.Type{Capacity: capacity, Stock: stock})
		in.TypeOf = append(in.TypeOf, bin)
		host.Host = append(host.Host, cost)
	}
	for i, b := range in.Bins {
		add(i, b.Min, 0)
		add(i, b.Max-b.Min, b.Cost)
	}
	if in.Profit != nil {
		in.allowOutside(total, &host)
	}
	in.Problem.Minimise = []pack.Objective{host}
}

// allowOutside adds the type Outside, for optional items only.
func (in *Instance) allowOutside(total []int64, o *pack.Objective) {
	outside := len(in.Problem.Types)
	in.Problem.Types = append(in.Problem.Types, pack.Type{Capacity: append([]int64(nil), total...), Stock: 1})
	in.TypeOf = append(in.TypeOf, Outside)
	o.Host = append(o.Host, 0)
	o.Load = make([][]int64, outside+1)
	for t := range o.Load {
		o.Load[t] = []int64{0, 0}
	}
	o.Load[outside][1] = 1
	inside := make([]int, outside)
	for t := range inside {
		inside[t] = t
	}
	for g := range in.Problem.Groups {
		if in.Profit[g] < 0 {
			in.Problem.Groups[g].Allowed = inside
		}
	}
}
