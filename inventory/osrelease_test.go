package inventory_test

import (
	"testing"

	"sobre/inventory"
)

func TestLookUpOS(t *testing.T) {
	tests := []struct {
		text, want string
	}{
		{"Microsoft(R) Windows(R) Server 2003, Standard Edition", "Windows Server 2003"},
		{"Microsoft Windows Server 2008 R2 (64-bit)", "Windows Server 2008 R2"},
		{"Windows Server 2003 R2 Enterprise x64 Edition", "Windows Server 2003 R2"},
		{"Microsoft Windows 2000 Server", "Windows Server 2000"},
		{"Microsoft Windows NT Server 4.0", "Windows NT 4"},
		{"Windows 10 Pro", "Windows 10"},
		{"Microsoft Windows Server 2016 or later (64-bit)", ""},
		{"Red Hat Enterprise Linux Server release 5.4 (Tikanga)", "Red Hat Enterprise Linux 5"},
		{"Red Hat Enterprise Linux 7 (64-bit)", "Red Hat Enterprise Linux 7"},
		{"CentOS 4/5/6 (64-bit)", ""}, {"CentOS Linux 7 (Core)", "CentOS 7"}, {"CentOS Stream 9", "CentOS Stream 9"},
		{"Debian GNU/Linux 12 (64-bit)", "Debian 12"}, {"Debian GNU/Linux 4.0", "Debian 4"}, {"Debian GNU/Linux", ""},
		{"Ubuntu 20.04.6 LTS", "Ubuntu 20.04"}, {"Ubuntu Linux (64-bit)", ""}, {"SUSE Linux Enterprise 15 (64-bit)", "SUSE Linux Enterprise 15"},
		{"VMware ESXi 7.0.3 build-20328353", "VMware ESXi 7.0"}, {"Oracle Linux Server 8.9", "Oracle Linux 8"}, {"", ""}, {"Other (32-bit)", ""},
	}
	for _, tt := range tests {
		got, ok := inventory.LookUpOS(tt.text)
		if got.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is %q, want %q", tt.text, got.Name, tt.want)
		}
	}
}

func TestSupportOnADay(t *testing.T) {
	r, _ := inventory.LookUpOS("Windows Server 2003")
	for day, want := range map[string]inventory.Support{
		"2009-11-02": inventory.Supported, "2010-07-13": inventory.Supported, "2010-07-14": inventory.Extended,
		"2015-07-14": inventory.Extended, "2015-07-15": inventory.Ended,
	} {
		if got := r.On(mustDate(day)); got != want {
			t.Errorf("on %s it is %s, want %s", day, got, want)
		}
	}
	if got := r.On(inventory.Date{}); got != inventory.NoSupport {
		t.Errorf("on no day it is %s", got)
	}
}

// TestOSReleasesAreWhole reads every row and finds it by its own name.
func TestOSReleasesAreWhole(t *testing.T) {
	list := inventory.OSReleases()
	if len(list) < 70 {
		t.Fatalf("%d releases", len(list))
	}
	for _, r := range list {
		if got, ok := inventory.LookUpOS(r.Name); !ok || got.Name != r.Name {
			t.Errorf("%s is found as %q", r.Name, got.Name)
		}
		if !r.Released.Known() || !r.End.Known() || r.End.Time().Before(r.Released.Time()) || r.Full.Known() && r.Full.Time().After(r.End.Time()) || r.Source == "" {
			t.Errorf("dates of %s: %s, %s, %s by %q", r.Name, r.Released, r.Full, r.End, r.Source)
		}
	}
}

func FuzzLookUpOS(f *testing.F) {
	f.Add("Windows (R) 2003 r2 \xff")
	f.Fuzz(func(t *testing.T, s string) { inventory.LookUpOS(s) })
}
