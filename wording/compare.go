package wording

// Compare is the words of scenarios side by side.
type Compare struct {
	Title     Plural // scenarios
	Table     []string
	Unplaced  Plural
	Failed    string // scenario, why
	BeatenBy  string // scenario, by which
	Unbeaten  string // scenarios
	Best      string // measure, scenario
	Measures  map[string]string
	Unknown   string
	Legend    string // years
	CurveHead []string
	Curve     string // estate
	PerMove   string // gain, moves, hosts
	NoGain    string // gain
}

func englishCompare() Compare {
	return Compare{
		Title:    Plural{"%s scenario", "%s scenarios"},
		Table:    []string{"*", "Scenario", "Hosts", "Buys", "Moves", "Down", "MWh", "tCO2e", "kEUR"},
		Unplaced: Plural{"%s: one workload has no place", "%s: some workloads have no place"}, Failed: "%s could not be planned: %s",
		BeatenBy: "%s is beaten by %s.", Unbeaten: "Each a choice, beaten by none (*): %s.",
		Best: "%s: %s", Measures: map[string]string{"hosts": "Fewest hosts", "cost": "Least money", "co2e": "Least carbon"},
		Unknown: "?", Legend: "A year each; what is bought is spread over %s years. ~: not proven fewest. ?: not known. Beaten: no better in hosts, money or carbon; failures survived and headroom are not compared.",
		CurveHead: []string{"Freed", "Moves", "Freed", "Hosts", "Freed a move", "MWh a year"},
		Curve:     "%s · hosts freed against moves made", PerMove: "Up to %[2]s moves, which free %[3]s hosts, each step frees at least %[1]s hosts a move.", NoGain: "No step frees %s hosts a move.",
	}
}

func frenchCompare() Compare {
	return Compare{
		Title:    Plural{"%s scénario", "%s scénarios"},
		Table:    []string{"*", "Scénario", "Hôtes", "Achats", "Dépl.", "Arrêt", "MWh", "tCO2e", "k€"},
		Unplaced: Plural{"%s : une charge n'a pas de place", "%s : des charges n'ont pas de place"}, Failed: "%s n'a pas pu être planifié : %s",
		BeatenBy: "%s est dominé par %s.", Unbeaten: "Chacun un choix, dominé par aucun (*) : %s.",
		Best: "%s : %s", Measures: map[string]string{"hosts": "Le moins d'hôtes", "cost": "Le moins d'argent", "co2e": "Le moins de carbone"},
		Unknown: "?", Legend: "Par an ; les achats sont étalés sur %s ans. ~ : minimum non prouvé. ? : inconnu. Dominé : en rien meilleur en hôtes, argent ou carbone ; ni pannes surmontées ni marges ne sont comparées.",
		CurveHead: []string{"Libérés", "Dépl.", "Libérés", "Hôtes", "Libérés par dépl.", "MWh par an"},
		Curve:     "%s · hôtes libérés contre déplacements", PerMove: "Jusqu'à %[2]s déplacements, qui libèrent %[3]s hôtes, chaque pas libère au moins %[1]s hôte par déplacement.", NoGain: "Aucun pas ne libère %s hôte par déplacement.",
	}
}
