package carbon_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sobre/carbon"
	"sobre/inventory"
)

func xeon(model string, sockets int) inventory.CPU {
	return inventory.CPU{Model: model, Sockets: sockets}
}

func TestPowerLadder(t *testing.T) {
	watts := inventory.Watts
	used := inventory.Use{CPU: inventory.Stat{Mean: inventory.PercentLevel(20)}}
	tests := []struct {
		name       string
		host       inventory.Host
		rung       carbon.Rung
		low, high  float64 // W at 10 % load
		sameAsMean float64 // W at 20 % load; 0: not checked
	}{
		{"metered", inventory.Host{ID: "h", Power: inventory.HostPower{Metered: inventory.KWhPerYear(1752), Mean: watts(500)}, Use: used}, carbon.Metered, 100, 200, 200},
		{"measured", inventory.Host{ID: "h", Power: inventory.HostPower{Mean: watts(150), Idle: watts(10)}, Use: used, CPU: xeon("Xeon E5540", 2)}, carbon.Measured, 80, 150, 150},
		{"given", inventory.Host{Power: inventory.HostPower{Idle: watts(100), Max: watts(300)}, Year: 2018}, carbon.Given, 121, 160, 0},
		{"exact", inventory.Host{CPU: xeon("Intel(R) Xeon(R) CPU 5160 @ 3.00GHz", 2)}, carbon.ExactCPU, 200, 260, 0},
		{"family", inventory.Host{CPU: xeon("Xeon 5110", 2)}, carbon.Family, 150, 280, 0},
		{"TDP", inventory.Host{CPU: xeon("Pentium III 1266MHz", 2)}, carbon.Nameplate, 60, 180, 0},
		{"year", inventory.Host{Year: 2008, CPU: inventory.CPU{Sockets: 2}}, carbon.Class, 150, 280, 0},
		{"before all results", inventory.Host{Year: 2001}, carbon.Class, 150, 280, 0},
		{"nothing", inventory.Host{}, carbon.Default, 60, 250, 0},
	}
	last := 1.0
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := carbon.PowerOf(tt.host)
			if c.Rung != tt.rung || c.At(0.1) < tt.low || c.At(0.1) > tt.high {
				t.Errorf("rung %s with %.0f W at 10 %%, want %s with %.0f to %.0f W", c.Rung, c.At(0.1), tt.rung, tt.low, tt.high)
			}
			if tt.sameAsMean > 0 {
				near(t, "W at the measured load", c.At(0.2), tt.sameAsMean, 1e-9)
			}
			if c.GSD < last {
				t.Errorf("a lower rung is more certain: %g after %g", c.GSD, last)
			}
			last = c.GSD
		})
	}
}

func TestGivenIdleAndMaxBendAsTheirYearDoes(t *testing.T) {
	h := inventory.Host{Year: 2019, Power: inventory.HostPower{Idle: inventory.Watts(100), Max: inventory.Watts(500)}}
	c := carbon.PowerOf(h)
	near(t, "idle", c.Idle(), 100, 1e-9)
	near(t, "max", c.Max(), 500, 1e-9)
	if straight := 140.0; c.At(0.1) <= straight*1.1 {
		t.Errorf("%.0f W at 10 %% load is the straight line's, which is far too low", c.At(0.1))
	}
}

// TestCurvesRise holds for any host: no curve falls with load, none is
// negative or without end.
func TestCurvesRise(t *testing.T) {
	models := inventory.CPUModels()
	rapid.Check(t, func(t *rapid.T) {
		h := inventory.Host{
			ID:   "h",
			Year: rapid.IntRange(0, 2030).Draw(t, "year"),
			CPU: inventory.CPU{
				Model:   rapid.SampledFrom(models).Draw(t, "cpu").Name,
				Sockets: rapid.IntRange(0, 8).Draw(t, "sockets"), Cores: rapid.IntRange(0, 500).Draw(t, "cores"),
			},
			Memory: inventory.GiB(rapid.Float64Range(0, 8192).Draw(t, "memory")),
		}
		c := carbon.PowerOf(h)
		last := 0.0
		for load := 0.0; load <= 1; load += 0.05 {
			w := c.At(load)
			if !(w > 0) || math.IsInf(w, 0) || w < last-1e-9 {
				t.Fatalf("%s: %.1f W at %.2f after %.1f W", h.CPU.Model, w, load, last)
			}
			last = w
		}
		if got := carbon.Throughput(h.CPU, h.Year); !(got.Ops > 0) || math.IsInf(got.Ops, 0) {
			t.Fatalf("throughput of %+v is %v", h.CPU, got.Ops)
		}
	})
}

func TestThroughput(t *testing.T) {
	old := carbon.Throughput(xeon("Xeon 5160", 2), 2007)
	blade := carbon.Throughput(xeon("Xeon Platinum 8380", 2), 2021)
	if old.Rung != carbon.ExactCPU || blade.Rung != carbon.ExactCPU {
		t.Fatalf("rungs %s and %s, want exact", old.Rung, blade.Rung)
	}
	if part := 0.10 * old.Ops / blade.Ops; part > 0.01 {
		t.Errorf("10 %% of a server of 2007 is %.1f %% of a modern one, want well under 1 %%", 100*part)
	}
	one, two := carbon.Throughput(xeon("Xeon E5540", 1), 0), carbon.Throughput(xeon("Xeon E5540", 2), 0)
	near(t, "one socket of two", one.Ops/two.Ops, 0.5, 0.02)
	unknown := carbon.Throughput(inventory.CPU{Cores: 8, Clock: inventory.MHz(2500)}, 2012)
	if unknown.Rung != carbon.Clock || unknown.Ops < 300_000 || unknown.Ops > 1_500_000 {
		t.Errorf("8 cores at 2.5 GHz of 2012 do %.0f on rung %s", unknown.Ops, unknown.Rung)
	}
}

func TestManufacture(t *testing.T) {
	rack := inventory.Host{Year: 2022, CPU: inventory.CPU{Model: "Xeon Gold 6330", Sockets: 2}, Memory: inventory.GiB(256)}
	blade := rack
	blade.Chassis = "enc-1"
	r, b := carbon.Manufacture(rack), carbon.Manufacture(blade)
	if r.GWP < 465 || r.GWP > 2503 {
		t.Errorf("%.0f kgCO2e is outside the sheets of 48 servers", r.GWP)
	}
	near(t, "what a rack server has more than a blade", r.GWP-b.GWP, 150-30.9+2*2.99*24.3, 1e-9)
	more := rack
	more.Memory = inventory.GiB(512)
	if m := carbon.Manufacture(more); m.GWP <= r.GWP || m.ADP <= r.ADP || m.PE <= r.PE {
		t.Errorf("more memory costs nothing: %+v after %+v", m, r)
	}
}
