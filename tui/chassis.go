package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/planner/plan"
)

// chassisView is the machine room from the front, today and after the plan:
// enclosures with their blades, and standalone servers by site.
type chassisView struct {
	scroll scroller
	rooms  []room
}

// room is an enclosure, or the standalone servers of a site.
type room struct {
	chassis *plan.Chassis // nil: standalone servers
	site    string
	slots   []int // index of the host in each slot, -1 for none
}

func (c *chassisView) load(f frame) {
	c.rooms = c.rooms[:0]
	p := f.view.plan
	inside, alone := map[string][]int{}, map[string][]int{}
	for i := range p.Hosts {
		if h := &p.Hosts[i]; h.Chassis != "" {
			inside[h.Chassis] = append(inside[h.Chassis], i)
		} else {
			alone[h.Site] = append(alone[h.Site], i)
		}
	}
	for i := range p.Chassis {
		x := &p.Chassis[i]
		c.rooms = append(c.rooms, room{x, x.Site, slotted(p, inside[x.ID], x.Slots)})
	}
	var sites []string
	for site := range alone {
		sites = append(sites, site)
	}
	slices.Sort(sites)
	for _, site := range sites {
		c.rooms = append(c.rooms, room{nil, site, alone[site]})
	}
}

// slotted puts hosts into their slots, those without a number into the first
// that are free.
func slotted(p *plan.Plan, hosts []int, slots int) []int {
	const most = 256 // a larger number is a mistake of the data
	for _, i := range hosts {
		slots = max(slots, min(p.Hosts[i].Slot, most))
	}
	at := make([]int, max(min(slots, most), len(hosts)))
	for i := range at {
		at[i] = -1
	}
	var rest []int
	for _, i := range hosts {
		if s := p.Hosts[i].Slot; s >= 1 && s <= len(at) && at[s-1] < 0 {
			at[s-1] = i
		} else {
			rest = append(rest, i)
		}
	}
	for s := range at {
		if at[s] < 0 && len(rest) > 0 {
			at[s], rest = rest[0], rest[1:]
		}
	}
	return at
}

func (c *chassisView) key(k string, f frame) tea.Cmd {
	c.scroll.key(k, f.height)
	return nil
}

func (c *chassisView) hints(f frame) []hint { return []hint{{"↑↓", f.words.KeyScroll}} }

func (c *chassisView) body(f frame) []string {
	if len(c.rooms) == 0 {
		return []string{"", "  " + f.words.NoHosts}
	}
	if f.plain {
		return c.plainLines(f)
	}
	half := (f.width - 5) / 2
	title := side([]string{f.look.faint.Render(" " + f.words.Today)}, []string{f.look.faint.Render(" " + f.words.Plan)}, half+1, "  ")
	legend := f.look.faint.Render(" " + f.words.ChassisLegend)
	return append(append(title, c.seen(f, half, f.height-2)...), legend)
}

// seen draws the rooms that the scrolled part shows, and no others.
func (c *chassisView) seen(f frame, half, height int) []string {
	total := 0
	for i := range c.rooms {
		total += c.rooms[i].height(f, half)
	}
	c.scroll.top = max(0, min(c.scroll.top, total-height))
	var lines []string
	at := 0
	for i := range c.rooms {
		r := &c.rooms[i]
		tall := r.height(f, half)
		if at+tall > c.scroll.top && at < c.scroll.top+height {
			drawn := side(r.draw(f, half, false), r.draw(f, half, true), half+1, "  ")
			for len(drawn) < tall {
				drawn = append(drawn, "")
			}
			from := max(0, c.scroll.top-at)
			lines = append(lines, indent(drawn[from:min(tall, c.scroll.top+height-at)])...)
		}
		at += tall
	}
	return lines
}

// height is how many lines a room takes, with one below it.
func (r *room) height(f frame, width int) int {
	if r.chassis == nil {
		perRow := max(1, (width-2)/2)
		return 2 + max(1, (len(r.slots)+perRow-1)/perRow)
	}
	perRow := bladesPerRow(width)
	return 3 + 4*((len(r.slots)+perRow-1)/perRow)
}

func bladesPerRow(width int) int { return min(8, max(1, (width-7)/3)) }

// plainLines say the same in words.
func (c *chassisView) plainLines(f frame) []string {
	var lines []string
	for i := range c.rooms {
		before, after := c.rooms[i].counts(f.view.plan)
		lines = append(lines, fmt.Sprintf(f.words.RoomLine, c.rooms[i].name(f), f.language.Count(before), f.language.Count(after)))
	}
	return lines
}

// counts are the hosts in service today and after the plan.
func (r *room) counts(p *plan.Plan) (before, after int) {
	for _, i := range r.slots {
		if i < 0 {
			continue
		}
		if p.Hosts[i].State != plan.Buy {
			before++
		}
		if p.Hosts[i].State != plan.Retire {
			after++
		}
	}
	return before, after
}

func (r *room) name(f frame) string {
	site := clean(r.site)
	if r.chassis == nil {
		return joined(f.words.Standalone, site)
	}
	return joined(clean(r.chassis.ID), clean(r.chassis.Model), site)
}

// draw shows one side: today, or after the plan.
func (r *room) draw(f frame, width int, after bool) []string {
	b, a := r.counts(f.view.plan)
	n := b
	if after {
		n = a
	}
	title := f.look.strong.Render(fit(r.name(f), width-8)) + fitRight(f.language.Count(n), 4)
	if r.chassis == nil {
		return append([]string{title}, r.rack(f, width, after)...)
	}
	if r.chassis.State == plan.Retire && after || r.chassis.State == plan.Buy && !after {
		return []string{title, f.look.faint.Render(f.words.EnclosureOff)}
	}
	return append([]string{title}, r.blades(f, width, after)...)
}

// blades is the front of an enclosure.
func (r *room) blades(f frame, width int, after bool) []string {
	perRow := bladesPerRow(width)
	var lines []string
	for from := 0; from < len(r.slots); from += perRow {
		slots := r.slots[from:min(len(r.slots), from+perRow)]
		if len(r.slots) <= perRow {
			slots = r.slots
		}
		edge := func(left, mid, right string) string {
			return f.look.rule.Render(left + strings.Repeat("──"+mid, len(slots)-1) + "──" + right)
		}
		top := edge("├", "┼", "┤")
		if from == 0 {
			top = edge("┌", "┬", "┐")
		}
		wall := f.look.rule.Render("│")
		memory, cpu, name := wall, wall, wall
		for s, i := range slots {
			m, c, n := blade(f, i, from+s+1, after)
			memory, cpu, name = memory+m+wall, cpu+c+wall, name+n+wall
		}
		lines = append(lines, top, memory+" "+f.look.faint.Render(f.words.Memory), cpu+" "+f.look.faint.Render("cpu"), name)
	}
	if n := len(r.slots) % perRow; len(r.slots) > 0 {
		if n == 0 || len(r.slots) <= perRow {
			n = min(perRow, len(r.slots))
		}
		lines = append(lines, f.look.rule.Render("└"+strings.Repeat("──┴", n-1)+"──┘"))
	}
	return lines
}

// blade is the three rows of one slot: memory, CPU and its number or state.
func blade(f frame, i, slot int, after bool) (memory, cpu, name string) {
	if i < 0 {
		return "  ", "  ", "  "
	}
	h := &f.view.plan.Hosts[i]
	number := fmt.Sprintf("%02d", slot%100)
	switch {
	case !after && h.State == plan.Buy:
		return "  ", "  ", "  "
	case !after:
		if v := f.view.memoryToday(h.ID); v > 0 {
			return f.look.before.Render(twice(level(v))), f.look.before.Render(twice(level(f.view.cpuToday(h.ID)))), number
		}
		return f.look.before.Render("▒▒"), f.look.before.Render("▒▒"), number
	case h.State == plan.Retire:
		return f.look.faint.Render("··"), f.look.faint.Render("··"), f.look.faint.Render("··")
	case h.Spare:
		return f.look.good.Render("○○"), "  ", f.look.good.Render("N+")
	case h.State == plan.Buy:
		number = f.look.good.Render(fmt.Sprintf("+%d", slot%10))
	}
	if v := f.view.memoryToday(h.ID); len(h.Load) == 0 && v > 0 {
		return f.look.plan.Render(twice(level(v))), f.look.plan.Render(twice(level(f.view.cpuToday(h.ID)))), number
	}
	if len(h.Load) == 0 {
		return f.look.plan.Render("▒▒"), f.look.plan.Render("▒▒"), number
	}
	return f.look.plan.Render(twice(level(memoryLoad(h)))), f.look.plan.Render(twice(level(h.Load["cpu"]))), number
}

func twice(s string) string { return s + s }

// rack is standalone servers, one cell each, the kept ones first.
func (r *room) rack(f frame, width int, after bool) []string {
	hosts := slices.Clone(r.slots)
	p := f.view.plan
	slices.SortStableFunc(hosts, func(a, b int) int {
		return cmp.Compare(rank(p.Hosts[a].State), rank(p.Hosts[b].State))
	})
	var cells []string
	for _, i := range hosts {
		h := &p.Hosts[i]
		switch {
		case !after && h.State == plan.Buy:
		case !after:
			cells = append(cells, f.look.before.Render("■ "))
		case h.State == plan.Retire:
			cells = append(cells, f.look.faint.Render("· "))
		case h.Spare:
			cells = append(cells, f.look.good.Render("○ "))
		case h.State == plan.Buy:
			cells = append(cells, f.look.good.Render("+ "))
		default:
			cells = append(cells, f.look.plan.Render("■ "))
		}
	}
	perRow := max(1, (width-2)/2)
	var lines []string
	for from := 0; from < len(cells); from += perRow {
		lines = append(lines, strings.Join(cells[from:min(len(cells), from+perRow)], ""))
	}
	return lines
}

func rank(s plan.HostState) int {
	return slices.Index([]plan.HostState{plan.Keep, plan.Buy, plan.Retire}, s)
}
