package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"sobre/inventory"
	"sobre/wording"
)

// CatalogueTables are rows of the built-in tables.
type CatalogueTables struct {
	Servers    []inventory.ServerModel `json:"servers" yaml:"servers"`
	Processors []Processor             `json:"processors" yaml:"processors"`
}

// Processor is one processor, with what published results say of it.
type Processor struct {
	Name       string  `json:"name" yaml:"name"`
	Generation string  `json:"generation" yaml:"generation"`
	Year       int     `json:"year" yaml:"year"` // launch
	Cores      int     `json:"cores" yaml:"cores"`
	Threads    int     `json:"threads" yaml:"threads"`
	GHz        float64 `json:"ghz" yaml:"ghz"`
	TDP        float64 `json:"tdp_w" yaml:"tdp_w"`
	Work       float64 `json:"kssj_ops" yaml:"kssj_ops"`           // thousands of ssj_ops of one at full load
	WorkBy     string  `json:"work_by" yaml:"work_by"`             // how it is known
	Idle       float64 `json:"idle_w_of_two" yaml:"idle_w_of_two"` // typical, of a server with two
	Full       float64 `json:"full_w_of_two" yaml:"full_w_of_two"`
	PowerBy    string  `json:"power_by" yaml:"power_by"`
	Source     string  `json:"source" yaml:"source"` // of cores, clock, TDP and launch
}

func catalogueSections(t CatalogueTables, l *wording.Language) []section {
	w := &l.Catalogue
	var servers, processors [][]string
	for _, m := range t.Servers {
		form, embodied := m.Form, ""
		if word, ok := w.Forms[form]; ok {
			form = word
		}
		if m.Embodied.Known() {
			embodied = l.Number(m.Embodied.Kg(), 0)
		}
		servers = append(servers, []string{m.Name, m.Make, form, strconv.Itoa(m.Year), strconv.Itoa(m.Sockets), embodied, m.Source})
	}
	for _, p := range t.Processors {
		processors = append(processors, []string{p.Name, strconv.Itoa(p.Year), strconv.Itoa(p.Cores), l.Number(p.GHz, 2), l.Number(p.TDP, 0),
			l.Number(p.Work, 0), l.Number(p.Idle, 0), l.Number(p.Full, 0), p.Source})
	}
	var kept []section
	for _, s := range []section{
		{w.Servers.Of(l, len(servers)), w.ServerTable, servers, 3, nil}, {w.Processors.Of(l, len(processors)), w.ProcessorTable, processors, 1, nil},
	} {
		if len(s.rows) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// Catalogue shows rows of the built-in tables within 80 columns.
func Catalogue(out io.Writer, t CatalogueTables, l *wording.Language) error {
	for i, s := range catalogueSections(t, l) {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, s.title)
		plainTable(out, s)
	}
	fmt.Fprintln(out)
	for _, note := range append(l.Catalogue.Notes, sourceNotes(t)...) {
		for _, line := range wrap(note, screenWidth) {
			if _, err := fmt.Fprintln(out, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// sourceNotes say in full where the rows are from.
func sourceNotes(t CatalogueTables) []string {
	used := map[string]bool{}
	for _, m := range t.Servers {
		used[m.Source] = true
	}
	for _, p := range t.Processors {
		used[p.Source] = true
	}
	var out []string
	for _, id := range sortedKeys(used) {
		out = append(out, id+": "+inventory.TableSource(id))
	}
	return out
}

// CatalogueMarkdown shows the same as Markdown.
func CatalogueMarkdown(out io.Writer, t CatalogueTables, l *wording.Language) error {
	for _, s := range catalogueSections(t, l) {
		fmt.Fprintf(out, "## %s\n\n", s.title)
		markdownTable(out, s.header, s.rows)
		fmt.Fprintln(out)
	}
	for _, note := range append(l.Catalogue.Notes, sourceNotes(t)...) {
		if _, err := fmt.Fprintf(out, "%s\n", note); err != nil {
			return err
		}
	}
	return nil
}

// CatalogueCSV writes one line a server or processor.
func CatalogueCSV(out io.Writer, t CatalogueTables) error {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	rows := [][]string{{"kind", "name", "make", "form", "year", "sockets", "embodied_kg", "cores", "threads", "ghz", "tdp_w", "kssj_ops", "idle_w_of_two", "full_w_of_two", "source"}}
	for _, m := range t.Servers {
		embodied := ""
		if m.Embodied.Known() {
			embodied = number(m.Embodied.Kg())
		}
		rows = append(rows, []string{"server", m.Name, m.Make, m.Form, strconv.Itoa(m.Year), strconv.Itoa(m.Sockets), embodied, "", "", "", "", "", "", "", m.Source})
	}
	for _, p := range t.Processors {
		rows = append(rows, []string{"processor", p.Name, "", "", strconv.Itoa(p.Year), "", "", strconv.Itoa(p.Cores), strconv.Itoa(p.Threads), number(p.GHz), number(p.TDP),
			number(p.Work), number(p.Idle), number(p.Full), p.Source})
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}
