package carbon

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

//go:embed tables/sources.csv
var sourceTable string

// Source is a publication that built-in figures are from.
type Source struct {
	ID        string `json:"id" yaml:"id"`
	Publisher string `json:"publisher" yaml:"publisher"`
	Title     string `json:"title" yaml:"title"`
	Year      string `json:"year" yaml:"year"`
	Licence   string `json:"licence" yaml:"licence"`
	Link      string `json:"link" yaml:"link"`
}

// sources lists the embedded table in its order; read once, then read-only.
var sources = sync.OnceValues(func() ([]Source, error) {
	rows, err := tableRows(sourceTable, 6)
	if err != nil {
		return nil, fmt.Errorf("reading the table of sources: %w", err)
	}
	var list []Source
	for _, r := range rows {
		list = append(list, Source{ID: r[0], Publisher: r[1], Title: r[2], Year: r[3], Licence: r[4], Link: r[5]})
	}
	return list, nil
})

// Sources lists the publications that the built-in figures are from.
func Sources() []Source {
	list, _ := sources() // a test holds that the embedded table reads
	return append([]Source(nil), list...)
}

// sourceOf finds a source by ID; a test holds that all IDs used exist.
func sourceOf(id string) Source {
	list, _ := sources()
	for _, s := range list {
		if s.ID == id {
			return s
		}
	}
	return Source{ID: id}
}

// tableRows reads an embedded table: comments, a header, then rows of n fields.
func tableRows(text string, n int) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment, r.FieldsPerRecord = '#', n
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fmt.Errorf("%d rows: %w", len(rows), err)
	}
	return rows[1:], nil
}
