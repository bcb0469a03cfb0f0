package open

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// difference is a figure that two inventories of one machine give differently.
type difference struct {
	n           int
	first       string // ID of the first machine
	used, other string
}

// sizeTolerance is by how much two sizes of one memory may differ: a kernel
// keeps 1 to 3 % for itself, firmware and graphics more.
const sizeTolerance = 0.15

func (j *joiner) compareHosts(a, b *inventory.Host) {
	j.compareCounts("sockets", a.ID, a.CPU.Sockets, b.CPU.Sockets)
	j.compareCounts("cores", a.ID, a.CPU.Cores, b.CPU.Cores)
	j.compareSizes("memory", a.ID, a.Memory, b.Memory)
}

func (j *joiner) compareWorkloads(a, b *inventory.Workload) {
	if a.Kind == b.Kind {
		j.compareCounts("vCPUs", a.ID, a.VCPUs, b.VCPUs)
		if a.Host != "" && b.Host != "" && a.Host != b.Host {
			j.differ("host", a.ID, a.Host, b.Host)
		}
	}
	j.compareSizes("memory", a.ID, a.Memory, b.Memory)
}

func (j *joiner) compareCounts(figure, id string, a, b int) {
	if a != 0 && b != 0 && a != b {
		j.differ(figure, id, strconv.Itoa(a), strconv.Itoa(b))
	}
}

func (j *joiner) compareSizes(figure, id string, a, b inventory.Size) {
	if a.Known() && b.Known() && math.Abs(a.MiB()-b.MiB()) > sizeTolerance*max(a.MiB(), b.MiB()) {
		j.differ(figure, id, a.String(), b.String())
	}
}

func (j *joiner) differ(figure, id, used, other string) {
	d := j.differing[figure]
	if d == nil {
		d = &difference{first: id, used: used, other: other}
		j.differing[figure] = d
	}
	d.n++
}

// sayDifferences makes one finding a figure: the first machine and how many.
func (j *joiner) sayDifferences() {
	for _, figure := range slices.Sorted(maps.Keys(j.differing)) {
		d := j.differing[figure]
		j.all.Findings = append(j.all.Findings, inventory.Finding{
			Code: "inventories-differ", Severity: inventory.Warning, Subject: d.first,
			What:   fmt.Sprintf("%s: %d machines differ between inventories; the first is %s: %s is used, another says %s", figure, d.n, d.first, d.used, d.other),
			Do:     "check which inventory is up to date, and name that one first",
			Values: map[string]string{"figure": figure, "count": strconv.Itoa(d.n), "id": d.first, "used": d.used, "other": d.other},
		})
	}
}

// maxNamesakes is how many machines of one name are listed.
const maxNamesakes = 50

// sayNamesakes warns of machines of one name in two inventories that no UUID
// could tell to be one or two: they are counted as two.
func (j *joiner) sayNamesakes() {
	first := map[string]int{}
	said := 0
	for i := range j.all.Workloads {
		w := &j.all.Workloads[i]
		name, _, _ := strings.Cut(strings.ToLower(w.Name), ".")
		if name == "" || len(w.From) == 0 {
			continue
		}
		k, known := first[name]
		if !known {
			first[name] = i
			continue
		}
		other := &j.all.Workloads[k]
		if other.From[0].Source == w.From[0].Source || other.UUID != "" && w.UUID != "" || said >= maxNamesakes {
			continue
		}
		said++
		j.all.Findings = append(j.all.Findings, inventory.Finding{
			Code: "perhaps-twice", Severity: inventory.Warning, Subject: w.ID,
			What:   fmt.Sprintf("%s and %s have one name in two inventories, and no UUID to tell whether they are one machine: counted as two", other.ID, w.ID),
			Do:     "leave one of them out, or give both their UUID",
			Values: map[string]string{"id": w.ID, "other": other.ID, "name": w.Name},
		})
	}
}
