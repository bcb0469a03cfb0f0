package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/inventory"
	"sobre/inventory/audit"
	"sobre/wording"
)

// InspectScreen shows an audit on one screen of 80 columns, the answer first.
type InspectScreen struct {
	Language *wording.Language
	Colour   bool   // only ever underlines what the words say
	Width    int    // columns; 0: 80
	Details  string // the command that shows all of it; empty: not named
}

// Write shows an audit.
func (s InspectScreen) Write(out io.Writer, a *audit.Audit) error {
	if s.Width == 0 {
		s.Width = screenWidth
	}
	w := &inspectWriter{InspectScreen: s, words: &s.Language.Inspect, out: bufio.NewWriter(out), audit: a}
	w.head()
	w.short()
	w.line("")
	w.machines()
	w.systems()
	w.use()
	w.allotted()
	w.line("")
	w.idle()
	w.oversized()
	w.candidates()
	w.single()
	w.storage()
	w.data()
	w.cannot()
	if s.Details != "" {
		w.line(fmt.Sprintf(w.words.NextDetails, s.Details))
	}
	return w.out.Flush()
}

type inspectWriter struct {
	InspectScreen
	words *wording.Inspect
	out   *bufio.Writer
	audit *audit.Audit
}

func (w *inspectWriter) line(text string) { fmt.Fprintln(w.out, strings.TrimRight(text, " ")) }

func (w *inspectWriter) bold(text string) string {
	if !w.Colour {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// row writes a label and what is said, wrapped under itself to so many lines.
func (w *inspectWriter) row(label, text string, most int) {
	const margin = 2 + labelWidth + 1
	lines := wrap(text, w.Width-margin)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = ansi.Truncate(lines[most-1], w.Width-margin-2, "") + " …"
	}
	w.line(w.bold("  "+fit(label, labelWidth)+" ") + lines[0])
	for _, l := range lines[1:] {
		w.line(strings.Repeat(" ", margin) + l)
	}
}

func (w *inspectWriter) count(n int) string { return w.Language.Count(n) }

func (w *inspectWriter) head() {
	t, l := w.audit.Totals, w.Language
	parts := []string{w.words.Servers.Of(l, t.Hosts), w.words.Workloads.Of(l, t.Workloads)}
	if t.Sites > 0 {
		parts = append(parts, w.words.Sites.Of(l, t.Sites))
	}
	text := strings.Join(parts, ", ")
	text = " · " + text
	if w.audit.Day.Known() {
		text += " · " + w.audit.Day.String()
	}
	// A long name is cut, never what is counted.
	name := ansi.Truncate(clean(w.audit.Name), max(0, w.Width-ansi.StringWidth(text)), "…")
	w.line(w.bold(strings.TrimPrefix(name+text, " · ")))
	w.line("")
}

// short is the answer in some sentences.
func (w *inspectWriter) short() {
	var said []string
	if d := w.busiest(); d != nil && d.Median != nil {
		said = append(said, fmt.Sprintf(w.words.HalfUse, w.count(d.Measured+d.OneLook), w.number(*d.Median)))
	} else if w.audit.Totals.On > 0 {
		said = append(said, fmt.Sprintf(w.words.UseUnknown, w.count(w.audit.Totals.On)))
	}
	n := verdicts(w.audit)
	if len(w.audit.Candidates) > 0 {
		text := w.words.CanMove.Of(w.Language, n[audit.Ready])
		if n[audit.ToFix] > 0 {
			text += ", " + w.words.AfterFix.Of(w.Language, n[audit.ToFix])
		}
		if n[audit.Blocked] > 0 {
			text += ", " + w.words.CannotMove.Of(w.Language, n[audit.Blocked])
		}
		said = append(said, text+".")
	}
	if n := countOf(w.audit, "support", string(inventory.Ended)); n > 0 {
		said = append(said, w.words.NotMended.Of(w.Language, n))
	}
	if n := idleOf(w.audit, "zombie"); n > 0 {
		said = append(said, w.words.DoNothing.Of(w.Language, n))
	}
	w.row(w.words.Short, strings.Join(said, " "), 4)
}

// busiest is the distribution of CPU of most machines.
func (w *inspectWriter) busiest() *audit.Distribution {
	var best *audit.Distribution
	for i := range w.audit.Use {
		if d := &w.audit.Use[i]; d.Resource == "cpu" && d.Of != "hypervisor" && (best == nil || d.Measured+d.OneLook > best.Measured+best.OneLook) {
			best = d
		}
	}
	return best
}

func verdicts(a *audit.Audit) map[audit.Verdict]int {
	n := map[audit.Verdict]int{}
	for _, c := range a.Candidates {
		n[c.Verdict]++
	}
	return n
}

func idleOf(a *audit.Audit, kind string) int {
	n := 0
	for _, i := range a.Idle {
		if i.Kind == kind {
			n++
		}
	}
	return n
}

func rowsOf(a *audit.Audit, by string) []audit.Row {
	for _, c := range a.Counts {
		if c.By == by {
			return c.Rows
		}
	}
	return nil
}

func countOf(a *audit.Audit, by, name string) int {
	for _, r := range rowsOf(a, by) {
		if r.Name == name {
			return r.N
		}
	}
	return 0
}

// number is a percentage as people read it: one decimal below 10.
func (w *inspectWriter) number(v float64) string { return w.Language.Figures(v, 2) }

func (w *inspectWriter) machines() {
	t, l := w.audit.Totals, w.Language
	if t.Hosts == 0 {
		return
	}
	var parts []string
	for _, p := range []struct {
		n    int
		text wording.Plural
	}{{t.Standalone, w.words.Standalone}, {t.Hypervisors, w.words.Hypervisors}, {t.Blades, w.words.Blades}} {
		if p.n > 0 {
			parts = append(parts, p.text.Of(l, p.n))
		}
	}
	role := strings.Join(parts, ", ") + " · "
	w.row(w.words.Machines, role+w.line1(rowsOf(w.audit, "make"), role), 1)
	w.row(w.words.Ages, w.list(rowsOf(w.audit, "age"), 6, w.words.Rows), 2)
}

// line1 names as many rows as fit on one line behind what stands there.
func (w *inspectWriter) line1(rows []audit.Row, behind string) string {
	for most := 6; most > 1; most-- {
		if text := w.list(rows, most, nil); ansi.StringWidth(behind+text) <= w.Width-labelWidth-3 {
			return text
		}
	}
	return w.list(rows, 1, nil)
}

// list names the first rows of a count with their numbers.
func (w *inspectWriter) list(rows []audit.Row, most int, words map[string]string) string {
	var parts []string
	others := 0
	for i, r := range rows {
		name := r.Name
		if word, ok := words[name]; ok {
			name = word
		}
		if name == "" {
			name = w.words.Unknown
		}
		if i >= most && len(rows) > most+1 {
			others += r.N
			continue
		}
		parts = append(parts, clean(name)+" "+w.count(r.N))
	}
	if others > 0 {
		parts = append(parts, w.words.Others+" "+w.count(others))
	}
	return strings.Join(parts, ", ")
}

// clean keeps what an inventory says from steering the terminal.
func clean(s string) string { return inventory.CleanText(s) }

func (w *inspectWriter) systems() {
	if w.audit.Totals.Workloads == 0 {
		return
	}
	w.row(w.words.Systems, w.line1(rowsOf(w.audit, "os"), ""), 1)
	w.row(w.words.Support, w.list(rowsOf(w.audit, "support"), 4, w.words.States), 1)
}

func (w *inspectWriter) use() {
	for _, resource := range []struct{ name, label string }{{"cpu", w.words.CPUUse}, {"memory", w.words.MemoryUse}} {
		label := resource.label
		for i := range w.audit.Use {
			d := &w.audit.Use[i]
			if d.Resource != resource.name {
				continue
			}
			w.row(label, w.distribution(d), 1)
			label = ""
		}
	}
}

func (w *inspectWriter) distribution(d *audit.Distribution) string {
	kind := w.words.Kinds[d.Of]
	if d.Median == nil {
		return fit(kind, kindWidth) + fmt.Sprintf(w.words.NotMeasured, w.count(d.Machines))
	}
	text := fmt.Sprintf(w.words.NoPeak, w.number(*d.Median), w.number(*d.P95))
	if d.Max != nil {
		text = fmt.Sprintf(w.words.Distribution, w.number(*d.Median), w.number(*d.P95), w.number(*d.Max))
	}
	if d.OneLook > 0 {
		text += " · " + fmt.Sprintf(w.words.OneLook, w.count(d.OneLook))
	} else {
		text += " · " + w.count(d.Measured) + "/" + w.count(d.Machines)
	}
	return fit(kind, kindWidth) + Spark(d.Classes[:]) + " " + text
}

// kindWidth holds "hypervisors".
const kindWidth = 12

// Spark draws counts as a line of bars, eight heights high; no count, no bar.
func Spark(counts []int) string {
	bars := []rune(" ▁▂▃▄▅▆▇█")
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	var b strings.Builder
	for _, n := range counts {
		height := 0
		if n > 0 {
			height = (n*8 + most - 1) / most
		}
		b.WriteRune(bars[height])
	}
	return b.String()
}
