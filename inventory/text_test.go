package inventory_test

import (
	"testing"

	"sobre/inventory"
)

func TestCleanTextDefusesTerminalEscapes(t *testing.T) {
	tests := map[string]string{
		"plain":                          "plain",
		"  padded \t name ":              "padded name",
		"\x1b[31mred\x1b[0m":             "[31mred [0m",
		"a\u202egnp.exe":                 "a gnp.exe",
		"bell\a\x00nul":                  "bell nul",
		"bad\xffbyte":                    "bad byte",
		"État civil – 文書":                "État civil – 文書",
		"new\r\nline\u0085next\u009bcsi": "new line next csi",
	}
	for in, want := range tests {
		if got := inventory.CleanText(in); got != want {
			t.Errorf("CleanText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNormaliseUUID(t *testing.T) {
	tests := map[string]string{
		"421BBABD-0000-1111-2222-333344445555":            "421bbabd-0000-1111-2222-333344445555",
		"42 1b ba bd 00 00 11 11-22 22 33 33 44 44 55 55": "421bbabd-0000-1111-2222-333344445555",
		"{421bbabd000011112222333344445555}":              "421bbabd-0000-1111-2222-333344445555",
		"00000000-0000-0000-0000-000000000000":            "",
		"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF":            "",
		"03000200-0400-0500-0006-000700080009":            "",
		"not a uuid":                                      "",
		"":                                                "",
	}
	for in, want := range tests {
		if got := inventory.NormaliseUUID(in); got != want {
			t.Errorf("NormaliseUUID(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanSerialDropsJunk(t *testing.T) {
	tests := map[string]string{
		"USE2236835 ":            "USE2236835",
		"To Be Filled By O.E.M.": "",
		"XXXXXXXXXX":             "",
		"0":                      "",
		"None":                   "",
		"VMware-42 1b ba bd":     "VMware-42 1b ba bd",
	}
	for in, want := range tests {
		if got := inventory.CleanSerial(in); got != want {
			t.Errorf("CleanSerial(%q) = %q, want %q", in, got, want)
		}
	}
}
