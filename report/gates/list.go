package gates

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"sobre/planner/gate"
	"sobre/planner/plan"
	"sobre/wording"
)

// List prints what gates can measure: name, an amount in its unit, which views
// tell it, and what it is.
func List(out io.Writer, l *wording.Language) error {
	w := bufio.NewWriter(out)
	words := &l.Check
	view := map[plan.View]string{plan.OnToday: words.Today, plan.OnPlan: words.Planned}
	const name, unit, of = 24, 14, 18
	row := func(cells ...string) {
		for n, width := range []int{name, unit, of} {
			fmt.Fprint(w, cells[n]+strings.Repeat(" ", max(1, width-ansi.StringWidth(cells[n]))))
		}
		fmt.Fprintln(w, cells[3])
	}
	row(words.ListHead...)
	for _, m := range gate.Measures() {
		var views []string
		for _, v := range m.Views {
			views = append(views, view[v])
		}
		what := l.Say(m.What)
		switch {
		case m.Each:
			what = fmt.Sprintf(words.Each, what)
		case m.List:
			what = fmt.Sprintf(words.Things, what)
		}
		row(m.Name, m.Unit.Example(), strings.Join(views, ", "), what)
	}
	return w.Flush()
}
