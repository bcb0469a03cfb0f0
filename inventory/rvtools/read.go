package rvtools

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// Options are how to read. The zero value is sensible.
type Options struct {
	// Progress is told, from one goroutine, how many sheets have been read.
	Progress func(done, total int)
}

// Read reads RVTools exports into one estate: workbooks, CSV files, or folders
// of either. VMs and hosts that stand in several exports are counted once, from
// the newest.
//
// It gives an error when nothing at all could be read, or ctx ended. Whatever
// else is missing or doubtful is a finding of the estate.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	inputs, err := find(ctx, paths)
	if err != nil {
		return nil, err
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("no RVTools export (.xlsx with a sheet vInfo, or RVTools_tab….csv) in %s", strings.Join(paths, ", "))
	}
	b := newBuilder()
	exports, err := b.openAll(ctx, inputs)
	defer closeAll(exports)
	if err != nil {
		return nil, err
	}
	for i, x := range exports {
		progress := func(done, total int) {
			if o.Progress != nil {
				o.Progress(i*total+done, len(exports)*total)
			}
		}
		if err := b.read(ctx, x, progress); err != nil {
			return nil, err
		}
	}
	return b.estate(), nil
}

// openAll opens the exports, newest first; those that do not open are findings.
func (b *builder) openAll(ctx context.Context, inputs []input) ([]*export, error) {
	var exports []*export
	var failed []error
	for i, in := range inputs {
		if ctx.Err() != nil {
			return exports, ctx.Err()
		}
		id := "rvtools"
		if len(inputs) > 1 {
			id += "-" + strconv.Itoa(i+1)
		}
		x, err := openInput(in)
		if err != nil {
			failed = append(failed, err)
			b.sources = append(b.sources, inventory.Source{ID: id, Kind: "rvtools", Path: in.path})
			b.notes.add(inventory.Finding{
				Code: "document-unreadable", Severity: inventory.Error, Source: id, At: in.path,
				What: fmt.Sprintf("%v: nothing of it is in the estate", err), Do: "export it again",
				Values: map[string]string{"cause": err.Error()},
			})
			continue
		}
		x.source.ID, x.source.Kind = id, "rvtools"
		if err := b.meta(ctx, x, in); err != nil {
			return append(exports, x), err
		}
		exports = append(exports, x)
	}
	if len(exports) == 0 {
		return nil, errors.Join(failed...)
	}
	slices.SortStableFunc(exports, func(a, b *export) int {
		return b.source.Collected.Time().Compare(a.source.Collected.Time())
	})
	return exports, nil
}

func closeAll(exports []*export) {
	for _, x := range exports {
		x.close() // read only: nothing is lost, and temporary files are gone already or cannot be helped
	}
}

// meta reads which RVTools made the export, and when.
func (b *builder) meta(ctx context.Context, x *export, in input) error {
	x.source.Tool = "RVTools"
	if t := b.open(x, metaSpec()); t != nil {
		err := t.each(ctx, func() {
			if v := t.text(fVersion); v != "" && x.version == nil {
				x.source.Tool = "RVTools " + v
				x.version = versionOf(v)
			}
			if !x.source.Collected.Known() {
				x.source.Collected = t.date(fCollected)
			}
		})
		if err != nil {
			return err
		}
	}
	if !x.source.Collected.Known() {
		x.source.Collected = dateInName(in)
	}
	return nil
}

func versionOf(text string) []int {
	var v []int
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			break
		}
		v = append(v, n)
	}
	return v
}

// dateInName finds the day in names such as RVTools_export_all_20231102093000.
func dateInName(in input) inventory.Date {
	day := regexp.MustCompile(`(?:^|[^0-9])(20[0-9]{6})(?:[0-9]{6})?(?:[^0-9]|$)`)
	for _, name := range []string{filepath.Base(in.path), filepath.Base(filepath.Dir(in.path))} {
		if m := day.FindStringSubmatch(name); m != nil {
			if t, err := time.Parse("20060102", m[1]); err == nil {
				return inventory.MakeDate(t)
			}
		}
	}
	return inventory.Date{}
}

// date is a day as a sheet holds it: the number of days of spreadsheets, or a
// text that can be read in one way only.
func (t *table) date(f field) inventory.Date {
	text := strings.TrimSpace(string(t.rec.raw(t.index[f])))
	if text == "" {
		return inventory.Date{}
	}
	if days, err := strconv.ParseFloat(text, 64); err == nil {
		if days < 20_000 || days > 100_000 { // 1954 to 2173
			return inventory.Date{}
		}
		return inventory.MakeDate(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)))
	}
	for _, layout := range []string{"2006-01-02", "2006/01/02", "2006.01.02", "20060102"} {
		if len(text) < len(layout) {
			continue
		}
		if d, err := time.Parse(layout, text[:len(layout)]); err == nil {
			return inventory.MakeDate(d)
		}
	}
	return writtenDate(text)
}

// writtenDate reads 21/11/2026 or 11/21/2026 where only one of them is a date.
func writtenDate(text string) inventory.Date {
	m := regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9]{2})`).FindStringSubmatch(text)
	if m == nil {
		return inventory.Date{}
	}
	a, _ := strconv.Atoi(m[1]) // digits only, by the pattern
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	switch {
	case a == b || a > 12 && b <= 12:
		a, b = b, a
	case b > 12 && a <= 12:
	default:
		return inventory.Date{} // 03/04/2026: March or April?
	}
	if a < 1 || b < 1 || b > 31 {
		return inventory.Date{}
	}
	return inventory.MakeDate(time.Date(year, time.Month(a), b, 0, 0, 0, 0, time.UTC))
}
