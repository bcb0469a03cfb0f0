package merge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// member is one record of a class, as its inventory has it.
type member[R any] struct {
	record  *record
	value   *R
	from    []inventory.Origin // with the sources' new IDs
	partial bool               // of another kind: only what is unknown is taken from it
}

// combined is the one record that a class becomes.
type combined struct {
	from      []inventory.Origin
	conflicts []Conflict
}

// told is a fact as one member tells it.
type told[R any] struct {
	member  *member[R]
	text    string
	origin  inventory.Origin // that gave it; Source "" when entered by hand
	rank    int
	prefer  int
	at      string // day of the source, so that the newer counts
	partial bool
}

// combine fills one record with the winner of every field. Members come best
// first: the first is where what no origin names came from.
func combine[R any](m *merger, kind string, into *R, fields []field[R], members []*member[R]) combined {
	var c combined
	var names []string
	if len(m.wishes.decisions.Prefer) > 0 {
		for _, mem := range members {
			names = append(names, mem.record.names()...)
		}
	}
	gave := newGiven()
	for i, mem := range members {
		seeMember(gave, mem, i == 0)
	}
	for k := range fields {
		f := &fields[k]
		all := tellings(m, f, members, names)
		if len(all) == 0 {
			continue
		}
		f.copy(into, all[0].member.value)
		gave.gives(all[0].origin, f.name)
		if f.quiet {
			continue
		}
		c.conflicts = append(c.conflicts, conflictsOf(f, kind, all, len(m.wishes.decisions.Prefer))...)
	}
	c.from = gave.origins(m)
	return c
}

// tellings are the members that know a field, the winner first: what people
// prefer, then the rule of the field's group, then the newer source, then the
// larger value, so that no order of the estates matters.
func tellings[R any](m *merger, f *field[R], members []*member[R], names []string) []told[R] {
	var all []told[R]
	for _, mem := range members {
		text := f.text(mem.value)
		if text == "" {
			continue
		}
		if mem.partial && (f.group == Used || f.name == "host") {
			continue // of a server that turned out to be a guest: percent of another whole
		}
		o, known := originOf(mem.from, f.name)
		source, listed := m.sources[o.Source]
		all = append(all, told[R]{
			member: mem, text: text, origin: o, rank: f.group.rank(witnessOf(&source, known && listed)),
			prefer: m.wishes.prefers(f.name, names, source), at: source.Collected.String(), partial: mem.partial,
		})
	}
	slices.SortStableFunc(all, func(a, b told[R]) int {
		series := 0
		if f.group == Used {
			series = strings.Compare(b.text, a.text)
		}
		return cmp.Or(
			cmp.Compare(a.prefer, b.prefer), compareBool(a.partial, b.partial), series, cmp.Compare(a.rank, b.rank),
			strings.Compare(b.at, a.at), compareValues(b.text, a.text), m.compareOrigins(&a.origin, &b.origin),
		)
	})
	return all
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareValues orders texts so that of two whole numbers the larger is larger.
func compareValues(a, b string) int {
	if x, errA := strconv.Atoi(a); errA == nil {
		if y, errB := strconv.Atoi(b); errB == nil {
			return cmp.Compare(x, y)
		}
	}
	return strings.Compare(a, b)
}

func (m *merger) compareOrigins(a, b *inventory.Origin) int {
	sa, sb := m.sources[a.Source], m.sources[b.Source]
	return cmp.Or(
		identityOf(&sa).compare(identityOf(&sb)), strings.Compare(a.At, b.At), cmp.Compare(a.Line, b.Line), strings.Compare(a.Method, b.Method),
	)
}

// originOf is the origin that gave a field of a record: the last that names it,
// or the first that names none.
func originOf(from []inventory.Origin, field string) (inventory.Origin, bool) {
	for i := len(from) - 1; i >= 0; i-- {
		for _, f := range from[i].Fields {
			if f == field || strings.HasPrefix(field, f+".") {
				return from[i], true
			}
		}
	}
	for _, o := range from {
		if len(o.Fields) == 0 {
			return o, true
		}
	}
	return inventory.Origin{}, false
}

func conflictsOf[R any](f *field[R], kind string, all []told[R], preferences int) []Conflict {
	best := all[0]
	var out []Conflict
	seen := []string{best.text}
	for _, t := range all[1:] {
		if slices.Contains(seen, t.text) || t.partial != best.partial || f.near != nil && f.near(best.member.value, t.member.value) {
			continue
		}
		seen = append(seen, t.text)
		rule := f.group.Says()
		switch {
		case best.prefer < preferences:
			rule = "decision"
		case best.rank == t.rank && best.at != t.at:
			rule = "the newer inventory"
		case best.rank == t.rank:
			rule = "the larger value, as neither source comes before the other"
		}
		out = append(out, Conflict{
			Kind: kind, Field: f.name, Used: best.text, From: best.origin.Source, Other: t.text, Of: t.origin.Source, Rule: rule,
		})
	}
	return out
}
