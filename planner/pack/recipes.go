package pack

import "sync"

// greedyWork is the work for greedy packings: local search soon beats them all.
const greedyWork = quickWork / 16

// noisyRuns is how many recipes with noise follow the plain ones at most.
const noisyRuns = 80

// recipes are the ways to be greedy: crowds and dot products take turns.
func (s *search) recipes() []recipe {
	var list []recipe
	choices := []int{0}
	if len(s.in.classes) > 1 {
		choices = []int{0, 1, 2}
	}
	budget := s.meter.left() / 10
	if len(s.in.groups) >= crowdOnly {
		budget = s.meter.left() / 3 // the local search would gain little
	}
	add := func(score scoring, weigh weighing, noise float64) {
		for _, crowd := range []bool{false, true} {
			n := len(list)
			if crowd || len(s.in.groups) < crowdOnly {
				list = append(list, recipe{
					score: score, weigh: weigh, noise: noise, tilt: 2, choice: choices[n/2%len(choices)],
					seed: s.opt.Seed + uint64(n), budget: budget, crowd: crowd,
				})
			}
		}
	}
	for _, weigh := range []weighing{scarce, steep, even, atStart} {
		for _, score := range []scoring{dot, near, cosine, bulk} {
			add(score, weigh, 0)
		}
	}
	for i := range noisyRuns {
		add([]scoring{dot, near}[i%2], []weighing{scarce, steep, atStart}[i/2%3], []float64{0.05, 0.15, 0.3}[i/6%3])
	}
	return list
}

const (
	// aloneGroups is from how many groups on one greedy packing takes all the
	// time there is: a second one beside it would only take from it.
	aloneGroups = 20_000
	crowdMost   = 60 // hundredths of the time that the first packing may take
)

// greedy makes the first packings, mostly two at a time. The first is completed
// whatever it costs, even when time is up: nothing else could be shown.
func (s *search) greedy() {
	m := s.meter.part(min(greedyWork, s.meter.left()/16))
	list := s.recipes()
	list[0].complete = true
	first := &meter{limit: 1 << 62, stop: m.stop, until: s.meter.part(s.meter.left() / 100 * crowdMost).until}
	together := 2
	if len(s.in.groups) >= aloneGroups {
		together = 1
	}
	for i := 0; i < len(list) && (i == 0 || !m.out()) && !s.closed(); i += together {
		made := make([]*packing, min(together, len(list)-i))
		meters := make([]*meter, len(made))
		var wait sync.WaitGroup
		for j := range made {
			meters[j] = &meter{limit: 1 << 62, stop: m.stop, until: s.meter.until}
			if i+j == 0 {
				meters[j] = first
			}
			wait.Go(func() { made[j] = s.in.bake(list[i+j], meters[j]) })
		}
		wait.Wait()
		for j, p := range made {
			m.spend(meters[j].spent)
			s.meter.spend(meters[j].spent)
			s.offer(p, "greedy")
			s.gather(p)
		}
	}
}

// gather puts the hosts of a packing into the pool.
func (s *search) gather(p *packing) {
	for _, h := range p.hosts {
		s.pool.add(h.class, h.content)
	}
}
