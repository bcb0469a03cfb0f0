package tui

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// column is a column of a table.
type column struct {
	title   string
	width   int  // least columns of the terminal
	grows   bool // takes what is left over
	right   bool // figures
	picture bool // a bar: not for lines that are read out, nor for files
	keep    int  // how long it stays when room is short: the smallest go first
	text    func(row int) string
	compare func(a, b int) int // nil: by text
}

// grid is a table that only lays out the rows that are seen. Its rows are
// numbers from 0 to n-1; the columns say what they hold.
type grid struct {
	columns  []column
	n        int
	order    []int // rows that pass the filter, sorted
	cursor   int   // in order
	top      int
	height   int // rows seen at the last drawing
	sorted   int // column
	reverse  bool
	filter   string
	mistaken bool // the filter is no regular expression
	stale    bool
	lower    []string      // rows in lower case, for the filter; made when first asked for
	hidden   map[int]bool  // columns that the reader took away
	sortings map[int][]int // all rows by a column, ascending; made when first asked for
}

// fill gives the table its rows, keeping filter and order.
func (g *grid) fill(n int, columns []column) {
	g.n, g.columns, g.stale, g.lower, g.sortings = n, columns, true, nil, map[int][]int{}
	g.sorted = min(g.sorted, len(columns)-1)
}

// arrange filters and sorts, when something changed since it last did.
func (g *grid) arrange() {
	if !g.stale {
		return
	}
	g.stale = false
	selected := g.row()
	passes := g.passing()
	g.order = g.order[:0]
	for _, i := range g.sorting(g.sorted) {
		if passes == nil || passes[i] {
			g.order = append(g.order, i)
		}
	}
	if g.reverse {
		slices.Reverse(g.order)
	}
	g.cursor = max(0, slices.Index(g.order, selected))
}

// sorting is all rows by a column, equal ones in their own order.
func (g *grid) sorting(column int) []int {
	if known := g.sortings[column]; known != nil || g.n == 0 {
		return known
	}
	rows := make([]int, g.n)
	for i := range rows {
		rows[i] = i
	}
	if column >= 0 && column < len(g.columns) {
		slices.SortStableFunc(rows, g.comparison(g.columns[column]))
	}
	g.sortings[column] = rows
	return rows
}

func (g *grid) comparison(c column) func(a, b int) int {
	if c.compare != nil {
		return c.compare
	}
	texts := make([]string, g.n)
	for i := range texts {
		texts[i] = c.text(i)
	}
	return func(a, b int) int { return strings.Compare(texts[a], texts[b]) }
}

// passing tells of each row whether the filter lets it through, nil when all
// pass. A leading "!" turns the filter round.
func (g *grid) passing() []bool {
	g.mistaken = false
	text, inverse := strings.CutPrefix(g.filter, "!")
	if text == "" {
		return nil
	}
	if g.lower == nil {
		g.lower = make([]string, g.n)
		g.inParts(func(i int) { g.lower[i] = g.all(i) })
	}
	test := g.test(text)
	passes := make([]bool, g.n)
	g.inParts(func(i int) { passes[i] = test(g.lower[i]) != inverse })
	return passes
}

// inParts does something for every row, on all processors where rows are many.
func (g *grid) inParts(do func(row int)) {
	parts := runtime.GOMAXPROCS(0)
	if g.n < 1000 {
		parts = 1
	}
	var wait sync.WaitGroup
	for k := range parts {
		wait.Go(func() {
			for i := g.n * k / parts; i < g.n*(k+1)/parts; i++ {
				do(i)
			}
		})
	}
	wait.Wait()
}

// classes are the signs of a regular expression that lower case would change.
var classes = regexp.MustCompile(`\\[A-Z]|\[:|\(\?`)

// test is the filter for a row in lower case. A text that is no regular
// expression is looked for as it stands.
func (g *grid) test(text string) func(string) bool {
	plain := strings.ToLower(text)
	asItStands := func(row string) bool { return strings.Contains(row, plain) }
	if regexp.QuoteMeta(text) == text {
		return asItStands
	}
	pattern := plain // far faster than folding every letter
	if classes.MatchString(text) {
		pattern = "(?i)" + text
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		g.mistaken = true
		return asItStands
	}
	return re.MatchString
}

// all is a row as one text.
func (g *grid) all(i int) string {
	var b strings.Builder
	for k, c := range g.columns {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.text(i))
	}
	return strings.ToLower(b.String())
}

// row is the selected row, -1 when there is none.
func (g *grid) row() int {
	if g.cursor < 0 || g.cursor >= len(g.order) {
		return -1
	}
	return g.order[g.cursor]
}

// pick selects a row, lifting the filter when it hides it.
func (g *grid) pick(row int) {
	g.arrange()
	at := slices.Index(g.order, row)
	if at < 0 {
		g.setFilter("")
		g.arrange()
		at = slices.Index(g.order, row)
	}
	g.cursor = max(0, at)
}

func (g *grid) setFilter(text string) {
	if g.filter != text {
		g.filter, g.stale = text, true
	}
}

// key moves and sorts; it tells whether it knew the key.
func (g *grid) key(k string) bool {
	g.arrange()
	page := max(1, g.height-1)
	switch k {
	case "down", "j":
		g.cursor++
	case "up", "k":
		g.cursor--
	case "pgdown", "space", "ctrl+d":
		g.cursor += page
	case "pgup", "ctrl+u":
		g.cursor -= page
	case "home", "g":
		g.cursor = 0
	case "end", "G":
		g.cursor = len(g.order) - 1
	case "s", ">":
		g.sorted, g.stale = (g.sorted+1)%max(1, len(g.columns)), true
	case "<":
		g.sorted, g.stale = (g.sorted+len(g.columns)-1)%max(1, len(g.columns)), true
	case "c":
		g.hide()
	case "C":
		g.hidden = nil
	case "r":
		g.reverse, g.stale = !g.reverse, true
	default:
		return false
	}
	g.cursor = max(0, min(g.cursor, len(g.order)-1))
	return true
}

// hide takes away the column that the table is sorted by, and goes to the next.
// The column that names the rows stays.
func (g *grid) hide() {
	if g.sorted < 0 || g.sorted >= len(g.columns) || g.columns[g.sorted].keep == keepAlways {
		return
	}
	if g.hidden == nil {
		g.hidden = map[int]bool{}
	}
	g.hidden[g.sorted] = true
	g.sorted, g.stale = (g.sorted+1)%len(g.columns), true
}

// lines lays the table out: a header and as many rows as fit.
func (g *grid) lines(f frame) []string {
	g.arrange()
	if f.plain {
		return g.plainLines(f)
	}
	g.height = max(1, f.height-1)
	g.cursor = max(0, min(g.cursor, len(g.order)-1))
	g.top = min(g.top, g.cursor)
	g.top = max(0, g.top, g.cursor-g.height+1)
	g.top = max(0, min(g.top, len(g.order)-g.height))
	widths := g.widths(f.width - 2)
	lines := []string{f.look.faint.Render(g.header(widths))}
	for at := g.top; at < min(len(g.order), g.top+g.height); at++ {
		line := g.line(g.order[at], widths)
		switch {
		case at == g.cursor:
			line = f.look.selected.Render("›" + line)
		default:
			line = " " + line
		}
		lines = append(lines, line)
	}
	if len(g.order) == 0 {
		lines = append(lines, "  "+f.look.faint.Render(f.words.NoRows))
	}
	return lines
}

// plainLines are all rows that pass, each cell with the name of its column,
// nothing cut.
func (g *grid) plainLines(f frame) []string {
	var lines []string
	for _, row := range g.order {
		var cells []string
		for k, c := range g.columns {
			switch text := clean(c.text(row)); {
			case c.picture:
			case k == 0:
				cells = append(cells, text)
			case text != "":
				cells = append(cells, c.title+" "+text)
			}
		}
		lines = append(lines, strings.Join(cells, ", "))
	}
	if len(lines) == 0 {
		return []string{f.words.NoRows}
	}
	return lines
}

// widths shares the room out; a column without room gets 0.
func (g *grid) widths(room int) []int {
	widths := make([]int, len(g.columns))
	need := 0
	for i, c := range g.columns {
		if g.hidden[i] && c.keep != keepAlways {
			continue
		}
		widths[i] = c.width
		need += c.width + 1
	}
	for need > room+1 {
		least := -1
		for i, c := range g.columns {
			if widths[i] > 0 && c.keep < keepAlways && (least < 0 || c.keep < g.columns[least].keep) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		need -= widths[least] + 1
		widths[least] = 0
	}
	growing := 0
	for i, c := range g.columns {
		if c.grows && widths[i] > 0 {
			growing++
		}
	}
	for i, c := range g.columns {
		if spare := room + 1 - need; c.grows && widths[i] > 0 && spare > 0 {
			more := spare / growing
			widths[i] += more
			need += more
			growing--
		}
	}
	return widths
}

// keepAlways marks the column that names the row.
const keepAlways = 99

func (g *grid) header(widths []int) string {
	var b strings.Builder
	b.WriteByte(' ')
	for i, c := range g.columns {
		if widths[i] == 0 {
			continue
		}
		title := c.title
		if i == g.sorted {
			title += map[bool]string{false: "↑", true: "↓"}[g.reverse]
		}
		b.WriteString(cell(title, widths[i], c.right))
		b.WriteByte(' ')
	}
	return b.String()
}

func (g *grid) line(row int, widths []int) string {
	var b strings.Builder
	for i, c := range g.columns {
		if widths[i] == 0 {
			continue
		}
		b.WriteString(cell(c.text(row), widths[i], c.right))
		b.WriteByte(' ')
	}
	return b.String()
}

func cell(text string, width int, right bool) string {
	text = clean(text)
	if right {
		return fitRight(text, width)
	}
	return fit(text, width)
}
