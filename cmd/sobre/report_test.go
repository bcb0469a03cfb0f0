package main

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// testReport writes the reports of a saved plan and of a sample in every format
// with the real program.
func testReport(t *testing.T, b *binary) {
	b.run(t, exitDone, "plan", "--sample", "mulhouse", "-o", "plan.json")
	listed, _ := b.run(t, exitDone, "report", "plan.json", "-f", "html,pdf,xlsx,md", "--lang", "fr")
	if listed != "plan.html\nplan.pdf\nplan.xlsx\nplan.md\n" {
		t.Errorf("files listed: %q", listed)
	}
	for name, starts := range map[string]string{"plan.html": "<!doctype html>\n<html lang=\"fr\">", "plan.pdf": "%PDF-", "plan.xlsx": "PK", "plan.md": "## Regroupement"} {
		text := b.read(t, name)
		if !bytes.HasPrefix(text, []byte(starts)) {
			t.Errorf("%s begins with %.30q", name, text)
		}
	}
	testReportOptions(t, b)
	testReportRefusals(t, b)
}

// testReportOptions tries what stands beside the plan: its estate, other plans,
// an earlier one, standard output.
func testReportOptions(t *testing.T, b *binary) {
	alone, _ := b.run(t, exitDone, "report", "plan.json", "-o", "-", "--lang", "en")
	again, _ := b.run(t, exitDone, "report", "plan.json", "-o", "-", "--lang", "en")
	beside, _ := b.run(t, exitDone, "report", "plan.json", "--sample", "mulhouse", "-o", "-", "--lang", "en")
	if alone != again {
		t.Error("the same plan gives two reports")
	}
	if strings.Contains(alone, "Workloads by operating system") || !strings.Contains(beside, "Workloads by operating system") {
		t.Error("the estate adds nothing, or the plan alone knows of systems")
	}
	b.run(t, exitDone, "plan", "--sample", "vcenter", "-o", "other.json")
	compared, _ := b.run(t, exitDone, "report", "plan.json", "--compare", "other.json", "-o", "-", "--lang", "en")
	if !strings.Contains(compared, ">other</th>") {
		t.Error("the other plan is not beside this one")
	}
	same, _ := b.run(t, exitDone, "report", "plan.json", "-f", "md", "--only-changes", "plan.json", "-o", "-", "--lang", "en")
	if !strings.Contains(same, "Nothing changed") {
		t.Errorf("a plan differs from itself: %s", same)
	}
	b.run(t, exitDone, "report", "--sample", "vcenter", "-f", "xlsx", "-o", "council.xlsx")
	text := b.read(t, "council.xlsx")
	if _, err := zip.NewReader(bytes.NewReader(text), int64(len(text))); err != nil {
		t.Error(err)
	}
}

func testReportRefusals(t *testing.T, b *binary) {
	for _, bad := range []struct {
		args []string
		want string
	}{
		{[]string{"report"}, "name a file that sobre plan -o wrote"},
		{[]string{"report", "plan.json", "-f", "docx"}, "one of html, pdf, xlsx, md"},
		{[]string{"report", "plan.json", "-f", "htm"}, "did you mean html"},
		{[]string{"report", "plan.json", "-f", "html,pdf", "-o", "-"}, "standard output takes one format"},
		{[]string{"report", "plan.json", "-f", "html", "-o", "x.pdf"}, "another format"},
		{[]string{"report", "plan.json", "--only-changes", "plan.json"}, "-f md"},
		{[]string{"report", "none.json"}, "none.json"},
	} {
		_, errs := b.run(t, exitError, bad.args...)
		if !strings.Contains(errs, bad.want) {
			t.Errorf("sobre %s: %q, want %q", strings.Join(bad.args, " "), errs, bad.want)
		}
	}
}
