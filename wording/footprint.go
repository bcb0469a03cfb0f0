package wording

// Footprint is the words of an estate's footprint as it is, of emission
// factors side by side, and of the block of indicators.
type Footprint struct {
	Servers   Plural
	Rows      map[string]string // figures, by ID
	Units     map[string]string
	Moves     string // heading of the tornado
	Services  []string
	NoService string
	More      Plural // services not shown
	Known     string // heading: how the power of hosts is known
	Assumed   Plural
	Factors   []string          // table
	Methods   map[string]string // short
	Beside    string            // spread of factors: country, year, low, high, low figure, high figure
	Uses      string            // default factor
	Workloads []string          // of the CSV

	Block  string // title of the block of indicators
	Fields map[string]string
	Met    string
	NotMet string // limit
}

func englishFootprint() Footprint {
	return Footprint{
		Servers: Plural{"%s server in service", "%s servers in service"},
		Rows: map[string]string{
			"it": "Electricity of IT", "energy": "Electricity at the meter", "co2e": "Carbon of use", "market": "  by the contract (market-based)", "cost": "Money", "pue": "PUE",
			"water": "Water evaporated", "reused": "Heat used elsewhere",
		},
		Units:    map[string]string{"it": "kWh a year", "energy": "kWh a year", "co2e": "kgCO2e a year", "market": "kgCO2e a year", "cost": "%s a year", "water": "litres a year", "reused": "kWh a year"},
		Moves:    "What moves the carbon most (kgCO2e a year with each at its 5th and 95th percentile)",
		Services: []string{"Service", "Workloads", "kWh a year", "kgCO2e a year", "per workload"}, NoService: "(none named)",
		More: Plural{"and %s more service: --output csv", "and %s more services: --output csv"}, Known: "Power known by:",
		Assumed: Plural{"%s assumption, with range and source: --output json", "%s assumptions, each with range and source: --output json"},
		Factors: []string{"Year", "g/kWh", "Method", "Publisher and scope"}, Methods: map[string]string{"location": "location", "market": "market", "marginal": "marginal"},
		Beside:    "%s%s: published figures run from %s g/kWh (%s) to %s (%s).",
		Uses:      "* is what a plan uses unless the policy says otherwise (carbon.factor, carbon.year).",
		Workloads: []string{"workload", "host", "service", "energy_kwh_per_year", "co2e_kg_per_year", "co2e_kg_low", "co2e_kg_high", "sci_kg_per_workload_year"},
		Block:     "Carbon indicator of the servers",
		Fields: map[string]string{
			"perimeter": "Perimeter", "period": "Period", "reference": "Reference", "method": "Method", "rungs": "Power known by", "factor": "Factor of electricity",
			"reen": "Responsible digital strategy (loi 2021-1485 REEN, art. 35; décret 2022-1084)", "servers": "Servers in service", "it": "Electricity of IT", "room": "Electricity of the room",
			"pue": "PUE", "beges": "Greenhouse gas inventory (BEGES v5)", "2.1": "Item 2.1, electricity", "4.1": "Item 4.1, upstream of energy", "4.2": "Item 4.2, fixed assets",
			"market": "By the contract (beside, never instead)", "pcaet": "Climate plan (PCAET), action", "saved": "Electricity saved", "avoided": "Emissions avoided",
			"net": "Emissions avoided over %s years", "payback": "Carbon payback of what is bought", "rgesn": "Ecodesign of digital services (RGESN v2), hosting", "excluded": "Not counted",
			"years": "years", "never": "never", "after": "%s → %s",
		},
		Met: "met", NotMet: "not met (limit %s)",
	}
}

func frenchFootprint() Footprint {
	return Footprint{
		Servers: Plural{"%s serveur en service", "%s serveurs en service"},
		Rows: map[string]string{
			"it": "Électricité informatique", "energy": "Électricité au compteur", "co2e": "Carbone à l'usage", "market": "  selon le contrat (market-based)", "cost": "Budget", "pue": "PUE",
			"water": "Eau évaporée", "reused": "Chaleur utilisée ailleurs",
		},
		Units:    map[string]string{"it": "kWh par an", "energy": "kWh par an", "co2e": "kgCO2e par an", "market": "kgCO2e par an", "cost": "%s par an", "water": "litres par an", "reused": "kWh par an"},
		Moves:    "Ce qui fait le plus varier le carbone (kgCO2e par an, chacun à son 5e et à son 95e centile)",
		Services: []string{"Service", "Charges", "kWh par an", "kgCO2e par an", "par charge"}, NoService: "(sans service)",
		More: Plural{"et %s autre service : --output csv", "et %s autres services : --output csv"}, Known: "Puissance connue par :",
		Assumed: Plural{"%s hypothèse, avec plage et source : --output json", "%s hypothèses, chacune avec plage et source : --output json"},
		Factors: []string{"Année", "g/kWh", "Méthode", "Éditeur et périmètre"}, Methods: map[string]string{"location": "lieu", "market": "contrat", "marginal": "marginale"},
		Beside:    "%s%s : les valeurs publiées vont de %s g/kWh (%s) à %s (%s).",
		Uses:      "* est celui qu'un plan utilise, sauf avis contraire de la politique (carbon.factor, carbon.year).",
		Workloads: []string{"workload", "host", "service", "energy_kwh_per_year", "co2e_kg_per_year", "co2e_kg_low", "co2e_kg_high", "sci_kg_per_workload_year"},
		Block:     "Indicateur carbone des serveurs",
		Fields: map[string]string{
			"perimeter": "Périmètre", "period": "Période", "reference": "Référence", "method": "Méthode", "rungs": "Puissance connue par", "factor": "Facteur de l'électricité",
			"reen": "Stratégie numérique responsable (loi 2021-1485 REEN, art. 35 ; décret 2022-1084)", "servers": "Serveurs en service", "it": "Électricité informatique", "room": "Électricité de la salle",
			"pue": "PUE", "beges": "Bilan des émissions de gaz à effet de serre (BEGES v5)", "2.1": "Poste 2.1, électricité", "4.1": "Poste 4.1, amont de l'énergie", "4.2": "Poste 4.2, immobilisations",
			"market": "Selon le contrat (à côté, jamais à la place)", "pcaet": "Plan climat (PCAET), action", "saved": "Électricité économisée", "avoided": "Émissions évitées",
			"net": "Émissions évitées sur %s ans", "payback": "Retour carbone de ce qui est acheté", "rgesn": "Écoconception des services numériques (RGESN v2), hébergement", "excluded": "Non compté",
			"years": "ans", "never": "jamais", "after": "%s → %s",
		},
		Met: "atteint", NotMet: "non atteint (limite %s)",
	}
}
