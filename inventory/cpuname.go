package inventory

import (
	"strconv"
	"strings"
)

// NormaliseCPU reduces the name of a processor to what tells models apart:
// "intel(r) xeon(r) cpu e5-2650 0 @ 2.00GHz [8 core(s) x86_64]" and "Xeon
// E5-2650" both become "xeon e5-2650". Processors without a model number keep
// their clock: "xeon 3060mhz". It returns "" for a name that holds nothing.
func NormaliseCPU(model string) string {
	words := cpuWords(model)
	clock := ""
	kept := words[:0]
	for i, w := range words {
		mhz, isClock := clockWord(words, i)
		switch {
		case isClock:
			clock = mhz
		case isCPUNoise(w):
		default:
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	if !hasNumber(kept) && clock != "" {
		kept = append(kept, clock)
	}
	return strings.Join(kept, " ")
}

// cpuWords splits a name into words in lower case, without trademark signs and
// what stands in brackets, with the version and the suffix set apart as makers
// print them.
func cpuWords(model string) []string {
	s := strings.ToLower(CleanText(model))
	for _, sign := range []string{"(r)", "(tm)", "(c)", "®", "™", "©"} {
		s = strings.ReplaceAll(s, sign, " ")
	}
	s = dropBrackets(s)
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(",;@()[]/_:", r) {
			return ' '
		}
		return r
	}, s)
	var words []string
	for w := range strings.FieldsSeq(s) {
		words = append(words, splitSuffix(w)...)
	}
	return joinSeries(splitXeon(words))
}

// splitXeon sets apart "xeon-gold" and the letters that HPE writes for it.
func splitXeon(words []string) []string {
	var out []string
	for _, w := range words {
		series, ok := strings.CutPrefix(w, "xeon-")
		if !ok {
			out = append(out, w)
			continue
		}
		switch series {
		case "p":
			series = "platinum"
		case "g":
			series = "gold"
		case "s":
			series = "silver"
		case "b":
			series = "bronze"
		}
		out = append(out, "xeon", series)
	}
	return out
}

// joinSeries writes "e5 2650" as makers do, "e5-2650".
func joinSeries(words []string) []string {
	var out []string
	for _, w := range words {
		last := len(out) - 1
		if last >= 0 && len(w) >= 4 && allDigits(w[:4]) {
			switch out[last] {
			case "e3", "e5", "e7", "e", "d", "w":
				out[last] += "-" + w
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

// dropBrackets cuts "[4 core(s) x86_64]" and "(2.5GHz)", and all that follows
// a bracket that was never closed.
func dropBrackets(s string) string {
	for _, pair := range []string{"[]", "()"} {
		for {
			from := strings.IndexByte(s, pair[0])
			if from < 0 {
				break
			}
			to := strings.LastIndexByte(s, pair[1])
			if pair == "()" {
				to = from + strings.IndexByte(s[from:], pair[1])
			}
			if to <= from {
				to = len(s) - 1
			}
			s = s[:from] + " " + s[to+1:]
		}
	}
	return s
}

// splitSuffix sets apart what some write together: "e5-2650v2", "2376he".
func splitSuffix(w string) []string {
	if i := strings.LastIndexByte(w, 'v'); i > 2 && i == len(w)-2 && isDigit(w[i+1]) && strings.IndexByte(w, '-') > 0 {
		return []string{w[:i], w[i:]}
	}
	for _, s := range []string{"he", "ee", "se"} {
		if number, ok := strings.CutSuffix(w, s); ok && len(number) == 4 && allDigits(number) {
			return []string{number, s}
		}
	}
	return []string{w}
}

// clockWord tells whether the word at i gives a clock ("2.60ghz", or "2.6"
// before "ghz") and writes it in whole MHz.
func clockWord(words []string, i int) (string, bool) {
	w := words[i]
	if (w == "ghz" || w == "mhz") && i > 0 {
		return clockText(words[i-1], w)
	}
	if i+1 < len(words) && (words[i+1] == "ghz" || words[i+1] == "mhz") {
		return clockText(w, words[i+1])
	}
	for _, unit := range []string{"ghz", "mhz"} {
		if number, ok := strings.CutSuffix(w, unit); ok {
			return clockText(number, unit)
		}
	}
	return "", false
}

func clockText(number, unit string) (string, bool) {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || v <= 0 || v > 1e5 {
		return "", false
	}
	if unit == "ghz" {
		v *= 1000
	}
	return strconv.Itoa(int(v+0.5)) + "mhz", true
}

// isCPUNoise tells the words that say nothing of the model.
func isCPUNoise(w string) bool {
	switch w {
	case "intel", "amd", "genuine", "genuineintel", "authenticamd", "cpu", "processor", "processors", "0", "-",
		"dual", "quad", "core", "six", "eight", "family", "series", "with", "radeon", "graphics", "x86", "64", "x86-64", "64-bit", "multi-core", "ampere", "max":
		return true
	}
	count, isCount := strings.CutSuffix(w, "-core")
	if isCount {
		return allDigits(count) || isNumeral(count)
	}
	return false
}

// isNumeral tells the count words that AMD put before "-Core".
func isNumeral(w string) bool {
	switch w {
	case "dual", "triple", "quad", "six", "eight", "twelve", "sixteen":
		return true
	}
	return false
}

// cpuNumber is the model number of a normalised name without the family before
// it: "6130" of "xeon gold 6130". It is "" where there is none, or where it is
// too short to mean one model only.
func cpuNumber(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if strings.HasSuffix(w, "mhz") || !strings.ContainsAny(w, "0123456789") {
			continue
		}
		if number := strings.Join(words[i:], " "); len(number) >= 4 {
			return number
		}
	}
	return ""
}

func hasNumber(words []string) bool {
	for _, w := range words {
		if len(w) >= 3 && strings.ContainsAny(w, "0123456789") {
			return true
		}
	}
	return false
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
