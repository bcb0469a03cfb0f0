package cost_test

import (
	"math"
	"strings"
	"testing"

	"sobre/cost"
	"sobre/inventory"
)

func TestReadTellsWhatIsWrong(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"unknown metric": {"licences: [{name: a, for: b, metric: cores, price: 1 EUR}]", `did you mean "core"?`},
		"unknown field":  {"licences:\n- {name: a, fro: b}", `f:2: licences[0]: unknown field "fro"; did you mean "for"?`},
		"no price":       {"licences: [{name: a, for: b, metric: core}]", "licence a has no price"},
		"no purpose":     {"licences: [{name: a, metric: core, price: 1 EUR}]", "does not say what it is for"},
		"twice":          {"licences: [{name: a, for: b, metric: core, price: 1 EUR}, {name: a, for: b, metric: core, price: 1 EUR}]", "licence a stands twice"},
		"bad pattern":    {"licences: [{name: a, for: b, os: ['[x'], metric: core, price: 1 EUR}]", "pattern"},
		"negative":       {"licences: [{name: a, for: b, metric: core, price: 1 EUR, pack: -2}]", "negative"},
	}
	for name, tt := range tests {
		_, err := cost.Read(strings.NewReader(tt.text), "f")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("licences: [{name: a, for: b, metric: core, price: 1 EUR, pack: 2, covers: 2, factor: 0.5}]")
	f.Add(`{"licences": [{"name": "a", "for": "b", "os": ["*"], "metric": "vcpu", "price": "3 EUR", "reach": "reachable"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		licences, err := cost.Read(strings.NewReader(text), "f")
		if err != nil {
			return
		}
		m := cost.Machine{ID: "h", Hypervisor: true, Sockets: 2, Cores: 16, Workloads: []inventory.Workload{{OS: "x", VCPUs: 2, Licences: []string{"b"}}}}
		for _, b := range cost.LicenceBills(licences, []cost.Machine{m}, 5) {
			if !(b.Units >= 0) || math.IsNaN(b.PerYear) {
				t.Errorf("bill %+v of %q", b, text)
			}
		}
	})
}
