package planner

import (
	"fmt"
	"math"
	"slices"

	"sobre/carbon"
	"sobre/inventory"
	"sobre/planner/plan"
)

// survey is the estate as the planner sees it: items that need a place and
// places that hosts offer, with everything about them that counts.
type survey struct {
	estate    *inventory.Estate
	catalogue *inventory.Catalogue
	policy    plan.Policy

	resources []resource
	places    []place // existing hosts, then models
	items     []item
	excluded  []plan.Unplaced
	findings  []inventory.Finding
	unchecked []string
	rules     []ruleUse
	limits    []limit
	shown     int                  // resources that the plan lists; behind them CPU of further hours
	needs     map[string][]float64 // demand by workload, in the order and units of resources
	spreads   []spreading
	owned     map[string]float64 // units of licences paid once, by name
	purposes  []purpose          // of licences that the search weighs
	roomiest  []int64            // per resource, the most that one host offers

	trial     trial
	taken     map[int]int    // hosts bought so far, by place
	grams     float64        // CO2e of a kWh of electricity
	curves    []carbon.Curve // per place, filled when first asked for
	hostPlace map[string]int // host ID → index in places
	measures  measureCount
	needed    map[int]int    // by place, see mostNeeded
	footprint *carbon.Result // of the plan, once it is priced
	reference reference      // stands in where a guest's host is unknown
}

// place is a host that may hold something: an existing one, or a model that
// may be bought several times.
type place struct {
	id       string // host ID or model name
	host     *inventory.Host
	model    *inventory.HostModel
	cluster  string
	fence    bool      // stands in for a model, for what a fence keeps on few hosts
	stock    int       // pack.Unlimited for a model without limit
	licensed string    // a licence's purpose: this place stands for the hosts of the model that are set aside for it
	takes    bool      // may hold what does not run on it today
	kept     bool      // in service whatever happens
	retired  bool      // to be emptied
	capacity float64   // CPU work it gets done at full load, in the unit of the comparison
	room     []int64   // per resource, after headroom; noLimit where it does not bind
	full     []float64 // per resource, before headroom; 0 where it does not bind
	offers   []float64 // what it has per resource, in the unit of the plan; -1: no limit known
}

// noLimit is the room of a host in a resource that it does not limit.
const noLimit = math.MaxInt64 / 1024

// item is one or several workloads that go together.
type item struct {
	workloads []*inventory.Workload
	home      int  // place where it runs today, -1: nowhere known
	idle      bool // off or suspended: placed without demand
	mayStop   bool // need not restart after a failure
	demand    []int64
	mean      float64 // CPU work over the year, same unit as capacity
	limits    []int   // indexes in survey.limits
	weight    float64 // largest share it needs of the roomiest host
	freedom
}

// freedom is where an item may go.
type freedom struct {
	stays    bool  // may not move
	pinned   bool  // is lost when its host fails
	anchors  []int // places that what it must be with stays on; nil: nothing does
	allowed  []int // places that may hold it, ascending; shared between items
	restarts []int // places that may restart it when its host fails; nil: none
	// narrowed is what the search leaves of allowed, once a rule by chassis,
	// rack or site has given it one of them, or a fence its hosts; nil: all.
	narrowed []int
	fenced   []int  // places that a fence has chosen; nil: no fence
	refused  string // why it stays, or what makes allowed smaller
	// licensedOn is where licences keep it, as the search tries; nil: anywhere.
	licensedOn []int
}

// choice is where the search may put the item.
func (f *freedom) choice() []int {
	if f.narrowed != nil {
		return f.fencedIn(f.narrowed)
	}
	return f.fencedIn(f.allowed)
}

// mayRestartOn tells whether a place may hold the item after a failure.
func (f *freedom) mayRestartOn(place int) bool {
	_, ok := slices.BinarySearch(f.restarts, place)
	return ok && f.inside(place) && (f.fenced == nil || slices.Contains(f.fenced, place))
}

// runner names the first workload of the item that runs, else the first.
func (it *item) runner() string {
	for _, w := range it.workloads {
		if !isOff(w) {
			return w.ID
		}
	}
	return it.id()
}

// id names the item after its first workload.
func (it *item) id() string { return it.workloads[0].ID }

// takeSurvey decides who takes part (docs/planner.md, section 1).
func takeSurvey(e *inventory.Estate, c *inventory.Catalogue, p plan.Policy, t trial) (*survey, error) {
	s := &survey{estate: e, catalogue: c, policy: p, trial: t, hostPlace: map[string]int{}, taken: map[int]int{}, needs: map[string][]float64{}}
	if err := s.findGridFactor(); err != nil {
		return nil, err
	}
	s.surveyHosts()
	if err := s.surveyModels(); err != nil {
		return nil, err
	}
	if err := s.surveyWorkloads(); err != nil {
		return nil, err
	}
	return s, nil
}

func inService(h *inventory.Host) bool {
	return h.State == "" || h.State == inventory.HostOn
}

func (s *survey) surveyHosts() {
	for i := range s.estate.Hosts {
		h := &s.estate.Hosts[i]
		if _, twice := s.hostPlace[h.ID]; twice {
			continue // inventory.Estate.Check reports it
		}
		known := h.Memory.Known() && h.CPU.Cores > 0
		p := place{
			id: h.ID, host: h, cluster: h.Cluster, stock: 1,
			retired: inventory.MatchesAny(s.policy.Hosts.Retire, h.ID, h.Name),
			kept:    inService(h) && inventory.MatchesAny(s.policy.Hosts.Keep, h.ID, h.Name),
		}
		p.takes = h.Role == inventory.Hypervisor && inService(h) && known && !p.retired
		if h.Role == inventory.Hypervisor && inService(h) && !known {
			s.find("host-size-unknown", inventory.Warning, h.ID,
				fmt.Sprintf("hypervisor %s has no known memory or cores, so nothing is moved to it", h.ID),
				"add memory and cpu.cores to it in the estate")
		}
		s.hostPlace[h.ID] = len(s.places)
		s.places = append(s.places, p)
	}
}

func (s *survey) find(code string, severity inventory.Severity, subject, what, do string) {
	s.findings = append(s.findings, inventory.Finding{
		Code: code, Severity: severity, Subject: subject, What: what, Do: do,
	})
}
