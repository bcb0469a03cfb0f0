package ocs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"

	"sobre/inventory"
)

// Options says how to read; its zero value is good.
type Options struct {
	// Workstations keeps desktops and laptops in the estate as well.
	Workstations bool
	// StaleDays is the age in days, counted back from the newest document, from
	// which a machine is flagged as perhaps long gone; 0 means 90, below 0 never.
	StaleDays int
	// Workers is how many documents are read at once; 0 means one a processor.
	Workers int
	// Columns maps fields (ConsoleFields) to the headers of a console export in
	// another language than English and French.
	Columns map[string]string
	// FS is where paths are looked up; nil means this machine's files.
	FS fs.FS
	// Progress is told how many documents have been read, from one goroutine at
	// a time.
	Progress func(done, total int)
}

const defaultStaleDays = 90

// Read reads every document that paths name: files, folders (and the folders
// in them) or patterns such as "ocs/*.xml". A document that cannot be read
// becomes a finding; an error means that there was no document, that none
// could be read, or that ctx ended.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	if err := checkColumns(o.Columns); err != nil {
		return nil, err
	}
	inputs, err := find(o.FS, paths)
	if err != nil {
		return nil, err
	}
	byFile, err := readAll(ctx, inputs, o)
	if err != nil {
		return nil, err
	}
	read := inputs.each(byFile)
	if err := noneReadable(read); err != nil {
		return nil, err
	}
	return compose(inputs, read, o), nil
}

// reading is what came of one document: a machine, or the reason why not.
type reading struct {
	machine *machine
	err     error
	line    int // where err is, if known
	skipped bool
	remark  *inventory.Finding // on the whole file, in place of a machine
}

// readAll gives what came of each file: one reading, or several where the file
// holds an answer of the server about several machines.
func readAll(ctx context.Context, in inputs, o Options) ([][]reading, error) {
	out := make([][]reading, len(in.files))
	next := make(chan int)
	var wait sync.WaitGroup
	var done progress
	for range workers(o.Workers, len(in.files)) {
		wait.Go(func() {
			for i := range next {
				out[i] = readOne(o, in.files[i])
				done.one(o.Progress, len(in.files))
			}
		})
	}
	for i := range in.files {
		select {
		case next <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	wait.Wait()
	return out, ctx.Err()
}

func workers(asked, files int) int {
	if asked <= 0 {
		asked = runtime.GOMAXPROCS(0)
	}
	return max(1, min(asked, files))
}

// progress counts documents and reports them one at a time.
type progress struct {
	mu   sync.Mutex
	done int
}

func (p *progress) one(report func(done, total int), total int) {
	if report == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	report(p.done, total)
}

func readOne(o Options, f file) []reading {
	if f.err != nil {
		return []reading{{err: f.err}}
	}
	text, sum, err := unpack(o, f.path)
	if err != nil {
		return []reading{{err: err}}
	}
	var read []reading
	parseAll(text.utf8, o, func(doc *document, err error) {
		if r, ok := errors.AsType[*remark](err); ok {
			read = append(read, reading{remark: &r.Finding})
			return
		}
		if err != nil {
			read = append(read, reading{err: err, line: lineOf(err), skipped: errors.Is(err, errNotInventory)})
			return
		}
		m := makeMachine(doc)
		m.file, m.sha256, m.encoding = f, sum, text.encoding
		read = append(read, reading{machine: m})
	})
	return read
}

// each lines the files up with what came of them: a file that gave several
// readings stands once for each.
func (in *inputs) each(byFile [][]reading) []reading {
	var files []file
	var read []reading
	for i, rs := range byFile {
		for _, r := range rs {
			files = append(files, in.files[i])
			read = append(read, r)
		}
	}
	in.files = files
	return read
}

// noneReadable is the error of an input without one document that could be
// read, naming the first cause.
func noneReadable(read []reading) error {
	var first error
	documents := 0
	for _, r := range read {
		if r.machine != nil {
			return nil
		}
		if r.remark != nil {
			continue
		}
		documents++
		if first == nil {
			first = r.err
		}
	}
	switch documents {
	case 0:
		return errors.New("there is no machine in it")
	case 1:
		return first
	}
	return fmt.Errorf("none of %d documents could be read; the first: %w", documents, first)
}
