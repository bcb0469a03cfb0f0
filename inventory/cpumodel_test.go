package inventory_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sobre/inventory"
)

func TestLookUpCPU(t *testing.T) {
	tests := map[string]string{
		"Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz": "Xeon E5-2650 v2",
		"Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz":  "Xeon E5-2650",
		"Intel Xeon E5-2650v2":                      "Xeon E5-2650 v2",
		"INTEL(R) XEON(R) GOLD 6130 CPU @ 2.10GHZ":  "Xeon Gold 6130",
		"Intel® Xeon® Gold 6248R   CPU @ 3.00GHz":   "Xeon Gold 6248R",
		"Gold 6130":              "Xeon Gold 6130",
		"Intel(R) Xeon(R) 8480+": "Xeon Platinum 8480+",
		"Intel(R) Xeon(R) CPU            5160  @ 3.00GHz":      "Xeon 5160",
		"Intel(R) Xeon(TM) CPU 3.06GHz":                        "Xeon 3.06GHz",
		"Intel(R) Xeon(TM) CPU 3.00GHz [2 core(s) x86_64]":     "Xeon 3GHz",
		"Intel(R) Xeon(R) CPU E5540 @ 2.53GHz [4 core(s) x86]": "Xeon E5540",
		"Intel(R) Pentium(R) 4 CPU 3.00GHz":                    "Pentium 4 3GHz",
		"Intel(R) Pentium(R) III CPU family      1266MHz":      "Pentium III 1266MHz",
		"Dual Core AMD Opteron(tm) Processor 275":              "Opteron 275",
		"Dual-Core AMD Opteron(tm) Processor 2216 HE":          "Opteron 2216 HE",
		"AMD Opteron 2376HE":                                   "Opteron 2376 HE",
		"2.6 GHz AMD Opteron 2435":                             "Opteron 2435",
		"AMD Opteron(tm) Processor 6378":                       "Opteron 6378",
		"AMD EPYC 7351 16-Core Processor":                      "EPYC 7351",
		"AMD EPYC 9965 192-Core Processor":                     "EPYC 9965",
		"Intel Xeon X5570, 2.933 GHz":                          "Xeon X5570",
		"Intel Xeon L5420 (2.5GHz)":                            "Xeon L5420",
		"Intel Xeon E5-2660 2.20 GHz (Intel Turbo":             "Xeon E5-2660",
		"Ampere® Altra® 64-Bit Multi-Core Processor Q64-30":    "Altra Q64-30",
		"xeon e5 2650 V2":                                      "Xeon E5-2650 v2",
		"Intel Xeon-Gold 6130":                                 "Xeon Gold 6130",
		"HPE Xeon-S 4210":                                      "Xeon Silver 4210",
		"Intel Xeon-D 2776NT":                                  "Xeon D-2776NT",
		"Intel X3350":                                          "Xeon X3350",
		"Intel Xeon processor E5345":                           "Xeon E5345",
	}
	for model, want := range tests {
		got, ok := inventory.LookUpCPU(model)
		if !ok || got.Name != want {
			t.Errorf("LookUpCPU(%q) = %q, %v, want %q", model, got.Name, ok, want)
		}
	}
}

func TestLookUpCPUDoesNotGuess(t *testing.T) {
	for _, model := range []string{"", "Intel", "Xeon", "CPU @ 2.00GHz", "Intel Xeon E5-9999", "EPYC", "AMD", "4 core(s)",
		"Virtual CPU a7769a6388d5", "QEMU Virtual CPU version 2.5+", "[[[", "Intel Xeon E5-2650 v9", "e5", "xeon-", "E 5 - 2"} {
		if got, ok := inventory.LookUpCPU(model); ok {
			t.Errorf("LookUpCPU(%q) found %q", model, got.Name)
		}
	}
}

func TestCPUModelsAreWholeAndFoundByTheirName(t *testing.T) {
	models := inventory.CPUModels()
	if len(models) < 800 {
		t.Fatalf("the table has %d rows: some do not parse", len(models))
	}
	for _, m := range models {
		watts, mhz := m.TDP.Watts(), m.Clock.MHz()
		if m.Cores < 1 || m.Threads < m.Cores || m.Threads > 2*m.Cores || mhz < 900 || mhz > 5000 ||
			watts < 10 || watts > 600 || m.Year < 1999 || m.Generation == "" || m.Source == "" {
			t.Errorf("%+v is out of range", m)
		}
		if got, ok := inventory.LookUpCPU(m.Name); !ok || got != m {
			t.Errorf("LookUpCPU(%q) = %+v: two rows share a name", m.Name, got)
		}
	}
}

func FuzzLookUpCPU(f *testing.F) {
	f.Add("Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz [8 core(s) x86_64]")
	f.Add("]([)(")
	f.Add("9e99 GHz\x00v2")
	f.Fuzz(func(t *testing.T, model string) {
		name := inventory.NormaliseCPU(model)
		if !utf8.ValidString(name) || strings.TrimSpace(name) != name {
			t.Errorf("NormaliseCPU(%q) = %q", model, name)
		}
		m, ok := inventory.LookUpCPU(model)
		if ok && m.Cores == 0 {
			t.Errorf("LookUpCPU(%q) found an empty model", model)
		}
	})
}
