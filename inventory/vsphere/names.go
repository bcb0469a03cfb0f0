package vsphere

import (
	"cmp"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"sobre/inventory"
)

// named is an object that is to get an ID.
type named struct {
	ref  reference
	name string
}

// identify gives each object an ID made of its name: the short host name where
// only one object has it, else the whole name, else the name with a number.
// The order in which the server lists objects does not matter.
func identify(objects []named, ids map[reference]string) {
	sorted := slices.Clone(objects)
	slices.SortFunc(sorted, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.name, b.name), compareRefs(a.ref, b.ref))
	})
	uses := map[string]int{}
	for _, o := range sorted {
		uses[shortID(o.name)]++
		if full := plainID(o.name); full != shortID(o.name) {
			uses[full]++
		}
	}
	var unique inventory.IDs
	for _, o := range sorted {
		id := shortID(o.name)
		if uses[id] > 1 {
			id = plainID(o.name)
		}
		ids[o.ref] = unique.Unique(id)
	}
}

// compareRefs orders references by their number, so that vm-9 comes before vm-10.
func compareRefs(a, b reference) int {
	return cmp.Or(cmp.Compare(len(a.Value), len(b.Value)), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Type, b.Type))
}

// plainID is a name in lower case without what has a meaning in rules and
// lists: spaces, commas, and the * and ? that stand for any characters.
func plainID(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,*?\"'", r) {
			return '-'
		}
		return r
	}, name))
}

// shortID is plainID without the domain: what is behind the first dot, where
// that looks like a domain and the name is not an address.
func shortID(name string) string {
	id := plainID(name)
	host, domain, ok := strings.Cut(id, ".")
	if _, err := netip.ParseAddr(id); err == nil || !ok || host == "" || !domainName.MatchString(host+"."+domain) {
		return id
	}
	return host
}

// domainName tells the name of a machine in a domain ("web.mulhouse.fr",
// "esx1.local") from a name with a version ("web.v2") or a path in it.
var domainName = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$`)
