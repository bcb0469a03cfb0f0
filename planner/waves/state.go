package waves

// load is what hosts hold while moves run: what runs on them, what arrives and
// what has not left yet.
type load struct {
	p     *Problem
	at    []int     // host of each workload, Nowhere where none is known
	sum   [][]int64 // per host and resource
	count [][]int32 // per limit and place, workloads there
	limit [][]int   // limits of each workload
}

func newLoad(p *Problem) *load {
	l := &load{p: p, at: make([]int, len(p.Workloads)), limit: make([][]int, len(p.Workloads))}
	dims := 0
	for _, w := range p.Workloads {
		dims = max(dims, len(w.Demand))
	}
	for range p.Hosts {
		l.sum = append(l.sum, make([]int64, dims))
	}
	for n, limit := range p.Limits {
		places := 0
		for _, place := range limit.Place {
			places = max(places, place+1)
		}
		l.count = append(l.count, make([]int32, places))
		for _, w := range limit.Members {
			l.limit[w] = append(l.limit[w], n)
		}
	}
	for w := range p.Workloads {
		l.at[w] = Nowhere
		if p.Workloads[w].From != Nowhere {
			l.arrive(w, p.Workloads[w].From)
			l.at[w] = p.Workloads[w].From
		}
	}
	return l
}

// demandOn is what a workload asks of a host: nothing of the host that it is.
func (l *load) demandOn(w, host int) []int64 {
	if load := &l.p.Workloads[w]; load.Weightless && load.From == host {
		return nil
	}
	return l.p.Workloads[w].Demand
}

// arrive charges a host with a workload, which its old host still holds.
func (l *load) arrive(w, host int) {
	for d, v := range l.demandOn(w, host) {
		l.sum[host][d] += v
	}
	for _, n := range l.limit[w] {
		if place := l.p.Limits[n].Place; l.at[w] == Nowhere || place[l.at[w]] != place[host] {
			l.count[n][place[host]]++
		}
	}
}

// leave takes a workload that is at to off the host that it comes from.
func (l *load) leave(w, from, to int) {
	l.at[w] = to
	if from == Nowhere {
		return
	}
	for d, v := range l.demandOn(w, from) {
		l.sum[from][d] -= v
	}
	for _, n := range l.limit[w] {
		if place := l.p.Limits[n].Place; place[from] != place[to] {
			l.count[n][place[from]]--
		}
	}
}

// obstacle is why workloads cannot go to a host now.
type obstacle int

const (
	none obstacle = iota
	noRoom
	ruled // a limit of workloads in one place
)

// obstacleFor looks at a host for workloads that would arrive at the same time.
func (l *load) obstacleFor(members []int, host int) obstacle {
	if l.p.Hosts[host].Takes && !l.fits(members, host) {
		return noRoom
	}
	for n, w := range members {
		for _, i := range l.limit[w] {
			limit := &l.p.Limits[i]
			place := limit.Place[host]
			there := int(l.count[i][place])
			if l.at[w] != Nowhere && limit.Place[l.at[w]] == place {
				there-- // itself
			}
			for _, other := range members[:n] {
				if l.has(other, i) && (l.at[other] == Nowhere || limit.Place[l.at[other]] != place) {
					there++
				}
			}
			if there >= limit.Max {
				return ruled
			}
		}
	}
	return none
}

func (l *load) fits(members []int, host int) bool {
	room := l.p.Hosts[host].Room
	for d := range room {
		need := int64(0)
		for _, w := range members {
			if l.at[w] != host && d < len(l.p.Workloads[w].Demand) {
				need += l.p.Workloads[w].Demand[d]
			}
		}
		if need > 0 && l.sum[host][d]+need > room[d] {
			return false
		}
	}
	return true
}

func (l *load) has(w, limit int) bool {
	for _, n := range l.limit[w] {
		if n == limit {
			return true
		}
	}
	return false
}
