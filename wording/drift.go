package wording

import "strings"

// Drift is the words of a comparison of two inventories.
type Drift struct {
	Columns []string // what, before, after, change
	Rows    []string // hosts, workloads, vCPUs, memory, electricity, emissions, cost
	Nothing string   // nothing has changed

	Kinds  map[string]string // drift.Kind, one of it
	Whats  map[string]string // drift.What, of a thing
	Groups map[string]Plural // so many of a drift.Kind that have changed so: "host added"
	Table  []string          // headers of the list of changes
	More   Plural            // changes that are not listed

	Follows   string // path, moves done, moves asked for, pending
	Elsewhere Plural // workloads
	Stray     string // workload, host of the plan, host
	StillOn   Plural // hosts
	Unplanned Plural // workloads
	Gone      Plural // workloads
	NotIn     Plural // hosts
	Above     string // hosts, electricity, emissions, cost
	AtPlan    string
}

func englishDrift() Drift {
	d := Drift{
		Columns: []string{"figure", "before", "after", "change"},
		Rows:    []string{"Hosts in service", "Workloads", "vCPUs", "Memory, GiB", "MWh a year", "t CO2e a year", "Cost a year"},
		Nothing: "Nothing has changed.",
		Kinds:   map[string]string{"host": "host", "workload": "workload", "datastore": "datastore"},
		Whats: map[string]string{
			"added": "added", "removed": "removed", "moved": "moved", "resized": "resized", "switched": "switched on or off", "busier": "busier", "calmer": "calmer",
		},
		Table: []string{"what", "of", "name", "field", "before", "after"},
		More:  Plural{"and one more change (--details)", "and %s more changes (--details)"},

		Follows:   "The plan %s: %s of %s moves are done, %s are pending.",
		Elsewhere: Plural{"%s workload has left the plan:", "%s workloads have left the plan:"},
		Stray:     "%s, planned on %s, is on %s",
		StillOn:   Plural{"%s host that the plan retires is still on:", "%s hosts that the plan retires are still on:"},
		Unplanned: Plural{"%s workload is in no plan:", "%s workloads are in no plan:"},
		Gone:      Plural{"%s workload of the plan is gone:", "%s workloads of the plan are gone:"},
		NotIn:     Plural{"%s host that the plan keeps is gone:", "%s hosts that the plan keeps are gone:"},
		Above:     "Between the plan and today lie %s hosts, %s MWh, %s t CO2e and %s a year.",
		AtPlan:    "The plan is reached.",
	}
	d.Groups = map[string]Plural{}
	for kind, of := range d.Kinds {
		for what, done := range d.Whats {
			d.Groups[kind+" "+what] = Plural{"%s " + of + " " + done, "%s " + of + "s " + done}
		}
	}
	return d
}

func frenchDrift() Drift {
	d := Drift{
		Columns: []string{"chiffre", "avant", "après", "écart"},
		Rows:    []string{"Hôtes en service", "Charges", "vCPU", "Mémoire, Gio", "MWh par an", "t CO2e par an", "Coût par an"},
		Nothing: "Rien n'a changé.",
		Kinds:   map[string]string{"host": "hôte", "workload": "charge", "datastore": "datastore"},
		Whats: map[string]string{
			"added": "ajouté", "removed": "retiré", "moved": "déplacé", "resized": "redimensionné", "switched": "allumé ou éteint", "busier": "plus chargé", "calmer": "moins chargé",
		},
		Table: []string{"quoi", "de", "nom", "champ", "avant", "après"},
		More:  Plural{"et un autre changement (--details)", "et %s autres changements (--details)"},

		Follows:   "Le plan %s : %s déplacements faits sur %s, %s à faire.",
		Elsewhere: Plural{"%s charge a quitté le plan :", "%s charges ont quitté le plan :"},
		Stray:     "%s, prévue sur %s, est sur %s",
		StillOn:   Plural{"%s hôte que le plan retire est encore allumé :", "%s hôtes que le plan retire sont encore allumés :"},
		Unplanned: Plural{"%s charge n'est dans aucun plan :", "%s charges ne sont dans aucun plan :"},
		Gone:      Plural{"%s charge du plan n'est plus là :", "%s charges du plan ne sont plus là :"},
		NotIn:     Plural{"%s hôte que le plan garde n'est plus là :", "%s hôtes que le plan garde ne sont plus là :"},
		Above:     "Entre le plan et aujourd'hui : %s hôtes, %s MWh, %s t CO2e et %s par an.",
		AtPlan:    "Le plan est atteint.",
	}
	d.Groups = map[string]Plural{}
	for kind, of := range d.Kinds {
		for what, done := range d.Whats {
			one := agreed(done, kind == "workload", false)
			many := agreed(done, kind == "workload", true)
			d.Groups[kind+" "+what] = Plural{"%s " + of + " " + one, "%s " + of + "s " + many}
		}
	}
	return d
}

// agreed is participles in the gender and number of what they speak of.
func agreed(participles string, feminine, plural bool) string {
	words := strings.Fields(participles)
	for i, w := range words {
		if w == "plus" || w == "moins" || w == "ou" {
			continue
		}
		if feminine {
			w += "e"
		}
		if plural {
			w += "s"
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}
