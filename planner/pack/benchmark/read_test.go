package benchmark_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack"
	"sobre/planner/pack/benchmark"
)

// Texts of our own in each format.
const (
	vectorText = "2\n10 8\n3\n4 3 2\n6 5 1\n4 3 1\n"
	sizesText  = "4\r\n10\r\n7\r\n3\r\n3\r\n2\r\n"
	demandText = "2\n10\n7 2\n3 5\n"
	baldiText  = `NAME ours
COMMENT two types, one item may stay out
BINTYPES 2
ITEMS 4
BINS_SECTIONS
0 10 10 0 3
1 15 14 1 2
ITEMS_SECTIONS
0 6 1 1
1 9 5 1
2 6 4 0
3 6 1 1
`
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, text, format string
		dims               int
		members            [][]int32
	}{
		{"vector groups equal types", vectorText, "vector", 2, [][]int32{{0, 1, 3}, {2}}},
		{"vector on one line", strings.ReplaceAll(vectorText, "\n", " "), "vector", 2, [][]int32{{0, 1, 3}, {2}}},
		{"vector of one dimension", "1\n10\n2\n4 2\n5 1\n", "vector", 1, [][]int32{{0, 1}, {2}}},
		{"sizes", sizesText, "one-dimensional", 1, [][]int32{{0}, {1, 2}, {3}}},
		{"sizes with demands", demandText, "one-dimensional", 1, [][]int32{{0, 1}, {2, 3, 4, 5, 6}}},
		{"one item", "1 10 4", "one-dimensional", 1, [][]int32{{0}}},
		{"generalised keeps optional items apart", baldiText, "generalised", 1, [][]int32{{0, 3}, {1}, {2}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := benchmark.Parse("x", strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if in.Format != tt.format || in.Dims != tt.dims {
				t.Errorf("read as %s of %d dimensions, want %s of %d", in.Format, in.Dims, tt.format, tt.dims)
			}
			if d := cmp.Diff(tt.members, in.Members); d != "" {
				t.Error("members (-want +got):\n" + d)
			}
		})
	}
}

func TestParseGeneralised(t *testing.T) {
	in, err := benchmark.Parse("x", strings.NewReader(baldiText))
	if err != nil {
		t.Fatal(err)
	}
	want := pack.Problem{
		Dims: 2,
		Groups: []pack.Group{
			{Count: 2, Demand: []int64{6, 0}, Allowed: []int{0, 1, 2}},
			{Count: 1, Demand: []int64{9, 0}, Allowed: []int{0, 1, 2}},
			{Count: 1, Demand: []int64{6, 4}},
		},
		Types: []pack.Type{
			{Capacity: []int64{10, 4}, Stock: 3},
			{Capacity: []int64{15, 4}, Stock: 1}, // paid for by its minimum
			{Capacity: []int64{15, 4}, Stock: 1},
			{Capacity: []int64{27, 4}, Stock: 1}, // left out
		},
		Minimise: []pack.Objective{{
			Host: []int64{10, 0, 14, 0},
			Load: [][]int64{{0, 0}, {0, 0}, {0, 0}, {0, 1}},
		}},
	}
	if d := cmp.Diff(want, in.Problem); d != "" {
		t.Error("problem (-want +got):\n" + d)
	}
	if in.Base() != 14 {
		t.Errorf("base %d, want 14", in.Base())
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", " \n", "x: the file is empty"},
		{"words", "hello", "x:1: not a known format"},
		{"json", `{"file":"a"}`, "x:1: this is JSON"},
		{"cut vector", "2\n10 8\n3\n4 3 2\n6 5\n", "x:5: expected 3 types of 2 sizes and a demand each, found 5 numbers"},
		{"more than it says", "2\n10 8\n1\n4 3 2\n6 5 1\n", "x:5: expected 1 types"},
		{"no types", "2\n10 8\n0\n", "x:3: expected the number of types"},
		{"cut sizes", "4\n10\n7\n3\n", "x:4: expected either 4 sizes"},
		{"no dimensions", "0\n10\n7\n3\n", "x:1: expected the number of dimensions or of items"},
		{"a million dimensions", "99999999999 1 1 1 1", "x:1: expected either 99999999999 sizes"},
		{"negative size", "2\n10 8\n1\n4 -1 2\n", "x:4: expected a size of 0 or more, not -1"},
		{"nothing needed", "2\n10 8\n1\n0 0 2\n", "x:4: expected an item that needs something"},
		{"zero size", "2\n10\n7\n0\n", "x:4: expected an item that needs something"},
		{"zero demand", "2\n10 8\n1\n4 1 0\n", "x:4: expected a demand of at least 1, not 0"},
		{"zero capacity", "2\n10 0\n1\n4 1 1\n", "x:2: expected a capacity of at least 1, not 0"},
		{"fraction", "2\n10 8\n1\n4 1.5 1\n", `x:4: expected a whole number of at most 64 bits, not "1.5"`},
		{"too large a number", "1 10 99999999999999999999", "x:1: expected a whole number of at most 64 bits"},
		{"too many items", "1\n10\n1\n4 99999999\n", "x:4: more than 16777216 items"},
		{"sum overflows", "1\n9223372036854775807\n1\n9223372036854775807 2\n", "x:4: the sizes in one dimension add up to more"},
		{"sum over dimensions overflows", "2\n9 9\n1\n9223372036854775807 9223372036854775807 1\n", "x: the sizes of all dimensions"},
		{"generalised without types", "NAME a\nITEMS 1\n", "x: expected a line BINTYPES"},
		{"generalised too few items", strings.Replace(baldiText, "ITEMS 4", "ITEMS 5", 1), "x: expected 5 items in ITEMS_SECTIONS, found 4"},
		{"generalised too many items", strings.Replace(baldiText, "ITEMS 4", "ITEMS 3", 1), "x:12: more than the 3 items"},
		{"generalised twice", strings.Replace(baldiText, "ITEMS 4", "ITEMS 4\nITEMS 4", 1), "x:5: ITEMS given a second time"},
		{"generalised maximum below minimum", strings.Replace(baldiText, "1 15 14 1 2", "1 15 14 3 2", 1), "x:7: expected 0 ≤ min ≤ max"},
		{"generalised capacity", strings.Replace(baldiText, "0 10 10 0 3", "0 0 10 0 3", 1), "x:6: expected a capacity of at least 1"},
		{"generalised fields", strings.Replace(baldiText, "0 6 1 1", "0 6 1", 1), "x:9: expected an item: id, size, profit, compulsory, found 3 fields"},
		{"generalised number", strings.Replace(baldiText, "0 6 1 1", "0 six 1 1", 1), `x:9: expected an item: id, size, profit, compulsory: "six"`},
		{"generalised stray line", "NAME a\nhello 1\n", "x:2: expected NAME"},
		{"generalised cost", strings.Replace(baldiText, "0 10 10 0 3", "0 10 9223372036854775807 0 3", 1), "x:6: expected a cost from 0 to"},
		{"trace alone", "300 a,|,b,|\n", "flav_map.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := benchmark.Parse("x", strings.NewReader(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestReadGzipAndMissing(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(sizesText))
	z.Close()
	write(t, dir, "a.txt.gz", b.String())
	in, err := benchmark.Read(filepath.Join(dir, "a.txt.gz"), benchmark.ReadOptions{})
	if err != nil || in.Items() != 4 {
		t.Errorf("gzipped: %v", err)
	}
	write(t, dir, "cut.gz", b.String()[:b.Len()-6])
	if _, err := benchmark.Read(filepath.Join(dir, "cut.gz"), benchmark.ReadOptions{}); err == nil {
		t.Error("a cut gzip file was read")
	}
	if _, err := benchmark.Read(filepath.Join(dir, "none"), benchmark.ReadOptions{}); err == nil {
		t.Error("a missing file was read")
	}
}

func TestMisfit(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"all fit", vectorText, ""},
		{"too large in one dimension", "2\n10 8\n2\n4 9 2\n1 1 1\n", "item 0 (line 4) and 1 more fit no bin, even alone: size 9 in dimension 2, where the largest bin has 8"},
		{"several groups", "3\n10\n4\n11\n12\n", "item 1 (line 4) and 1 more fit no bin, even alone: size 11 in dimension 1, where the largest bin has 10"},
		{"no bins", strings.NewReplacer("0 10 10 0 3", "0 10 10 0 0", "1 15 14 1 2", "1 15 14 0 0").Replace(baldiText), "item 0 (line 9) and 2 more fit no bin that there is, even alone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := benchmark.Parse("x", strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if m := in.Misfit(); m != nil {
				got = m.String()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
