package carbon_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/inventory"
)

func TestEverySourceIsWhole(t *testing.T) {
	sources := carbon.Sources()
	if len(sources) < 15 {
		t.Fatalf("%d sources: the table does not read", len(sources))
	}
	for _, s := range sources {
		if s.Publisher == "" || s.Title == "" || s.Year == "" || s.Licence == "" || s.Link == "" {
			t.Errorf("source %s lacks publisher, title, year, licence or link: %+v", s.ID, s)
		}
	}
}

func TestEveryFactorNamesItsSource(t *testing.T) {
	countries := carbon.Countries()
	if len(countries) < 200 {
		t.Fatalf("%d countries: the tables do not read", len(countries))
	}
	for _, code := range countries {
		factors, err := carbon.Factors(code)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, f := range factors {
			s := f.Source
			if s.Publisher == "" || s.Title == "" || s.Year == "" || s.Licence == "" || s.Link == "" || f.Scope == "" || f.Year < 2000 || f.Grams < 0 || f.Grams > 1500 {
				t.Errorf("factor %+v is not whole", f)
			}
			if seen[f.ID] {
				t.Errorf("factor ID %s stands twice", f.ID)
			}
			seen[f.ID] = true
		}
	}
}

func TestGridFactor(t *testing.T) {
	tests := []struct {
		country string
		year    int
		grams   float64
		source  string
	}{
		{"FR", 0, 51.9, "ademe"}, {"fr", 2026, 51.9, "ademe"}, {"FR", 2021, 56.9, "ademe-2021"}, {"FR", 2009, 75.6, "owid"},
		{"DE", 0, 344.1, "owid"}, {"RE", 0, 525.2, "owid"}, {"GP", 2024, 493.9, "owid"}, {"FR", 1990, 85.5, "owid"},
		{"FR", 2023, 52.0, "ademe-2022"}, {"YT", 0, 567, "electricitymaps"}, {"FR-COR", 0, 546, "electricitymaps"},
	}
	for _, tt := range tests {
		f, err := carbon.GridFactor(tt.country, tt.year)
		if err != nil || f.Grams != tt.grams || f.Source.ID != tt.source {
			t.Errorf("GridFactor(%s, %d) = %v from %s, %v; want %v from %s", tt.country, tt.year, f.Grams, f.Source.ID, err, tt.grams, tt.source)
		}
	}
	for _, code := range strings.Fields("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE EU GP MQ GF RE YT PM NC PF FR-COR") {
		if _, err := carbon.GridFactor(code, 0); err != nil {
			t.Error(err)
		}
	}
	if _, err := carbon.GridFactor("FX", 0); err == nil {
		t.Error("there is no such country, yet it got a factor")
	}
	fr, err := carbon.Factors("FR")
	if err != nil || fr[0].ID != "grid.FR.ademe" || len(fr) < 10 {
		t.Errorf("the factors of France start with %s, %d in all", fr[0].ID, len(fr))
	}
}

func TestEveryAssumptionNamesItsSource(t *testing.T) {
	before, after := twentyToThree(0.05)
	after.Hosts[0].Bought = true
	before.Hosts = append(before.Hosts, carbon.HostLoad{Host: inventory.Host{ID: "unknown"}, Load: 0.1},
		carbon.HostLoad{Host: inventory.Host{ID: "blade", Chassis: "c", CPU: inventory.CPU{Model: "Xeon E5540", Sockets: 2}}, Load: 0.1})
	before.Chassis = []carbon.ChassisLoad{{ID: "c"}}
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	ids := ""
	for _, a := range r.Assumptions {
		if a.ID == "" || a.What == "" || a.Source == "" || a.Low > a.Value || a.High < a.Value || a.ID <= ids {
			t.Errorf("assumption %+v is not whole, or out of order after %q", a, ids)
		}
		ids = a.ID
		if !strings.HasPrefix(a.Source, "given") && a.Licence == "" {
			t.Errorf("assumption %s names no licence", a.ID)
		}
	}
	for _, want := range []string{"chassis", "fixed-share", "grid.FR.ademe", "pue", "load", "hours", "power.configuration"} {
		found := false
		for _, a := range r.Assumptions {
			found = found || a.ID == want
		}
		if !found {
			t.Errorf("no assumption %q", want)
		}
	}
}

// TestNoticeNamesEverySource holds that the notice which goes with the program
// names each publisher that built-in figures are from.
func TestNoticeNamesEverySource(t *testing.T) {
	text, err := os.ReadFile("../NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	notice := strings.Join(strings.Fields(string(text)), " ")
	for _, s := range carbon.Sources() {
		for _, publisher := range strings.Split(s.Publisher, "; ") {
			if !strings.Contains(notice, publisher) {
				t.Errorf("NOTICE does not name %s", publisher)
			}
		}
	}
}

// TestEveryAssumptionHasASource refuses a figure that rests on something which
// names neither a publication with licence and link nor whoever gave it.
func TestEveryAssumptionHasASource(t *testing.T) {
	after := carbon.Scenario{Chassis: []carbon.ChassisLoad{{ID: "c", Bought: true}}}
	var before carbon.Scenario
	for i, cpu := range []inventory.CPU{{Model: "Intel Xeon 5160", Sockets: 2}, {Model: "Intel Xeon 5110", Sockets: 1}, {Sockets: 2}, {}} {
		h := inventory.Host{ID: fmt.Sprint("h", i), CPU: cpu, Chassis: "c", Year: []int{2007, 2007, 2015, 0}[i]}
		before.Hosts = append(before.Hosts, carbon.HostLoad{Host: h, Load: 0.1})
		h.ID += "-new"
		after.Hosts = append(after.Hosts, carbon.HostLoad{Host: h, Load: 0.1, Bought: true, State: []carbon.State{carbon.On, carbon.Standby}[i%2]})
	}
	r, err := carbon.Compare(before, after, carbon.Settings{Draws: 2, Contract: inventory.GramsPerKWh(5)})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Assumptions) < 12 {
		t.Fatalf("only %d assumptions", len(r.Assumptions))
	}
	for _, a := range r.Assumptions {
		given := strings.HasPrefix(a.Source, "given")
		if a.What == "" || a.ID == "" || a.Source == "" || !given && (a.Licence == "" || a.Link == "") || a.Low > a.Value || a.High < a.Value {
			t.Errorf("assumption %+v is not whole", a)
		}
	}
}
