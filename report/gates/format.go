package gates

import (
	"fmt"
	"io"
	"strings"

	"sobre/inventory"
	"sobre/planner/gate"
)

// formats are the formats for machines.
var formats = []struct {
	name  string
	write func(io.Writer, *gate.Report) error
}{
	{"junit", writeJUnit},
	{"sarif", writeSARIF},
	{"github", writeGitHub},
	{"gitlab", writeGitLab},
	{"json", func(w io.Writer, r *gate.Report) error { return inventory.EncodeJSON(w, r) }},
	{"tap", writeTAP},
	{"openmetrics", writeOpenMetrics},
}

// Formats lists the names of the formats for machines.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write writes a report in a format for machines.
func Write(w io.Writer, format string, r *gate.Report) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(w, r)
		}
	}
	if near := inventory.Nearest(format, Formats()); near != "" {
		return fmt.Errorf("no format is called %q; did you mean %q?", format, near)
	}
	return fmt.Errorf("no format is called %q (one of %s)", format, strings.Join(Formats(), ", "))
}
