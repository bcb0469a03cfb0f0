package cost

import "sobre/carbon"

// Formulas lists how the figures of money come about, and those of the carbon
// room that they are made of.
func Formulas() []carbon.Formula {
	own := "docs/carbon.md §10"
	return append([]carbon.Formula{
		{
			ID: "cost", What: "Money paid in a year.", Formula: "electricity + maintenance + space + licences", Unit: "money/year",
			Reference: own, Parts: []string{"electricity", "maintenance", "space", "licences"},
		},
		{
			ID: "electricity", What: "The bill of electricity of the first year, cooling in it.", Formula: "energy × price of a kWh", Unit: "money/year",
			Reference: own, Uses: []string{"cost.electricity"}, Parts: []string{"energy"},
		},
		{
			ID: "maintenance", What: "Contracts of hosts and enclosures.", Formula: "Σ price × share", Unit: "money/year",
			Reference: own, Uses: []string{"cost.maintenance"},
		},
		{
			ID: "space", What: "Room in racks; a blade takes none of its own.", Formula: "Σ rack units × price of one", Unit: "money/year",
			Reference: own, Uses: []string{"cost.rack-unit", "cost.rack-units"},
		},
		{
			ID: "licences", What: "Software by its own metric; each host takes the cheapest of what serves.", Formula: "Σ units × price, or × support for what is owned", Unit: "money/year",
			Reference: "the makers' terms, as each licence names them", Uses: []string{"cost.licence."},
		},
		{
			ID: "once", What: "Money paid once.", Formula: "purchase + licences not owned yet + decommissioning", Unit: "money",
			Reference: own, Uses: []string{"cost.decommission"},
		},
		{
			ID: "npv", What: "What the plan is worth today.", Formula: "Σ year y: (saved electricity·(1 + rise)^(y−1) + other savings) / (1 + discount)^y − once", Unit: "money",
			Reference: "net present value, sums paid at the end of each year", Uses: []string{"cost.discount", "cost.rise", "cost.horizon"}, Parts: []string{"cost", "once"},
		},
	}, carbon.Formulas()...)
}

// Explain unfolds a figure of money (cost, electricity, maintenance, space,
// licences, once, npv) or of the carbon room into its formula and the
// assumptions that it rests on.
func Explain(figure string, assumptions []carbon.Assumption) (carbon.Explanation, error) {
	return carbon.Unfold(figure, Formulas(), assumptions)
}
