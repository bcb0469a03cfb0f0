package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sobre/planner/pack"
	"sobre/planner/pack/benchmark"
)

// packOptions are the flags of sobre pack.
type packOptions struct {
	effort    string
	timeLimit time.Duration
	work      int64
	seed      uint64
	jobs      int
	host      string
	solution  bool
	baseline  string

	check   bool
	export  string
	summary bool
	known   string
	by      string

	task benchmark.Task // what the flags above come to
}

func newPackCmd() *cobra.Command {
	o := &packOptions{}
	c := &cobra.Command{
		Use:   "pack FILE…",
		Short: "Run the packing engine alone, on benchmark files",
		Long:  packHelp(),
		Example: `  sobre pack data/class1_20_3_0.vbp
  sobre pack --time-limit 10s --jobs 2 data/*.vbp > answers.jsonl
  sobre pack --summary --known known.csv answers.jsonl
  sobre pack --solution data/u120_00.txt > answer.jsonl
  sobre pack --check data/u120_00.txt answer.jsonl
  sobre pack --baseline bcs-dp data/*.vbp
  sobre pack --export lp data/class1_20_3_0.vbp > model.lp`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.complete(args); err != nil {
				return err
			}
			return runPack(c.Context(), o, args, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	f := c.Flags()
	f.StringVar(&o.effort, "effort", "", "how much work to spend: quick, normal or thorough (default normal; thorough with a --time-limit over 10s)")
	f.DurationVar(&o.timeLimit, "time-limit", 0, "cut each search short by the clock (1s, 2m; 0: never)")
	f.Int64Var(&o.work, "work", 0, "cap on the work units of each search (0: what the effort gives)")
	f.Uint64Var(&o.seed, "seed", 0, "seed of the search")
	f.IntVarP(&o.jobs, "jobs", "j", 1, "files packed at the same time")
	f.StringVar(&o.host, "host", "64,512", "host of a flavour trace: cores,GiB")
	f.BoolVar(&o.solution, "solution", false, "add the items of every bin, and the certificate of the bound")
	f.StringVar(&o.baseline, "baseline", "", "pack by a published rule instead: "+baselineNames())
	f.BoolVar(&o.check, "check", false, "recheck printed answers: the last argument is the file of answers")
	f.StringVar(&o.export, "export", "", "write one instance as an integer program: lp or mps")
	f.BoolVar(&o.summary, "summary", false, "make a table of printed answers: the arguments are files of answers")
	f.StringVar(&o.known, "known", "", "published optima for --summary (CSV)")
	f.StringVar(&o.by, "by", "folder", "rows of --summary: folder or items")
	c.MarkFlagsMutuallyExclusive("check", "export", "summary", "baseline")
	return c
}

func packHelp() string {
	var b strings.Builder
	b.WriteString(`Packs benchmark instances with the engine that plans estates, and prints one
line of JSON for each, in the order of the files:

  {"file","items","groups","dims","bins","cost","bound","status","seconds","work","method"}

status is optimal (cost equals the proven bound), feasible, incomplete (the
search left items out) or infeasible. seconds include reading. A group is a set
of identical items. With --solution come "solution", the items of every bin
(0-based, in file order, demands expanded), "types", the type of every bin where
there are several, and "certificate", whole weights that prove the bound.

Formats, recognised by content, plain or gzipped:
  vector           .vbp: d, d capacities, types, then d sizes and a demand each
  one-dimensional  number of items, capacity, sizes (or sizes with demands)
  generalised      BINTYPES, ITEMS, bin types with cost and number, items that
                   are compulsory or optional (cost then counts profit left out)
  time profile     a folder: app_resources.csv, machine_resources.csv,
                   instance_deploy.csv, app_interference.csv
  trace            Azure flavour requests, flav_map.txt beside it; see --host

--check verifies answers from the definitions, with none of the engine's code:
every item once, capacities at all times, numbers of bins, limits, cost, and the
bound from the certificate. --summary tabulates printed answers.

Baselines:
`)
	for _, name := range benchmark.Baselines() {
		fmt.Fprintf(&b, "  %-10s %s\n", name[0], name[1])
	}
	b.WriteString(`
Exit codes: 0 done; 1 a file could not be read or a check failed; 2 an instance
has no packing; 130 interrupted, with the best so far printed.`)
	return b.String()
}

func baselineNames() string {
	var names []string
	for _, b := range benchmark.Baselines() {
		names = append(names, b[0])
	}
	return strings.Join(names, ", ")
}

// complete turns the flags into a task and refuses what makes no sense.
func (o *packOptions) complete(files []string) error {
	efforts := map[string]pack.Effort{"": pack.Normal, "quick": pack.Quick, "normal": pack.Normal, "thorough": pack.Thorough}
	effort, ok := efforts[o.effort]
	if o.effort == "" && o.timeLimit > 10*time.Second {
		effort = pack.Thorough // who gives a minute wants it used
	}
	switch {
	case !ok:
		return fmt.Errorf("--effort %q: expected quick, normal or thorough", o.effort)
	case o.timeLimit < 0:
		return fmt.Errorf("--time-limit %s is negative", o.timeLimit)
	case o.work < 0:
		return fmt.Errorf("--work %d is negative", o.work)
	case o.jobs < 1 || o.jobs > 256:
		return fmt.Errorf("--jobs %d: expected 1 to 256", o.jobs)
	case o.check && len(files) < 2:
		return errors.New("--check needs an instance and a file of answers")
	case o.export != "" && len(files) != 1:
		return errors.New("--export takes one file")
	case o.known != "" && !o.summary:
		return errors.New("--known goes with --summary")
	}
	host, err := parseHost(o.host)
	if err != nil {
		return err
	}
	o.task = benchmark.Task{
		Files: files, Jobs: o.jobs, Read: benchmark.ReadOptions{Host: host}, Baseline: o.baseline, Solution: o.solution,
		Engine: pack.Options{Effort: effort, Work: o.work, TimeLimit: o.timeLimit, Seed: o.seed},
	}
	return nil
}

func parseHost(s string) ([]int64, error) {
	parts := strings.Split(s, ",")
	host := make([]int64, len(parts))
	for i, p := range parts {
		v, err := strconv.ParseInt(strings.TrimSpace(p), 10, 32)
		if err != nil || v < 1 || len(parts) != 2 {
			return nil, fmt.Errorf("--host %q: expected cores,GiB such as 64,512", s)
		}
		host[i] = v
	}
	return host, nil
}

func runPack(ctx context.Context, o *packOptions, files []string, out, errs io.Writer) error {
	switch {
	case o.summary:
		return packSummary(o, files, out)
	case o.check:
		return packCheck(o, files, out)
	case o.export != "":
		in, err := benchmark.Read(files[0], o.task.Read)
		if err != nil {
			return err
		}
		return benchmark.Export(ctx, out, in, o.export)
	}
	return packFiles(ctx, o, out, errs)
}

// packFiles prints an answer for each file and, for more than one, a line on
// the whole to errs. Files that fail are named there and do not stop the rest.
func packFiles(ctx context.Context, o *packOptions, out, errs io.Writer) error {
	start, failed, impossible, optimal, answers := time.Now(), 0, 0, 0, 0
	err := benchmark.Run(ctx, o.task, func(a benchmark.Answer, err error) error {
		if err != nil {
			failed++
			fmt.Fprintln(errs, "sobre pack:", err)
			return nil
		}
		answers++
		switch a.Status {
		case benchmark.Infeasible:
			impossible++
			fmt.Fprintf(errs, "sobre pack: %s: no packing: %s\n", a.File, a.Method)
		case benchmark.Optimal:
			optimal++
		}
		line, err := a.JSON()
		if err != nil {
			return err
		}
		_, err = out.Write(append(line, '\n'))
		return err
	})
	if len(o.task.Files) > 1 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintf(errs, "%d answers, %d optimal, %.1f s, %d MiB of memory at most\n",
			answers, optimal, time.Since(start).Seconds(), m.Sys>>20)
	}
	switch {
	case err != nil:
		return err
	case failed > 0:
		return fmt.Errorf("%d of %d files failed", failed, len(o.task.Files))
	case impossible > 0:
		return &exitWith{code: exitGate} // each is named above
	}
	return nil
}

// packCheck rechecks the answer for every instance named before the last
// argument, which is the file of answers.
func packCheck(o *packOptions, files []string, out io.Writer) error {
	answers := files[len(files)-1]
	f, err := os.Open(answers)
	if err != nil {
		return err
	}
	defer f.Close()
	wanted := map[string]bool{}
	for _, file := range files[:len(files)-1] {
		wanted[file] = true
	}
	bad, seen := 0, map[string]bool{}
	err = benchmark.EachAnswer(answers, f, func(a benchmark.Answer) error {
		file := a.File
		if !wanted[file] {
			if len(files) != 2 || len(seen) > 0 {
				return nil
			}
			file = files[0] // one answer for one file, named otherwise when it was made
		}
		seen[file] = true
		in, err := benchmark.Read(file, o.task.Read)
		if err != nil {
			return err
		}
		v, err := benchmark.Check(in, a)
		if err != nil {
			bad++
			fmt.Fprintf(out, "%s: WRONG: %v\n", file, err)
			return nil
		}
		fmt.Fprintf(out, "%s: right: %d bins, cost %d, bound %d (%s)\n", file, v.Bins, v.Cost, v.Bound, proofWords(v.Proof))
		return nil
	})
	if err != nil {
		return err
	}
	for _, file := range files[:len(files)-1] {
		if !seen[file] {
			bad++
			fmt.Fprintf(out, "%s: WRONG: %s has no answer for it\n", file, answers)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d answers failed the check", bad, len(files)-1)
	}
	return nil
}

func proofWords(proof string) string {
	switch proof {
	case benchmark.ProofHolds:
		return "proved again from the certificate"
	case benchmark.ProofNone:
		return "nothing to prove"
	case benchmark.ProofTooHard:
		return "certificate too hard to prove again here"
	}
	return "claimed without a certificate"
}

func packSummary(o *packOptions, files []string, out io.Writer) error {
	var known *benchmark.Known
	if o.known != "" {
		f, err := os.Open(o.known)
		if err != nil {
			return err
		}
		defer f.Close()
		if known, err = benchmark.ReadKnown(o.known, f); err != nil {
			return err
		}
	}
	s, err := benchmark.NewSummary(o.by, known)
	if err != nil {
		return err
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = s.Read(name, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	return s.Write(out)
}
