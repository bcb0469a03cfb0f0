package inventory

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed cpumodels.csv
var cpuModelTable string

// CPUModel is what one processor of a model has, as its maker publishes it.
type CPUModel struct {
	Name       string    // "Xeon E5-2650 v2"
	Generation string    // core design: "ivy-bridge", "zen3"; like work per clock and like power
	Cores      int       // of one processor
	Threads    int       // of one processor
	Clock      Frequency // base, of one core
	TDP        Power     // thermal design power of one processor
	Year       int       // launch
	Source     string    // who publishes the figures: "intel", "amd"
}

// LookUpCPU finds a processor by the name an operating system, a hypervisor or
// a person gives it: "Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz", "AMD EPYC
// 7351 16-Core Processor", "Gold 6130". It tells false for what the built-in
// table does not hold; it never guesses a neighbour.
func LookUpCPU(model string) (CPUModel, bool) {
	models := cpuModels()
	name := NormaliseCPU(model)
	if m, ok := models.byName[name]; ok {
		return m, true
	}
	m, ok := models.byNumber[cpuNumber(name)]
	return m, ok
}

// CPUModels lists the built-in table in its own order, by generation.
func CPUModels() []CPUModel { return append([]CPUModel(nil), cpuModels().list...) }

type cpuIndex struct {
	list     []CPUModel
	byName   map[string]CPUModel // by NormaliseCPU of the name
	byNumber map[string]CPUModel // by the number alone, where only one model has it
}

// cpuModels reads the embedded table once; it is read-only afterwards.
var cpuModels = sync.OnceValue(func() cpuIndex {
	index := cpuIndex{byName: map[string]CPUModel{}, byNumber: map[string]CPUModel{}}
	twice := map[string]bool{}
	for line := range strings.Lines(cpuModelTable) {
		m, ok := parseCPUModel(line)
		if !ok {
			continue
		}
		name := NormaliseCPU(m.Name)
		index.list = append(index.list, m)
		index.byName[name] = m
		number := cpuNumber(name)
		if number == "" || twice[number] {
			continue
		}
		if _, ok := index.byNumber[number]; ok {
			delete(index.byNumber, number)
			twice[number] = true
			continue
		}
		index.byNumber[number] = m
	}
	return index
})

// parseCPUModel reads one row of the table; comments and the header are none.
func parseCPUModel(line string) (CPUModel, bool) {
	f := strings.Split(strings.TrimSpace(line), ",")
	if len(f) != 8 || strings.HasPrefix(line, "#") || f[0] == "name" {
		return CPUModel{}, false
	}
	var n [5]int
	for i := range n {
		v, err := strconv.Atoi(f[2+i])
		if err != nil {
			return CPUModel{}, false
		}
		n[i] = v
	}
	return CPUModel{Name: f[0], Generation: f[1], Cores: n[0], Threads: n[1],
		Clock: MHz(float64(n[2])), TDP: Watts(float64(n[3])), Year: n[4], Source: f[7]}, true
}
