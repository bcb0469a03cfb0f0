package wording

// Check is the words of what a check of gates prints.
type Check struct {
	// Marks stand before a gate: gate.Status, and "warns" for a gate of that
	// level that does not hold.
	Marks   map[string]string
	Units   map[string]string // of figures, by the unit in base or scaled form
	Unknown string            // in place of a figure
	After   string            // figure after the best plan
	Today   string            // marks a figure of today where the gate is of a plan
	Planned string            // marks a gate on the plan

	PlanMeets string // the best plan meets what fails today
	Feasible  Plural // hosts today, then planned and bound follow in Proven or Bounded
	Proven    string // hosts
	Bounded   string // hosts, bound
	NotFound  string // no feasible placement was found

	Waiver, Ended                       string // owner, last day, reason
	More                                Plural // things that are not listed
	Gates                               Plural
	Hold, Waived, Known, Warned, Failed Plural
	NoGates                             string // the estate has none of its own: path
	ListHead                            []string
	Each, Things                        string // kinds of measures in that list: what it is
	Sum                                 string // gates, what became of them
}

func englishCheck() Check {
	return Check{
		Marks: map[string]string{"holds": "ok", "fails": "FAIL", "warns": "warn", "waived": "waived", "known": "known"},
		Units: map[string]string{
			"%": "%", "kWh/year": "kWh/year", "MWh/year": "MWh/year", "kg/year": "kg CO2e/year", "t/year": "t CO2e/year", "kg": "kg CO2e", "t": "t CO2e",
			"EUR/year": "%s/year", "EUR": "%s", "years": "years", "days": "days", "hours": "hours",
		},
		Unknown: "cannot be told", After: "%s after the best plan", Today: "today", Planned: "plan",
		PlanMeets: "A placement that meets it exists: sobre plan shows it.",
		Feasible:  Plural{"A feasible placement exists: %s host today", "A feasible placement exists: %s hosts today"},
		Proven:    "%s after the plan, proven least", Bounded: "%s after the plan, at least %s needed",
		NotFound: "No feasible placement was found.",
		Waiver:   "waived by %s until %s: %s", Ended: "the waiver of %s ended on %s: %s",
		More: Plural{"and one more", "and %s more"}, Gates: Plural{"%s gate", "%s gates"},
		Hold: Plural{"%s holds", "%s hold"}, Waived: Plural{"%s is waived", "%s are waived"}, Known: Plural{"%s is known", "%s are known"},
		Warned: Plural{"%s warns", "%s warn"}, Failed: Plural{"%s fails", "%s fail"},
		NoGates:  "%s has no gates: held to those that every estate is held to (write your own under gates:)",
		ListHead: []string{"measure", "unit", "of", "what it is"}, Each: "each: %s", Things: "list: %s", Sum: "%s: %s",
	}
}

func frenchCheck() Check {
	return Check{
		Marks: map[string]string{"holds": "ok", "fails": "ÉCHEC", "warns": "alerte", "waived": "dérogé", "known": "connu"},
		Units: map[string]string{
			"%": "%", "kWh/year": "kWh/an", "MWh/year": "MWh/an", "kg/year": "kg CO2e/an", "t/year": "t CO2e/an", "kg": "kg CO2e", "t": "t CO2e",
			"EUR/year": "%s/an", "EUR": "%s", "years": "ans", "days": "jours", "hours": "heures",
		},
		Unknown: "impossible à dire", After: "%s avec le meilleur plan", Today: "aujourd'hui", Planned: "plan",
		PlanMeets: "Un placement qui le respecte existe : sobre plan le montre.",
		Feasible:  Plural{"Un placement possible existe : %s hôte aujourd'hui", "Un placement possible existe : %s hôtes aujourd'hui"},
		Proven:    "%s après le plan, minimum prouvé", Bounded: "%s après le plan, au moins %s nécessaires",
		NotFound: "Aucun placement possible n'a été trouvé.",
		Waiver:   "dérogation de %s jusqu'au %s : %s", Ended: "la dérogation de %s a pris fin le %s : %s",
		More: Plural{"et un autre", "et %s autres"}, Gates: Plural{"%s seuil", "%s seuils"},
		Hold: Plural{"%s est tenu", "%s sont tenus"}, Waived: Plural{"%s est dérogé", "%s sont dérogés"}, Known: Plural{"%s est connu", "%s sont connus"},
		Warned: Plural{"%s alerte", "%s alertent"}, Failed: Plural{"%s échoue", "%s échouent"},
		NoGates:  "%s n'a pas de seuils : ceux de tout parc s'appliquent (écrivez les vôtres sous gates:)",
		ListHead: []string{"mesure", "unité", "vue", "ce que c'est"}, Each: "chacun : %s", Things: "liste : %s", Sum: "%s : %s",
	}
}
