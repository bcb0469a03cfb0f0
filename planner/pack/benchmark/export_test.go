package benchmark_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack/benchmark"
)

func TestExportLP(t *testing.T) {
	want := `Minimize
 obj: +1 y_0_0 +1 y_0_1
Subject To
 order_0_1: +1 y_0_1 -1 y_0_0 <= 0
 all_0: +1 x_0_0_0 +1 x_0_0_1 = 2
 all_1: +1 x_1_0_0 +1 x_1_0_1 = 1
 room_0_0_0: +6 x_0_0_0 +4 x_1_0_0 -10 y_0_0 <= 0
 open_0_0_0: +1 x_0_0_0 -1 y_0_0 <= 0
 open_1_0_0: +1 x_1_0_0 -1 y_0_0 <= 0
 room_0_1_0: +6 x_0_0_1 +4 x_1_0_1 -10 y_0_1 <= 0
 open_0_0_1: +1 x_0_0_1 -1 y_0_1 <= 0
 open_1_0_1: +1 x_1_0_1 -1 y_0_1 <= 0
Bounds
 0 <= y_0_0 <= 1
 0 <= y_0_1 <= 1
 0 <= x_0_0_0 <= 1
 0 <= x_1_0_0 <= 1
 0 <= x_0_0_1 <= 1
 0 <= x_1_0_1 <= 1
Generals
 y_0_0
 y_0_1
 x_0_0_0
 x_1_0_0
 x_0_0_1
 x_1_0_1
End
`
	if d := cmp.Diff(want, export(t, sizes(10, 6, 6, 4), "lp")); d != "" {
		t.Error("model (-want +got):\n" + d)
	}
}

func TestExportMPS(t *testing.T) {
	want := `NAME sobre
ROWS
 N obj
 E all_0
 L room_0_0_0
 L open_0_0_0
COLUMNS
 MARKER 'MARKER' 'INTORG'
 y_0_0 obj 1
 y_0_0 room_0_0_0 -10
 y_0_0 open_0_0_0 -2
 x_0_0_0 all_0 1
 x_0_0_0 room_0_0_0 4
 x_0_0_0 open_0_0_0 1
 MARKER 'MARKER' 'INTEND'
RHS
 RHS all_0 2
BOUNDS
 UP BND y_0_0 1
 UP BND x_0_0_0 2
ENDATA
`
	if d := cmp.Diff(want, export(t, sizes(10, 4, 4), "mps")); d != "" {
		t.Error("model (-want +got):\n" + d)
	}
}

// TestExportRules looks for the rows that hold limits and bins with a minimum.
func TestExportRules(t *testing.T) {
	dir := t.TempDir()
	for name, text := range profileFiles() {
		write(t, dir, name, text)
	}
	in, err := benchmark.Read(dir, benchmark.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := benchmark.Export(context.Background(), &b, in, "lp"); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		" there_1_0_0: +1 x_1_0_0 -1 z_1_0_0 <= 0\n",
		" apart_0_0_0: +1 x_0_0_0 +2 z_1_0_0 <= 2\n",
		" room_0_0_2: +6 x_0_0_0 +1 x_1_0_0 -12 y_0_0 <= 0\n",
	} {
		if !strings.Contains(b.String(), row) {
			t.Errorf("no row %q in\n%s", row, b.String())
		}
	}
	text := export(t, baldiText, "lp")
	for _, part := range []string{" 1 <= base <= 1\n", "+14 base", "+4 x_2_3_0"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

func TestExportErrors(t *testing.T) {
	in := parse(t, sizes(10, 11))
	if err := benchmark.Export(context.Background(), &bytes.Buffer{}, in, "lp"); err == nil {
		t.Error("an item that fits nowhere was exported")
	}
	if err := benchmark.Export(context.Background(), &bytes.Buffer{}, in, "xls"); err == nil {
		t.Error("an unknown format was accepted")
	}
}

func export(t *testing.T, text, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := benchmark.Export(context.Background(), &b, parse(t, text), format); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
