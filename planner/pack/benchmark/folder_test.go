package benchmark_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack"
	"sobre/planner/pack/benchmark"
)

// profileFiles is a small folder of time profiles of our own: three apps over
// three times, two kinds of machine.
func profileFiles() map[string]string {
	return map[string]string{
		"app_resources.csv": "a,1.5|2.5|0.5,4|4|4,60,0,1,0\n" +
			"b,1.0|1.0|3.0,8|2|2,40,0,0,1\n" +
			"unused,1.0|1.0|1.0,1|1|1,1,0,0,0\n",
		"machine_resources.csv": "m1,6,16,100,7,3,7\nm2,6,16,100,7,3,7\nm3,4.4,8,100,7,3,7\n",
		"instance_deploy.csv":   "i1,b,m1\ni2,a,\ni3,b,\n",
		"app_interference.csv":  "a,b,1\na,b,0\nb,b,1\nunused,a,0\n",
	}
}

func TestReadProfiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range profileFiles() {
		write(t, dir, name, text)
	}
	in, err := benchmark.Read(dir, benchmark.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// Units: half a core, 1 GiB, 20 of disk (with the unused app: 1).
	want := pack.Problem{
		Dims: 6, Times: 3,
		Groups: []pack.Group{
			{Count: 2, Max: 2, Demand: []int64{2, 2, 6, 8, 2, 2, 40, 40, 40, 0, 0, 0, 0, 0, 0, 1, 1, 1}},
			{Count: 1, Demand: []int64{3, 5, 1, 4, 4, 4, 60, 60, 60, 0, 0, 0, 1, 1, 1, 0, 0, 0}},
		},
		Types: []pack.Type{
			{Capacity: []int64{12, 16, 100, 7000000000, 3, 7}, Stock: 2},
			{Capacity: []int64{8, 8, 100, 7000000000, 3, 7}, Stock: 1},
		},
		Conflicts: []pack.Conflict{{If: 1, Of: 0, Max: 0}},
	}
	if d := cmp.Diff(want, in.Problem); d != "" {
		t.Error("problem (-want +got):\n" + d)
	}
	if d := cmp.Diff([][]int32{{0, 2}, {1}}, in.Members); d != "" {
		t.Error("members (-want +got):\n" + d)
	}
}

func TestReadProfilesRefuses(t *testing.T) {
	tests := []struct{ file, text, want string }{
		{"app_resources.csv", "", "no apps"},
		{"app_resources.csv", "a,1|2,1|2,3\n", "app_resources.csv:1: expected an app"},
		{"app_resources.csv", "a,1|2,1|2|3,1,1,1,1\n", "app_resources.csv:1: expected a curve of 2 points in field 3 as in the fields before, found 3"},
		{"app_resources.csv", "a,1|2,1|2,1|1,1,1,1\n", "app_resources.csv:1: expected one number in field 4"},
		{"app_resources.csv", "a,1|x,1|2,1,1,1,1\n", `app_resources.csv:1: field 2: expected a number`},
		{"app_resources.csv", "a,1|-2,1|2,1,1,1,1\n", `app_resources.csv:1: field 2: expected a number`},
		{"app_resources.csv", "a,1,1,1,1,1,1\na,1,1,1,1,1,1\n", `app_resources.csv:2: app "a" is given a second time`},
		{"machine_resources.csv", "", "no machines"},
		{"machine_resources.csv", "m,1,2\n", "machine_resources.csv:1: expected a machine"},
		{"machine_resources.csv", "m,0,2,3,4,5,6\n", "machine_resources.csv:1: expected a machine with CPU and memory"},
		{"machine_resources.csv", "m,1,2,3,4,5,6\nm,1,2,3,4,5,6\n", `machine_resources.csv:2: machine "m" is given a second time`},
		{"instance_deploy.csv", "", "no items"},
		{"instance_deploy.csv", "i,zzz,\n", `instance_deploy.csv:1: app "zzz" is not in app_resources.csv`},
		{"instance_deploy.csv", "i,a,zzz\n", `instance_deploy.csv:1: machine "zzz" is not in machine_resources.csv`},
		{"instance_deploy.csv", "i,a,\ni,a,\n", `instance_deploy.csv:2: instance "i" is given a second time`},
		{"instance_deploy.csv", "i,a\n", "instance_deploy.csv:1: expected an instance"},
		{"app_interference.csv", "a,b\n", "app_interference.csv:1: expected a limit"},
		{"app_interference.csv", "a,zzz,1\n", `app_interference.csv:1: app "a" or "zzz"`},
		{"app_interference.csv", "a,b,-1\n", "app_interference.csv:1: expected a number from 0"},
	}
	for _, tt := range tests {
		t.Run(tt.file+" "+tt.want, func(t *testing.T) {
			dir := t.TempDir()
			files := profileFiles()
			files[tt.file] = tt.text
			for name, text := range files {
				write(t, dir, name, text)
			}
			_, err := benchmark.Read(dir, benchmark.ReadOptions{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestReadTrace(t *testing.T) {
	tests := []struct {
		name, text string
		members    [][]int32
		want       string
	}{
		{"two batches", "300 b,|,a,a,|\n600 b,|,\n900 |\n", [][]int32{{0, 3}, {1, 2}}, ""},
		{"unknown flavour", "300 a,|\n600 c,|", nil, `trace.txt:2: flavour 'c' is not in flav_map.txt`},
		{"durations", "300 U1,|", nil, "trace.txt:1: expected flavours of one letter"},
		{"stray byte", "300 a;b", nil, "trace.txt:1: expected a time"},
		{"no requests", "300 |\n", nil, "trace.txt: no items"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "flav_map.txt", "1,0.75 a\n2,3.5 b\n")
			write(t, dir, "trace.txt", tt.text)
			in, err := benchmark.Read(filepath.Join(dir, "trace.txt"), benchmark.ReadOptions{Host: []int64{8, 9}})
			if tt.want != "" {
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("error %v, want %q", err, tt.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.members, in.Members); d != "" {
				t.Error("members (-want +got):\n" + d)
			}
			// Units: 1 core, a quarter of a GiB.
			if d := cmp.Diff([]int64{8, 36}, in.Problem.Types[0].Capacity); d != "" {
				t.Error("capacity (-want +got):\n" + d)
			}
			if d := cmp.Diff([]int64{2, 14}, in.Problem.Groups[0].Demand); d != "" {
				t.Error("demand of b (-want +got):\n" + d)
			}
		})
	}
}

func TestReadTraceRefusesFlavours(t *testing.T) {
	for _, text := range []string{"", "1 a\n", "1,2 ab\n", "1,2 a\n1,3 a\n", "0,0 a\n", "1,x a\n"} {
		dir := t.TempDir()
		write(t, dir, "flav_map.txt", text)
		write(t, dir, "trace.txt", "300 a,|\n")
		if _, err := benchmark.Read(filepath.Join(dir, "trace.txt"), benchmark.ReadOptions{}); err == nil {
			t.Errorf("flavours %q were read", text)
		}
	}
}
