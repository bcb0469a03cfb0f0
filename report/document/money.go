package document

import (
	"sobre/carbon"
	"sobre/cost"
)

// money is costs and return.
func (c *composer) money() Section {
	s := Section{ID: "money", Title: c.t("Costs and return")}
	k := c.p.Cost
	if k == nil {
		s.Blocks = []Block{
			&Paragraph{Text: c.t("Only electricity and purchase are counted: the policy gives no maintenance, space or licences.")}, c.plainBill(),
		}
	} else {
		s.Blocks = append(s.Blocks, c.bill(*k))
		if t := c.purchases(*k); t != nil {
			s.Blocks = append(s.Blocks, t)
		}
		if t := c.licences(*k); t != nil {
			s.Blocks = append(s.Blocks, t)
		}
	}
	s.Blocks = append(s.Blocks, &Paragraph{Text: c.t("Not counted, and to be added by whoever decides: shared storage and backup, the network, training, the project's own staff. A vendor's ratio is no substitute: ask for prices."), Style: Note})
	return s
}

func (c *composer) billTable(id, title string) *Table {
	unit := c.currency()
	return &Table{ID: id, Title: title, Columns: []Column{
		{Title: c.t("Item"), Kind: Text}, {Title: c.t("Today"), Unit: unit, Kind: Span}, {Title: c.t("Plan"), Unit: unit, Kind: Span}, {Title: c.t("Saving"), Unit: unit, Kind: Span},
	}, Note: c.t("A negative saving is spent more. Ranges are the 5th to the 95th percentile; the range of a saving is its own, not the difference of two ranges.")}
}

func (c *composer) plainBill() *Table {
	t := c.billTable("bill", c.t("Electricity and purchase"))
	p := c.p
	t.Rows = [][]Cell{
		{text(c.t("Electricity, a year")), span(p.Before.Cost), span(p.After.Cost), span(p.Saving.Cost)},
		{text(c.t("Purchase, once")), span(carbon.Range{}), span(p.After.Purchase), span(p.After.Purchase.Scale(-1))},
	}
	return t
}

func (c *composer) bill(k cost.Result) *Table {
	t := c.billTable("bill", c.t("Bills over the horizon"))
	row := func(item string, of func(cost.Bill) carbon.Range) {
		if b, a := of(k.Before), of(k.After); b != (carbon.Range{}) || a != (carbon.Range{}) {
			t.Rows = append(t.Rows, []Cell{text(item), span(b), span(a), span(of(k.Saving))})
		}
	}
	row(c.t("Electricity, a year"), func(b cost.Bill) carbon.Range { return b.Electricity })
	row(c.t("Maintenance, a year"), func(b cost.Bill) carbon.Range { return b.Maintenance })
	row(c.t("Space, a year"), func(b cost.Bill) carbon.Range { return b.Space })
	row(c.t("Licences, a year"), func(b cost.Bill) carbon.Range { return b.Licences })
	row(c.t("Sum of a year"), func(b cost.Bill) carbon.Range { return b.PerYear })
	row(c.t("Once"), func(b cost.Bill) carbon.Range { return b.Once })
	row(c.t("Total over %s years, discounted", c.about(c.horizon())), func(b cost.Bill) carbon.Range { return b.Total })
	return t
}

func (c *composer) purchases(k cost.Result) *Table {
	if len(k.After.ByModel) == 0 {
		return nil
	}
	t := &Table{ID: "purchases", Title: c.t("What is bought"), Totals: true, Columns: []Column{
		{Title: c.t("Model"), Kind: Name}, {Title: c.t("Count"), Kind: Number, Sum: true}, {Title: c.t("Price"), Unit: c.currency(), Kind: Number, Sum: true},
	}}
	for _, x := range k.After.ByModel {
		t.Rows = append(t.Rows, []Cell{text(x.Model), whole(x.Count), or0(x.Sum)})
	}
	return t
}

func (c *composer) licences(k cost.Result) *Table {
	t := &Table{ID: "licences", Title: c.t("Licences"), Columns: []Column{
		{Title: c.t("When"), Kind: Text}, {Title: c.t("Licence"), Kind: Name}, {Title: c.t("For"), Kind: Name}, {Title: c.t("Units"), Kind: Number}, {Title: c.t("Hosts"), Kind: Number},
		{Title: c.t("A year"), Unit: c.currency(), Kind: Number}, {Title: c.t("Once"), Unit: c.currency(), Kind: Number},
	}}
	for when, list := range [][]cost.LicenceBill{k.Before.ByLicence, k.After.ByLicence} {
		word := c.t("Today")
		if when == 1 {
			word = c.t("Plan")
		}
		for _, l := range list {
			t.Rows = append(t.Rows, []Cell{text(word), text(l.Name), text(l.For), number(l.Units), whole(len(l.Hosts)), number(l.PerYear), number(l.Once)})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}
