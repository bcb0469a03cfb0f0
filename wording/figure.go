package wording

// Figure is the words around a figure that is unfolded: its value, formula,
// assumptions and input rows.
type Figure struct {
	Names    map[string]string // of figures, by ID
	Before   string            // value
	After    string
	Saved    string
	Formula  string
	Assumed  string // heading of assumptions
	From     string // source
	Rows     string // heading of the input rows
	RowsHead []string
	Bill     []string
	Licence  []string // table of licences: name, units, owned, a year, once, hosts
	Bought   []string // table of what is bought: model, count, sum
	Range    string   // low, high
	Other    string   // other figures to ask for
	Parts    string   // kgCO2e, gSbe, MJ from parts
	Sources  string   // heading of the numbered sources
	PartOf   string   // figure to ask for
	Older    string   // the plan was written before figures could be unfolded

	Host      string // name, state
	HostLoad  string // load in %
	HostWatts string // mean watts, idle watts, watts of its place in an enclosure
	HostYear  string // kWh of IT, kWh at the meter, kgCO2e, amount
	HostWas   string // the same before
	Closed    string // licences
}

func englishFigure() Figure {
	return Figure{
		Names: map[string]string{
			"co2e": "Carbon of use", "energy": "Electricity at the meter", "power": "Power", "load": "Mean load", "embodied": "Manufacture of what is bought",
			"total": "Carbon of use and manufacture", "payback": "Carbon payback", "net": "Carbon over the horizon", "cost": "Money a year",
			"electricity": "Bill of electricity", "maintenance": "Maintenance", "space": "Room in racks", "licences": "Licences", "once": "Paid once", "indicator": "Block of indicators", "npv": "Net present value",
		},
		Before: "today", After: "after the plan", Saved: "saved", Formula: "formula", Assumed: "rests on", From: "source",
		Rows:     "Input rows: kWh a year of IT, host by host, and where their watts come from",
		RowsHead: []string{"Host", "State", "Power known by", "From", "Load %", "Today", "After"},
		Bill:     []string{"Today", "After", "Saved"}, Licence: []string{"Licence", "Units", "Owned", "A year", "Once", "Hosts"}, Bought: []string{"Bought", "Count", "Sum"},
		Range: "(%s … %s)", Parts: "reckoned from parts: %s kgCO2e, %s gSbe of metals and minerals (ADP), %s MJ of primary energy", Sources: "Sources", PartOf: "(unfolded by: %s)", Other: "Other figures: %s; or the ID of a host.",
		Older: "This plan does not hold what the figure is made of: make it again with this program.",
		Host:  "%s · %s", HostLoad: "works at %s %% of its capacity on average",
		HostWatts: "draws %s W on average: %s W without work, of which %s W are its place in an enclosure",
		HostYear:  "in a year: %s kWh, %s kWh at the meter, %s kgCO2e of use, %s of electricity", HostWas: "today in a year: %s kWh",
		Closed: "closed to workloads that need licences: %s",
	}
}

func frenchFigure() Figure {
	return Figure{
		Names: map[string]string{
			"co2e": "Carbone à l'usage", "energy": "Électricité au compteur", "power": "Puissance", "load": "Charge moyenne", "embodied": "Fabrication de ce qui est acheté",
			"total": "Carbone, usage et fabrication", "payback": "Retour carbone", "net": "Carbone sur l'horizon", "cost": "Budget par an",
			"electricity": "Facture d'électricité", "maintenance": "Maintenance", "space": "Place en baie", "licences": "Licences", "once": "Payé une fois", "indicator": "Bloc d'indicateurs", "npv": "Valeur actuelle nette",
		},
		Before: "aujourd'hui", After: "après le plan", Saved: "économisé", Formula: "formule", Assumed: "repose sur", From: "source",
		Rows:     "Lignes d'entrée : kWh par an d'informatique, hôte par hôte, et d'où viennent leurs watts",
		RowsHead: []string{"Hôte", "État", "Puissance par", "D'après", "Charge %", "Aujourd'hui", "Après"},
		Bill:     []string{"Aujourd'hui", "Après", "Économisé"}, Licence: []string{"Licence", "Unités", "Acquises", "Par an", "Une fois", "Hôtes"}, Bought: []string{"Acheté", "Nombre", "Somme"},
		Range: "(%s … %s)", Parts: "d'après les pièces : %s kgCO2e, %s gSbe de métaux et minéraux (ADP), %s MJ d'énergie primaire", Sources: "Sources", PartOf: "(déplié par : %s)", Other: "Autres chiffres : %s ; ou l'identifiant d'un hôte.",
		Older: "Ce plan ne contient pas de quoi ce chiffre est fait : le refaire avec ce programme.",
		Host:  "%s · %s", HostLoad: "travaille à %s %% de sa capacité en moyenne",
		HostWatts: "consomme %s W en moyenne : %s W sans travail, dont %s W pour sa place en châssis",
		HostYear:  "par an : %s kWh, %s kWh au compteur, %s kgCO2e à l'usage, %s d'électricité", HostWas: "aujourd'hui par an : %s kWh",
		Closed: "fermé aux charges qui demandent les licences : %s",
	}
}
