package carbon

import (
	"math"
	"slices"
)

// hostPair is a host before and after, either of which may be missing.
type hostPair struct {
	id            string
	before, after *HostLoad
	curve         Curve
	inherited     float64 // doubt of the load of a host that is in after only; 0: none
}

// pairs joins the hosts of two scenarios by ID, in the order of IDs.
func pairs(before, after Scenario) []hostPair {
	byID := map[string]*hostPair{}
	var ids []string
	pair := func(h *HostLoad) *hostPair {
		p, ok := byID[h.Host.ID]
		if !ok {
			p = &hostPair{id: h.Host.ID}
			byID[h.Host.ID] = p
			ids = append(ids, h.Host.ID)
		}
		return p
	}
	for i := range before.Hosts {
		pair(&before.Hosts[i]).before = &before.Hosts[i]
	}
	for i := range after.Hosts {
		pair(&after.Hosts[i]).after = &after.Hosts[i]
	}
	slices.Sort(ids)
	list := make([]hostPair, 0, len(ids))
	for _, id := range ids {
		p := *byID[id]
		p.curve = PowerOf(p.any().Host)
		list = append(list, p)
	}
	inherit(list)
	return list
}

// any is the host's facts, from before where it was there.
func (p hostPair) any() *HostLoad {
	if p.before != nil {
		return p.before
	}
	return p.after
}

// watts is the power of a host in a scenario at a deviate of its load; nil is a
// host that is not in it.
func (p hostPair) watts(h *HostLoad, z float64) float64 {
	if h == nil || h.State == Off {
		return 0
	}
	if h.State == Standby {
		return StandbyWatts
	}
	k := math.Pow(p.loadGSD(h), z)
	if len(h.Profile) == 0 {
		return p.curve.At(h.Load * k)
	}
	sum := 0.0
	for _, load := range h.Profile {
		sum += p.curve.At(load * k)
	}
	return sum / float64(len(h.Profile))
}

// loadGSD is the doubt of a host's load. Where power itself was measured at
// that load, the doubt of the load is in it already.
func (p hostPair) loadGSD(h *HostLoad) float64 {
	switch {
	case p.curve.Rung == Metered || p.curve.Rung == Measured:
		return 1
	case p.before == nil && h.LoadGSD == 0 && p.inherited > 0:
		return p.inherited
	}
	return h.loadGSD()
}

func (h *HostLoad) loadGSD() float64 {
	switch {
	case h.LoadGSD > 0:
		return h.LoadGSD
	case !h.Host.Use.CPU.IsZero():
		return measuredLoadGSD
	}
	return assumedLoadGSD
}

// inherit gives hosts that are in after only the doubt of the loads that move
// to them: the geometric mean of those before.
func inherit(hosts []hostPair) {
	var sum, n float64
	for _, p := range hosts {
		if p.before != nil {
			sum += math.Log(p.before.loadGSD())
			n++
		}
	}
	if n == 0 {
		return
	}
	for i := range hosts {
		hosts[i].inherited = math.Exp(sum / n)
	}
}

// Doubt of a mean CPU load: measured, and assumed.
const (
	measuredLoadGSD = 1.1
	assumedLoadGSD  = 1.4
	chassisGSD      = 1.2
)

func running(h *HostLoad) bool { return h != nil && (h.State == On || h.State == "") }
func standby(h *HostLoad) bool { return h != nil && h.State == Standby }
