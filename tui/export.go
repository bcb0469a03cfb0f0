package tui

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// export writes what the screen shows to a file: the rows of its table, as
// filtered and sorted, for a name that ends in .csv, a picture for .svg, else
// the text of the screen.
func (m *model) export(path string) {
	words := &m.config.Language.TUI
	if path == "" {
		m.note = words.NameExport
		return
	}
	write := m.writeText
	switch strings.ToLower(filepath.Ext(path)) {
	case ".svg":
		write = m.writeSVG
	case ".csv":
		t := m.table()
		if t == nil {
			m.note = words.NoTable
			return
		}
		write = t.writeCSV
	}
	if err := m.config.Write(path, write); err != nil {
		m.note = fmt.Sprintf(words.NotWritten, err)
		return
	}
	m.note = fmt.Sprintf(words.Written, path)
}

func (m *model) writeText(w io.Writer) error {
	for _, line := range m.paint() {
		if _, err := fmt.Fprintln(w, strings.TrimRight(ansi.Strip(line), " ")); err != nil {
			return err
		}
	}
	return nil
}

func (g *grid) writeCSV(w io.Writer) error {
	g.arrange()
	out := csv.NewWriter(w)
	rows := [][]string{nil}
	columns := slices.DeleteFunc(slices.Clone(g.columns), func(c column) bool { return c.picture })
	for _, c := range columns {
		rows[0] = append(rows[0], c.title)
	}
	for _, i := range g.order {
		row := make([]string, len(columns))
		for k, c := range columns {
			row[k] = harmless(clean(c.text(i)))
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// harmless keeps a spreadsheet from taking a name for a formula (OWASP, CSV
// Injection): such text gets a single quote in front.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
