package table

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Write puts the guess down as a mapping file: every column with the field it
// was taken for, how sure that is and by what sign, and its first values.
// Columns that were not understood follow as comments.
func (g *Guess) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# What the columns of %s (%d rows) seem to be. Correct what is wrong, then:\n", comment(g.Path), g.Rows)
	fmt.Fprintf(&b, "#   sobre collect csv %s --map THIS-FILE -o estate.yaml\n", comment(g.Path))
	b.WriteString("version: 1\n")
	for _, line := range []struct{ key, value, note string }{
		{"separator", g.Mapping.Separator, "between columns"}, {"encoding", g.Mapping.Encoding, ""},
		{"decimal", g.Mapping.Decimal, "sign of decimals"}, {"sheet", g.Mapping.Sheet, ""},
	} {
		if line.value != "" {
			fmt.Fprintf(&b, "%s: %s%s\n", line.key, quoted(line.value), behind(line.note))
		}
	}
	b.WriteString("columns:\n")
	units := g.writeColumns(&b)
	if units != "" {
		b.WriteString("units: # of bare numbers\n" + units)
	}
	g.writeRest(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// writeColumns writes the columns that were understood, and gives the lines of
// their units.
func (g *Guess) writeColumns(b *strings.Builder) (units string) {
	widest := 0
	for _, c := range g.Columns {
		if c.Field != "" {
			widest = max(widest, len([]rune(c.Field+quoted(c.Header))))
		}
	}
	for _, c := range g.Columns {
		if c.Field == "" {
			continue
		}
		pad := strings.Repeat(" ", widest-len([]rune(c.Field+quoted(c.Header))))
		fmt.Fprintf(b, "  %s: %s%s # %s (%s): %s\n", c.Field, quoted(c.Header), pad, c.Sure, c.Why, examples(c))
		if c.Unit != "" {
			units += fmt.Sprintf("  %s: %s\n", c.Field, c.Unit)
		}
	}
	return units
}

// writeRest writes the columns that were not understood as labels to choose
// from.
func (g *Guess) writeRest(b *strings.Builder) {
	first := true
	for _, c := range g.Columns {
		if c.Field != "" || c.Header == "" {
			continue
		}
		if first {
			b.WriteString("# Columns that were not understood. Name a field above, or keep them as labels:\n# labels:\n")
			first = false
		}
		fmt.Fprintf(b, "#   %s: %s # %s\n", quoted(strings.ToLower(c.Header)), quoted(c.Header), examples(c))
	}
}

// examples are the first values of a column, short enough for a line.
func examples(c Column) string {
	var out []string
	for _, v := range c.Values {
		if r := []rune(v); len(r) > 24 {
			v = string(r[:23]) + "…"
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return "no value"
	}
	return comment(strings.Join(out, ", "))
}

// quoted is a text as YAML takes it in any case: a JSON string is one.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""` // no text makes the encoder fail
	}
	return strings.TrimSpace(b.String())
}

// comment keeps a text on the line of its comment.
func comment(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

func behind(note string) string {
	if note == "" {
		return ""
	}
	return " # " + note
}
