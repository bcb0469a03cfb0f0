package merge

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// field is one fact of a record.
type field[R any] struct {
	name  string
	group Group
	text  func(*R) string   // the value, "" when unknown
	copy  func(to, from *R) // takes the value over
	near  func(a, b *R) bool
	quiet bool // a difference is not worth telling
}

// sizeTolerance is by how much two sizes of one memory or disk may differ: a
// kernel keeps 1 to 3 % of memory for itself, firmware and graphics more, and
// file systems do not fill their disk.
const sizeTolerance = 0.15

func nearly(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*math.Max(math.Abs(a), math.Abs(b))
}

// plain is a fact whose value is comparable; show gives its text.
func plain[R any, T comparable](name string, group Group, at func(*R) *T, show func(T) string) field[R] {
	return field[R]{
		name: name, group: group,
		text: func(r *R) string {
			var unknown T
			if v := *at(r); v != unknown {
				return show(v)
			}
			return ""
		},
		copy: func(to, from *R) { *at(to) = *at(from) },
	}
}

func text[R any](name string, group Group, at func(*R) *string) field[R] {
	return plain(name, group, at, func(s string) string { return s })
}

// alike is a text of which spellings count as the same.
func alike[R any](name string, group Group, at func(*R) *string, key func(string) string) field[R] {
	f := text(name, group, at)
	f.near = func(a, b *R) bool { return key(*at(a)) == key(*at(b)) }
	return f
}

func count[R any](name string, group Group, at func(*R) *int) field[R] {
	return plain(name, group, at, strconv.Itoa)
}

func size[R any](name string, group Group, at func(*R) *inventory.Size) field[R] {
	f := plain(name, group, at, inventory.Size.String)
	f.near = func(a, b *R) bool { return nearly(at(a).MiB(), at(b).MiB(), sizeTolerance) }
	return f
}

func power[R any](name string, at func(*R) *inventory.Power) field[R] {
	return plain(name, Placed, at, inventory.Power.String)
}

func date[R any](name string, at func(*R) *inventory.Date) field[R] {
	return plain(name, Office, at, inventory.Date.String)
}

func word[R any, T ~string](name string, group Group, at func(*R) *T) field[R] {
	return plain(name, group, at, func(v T) string { return string(v) })
}

// stat is measured use; of two, the longer series counts.
func stat[R any](name string, at func(*R) *inventory.Stat) field[R] {
	f := plain(name, Used, at, statText)
	f.quiet = true
	return f
}

// statText begins with how long a series is, so that the longer sorts last.
func statText(s inventory.Stat) string {
	parts := []string{pad(s.Days), pad(s.Samples)}
	for _, l := range []inventory.Level{s.P95, s.Mean, s.Max, s.P50, s.P90, s.P99, s.Now} {
		parts = append(parts, l.String())
	}
	return strings.Join(append(parts, s.Rollup), " ")
}

func pad(n int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 9-len(s))) + s
}

func union[T any](a, b []T, key func(T) string) []T {
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.ContainsFunc(out, func(o T) bool { return key(o) == key(v) }) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(x, y T) int { return strings.Compare(key(x), key(y)) })
	return out
}

func same(s string) string { return s }

func hostFields() []field[inventory.Host] {
	type H = inventory.Host
	name := alike("name", Placed, func(h *H) *string { return &h.Name }, shortName)
	chassis := text("chassis", Office, func(h *H) *string { return &h.Chassis })
	chassis.copy = func(to, from *H) { to.Chassis, to.Slot = from.Chassis, from.Slot }
	clock := plain("cpu.clock", Placed, func(h *H) *inventory.Frequency { return &h.CPU.Clock }, inventory.Frequency.String)
	clock.near = func(a, b *H) bool { return nearly(a.CPU.Clock.MHz(), b.CPU.Clock.MHz(), 0.05) }
	uuid := alike("uuid", Placed, func(h *H) *string { return &h.UUID }, canonicalUUID)
	return []field[H]{
		name, uuid,
		word("role", Placed, func(h *H) *inventory.Role { return &h.Role }),
		word("state", Placed, func(h *H) *inventory.HostState { return &h.State }),
		text("site", Office, func(h *H) *string { return &h.Site }),
		text("cluster", Placed, func(h *H) *string { return &h.Cluster }),
		chassis,
		alike("make", Placed, func(h *H) *string { return &h.Make }, inventory.MakerKey),
		alike("model", Placed, func(h *H) *string { return &h.Model }, inventory.ModelKey),
		alike("serial", Placed, func(h *H) *string { return &h.Serial }, serialKey),
		alike("device", Inside, func(h *H) *string { return &h.Device }, strings.ToLower),
		count("year", Office, func(h *H) *int { return &h.Year }),
		alike("os", Placed, func(h *H) *string { return &h.OS }, systemKey),
		alike("cpu.model", Placed, func(h *H) *string { return &h.CPU.Model }, inventory.NormaliseCPU),
		count("cpu.sockets", Placed, func(h *H) *int { return &h.CPU.Sockets }),
		count("cpu.cores", Placed, func(h *H) *int { return &h.CPU.Cores }),
		count("cpu.threads", Placed, func(h *H) *int { return &h.CPU.Threads }),
		clock,
		size("memory", Placed, func(h *H) *inventory.Size { return &h.Memory }),
		size("disk", Inside, func(h *H) *inventory.Size { return &h.Disk }),
		power("power.idle", func(h *H) *inventory.Power { return &h.Power.Idle }),
		power("power.max", func(h *H) *inventory.Power { return &h.Power.Max }),
		power("power.mean", func(h *H) *inventory.Power { return &h.Power.Mean }),
		plain("power.metered", Placed, func(h *H) *inventory.YearlyEnergy { return &h.Power.Metered }, inventory.YearlyEnergy.String),
		{name: "power.points", group: Placed, quiet: true,
			text: func(h *H) string { return pointsText(h.Power.Points) },
			copy: func(to, from *H) { to.Power.Points = from.Power.Points }},
		stat("use.cpu", func(h *H) *inventory.Stat { return &h.Use.CPU }),
		stat("use.memory", func(h *H) *inventory.Stat { return &h.Use.Memory }),
		plain("price", Office, func(h *H) *inventory.Money { return &h.Price }, inventory.Money.String),
		date("purchased", func(h *H) *inventory.Date { return &h.Purchased }),
		text("owner", Office, func(h *H) *string { return &h.Owner }),
		date("maintained", func(h *H) *inventory.Date { return &h.Maintained }),
	}
}

func workloadFields() []field[inventory.Workload] {
	type W = inventory.Workload
	clock := func(name string, at func(*W) *inventory.Frequency) field[W] {
		return plain(name, Placed, at, inventory.Frequency.String)
	}
	return []field[W]{
		alike("name", Placed, func(w *W) *string { return &w.Name }, shortName),
		alike("uuid", Placed, func(w *W) *string { return &w.UUID }, canonicalUUID),
		word("class", Placed, func(w *W) *inventory.Class { return &w.Class }),
		text("host", Placed, func(w *W) *string { return &w.Host }),
		word("state", Placed, func(w *W) *inventory.WorkloadState { return &w.State }),
		text("cluster", Placed, func(w *W) *string { return &w.Cluster }),
		text("pool", Placed, func(w *W) *string { return &w.Pool }),
		alike("os", Inside, func(w *W) *string { return &w.OS }, systemKey),
		text("service", Office, func(w *W) *string { return &w.Service }),
		alike("device", Inside, func(w *W) *string { return &w.Device }, strings.ToLower),
		count("vcpus", Placed, func(w *W) *int { return &w.VCPUs }),
		size("memory", Placed, func(w *W) *inventory.Size { return &w.Memory }),
		size("disk", Placed, func(w *W) *inventory.Size { return &w.Disk }),
		size("disk_used", Inside, func(w *W) *inventory.Size { return &w.DiskUsed }),
		stat("use.cpu", func(w *W) *inventory.Stat { return &w.Use.CPU }),
		stat("use.memory", func(w *W) *inventory.Stat { return &w.Use.Memory }),
		{name: "profile", group: Used, quiet: true,
			text: func(w *W) string { return levelsText(w.Profile.CPU) + levelsText(w.Profile.Memory) },
			copy: func(to, from *W) { to.Profile = from.Profile }},
		clock("cpu_reservation", func(w *W) *inventory.Frequency { return &w.CPUReservation }),
		size("memory_reservation", Placed, func(w *W) *inventory.Size { return &w.MemoryReservation }),
	}
}

// systemKey tells systems apart that differ by more than how they are written.
func systemKey(s string) string {
	if r, ok := inventory.LookUpOS(s); ok {
		return r.Name
	}
	return inventory.PlainHeader(s)
}

func pointsText(points []inventory.PowerPoint) string {
	var b strings.Builder
	for _, p := range points {
		text, _ := p.MarshalJSON()
		b.Write(text)
	}
	return b.String()
}

func levelsText(levels []inventory.Level) string {
	var b strings.Builder
	for _, l := range levels {
		b.WriteString(l.String() + " ")
	}
	return b.String()
}

// mapFields are the labels or resources of some records, one fact each.
func mapFields[R any, V comparable](prefix string, group Group, records []*R, at func(*R) *map[string]V, show func(V) string) []field[R] {
	keys := map[string]bool{}
	for _, r := range records {
		for k := range *at(r) {
			keys[k] = true
		}
	}
	var out []field[R]
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		out = append(out, field[R]{
			name: prefix + "." + k, group: group, quiet: true,
			text: func(r *R) string {
				if v, ok := (*at(r))[k]; ok {
					return "=" + show(v)
				}
				return ""
			},
			copy: func(to, from *R) {
				if *at(to) == nil {
					*at(to) = map[string]V{}
				}
				(*at(to))[k] = (*at(from))[k]
			},
		})
	}
	return out
}

// listFields are the elements of lists of some records, one fact each: the list
// is that of all records together.
func listFields[R any, T any](prefix string, records []*R, at func(*R) *[]T, key func(T) string) []field[R] {
	keys := map[string]bool{}
	for _, r := range records {
		for _, v := range *at(r) {
			keys[key(v)] = true
		}
	}
	var out []field[R]
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		find := func(r *R) int { return slices.IndexFunc(*at(r), func(v T) bool { return key(v) == k }) }
		out = append(out, field[R]{
			name: prefix + "." + k, group: Placed, quiet: true,
			text: func(r *R) string {
				if find(r) < 0 {
					return ""
				}
				return "="
			},
			copy: func(to, from *R) { *at(to) = append(*at(to), (*at(from))[find(from)]) },
		})
	}
	return out
}
