package ocs_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"sobre/inventory/ocs"
)

// BenchmarkRead reads a folder of 1,000 documents of 60 kB. The aim is 5 s and
// 100 MB; peak-MB is the most the process ever held (Linux only).
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	var software strings.Builder
	for i := range 330 {
		software.WriteString(element("SOFTWARES", "COMMENTS", "A library that others need", "NAME", fmt.Sprint("package-", i), "VERSION", "1.2.3-4.el5",
			"FILESIZE", "123456", "INSTALLDATE", "2009/06/01") + "\n")
	}
	for i := range 1000 {
		doc := document(fmt.Sprintf("srv-%d-2009-01-01-00-00-00", i), hardware(fmt.Sprint("srv-", i)), proliantSerial(i), xeon5160, xeon5160, software.String())
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".ocs")), []byte(doc), 0o600); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(doc)) * 1000)
	}
	for b.Loop() {
		e, err := ocs.Read(b.Context(), []string{dir}, ocs.Options{})
		if err != nil || len(e.Hosts) != 1000 {
			b.Fatal(len(e.Hosts), err)
		}
	}
	b.ReportMetric(peakMB(), "peak-MB")
}

// peakMB is the largest resident size of this process so far, 0 where the
// system does not tell.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kb float64
	if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
		fmt.Sscan(after, &kb)
	}
	return kb / 1000
}

// town is a file system that makes up documents as they are opened: a base of
// any size without a disk.
type town struct {
	machines int
	filler   string // programs, of which agents list hundreds
}

func (t town) Open(name string) (fs.File, error) {
	if name == "." || name == "in" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("a folder")}
	}
	return fstest.MapFS{"x": {Data: []byte(t.document(name))}}.Open("x")
}

func (t town) document(name string) string {
	n := strings.TrimSuffix(strings.TrimPrefix(name, "in/srv-"), ".ocs")
	return document("srv-"+n+"-2009-01-01-00-00-00", hardware("srv-"+n), strings.Replace(proliant, "CZC7310XYZ ", "S"+n, 1), xeon5160, xeon5160, t.filler)
}

func (t town) Stat(name string) (fs.FileInfo, error) {
	if name == "in" {
		return fs.Stat(fstest.MapFS{"in/x": {}}, "in")
	}
	return fs.Stat(fstest.MapFS{"x": {}}, "x")
}

func (t town) ReadDir(string) ([]fs.DirEntry, error) {
	entries := make([]fs.DirEntry, t.machines)
	for i := range entries {
		entries[i] = entry(fmt.Sprintf("srv-%06d.ocs", i))
	}
	return entries, nil
}

// entry is a file in the folder.
type entry string

func (e entry) Name() string               { return string(e) }
func (e entry) IsDir() bool                { return false }
func (e entry) Type() fs.FileMode          { return 0 }
func (e entry) Info() (fs.FileInfo, error) { return fs.Stat(fstest.MapFS{"x": {}}, "x") }

// BenchmarkStream reads 1,000, 10,000 and 100,000 documents of 12 kB that are
// made up as they are read, with one worker and with two: memory grows with the
// estate and not with the documents. live-MB is what is held at the end,
// peak-MB the most the process ever held.
func BenchmarkStream(b *testing.B) {
	var filler strings.Builder
	for i := range 60 {
		filler.WriteString(element("SOFTWARES", "NAME", fmt.Sprint("package-", i), "VERSION", "1.2.3-4.el5", "COMMENTS", "A library that others need, with some words on what it is for") + "\n")
	}
	for _, machines := range []int{1000, 10_000, 100_000} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%d/%d workers", machines, workers), func(b *testing.B) {
				base := town{machines, filler.String()}
				b.SetBytes(int64(machines * len(base.document("in/srv-000000.ocs"))))
				for b.Loop() {
					e, err := ocs.Read(b.Context(), []string{"in"}, ocs.Options{FS: base, Workers: workers})
					if err != nil || len(e.Hosts) != machines {
						b.Fatal(err)
					}
					runtime.GC()
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					b.ReportMetric(float64(m.HeapAlloc)/1e6, "live-MB")
					runtime.KeepAlive(e)
				}
				b.ReportMetric(peakMB(), "peak-MB")
			})
		}
	}
}
