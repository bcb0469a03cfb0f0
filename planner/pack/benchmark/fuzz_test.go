package benchmark_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"sobre/planner/pack/benchmark"
)

// sound fails when what a reader let through would break the engine or the
// way back to the file.
func sound(t *testing.T, in *benchmark.Instance) {
	t.Helper()
	seen, p := map[int32]bool{}, &in.Problem
	values := p.Dims * max(1, p.Times)
	for g, members := range in.Members {
		if len(members) != p.Groups[g].Count || len(members) == 0 || len(p.Groups[g].Demand) != values {
			t.Fatalf("group %d: %d members, count %d, %d values", g, len(members), p.Groups[g].Count, len(p.Groups[g].Demand))
		}
		for _, i := range members {
			if seen[i] {
				t.Fatalf("item %d is in two groups", i)
			}
			seen[i] = true
		}
		for _, v := range p.Groups[g].Demand {
			if v < 0 {
				t.Fatalf("group %d has demand %d", g, v)
			}
		}
	}
	for i := range in.Items() {
		if !seen[int32(i)] {
			t.Fatalf("item %d is in no group", i)
		}
	}
	for i, k := range p.Types {
		if len(k.Capacity) != p.Dims {
			t.Fatalf("type %d has %d capacities", i, len(k.Capacity))
		}
	}
	in.Misfit()
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{vectorText, sizesText, demandText, baldiText, "300 a,|,b\n", "{}", "\x1f\x8b\x08", "1 10 4"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if in, err := benchmark.Parse("x", bytes.NewReader(data)); err == nil && in.Items() < 1<<16 {
			sound(t, in)
		}
	})
}

func FuzzTrace(f *testing.F) {
	f.Add([]byte("1,0.75 a\n2,3.5 b\n"), []byte("300 b,|,a,a,|\n600 b,|,\n"))
	f.Fuzz(func(t *testing.T, flavours, trace []byte) {
		dir := t.TempDir()
		write(t, dir, "flav_map.txt", string(flavours))
		write(t, dir, "trace.txt", string(trace))
		if in, err := benchmark.Read(filepath.Join(dir, "trace.txt"), benchmark.ReadOptions{}); err == nil {
			sound(t, in)
		}
	})
}

func FuzzProfiles(f *testing.F) {
	p := profileFiles()
	f.Add(p["app_resources.csv"], p["machine_resources.csv"], p["instance_deploy.csv"], p["app_interference.csv"])
	f.Fuzz(func(t *testing.T, apps, machines, deploy, rules string) {
		dir := t.TempDir()
		write(t, dir, "app_resources.csv", apps)
		write(t, dir, "machine_resources.csv", machines)
		write(t, dir, "instance_deploy.csv", deploy)
		write(t, dir, "app_interference.csv", rules)
		if in, err := benchmark.Read(dir, benchmark.ReadOptions{}); err == nil {
			sound(t, in)
		}
	})
}

// FuzzAnswers feeds the checker whatever a file of answers may hold.
func FuzzAnswers(f *testing.F) {
	a := rightAnswer()
	line, err := a.JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(line))
	f.Add(`{"file":"x","items":4,"bins":-1,"types":[-1],"certificate":{"scale":-1,"weight":[9223372036854775807,1]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		in := parse(t, vectorText)
		_ = benchmark.EachAnswer("x", strings.NewReader(text), func(a benchmark.Answer) error {
			if v, err := benchmark.Check(in, a); err == nil && v.Cost < 2 {
				t.Errorf("accepted %d bins, two are needed", v.Cost)
			}
			return nil
		})
	})
}

func FuzzReadKnown(f *testing.F) {
	f.Add("set,instance,optimum\nA,x,3\n")
	f.Add("name,best_lb,best_ub\nx,3,3\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = benchmark.ReadKnown("x", strings.NewReader(text))
	})
}
