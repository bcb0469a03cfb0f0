package wording

// TUIWaves is the words of the screen of waves.
type TUIWaves struct {
	Columns   []string
	Today     string // the row before the first wave
	None      string
	NoMoves   string
	Summary   string // moves, waves
	Downtime  string // hours
	DoneBy    string // date
	Off       string // hosts switched off so far, of
	Room      string
	RoomKeys  string // legend
	Energy    string // kWh figure, unit
	Interrupt string // services interrupted
	Freed     string // hosts
	Rollback  string
	Effort    string // person-days
	Moves     string // how many
	Hours     string // number
	Minutes   string // number
	Kinds     map[string]string
	Swing     string
	KeyStep   string
}

func englishTUIWaves() TUIWaves {
	return TUIWaves{
		Columns: []string{"Wave", "Opens", "Moves", "Hours", "Down h", "Frees", "Off"},
		Today:   "today", None: "This plan has no waves: nobody asked in which order to move.",
		NoMoves: "Nothing moves in this plan.",
		Summary: "%s moves in %s waves", Downtime: "%s h down in all", DoneBy: "done by %s",
		Off: "hosts off: %s of %s", Room: "Machine room", RoomKeys: "█ memory in use · ○ on, empty · · switched off · + bought",
		Energy: "%s %s from then on", Interrupt: "Interrupted", Freed: "Switched off at its end: %s", Rollback: "To go back",
		Effort: "%s person-days", Moves: "Moves (%s)", Hours: "%s h", Minutes: "%s min",
		Kinds: map[string]string{"p2v": "becomes a guest", "live": "moves running", "cold": "moves switched off"},
		Swing: "a stop on the way", KeyStep: "step through the waves",
	}
}

func frenchTUIWaves() TUIWaves {
	return TUIWaves{
		Columns: []string{"Vague", "Ouvre", "Moves", "Heures", "Arrêt h", "Libère", "Éteints"},
		Today:   "aujourd'hui", None: "Ce plan n'a pas de vagues : l'ordre des déplacements n'a pas été demandé.",
		NoMoves: "Rien ne se déplace dans ce plan.",
		Summary: "%s déplacements en %s vagues", Downtime: "%s h d'arrêt en tout", DoneBy: "terminé le %s",
		Off: "hôtes éteints : %s sur %s", Room: "Salle machines", RoomKeys: "█ mémoire occupée · ○ allumé, vide · · éteint · + acheté",
		Energy: "%s %s à partir de là", Interrupt: "Interrompus", Freed: "Éteints à la fin : %s", Rollback: "Pour revenir en arrière",
		Effort: "%s jours-personnes", Moves: "Déplacements (%s)", Hours: "%s h", Minutes: "%s min",
		Kinds: map[string]string{"p2v": "devient une machine virtuelle", "live": "se déplace en marche", "cold": "se déplace à l'arrêt"},
		Swing: "une étape", KeyStep: "avancer de vague en vague",
	}
}

// TUICost is the words of the screen of costs.
type TUICost struct {
	PerYear, Once, Horizon      string // headings; Horizon: years
	Electricity, Maintenance    string
	Space, Licences, Sum        string
	Spent, Total                string
	Before, After, Saves, Costs string
	NPV                         string
	Payback, NeverPays          string
	ByLicence, ByModel          string
	Units                       string // units, hosts
	Bought                      string // count
	Unpriced                    string // models
	Tariff                      string // price, unit
}

func englishTUICost() TUICost {
	return TUICost{
		PerYear: "A YEAR", Once: "ONCE", Horizon: "OVER %s YEARS, DISCOUNTED", Electricity: "electricity", Maintenance: "maintenance", Space: "room", Licences: "licences", Sum: "sum",
		Spent: "purchase and removal", Total: "all in all", Before: "today", After: "plan", Saves: "saves", Costs: "costs more",
		NPV: "net present value", Payback: "paid back", NeverPays: "never paid back by what it saves",
		ByLicence: "Licences", ByModel: "To buy", Units: "%s units, hosts: %s", Bought: "%s ×", Unpriced: "without a price, so not counted: %s", Tariff: "electricity at %s",
	}
}

func frenchTUICost() TUICost {
	return TUICost{
		PerYear: "PAR AN", Once: "UNE FOIS", Horizon: "SUR %s ANS, ACTUALISÉ", Electricity: "électricité", Maintenance: "maintenance", Space: "salle", Licences: "licences", Sum: "somme",
		Spent: "achat et dépose", Total: "tout compris", Before: "aujourd'hui", After: "plan", Saves: "économie", Costs: "surcoût",
		NPV: "valeur actuelle nette", Payback: "amorti", NeverPays: "jamais amorti par ce qu'il économise",
		ByLicence: "Licences", ByModel: "À acheter", Units: "%s unités, hôtes : %s", Bought: "%s ×", Unpriced: "sans prix, donc non compté : %s", Tariff: "électricité à %s",
	}
}
