package benchmark

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Summary counts answers, for a table.
type Summary struct {
	rows  []*summaryRow
	byKey map[string]*summaryRow
	total summaryRow
	by    string
	known *Known
	wrong []string
}

type summaryRow struct {
	key            string
	answers        int
	without        int     // answers without a packing of all items; counted nowhere else
	known          int     // answers whose optimum is published
	gap            float64 // sum over known of the gap to the optimum
	found          int     // known optima reached
	proved         int
	unknown        int // answers whose optimum is not published
	news           int // of these: proved
	boundGap       float64
	bounded        int // answers with a bound above 0
	rules          int // answers with a published best of rules
	above, below   int // worse, better than that
	seconds, worst float64
}

// NewSummary starts a table with a row per folder of the files (by "folder")
// or per number of items (by "items"). Known may be nil.
func NewSummary(by string, known *Known) (*Summary, error) {
	if by != "folder" && by != "items" {
		return nil, fmt.Errorf("no grouping %q; there are folder and items", by)
	}
	return &Summary{byKey: map[string]*summaryRow{}, by: by, known: known, total: summaryRow{key: "all"}}, nil
}

// Read adds the answers in a file of printed lines.
func (s *Summary) Read(name string, r io.Reader) error {
	return EachAnswer(name, r, func(a Answer) error {
		s.Add(a)
		return nil
	})
}

// EachAnswer calls f for each printed line. Lines may be as long as a
// solution of millions of items is.
func EachAnswer(name string, r io.Reader, f func(Answer) error) error {
	b := bufio.NewReaderSize(&limited{r: r, left: maxBytes}, 1<<16)
	d := json.NewDecoder(b)
	d.DisallowUnknownFields()
	for n := 1; ; n++ {
		var a Answer
		err := d.Decode(&a)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading answer %d of %s: %w", n, name, err)
		}
		if err := f(a); err != nil {
			return err
		}
	}
}

// Add counts one answer.
func (s *Summary) Add(a Answer) {
	key := filepath.Dir(a.File)
	if parts := strings.Split(filepath.ToSlash(key), "/"); len(parts) > 2 {
		key = strings.Join(parts[len(parts)-2:], "/")
	}
	if s.by == "items" {
		key = fmt.Sprint(a.Items, " items")
	}
	row := s.byKey[key]
	if row == nil {
		row = &summaryRow{key: key}
		s.byKey[key] = row
		s.rows = append(s.rows, row)
	}
	k := s.known.find(a.File)
	row.add(a, k)
	s.total.add(a, k)
	if k.optimum >= 0 && (a.packed() && a.Cost < k.optimum || a.Bound > k.optimum) {
		s.wrong = append(s.wrong, fmt.Sprintf("%s: cost %d, bound %d, published optimum %d", a.File, a.Cost, a.Bound, k.optimum))
	}
}

func (r *summaryRow) add(a Answer, k knownRow) {
	r.answers++
	r.seconds += a.Seconds
	r.worst = max(r.worst, a.Seconds)
	if !a.packed() {
		r.without++
		return
	}
	if a.Status == Optimal {
		r.proved++
	}
	if a.Bound > 0 {
		r.bounded++
		r.boundGap += float64(a.Cost-a.Bound) / float64(a.Bound)
	}
	switch {
	case k.optimum < 0:
		r.unknown++
		if a.Status == Optimal {
			r.news++
		}
	case k.optimum > 0:
		r.known++
		r.gap += float64(a.Cost-k.optimum) / float64(k.optimum)
		if a.Cost == k.optimum {
			r.found++
		}
	}
	if k.published >= 0 {
		r.rules++
		switch {
		case a.Cost > k.published:
			r.above++
		case a.Cost < k.published:
			r.below++
		}
	}
}

// Write writes the table in Markdown, and below it every answer that
// contradicts a published optimum.
func (s *Summary) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("| set | instances | proved | gap to bound | optimum known | found | gap to it | none known | proved of these | better / worse than best rule | s mean | s max |\n")
	b.WriteString("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, r := range s.rows {
		r.write(b)
	}
	if len(s.rows) != 1 {
		s.total.write(b)
	}
	for _, text := range s.wrong {
		fmt.Fprintf(b, "\ncontradiction: %s\n", text)
	}
	return b.Flush()
}

func (r *summaryRow) write(b *bufio.Writer) {
	rules, count := "–", fmt.Sprint(r.answers)
	if r.without > 0 {
		count += fmt.Sprintf(" (%d not packed)", r.without)
	}
	if r.rules > 0 {
		rules = fmt.Sprintf("%d / %d of %d", r.below, r.above, r.rules)
	}
	fmt.Fprintf(b, "| %s | %s | %d | %s | %d | %d | %s | %d | %d | %s | %.2f | %.2f |\n",
		r.key, count, r.proved, percent(r.boundGap, r.bounded), r.known, r.found, percent(r.gap, r.known),
		r.unknown, r.news, rules, r.seconds/float64(max(1, r.answers)), r.worst)
}

// percent is a mean as a percentage with two decimals.
func percent(sum float64, n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f %%", 100*sum/float64(n))
}
