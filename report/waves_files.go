package report

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
	"sobre/planner/plan"
	"sobre/wording"
)

// cleanName keeps a name from the files of strangers from steering a terminal.
func cleanName(s string) string { return inventory.CleanText(s) }

// waveSpan is when a wave begins and ends, in local time without a zone; not
// ok without dates.
func waveSpan(w *plan.Wave) (start, end time.Time, ok bool) {
	start, err := time.Parse("2006-01-02T15:04", w.Start)
	if err != nil {
		return start, end, false
	}
	return start, start.Add(time.Duration(w.Hours * float64(time.Hour)).Round(time.Second)), true
}

// WavesCSV writes one line per move, times in local time.
func WavesCSV(out io.Writer, p *plan.Plan) error {
	rows := [][]string{{"wave", "name", "workload", "from", "to", "kind", "stop_on_the_way", "starts", "ends", "start_minute", "minutes", "downtime_minutes"}}
	for n := range p.Waves {
		w := &p.Waves[n]
		opens, _, dated := waveSpan(w)
		for _, m := range w.Moves {
			from, to := "", ""
			if dated {
				from = opens.Add(minutes(m.Start)).Format("2006-01-02T15:04")
				to = opens.Add(minutes(m.Start + m.Minutes)).Format("2006-01-02T15:04")
			}
			rows = append(rows, []string{
				strconv.Itoa(w.Number), w.Name, m.Workload, m.From, m.To, string(m.Kind), strconv.FormatBool(m.Swing), from, to, plain(m.Start), plain(m.Minutes), plain(m.Downtime),
			})
		}
	}
	return writeCSV(out, rows)
}

func minutes(v float64) time.Duration { return time.Duration(v * float64(time.Minute)) }

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func writeCSV(out io.Writer, rows [][]string) error {
	for _, row := range rows {
		for i := range row {
			row[i] = defuse(row[i])
		}
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// errUndated is why a calendar cannot be written.
var errUndated = errors.New("the waves have no dates: set waves.start in the policy (waves: {start: 2026-12-05}) and plan again")

// WavesCalendar writes the waves as iCalendar (RFC 5545), one event each, in
// floating local time. An event keeps its UID when the plan is made again, so
// that a calendar updates it.
func WavesCalendar(out io.Writer, p *plan.Plan, l *wording.Language) error {
	var text strings.Builder
	line := func(name, value string) { foldLine(&text, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//sobre//waves//EN")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	for n := range p.Waves {
		w := &p.Waves[n]
		start, end, ok := waveSpan(w)
		if !ok {
			return errUndated
		}
		line("BEGIN", "VEVENT")
		line("UID", fmt.Sprintf("wave-%d-%s@sobre.invalid", w.Number, estateKey(p)))
		line("DTSTAMP", stampOf(p, start).Format("20060102T150405Z"))
		line("DTSTART", start.Format("20060102T150405"))
		if end.After(start) {
			line("DTEND", end.Format("20060102T150405"))
		}
		line("SUMMARY", calendarText(waveTitle(p, w, l)))
		line("DESCRIPTION", calendarText(waveStory(p, w, l)))
		line("CATEGORIES", "sobre")
		line("TRANSP", "OPAQUE")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	_, err := io.WriteString(out, text.String())
	return err
}

// estateKey tells the waves of one estate from those of another.
func estateKey(p *plan.Plan) string {
	sum := sha256.Sum256([]byte(p.Estate.Name))
	return hex.EncodeToString(sum[:6])
}

// stampOf stands for the moment the event was made: the plan knows no clock,
// so it is the day of the inventory, else that of the wave.
func stampOf(p *plan.Plan, start time.Time) time.Time {
	if p.Estate.Collected.Known() {
		return p.Estate.Collected.Time()
	}
	return time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
}

func waveTitle(p *plan.Plan, w *plan.Wave, l *wording.Language) string {
	name := ""
	if w.Name == "pilot" {
		name = " (" + l.Waves.Pilot + ")"
	}
	return cleanName(p.Estate.Name) + " · " + fmt.Sprintf(l.Waves.Summary, l.Count(w.Number), name, l.Waves.Moved.Of(l, len(w.Moves)))
}

func waveStory(p *plan.Plan, w *plan.Wave, l *wording.Language) string {
	var list []string
	for _, m := range w.Moves {
		list = append(list, moveStep(m, l))
	}
	if len(w.Freed) > 0 {
		list = append(list, fmt.Sprintf(l.Waves.StepOff, strings.Join(w.Freed, ", ")))
	}
	if len(w.Downtime) > 0 {
		list = append(list, l.Waves.Fields["services"]+": "+interrupted(*w, l, len(w.Downtime)))
	}
	return strings.Join(append(list, l.Waves.Fields["rollback"]+": "+l.Say(w.Rollback)), "\n")
}

func moveStep(m plan.Move, l *wording.Language) string {
	kind := l.Waves.Kinds[string(m.Kind)]
	if m.Swing {
		kind += ", " + l.Waves.Stop
	}
	from := m.From
	if from == "" {
		from = "?"
	}
	return fmt.Sprintf(l.Waves.Step, l.Number(m.Start, 0), m.Workload, from, m.To, kind, l.Number(m.Minutes, 0))
}

// calendarText escapes a TEXT value (RFC 5545, section 3.3.11).
func calendarText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// foldLine writes a content line in pieces of at most 75 octets (section 3.1),
// never within a character.
func foldLine(out *strings.Builder, line string) {
	width := 75
	for len(line) > width {
		cut := width
		for cut > 0 && line[cut]&0xC0 == 0x80 {
			cut--
		}
		if cut == 0 {
			cut = width // no text of ours: not UTF-8
		}
		out.WriteString(line[:cut] + "\r\n ")
		line, width = line[cut:], 74
	}
	out.WriteString(line + "\r\n")
}
