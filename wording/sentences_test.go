package wording_test

import (
	"strings"
	"testing"

	"sobre/wording"
)

func TestSay(t *testing.T) {
	en, fr := wording.English(), wording.French()
	tests := []struct{ english, french string }{
		{"", ""},
		{"out of scope", "hors du périmètre"},
		{"licence terms of 13 workloads", "clauses de licence de 13 charges"},
		{"needs 12.5 GiB of memory; of the 3 hosts it may use the emptiest has 4.0 GiB of memory left",
			"demande 12,5 Gio de mémoire ; des 3 hôtes permis, au plus vide il reste 4,0 Gio de mémoire"},
		{"host a is to be retired, but w stays on it (pinned by usb dongle)", "l'hôte a doit être retiré, mais w y reste (fixée par une clé USB : dongle)"},
		{"needs ; the roomiest", "needs ; the roomiest"},
		{"a sentence that nobody wrote", "a sentence that nobody wrote"},
		{"rules: a; b", "règles : a; b"},
		{"%s", "%s"},
	}
	for _, tt := range tests {
		if got := fr.Say(tt.english); got != tt.french {
			t.Errorf("French of %q: %q, want %q", tt.english, got, tt.french)
		}
		if got := en.Say(tt.english); got != tt.english {
			t.Errorf("English of %q: %q", tt.english, got)
		}
	}
}

// FuzzSay holds that no text breaks the templates, and that nothing of a name
// in a sentence is lost.
func FuzzSay(f *testing.F) {
	f.Add("pinned by usb %s%!(EXTRA)")
	f.Add("rule \x00 cannot be kept: rule b leaves no host for it")
	f.Fuzz(func(t *testing.T, name string) {
		fr := wording.French()
		fr.Say(name)
		if name == "" || strings.ContainsAny(name, " .") || wording.Known(name) || wording.Known("usb "+name) {
			return
		}
		if got := fr.Say("pinned by usb " + name); !strings.HasSuffix(got, name) {
			t.Errorf("%q became %q", name, got)
		}
	})
}
