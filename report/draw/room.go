package draw

import (
	"math"
	"slices"
	"strconv"

	"sobre/report/document"
)

// room draws the hosts before and after, each a square, enclosures framed.
func (p Pen) room(d *document.Room) Picture {
	pic := Picture{Width: p.Width}
	panel, gap := p.Width, 0.0
	if !p.narrow() {
		gap = 28
		panel = (p.Width - gap) / 2
	}
	size := squareSize(len(boxes(d.After)), panel)
	left := p.panel(&pic, d.Before, place{0, 0, panel}, size, true)
	at := place{panel + gap, 0, panel}
	if p.narrow() {
		at = place{0, left + 18, panel}
	}
	right := p.panel(&pic, d.After, at, size, false)
	pic.Height = p.legend(&pic, math.Max(left, right)+12)
	return pic
}

// place is where a part of a picture goes.
type place struct{ x, y, width float64 }

func boxes(groups []document.Group) []document.Box {
	var all []document.Box
	for _, g := range groups {
		all = append(all, g.Hosts...)
	}
	return all
}

// squareSize makes room for all hosts in about the height of a hand.
func squareSize(hosts int, width float64) float64 {
	size := math.Sqrt(width * 210 / math.Max(float64(hosts), 1))
	return math.Max(5, math.Min(20, math.Floor(size)))
}

// panel draws one side and tells where it ends.
func (p Pen) panel(pic *Picture, groups []document.Group, at place, size float64, before bool) float64 {
	title, n := p.Words.After, 0
	if before {
		title = p.Words.Before
	}
	for _, b := range boxes(groups) {
		if before || b.State != document.Retired {
			n++
		}
	}
	pic.strong(at.x, at.y+14, title+" · "+p.Show(float64(n)))
	y := at.y + 24
	for _, g := range groups {
		y = p.group(pic, g, place{at.x, y, at.width}, size, before)
	}
	return y
}

// group draws the hosts of an enclosure or a site in rows.
func (p Pen) group(pic *Picture, g document.Group, at place, size float64, before bool) float64 {
	step := size + math.Max(2, math.Round(size/5))
	perRow := max(1, int((at.width-8)/step))
	count := max(len(g.Hosts), min(g.Slots, 64))
	pic.small(at.x, at.y+12, cut(g.Title, smallSize, at.width), Start, Muted)
	top := at.y + 18
	rows := (count + perRow - 1) / perRow
	height := float64(rows)*step + 4
	for i := range count {
		x, y := at.x+4+float64(i%perRow)*step, top+4+float64(i/perRow)*step
		if i >= len(g.Hosts) {
			pic.add(Shape{Form: Outline, X: x, Y: y, W: size, H: size, Role: Faint})
			continue
		}
		mark(pic, g.Hosts[i], x, y, size, before)
	}
	if g.Slots > 0 {
		pic.add(Shape{Form: Outline, X: at.x, Y: top, W: math.Min(float64(count), float64(perRow))*step + 6, H: height + 2, Role: Muted, Round: 3})
	}
	return top + height + 8
}

// mark draws one host. What becomes of it is told by its form as well as by
// its colour.
func mark(pic *Picture, b document.Box, x, y, size float64, before bool) {
	switch {
	case before:
		pic.rect(x, y, size, size, Before)
	case b.State == document.Retired:
		pic.add(Shape{Form: Outline, X: x + 0.5, Y: y + 0.5, W: size - 1, H: size - 1, Role: Gone, Dashed: true})
	case b.State == document.Spare:
		pic.add(Shape{Form: Outline, X: x + 1, Y: y + 1, W: size - 2, H: size - 2, Role: Standby, Thick: 2})
	case b.State == document.Bought:
		pic.rect(x, y, size, size, New)
		if size >= 9 {
			pic.add(Shape{Form: Line, X: x + size*0.25, Y: y + size/2, W: size / 2, Role: Paper, Thick: 1.6})
			pic.add(Shape{Form: Line, X: x + size/2, Y: y + size*0.25, H: size / 2, Role: Paper, Thick: 1.6})
		}
	default:
		pic.rect(x, y, size, size, After)
	}
}

// legend explains the marks below a picture and tells where it ends.
func (p Pen) legend(pic *Picture, y float64) float64 {
	x := 0.0
	for _, item := range []struct {
		word  string
		state document.State
	}{{p.Words.Kept, document.Kept}, {p.Words.Bought, document.Bought}, {p.Words.Spare, document.Spare}, {p.Words.Retired, document.Retired}} {
		w := 20 + width(item.word, smallSize) + 16
		if x+w > p.Width && x > 0 {
			x, y = 0, y+20
		}
		mark(pic, document.Box{State: item.state}, x, y, 13, false)
		pic.small(x+19, y+11, item.word, Start, Ink)
		x += w
	}
	return y + 20
}

// Sizes of a host in a rack.
const (
	bladeWidth  = 22.0
	bladeHeight = 54.0
)

// racks draws what each host holds: filled to its memory, a line at its CPU.
func (p Pen) racks(d *document.Racks) Picture {
	pic := Picture{Width: p.Width}
	w, h := bladeWidth, bladeHeight
	if n := len(boxes(d.Groups)); n > 200 {
		w, h = 12, 30
	}
	y := 0.0
	for _, g := range d.Groups {
		y = p.rack(&pic, g, y, w, h)
	}
	pic.rect(0, y+4, 13, 13, After)
	pic.small(19, y+15, p.Words.Memory, Start, Ink)
	x := 19 + width(p.Words.Memory, smallSize) + 20
	pic.add(Shape{Form: Line, X: x, Y: y + 10, W: 14, Role: Ink, Thick: 2})
	pic.small(x+20, y+15, p.Words.CPU, Start, Ink)
	pic.Height = p.legend(&pic, y+26)
	return pic
}

func (p Pen) rack(pic *Picture, g document.Group, y, w, h float64) float64 {
	if g.Slots == 0 && !loaded(g) {
		return p.group(pic, g, place{0, y, p.Width}, 13, false)
	}
	step := w + 4
	perRow := max(1, int((p.Width-10)/step))
	count := max(len(g.Hosts), min(g.Slots, 64))
	pic.small(0, y+12, cut(g.Title, smallSize, p.Width), Start, Muted)
	top := y + 18
	rowHeight := h + 6
	numbered := g.Slots > 0 && w >= bladeWidth
	if numbered {
		rowHeight += 12
	}
	bySlot := seats(g, count)
	for i := range count {
		x, at := 5+float64(i%perRow)*step, top+5+float64(i/perRow)*rowHeight
		pic.add(Shape{Form: Outline, X: x, Y: at, W: w, H: h, Role: Faint})
		if b := bySlot[i]; b != nil {
			blade(pic, *b, x, at, w, h)
		}
		if numbered {
			pic.add(Shape{Form: Label, X: x + w/2, Y: at + h + 10, Text: strconv.Itoa(i + 1), Size: 9, Anchor: Middle, Role: Muted})
		}
	}
	rows := float64((count + perRow - 1) / perRow)
	if g.Slots > 0 {
		pic.add(Shape{Form: Outline, X: 0, Y: top, W: math.Min(float64(count), float64(perRow))*step + 6, H: rows*rowHeight + 4, Role: Muted, Round: 3})
	}
	return top + rows*rowHeight + 12
}

// loaded tells whether a load is known of any host of a group. Servers that only
// keep what stays on them have none and are drawn small.
func loaded(g document.Group) bool {
	return slices.ContainsFunc(g.Hosts, func(b document.Box) bool { return b.Memory >= 0 })
}

// seats puts each host of an enclosure in its slot, the others in order.
func seats(g document.Group, count int) []*document.Box {
	list := make([]*document.Box, count)
	var rest []*document.Box
	for i := range g.Hosts {
		b := &g.Hosts[i]
		if s := b.Slot - 1; g.Slots > 0 && s >= 0 && s < count && list[s] == nil {
			list[s] = b
		} else {
			rest = append(rest, b)
		}
	}
	for i := range list {
		if list[i] == nil && len(rest) > 0 {
			list[i], rest = rest[0], rest[1:]
		}
	}
	return list
}

// blade draws one host with what it holds.
func blade(pic *Picture, b document.Box, x, y, w, h float64) {
	role := After
	switch b.State {
	case document.Bought:
		role = New
	case document.Spare:
		pic.add(Shape{Form: Outline, X: x + 1, Y: y + 1, W: w - 2, H: h - 2, Role: Standby, Thick: 2, Title: b.Name})
		return
	}
	pic.add(Shape{Form: Outline, X: x, Y: y, W: w, H: h, Role: role, Title: b.Name})
	if b.Memory >= 0 {
		filled := h * math.Min(b.Memory, 1)
		pic.rect(x, y+h-filled, w, filled, role)
	} else {
		pic.rect(x+w/2-2, y+h-8, 4, 4, role) // it keeps what stays on it: no packed load
	}
	if b.CPU >= 0 && b.Memory >= 0 {
		at := y + h - h*math.Min(b.CPU, 1)
		pic.add(Shape{Form: Line, X: x, Y: at, W: w, Role: Paper, Thick: 3.5})
		pic.add(Shape{Form: Line, X: x, Y: at, W: w, Role: Ink, Thick: 1.6})
	}
}
