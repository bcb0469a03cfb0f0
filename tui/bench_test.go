package tui

import (
	"fmt"
	"testing"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// fullVCenter is a plan of the most that one vCenter holds, by VMware's
// configuration maximums: 2,500 hosts and 45,000 running guests.
func fullVCenter() (*plan.Plan, *inventory.Estate) {
	const hosts, guests = 2500, 45000
	p := testPlan()
	e := &inventory.Estate{}
	p.Hosts, p.Placements, p.Findings = nil, nil, nil
	restarts := map[string]map[string]string{}
	name := func(i int) string { return fmt.Sprintf("esx-%04d", i%hosts) }
	for i := range hosts {
		h := plan.Host{ID: name(i), Model: "ProLiant DL360 Gen10", State: plan.Keep, Cluster: fmt.Sprintf("cluster-%02d", i%40), Site: "salle A",
			Chassis: fmt.Sprintf("enc-%03d", i/16), Slot: i%16 + 1, Load: map[string]float64{"cpu": float64(i%90) / 100, "memory": float64(i%97) / 100}, Workloads: guests / hosts}
		if i%3 == 0 {
			h.State = plan.Retire
		}
		p.Hosts = append(p.Hosts, h)
		restarts[h.ID] = map[string]string{}
		e.Hosts = append(e.Hosts, inventory.Host{ID: h.ID, Memory: inventory.GiB(512)})
	}
	for i := 0; i < hosts; i += 16 {
		p.Chassis = append(p.Chassis, plan.Chassis{ID: fmt.Sprintf("enc-%03d", i/16), Slots: 16, State: plan.Keep})
	}
	for i := range guests {
		id := fmt.Sprintf("guest-%05d", i)
		p.Placements = append(p.Placements, plan.Placement{Workload: id, From: name(i), To: name(i * 7), Kind: "move"})
		restarts[name(i*7)][id] = name(i*7 + 1)
		e.Workloads = append(e.Workloads, inventory.Workload{ID: id, Name: id, OS: "Ubuntu Linux (64-bit)", Service: "Finances", VCPUs: i % 16, Memory: inventory.GiB(float64(i % 64))})
		if i%10 == 0 {
			p.Findings = append(p.Findings, inventory.Finding{Code: "x", Subject: id, What: "the document does not say how much memory the machine has"})
		}
	}
	p.Failover.Restarts = restarts
	return p, e
}

// BenchmarkKeyToFrame measures a key and the frame after it on a full vCenter,
// at 200×60: what the reader feels. The aim is below 50 ms.
func BenchmarkKeyToFrame(b *testing.B) {
	p, e := fullVCenter()
	m := opened(b, p, e, wording.English(), 200, 60)
	for _, run := range []struct {
		name string
		keys []string
	}{
		{"down", []string{"down"}}, {"sort", []string{"s"}}, {"reverse", []string{"r"}}, {"end and home", []string{"end", "home"}},
	} {
		for _, screen := range []string{"1", "2", "3", "4", "7", "8", "0"} {
			b.Run(run.name+" on screen "+screen, func(b *testing.B) {
				press(m, screen)
				m.View()
				for b.Loop() {
					press(m, run.keys...)
					m.View()
				}
			})
		}
	}
	b.Run("letters of a filter", func(b *testing.B) {
		press(m, "4", "/")
		for b.Loop() {
			typed(m, "9")
			m.View()
			press(m, "backspace")
			m.View()
		}
		press(m, "esc")
	})
	b.Run("regular expression", func(b *testing.B) {
		press(m, "4", "/")
		typed(m, "guest-.*7")
		for b.Loop() {
			typed(m, "$")
			m.View()
			press(m, "backspace")
			m.View()
		}
		press(m, "esc")
	})
}

// BenchmarkOpen measures what stands between a plan that is read and its first
// frame.
func BenchmarkOpen(b *testing.B) {
	p, e := fullVCenter()
	for b.Loop() {
		opened(b, p, e, wording.English(), 200, 60).View()
	}
}
