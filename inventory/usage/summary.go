package usage

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Enrich sums up the series of each machine and adds mean, percentiles, maximum
// and a profile to the estate. Series are joined by ID, name, UUID, address or
// the name without domain; how each was joined stands in its origin, and which
// joined nothing in a finding. Cores are averaged and parts added up value by
// value before anything is summed up.
func (s *Series) Enrich(e *inventory.Estate) {
	j := joiner{
		series: s, estate: e, places: newPlaces(e), rename: s.enter(e),
		rules: map[rule][]string{}, filled: map[*place]map[bool]string{}, means: map[string]int{}, short: map[string]int{},
	}
	machines := s.byMachine()
	for _, name := range slices.Sorted(maps.Keys(machines)) {
		j.machine(name, machines[name])
	}
	j.sayRules()
	j.sayMeans()
	j.sayShort()
	if s.unsaid > 0 {
		j.say(inventory.Finding{Code: "findings-cut", Severity: inventory.Warning, What: "further remarks on the series: " + strconv.Itoa(s.unsaid),
			Do: "check the exports", Values: map[string]string{"findings": strconv.Itoa(s.unsaid)}})
	}
}

// enter lists the sources in the estate under IDs that are free, with what was
// remarked while reading, and returns what each is called there.
func (s *Series) enter(e *inventory.Estate) map[string]string {
	rename := map[string]string{}
	for _, src := range s.sources {
		id := e.SourceID(src.ID)
		rename[src.ID] = id
		src.ID = id
		e.Sources = append(e.Sources, src)
	}
	for _, f := range s.findings {
		f.Source = rename[f.Source]
		e.Findings = append(e.Findings, f)
	}
	if n := len(s.noZone); n > 0 {
		e.Findings = append(e.Findings, inventory.Finding{
			Code: "zone-assumed", Severity: inventory.Note, What: "times without a zone were taken for those of " + s.zone.String() + ", in files: " + strconv.Itoa(n),
			Do: "give --zone if the machines are elsewhere", Values: map[string]string{"zone": s.zone.String(), "files": strconv.Itoa(n)},
		})
	}
	return rename
}

// piece is a series of a machine or of a part of it.
type piece struct {
	instance string
	*series
}

// byMachine groups the series, in a fixed order.
func (s *Series) byMachine() map[string]map[measure][]piece {
	out := map[string]map[measure][]piece{}
	for k, one := range s.pool.series {
		if len(one.times) == 0 {
			continue
		}
		if out[k.machine] == nil {
			out[k.machine] = map[measure][]piece{}
		}
		out[k.machine][k.measure] = append(out[k.machine][k.measure], piece{k.instance, one})
	}
	for _, measures := range out {
		for _, parts := range measures {
			slices.SortFunc(parts, func(a, b piece) int { return strings.Compare(a.instance, b.instance) })
		}
	}
	return out
}

// whole is the series of the whole machine where there is one, else what its
// parts come to.
func (j *joiner) whole(name string, m measure, parts []piece) (one *series, how string) {
	twice := 0
	for _, p := range parts {
		twice += p.order()
	}
	if twice > 0 {
		j.say(inventory.Finding{Code: "values-twice", Severity: inventory.Note, Subject: name, What: m.String() + " of " + name + " has two values for one time; the later read count: " + strconv.Itoa(twice),
			Values: map[string]string{"name": name, "values": strconv.Itoa(twice)}})
	}
	if parts[0].instance == "" || len(parts) == 1 {
		return parts[0].series, ""
	}
	list := make([]*series, len(parts))
	for i, p := range parts {
		list[i] = p.series
	}
	one, dropped := combine(list)
	how = "sum of " + strconv.Itoa(len(parts)) + " series, value by value"
	if list[0].core {
		how = "mean of " + strconv.Itoa(len(parts)) + " cores, value by value"
	}
	if dropped > 0 {
		j.say(inventory.Finding{Code: "values-uneven", Severity: inventory.Warning, Subject: name, Do: "export all parts over the same time",
			What:   "times at which not all of " + strconv.Itoa(len(parts)) + " parts of " + m.String() + " of " + name + " have a value were left out: " + strconv.Itoa(dropped),
			Values: map[string]string{"name": name, "values": strconv.Itoa(dropped)}})
	}
	return one, how
}

// joiner adds series to the machines of an estate.
type joiner struct {
	series *Series
	estate *inventory.Estate
	places places
	rename map[string]string
	rules  map[rule][]string          // series joined, by rule
	filled map[*place]map[bool]string // by whom CPU (true) and memory were filled
	means  map[string]int             // series by what one value is the mean of
	short  map[string]int             // days that were measured, of machines with too few
}

func (j *joiner) say(f inventory.Finding) { j.estate.Findings = append(j.estate.Findings, f) }

// machine joins the series that bear one name.
func (j *joiner) machine(name string, measures map[measure][]piece) {
	at, r := j.places.find(name)
	if at == nil {
		what, do := "the inventory has no machine "+name, "check the name, or give the inventory that has it"
		if r == ambiguous {
			what, do = "the inventory has more than one machine "+name, "name it by its ID"
		}
		j.say(inventory.Finding{Code: "use-unmatched", Severity: inventory.Warning, Source: j.source(measures), What: what + ": its series were left out", Do: do, Values: map[string]string{"name": name}})
		return
	}
	j.rules[r] = append(j.rules[r], name)
	// What a hypervisor counts in MHz and MiB comes before percent of a machine.
	for _, choice := range [][]measure{{cpuMHz, cpuPercent, cpuCores}, {memoryMiB, memoryAvailable, memoryPercent}} {
		for _, m := range choice {
			if parts := measures[m]; len(parts) > 0 && j.fill(at, name, r, m, parts) {
				break
			}
		}
	}
}

func (j *joiner) source(measures map[measure][]piece) string {
	for _, m := range slices.Sorted(maps.Keys(measures)) {
		return j.rename[measures[m][0].origin.Source]
	}
	return ""
}

// fill sums up one measure of a machine. It tells false where the measure says
// nothing of this machine.
func (j *joiner) fill(at *place, name string, r rule, m measure, parts []piece) bool {
	if by, done := j.filled[at][m.isCPU()]; done {
		j.say(inventory.Finding{Code: "row-twice", Severity: inventory.Warning, Subject: at.id, Do: "keep one of the two",
			What: "series of " + by + " and of " + name + " are about the same machine: those of " + name + " were left out", Values: map[string]string{"name": name, "kept": by}})
		return true
	}
	one, how := j.whole(name, m, parts)
	level, turned, ok := j.turn(at, name, m, one)
	if !ok {
		return false
	}
	stat := turned.measured().Stat(level)
	if peak := highest(turned.peaks); len(turned.peaks) > 0 && peak > stat.Max.Value() {
		stat.Max = level(peak)
	}
	field, into := "use.memory", &at.use.Memory
	var profile *[]inventory.Level
	if m.isCPU() {
		field, into = "use.cpu", &at.use.CPU
	}
	if at.profile != nil {
		profile = &at.profile.Memory
		if m.isCPU() {
			profile = &at.profile.CPU
		}
	}
	stat.Now = into.Now
	*into = stat
	fields := []string{field}
	if profile != nil {
		if *profile = turned.measured().Profile(j.series.zone, level); *profile != nil {
			fields = append(fields, "profile"+strings.TrimPrefix(field, "use"))
		}
	}
	if j.filled[at] == nil {
		j.filled[at] = map[bool]string{}
	}
	j.filled[at][m.isCPU()] = name
	j.means[stat.Rollup]++
	origin := one.origin
	origin.Source, origin.Fields = j.rename[origin.Source], fields
	origin.Method = method(name, r, one, how)
	*at.from = append(*at.from, origin)
	j.doubt(at, name, m, stat)
	return true
}

// method says how a series was joined and made.
func method(name string, r rule, one *series, how string) string {
	text := "series " + name + " joined by " + string(r)
	if one.guessed != "" {
		text += ", which is " + one.guessed
	}
	if how != "" {
		text += "; " + how
	}
	if one.units != "" {
		text += "; read as " + one.units
	}
	return text
}

func highest(values []float64) float64 {
	out := 0.0
	for _, v := range values {
		out = max(out, v)
	}
	return out
}

// turn makes of a series what the estate counts in, and gives its values their
// unit.
func (j *joiner) turn(at *place, name string, m measure, one *series) (level func(float64) inventory.Level, turned *series, ok bool) {
	changed := *one
	switch m {
	case cpuMHz:
		return rounded(inventory.MHzLevel, 1), one, true
	case memoryMiB:
		return rounded(inventory.MiBLevel, 1), one, true
	case cpuCores:
		if at.cpus == 0 {
			j.unusable(at, name, "CPU in cores, and how many the machine has is not known")
			return nil, nil, false
		}
		changed.values = mapped(one.values, func(v float64) float64 { return 100 * v / float64(at.cpus) })
	case memoryAvailable:
		whole := at.memory.MiB()
		if !at.memory.Known() || highest(one.values) > whole*1.02 {
			j.unusable(at, name, "the memory that is available, and how much the machine has is not known or less than that")
			return nil, nil, false
		}
		changed.values = mapped(one.values, func(v float64) float64 { return max(whole-v, 0) })
		return rounded(inventory.MiBLevel, 1), &changed, true
	}
	if highest(changed.values) > 101 {
		j.unusable(at, name, "percentages above 100: they are perhaps of one core")
		return nil, nil, false
	}
	changed.values = mapped(changed.values, func(v float64) float64 { return min(v, 100) })
	return rounded(inventory.PercentLevel, 100), &changed, true
}

func mapped(values []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}

func (j *joiner) unusable(at *place, name, why string) {
	j.say(inventory.Finding{Code: "use-unusable", Severity: inventory.Warning, Subject: at.id, What: "the series of " + name + " give " + why + ": left out",
		Do: "export percent of the machine, MHz or MiB", Values: map[string]string{"name": name, "why": why}})
}

// doubt says what a percentile of this series is worth.
func (j *joiner) doubt(at *place, name string, m measure, s inventory.Stat) {
	if s.Coverage.Known() && s.Coverage.Value() < minCoverage {
		j.say(inventory.Finding{Code: "coverage-low", Severity: inventory.Warning, Subject: at.id, Do: "look whether the machine or its monitoring was off",
			What:   m.String() + " of " + name + " has a value for " + s.Coverage.String() + " of the time only",
			Values: map[string]string{"name": name, "coverage": s.Coverage.String()}})
	}
	if s.Days < minDays {
		j.short[at.id] = s.Days
	}
}

const (
	minCoverage = 80 // percent
	minDays     = 7
)

// sayRules says how many series were joined by which rule.
func (j *joiner) sayRules() {
	for _, r := range []rule{byID, byName, byUUID, byAddress, byShortName} {
		names := j.rules[r]
		if len(names) == 0 {
			continue
		}
		shown := strings.Join(names[:min(len(names), 5)], ", ")
		if len(names) > 5 {
			shown += ", …"
		}
		j.say(inventory.Finding{Code: "use-joined", Severity: inventory.Note, What: "machines whose series were joined by " + string(r) + ": " + strconv.Itoa(len(names)) + " (" + shown + ")",
			Values: map[string]string{"rule": string(r), "machines": strconv.Itoa(len(names)), "names": shown}})
	}
}

// sayShort says how many machines were not watched for a week.
func (j *joiner) sayShort() {
	if len(j.short) == 0 {
		return
	}
	ids := slices.Sorted(maps.Keys(j.short))
	least, most := j.short[ids[0]], 0
	for _, d := range j.short {
		least, most = min(least, d), max(most, d)
	}
	days := strconv.Itoa(least)
	if most > least {
		days += " to " + strconv.Itoa(most)
	}
	shown := strings.Join(ids[:min(len(ids), 5)], ", ")
	if len(ids) > 5 {
		shown += ", …"
	}
	j.say(inventory.Finding{Code: "span-short", Severity: inventory.Note, Do: "measure a month: end of month, backups and holidays differ",
		What:   "machines whose series span less than a week (" + days + " days): " + strconv.Itoa(len(ids)) + " (" + shown + ")",
		Values: map[string]string{"machines": strconv.Itoa(len(ids)), "names": shown, "days": days}})
}

// sayMeans says what the percentiles are made of: one of means over two hours
// hides all that is shorter.
func (j *joiner) sayMeans() {
	for _, r := range slices.SortedFunc(maps.Keys(j.means), func(a, b string) int { return cmp.Compare(a, b) }) {
		if !strings.Contains(r, " h ") && !strings.Contains(r, " day ") && !longMinutes(r) {
			continue
		}
		j.say(inventory.Finding{Code: "percentile-of-means", Severity: inventory.Note, Do: "export finer values, or leave more headroom",
			What:   "percentiles are those of one " + r + " after the other, not of moments: shorter peaks do not show, in series: " + strconv.Itoa(j.means[r]),
			Values: map[string]string{"rollup": r, "count": strconv.Itoa(j.means[r])}})
	}
}

// longMinutes tells rollups of 10 minutes and more.
func longMinutes(rollup string) bool {
	number, found := strings.CutSuffix(rollup, " min mean")
	n, err := strconv.Atoi(number)
	return found && err == nil && n >= 10
}
