package merge

import (
	"slices"
	"strings"

	"sobre/inventory"
)

// seenOnly marks an origin that gave no fact of a record, and only saw it.
const seenOnly = "seen"

// given gathers which origin gave which fields of a record.
type given struct {
	base   *place // gave what no other origin names
	places map[place][]string
}

// place is an origin without its fields.
type place struct {
	source, at string
	line       int
	method     string
}

func placeOf(o *inventory.Origin) place { return place{o.Source, o.At, o.Line, o.Method} }

func newGiven() *given { return &given{places: map[place][]string{}} }

// seeMember notes that a member was there. The first member's own origin gives all
// that no other names.
func seeMember[R any](g *given, mem *member[R], first bool) {
	for i := range mem.from {
		o := &mem.from[i]
		p := placeOf(o)
		if first && g.base == nil && len(o.Fields) == 0 {
			g.base = &p
		}
		g.places[p] = append(g.places[p], seenOnly)
	}
}

// gives notes that an origin gave a field.
func (g *given) gives(o inventory.Origin, field string) {
	if o.Source == "" {
		return // entered by hand
	}
	p := placeOf(&o)
	g.places[p] = append(g.places[p], field)
}

// origins are the origins of the record, the base first, the others in an order
// that the order of the estates does not change.
func (g *given) origins(m *merger) []inventory.Origin {
	var out []inventory.Origin
	for p, fields := range g.places {
		if g.base != nil && p == *g.base {
			continue
		}
		slices.Sort(fields)
		fields = slices.Compact(fields)
		if len(fields) > 1 {
			fields = slices.DeleteFunc(fields, func(f string) bool { return f == seenOnly })
		}
		out = append(out, inventory.Origin{Source: p.source, At: p.at, Line: p.line, Fields: fields, Method: p.method})
	}
	slices.SortFunc(out, func(a, b inventory.Origin) int {
		if c := m.compareOrigins(&a, &b); c != 0 {
			return c
		}
		return strings.Compare(strings.Join(a.Fields, " "), strings.Join(b.Fields, " "))
	})
	if g.base == nil {
		return out
	}
	b := g.base
	return append([]inventory.Origin{{Source: b.source, At: b.at, Line: b.line, Method: b.method}}, out...)
}
