package wording

// Merge is the words of what a merge of inventories did.
type Merge struct {
	Machines, Once, Refused, Open, Conflicts Plural

	MergedTitle, RefusedTitle, ConflictTitle, UnusedTitle, Nothing string
	MergedTable, RefusedTable, ConflictTable                       []string

	Decide string // how to decide
	More   string // how many rows are not shown
	Hand   string // instead of a source
	Kinds  map[string]string
}

func englishMerge() Merge {
	return Merge{
		Machines: Plural{"%s machine", "%s machines"}, Once: Plural{"%s in several inventories, counted once", "%s in several inventories, counted once"},
		Refused: Plural{"%s kept apart", "%s kept apart"}, Open: Plural{"%s of them open", "%s of them open"}, Conflicts: Plural{"%s conflict", "%s conflicts"},
		MergedTitle: "MERGED", RefusedTitle: "KEPT APART", ConflictTitle: "CONFLICTS", UnusedTitle: "DECISIONS ABOUT NOTHING", Nothing: "no machine is in two inventories",
		MergedTable: []string{"Machine", "Kind", "As", "Evidence"}, RefusedTable: []string{"Machine", "and", "They share", "But"},
		ConflictTable: []string{"Machine", "Fact", "Used", "from", "Other", "of", "Rule"},
		Decide:        "Decide: sobre merge … --decisions decisions.yaml --same %s=%s (or --different)", More: "  … %s more: --all lists them, --output csv too",
		Hand: "by hand", Kinds: map[string]string{"host": "host", "workload": "workload"},
	}
}

func frenchMerge() Merge {
	return Merge{
		Machines: Plural{"%s machine", "%s machines"}, Once: Plural{"%s dans plusieurs inventaires, comptée une fois", "%s dans plusieurs inventaires, comptées une fois"},
		Refused: Plural{"%s laissée distincte", "%s laissées distinctes"}, Open: Plural{"dont %s à décider", "dont %s à décider"}, Conflicts: Plural{"%s conflit", "%s conflits"},
		MergedTitle: "FUSIONNÉES", RefusedTitle: "LAISSÉES DISTINCTES", ConflictTitle: "CONFLITS", UnusedTitle: "DÉCISIONS SANS OBJET", Nothing: "aucune machine n'est dans deux inventaires",
		MergedTable: []string{"Machine", "Sorte", "Vue comme", "Preuve"}, RefusedTable: []string{"Machine", "et", "En commun", "Mais"},
		ConflictTable: []string{"Machine", "Fait", "Retenu", "de", "Autre", "de", "Règle"},
		Decide:        "Décider : sobre merge … --decisions decisions.yaml --same %s=%s (ou --different)", More: "  … %s de plus : --all les montre, --output csv aussi",
		Hand: "à la main", Kinds: map[string]string{"host": "hôte", "workload": "charge"},
	}
}
