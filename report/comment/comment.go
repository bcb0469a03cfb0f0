// Package comment writes a report as Markdown for a comment on a merge request:
// the verdict, the figures and the risks, the rest folded away; or only what
// changed since an earlier plan.
package comment

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"sobre/report/document"
)

// most is how many rows of a table a comment holds: forges cut long ones.
const most = 40

// Write writes a report, or with Document.Changes those alone.
func Write(w io.Writer, d *document.Document) error {
	c := &comment{Document: d, w: bufio.NewWriter(w)}
	c.line("## %s · %s", c.title(), escape(d.Subject))
	if d.Changes != nil {
		c.changes()
	} else {
		c.whole()
	}
	return c.w.Flush()
}

type comment struct {
	*document.Document
	w *bufio.Writer
}

func (c *comment) title() string { return escape(c.Title) }

func (c *comment) line(format string, args ...any) { fmt.Fprintf(c.w, format+"\n", args...) }

// changes writes what differs, and nothing else.
func (c *comment) changes() {
	c.line("\n**%s**", escape(c.Changes.Title))
	for _, b := range c.Changes.Blocks {
		switch x := b.(type) {
		case *document.Paragraph:
			c.line("\n%s", escape(x.Text))
		case *document.Table:
			if x.ID == "figure-changes" {
				c.line("")
				c.table(x)
				continue
			}
			c.folded(x)
		}
	}
}

// whole writes the decision, with hosts and moves folded below it.
func (c *comment) whole() {
	for _, s := range c.Parts[0].Sections {
		for _, b := range s.Blocks {
			c.block(s, b)
		}
	}
	for _, p := range c.Parts[1:] {
		for _, s := range p.Sections {
			for _, b := range s.Blocks {
				if t, ok := b.(*document.Table); ok && (t.ID == "hosts" || t.ID == "moves" || t.ID == "wave-moves" || t.ID == "exclusions") {
					c.folded(t)
				}
			}
		}
	}
	c.line("")
	for _, s := range c.Small {
		c.line("<sub>%s</sub>  ", escape(s))
	}
}

func (c *comment) block(s document.Section, b document.Block) {
	switch x := b.(type) {
	case *document.Answer:
		c.line("\n**%s** %s", escape(x.Head), escape(x.Text))
	case *document.Figures:
		c.figures(x)
	case *document.List:
		c.line("\n<details%s><summary>%s</summary>\n", opened(s.ID), escape(s.Title))
		for i, item := range x.Items {
			mark := "-"
			if x.Ordered {
				mark = fmt.Sprintf("%d.", i+1)
			}
			head := ""
			if item.Head != "" {
				head = "**" + escape(item.Head) + "** "
			}
			c.line("%s %s%s", mark, head, escape(item.Text))
		}
		c.line("\n</details>")
	case *document.Table:
		c.folded(x)
	}
}

// opened keeps the risks in sight.
func opened(section string) string {
	if section == "main-risks" {
		return " open"
	}
	return ""
}

func (c *comment) figures(f *document.Figures) {
	w := c.Words
	c.line("\n| | %s | %s | %s |\n| --- | ---: | ---: | --- |", w.Before, w.After, w.Saving)
	for _, i := range f.Items {
		c.line("| %s (%s) | %s | **%s** | %s |", escape(i.Label), escape(i.Unit), i.Before, i.After, escape(i.Change))
	}
}

func (c *comment) folded(t *document.Table) {
	c.line("\n<details><summary>%s (%d)</summary>\n", escape(t.Title), len(t.Rows))
	c.table(t)
	c.line("\n</details>")
}

func (c *comment) table(t *document.Table) {
	var heads, rules []string
	for _, col := range t.Columns {
		head := col.Title
		if col.Unit != "" {
			head += " (" + col.Unit + ")"
		}
		heads = append(heads, escape(head))
		rule := "---"
		if col.Kind == document.Number || col.Kind == document.Share || col.Kind == document.Span {
			rule = "---:"
		}
		rules = append(rules, rule)
	}
	c.line("| %s |\n| %s |", strings.Join(heads, " | "), strings.Join(rules, " | "))
	for i, r := range t.Rows {
		if i == most {
			c.line("\n%s", escape(c.OnPaper(most, len(t.Rows))))
			return
		}
		var cells []string
		for k, cell := range r {
			cells = append(cells, escape(c.Show(t.Columns[k], cell)))
		}
		c.line("| %s |", strings.Join(cells, " | "))
	}
}

// escape keeps a text from being markup, in Markdown and in the HTML in it:
// every sign that means something gets a backslash (CommonMark 0.31, §2.4) or
// is written as an entity, a mention or a reference is taken apart.
func escape(s string) string {
	return strings.NewReplacer(
		`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
		"#", `\#`, "~", `\~`, "!", `\!`, "$", `\$`, "@", "@\u2060", "\n", " ", "\r", " ",
	).Replace(s)
}
