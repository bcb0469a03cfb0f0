package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sobre/carbon"
	"sobre/wording"
)

// Factors shows the published factors of a country side by side: the default,
// then the newest of each publisher and scope, or with all every year; and how
// far they lie apart.
func Factors(out io.Writer, list []carbon.Factor, all bool, l *wording.Language) error {
	if len(list) == 0 {
		return nil
	}
	w := &l.Footprint
	var rows [][]string
	var newest []carbon.Factor
	seen := map[string]bool{}
	for _, f := range list {
		family, _, _ := strings.Cut(f.Source.Publisher, " (")
		key := family + "|" + string(f.Method)
		if f.Method == carbon.Marginal {
			key += f.Scope
		}
		if !seen[key] {
			newest = append(newest, f)
		} else if !all {
			continue
		}
		seen[key] = true
		mark := " "
		if f.ID == list[0].ID {
			mark = "*"
		}
		rows = append(rows, []string{mark + f.Country, fmt.Sprint(f.Year), l.Number(f.Grams, 1), w.Methods[string(f.Method)], f.Source.Publisher + ": " + l.Say(f.Scope) + " (" + f.Source.Licence + ")"})
	}
	if err := factorTable(out, append([]string{""}, w.Factors...), rows); err != nil {
		return err
	}
	average := slices.DeleteFunc(newest, func(f carbon.Factor) bool { return f.Method != carbon.Location })
	if len(average) > 1 {
		low, high := average[0], average[0]
		for _, f := range average {
			if f.Grams < low.Grams {
				low = f
			}
			if f.Grams > high.Grams {
				high = f
			}
		}
		say := func(f carbon.Factor) (string, string) {
			return l.Number(f.Grams, 1), fmt.Sprintf("%s %d", f.Source.Publisher, f.Year)
		}
		lowest, by := say(low)
		highest, above := say(high)
		paragraph(out, fmt.Sprintf(w.Beside, list[0].Country, nameOf(list), lowest, by, highest, above))
	}
	paragraph(out, w.Uses)
	return nil
}

// factorTable is a table whose last column is broken over lines.
func factorTable(out io.Writer, header []string, rows [][]string) error {
	width := 0
	for _, r := range append([][]string{header}, rows...) {
		width = max(width, len([]rune(r[3])))
	}
	line := func(r []string) string {
		return fmt.Sprintf("%s %s %8s  %s  ", fit(r[0], 7), fit(r[1], 5), r[2], fit(r[3], width))
	}
	fmt.Fprintln(out, line(header)+header[4])
	for _, r := range rows {
		start := line(r)
		indent := len([]rune(start))
		for i, part := range wrap(r[4], screenWidth-indent) {
			if i > 0 {
				start = strings.Repeat(" ", indent)
			}
			if _, err := fmt.Fprintln(out, start+part); err != nil {
				return err
			}
		}
	}
	return nil
}

// nameOf is the name of the factors' country, with a space before it, where a
// publisher gives one.
func nameOf(list []carbon.Factor) string {
	for _, f := range list {
		if f.Name != "" {
			return " " + f.Name
		}
	}
	return ""
}
