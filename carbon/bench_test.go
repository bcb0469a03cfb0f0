package carbon_test

import (
	"fmt"
	"testing"

	"sobre/carbon"
	"sobre/inventory"
)

// BenchmarkCompare draws 10,000 times over 1,000 hosts of 20 models and half of
// them afterwards.
func BenchmarkCompare(b *testing.B) {
	models := inventory.CPUModels()
	var before carbon.Scenario
	for i := range 1000 {
		before.Hosts = append(before.Hosts, carbon.HostLoad{Load: 0.1, Host: inventory.Host{
			ID: fmt.Sprintf("host-%04d", i), CPU: inventory.CPU{Model: models[100+i%20*10].Name, Sockets: 2}, Memory: inventory.GiB(64),
		}})
	}
	after := carbon.Scenario{Hosts: before.Hosts[:500]}
	for b.Loop() {
		if _, err := carbon.Compare(before, after, carbon.Settings{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*1_000*float64(b.N)/b.Elapsed().Seconds(), "host-draws/s")
}
