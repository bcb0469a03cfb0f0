package planner_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

func TestTry(t *testing.T) {
	e := &inventory.Estate{Version: 1, Name: "try"}
	for i := range 12 {
		id := fmt.Sprintf("srv-%02d", i)
		e.Hosts = append(e.Hosts, inventory.Host{ID: id, Role: inventory.Standalone, Year: 2007,
			CPU: inventory.CPU{Model: "Intel Xeon 5160", Sockets: 2, Cores: 4, Threads: 4, Clock: inventory.MHz(3000)}, Memory: inventory.GiB(8), Disk: inventory.GiB(200)})
		e.Workloads = append(e.Workloads, inventory.Workload{ID: id + "-os", Kind: inventory.Physical, Host: id, VCPUs: 4, Memory: inventory.GiB(4 + float64(i%3)*2),
			Use: inventory.Use{CPU: inventory.Stat{P95: inventory.PercentLevel(10)}}})
	}
	c := &inventory.Catalogue{Version: 1, Hosts: []inventory.HostModel{{Name: "bl460c-g6", Year: 2009, CPU: inventory.CPU{Model: "Intel Xeon E5540", Sockets: 2, Cores: 8, Threads: 16, Clock: inventory.MHz(2530)}, Memory: inventory.GiB(48), Chassis: "c7000", Embodied: inventory.Kilograms(1000), Price: inventory.MakeMoney(4200, "EUR")}},
		Chassis: []inventory.ChassisModel{{Name: "c7000", Slots: 16}}}
	p, err := planner.Make(context.Background(), planner.Input{Estate: e, Catalogue: c, Policy: plan.Policy{}}, planner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	enc.Encode(p)
}
