package cost

import (
	"cmp"
	"slices"
)

// LicenceBill is what one licence costs on a set of hosts.
type LicenceBill struct {
	Name    string  `json:"name" yaml:"name"`
	For     string  `json:"for" yaml:"for"`
	Units   float64 `json:"units" yaml:"units"`
	PerYear float64 `json:"per_year" yaml:"per_year"` // subscription, or support
	// Once is what units paid once cost that are not owned yet: what the estate
	// is licensed for today counts as owned.
	Once  float64  `json:"once,omitzero" yaml:"once,omitempty"`
	Owned float64  `json:"owned,omitzero" yaml:"owned,omitempty"` // of Units
	Hosts []string `json:"hosts" yaml:"hosts"`                    // IDs that count, in order
}

// LicenceBills counts licences over hosts. Of alternatives for the same thing
// each host takes the cheapest by the year, purchases spread over years; a
// minimum order counts once over all hosts.
func LicenceBills(licences []Licence, machines []Machine, years float64) []LicenceBill {
	bills := make([]LicenceBill, len(licences))
	for i, l := range licences {
		bills[i] = LicenceBill{Name: l.Name, For: l.For}
	}
	for _, m := range machines {
		for _, what := range purposes(licences) {
			i, units := cheapest(licences, what, m, machines, years)
			if i >= 0 {
				bills[i].Units += units
				bills[i].Hosts = append(bills[i].Hosts, m.ID)
			}
		}
	}
	var list []LicenceBill
	for i, l := range licences {
		b := bills[i]
		if l.Metric == PerInstance && anyNeeds(l, machines) {
			b.Units = 1
		}
		if b.Units == 0 {
			continue
		}
		b.Units = max(b.Units, float64(l.LeastOrder))
		b.PerYear, b.Once = l.money(b.Units)
		slices.Sort(b.Hosts)
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b LicenceBill) int { return cmp.Or(cmp.Compare(a.For, b.For), cmp.Compare(a.Name, b.Name)) })
	return list
}

// owned takes off a bill what is owned of licences paid once, by name: those
// units cost their support only.
func (b LicenceBill) owned(have map[string]float64) LicenceBill {
	if b.Once == 0 || b.Units == 0 {
		return b
	}
	b.Owned = min(b.Units, have[b.Name])
	b.Once *= 1 - b.Owned/b.Units
	return b
}

// OwnedUnits is what hosts are licensed for today, by licence: units paid once
// that a plan does not pay again.
func OwnedUnits(licences []Licence, machines []Machine, years float64) map[string]float64 {
	have := map[string]float64{}
	for _, b := range LicenceBills(licences, machines, years) {
		if b.Once > 0 {
			have[b.Name] = b.Units
		}
	}
	return have
}

// Yearly is what licences cost a year on a set of hosts, new units of those paid
// once spread over years.
func Yearly(licences []Licence, machines []Machine, owned map[string]float64, years float64) float64 {
	sum := 0.0
	for _, b := range LicenceBills(licences, machines, years) {
		b = b.owned(owned)
		sum += b.PerYear + b.Once/years
	}
	return sum
}

// money is what units cost a year and once.
func (l Licence) money(units float64) (perYear, once float64) {
	amount := units * l.Price.Amount()
	if l.Once {
		return amount * l.Support.Fraction(), amount
	}
	return amount, 0
}

// purposes lists what licences are for, each once, in order.
func purposes(licences []Licence) []string {
	var list []string
	for _, l := range licences {
		list = append(list, l.For)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// cheapest picks among the licences for a purpose the one that costs a host
// least; -1 when it needs none.
func cheapest(licences []Licence, what string, m Machine, machines []Machine, years float64) (best int, units float64) {
	best, least := -1, 0.0
	for i, l := range licences {
		if l.For != what || l.Metric == PerInstance {
			continue
		}
		vcpus := needing(l, m)
		if !counts(l, m, machines, len(vcpus)) {
			continue
		}
		if c := l.PerYear(m, vcpus, years); best < 0 || c < least {
			best, least, units = i, c, l.Units(m, vcpus)
		}
	}
	return best, units
}

// HostPrice is what a host costs a year under the cheapest of the licences for
// a purpose when workloads that need it are on it, with vcpus vCPUs each;
// purchases are spread over years. 0: there is none.
func HostPrice(licences []Licence, what string, m Machine, vcpus []int, years float64) float64 {
	best, found := 0.0, false
	for _, l := range licences {
		if l.For != what || l.Metric == PerInstance {
			continue
		}
		if c := l.PerYear(m, vcpus, years); !found || c < best {
			best, found = c, true
		}
	}
	return best
}

// needing lists the vCPUs of each workload on a host that needs a licence.
func needing(l Licence, m Machine) []int {
	var vcpus []int
	for _, w := range m.Workloads {
		if l.Needed(w) {
			vcpus = append(vcpus, w.VCPUs)
		}
	}
	return vcpus
}

// counts tells whether a host has to be licensed.
func counts(l Licence, m Machine, machines []Machine, workloads int) bool {
	switch l.Reach {
	case All:
		return m.Hypervisor
	case Reachable:
		if workloads > 0 {
			return true
		}
		return m.Hypervisor && m.Cluster != "" && !slices.Contains(m.Closed, l.For) && slices.ContainsFunc(machines, func(other Machine) bool {
			return other.Cluster == m.Cluster && len(needing(l, other)) > 0
		})
	}
	return workloads > 0
}

func anyNeeds(l Licence, machines []Machine) bool {
	return slices.ContainsFunc(machines, func(m Machine) bool { return len(needing(l, m)) > 0 })
}
