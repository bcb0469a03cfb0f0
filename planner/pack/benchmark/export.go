package benchmark

import (
	"bufio"
	"context"
	"fmt"
	"io"
)

// Export writes the instance as an integer program that CBC, HiGHS, GLPK and
// others read: format "lp" (CPLEX LP) or "mps" (free MPS). The model assigns
// the members of each group to hosts:
//
//	min  Σ cost·y + Σ load cost·x
//	     Σ over hosts of x[g,h] = number of members of g
//	     Σ size·x[g,h] ≤ capacity·y[h]   per resource and time
//	     x[g,h] ≤ most·y[h],  y[h+1] ≤ y[h] among equal hosts
//
// and limits between groups with a variable z per group and host. Its least
// cost is that of the instance.
func Export(ctx context.Context, w io.Writer, in *Instance, format string) error {
	if format != "lp" && format != "mps" {
		return fmt.Errorf("no export format %q; there are lp and mps", format)
	}
	if m := in.Misfit(); m != nil {
		return fmt.Errorf("exporting %s: %s", in.File, m)
	}
	m, err := newModel(ctx, in)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if format == "lp" {
		m.writeLP(b)
	} else {
		m.writeMPS(b)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("exporting %s: %w", in.File, err)
	}
	return nil
}

// writeLP writes CPLEX LP. Errors of b stick and surface at Flush.
func (m *model) writeLP(b *bufio.Writer) {
	b.WriteString("Minimize\n obj:")
	none := true
	for i, c := range m.columns {
		if c.cost != 0 {
			m.writeTerm(b, term{i, c.cost}, i)
			none = false
		}
	}
	if none && len(m.columns) > 0 {
		m.writeTerm(b, term{0, 0}, 0)
	}
	b.WriteString("\nSubject To\n")
	for _, r := range m.rows {
		fmt.Fprintf(b, " %s:", r.name)
		for i, t := range r.terms {
			m.writeTerm(b, t, i)
		}
		sense := "<="
		if r.sense == 'E' {
			sense = "="
		}
		fmt.Fprintf(b, " %s %d\n", sense, r.right)
	}
	b.WriteString("Bounds\n")
	for _, c := range m.columns {
		fmt.Fprintf(b, " %d <= %s <= %d\n", c.low, c.name, c.top)
	}
	b.WriteString("Generals\n")
	for _, c := range m.columns {
		fmt.Fprintf(b, " %s\n", c.name)
	}
	b.WriteString("End\n")
}

// writeTerm writes a factor and a name; LP readers want short lines.
func (m *model) writeTerm(b *bufio.Writer, t term, nth int) {
	if nth > 0 && nth%16 == 0 {
		b.WriteString("\n ")
	}
	if t.factor >= 0 {
		b.WriteString(" +")
	} else {
		b.WriteByte(' ')
	}
	fmt.Fprintf(b, "%d %s", t.factor, m.columns[t.column].name)
}

// writeMPS writes free MPS, columns in order with their rows in order.
func (m *model) writeMPS(b *bufio.Writer) {
	b.WriteString("NAME sobre\nROWS\n N obj\n")
	in := make([][]term, len(m.columns)) // per column: row and factor
	for r, row := range m.rows {
		fmt.Fprintf(b, " %c %s\n", row.sense, row.name)
		for _, t := range row.terms {
			in[t.column] = append(in[t.column], term{r, t.factor})
		}
	}
	b.WriteString("COLUMNS\n MARKER 'MARKER' 'INTORG'\n")
	for i, c := range m.columns {
		if c.cost != 0 || len(in[i]) == 0 {
			fmt.Fprintf(b, " %s obj %d\n", c.name, c.cost)
		}
		for _, t := range in[i] {
			fmt.Fprintf(b, " %s %s %d\n", c.name, m.rows[t.column].name, t.factor)
		}
	}
	b.WriteString(" MARKER 'MARKER' 'INTEND'\nRHS\n")
	for _, r := range m.rows {
		if r.right != 0 {
			fmt.Fprintf(b, " RHS %s %d\n", r.name, r.right)
		}
	}
	b.WriteString("BOUNDS\n")
	for _, c := range m.columns {
		if c.low > 0 {
			fmt.Fprintf(b, " LO BND %s %d\n", c.name, c.low)
		}
		fmt.Fprintf(b, " UP BND %s %d\n", c.name, c.top)
	}
	b.WriteString("ENDATA\n")
}
