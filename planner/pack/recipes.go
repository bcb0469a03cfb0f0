package pack

import (
	"sync"
	"sync/atomic"
)

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

// greedy makes the first packings, two at a time. The first is completed
// whatever it costs, even when time is up: nothing else could be shown.
func (s *search) greedy() {
	m := s.meter.part(min(greedyWork, s.meter.left()/16))
	list := s.recipes()
	list[0].rush = m.stop
	for i := 0; i < len(list) && (i == 0 || !m.out()) && !s.closed(); i += 2 {
		made := make([]*packing, min(2, len(list)-i))
		meters := make([]*meter, len(made))
		var wait sync.WaitGroup
		for j := range made {
			meters[j] = &meter{limit: 1 << 62, stop: m.stop}
			if i+j == 0 {
				meters[j].stop = new(atomic.Bool)
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
