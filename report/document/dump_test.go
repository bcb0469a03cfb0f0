package document_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"sobre/report/document"
)

// dump is a document as lines of text, for goldens that people can read.
func dump(d *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s · %s · %s · %s\n%s\n", d.Title, d.Subtitle, d.Subject, d.Date, strings.Join(d.Small, "\n"))
	for _, p := range d.Parts {
		fmt.Fprintf(&b, "\n# %s %s\n", p.ID, p.Title)
		for _, s := range p.Sections {
			fmt.Fprintf(&b, "\n## %s %s %s\n", s.ID, s.Number, s.Title)
			for _, block := range s.Blocks {
				dumpBlock(&b, d, block)
			}
		}
	}
	return b.String()
}

func dumpBlock(b *strings.Builder, d *document.Document, block document.Block) {
	switch x := block.(type) {
	case *document.Paragraph:
		fmt.Fprintf(b, "%s> %s\n", x.Style, x.Text)
	case *document.List:
		for _, i := range x.Items {
			fmt.Fprintf(b, "- **%s** %s\n", i.Head, i.Text)
		}
	case *document.Answer:
		fmt.Fprintf(b, "ANSWER %s: %s %s\n", x.Tone, x.Head, x.Text)
	case *document.Figures:
		for _, f := range x.Items {
			fmt.Fprintf(b, "FIGURE %+v\n", f)
		}
	case *document.Chart:
		data, err := json.Marshal(x.Drawing)
		fmt.Fprintf(b, "CHART %s %T: %s (%s) %s %v\n", x.ID, x.Drawing, x.Title, x.Summary, data, err)
	case *document.Table:
		dumpTable(b, d, x)
	}
}

func dumpTable(b *strings.Builder, d *document.Document, t *document.Table) {
	fmt.Fprintf(b, "TABLE %s: %s (data %t)\n", t.ID, t.Title, t.Data)
	var heads []string
	for _, c := range t.Columns {
		heads = append(heads, strings.TrimSpace(fmt.Sprintf("%s [%s] %s", c.Title, c.Unit, c.Kind)))
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(heads, " | "))
	for _, r := range t.Rows {
		var cells []string
		for i, c := range r {
			cells = append(cells, d.Show(t.Columns[i], c))
		}
		fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
	}
	if t.Totals {
		for i, c := range t.Columns {
			if c.Sum {
				fmt.Fprintf(b, "total of %s: %s\n", c.Title, d.Show(c, t.Total(i)))
			}
		}
	}
	if t.Note != "" {
		fmt.Fprintf(b, "note: %s\n", t.Note)
	}
}
