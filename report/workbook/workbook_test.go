package workbook_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sobre/planner/plan"
	"sobre/report/document"
	"sobre/report/town"
	"sobre/report/workbook"
	"sobre/wording"
)

var update = flag.Bool("update", false, "write the golden files anew")

func made(t testing.TB, l *wording.Language, p *plan.Plan) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := workbook.Write(&out, document.Compose(document.Input{Language: l, Plan: p, Path: "plan.json"})); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t testing.TB, text []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() }) //nolint:errcheck // nothing is spilled
	return f
}

// dump lists the cells of a workbook: place, type, formula and raw value.
func dump(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&b, "# %s\n", sheet)
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, v := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := f.GetCellFormula(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				kind, err := f.GetCellType(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if v == "" && formula == "" {
					continue
				}
				if formula != "" {
					formula = " =" + formula
				}
				fmt.Fprintf(&b, "%s %s%s %s\n", at, kindName(kind), formula, v)
			}
		}
	}
	return b.String()
}

func kindName(k excelize.CellType) string {
	switch k {
	case excelize.CellTypeNumber, excelize.CellTypeUnset:
		return "number"
	case excelize.CellTypeInlineString, excelize.CellTypeSharedString:
		return "text"
	case excelize.CellTypeFormula:
		return "formula"
	}
	return fmt.Sprint(k)
}

func TestWorkbook(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		got := dump(t, read(t, made(t, l, town.Plan())))
		path := filepath.Join("testdata", "cells-"+l.Code+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// TestFormulasAreOurs holds that a name never becomes a formula and that every
// formula is a sum or a difference of cells.
func TestFormulasAreOurs(t *testing.T) {
	f := read(t, made(t, wording.English(), town.Plan()))
	formulas, hostile := 0, 0
	for _, line := range strings.Split(dump(t, f), "\n") {
		place, rest, _ := strings.Cut(line, " ")
		kind, rest, _ := strings.Cut(rest, " ")
		if strings.Contains(line, town.Hostile) {
			hostile++
			if kind != "text" {
				t.Errorf("%s: a hostile name is a %s", place, kind)
			}
			continue
		}
		if formula, ok := strings.CutPrefix(rest, "="); ok && kind != "text" {
			formulas++
			if !strings.HasPrefix(formula, "SUM(") && !strings.HasPrefix(formula, "SUBTOTAL(109,") && !strings.HasPrefix(formula, "C") {
				t.Errorf("%s: formula %s", place, formula)
			}
		}
	}
	if formulas < 10 || hostile < 3 {
		t.Errorf("%d formulas and %d hostile names: the test sees too little", formulas, hostile)
	}
}

// TestSumsAreRight reckons every sum again and compares it with what is stored.
func TestSumsAreRight(t *testing.T) {
	f := read(t, made(t, wording.English(), town.Plan()))
	checked := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r := range rows {
			for c := 1; c <= 20; c++ {
				at, err := excelize.CoordinatesToCellName(c, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, _ := f.GetCellFormula(sheet, at)
				stored, _ := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
				if !strings.HasPrefix(formula, "SUBTOTAL") || stored == "" {
					continue
				}
				got, err := f.CalcCellValue(sheet, at, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				var a, b float64
				fmt.Sscan(stored, &a) //nolint:errcheck // compared below
				fmt.Sscan(got, &b)    //nolint:errcheck // compared below
				if a-b > 1e-6 || b-a > 1e-6 {
					t.Errorf("%s!%s: %s is %s, stored is %s", sheet, at, formula, got, stored)
				}
				checked++
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d sums were checked", checked)
	}
}

func TestSheetsAreFrozenAndFiltered(t *testing.T) {
	f := read(t, made(t, wording.English(), town.Plan()))
	for _, sheet := range f.GetSheetList()[3:] {
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: heads are not frozen (%v)", sheet, err)
		}
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 {
			t.Errorf("%s: %d tables with filters (%v)", sheet, len(tables), err)
		}
	}
}

func TestSameReportSameBytes(t *testing.T) {
	first := made(t, wording.French(), town.Plan())
	for range 3 {
		if !bytes.Equal(first, made(t, wording.French(), town.Plan())) {
			t.Fatal("two workbooks of one plan differ")
		}
	}
}

// TestNamesOfAllKinds holds that no name breaks the file.
func TestNamesOfAllKinds(t *testing.T) {
	for _, name := range []string{"服务器-01", "🖥️ web", "a\x00b\x1b[31m", "\xff\xfe", strings.Repeat("x", 40_000), "", "'", "[a]:*?/\\"} {
		p := town.Plan()
		p.Placements[1].Workload, p.Hosts[1].Name, p.Estate.Name, p.Rules[0].Rule = name, name, name, name
		read(t, made(t, wording.English(), p))
	}
}

func BenchmarkWorkbook(b *testing.B) {
	p := town.Plan()
	for i := range 10_000 {
		p.Placements = append(p.Placements, plan.Placement{Workload: fmt.Sprintf("vm-%05d", i), From: "srv-02", To: "bl-01", Kind: "move", Demand: []float64{100, 2, 4096}})
	}
	for b.Loop() {
		b.SetBytes(int64(len(made(b, wording.French(), p))))
	}
}
