package planner

// keepMinimum takes more hosts into service, to stand by, where a cluster has
// fewer than the policy wants on.
func (s *survey) keepMinimum(parts []*part) {
	count, inUse, partOf := map[string]int{}, map[int]bool{}, map[string]*part{}
	for _, p := range parts {
		for _, h := range p.hosts {
			inUse[h.place] = true
			if pl := &s.places[h.place]; pl.takes && pl.cluster != "" {
				count[pl.cluster]++
				partOf[pl.cluster] = p
			}
		}
	}
	for i := range s.places {
		pl := &s.places[i]
		p := partOf[pl.cluster]
		if p == nil || pl.host == nil || !pl.takes || inUse[i] || count[pl.cluster] >= s.policy.Hosts.Min {
			continue
		}
		count[pl.cluster]++
		p.spares = append(p.spares, len(p.hosts))
		p.hosts = append(p.hosts, usedHost{place: i})
	}
}
