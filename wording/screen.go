package wording

// Screen is the words of the first screen of a plan and of the tables behind it.
type Screen struct {
	Servers, Workloads, Sites Plural

	Hosts, Electricity, Carbon, Money, Moves, CannotMove, NotPlaced, NotChecked, Assumed string

	MWhYear, KWhYear, TonnesYear, KgYear, KEURYear, EURYear string

	Retired, Bought, Kept, Spares Plural

	ProvenMinimum string // hosts, what binds
	ProvenBound   string // bound, gap
	OtherAim      string // first objective, bound
	WithFailures  Plural
	Saves, Costs  string // figure, low, high
	NoDifference  string

	MakeOnce     string // mass
	PaidBack     string // span, low, high
	NeverPaid    string
	Years        string // number
	Months       string // number
	PurchaseOnce string // amount
	BillParts    string // amount of electricity, of licences, of maintenance and space
	ByBoth       string // by the grid's mix before and after, by the contract before and after
	NetPresent   string // years, discount, amount, low, high

	MoveP2V, MoveLive, NoMoves Plural
	NothingToGain              string // page-one answer when nothing is worth moving
	EmitsMore                  string // page-one answer when the plan emits more than it saves
	Infeasible                 Plural // workloads without a place
	Unprotected                Plural // workloads that no host could restart
	CutShort                   string

	Without Plural // workloads whose use is assumed
	Written string // path
	Next    string

	Aims    map[string]string // objective → words
	Binding map[string]string // resource → word
	Reasons map[string]string // code of Unplaced → word
	States  map[string]string // host state → word

	HostTable, PlacementTable []string // headers
}

// Plural is a text for one and for several; both hold one %s for the number,
// or the first none where the number would be odd ("one spare").
type Plural struct{ One, Many string }

func englishScreen() Screen {
	return Screen{
		Servers: Plural{"%s server", "%s servers"}, Workloads: Plural{"%s workload", "%s workloads"}, Sites: Plural{"%s site", "%s sites"},
		Hosts: "Hosts", Electricity: "Electricity", Carbon: "Carbon", Money: "Money", Moves: "Moves",
		CannotMove: "Stay put", NotPlaced: "No place for", NotChecked: "Not checked", Assumed: "Assumed",
		MWhYear: "MWh a year", KWhYear: "kWh a year", TonnesYear: "tCO2e a year", KgYear: "kgCO2e a year",
		KEURYear: "kEUR a year", EURYear: "EUR a year",
		Retired: Plural{"%s retired", "%s retired"}, Bought: Plural{"%s bought", "%s bought"},
		Kept: Plural{"%s kept", "%s kept"}, Spares: Plural{"%s held as spare", "%s held as spares"},
		ProvenMinimum: "proven minimum %s: %s", ProvenBound: "proven: no fewer than %s can do; %s above that",
		OtherAim:     "first aim: %s; by hosts alone, no fewer than %s can do",
		WithFailures: Plural{"with one host failed", "with %s hosts failed"},
		Saves:        "saves %s  (%s … %s)", Costs: "costs %s more  (%s … %s)", NoDifference: "no difference",
		MakeOnce: "what is bought takes %s CO2e to make", PaidBack: "paid back in %s (%s … %s)",
		NeverPaid: "never paid back by what it saves", Years: "%s years", Months: "%s months",
		PurchaseOnce: "what is bought costs %s",
		BillParts:    "after: electricity %s, licences %s, maintenance and space %s",
		ByBoth:       "location-based %s → %s, market-based %s → %s",
		NetPresent:   "over %s years at %s, all paid: %s  (%s … %s)",
		MoveP2V:      Plural{"%s server becomes a guest", "%s servers become guests"},
		MoveLive:     Plural{"%s guest changes host", "%s guests change host"}, NoMoves: Plural{"none", "none"},
		NothingToGain: "Nothing here is worth moving: the hosts there are, are the fewest that will do.",
		EmitsMore:     "This plan emits more than it saves: keep the servers there are.",
		Infeasible:    Plural{"%s workload has no place in this plan", "%s workloads have no place in this plan"},
		Unprotected:   Plural{"%s workload would stay down when its host fails", "%s workloads would stay down when their host fails"},
		CutShort:      "The search was cut short; a longer one may find better.",
		Without:       Plural{"use of %s workload without measure", "use of %s workloads without measure"},
		Written:       "%s written.", Next: "Next:",
		Aims: map[string]string{
			"hosts": "fewest hosts", "new_hosts": "fewest bought", "energy": "least electricity",
			"carbon": "least carbon", "cost": "least cost", "moves": "fewest moves",
		},
		Binding: map[string]string{
			"cpu": "CPU work", "vcpus": "vCPUs per core", "memory": "memory", "memory_used": "memory in use",
			"memory_allocated": "allocated memory", "disk": "disk", "sizes": "how the sizes combine",
		},
		Reasons: map[string]string{
			"too-big": "too big for any host", "rules": "rules leave no host", "no-host": "no host may hold it", "no-room": "no room left",
		},
		States:         map[string]string{"keep": "keep", "retire": "retire", "buy": "buy"},
		HostTable:      []string{"Host", "State", "Model", "Loads", "CPU %", "Memory %", "kWh/year"},
		PlacementTable: []string{"Workload", "From", "To", "How"},
	}
}

func frenchScreen() Screen {
	return Screen{
		Servers: Plural{"%s serveur", "%s serveurs"}, Workloads: Plural{"%s charge", "%s charges"}, Sites: Plural{"%s site", "%s sites"},
		Hosts: "Serveurs", Electricity: "Électricité", Carbon: "Carbone", Money: "Budget", Moves: "Déplacements",
		CannotMove: "Restent", NotPlaced: "Sans place", NotChecked: "Non vérifié", Assumed: "Supposé",
		MWhYear: "MWh par an", KWhYear: "kWh par an", TonnesYear: "tCO2e par an", KgYear: "kgCO2e par an",
		KEURYear: "k€ par an", EURYear: "€ par an",
		Retired: Plural{"%s retiré", "%s retirés"}, Bought: Plural{"%s acheté", "%s achetés"},
		Kept: Plural{"%s gardé", "%s gardés"}, Spares: Plural{"%s en secours", "%s en secours"},
		ProvenMinimum: "minimum prouvé %s : %s", ProvenBound: "prouvé : il en faut au moins %s ; %s de plus",
		OtherAim:     "but premier : %s ; à ne compter que les hôtes, il en faut au moins %s",
		WithFailures: Plural{"avec un hôte en panne", "avec %s hôtes en panne"},
		Saves:        "économise %s  (%s … %s)", Costs: "coûte %s de plus  (%s … %s)", NoDifference: "aucune différence",
		MakeOnce: "la fabrication du matériel acheté émet %s CO2e", PaidBack: "remboursée en %s (%s … %s)",
		NeverPaid: "jamais remboursée par l'économie", Years: "%s ans", Months: "%s mois",
		PurchaseOnce: "le matériel acheté coûte %s",
		BillParts:    "après : électricité %s, licences %s, maintenance et place %s",
		ByBoth:       "fondé sur la localisation %s → %s, sur le contrat %s → %s",
		NetPresent:   "sur %s ans à %s, tout payé : %s  (%s … %s)",
		MoveP2V:      Plural{"%s serveur devient une VM", "%s serveurs deviennent des VM"},
		MoveLive:     Plural{"%s VM change d'hôte", "%s VM changent d'hôte"}, NoMoves: Plural{"aucun", "aucun"},
		NothingToGain: "Rien ne vaut d'être déplacé : les hôtes en service sont le minimum.",
		EmitsMore:     "Ce plan émet plus qu'il n'économise : gardez les serveurs en place.",
		Infeasible:    Plural{"%s charge n'a pas de place dans ce plan", "%s charges n'ont pas de place dans ce plan"},
		Unprotected:   Plural{"%s charge resterait arrêtée si son hôte tombe en panne", "%s charges resteraient arrêtées si leur hôte tombe en panne"},
		CutShort:      "La recherche a été interrompue ; une plus longue trouverait peut-être mieux.",
		Without:       Plural{"usage de %s charge sans mesure", "usage de %s charges sans mesure"},
		Written:       "%s écrit.", Next: "Ensuite :",
		Aims: map[string]string{
			"hosts": "le moins d'hôtes", "new_hosts": "le moins d'achats", "energy": "le moins d'électricité",
			"carbon": "le moins de carbone", "cost": "le moindre coût", "moves": "le moins de déplacements",
		},
		Binding: map[string]string{
			"cpu": "travail CPU", "vcpus": "vCPU par cœur", "memory": "mémoire", "memory_used": "mémoire utilisée",
			"memory_allocated": "mémoire allouée", "disk": "disque", "sizes": "la combinaison des tailles",
		},
		Reasons: map[string]string{
			"too-big": "trop grand pour tout hôte", "rules": "les règles ne laissent aucun hôte", "no-host": "aucun hôte ne peut l'accueillir", "no-room": "plus de place",
		},
		States:         map[string]string{"keep": "gardé", "retire": "retiré", "buy": "acheté"},
		HostTable:      []string{"Hôte", "État", "Modèle", "Charges", "CPU %", "Mémoire %", "kWh/an"},
		PlacementTable: []string{"Charge", "De", "Vers", "Comment"},
	}
}
