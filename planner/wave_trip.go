package planner

import (
	"math"
	"slices"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/planner/waves"
)

// What stands in for a size that no source gives (docs/planner.md, section 7).
const (
	unknownDiskGiB   = 100
	unknownMemoryGiB = 4
)

// end is a host that a workload leaves or goes to.
type end struct {
	*inventory.Host // of a bought one, its model
	cluster         string
	bought          bool
}

// trip is what a move of a workload takes. from is nil where no host is known.
func (s *survey) trip(w *inventory.Workload, from *end, to end) waves.Trip {
	kind := s.moveKind(w, from, to)
	of := s.policy.Waves.Of(kind)
	bytes := 0.0
	switch kind {
	case plan.P2V:
		bytes = diskOf(w).MiB() * mebi
	case plan.Live:
		bytes = memoryToCopy(w).MiB() * mebi
	}
	if kind != plan.P2V && !to.bought && s.leavesStorage(w, to.ID) {
		bytes += diskOf(w).MiB() * mebi
	}
	t := waves.Trip{Kind: kind, Minutes: math.Ceil(of.Setup.Minutes() + bytes/(of.Rate.MBPerSecond()*1e6*60) - roundingSlack)}
	if kind == plan.P2V || kind == plan.Cold && !isOff(w) {
		t.Downtime = t.Minutes
	}
	return t
}

const mebi = 1 << 20

// moveKind is how a workload gets from one host to another.
func (s *survey) moveKind(w *inventory.Workload, from *end, to end) plan.MoveKind {
	if w.Kind == inventory.Physical && from != nil && from.ID == w.Host {
		return plan.P2V
	}
	if isOff(w) {
		return plan.Cold
	}
	if from == nil {
		return plan.Live
	}
	if c := s.clusterNamed(to.cluster); c != nil && c.EVC != "" && from.cluster == to.cluster {
		return plan.Live
	}
	if ok, _ := inventory.MovesLive(from.CPU, to.CPU); !ok {
		return plan.Cold
	}
	return plan.Live
}

// diskOf is what is copied of a workload's disk.
func diskOf(w *inventory.Workload) inventory.Size {
	switch {
	case w.DiskUsed.Known():
		return w.DiskUsed
	case w.Disk.Known():
		return w.Disk
	}
	return inventory.GiB(unknownDiskGiB)
}

// memoryToCopy is what is copied of a running guest.
func memoryToCopy(w *inventory.Workload) inventory.Size {
	if w.Memory.Known() {
		return w.Memory
	}
	return inventory.GiB(unknownMemoryGiB)
}

// leavesStorage tells whether a host does not reach some datastore that a
// guest's disk lies on.
func (s *survey) leavesStorage(w *inventory.Workload, host string) bool {
	for i := range s.estate.Datastores {
		d := &s.estate.Datastores[i]
		if len(d.Hosts) > 0 && slices.Contains(w.Datastores, d.ID) && !slices.Contains(d.Hosts, host) {
			return true
		}
	}
	return false
}

// riskOf is what speaks against a workload as one of the first to move.
func riskOf(w *inventory.Workload) int {
	risk := 1
	for _, key := range []string{"env", "environment", "environnement"} {
		switch v := w.Labels[key]; {
		case inventory.MatchesAny([]string{"prod*"}, v):
			risk = 3
		case inventory.MatchesAny([]string{"test*", "dev*", "dév*", "recette*", "lab*", "qa*"}, v):
			risk = 0
		}
	}
	if len(w.Licences) > 0 {
		risk += 2 // a database, more often than not
	}
	if len(w.Pins) > 0 || isOff(w) {
		risk++
	}
	return risk
}
