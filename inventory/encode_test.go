package inventory_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"sobre/inventory"
)

// many is an estate with more records of each kind than are written at once.
func many(n int) *inventory.Estate {
	e := &inventory.Estate{Version: 1, Name: "many: \"quoted\"", Collected: mustDate("2026-11-21")}
	for i := range n {
		id := fmt.Sprintf("m%05d", i)
		from := []inventory.Origin{{Source: "s", At: "vInfo", Line: i + 1, Fields: []string{"memory", "os"}, Method: "it: was # guessed"}}
		e.Sources = append(e.Sources, inventory.Source{ID: id, Kind: "ocs", Counts: map[string]int{"a": 1, "b": i}})
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Name: "ünï " + id, Memory: inventory.GiB(16), CPU: inventory.CPU{Cores: 4, Clock: inventory.MHz(2660)},
			Power: inventory.HostPower{Idle: inventory.Watts(100)}, Labels: map[string]string{"lot": "1", "a b": "- x"}, From: from})
		e.Workloads = append(e.Workloads, inventory.Workload{ID: id + "-os", Host: id, Memory: inventory.GiB(4), Pins: []inventory.Pin{{Kind: inventory.PinUSB, Reason: "dongle"}},
			Use: inventory.Use{CPU: inventory.Stat{P95: inventory.PercentLevel(10)}}, From: from})
		e.Findings = append(e.Findings, inventory.Finding{Code: "x", What: "two\nlines", Values: map[string]string{"n": id}})
	}
	e.Rules = []inventory.Rule{{Apart: []string{"a", "b"}, By: inventory.ByHost}}
	return e
}

func mustDate(s string) inventory.Date {
	d, err := inventory.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// TestEncodeYAMLInPartsIsTheWhole holds that writing an estate some records at
// a time gives the bytes of writing it at once.
func TestEncodeYAMLInPartsIsTheWhole(t *testing.T) {
	for _, n := range []int{0, 1, 127, 128, 129, 300} {
		e := many(n)
		var parts, whole bytes.Buffer
		if err := inventory.EncodeYAML(&parts, e); err != nil {
			t.Fatal(err)
		}
		encoder := yaml.NewEncoder(&whole)
		encoder.SetIndent(2)
		if err := encoder.Encode(e); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole.String(), parts.String()); diff != "" {
			t.Fatalf("%d records (- at once, + in parts):\n%s", n, diff)
		}
	}
}

// TestUniqueIDs holds what names become, taken ones and such as look counted.
func TestUniqueIDs(t *testing.T) {
	var ids inventory.IDs
	var got []string
	for _, want := range []string{"a", "a", "a-2", "a", "", "", "a-3", "a-2"} {
		got = append(got, ids.Unique(want))
	}
	want := []string{"a", "a-2", "a-2-2", "a-3", "unnamed", "unnamed-2", "a-3-2", "a-2-3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkEqualNames gives IDs to 100,000 machines of one name.
func BenchmarkEqualNames(b *testing.B) {
	for b.Loop() {
		var ids inventory.IDs
		for range 100_000 {
			ids.Unique("localhost")
		}
	}
}

// BenchmarkEncodeYAML writes an estate of 10,000 machines and reports how much
// the heap grows meanwhile.
func BenchmarkEncodeYAML(b *testing.B) {
	e := many(10_000)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	peak := uint64(0)
	for b.Loop() {
		if err := inventory.EncodeYAML(&watched{peak: &peak}, e); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(peak-before.HeapAlloc)/(1<<20), "peak-MiB")
}

// watched drops what is written and looks at the heap now and then.
type watched struct {
	n    int
	peak *uint64
}

func (w *watched) Write(p []byte) (int, error) {
	if w.n++; w.n%50 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		*w.peak = max(*w.peak, m.HeapAlloc)
	}
	return io.Discard.Write(p)
}
