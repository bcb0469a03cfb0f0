package verify

import (
	"sort"

	"sobre/inventory"
	"sobre/planner/plan"
)

// world is the estate and the plan side by side, as section 1 of the method
// reads them.
type world struct {
	plan      *plan.Plan
	estate    *inventory.Estate
	policy    plan.Policy // every default filled in
	catalogue *inventory.Catalogue
	asked     *plan.Policy
	nodes     int
	draws     int

	hosts    []*host          // of the estate, then bought ones, in file order
	byHost   map[string]*host // by ID; the first where an ID stands twice
	items    []*item          // workloads of the estate, in its order
	byItem   map[string]*item
	rules    []*rule
	shown    int      // of names, those that the plan lists
	names    []string // of what is packed, in the order of every vector
	workEach float64  // CPU work of an average core (ΣC/Σn)
	mhzEach  float64  // clock of an average core, MHz (Σnf/Σn)
}

// host is a host of the estate or one that the plan buys.
type host struct {
	id      string
	estate  *inventory.Host      // nil for a bought one
	model   *inventory.HostModel // of a bought one; nil when its model is unknown
	planned *plan.Host           // nil when the plan does not list it

	inService bool // today
	takes     bool // others than what it holds today
	keepNamed bool // hosts.keep names it
	retired   bool // hosts.retire names it

	cluster, chassis, site string

	stays   []*item // what must be on it
	content []*item // what the plan puts on it

	capacity []float64 // before headroom; +Inf: no limit or unknown
	room     []float64 // what may be filled
	work     float64   // CPU work it can do; 0: unknown
}

// item is a workload as the plan has to treat it.
type item struct {
	*inventory.Workload
	home     *host  // where it runs today; nil: nowhere known
	cluster  string // its own or its host's
	excluded string // reason why it is not planned; empty: it is
	stays    bool
	pinned   bool      // by something hard in the workload itself, or by a stay rule
	idle     bool      // a guest that is off or suspended
	demand   []float64 // where it is moved to
	mean     float64   // mean CPU work over the year, without growth or overhead
	at       *host     // where the plan puts it; nil: nowhere
}

func newWorld(p *plan.Plan, e *inventory.Estate, o Options) *world {
	w := &world{
		plan: p, estate: e, policy: p.Policy.WithDefaults(), catalogue: o.Catalogue, asked: o.Policy, nodes: o.Nodes, draws: o.Draws,
		byHost: map[string]*host{}, byItem: map[string]*item{},
	}
	w.addEstateHosts()
	w.addBoughtHosts()
	w.addItems()
	w.compileRules()
	w.decideStays()
	w.names = w.resourceNames()
	w.measureHosts()
	for _, i := range w.items {
		w.measureItem(i)
	}
	w.place()
	return w
}

func (w *world) addEstateHosts() {
	sites := map[string]string{}
	for _, c := range w.estate.Chassis {
		sites[c.ID] = c.Site
	}
	for n := range w.estate.Hosts {
		h := &w.estate.Hosts[n]
		v := &host{
			id: h.ID, estate: h, cluster: h.Cluster, chassis: h.Chassis, site: h.Site,
			inService: h.State == "" || h.State == inventory.HostOn,
			keepNamed: inventory.MatchesAny(w.policy.Hosts.Keep, h.ID, h.Name),
			retired:   inventory.MatchesAny(w.policy.Hosts.Retire, h.ID, h.Name),
		}
		if v.site == "" {
			v.site = sites[h.Chassis]
		}
		v.takes = h.Role == inventory.Hypervisor && v.inService && v.measured() && !v.retired
		w.addHost(v)
	}
}

// measured tells whether the two figures are known without which nothing can
// be put on a host.
func (h *host) measured() bool {
	return h.estate != nil && h.estate.Memory.Known() && h.estate.Memory.MiB() > 0 && h.estate.CPU.Cores > 0
}

func (w *world) addBoughtHosts() {
	models := map[string]*inventory.HostModel{}
	for n := range w.plan.Models {
		models[w.plan.Models[n].Name] = &w.plan.Models[n]
	}
	sites := map[string]string{}
	for _, c := range w.plan.Chassis {
		sites[c.ID] = c.Site
	}
	for n := range w.plan.Hosts {
		h := &w.plan.Hosts[n]
		if known := w.byHost[h.ID]; known != nil {
			if known.planned == nil {
				known.planned = h
			}
			continue
		}
		if h.State != plan.Buy {
			continue
		}
		v := &host{
			id: h.ID, planned: h, model: models[h.Model], takes: true,
			cluster: h.Cluster, chassis: h.Chassis, site: h.Site,
		}
		if v.site == "" {
			v.site = sites[h.Chassis]
		}
		w.addHost(v)
	}
}

func (w *world) addHost(h *host) {
	w.hosts = append(w.hosts, h)
	if w.byHost[h.id] == nil {
		w.byHost[h.id] = h
	}
}

// place follows the placements of the plan. The first one counts where a
// workload stands twice; checkPlacements reports that.
func (w *world) place() {
	for _, p := range w.plan.Placements {
		i, h := w.byItem[p.Workload], w.byHost[p.To]
		if i == nil || h == nil || i.at != nil {
			continue
		}
		i.at = h
		h.content = append(h.content, i)
		if h.estate == nil && h.cluster == "" && !i.physical() && w.keepsClusters() {
			h.cluster = i.cluster // the first guest decides where the plan does not say
		}
	}
}

// counted tells whether the host is in service before the plan.
func (h *host) counted() bool { return h.estate != nil && (h.inService || len(h.stays) > 0) }

// after tells whether the host is in service after the plan.
func (h *host) after() bool {
	return h.planned != nil && (h.planned.State == plan.Keep || h.planned.State == plan.Buy)
}

// kept tells whether the host stays in service whatever else happens.
func (h *host) kept() bool {
	return h.estate != nil && (len(h.stays) > 0 || h.keepNamed && h.inService && !h.retired)
}

// mayBuy lists the models that could be bought: those of the catalogue that
// the policy names, or those that the plan did buy when there is no catalogue.
func (w *world) mayBuy() []*inventory.HostModel {
	list := w.plan.Models
	if w.catalogue != nil {
		list = w.catalogue.Hosts
	}
	var models []*inventory.HostModel
	for n := range list {
		if stock := list[n].Stock; stock != nil && *stock <= 0 {
			continue
		}
		buy := w.policy.Hosts.Buy
		if len(buy) == 0 || inventory.MatchesAny(buy, list[n].Name) {
			models = append(models, &list[n])
		}
	}
	return models
}

// resourceNames lists what is packed: the fixed ones, then every countable
// thing that a workload asks for, in order.
func (w *world) resourceNames() []string {
	names := []string{cpu, vcpus}
	if w.policy.Memory.Use == plan.Allocated {
		names = append(names, memory)
	} else {
		names = append(names, memoryUsed, memoryAllocated)
	}
	names = append(names, disk)
	seen := map[string]bool{}
	var others []string
	for _, i := range w.items {
		for name := range i.Resources {
			if i.excluded == "" && !seen[name] {
				seen[name] = true
				others = append(others, name)
			}
		}
	}
	sort.Strings(others)
	names = append(names, others...)
	w.shown = len(names)
	for range w.hours() - 1 {
		names = append(names, cpu) // of the second hour and those after it
	}
	return names
}

// The resources that every plan packs.
const (
	cpu             = "cpu"
	vcpus           = "vcpus"
	memory          = "memory"
	memoryUsed      = "memory_used"
	memoryAllocated = "memory_allocated"
	disk            = "disk"
)
