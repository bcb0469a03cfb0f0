package wording

// Explain is the words in which a plan is explained.
type Explain struct {
	// a workload
	IsOn       string // workload, host
	IsStays    string // workload, host, why
	IsUnplaced string // workload, why
	IsExcluded string // workload, why
	Comes      string // from host, wave
	ComesNow   string // from host
	Needs      string
	Beside     string
	Alone      string
	Service    string
	NamedBy    string
	Restart    string // host
	NoRestart  string
	WhyHere    Plural // how many other hosts could hold it
	WhyOnly    string // no other host could
	PlaceTable []string
	Others     string // how many, why
	OfShare    string // share in percent
	RoomShort  string // resource, need, limit
	NoRoomFor  string // resource
	RuleBars   string // rule

	// a host
	HostKept, HostRetired, HostBought, HostSpare string // host, model
	HoldsNone                                    string
	FillTable, HeldTable                         []string
	KeptByPolicy                                 string
	KeptByStay                                   string // workloads
	OffAfter                                     string // wave
	GoneTo                                       string // workloads with hosts
	Homeless                                     Plural // how many of its workloads have no other place now
	AllCouldGo                                   string

	// a rule
	RuleIs      string // name, what it says
	RuleReason  string
	RuleSoft    string
	RuleBroken  string
	RuleMembers []string
	RuleCosts   string // hosts, energy, co2e, money
	RuleFree    string
	NotPriced   string
	PriceFailed string

	// why not one fewer
	Needed        Plural // hosts
	NeededGap     string // hosts, bound, gap
	KeptHosts     Plural // hosts kept whatever happens
	KeptWhy       map[string]string
	FewerSearch   string // method
	HostCount     Plural
	Colon         string // what, of what
	PartResource  string // workloads, amount, hosts fewer, failed ones, offer
	PartFailed    Plural // hosts
	PartSpare     Plural // hosts for a failure
	PartSet       string // workloads, of all, hosts
	AmountOf      string // amount, resource
	GiB           string
	PartGroup     string // workloads, share of a host
	PartRules     string // rules
	Certificate   string // number
	WouldFree     string
	WouldFreeNone string
	PriceTable    []string
	PricesOf      string // estate, hosts
	Subjects      map[string]string
	Changes       map[string]string
	ProvenBoth    string
	Resources     map[string]string

	// room left
	RoomFor   Plural // how many more
	RoomNone  string
	RoomBound string // resource
	RoomSafe  string // how many with the room of one host left
	RoomTable []string
}

func englishExplain() Explain {
	return Explain{
		IsOn: "%s goes on %s", IsStays: "%s stays on %s: %s", IsUnplaced: "%s has no place in this plan: %s", IsExcluded: "%s takes no part: %s",
		Comes: "from %s, in wave %s", ComesNow: "where it is today", Needs: "It needs", Beside: "Beside it", Alone: "nothing else", Service: "Service",
		NamedBy: "Named by", Restart: "When its host fails it restarts on %s", NoRestart: "When its host fails the plan restarts it nowhere",
		WhyHere: Plural{"%s other host could hold it now as well, at no host more: where it is, is the plan's choice", "%s other hosts could hold it now as well, at no host more: where it is, is the plan's choice"},
		WhyOnly: "No other host can hold it with what the plan has put there", PlaceTable: []string{"Host", "Would be full to", "What forbids it"},
		Others: "%s more: %s", OfShare: "%s %% of its host", RoomShort: "%s: %s, of %s", NoRoomFor: "no room (%s)", RuleBars: "rule %s",
		HostKept: "%s (%s) is kept", HostRetired: "%s (%s) is retired", HostBought: "%s (%s) is bought", HostSpare: "%s (%s) stands by for a failed host",
		HoldsNone: "It holds nothing.", FillTable: []string{"Resource", "Filled", "May be filled", "It has", "%"}, HeldTable: []string{"Workload", "Takes most of", "%", "Stays"},
		KeptByPolicy: "hosts.keep names it.", KeptByStay: "What stays on it keeps it: %s", OffAfter: "It is switched off after wave %s.", GoneTo: "What runs there goes to: %s",
		Homeless:   Plural{"To free it, %s of its workloads would need a place that no host has now:", "To free it, %s of its workloads would need places that no host has now:"},
		AllCouldGo: "All that moves on it would fit on the others now: only the failures to survive, or the search, keep it.",
		RuleIs:     "%s: %s", RuleReason: "Reason", RuleSoft: "It is soft: kept where that costs no host.", RuleBroken: "The plan breaks it.",
		RuleMembers: []string{"Workload", "Today", "In the plan", "Stays"},
		RuleCosts:   "Without it: %s hosts, %s kWh, %s kgCO2e, %s EUR a year", RuleFree: "It costs nothing: without it the plan would be the same.",
		NotPriced: "What it costs is not computed (--prices does).", PriceFailed: "What it costs could not be computed: %s",
		Needed:    Plural{"%s host is needed.", "%s hosts are needed. One fewer cannot be enough:"},
		NeededGap: "The plan has %s hosts; %s are proven necessary. That %s fewer would not do is not proven: a longer search (--effort) may find it.",
		KeptHosts: Plural{"%s is in service whatever happens", "%s are in service whatever happens"},
		KeptWhy: map[string]string{
			"scope": "what runs there is out of scope", "stay": "a stay rule", "pinned": "a pin (device, disk)", "hosts.keep": "hosts.keep names it", "too-big": "what runs there is too big for any other", "other": "what runs there stays",
		},
		FewerSearch: "The rest was proven by trying all there is (%s); no weights show it.",
		HostCount:   Plural{"%s host", "%s hosts"}, Colon: "%s: %s", PartResource: "%s workloads need %s; on %s%s there are %s",
		PartFailed: Plural{" (one of them failed)", " (%s of them failed)"}, PartSpare: Plural{" (and one for a failure)", " (and %s for failures)"},
		PartSet: "%s of its %s workloads alone need %s", AmountOf: "%s of %s", GiB: "GiB",
		PartGroup: "%s, each %s %% of a host", PartRules: "under %s", Certificate: "certificate C%s",
		WouldFree: "What would free a host:", WouldFreeNone: "Of all rules and settings, none relaxed alone frees a host.",
		PriceTable: []string{"Rule or setting", "Change", "Hosts", "kWh", "kgCO2e", "EUR"},
		PricesOf:   "%s · %s hosts · what each rule and setting costs, a year",
		Subjects: map[string]string{
			"rule": "rule", "right-size": "right-size %s",
		},
		Changes:    map[string]string{"without it": "without it", "all may move": "all may move", "all of the catalogue": "whole catalogue"},
		ProvenBoth: "≤: proven on one side only; longer searches may find fewer hosts.",
		Resources: map[string]string{
			"cpu": "CPU", "vcpus": "vCPU", "memory": "memory", "memory_used": "memory used", "memory_allocated": "memory allocated", "disk": "disk",
		},
		RoomFor: Plural{"%s more of this size fits", "%s more of this size fit"}, RoomNone: "Not one more of this size fits.", RoomBound: "%s runs out first", RoomSafe: "Leaving the room of one host for a failure, %s fit.",
		RoomTable: []string{"Host", "More", "Runs out first"},
	}
}

func frenchExplain() Explain {
	return Explain{
		IsOn: "%s va sur %s", IsStays: "%s reste sur %s : %s", IsUnplaced: "%s n'a pas de place dans ce plan : %s", IsExcluded: "%s n'est pas concernée : %s",
		Comes: "venant de %s, en vague %s", ComesNow: "où elle est aujourd'hui", Needs: "Il lui faut", Beside: "À côté", Alone: "rien d'autre", Service: "Service",
		NamedBy: "Nommée par", Restart: "Si son hôte tombe, elle redémarre sur %s", NoRestart: "Si son hôte tombe, le plan ne la redémarre nulle part",
		WhyHere: Plural{"%s autre hôte pourrait la porter aussi, sans hôte de plus : sa place est le choix du plan", "%s autres hôtes pourraient la porter aussi, sans hôte de plus : sa place est le choix du plan"},
		WhyOnly: "Aucun autre hôte ne peut la porter avec ce que le plan y met", PlaceTable: []string{"Hôte", "Serait plein à", "Ce qui l'interdit"},
		Others: "%s de plus : %s", OfShare: "%s %% de son hôte", RoomShort: "%s : %s, pour %s", NoRoomFor: "pas de place (%s)", RuleBars: "règle %s",
		HostKept: "%s (%s) est gardé", HostRetired: "%s (%s) est retiré", HostBought: "%s (%s) est acheté", HostSpare: "%s (%s) attend une panne",
		HoldsNone: "Il ne porte rien.", FillTable: []string{"Ressource", "Rempli", "Peut être rempli", "Il a", "%"}, HeldTable: []string{"Charge", "Prend surtout", "%", "Reste"},
		KeptByPolicy: "hosts.keep le nomme.", KeptByStay: "Ce qui y reste le garde : %s", OffAfter: "Il est éteint après la vague %s.", GoneTo: "Ce qui y tourne va vers : %s",
		Homeless:   Plural{"Pour le libérer, il faudrait à %s de ses charges une place qu'aucun hôte n'a :", "Pour le libérer, il faudrait à %s de ses charges des places qu'aucun hôte n'a :"},
		AllCouldGo: "Tout ce qui bouge y tiendrait ailleurs : seules les pannes à surmonter, ou la recherche, le gardent.",
		RuleIs:     "%s : %s", RuleReason: "Motif", RuleSoft: "Elle est souple : tenue là où cela ne coûte aucun hôte.", RuleBroken: "Le plan l'enfreint.",
		RuleMembers: []string{"Charge", "Aujourd'hui", "Dans le plan", "Reste"},
		RuleCosts:   "Sans elle : %s hôtes, %s kWh, %s kgCO2e, %s € par an", RuleFree: "Elle ne coûte rien : sans elle le plan serait le même.",
		NotPriced: "Son coût n'est pas calculé (--prices le fait).", PriceFailed: "Son coût n'a pas pu être calculé : %s",
		Needed:    Plural{"%s hôte est nécessaire.", "%s hôtes sont nécessaires. Un de moins ne peut suffire :"},
		NeededGap: "Le plan a %s hôtes ; %s sont prouvés nécessaires. Que %s de moins ne suffisent pas n'est pas prouvé : une recherche plus longue (--effort) les trouverait peut-être.",
		KeptHosts: Plural{"%s est en service quoi qu'il arrive", "%s sont en service quoi qu'il arrive"},
		KeptWhy: map[string]string{
			"scope": "ce qui y tourne est hors du périmètre", "stay": "une règle stay", "pinned": "une attache (carte, disque)", "hosts.keep": "hosts.keep le nomme", "too-big": "ce qui y tourne est trop grand ailleurs", "other": "ce qui y tourne reste",
		},
		FewerSearch: "Le reste est prouvé en essayant tout (%s) ; aucun poids ne le montre.",
		HostCount:   Plural{"%s hôte", "%s hôtes"}, Colon: "%s : %s", PartResource: "%s charges demandent %s ; sur %s%s il y a %s",
		PartFailed: Plural{" (dont un en panne)", " (dont %s en panne)"}, PartSpare: Plural{" (et un pour une panne)", " (et %s pour des pannes)"},
		PartSet: "%s de ses %s charges demandent à elles seules %s", AmountOf: "%s de %s", GiB: "Gio",
		PartGroup: "%s, chacune %s %% d'un hôte", PartRules: "sous %s", Certificate: "certificat C%s",
		WouldFree: "Ce qui libérerait un hôte :", WouldFreeNone: "Aucune règle ni aucun réglage assoupli seul ne libère un hôte.",
		PriceTable: []string{"Règle ou réglage", "Changement", "Hôtes", "kWh", "kgCO2e", "€"},
		PricesOf:   "%s · %s hôtes · ce que coûte chaque règle et réglage, par an",
		Subjects: map[string]string{
			"rule": "règle", "right-size": "ajuster %s",
		},
		Changes:    map[string]string{"without it": "sans elle", "all may move": "tout peut bouger", "all of the catalogue": "catalogue entier"},
		ProvenBoth: "≤ : prouvé d'un côté seulement ; une recherche plus longue trouverait peut-être moins d'hôtes.",
		Resources: map[string]string{
			"cpu": "CPU", "vcpus": "vCPU", "memory": "mémoire", "memory_used": "mémoire utilisée", "memory_allocated": "mémoire allouée", "disk": "disque",
		},
		RoomFor: Plural{"%s de plus de cette taille tient", "%s de plus de cette taille tiennent"}, RoomNone: "Plus une seule de cette taille ne tient.", RoomBound: "%s manque d'abord", RoomSafe: "En laissant la place d'un hôte pour une panne, il en tient %s.",
		RoomTable: []string{"Hôte", "De plus", "Manque d'abord"},
	}
}
