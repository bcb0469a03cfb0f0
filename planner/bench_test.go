package planner_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/pack"
	"sobre/planner/plan"
)

// vsphereLike makes an estate of guests with the sizes and loads that are usual
// on hypervisors, in clusters of hosts alike.
func vsphereLike(seed uint64, clusters, hosts, guests int) *inventory.Estate {
	r := rand.New(rand.NewPCG(seed, 1))
	e := &inventory.Estate{Version: inventory.Version, Name: "bench", Sites: []inventory.Site{{Name: "hall", Country: "FR", PUE: 1.6}}}
	for c := range clusters {
		e.Clusters = append(e.Clusters, inventory.Cluster{ID: fmt.Sprintf("c%d", c)})
		for h := range hosts / clusters {
			e.Hosts = append(e.Hosts, inventory.Host{
				ID: fmt.Sprintf("esx-%d-%03d", c, h), Role: inventory.Hypervisor, Cluster: fmt.Sprintf("c%d", c), Site: "hall", Year: 2014,
				Make: "HPE", Model: "BL460c Gen8", Memory: inventory.GiB(256),
				CPU: inventory.CPU{Model: "Intel Xeon E5-2680", Sockets: 2, Cores: 16, Threads: 32, Clock: inventory.MHz(2700)},
			})
		}
	}
	sizes := []float64{1, 2, 2, 4, 4, 4, 6, 8, 8, 8, 16, 24}
	for g := range guests {
		h := &e.Hosts[r.IntN(len(e.Hosts))]
		p95 := 2 + r.ExpFloat64()*8
		e.Workloads = append(e.Workloads, inventory.Workload{
			ID: fmt.Sprintf("vm-%05d", g), Kind: inventory.VM, Host: h.ID, Cluster: h.Cluster,
			VCPUs: []int{1, 1, 2, 2, 2, 4}[r.IntN(6)], Memory: inventory.GiB(sizes[r.IntN(len(sizes))]), Disk: inventory.GiB(60),
			Use: inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(p95 / 3), P95: inventory.PercentLevel(min(p95, 100))}},
		})
	}
	return e
}

// BenchmarkMake plans 800 guests on 34 hosts and 10,000 on 500.
func BenchmarkMake(b *testing.B) {
	for _, size := range []struct{ clusters, hosts, guests int }{{4, 36, 800}, {1, 500, 10_000}, {10, 500, 10_000}} {
		b.Run(fmt.Sprintf("%dguests-%dhosts-%dclusters", size.guests, size.hosts, size.clusters), func(b *testing.B) {
			e := vsphereLike(1, size.clusters, size.hosts, size.guests)
			b.ReportAllocs()
			for b.Loop() {
				p, err := planner.Make(context.Background(), planner.Input{Estate: e, Policy: plan.Policy{}}, planner.Options{Effort: pack.Quick})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(p.After.Hosts), "hosts")
				b.ReportMetric(float64(p.Bound.Gap), "gap")
				b.ReportMetric(float64(len(p.Unplaced)), "unplaced")
			}
		})
	}
}
