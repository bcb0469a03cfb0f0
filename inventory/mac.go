package inventory

import (
	"slices"
	"strconv"
	"strings"
)

// OwnMACs are the addresses of network cards by which a machine can be known
// again: lower case with colons, sorted, each once. What is no address of one
// card is left out: all zero, broadcast, multicast, and those of container
// bridges. Of a physical machine the addresses that software made up go too, as
// bridges and the adapters of its guests have them; of a guest they are its own.
func OwnMACs(raw []string, guest bool) []string {
	var out []string
	for _, text := range raw {
		mac := plainMAC(text)
		if mac == "" || strings.HasPrefix(mac, "02:42:") || mac == "00:00:00:00:00:00" {
			continue
		}
		first, err := strconv.ParseUint(mac[:2], 16, 8)
		multicast, local := first&1 != 0, first&2 != 0
		if err != nil || multicast || local && !guest || !guest && isGuestMAC(mac) {
			continue
		}
		out = append(out, mac)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plainMAC writes an address in lower case with colons, "" for what is none.
func plainMAC(text string) string {
	hex := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'f':
			return r
		case r >= 'A' && r <= 'F':
			return r + 'a' - 'A'
		case r == ':' || r == '-' || r == '.' || r == ' ':
			return -1
		}
		return 'x'
	}, text)
	if len(hex) != 12 || strings.Contains(hex, "x") {
		return ""
	}
	pairs := make([]string, 6)
	for i := range pairs {
		pairs[i] = hex[2*i : 2*i+2]
	}
	return strings.Join(pairs, ":")
}

// isGuestMAC tells addresses of hypervisors' guests and their own switches
// (IEEE registration authority: VMware, Hyper-V, Xen, VirtualBox, Parallels).
func isGuestMAC(mac string) bool {
	for _, p := range []string{"00:50:56", "00:0c:29", "00:05:69", "00:15:5d", "00:16:3e", "08:00:27", "00:1c:42"} {
		if strings.HasPrefix(mac, p) {
			return true
		}
	}
	return false
}
