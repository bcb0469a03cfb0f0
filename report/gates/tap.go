package gates

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sobre/planner/gate"
)

// writeTAP writes the Test Anything Protocol, version 14. What does not count
// (warnings, what is waived or known) is marked TODO, which fails no run.
func writeTAP(out io.Writer, r *gate.Report) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "TAP version 14\n1..%d\n", len(r.Results))
	for i := range r.Results {
		x := &r.Results[i]
		verdict, todo := "not ok", ""
		switch {
		case x.Status == gate.Holds:
			verdict = "ok"
		case x.Status != gate.Fails:
			todo = " # TODO " + tapText(excuse(x))
		case x.Level == gate.Warn:
			todo = " # TODO warning"
		}
		fmt.Fprintf(w, "%s %d - %s%s\n", verdict, i+1, tapText(clean(x.Gate)), todo)
		if x.Status != gate.Holds {
			file, line := place(x)
			fmt.Fprintf(w, "  ---\n  message: %s\n  at: %s\n  ...\n", strconv.Quote(message(x)), strconv.Quote(fmt.Sprintf("%s:%d", file, line)))
		}
	}
	return w.Flush()
}

// tapText keeps a name from starting a directive.
func tapText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(s)
}
