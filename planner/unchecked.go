package planner

import (
	"fmt"

	"sobre/inventory"
)

// whatWasNotChecked lists the limits that the data did not allow to check. A
// plan that keeps silent about them would claim too much.
func (s *survey) whatWasNotChecked() []string {
	list := append([]string(nil), s.unchecked...)
	list = append(list, "disk throughput and latency (no source gives them)", "network throughput and reachability")
	if !s.anyProfile() {
		list = append(list, "hours of the day: peaks of different workloads are added up")
	}
	idle, guests, licensed := 0, 0, 0
	for i := range s.items {
		for _, w := range s.items[i].workloads {
			idle += int(whole(isOff(w)))
			guests += int(whole(w.Kind == inventory.VM))
			licensed += int(whole(len(w.Licences) > 0))
		}
	}
	if idle > 0 {
		list = append(list, fmt.Sprintf("room for %d guests that are off, should they start", idle))
	}
	if guests > 0 {
		list = append(list, fmt.Sprintf("storage of %d guests: it is taken to be on shared datastores and to stay there", guests))
	}
	if licensed > 0 {
		list = append(list, fmt.Sprintf("licence terms of %d workloads", licensed))
	}
	return list
}

func (s *survey) anyProfile() bool {
	for i := range s.estate.Workloads {
		if !s.estate.Workloads[i].Profile.IsZero() {
			return true
		}
	}
	return false
}
