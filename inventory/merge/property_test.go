package merge_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/inventory/merge"
)

func date(s string) inventory.Date {
	d, err := inventory.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// inventories are n estates of one made-up world. Who a machine is, they agree
// on as far as they know it; what it has, some tell wrongly.
func inventories(t *rapid.T, n int) []*inventory.Estate {
	machines := rapid.IntRange(1, 6).Draw(t, "machines")
	var out []*inventory.Estate
	for i := range n {
		kind := rapid.SampledFrom([]string{"ocs", "vsphere", "table", "rvtools"}).Draw(t, "kind")
		day := date(fmt.Sprintf("2026-01-%02d", rapid.IntRange(1, 28).Draw(t, "day")))
		e := &inventory.Estate{Version: 1, Name: fmt.Sprintf("town %d", i), Collected: day,
			Sources: []inventory.Source{{ID: kind, Kind: kind, Path: fmt.Sprintf("path-%d", i), Collected: day}}}
		e.Clusters = []inventory.Cluster{{ID: "c", Name: "Cluster", From: []inventory.Origin{{Source: kind, At: "c"}}}}
		for k := range machines {
			if !rapid.Bool().Draw(t, "known") {
				continue
			}
			if k%3 == 0 {
				e.Workloads = append(e.Workloads, guest(t, kind, k))
				continue
			}
			h := host(t, kind, k)
			e.Hosts = append(e.Hosts, h)
			e.Workloads = append(e.Workloads, inventory.Workload{ID: h.ID + "-os", Name: h.Name, Kind: inventory.Physical, Host: h.ID, UUID: h.UUID, From: slices.Clone(h.From[:1]),
				OS: rapid.SampledFrom([]string{"", "Debian 12", "Debian 13"}).Draw(t, "os")})
		}
		out = append(out, e)
	}
	return out
}

// some is a value, or nothing.
func some(t *rapid.T, v string) string { return rapid.SampledFrom([]string{"", v}).Draw(t, "some") }

func uuidOf(t *rapid.T, k int) string {
	u := fmt.Sprintf("4211ba%02x-0000-1111-2222-333344445501", k)
	return rapid.SampledFrom([]string{"", u, inventory.SwapUUID(u)}).Draw(t, "uuid")
}

func host(t *rapid.T, source string, k int) inventory.Host {
	name := fmt.Sprintf("srv%c", 'a'+k)
	h := inventory.Host{
		ID: name, Name: name, Role: inventory.Standalone, UUID: uuidOf(t, k), Cluster: some(t, "c"), Device: some(t, fmt.Sprintf("dev-%d", k)),
		Site: rapid.SampledFrom([]string{"", "north", "south"}).Draw(t, "site"), CPU: inventory.CPU{Cores: rapid.IntRange(0, 3).Draw(t, "cores")},
		Memory: rapid.SampledFrom([]inventory.Size{{}, inventory.GiB(4), inventory.GiB(8)}).Draw(t, "memory"),
		From:   []inventory.Origin{{Source: source, At: "file", Line: k + 1}},
	}
	if rapid.Bool().Draw(t, "serial") {
		h.Make, h.Model, h.Serial = "HP", "ProLiant DL380 G5", fmt.Sprintf("CZ%04d", k)
		h.From = append(h.From, inventory.Origin{Source: source, At: "dmi", Line: k + 1, Fields: []string{"serial"}})
	}
	if v := some(t, "lot 1"); v != "" {
		h.Labels = map[string]string{"lot": rapid.SampledFrom([]string{"1", "2"}).Draw(t, "lot")}
	}
	return h
}

func guest(t *rapid.T, source string, k int) inventory.Workload {
	name := fmt.Sprintf("vm%c", 'a'+k)
	w := inventory.Workload{
		ID: name, Name: rapid.SampledFrom([]string{name, name + ".town.example"}).Draw(t, "name"), Kind: inventory.VM, UUID: uuidOf(t, k),
		VCPUs: rapid.IntRange(0, 4).Draw(t, "vcpus"), OS: rapid.SampledFrom([]string{"", "Debian 12", "Debian 13"}).Draw(t, "os"),
		Service: rapid.SampledFrom([]string{"", "registry", "library"}).Draw(t, "service"),
		From:    []inventory.Origin{{Source: source, At: "file", Line: k + 1}},
	}
	if rapid.Bool().Draw(t, "macs") {
		w.MACs = []string{fmt.Sprintf("00:50:56:00:00:%02x", k)}
	}
	if rapid.Bool().Draw(t, "use") {
		w.Use.CPU = inventory.Stat{P95: inventory.PercentLevel(10), Days: rapid.IntRange(1, 30).Draw(t, "days")}
	}
	return w
}

func merged(estates ...*inventory.Estate) *inventory.Estate {
	return merge.Estates(estates, merge.Options{}).Estate
}

func yamlOf(t interface{ Fatal(...any) }, e *inventory.Estate) string {
	var b bytes.Buffer
	if err := inventory.EncodeYAML(&b, e); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMergeIsCommutative holds that no estate counts for being named first.
func TestMergeIsCommutative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := inventories(t, 3)
		want := yamlOf(t, merged(e[0], e[1], e[2]))
		for _, order := range [][]int{{0, 2, 1}, {1, 0, 2}, {2, 1, 0}} {
			if diff := cmp.Diff(want, yamlOf(t, merged(e[order[0]], e[order[1]], e[order[2]]))); diff != "" {
				t.Fatalf("order %v (-0 1 2 +so):\n%s", order, diff)
			}
		}
	})
}

// TestMergeIsAssociative holds that merging merged estates gives what merging
// all at once does.
func TestMergeIsAssociative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := inventories(t, 3)
		left := yamlOf(t, merged(merged(e[0], e[1]), e[2]))
		right := yamlOf(t, merged(e[0], merged(e[1], e[2])))
		if diff := cmp.Diff(left, right); diff != "" {
			t.Fatalf("(-(0 1) 2 +0 (1 2)):\n%s", diff)
		}
		if diff := cmp.Diff(yamlOf(t, merged(e...)), left); diff != "" {
			t.Fatalf("(-all at once +one after the other):\n%s", diff)
		}
	})
}

// TestMergeIsIdempotent holds that what was merged already adds nothing.
func TestMergeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := inventories(t, 2)
		once := merged(e[0], e[1])
		for name, again := range map[string]*inventory.Estate{"itself": merged(once, merged(e[0], e[1])), "a part": merged(once, e[0]), "the other part": merged(e[1], once)} {
			if diff := cmp.Diff(yamlOf(t, once), yamlOf(t, again)); diff != "" {
				t.Fatalf("merged with %s again (-once +again):\n%s", name, diff)
			}
		}
		if diff := cmp.Diff(yamlOf(t, e[0]), yamlOf(t, merged(e[0], e[0]))); diff != "" {
			t.Fatalf("one estate with itself:\n%s", diff)
		}
	})
}

// TestMergeKeepsItsInputs holds that the estates are as they were.
func TestMergeKeepsItsInputs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := inventories(t, 2)
		before := []string{yamlOf(t, e[0]), yamlOf(t, e[1])}
		merged(e[0], e[1])
		if diff := cmp.Diff(before, []string{yamlOf(t, e[0]), yamlOf(t, e[1])}); diff != "" {
			t.Fatal(diff)
		}
	})
}
