package inventory

import "strings"

// MovesLive tells whether a running guest can go from processors to others
// without an interruption: the maker must be the same and the generation no
// older, because a guest that has seen an instruction goes on using it. known
// is false where the model of either is missing or not in the built-in table;
// ok is true then, since nothing speaks against it.
//
// Within a cluster whose CPU generation is levelled (vSphere EVC) the answer is
// yes whatever the models; that is for the caller to know.
func MovesLive(from, to CPU) (ok, known bool) {
	makerFrom, makerTo := CPUMaker(from.Model), CPUMaker(to.Model)
	if makerFrom != "" && makerTo != "" && makerFrom != makerTo {
		return false, true
	}
	a, foundA := LookUpCPU(from.Model)
	b, foundB := LookUpCPU(to.Model)
	if !foundA || !foundB {
		return true, NormaliseCPU(from.Model) != "" && NormaliseCPU(from.Model) == NormaliseCPU(to.Model)
	}
	return a.Generation == b.Generation || generationYear(a.Generation) <= generationYear(b.Generation), true
}

// CPUMaker is who made a processor, by its name: "intel", "amd" or "" when the
// name does not tell.
func CPUMaker(model string) string {
	name := " " + NormaliseCPU(model) + " "
	for _, maker := range []struct {
		name  string
		words []string
	}{
		{"intel", []string{"intel", "xeon", "pentium", "celeron", "core", "itanium", "atom"}},
		{"amd", []string{"amd", "opteron", "epyc", "ryzen", "athlon", "turion"}},
	} {
		for _, w := range maker.words {
			if strings.Contains(name, " "+w+" ") {
				return maker.name
			}
		}
	}
	return ""
}

// generationYear is when the first model of a generation came out.
func generationYear(generation string) int {
	first := 0
	for _, m := range cpuModels().list {
		if m.Generation == generation && (first == 0 || m.Year < first) {
			first = m.Year
		}
	}
	return first
}
