package inventory

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed osreleases.csv
var osReleaseTable string

// OSRelease is a release of an operating system and how long its maker mends it.
type OSRelease struct {
	Name     string // "Windows Server 2008 R2", "Debian 12"
	Released Date
	Full     Date   // last day of full support; unknown where there is one phase only
	End      Date   // last day of security fixes for every customer, without paid extensions
	Source   string // who publishes the dates, as the table's head explains: "microsoft"
}

// Support is the state of support of an operating system on a day.
type Support string

// The states of support.
const (
	Supported Support = "supported" // mended in full
	Extended  Support = "extended"  // security fixes only
	Ended     Support = "ended"     // no fixes but by paid extension
	NoSupport Support = "unknown"   // the table does not hold it, or no day is known
)

// On is the state of support on a day.
func (r OSRelease) On(day Date) Support {
	switch {
	case !day.Known() || !r.End.Known():
		return NoSupport
	case day.Time().After(r.End.Time()):
		return Ended
	case r.Full.Known() && day.Time().After(r.Full.Time()):
		return Extended
	}
	return Supported
}

// LookUpOS finds a release by what an agent, a hypervisor or a person writes:
// "Microsoft(R) Windows(R) Server 2003, Standard Edition", "Red Hat Enterprise
// Linux Server release 5.4 (Tikanga)", "Debian GNU/Linux 12 (64-bit)". It tells
// false for what the built-in table does not hold, and for guesses such as
// "CentOS 4/5/6" or "Windows Server 2016 or later": those name no release.
func LookUpOS(text string) (OSRelease, bool) {
	if strings.Contains(text, "or later") || strings.Contains(text, "4/5") {
		return OSRelease{}, false
	}
	words := strings.Fields(PlainHeader(strings.NewReplacer("(R)", " ", "(r)", " ", "®", " ", "™", " ", "(TM)", " ").Replace(CleanText(text))))
	name := windowsName(words)
	if name == "" {
		name = unixName(words)
	}
	r, ok := osReleases()[name]
	return r, ok
}

// OSReleases lists the built-in table by name.
func OSReleases() []OSRelease {
	table := osReleases()
	var list []OSRelease
	for _, k := range sortedKeys(table) {
		list = append(list, table[k])
	}
	return list
}

// osReleases reads the embedded table once, by name; read-only afterwards.
var osReleases = sync.OnceValue(func() map[string]OSRelease {
	table := map[string]OSRelease{}
	for line := range strings.Lines(osReleaseTable) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) != 5 || strings.HasPrefix(line, "#") || f[0] == "name" {
			continue
		}
		r := OSRelease{Name: f[0], Source: f[4]}
		for i, d := range []*Date{&r.Released, &r.Full, &r.End} {
			if f[1+i] != "" {
				*d, _ = ParseDate(f[1+i]) // a test reads every row
			}
		}
		table[strings.ToLower(r.Name)] = r
	}
	return table
})

// windowsName is the name of a Windows in the table, "" for other systems.
func windowsName(words []string) string {
	if !slices.Contains(words, "windows") && !slices.Contains(words, "win") {
		return ""
	}
	for i, w := range words {
		if len(w) == 4 && strings.HasPrefix(w, "20") && allDigits(w) {
			if slices.Contains(words[i:], "r2") {
				return "windows server " + w + " r2"
			}
			return "windows server " + w
		}
	}
	for i, w := range words {
		switch w {
		case "nt":
			return "windows nt 4"
		case "8":
			if i+1 < len(words) && words[i+1] == "1" {
				return "windows 8.1"
			}
			return "windows 8"
		case "xp", "vista", "7", "10", "11":
			return "windows " + w
		}
	}
	return ""
}

// unixName is the name of another system in the table, "" when it is not known.
func unixName(words []string) string {
	for _, p := range []struct {
		signs string // words that follow one another
		name  string
		parts int // of the version
	}{
		{"centos stream", "centos stream", 1}, {"centos", "centos", 1}, {"rocky", "rocky linux", 1}, {"almalinux", "almalinux", 1}, {"alma", "almalinux", 1},
		{"oracle linux", "oracle linux", 1}, {"red hat", "red hat enterprise linux", 1}, {"redhat", "red hat enterprise linux", 1}, {"rhel", "red hat enterprise linux", 1},
		{"proxmox", "proxmox ve", 1}, {"ubuntu", "ubuntu", 2}, {"debian", "debian", 1}, {"suse linux enterprise", "suse linux enterprise", 1}, {"sles", "suse linux enterprise", 1},
		{"esxi", "vmware esxi", 2}, {"esx", "vmware esxi", 2}, {"solaris", "solaris", 1},
	} {
		if v := versionAfter(words, strings.Fields(p.signs), p.parts); v != "" {
			return p.name + " " + v
		}
	}
	return ""
}

// versionAfter is the version that stands somewhere behind the signs.
func versionAfter(words, signs []string, parts int) string {
	for i := range words {
		if i+len(signs) > len(words) || !slices.Equal(words[i:i+len(signs)], signs) {
			continue
		}
		for k, w := range words[i+len(signs):] {
			if !allDigits(w) || w == "64" || w == "32" {
				continue
			}
			rest := words[i+len(signs)+k:]
			if parts == 2 && len(rest) > 1 && allDigits(rest[1]) {
				return rest[0] + "." + rest[1]
			}
			return w
		}
	}
	return ""
}
