package benchmark_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/pack"
	"sobre/planner/pack/benchmark"
)

func TestRunKeepsTheOrderOfFiles(t *testing.T) {
	dir := t.TempDir()
	var files, want []string
	for i := range 9 {
		name := filepath.Join(dir, fmt.Sprint(i))
		switch i {
		case 3:
			write(t, dir, fmt.Sprint(i), "nonsense")
			want = append(want, "error")
		case 5:
			write(t, dir, fmt.Sprint(i), sizes(10, 11))
			want = append(want, name+" infeasible")
		default:
			write(t, dir, fmt.Sprint(i), sizes(10, 4, 6, 3))
			want = append(want, name+" optimal")
		}
		files = append(files, name)
	}
	for _, jobs := range []int{1, 4} {
		var got []string
		task := benchmark.Task{Files: files, Jobs: jobs, Engine: pack.Options{Work: 100000}, Solution: true}
		err := benchmark.Run(context.Background(), task, func(a benchmark.Answer, err error) error {
			if err != nil {
				got = append(got, "error")
				return nil
			}
			got = append(got, a.File+" "+a.Status)
			if a.Status == benchmark.Optimal {
				if _, err := benchmark.Check(parse(t, sizes(10, 4, 6, 3)), a); err != nil {
					t.Errorf("%s: %v", a.File, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("with %d jobs (-want +got):\n%s", jobs, d)
		}
	}
}

func TestRunStops(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a", sizes(10, 4, 6, 3))
	task := benchmark.Task{Files: []string{filepath.Join(dir, "a"), filepath.Join(dir, "a")}, Baseline: "ffd"}
	full := errors.New("disk full")
	calls := 0
	err := benchmark.Run(context.Background(), task, func(benchmark.Answer, error) error { calls++; return full })
	if !errors.Is(err, full) || calls != 1 {
		t.Errorf("after %d calls: %v", calls, err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	err = benchmark.Run(ended, task, func(benchmark.Answer, error) error { t.Error("a file was packed"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after its context ended: %v", err)
	}
}
