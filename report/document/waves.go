package document

import (
	"strings"
	"time"

	"sobre/planner/plan"
)

// wavesInBrief is the migration in one sentence.
func (c *composer) wavesInBrief() string {
	moves, worst, last := 0, 0.0, ""
	for _, w := range c.p.Waves {
		moves += len(w.Moves)
		for _, d := range w.Downtime {
			worst = max(worst, d.Minutes)
		}
		if w.PowerOff.Known() {
			last = c.day(w.PowerOff.Time())
		}
	}
	done, in := c.many("%s move|%s moves", moves), c.many("%s wave|%s waves", len(c.p.Waves))
	text := c.t("%s in %s, without interruption.", done, in)
	if worst > 0 {
		text = c.t("%s in %s; longest interruption of a service %s.", done, in, c.duration(worst))
	}
	if last != "" {
		text += " " + c.t("The last host is off on %s.", last)
	}
	return text
}

// duration writes minutes, in hours from two hours on.
func (c *composer) duration(minutes float64) string {
	if minutes >= 120 {
		return c.about(minutes/60) + "\u00a0h"
	}
	return c.l.Number(minutes, 0) + "\u00a0min"
}

// waves is the order in which it is done.
func (c *composer) waves() Section {
	p := c.p
	if len(p.Waves) == 0 {
		return Section{}
	}
	s := Section{ID: "waves", Title: c.t("Migration in waves"), Blocks: []Block{&Paragraph{Text: c.wavesInBrief()}, c.gantt(), c.waveTable()}}
	if l := c.goingBack(); len(l.Items) > 0 {
		s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("Going back"), Style: Heading}, l)
	}
	t := &Table{ID: "wave-moves", Title: c.t("Moves by wave"), Data: true, Columns: []Column{
		{Title: c.t("Wave"), Kind: Number}, {Title: c.t("Workload"), Kind: Name}, {Title: c.t("From"), Kind: Name}, {Title: c.t("To"), Kind: Name}, {Title: c.t("How"), Kind: Text},
		{Title: c.t("Start"), Unit: "min", Kind: Number}, {Title: c.t("Duration"), Unit: "min", Kind: Number}, {Title: c.t("Interruption"), Unit: "min", Kind: Number},
	}}
	for _, w := range p.Waves {
		for _, m := range w.Moves {
			how := c.how(string(m.Kind))
			if m.Swing {
				how += ", " + c.t("a stop on the way")
			}
			t.Rows = append(t.Rows, []Cell{whole(w.Number), text(system(m.Workload)), text(m.From), text(m.To), text(how), number(m.Start), number(m.Minutes), number(m.Downtime)})
		}
	}
	s.Blocks = append(s.Blocks, t)
	return s
}

func (c *composer) waveTable() *Table {
	t := &Table{ID: "waves", Title: c.t("Waves"), Totals: true, Columns: []Column{
		{Title: c.t("Wave"), Kind: Text}, {Title: c.t("Window opens"), Kind: Name}, {Title: c.t("Length"), Unit: "h", Kind: Number, Decimals: 1, Sum: true}, {Title: c.t("Moves"), Kind: Number, Sum: true},
		{Title: c.t("Longest interruption"), Unit: "min", Kind: Number}, {Title: c.t("Hosts off"), Kind: Number, Sum: true}, {Title: c.t("Power off"), Kind: Name},
		{Title: c.t("Effort"), Unit: c.t("person-days"), Kind: Number, Decimals: 1, Sum: true}, {Title: c.t("Saved by then"), Unit: c.t("kWh a year"), Kind: Number},
	}}
	for _, w := range c.p.Waves {
		worst := Cell{}
		if len(w.Downtime) > 0 {
			worst = number(w.Downtime[0].Minutes)
		}
		saved := Cell{}
		if w.Saved != nil {
			saved = number(w.Saved.Energy)
		}
		off := Cell{}
		if w.PowerOff.Known() {
			off = text(c.day(w.PowerOff.Time()))
		}
		t.Rows = append(t.Rows, []Cell{
			text(c.waveName(w)), text(c.opening(w.Start)), or0(w.Hours), whole(len(w.Moves)), worst, whole(len(w.Freed)), off,
			or0(w.PersonDays), saved,
		})
	}
	return withoutEmptyColumns(t)
}

// opening is when a window opens, in words; as it is where it is no time.
func (c *composer) opening(start string) string {
	t, err := time.Parse(windowTime, start)
	if err != nil {
		return start
	}
	return c.day(t) + ", " + t.Format("15:04")
}

// windowTime is how a plan writes when a window opens.
const windowTime = "2006-01-02T15:04"

// goingBack is how waves are undone, those that are undone alike together.
func (c *composer) goingBack() *List {
	var ways []string
	waves := map[string][]string{}
	for _, w := range c.p.Waves {
		if w.Rollback == "" {
			continue
		}
		if waves[w.Rollback] == nil {
			ways = append(ways, w.Rollback)
		}
		waves[w.Rollback] = append(waves[w.Rollback], itoa(w.Number))
	}
	l := &List{}
	for _, way := range ways {
		l.Items = append(l.Items, Item{c.many("Wave %s:|Waves %s:", len(waves[way]), strings.Join(waves[way], ", ")), capital(c.say(way)) + "."})
	}
	return l
}

func (c *composer) waveName(w plan.Wave) string {
	name := itoa(w.Number)
	if w.Name != "" {
		name += " · " + c.say(w.Name)
	}
	return name
}

// gantt draws the waves along the days where they have dates, else one after
// the other by their hours.
func (c *composer) gantt() *Chart {
	d := &Gantt{Unit: c.t("hours")}
	var first time.Time
	dated := true
	for i, w := range c.p.Waves {
		at, err := time.Parse(windowTime, w.Start)
		if err != nil {
			dated = false
			break
		}
		if i == 0 {
			first = at
		}
		start := at.Sub(first).Hours() / 24
		d.Rows = append(d.Rows, Task{Label: c.waveName(w), Start: start, End: start + w.Hours/24, Note: c.waveNote(w)})
	}
	if dated {
		d.Unit = c.t("days from %s", c.day(first))
	} else {
		d.Rows = nil
		from := 0.0
		for _, w := range c.p.Waves {
			length := w.Hours
			if length <= 0 {
				length = lengthOf(w)
			}
			d.Rows = append(d.Rows, Task{Label: c.waveName(w), Start: from, End: from + length, Note: c.waveNote(w)})
			from += length
		}
	}
	return &Chart{ID: "gantt", Title: c.t("Waves along the time"), Summary: c.wavesInBrief(), Drawing: d}
}

// lengthOf is how long a wave takes by its moves, in hours.
func lengthOf(w plan.Wave) float64 {
	end := 0.0
	for _, m := range w.Moves {
		end = max(end, m.Start+m.Minutes)
	}
	return end / 60
}

func (c *composer) waveNote(w plan.Wave) string {
	text := c.many("%s move|%s moves", len(w.Moves))
	if len(w.Freed) > 0 {
		text += ", " + c.many("%s host off|%s hosts off", len(w.Freed))
	}
	return text
}
