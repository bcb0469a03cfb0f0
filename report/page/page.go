// Package page writes a report as one HTML file that needs nothing else: no
// network, no fonts, no images; style and script are inside and allowed by
// their hash alone.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"sobre/report/document"
	"sobre/report/draw"
)

//go:embed page.html
var pageText string

//go:embed style.css
var styleText string

//go:embed script.js
var scriptText string

// Widths of the two drawings of each chart: a desk's and a phone's.
const (
	wide   = 720
	narrow = 340
)

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, d *document.Document) error {
	style, script := strings.TrimSpace(styleText), strings.TrimSpace(scriptText)
	view := &view{
		Document: d, Style: template.CSS(style), Script: template.JS(script),
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hash(style), hash(script)),
	}
	t, err := template.New("page").Funcs(template.FuncMap{
		"kind": kindOf, "svg": view.svg, "id": tableID, "long": long,
		"ends": ends, "rows": view.rows, "totals": totals, "total": view.total,
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	if err := t.Execute(w, view); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// hash is how a content security policy names a text inside the page.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

type view struct {
	*document.Document
	Style  template.CSS
	Script template.JS
	Policy string
}

// kindOf names a block for the template.
func kindOf(b document.Block) string {
	switch b.(type) {
	case *document.Paragraph:
		return "paragraph"
	case *document.List:
		return "list"
	case *document.Answer:
		return "answer"
	case *document.Figures:
		return "figures"
	case *document.Table:
		return "table"
	case *document.Chart:
		return "chart"
	}
	return ""
}

// longest is how many rows a table may have before it is folded.
const longest = 30

func long(t *document.Table) bool { return len(t.Rows) > longest }

func tableID(t *document.Table) string { return "table-" + t.ID }

// ends tells whether a column is aligned by its end.
func ends(c document.Column) bool {
	return c.Kind == document.Number || c.Kind == document.Share || c.Kind == document.Span
}

// sortValue is the number that rows are sorted by; nothing for words.
func sortValue(col document.Column, c document.Cell) string {
	if !c.Known || !ends(col) {
		return ""
	}
	v := c.Value
	if col.Kind == document.Span {
		v = c.Span.Best
	}
	return fmt.Sprintf("%g", v)
}

// rows writes the rows of a table. A template would take ten times as long,
// which counts where there are thirty thousand.
func (v *view) rows(t *document.Table) template.HTML {
	var b strings.Builder
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, c := range row {
			col, name := t.Columns[i], "td"
			if i == 0 {
				name = "th"
				b.WriteString(`<th scope="row"`)
			} else {
				b.WriteString("<td")
			}
			switch {
			case col.Kind == document.Span:
				b.WriteString(` class="n s" data-v="` + sortValue(col, c) + `"`)
			case ends(col):
				b.WriteString(` class="n" data-v="` + sortValue(col, c) + `"`)
			case col.Wide && i > 0:
				b.WriteString(` class="w"`)
			case col.Kind == document.Name:
				b.WriteString(` class="m"`)
			}
			b.WriteString(">" + template.HTMLEscapeString(v.Show(col, c)) + "</" + name + ">")
		}
		b.WriteString("</tr>\n")
	}
	return template.HTML(b.String()) //nolint:gosec // every cell is escaped
}

func totals(t *document.Table) bool { return t.Totals && len(t.Rows) > 1 }

// total is the cell below a column of a table with totals.
func (v *view) total(t *document.Table, column int) string {
	col := t.Columns[column]
	if column == 0 {
		return v.Words.Total
	}
	if !col.Sum {
		return ""
	}
	return v.Show(col, t.Total(column))
}

// svg draws a chart twice, for a desk and for a phone; style shows one.
func (v *view) svg(c *document.Chart) template.HTML {
	var b strings.Builder
	for _, size := range []struct {
		name  string
		width float64
	}{{"wide", wide}, {"narrow", narrow}} {
		pen := draw.Pen{Width: size.width, Show: v.Number, Words: v.Words}
		writeSVG(&b, pen.Layout(c), c, size.name)
	}
	return template.HTML(b.String()) //nolint:gosec // writeSVG escapes every text
}
