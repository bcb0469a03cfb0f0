package gates

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sobre/planner/gate"
	"sobre/planner/plan"
)

// writeOpenMetrics writes gauges in the OpenMetrics text format 1.0, for a
// collector of text files to pick up.
func writeOpenMetrics(out io.Writer, r *gate.Report) error {
	w := bufio.NewWriter(out)
	family := func(name, help string, value func(x *gate.Result) (float64, bool)) {
		fmt.Fprintf(w, "# TYPE %s gauge\n# HELP %s %s\n", name, name, help)
		for i := range r.Results {
			x := &r.Results[i]
			if v, known := value(x); known {
				fmt.Fprintf(w, "%s{gate=%s,measure=%s,level=%s,view=%s,unit=%s} %s\n", name, label(clean(x.Gate)), label(x.Measure),
					label(string(x.Level)), label(string(x.View)), label(string(x.Unit)), float(v))
			}
		}
	}
	family("sobre_gate_holds", "1 where the gate holds, 0 where not, waived or known or not.", func(x *gate.Result) (float64, bool) {
		return truth(x.Status == gate.Holds), true
	})
	family("sobre_gate_failed", "1 where the gate fails the check.", func(x *gate.Result) (float64, bool) {
		return truth(x.Status == gate.Fails && x.Level == gate.Deny), true
	})
	family("sobre_gate_value", "Figure that the gate compares, of several the worst.", func(x *gate.Result) (float64, bool) {
		if x.Value == nil {
			return 0, false
		}
		return *x.Value, true
	})
	family("sobre_gate_limit", "Figure that the gate compares with.", func(x *gate.Result) (float64, bool) { return x.Limit, true })
	fmt.Fprint(w, "# TYPE sobre_hosts gauge\n# HELP sobre_hosts Hosts in service: today, after the best plan, proven least.\n")
	for _, s := range []struct {
		kind string
		n    int
	}{{"today", r.Feasible.Today}, {"plan", r.Feasible.Hosts}, {"bound", r.Feasible.Bound}} {
		fmt.Fprintf(w, "sobre_hosts{of=%s} %d\n", label(s.kind), s.n)
	}
	fmt.Fprintf(w, "# TYPE sobre_feasible gauge\n# HELP sobre_feasible 1 where a feasible placement was found.\nsobre_feasible %s\n", float(truth(r.Feasible.Status != plan.Infeasible)))
	fmt.Fprint(w, "# EOF\n")
	return w.Flush()
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func float(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// label is the value of a label, quoted as the format asks.
func label(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
