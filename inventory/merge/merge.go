package merge

import (
	"reflect"
	"slices"
	"strings"

	"sobre/inventory"
)

// Result is one estate made of several, and how.
type Result struct {
	Estate    *inventory.Estate `json:"-" yaml:"-"`
	Machines  int               `json:"machines" yaml:"machines"` // hosts and workloads of the result
	Merged    []Match           `json:"merged" yaml:"merged"`
	Refused   []Refusal         `json:"refused" yaml:"refused"`
	Conflicts []Conflict        `json:"conflicts" yaml:"conflicts"`
	Unused    []string          `json:"unused_decisions,omitempty" yaml:"unused_decisions,omitempty"` // decisions that name no machine
	guests    []guestHost
}

// Match is one machine that several inventories hold.
type Match struct {
	Kind string   `json:"kind" yaml:"kind"`      // host | workload
	ID   string   `json:"id" yaml:"id"`          // in the result
	Seen []Seen   `json:"seen" yaml:"seen,flow"` // as the inventories have it
	By   []string `json:"by" yaml:"by,flow"`     // the evidence: "SMBIOS UUID 4211…"
}

// Seen is a machine as one inventory has it.
type Seen struct {
	Source string `json:"source,omitzero" yaml:"source,omitempty"` // ID of the source in the result; absent: written by hand
	ID     string `json:"id" yaml:"id"`                            // in its own inventory
	Name   string `json:"name,omitzero" yaml:"name,omitempty"`
}

// Refusal is two machines that look like one and were kept apart.
type Refusal struct {
	Kind string `json:"kind" yaml:"kind"`
	A    string `json:"a" yaml:"a"`       // ID in the result
	B    string `json:"b" yaml:"b"`       // ID in the result
	By   string `json:"by" yaml:"by"`     // what they share
	Why  string `json:"why" yaml:"why"`   // why that is not enough
	Open bool   `json:"open" yaml:"open"` // a person could tell: say same or different in the decisions
}

// Conflict is a fact that inventories of one machine tell differently.
type Conflict struct {
	Kind  string `json:"kind" yaml:"kind"`
	ID    string `json:"id" yaml:"id"`
	Field string `json:"field" yaml:"field"`
	Used  string `json:"used" yaml:"used"`
	From  string `json:"from,omitzero" yaml:"from,omitempty"` // source of the value used
	Other string `json:"other" yaml:"other"`
	Of    string `json:"of,omitzero" yaml:"of,omitempty"` // source of the other value
	Rule  string `json:"rule" yaml:"rule"`                // why the one counts
}

// Options says how to merge; its zero value is good.
type Options struct {
	Decisions *Decisions // of people; nil: none
}

// Estates makes one estate of several, which it leaves as they are. One estate
// alone comes back as it is, unless decisions are about its machines.
func Estates(estates []*inventory.Estate, o Options) *Result {
	if o.Decisions == nil {
		o.Decisions = &Decisions{}
	}
	estates = distinct(estates)
	if len(estates) == 1 && o.Decisions.empty() {
		return &Result{Estate: estates[0], Machines: len(estates[0].Hosts) + len(estates[0].Workloads)}
	}
	m := newMerger(estates, o)
	m.mergeSources()
	m.matchHosts()
	m.mergePlaces()
	m.mergeHosts()
	m.mergeDatastores()
	m.mergeWorkloads()
	m.dropGuestHosts()
	m.mergeRules()
	m.mergeFindings()
	m.result.Estate = m.all
	m.result.Machines = len(m.all.Hosts) + len(m.all.Workloads)
	m.result.Unused = m.wishes.unused()
	return m.result
}

// distinct leaves out estates that stand twice.
func distinct(estates []*inventory.Estate) []*inventory.Estate {
	var out []*inventory.Estate
	for _, e := range estates {
		if !slices.ContainsFunc(out, func(f *inventory.Estate) bool { return reflect.DeepEqual(e, f) }) {
			out = append(out, e)
		}
	}
	return out
}

// merger is the estate being put together.
type merger struct {
	estates []*inventory.Estate
	all     *inventory.Estate
	result  *Result
	wishes  *wishes
	sources map[string]inventory.Source // by ID in the result

	renames   []renames // one an estate
	hosts     *classes
	workloads *classes
}

// renames lead from the IDs of one estate to those in the merged one.
type renames struct {
	sources, chassis, clusters, pools, datastores, hosts, workloads map[string]string
}

// to is the new ID of an old one, or the name itself where it leads nowhere.
func to(m map[string]string, id string) string {
	if new, ok := m[id]; ok {
		return new
	}
	return id
}

func newMerger(estates []*inventory.Estate, o Options) *merger {
	m := &merger{
		estates: estates, all: &inventory.Estate{Version: inventory.Version}, result: &Result{},
		wishes: newWishes(o.Decisions), sources: map[string]inventory.Source{}, renames: make([]renames, len(estates)),
	}
	for i := range m.renames {
		m.renames[i] = renames{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	}
	var names []string
	for _, e := range estates {
		for name := range strings.SplitSeq(e.Name, nameJoint) {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if e.Collected.Time().After(m.all.Collected.Time()) {
			m.all.Collected = e.Collected
		}
	}
	slices.Sort(names)
	m.all.Name = strings.Join(names, nameJoint)
	return m
}

// nameJoint stands between the names of estates that were merged.
const nameJoint = " + "

// origins are the origins of a record of estate i with the sources' new IDs.
func (m *merger) origins(i int, from []inventory.Origin) []inventory.Origin {
	if len(from) == 0 {
		return nil
	}
	out := slices.Clone(from)
	for k := range out {
		out[k].Source = to(m.renames[i].sources, out[k].Source)
	}
	return out
}
