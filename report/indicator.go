package report

import (
	"fmt"
	"io"
	"strings"

	"sobre/carbon"
	"sobre/wording"
)

// IndicatorBlock writes the figures that a French local authority owes as one
// block of plain text, to be pasted into its reports: the fields carry the
// names of the instruments (REEN art. 35, BEGES v5, PCAET, RGESN v2).
func IndicatorBlock(out io.Writer, x *carbon.Indicator, l *wording.Language) error {
	b := indicatorBlock{out, x, l, &l.Footprint, x.PCAET.EnergySaved != (carbon.Range{}) || x.REEN.ServersAfter > 0}
	fmt.Fprintln(out, strings.ToUpper(b.w.Block))
	b.line("perimeter", l.Say(x.Perimeter))
	b.line("period", l.Say(x.Period))
	b.line("reference", l.Say(x.Reference))
	b.line("method", l.Say(x.Method))
	b.line("rungs", rungs(x.Rungs, l))
	for _, f := range x.Factors {
		b.line("factor", fmt.Sprintf("%s gCO2e/kWh (%s, %d, %s ; %s, %s)", l.Figures(f.Grams, 3), f.ID, f.Year, l.Say(f.Scope), f.Source.Publisher, f.Source.Title))
	}
	b.reen()
	b.beges()
	if b.project {
		b.pcaet()
	}
	b.rgesn()
	var excluded []string
	for _, e := range x.Exclusions {
		excluded = append(excluded, l.Say(e))
	}
	b.line("excluded", strings.Join(excluded, " ; "))
	return nil
}

type indicatorBlock struct {
	io.Writer
	x       *carbon.Indicator
	l       *wording.Language
	w       *wording.Footprint
	project bool // a change is compared
}

func (b indicatorBlock) line(field, text string) {
	colon := ": "
	if b.l.Code == "fr" {
		colon = " : "
	}
	paragraph(b, b.w.Fields[field]+colon+text)
}

func (b indicatorBlock) head(field string) { paragraph(b, b.w.Fields[field]) }

// figure writes a figure before and, of a project, after.
func (b indicatorBlock) figure(field string, before, after carbon.Range, unit string, digits int) {
	text := b.span(before, digits)
	if b.project {
		text = fmt.Sprintf(b.w.Fields["after"], text, b.span(after, digits))
	}
	b.line(field, text+" "+unit)
}

func (b indicatorBlock) span(r carbon.Range, digits int) string {
	n := func(v float64) string { return b.l.Number(v, digits) }
	if r.Low == r.High {
		return n(r.Best)
	}
	return fmt.Sprintf("%s (%s … %s)", n(r.Best), n(r.Low), n(r.High))
}

func (b indicatorBlock) reen() {
	r := b.x.REEN
	b.head("reen")
	servers := b.l.Count(r.ServersBefore)
	if b.project {
		servers = fmt.Sprintf(b.w.Fields["after"], servers, b.l.Count(r.ServersAfter))
	}
	b.line("servers", servers)
	b.figure("it", r.ITEnergyBefore, r.ITEnergyAfter, b.l.Say("kWh/year"), 0)
	b.figure("room", r.FacilityBefore, r.FacilityAfter, b.l.Say("kWh/year"), 0)
	b.figure("pue", r.PUEBefore, r.PUEAfter, "", 2)
}

func (b indicatorBlock) beges() {
	g := b.x.BEGES
	b.head("beges")
	unit := "tCO2e" + strings.TrimPrefix(b.l.Say("kWh/year"), "kWh")
	b.figure("2.1", g.Item21Before, g.Item21After, unit, 2)
	b.line("4.1", b.l.Say(g.Item41))
	b.line("4.2", b.span(g.Item42, 2)+" tCO2e")
	if g.MarketBefore != g.Item21Before {
		b.figure("market", g.MarketBefore, g.MarketAfter, unit, 2)
	}
}

func (b indicatorBlock) pcaet() {
	p := b.x.PCAET
	b.head("pcaet")
	b.line("saved", b.span(p.EnergySaved, 0)+" "+b.l.Say("kWh/year"))
	b.line("avoided", b.span(p.CO2eAvoided, 2)+" tCO2e"+strings.TrimPrefix(b.l.Say("kWh/year"), "kWh"))
	net := fmt.Sprintf(b.w.Fields["net"], b.l.Number(p.Horizon, 0))
	colon := ": "
	if b.l.Code == "fr" {
		colon = " : "
	}
	paragraph(b, net+colon+b.span(p.Net, 2)+" tCO2e")
	switch r := b.x.REEN; {
	case r.CarbonNeverRepaid:
		b.line("payback", b.w.Fields["never"])
	case r.EmbodiedKg.Best > 0:
		b.line("payback", b.span(r.CarbonPayback, 1)+" "+b.w.Fields["years"])
	}
}

func (b indicatorBlock) rgesn() {
	b.head("rgesn")
	for _, c := range b.x.RGESN {
		verdict := b.w.Met
		if !c.Met {
			verdict = fmt.Sprintf(b.w.NotMet, b.l.Figures(c.Limit, 2))
		}
		paragraph(b, fmt.Sprintf("%s %s = %s, %s", c.Criterion, b.l.Say(c.What), b.l.Figures(c.Value, 2), verdict))
	}
}
