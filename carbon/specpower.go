package carbon

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"sobre/inventory"
)

//go:embed tables/specpower.csv
var specTable string

// knots are the loads at which the derived table gives watts, 0 to 1.
var knots = [...]float64{0, 0.1, 0.2, 0.5, 0.8, 1}

// knotWatts is power at each of the knots, in W or relative to something.
type knotWatts [len(knots)]float64

// specRow is one row of the derived table: the medians of published results of
// one processor model and socket count.
type specRow struct {
	cpu      inventory.CPUModel
	sockets  int
	results  int
	year     int
	memoryGB float64
	watts    knotWatts
	ops      float64
	basis    string // measured, multi-node, estimated
}

// specIndex is the derived table and what it says of groups of processors.
type specIndex struct {
	rows   []specRow
	exact  map[cpuKey]specRow
	family map[cpuKey]groupMedian // by generation
	class  map[classKey]groupMedian
}

type cpuKey struct {
	name    string // of a processor, or of a generation
	sockets int    // 0: any
}

type classKey struct{ from, sockets int }

// groupMedian is what processors of one design, or of the same years, have in common.
type groupMedian struct {
	rows         int
	year         float64
	watts        knotWatts // W
	perTDP       knotWatts // W per W of thermal design power and restOfSocket, a socket
	memoryGB     float64
	opsPerGHz    float64 // ssj_ops per core and GHz
	coresPerChip float64
}

// restOfSocket is added to the thermal design power of a processor before power
// is taken for proportional to it: board, fans and memory do not shrink with a
// frugal processor. Of 0, 20, 40, 60 and 100 W, 60 W leaves the least error when
// the processors of a core design are estimated from the others of it.
const restOfSocket = 60

// classYears are the first years of the classes of hardware year; each ends
// before the next begins. They follow the steps that idle power took.
var classYears = [...]int{2006, 2009, 2010, 2012, 2014, 2017, 2019, 2021, 2023}

// classOf is the first year of the class that a hardware year falls in; older
// hardware is taken for the oldest class.
func classOf(year int) int {
	class := classYears[0]
	for _, from := range classYears {
		if year >= from {
			class = from
		}
	}
	return class
}

var spec = sync.OnceValues(func() (specIndex, error) {
	rows, err := readSpec(specTable)
	if err != nil {
		return specIndex{}, fmt.Errorf("reading the derived power table: %w", err)
	}
	return indexSpec(rows), nil
})

// specData is the index; a test holds that the embedded table reads.
func specData() specIndex {
	index, _ := spec()
	return index
}

func readSpec(text string) ([]specRow, error) {
	records, err := tableRows(text, 13)
	if err != nil {
		return nil, err
	}
	var rows []specRow
	for i, r := range records {
		row, err := parseSpecRow(r)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func parseSpecRow(r []string) (specRow, error) {
	var n [11]float64
	for i := range n {
		v, err := strconv.ParseFloat(r[1+i], 64)
		if err != nil {
			return specRow{}, err
		}
		n[i] = v
	}
	cpu, ok := inventory.LookUpCPU(r[0])
	if !ok {
		return specRow{}, fmt.Errorf("processor %q is not in the table of processors", r[0])
	}
	row := specRow{cpu: cpu, sockets: int(n[0]), results: int(n[1]), year: int(n[2]), memoryGB: n[3], ops: n[10], basis: r[12]}
	copy(row.watts[:], n[4:10])
	return row, nil
}

func indexSpec(rows []specRow) specIndex {
	index := specIndex{rows: rows, exact: map[cpuKey]specRow{}, family: map[cpuKey]groupMedian{}, class: map[classKey]groupMedian{}}
	families, classes := map[cpuKey][]specRow{}, map[classKey][]specRow{}
	for _, r := range rows {
		index.exact[cpuKey{r.cpu.Name, r.sockets}] = r
		for _, sockets := range []int{0, r.sockets} {
			key := cpuKey{r.cpu.Generation, sockets}
			families[key] = append(families[key], r)
		}
		key := classKey{classOf(r.year), r.sockets}
		classes[key] = append(classes[key], r)
	}
	for key, list := range families {
		index.family[key] = medianOf(list)
	}
	for key, list := range classes {
		index.class[key] = medianOf(list)
	}
	return index
}

func medianOf(rows []specRow) groupMedian {
	m := groupMedian{rows: len(rows)}
	pick := func(f func(specRow) float64) float64 {
		values := make([]float64, len(rows))
		for i, r := range rows {
			values[i] = f(r)
		}
		return median(values)
	}
	for k := range knots {
		m.watts[k] = pick(func(r specRow) float64 { return r.watts[k] })
		m.perTDP[k] = pick(func(r specRow) float64 { return r.watts[k] / ((r.cpu.TDP.Watts() + restOfSocket) * float64(r.sockets)) })
	}
	m.year = pick(func(r specRow) float64 { return float64(r.year) })
	m.memoryGB = pick(func(r specRow) float64 { return r.memoryGB })
	m.coresPerChip = pick(func(r specRow) float64 { return float64(r.cpu.Cores) })
	m.opsPerGHz = pick(func(r specRow) float64 {
		return r.ops / (float64(r.sockets*r.cpu.Cores) * r.cpu.Clock.MHz() / 1000)
	})
	return m
}

// median of values, which it sorts.
func median(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return 0
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// familyOf finds the medians of a core design, of the same socket count where
// at least two processors of it were published, else of any.
func (x specIndex) familyOf(generation string, sockets int) (groupMedian, bool) {
	if m, ok := x.family[cpuKey{generation, sockets}]; ok && m.rows >= 2 {
		return m, true
	}
	m, ok := x.family[cpuKey{generation, 0}]
	return m, ok && generation != ""
}

// classMedian finds the medians of hardware of a year and socket count. Where
// that count was not published, the figures of two sockets are scaled.
func (x specIndex) classMedian(year, sockets int) groupMedian {
	from := classOf(year)
	if m, ok := x.class[classKey{from, sockets}]; ok && m.rows >= 3 {
		return m
	}
	m := x.class[classKey{from, 2}]
	for k := range m.watts {
		m.watts[k] *= float64(sockets) / 2
	}
	return m
}
