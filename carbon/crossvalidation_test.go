package carbon

import (
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"sobre/inventory"
)

// specFile is a table of SPECpower_ssj2008 results, which the project does not
// ship: columns cpu_name, nodes, chips, hw_year, memory_gb, ssj_ops_100 and w_0,
// w_10 … w_100.
var specFile = flag.String("spec", "", "CSV of published SPECpower_ssj2008 results to measure the errors of the rungs against")

// published is one result of one server.
type published struct {
	line  int
	host  inventory.Host
	model inventory.CPUModel
	watts [11]float64
	ops   float64
}

// row is a result in the form of the derived table.
func (p published) row() specRow {
	row := specRow{cpu: p.model, sockets: p.host.CPU.Sockets, year: p.host.Year, memoryGB: gigabytes(p.host.Memory), ops: p.ops}
	for k, load := range knots {
		row.watts[k] = p.watts[int(10*load+0.5)]
	}
	return row
}

// TestErrorsOfTheRungs measures each rung of the ladders against published
// results that were left out: for the lower rungs all results of the same
// processor model. docs/carbon.md quotes what it prints:
//
//	go test ./carbon -run ErrorsOfTheRungs -v -spec specpower.csv
func TestErrorsOfTheRungs(t *testing.T) {
	if *specFile == "" {
		t.Skip("give -spec FILE, a table of published results")
	}
	results := readPublished(t, *specFile)
	whole := specData()
	without := map[string]specIndex{}
	for _, p := range results {
		if _, ok := without[p.model.Name]; !ok {
			without[p.model.Name] = indexSpec(slices.DeleteFunc(slices.Clone(whole.rows), func(r specRow) bool { return r.cpu.Name == p.model.Name }))
		}
	}
	t.Logf("%-14s %5s  %7s %7s %7s %7s %7s  %6s %6s %6s", "power", "n", "at 0", "at 10", "at 30", "at 50", "at 100", "bias", "MAPE", "GSD")
	report := func(name string, estimate func(published) (Curve, bool)) errorsOf {
		e := measure(results, estimate)
		t.Logf("%-14s %5d  %+6.1f%% %+6.1f%% %+6.1f%% %+6.1f%% %+6.1f%%  %+5.1f%% %5.1f%% %6.3f", name, e.n,
			e.bias[0], e.bias[1], e.bias[3], e.bias[5], e.bias[10], e.meanBias(), e.mape, e.gsd)
		return e
	}
	own := report("own points", func(p published) (Curve, bool) { return curveOf(p.row().watts), true })
	exact := report("exact CPU", func(p published) (Curve, bool) { return plain(whole.estimate(p.host), ExactCPU) })
	report("exact, others", func(p published) (Curve, bool) { return fromOthers(results, p) })
	report("CPU family", func(p published) (Curve, bool) { return plain(without[p.model.Name].estimate(p.host), Family) })
	report("hardware year", func(p published) (Curve, bool) {
		h := p.host
		h.CPU.Model = ""
		return plain(without[p.model.Name].estimate(h), Class)
	})
	report("TDP", func(p published) (Curve, bool) {
		x := without[p.model.Name]
		x.family = nil
		return plain(x.estimate(p.host), Nameplate)
	})
	report("TDP, as others", func(p published) (Curve, bool) { return boavizta(p), true })
	report("linear", func(p published) (Curve, bool) {
		return Curve{Points: []Point{{0, p.watts[0]}, {1, p.watts[10]}}}, true
	})
	if own.mape > 2 {
		t.Errorf("points of the very machine at 0, 10, 20, 50, 80 and 100 %% are off by %.1f %% on average between them", own.mape)
	}
	if math.Abs(exact.meanBias()) > 2 {
		t.Errorf("the exact CPU rung is off by %.1f %% on average", exact.meanBias())
	}
	ops := func(name string, rung Rung, estimate func(published) Capacity) {
		var logs []float64
		for _, p := range results {
			if c := estimate(p); c.Rung == rung && c.Ops > 0 {
				logs = append(logs, math.Log(c.Ops/p.ops))
			}
		}
		mean, deviation := moments(logs)
		t.Logf("%-14s %5d  bias %+5.1f%%  GSD %.3f", name, len(logs), 100*math.Expm1(mean), math.Exp(deviation))
	}
	t.Log("throughput")
	ops("exact CPU", ExactCPU, func(p published) Capacity { return whole.throughput(p.host.CPU, p.host.Year) })
	ops("CPU family", Family, func(p published) Capacity { return without[p.model.Name].throughput(p.host.CPU, p.host.Year) })
	ops("clock", Clock, func(p published) Capacity {
		cpu := inventory.CPU{Sockets: p.host.CPU.Sockets, Cores: p.model.Cores * p.host.CPU.Sockets, Clock: p.model.Clock}
		return without[p.model.Name].throughput(cpu, p.host.Year)
	})
}

// fromOthers is the exact CPU rung built from the other results of the same
// processor and socket count.
func fromOthers(results []published, p published) (Curve, bool) {
	var rows []specRow
	for _, q := range results {
		if q.host.CPU != p.host.CPU || q.line == p.line {
			continue
		}
		rows = append(rows, q.row())
	}
	if len(rows) == 0 {
		return Curve{}, false
	}
	m := medianOf(rows)
	return withMemory(curveOf(m.watts), p.host.Memory, m.memoryGB, p.host.Year), true
}

// boavizta is power from thermal design power as BoaviztAPI has it: 12, 32, 75
// and 102 % of it at 0, 10, 50 and 100 % load, 0.284 W a GB of memory, and a
// third more for the rest of the server.
func boavizta(p published) Curve {
	var c Curve
	tdp := p.model.TDP.Watts() * float64(p.host.CPU.Sockets)
	for _, q := range []Point{{0, 0.12}, {0.1, 0.32}, {0.5, 0.75}, {1, 1.02}} {
		c.Points = append(c.Points, Point{q.Load, (q.Watts*tdp + 0.284*gigabytes(p.host.Memory)) * 1.33})
	}
	return c
}

// TestTableIsDerivedAsItSays computes the measured rows of the shipped table
// again from published results.
func TestTableIsDerivedAsItSays(t *testing.T) {
	if *specFile == "" {
		t.Skip("give -spec FILE, a table of published results")
	}
	groups := map[cpuKey][]specRow{}
	for _, p := range readPublished(t, *specFile) {
		key := cpuKey{p.model.Name, p.host.CPU.Sockets}
		groups[key] = append(groups[key], p.row())
	}
	checked := 0
	for _, r := range specData().rows {
		if r.basis != "measured" {
			continue
		}
		m := medianOf(groups[cpuKey{r.cpu.Name, r.sockets}])
		for k := range knots {
			if math.Abs(m.watts[k]-r.watts[k]) > 0.051 {
				t.Errorf("%d × %s: %.1f W at %.0f %%, results say %.2f W", r.sockets, r.cpu.Name, r.watts[k], 100*knots[k], m.watts[k])
			}
		}
		ops := m.opsPerGHz * float64(r.sockets*r.cpu.Cores) * r.cpu.Clock.MHz() / 1000
		if m.rows != r.results || math.Abs(ops/r.ops-1) > 0.0006 {
			t.Errorf("%d × %s: %.0f ssj_ops of %d results, want %.0f of %d", r.sockets, r.cpu.Name, r.ops, r.results, ops, m.rows)
		}
		checked++
	}
	if checked < 150 {
		t.Errorf("only %d rows were checked", checked)
	}
}

// plain is a curve as published, the uplift for servers in service taken off.
func plain(c Curve, want Rung) (Curve, bool) {
	if c.Rung == Class {
		return c.scaled(1 / classUplift), c.Rung == want
	}
	return c.scaled(1 / tunedUplift), c.Rung == want
}

type errorsOf struct {
	n         int
	bias      [11]float64 // mean of estimate over truth, %
	mape, gsd float64
}

func (e errorsOf) meanBias() float64 {
	sum := 0.0
	for _, b := range e.bias {
		sum += b
	}
	return sum / float64(len(e.bias))
}

// measure compares estimated curves with published watts at 0, 10 … 100 % load.
func measure(results []published, estimate func(published) (Curve, bool)) errorsOf {
	var e errorsOf
	var logs []float64
	for _, p := range results {
		c, ok := estimate(p)
		if !ok {
			continue
		}
		e.n++
		for i, w := range p.watts {
			r := c.At(float64(i)/10) / w
			e.bias[i] += 100 * (r - 1)
			e.mape += 100 * math.Abs(r-1) / 11
			if i >= 1 && i <= 5 {
				logs = append(logs, math.Log(r))
			}
		}
	}
	for i := range e.bias {
		e.bias[i] /= float64(e.n)
	}
	e.mape /= float64(e.n)
	_, deviation := moments(logs)
	e.gsd = math.Exp(deviation)
	return e
}

func moments(v []float64) (mean, deviation float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		deviation += (x - mean) * (x - mean) / float64(len(v))
	}
	return mean, math.Sqrt(deviation)
}

func readPublished(t *testing.T, path string) []published {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("reading %s: %d rows, %v", path, len(rows), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var list []published
	for i, row := range rows[1:] {
		number := func(name string) float64 {
			v, _ := strconv.ParseFloat(row[column[name]], 64)
			return v
		}
		model, ok := inventory.LookUpCPU(row[column["cpu_name"]])
		if !ok || number("nodes") != 1 || number("chips") < 1 || number("ssj_ops_100") <= 0 {
			continue
		}
		p := published{line: i, model: model, ops: number("ssj_ops_100")}
		p.host.CPU = inventory.CPU{Model: model.Name, Sockets: int(number("chips"))}
		p.host.Year = int(number("hw_year"))
		if gb := number("memory_gb"); gb > 0 {
			p.host.Memory = inventory.GiB(gb)
		}
		for i := range p.watts {
			p.watts[i] = number(fmt.Sprintf("w_%d", 10*i))
		}
		list = append(list, p)
	}
	return list
}
