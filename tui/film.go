package tui

import (
	"fmt"
	"slices"
	"strings"

	"sobre/planner/plan"
)

// film is the machine room today and after each wave: which hosts are off, how
// full the others are, and what all draw.
type film struct {
	hosts  []int       // of the plan, the retired ones first as they go dark
	fill   [][]float64 // by frame and host: memory in use, 0 to 1; below 0: off
	off    []int       // by frame: retired hosts that are off
	energy []float64   // by frame, kWh a year
}

// dark is the fill of a host that is off.
const dark = -1

func newFilm(v *view) *film {
	p := v.plan
	t := &film{energy: []float64{p.Before.Energy.Best}}
	for i := range p.Hosts {
		t.hosts = append(t.hosts, i)
	}
	leaves := wavesOfHosts(p)
	slices.SortStableFunc(t.hosts, func(a, b int) int { return leaves[a] - leaves[b] })
	now := t.today(v)
	t.add(p, now, nil)
	gone := map[string]bool{}
	for i := range p.Waves {
		w := &p.Waves[i]
		for _, m := range w.Moves {
			size := memoryOf(v, m.Workload)
			now[m.From] -= size
			now[m.To] += size
		}
		for _, id := range w.Freed {
			gone[id] = true
		}
		t.add(p, now, gone)
		drawn := t.energy[len(t.energy)-1]
		if w.Saved != nil {
			drawn = p.Before.Energy.Best - w.Saved.Energy
		}
		t.energy = append(t.energy, drawn)
	}
	return t
}

// wavesOfHosts is the wave at whose end each host goes dark; those that stay
// come last.
func wavesOfHosts(p *plan.Plan) []int {
	at := map[string]int{}
	for i := range p.Waves {
		for _, id := range p.Waves[i].Freed {
			at[id] = i
		}
	}
	leaves := make([]int, len(p.Hosts))
	for i := range p.Hosts {
		leaves[i] = len(p.Waves)
		if wave, freed := at[p.Hosts[i].ID]; freed {
			leaves[i] = wave
		}
	}
	return leaves
}

// today is the memory that runs on each host today, in MiB.
func (t *film) today(v *view) map[string]float64 {
	now := map[string]float64{}
	for i := range v.plan.Placements {
		x := &v.plan.Placements[i]
		if x.From != "" {
			now[x.From] += memoryOf(v, x.Workload)
		}
	}
	return now
}

// memoryOf is the memory that a workload is counted with, in MiB.
func memoryOf(v *view, id string) float64 {
	at, known := v.at[id]
	if !known {
		return 0
	}
	return v.workloads[at].memory
}

// add takes one picture.
func (t *film) add(p *plan.Plan, now map[string]float64, gone map[string]bool) {
	fill := make([]float64, len(t.hosts))
	off := 0
	for n, i := range t.hosts {
		h := &p.Hosts[i]
		switch {
		case gone[h.ID]:
			fill[n] = dark
			off++
		case h.State == plan.Buy && now[h.ID] == 0 && gone == nil:
			fill[n] = dark // not there yet
		default:
			fill[n] = share(now[h.ID], capacityOf(p, h, "memory"))
		}
	}
	t.fill, t.off = append(t.fill, fill), append(t.off, off)
}

// capacityOf is what a host offers of a resource, 0 where the plan does not say.
func capacityOf(p *plan.Plan, h *plan.Host, resource string) float64 {
	for d, r := range p.Resources {
		if r.Name == resource && d < len(h.Capacity) {
			return h.Capacity[d]
		}
	}
	return 0
}

// room draws every host as a cell: how full it is, or dark. Cells are wide
// where hosts are few.
func (t *film) room(f frame, row, width int) []string {
	const most = 6 // lines
	each := max(1, min(3, width/max(1, len(t.hosts)+len(t.hosts)/2)))
	gap := strings.Repeat(" ", each/2)
	perLine := max(1, width/(each+len(gap)))
	var lines []string
	for from := 0; from < len(t.hosts); from += perLine {
		if len(lines) == most {
			return append(lines, "…")
		}
		var cells []string
		for k := from; k < min(from+perLine, len(t.hosts)); k++ {
			cells = append(cells, t.cell(f, row, k, each))
		}
		lines = append(lines, strings.Join(cells, gap))
	}
	return lines
}

// cell is one host of the room.
func (t *film) cell(f frame, row, k, width int) string {
	bought := f.view.plan.Hosts[t.hosts[k]].State == plan.Buy
	fill := t.fill[row][k]
	switch {
	case fill < 0 && bought:
		return f.look.faint.Render(fit("+", width))
	case fill < 0:
		return f.look.faint.Render(strings.Repeat("·", width))
	case fill == 0:
		return f.look.warn.Render(strings.Repeat("○", width))
	case bought:
		return f.look.good.Render(strings.Repeat(level(fill), width))
	}
	return f.look.plan.Render(strings.Repeat(level(fill), width))
}

// curve draws what all hosts draw, frame by frame, the one of row marked.
func (t *film) curve(f frame, row, width int) []string {
	if f.plain || len(t.energy) < 2 || t.energy[0] <= 0 {
		return []string{f.drawn(t.energy[row])}
	}
	each := max(1, min(4, (width-36)/len(t.energy)))
	var b strings.Builder
	for i, e := range t.energy {
		style := f.look.before
		if i <= row {
			style = f.look.plan
		}
		b.WriteString(style.Render(strings.Repeat(level(share(e, t.energy[0])), each)))
		if i == row {
			b.WriteString(f.look.warn.Render("┃"))
		}
	}
	return []string{b.String() + "  " + f.drawn(t.energy[row])}
}

// drawn says what the hosts draw after a wave.
func (f frame) drawn(kwh float64) string {
	s := f.energyScale(f.view.plan.Before.Energy)
	return fmt.Sprintf(f.words.Waves.Energy, f.language.Figures(kwh/s.by, 3), s.unit)
}
