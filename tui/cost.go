package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/carbon"
	"sobre/cost"
	"sobre/planner/plan"
)

// costView is what the estate costs today and in the plan: by the year, once,
// and over the horizon, with what is bought and which licences count.
type costView struct{ scroll scroller }

func (c *costView) key(k string, f frame) tea.Cmd {
	c.scroll.key(k, f.height)
	return nil
}

func (c *costView) hints(f frame) []hint { return []hint{{"↑↓", f.words.KeyScroll}} }

func (c *costView) body(f frame) []string {
	p := f.view.plan
	lines := f.bill(p)
	if p.Cost != nil {
		lines = append(lines, f.bills(p.Cost, p.Policy.Carbon.Horizon.Years())...)
		lines = append(lines, f.licences(p.Cost)...)
		lines = append(lines, f.purchases(p.Cost)...)
	}
	if f.plain {
		return lines
	}
	return c.scroll.cut(lines, f.height)
}

// bill shows the yearly sum before and after, and when what is bought is paid back.
func (f frame) bill(p *plan.Plan) []string {
	s := f.moneyScale(p.Before.Cost)
	lines := f.twoBars(f.words.Money, s, p.Before.Cost, p.After.Cost)
	lines = append(lines, f.under(f.saves(p.Saving.Cost, s)))
	if p.After.Purchase.Best <= 0 {
		return lines
	}
	b := f.moneyScale(p.After.Purchase)
	back := f.words.NeverPaid
	if r := p.Saving.CostPayback; r != nil {
		back = f.paybackIn(*r)
	}
	return append(lines, f.barLine(f.words.Purchase, f.words.Once, f.show(p.After.Purchase.Best, b), once(b.unit)+" · "+back))
}

// Columns of the table of bills.
const (
	billLabel  = 24
	billFigure = 12
)

// bills is the table of what is paid, by the year, once and in all.
func (f frame) bills(r *cost.Result, horizon float64) []string {
	w := f.words.Cost
	head := func(title string) string {
		return " " + f.look.title.Render(fit(title, billLabel)) +
			f.look.faint.Render(fitRight(w.Before, billFigure)+fitRight(w.After, billFigure)+fitRight(w.Saves, billFigure)+"  "+r.Currency)
	}
	lines := []string{"", head(w.PerYear)}
	for _, row := range []struct {
		name                  string
		before, after, saving carbon.Range
	}{
		{w.Electricity, r.Before.Electricity, r.After.Electricity, r.Saving.Electricity},
		{w.Maintenance, r.Before.Maintenance, r.After.Maintenance, r.Saving.Maintenance},
		{w.Space, r.Before.Space, r.After.Space, r.Saving.Space},
		{w.Licences, r.Before.Licences, r.After.Licences, r.Saving.Licences},
		{w.Sum, r.Before.PerYear, r.After.PerYear, r.Saving.PerYear},
	} {
		if row.before.Best != 0 || row.after.Best != 0 {
			lines = append(lines, f.billRow(row.name, row.before, row.after, row.saving))
		}
	}
	if r.Before.Once.Best != 0 || r.After.Once.Best != 0 {
		lines = append(lines, "", head(w.Once), f.billRow(w.Spent, r.Before.Once, r.After.Once, r.Saving.Once))
	}
	lines = append(lines, "", head(fmt.Sprintf(w.Horizon, f.language.Number(horizon, 0))), f.billRow(w.Total, r.Before.Total, r.After.Total, r.Saving.Total))
	lines = append(lines, " "+fit(w.NPV, billLabel)+f.coloured(r.NPV)+f.doubt(r.NPV))
	return append(lines, f.paid(r))
}

// billRow is one line of a table of bills, with the range of its saving.
func (f frame) billRow(name string, before, after, saving carbon.Range) string {
	figure := func(v float64) string { return fitRight(f.amount(v), billFigure) }
	return " " + fit(name, billLabel) + figure(before.Best) + figure(after.Best) + f.look.plan.Render(figure(saving.Best)) + f.doubt(saving)
}

// amount writes money in whole units of its currency.
func (f frame) amount(v float64) string { return f.language.Number(v, 0) }

// coloured is a figure of money: good above zero, bad below; the sign says so too.
func (f frame) coloured(r carbon.Range) string {
	text := fitRight(f.amount(r.Best), billFigure)
	if r.Best < 0 {
		return f.look.bad.Render(text)
	}
	return f.look.good.Render(text)
}

// doubt is the range of a figure, empty where it has none.
func (f frame) doubt(r carbon.Range) string {
	if r.Low == r.High {
		return ""
	}
	return f.look.faint.Render(fmt.Sprintf("  (%s … %s)", f.amount(r.Low), f.amount(r.High)))
}

func (f frame) paid(r *cost.Result) string {
	w := f.words.Cost
	switch {
	case r.Saving.Once.Best >= 0:
		return ""
	case r.NeverPays:
		return " " + f.look.bad.Render(w.NeverPays)
	}
	return " " + f.paybackIn(r.PaybackYears)
}

// licences lists the licences that the plan needs, with what they took before.
func (f frame) licences(r *cost.Result) []string {
	if len(r.Before.ByLicence) == 0 && len(r.After.ByLicence) == 0 {
		return nil
	}
	w := f.words.Cost
	lines := []string{"", " " + f.look.title.Render(w.ByLicence)}
	before := map[string]cost.LicenceBill{}
	for _, b := range r.Before.ByLicence {
		before[b.Name] = b
	}
	row := func(name string, old, now cost.LicenceBill) string {
		units := func(b cost.LicenceBill) string {
			return fmt.Sprintf(w.Units, f.language.Number(b.Units, 0), f.language.Count(len(b.Hosts)))
		}
		return " " + fit(clean(name), billLabel) + fitRight(f.amount(old.PerYear), billFigure) + fitRight(f.amount(now.PerYear), billFigure) +
			"   " + units(old) + " → " + units(now)
	}
	for _, b := range r.After.ByLicence {
		lines = append(lines, row(b.Name, before[b.Name], b))
		delete(before, b.Name)
	}
	for _, b := range r.Before.ByLicence {
		if _, gone := before[b.Name]; gone {
			lines = append(lines, row(b.Name, b, cost.LicenceBill{}))
		}
	}
	return lines
}

// purchases lists what is bought, and which of it has no price.
func (f frame) purchases(r *cost.Result) []string {
	w := f.words.Cost
	var lines []string
	if len(r.After.ByModel) > 0 {
		lines = append(lines, "", " "+f.look.title.Render(w.ByModel))
	}
	for _, m := range r.After.ByModel {
		lines = append(lines, " "+fit(fmt.Sprintf(w.Bought, f.language.Count(m.Count))+" "+clean(m.Model), billLabel)+fitRight(f.amount(m.Sum), billFigure)+" "+r.Currency)
	}
	if len(r.Unpriced) > 0 {
		lines = append(lines, " "+f.look.warn.Render(fmt.Sprintf(w.Unpriced, clean(strings.Join(r.Unpriced, ", ")))))
	}
	return lines
}
