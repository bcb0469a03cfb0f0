package wording

// TUI is the words of the terminal screens.
type TUI struct {
	ScreenNames  []string // short, for the footer and after ":"
	ScreenShort  []string // for a footer of 80 columns
	ScreenTitles []string

	TooSmall                                    string // least width, least height, width, height
	Opening, Working, Stopped                   string
	Searching                                   string // part, parts, best, bound
	Optimal, Infeasible, Unsaved                string
	Gap                                         string // hosts
	AskLeave, NoTable, NotTriable, NameFile     string
	StillReading                                string
	UnknownCommand, DidYouMean, NotFound        string // a word each
	Written                                     string // path
	NotWritten                                  string // cause
	CommandHelp, FilterHelp, NoRegexp           string
	Shown                                       string // rows shown, rows
	NoRows, NoHosts                             string
	HelpTitle                                   string
	HelpKeys                                    []string // key|what it does
	KeyFilter, KeySort, KeyReverse, KeyCommand  string
	KeyHelp, KeyQuit, KeyDetails, KeyFails      string
	KeyHost, KeyPin, KeyForbid, KeyScroll       string
	KeyWithout, KeyOpen, KeyChoose, KeyChange   string
	KeyUndo, KeyStop, KeyType, KeyUnfilter      string
	NameExport                                  string
	ThemeNow, MouseOn, MouseOff                 string
	Hosts, Electricity, Carbon, Money           string
	Today, Plan, Bound, Best                    string
	KWh, MWh, Kg, Tonnes, EUR, KEUR             string
	Saves, Costs                                string // figure, unit, low, high
	NoDifference, NeverPaid                     string
	PaidBack                                    string // span, low, high
	Years, Months, YearsShort, Year             string // number
	ToMake                                      string // figure, unit
	MoneyLine                                   string // before, after, unit, saving
	FirstAim                                    string // objective
	SpareCount                                  string // hosts
	NotChecked, Risks, NoRisks                  string
	AndMore                                     string // how many in all
	RiskUnplaced, RiskDown, RiskRules           string // how many
	RiskGap, RiskPinned, RiskData               string // how many
	RiskEmits, RiskNoFailover                   string
	RiskAlone                                   string // hosts
	RiskAssumed                                 string // what
	RiskFull                                    string // host, percent
	Spare                                       string
	Slot                                        string // chassis, slot
	HostEnergy                                  string // figure, unit, low, high, how it is known
	WhySpare, WhyRetire, WhyBuy, WhyKeep        string
	WhyHeld                                     string // workloads
	HoldsAfter, HeldBefore                      string // workloads
	WhyHere                                     string
	WhyStays                                    string // host, reason
	WhyUnplaced, WhyLeftOut                     string // reason
	WhyGuest                                    string // host, server
	WhyMoves                                    string // from, to
	WhySame                                     string // host
	Sizes                                       string // vCPUs, GiB
	Mean, NoMeasure, ByHour                     string
	RestartsOn                                  string // failed host, other
	StaysDown                                   string // failed host, reason
	NotReplayed, NeedsNoRestart                 string
	Idle                                        string // workloads
	ByRule                                      string // name and reason
	Memory, ChassisLegend, Standalone           string
	EnclosureOff                                string
	RoomLine                                    string // name, before, after
	Use, Manufacture, Once, Net                 string
	Payoff, Tornado                             string
	PayoffLegend                                string // figure, unit
	ByService, NoService, Readings              string
	SettingPrices, PriceLine                    string // PriceLine: hosts, kWh, kg, money
	Moves                                       string
	KeyElse, KeyPrices, KeyFewer                string
	Pricing                                     string // done, of
	AgainstNow                                  string // figure
	PaidInMonth, NotPaidBy                      string // month; years
	Assumptions                                 string // how many
	Survives                                    string // failures, replayed, spares
	IfFails                                     string // host
	Down                                        string // workloads
	RuleKept, RuleSoft, RuleBroken, NotComputed string
	RuleApplies, RuleCosts                      string // how many
	Opened, Now, Difference                     string
	ByMeasure, BySize, ByFate, ByModel, BySite  string
	ByPower, ByFinding, ByYear, BySystem        string
	OneLook, OtherMeasure, Unknown              string
	Others                                      string // how many kinds
	Purchase                                    string
	RowHosts, RowBound, RowBought               string
	RowMoves, RowUnplaced, SaveHint             string
	AccessibleHelp                              string

	Waves TUIWaves
	Cost  TUICost

	Fates           []string
	Severities      map[string]string
	HostColumns     []string
	WorkloadColumns []string
	FailoverColumns []string
	RuleColumns     []string
	FindingColumns  []string
	ParamNames      []string
}

func englishTUI() TUI {
	return TUI{
		ScreenNames:  []string{"overview", "chassis", "hosts", "workloads", "carbon", "cost", "waves", "failover", "rules", "findings", "inventory", "what-if"},
		ScreenShort:  []string{"view", "room", "hosts", "load", "CO2", "cost", "waves", "fail", "rules", "find", "data", "try"},
		ScreenTitles: []string{"Overview", "Chassis and racks", "Hosts", "Workloads", "Carbon", "Cost", "Waves", "Failover", "Rules", "Findings", "Inventory", "What if"},
		TooSmall:     "sobre needs a terminal of at least %d × %d; this one is %d × %d. Make it larger, or press q.",
		Opening:      "Reading the estate, then planning. This takes a few seconds.", Working: "working…", Stopped: "Stopping; the best plan so far is kept.",
		Searching: "planning part %d of %d: %s found, at least %s",
		Optimal:   "proven optimal", Infeasible: "does not fit", Unsaved: "not saved", Gap: "%s above the bound",
		AskLeave: "This plan is not saved. Leave without saving? y/n", NoTable: "There is no table on this screen.", StillReading: "The estate is still being read; a moment.",
		NotTriable:     "Nothing can be tried without the estate: sobre tui PLAN ESTATE",
		NameFile:       "Name a file: :w plan.json or :policy policy.yaml",
		UnknownCommand: "unknown command %s.", DidYouMean: "Did you mean %s?", NotFound: "Nothing is called %s.",
		Written: "%s written.", NotWritten: "not written: %v",
		CommandHelp: ":host NAME  :why WORKLOAD  :set FIELD VALUE  :w FILE  :policy FILE  :export FILE",
		FilterHelp:  "regular expression, ! for all others, esc takes back", NoRegexp: "no regular expression, looked for as it stands",
		Shown: "%s of %s", NoRows: "nothing to show", NoHosts: "no hosts", HelpTitle: "Keys",
		HelpKeys: []string{
			"↑ ↓ j k|one row or line", "PgUp PgDn|one page", "g G|first, last", "enter|details, open or closed", "tab|next screen",
			"/|filter: regexp, !regexp for all others", "s <|sort by the next, last column", "r|reverse the order", "c C|hide the sorted column, show all",
			"esc|take back: search, filter, screen", ":host NAME|show a host", ":why WORKLOAD|show a workload and its reasons",
			":w FILE|save the plan", ":policy FILE|save the policy", ":set FIELD VALUE|plan with another policy", ":export ctrl+s|this screen: .txt .csv .svg", ":theme :mouse|other colours; mouse on or off", "q :q|leave", "▓ ░|from the 5th to the 95th percentile",
		},
		KeyFilter: "filter", KeySort: "sort", KeyReverse: "reverse", KeyCommand: "command", KeyHelp: "help", KeyQuit: "quit",
		KeyDetails: "details", KeyFails: "if it fails", KeyHost: "its host", KeyPin: "pin to today's host", KeyForbid: "forbid this host",
		KeyScroll: "scroll", KeyWithout: "try without", KeyOpen: "open", KeyChoose: "choose", KeyChange: "change", KeyUndo: "as opened", KeyStop: "stop search", KeyType: "type a value", KeyUnfilter: "show all", ThemeNow: "Theme:", MouseOn: "The mouse scrolls and picks screens; :mouse gives it back to the terminal.", MouseOff: "The mouse selects text again.", NameExport: "Name a file: :export hosts.csv or :export screen.txt",
		Hosts: "HOSTS", Electricity: "ELECTRICITY", Carbon: "CARBON", Money: "MONEY", Today: "today", Plan: "plan", Bound: "bound", Best: "best",
		KWh: "kWh/year", MWh: "MWh/year", Kg: "kgCO2e/year", Tonnes: "tCO2e/year", EUR: "EUR/year", KEUR: "kEUR/year",
		Saves: "saves %s %s  (%s … %s)", Costs: "costs %s %s more  (%s … %s)", NoDifference: "no difference",
		NeverPaid: "never paid back by what it saves", PaidBack: "paid back in %s (%s … %s)",
		Years: "%s years", Months: "%s months", YearsShort: "%s y", Year: "year %s",
		ToMake: "to make %s %s, once", MoneyLine: "today %s · plan %s %s · %s", FirstAim: "first aim: %s", SpareCount: "%s spare",
		NotChecked: "NOT CHECKED", Risks: "RISKS", NoRisks: "none that the data shows", AndMore: "… %s in all",
		RiskUnplaced: "workloads without a place in this plan: %s", RiskDown: "workloads that would stay down when their host fails: %s",
		RiskRules: "rules that are not kept: %s", RiskGap: "hosts above what is proven necessary: %s; a longer search may tell",
		RiskPinned: "workloads tied to their host, which fall with it: %s", RiskData: "errors in the data, by which something was left out: %s",
		RiskEmits: "this plan emits more than it saves: keep the servers there are", RiskNoFailover: "no failure of a host was asked to be survived",
		RiskAlone:   "hosts kept whose failure nothing takes over: %s",
		RiskAssumed: "%s: assumed", RiskFull: "fullest host: %s, memory %s %%", Spare: "spare", Slot: "%s slot %d",
		HostEnergy: "%s %s (%s … %s), power known by: %s",
		WhySpare:   "Stands by empty, so that what runs on another host can restart when that one fails.",
		WhyRetire:  "All it runs fits elsewhere, so it can be switched off.",
		WhyBuy:     "Bought: it takes the place of several hosts.", WhyKeep: "Kept: what it runs stays, or joins others here.",
		WhyHeld: "Kept: of what it runs, this many may not move: %s.", HoldsAfter: "Holds %s:", HeldBefore: "Held %s:",
		WhyHere: "Why:", WhyStays: "stays on %s: %s", WhyUnplaced: "no place: %s", WhyLeftOut: "left out of the plan: %s",
		WhyGuest: "becomes a guest of %s, so that the server %s can be switched off", WhyMoves: "leaves %s for %s, so that fewer hosts are enough",
		WhySame: "stays on %s: moving it would free no host", Sizes: "%s vCPUs, %s GiB of memory", Mean: "mean", ByHour: "by hour", NoMeasure: "its use was never measured",
		RestartsOn: "If %s fails it restarts on %s.", StaysDown: "If %s fails it stays down: %s", NotReplayed: "a failure of its host was not replayed", NeedsNoRestart: "It is off, and needs no restart if its host fails.", Idle: "Off, need no restart (%s):",
		ByRule: "rule: %s", Memory: "mem", Standalone: "standalone", EnclosureOff: "enclosure not in service",
		ChassisLegend: "█ how full · ▒ in use · ·· switched off · ○○ N+ spare · +1 bought · ■ server",
		RoomLine:      "%s: %s today, %s in the plan", Use: "USE", Manufacture: "MANUFACTURE", Once: "once", Net: "NET SAVING",
		Payoff: "Saved in sum, against what it took to make", Tornado: "What the saving depends on most, each alone", KeyElse: "where else", KeyPrices: "price all", KeyFewer: "why not fewer", Pricing: "pricing %s of %s", Moves: "MOVES", SettingPrices: "What settings cost, each changed alone", PriceLine: "%s hosts, %s kWh, %s kgCO2e, %s a year", ByService: "By service", NoService: "named by no workload", Readings: "The saving, read in other ways", AgainstNow: "as counted %s", PaidInMonth: "paid back in month %s", NotPaidBy: "not paid back in %s years", PayoffLegend: "┃ %s %s emitted to make what is bought · ✔ paid back",
		Assumptions: "Assumptions and their sources (%s)", Survives: "What moves goes on %s. Failures replayed: %s; spare hosts: %s.",
		IfFails: "If %s fails", Down: "stay down: %s", RuleKept: "kept", RuleSoft: "preference", RuleBroken: "broken", NotComputed: "not computed",
		ByMeasure: "CPU use of workloads known by", BySize: "Workloads by memory, GiB", ByFate: "Workloads by what becomes of them", ByModel: "Hosts by model",
		BySite: "Hosts by site", ByPower: "Power of hosts known by", ByFinding: "Findings by kind", ByYear: "Hosts by year", BySystem: "Workloads by system",
		OneLook: "a single look", OtherMeasure: "another measure", Unknown: "unknown", Others: "%s others",
		Purchase:    "PURCHASE",
		RuleApplies: "workloads it applies to: %s", RuleCosts: "hosts saved without it: %s", Opened: "opened", Now: "now", Difference: "difference",
		RowHosts: "hosts", RowBound: "bound", RowBought: "bought", RowMoves: "moves", RowUnplaced: "without place",
		SaveHint:       ":w plan.json and :policy policy.yaml save this",
		AccessibleHelp: "Type the name or key of a screen, host NAME, why WORKLOAD, /filter, set FIELD VALUE, w FILE, or q.",
		Waves:          englishTUIWaves(), Cost: englishTUICost(),
		Fates:           []string{"stays", "moves", "new guest", "may not move", "no place", "left out"},
		Severities:      map[string]string{"error": "error", "warning": "warning", "note": "note", "": "note"},
		HostColumns:     []string{"Host", "State", "Model", "Cluster", "Site", "Before", "After", "CPU %", "Mem %", "kWh/y"},
		WorkloadColumns: []string{"Workload", "What", "From", "To", "vCPU", "GiB", "Service", "System"},
		FailoverColumns: []string{"Host", "State", "Cluster", "Holds", "Restart", "Down"},
		RuleColumns:     []string{"Rule", "Applies", "State", "Hosts it costs"},
		FindingColumns:  []string{"Severity", "Subject", "What", "Code"},
		ParamNames: []string{
			"first aim", "CPU counted by", "CPU headroom", "vCPUs per core", "memory counted by", "memory headroom", "memory overcommit",
			"hosts that may fail", "growth a year", "years of growth", "PUE (where unknown)", "country (where unknown)", "electricity", "horizon, years", "model to buy (* any)",
		},
	}
}

func frenchTUI() TUI {
	return TUI{
		ScreenNames:  []string{"synthèse", "châssis", "hôtes", "charges", "carbone", "coût", "vagues", "panne", "règles", "constats", "parc", "et-si"},
		ScreenShort:  []string{"vue", "salle", "hôte", "charge", "CO2", "coût", "vague", "HA", "règle", "avis", "parc", "si"},
		ScreenTitles: []string{"Synthèse", "Châssis et baies", "Hôtes", "Charges", "Carbone", "Coût", "Vagues", "Panne", "Règles", "Constats", "Parc", "Et si"},
		TooSmall:     "sobre demande un terminal d'au moins %d × %d ; celui-ci fait %d × %d. Agrandissez-le, ou tapez q.",
		Opening:      "Lecture du parc, puis calcul du plan : quelques secondes.", Working: "en cours…", Stopped: "Arrêt ; le meilleur plan trouvé est gardé.",
		Searching: "calcul partie %d sur %d : %s trouvé, au moins %s",
		Optimal:   "optimal prouvé", Infeasible: "ne tient pas", Unsaved: "non enregistré", Gap: "%s au-dessus de la borne",
		AskLeave: "Ce plan n'est pas enregistré. Quitter sans l'enregistrer ? o/n", NoTable: "Cet écran n'a pas de tableau.", StillReading: "Le parc est encore en lecture ; un instant.",
		NotTriable:     "Rien ne peut être essayé sans le parc : sobre tui PLAN PARC",
		NameFile:       "Nommez un fichier : :w plan.json ou :policy politique.yaml",
		UnknownCommand: "commande inconnue : %s.", DidYouMean: "Vouliez-vous dire %s ?", NotFound: "Rien ne s'appelle %s.",
		Written: "%s écrit.", NotWritten: "non écrit : %v",
		CommandHelp: ":host NOM  :why CHARGE  :set CHAMP VALEUR  :w FICHIER  :export FICHIER",
		FilterHelp:  "expression régulière, ! pour toutes les autres, échap annule", NoRegexp: "pas une expression régulière, cherché tel quel",
		Shown: "%s sur %s", NoRows: "rien à montrer", NoHosts: "aucun hôte", HelpTitle: "Touches",
		HelpKeys: []string{
			"↑ ↓ j k|une ligne", "PgUp PgDn|une page", "g G|début, fin", "entrée|détails, ouverts ou fermés", "tab|écran suivant",
			"/|filtre : regexp, !regexp pour les autres", "s <|trier par la colonne suivante, précédente", "r|inverser l'ordre", "c C|cacher la colonne du tri, toutes",
			"échap|revenir : calcul, filtre, écran", ":host NOM|montrer un hôte", ":why CHARGE|montrer une charge et ses raisons",
			":w FICHIER|enregistrer le plan", ":policy FICHIER|enregistrer la politique", ":set CHAMP VALEUR|planifier autrement", ":export ctrl+s|cet écran : .txt .csv .svg", ":theme :mouse|autres couleurs ; souris ou non", "q :q|quitter", "▓ ░|du 5e au 95e centile",
		},
		KeyFilter: "filtre", KeySort: "tri", KeyReverse: "inverse", KeyCommand: "commande", KeyHelp: "aide", KeyQuit: "quitter",
		KeyDetails: "détails", KeyFails: "s'il tombe", KeyHost: "son hôte", KeyPin: "fixer sur place", KeyForbid: "interdire cet hôte",
		KeyScroll: "défiler", KeyWithout: "essayer sans", KeyOpen: "ouvrir", KeyChoose: "choisir", KeyChange: "changer", KeyUndo: "comme ouvert", KeyStop: "arrêter", KeyType: "saisir", KeyUnfilter: "tout montrer", ThemeNow: "Thème :", MouseOn: "La souris défile et choisit les écrans ; :mouse la rend au terminal.", MouseOff: "La souris sélectionne de nouveau le texte.", NameExport: "Nommez un fichier : :export hotes.csv ou :export ecran.txt",
		Hosts: "HÔTES", Electricity: "ÉLECTRICITÉ", Carbon: "CARBONE", Money: "BUDGET", Today: "avant", Plan: "plan", Bound: "borne", Best: "mieux",
		KWh: "kWh/an", MWh: "MWh/an", Kg: "kgCO2e/an", Tonnes: "tCO2e/an", EUR: "€/an", KEUR: "k€/an",
		Saves: "économise %s %s  (%s … %s)", Costs: "coûte %s %s de plus  (%s … %s)", NoDifference: "aucune différence",
		NeverPaid: "jamais compensé par l'économie", PaidBack: "compensé en %s (%s … %s)",
		Years: "%s ans", Months: "%s mois", YearsShort: "%s ans", Year: "an %s",
		ToMake: "fabrication : %s %s, une fois", MoneyLine: "avant %s · plan %s %s · %s", FirstAim: "but premier : %s", SpareCount: "%s de secours",
		NotChecked: "NON VÉRIFIÉ", Risks: "RISQUES", NoRisks: "aucun que les données montrent", AndMore: "… %s en tout",
		RiskUnplaced: "charges sans place dans ce plan : %s", RiskDown: "charges qui resteraient arrêtées si leur hôte tombe : %s",
		RiskRules: "règles qui ne sont pas tenues : %s", RiskGap: "hôtes au-dessus du minimum prouvé : %s ; une recherche plus longue le dirait",
		RiskPinned: "charges liées à leur hôte, qui tombent avec lui : %s", RiskData: "erreurs dans les données, par lesquelles il en manque : %s",
		RiskEmits: "ce plan émet plus qu'il n'économise : gardez les serveurs en place", RiskNoFailover: "aucune panne d'hôte n'est demandée à être supportée",
		RiskAlone:   "hôtes gardés dont rien ne reprend la panne : %s",
		RiskAssumed: "%s : supposé", RiskFull: "hôte le plus plein : %s, mémoire %s %%", Spare: "secours", Slot: "%s baie %d",
		HostEnergy: "%s %s (%s … %s), puissance connue par : %s",
		WhySpare:   "Attend à vide, pour que ce qui tourne sur un autre hôte puisse redémarrer quand celui-ci tombe.",
		WhyRetire:  "Tout ce qu'il porte tient ailleurs : il peut être éteint.",
		WhyBuy:     "Acheté : il remplace plusieurs hôtes.", WhyKeep: "Gardé : ce qu'il porte y reste, ou en rejoint d'autres.",
		WhyHeld: "Gardé : charges qui ne peuvent pas bouger : %s.", HoldsAfter: "Porte %s :", HeldBefore: "Portait %s :",
		WhyHere: "Pourquoi :", WhyStays: "reste sur %s : %s", WhyUnplaced: "sans place : %s", WhyLeftOut: "hors du plan : %s",
		WhyGuest: "devient une VM de %s, pour éteindre le serveur %s", WhyMoves: "quitte %s pour %s, pour que moins d'hôtes suffisent",
		WhySame: "reste sur %s : la déplacer ne libérerait aucun hôte", Sizes: "%s vCPU, %s Gio de mémoire", Mean: "moyenne", ByHour: "par heure", NoMeasure: "son usage n'a jamais été mesuré",
		RestartsOn: "Si %s tombe, elle redémarre sur %s.", StaysDown: "Si %s tombe, elle reste arrêtée : %s", NotReplayed: "la panne de son hôte n'a pas été rejouée", NeedsNoRestart: "Arrêtée, elle n'a pas à redémarrer si son hôte tombe.", Idle: "Arrêtées, rien à redémarrer (%s) :",
		ByRule: "règle : %s", Memory: "mém", Standalone: "isolés", EnclosureOff: "châssis hors service",
		ChassisLegend: "█ remplissage · ▒ en service · ·· éteint · ○○ N+ secours · +1 acheté · ■ serveur",
		RoomLine:      "%s : %s aujourd'hui, %s dans le plan", Use: "USAGE", Manufacture: "FABRICATION", Once: "1 fois", Net: "GAIN NET",
		Payoff: "Économie cumulée, face à la fabrication", Tornado: "Ce dont l'économie dépend le plus, un à la fois", KeyElse: "où ailleurs", KeyPrices: "tout chiffrer", KeyFewer: "pourquoi pas moins", Pricing: "chiffrage %s sur %s", Moves: "VAGUES", SettingPrices: "Ce que coûtent les réglages, chacun changé seul", PriceLine: "%s hôtes, %s kWh, %s kgCO2e, %s par an", ByService: "Par service", NoService: "sans service", Readings: "L'économie, lue autrement", AgainstNow: "telle que comptée %s", PaidInMonth: "compensé au mois %s", NotPaidBy: "non compensé en %s ans", PayoffLegend: "┃ %s %s émis pour fabriquer le matériel acheté · ✔ remboursé",
		Assumptions: "Hypothèses et leurs sources (%s)", Survives: "Ce qui bouge continue %s. Pannes rejouées : %s ; secours : %s.",
		IfFails: "Si %s tombe", Down: "restent arrêtées : %s", RuleKept: "tenue", RuleSoft: "préférence", RuleBroken: "non tenue", NotComputed: "non calculé",
		ByMeasure: "Usage CPU des charges connu par", BySize: "Charges par mémoire, Gio", ByFate: "Charges par sort", ByModel: "Hôtes par modèle",
		BySite: "Hôtes par site", ByPower: "Puissance des hôtes connue par", ByFinding: "Constats par genre", ByYear: "Hôtes par année", BySystem: "Charges par système",
		OneLook: "un seul relevé", OtherMeasure: "une autre mesure", Unknown: "inconnu", Others: "%s autres",
		Purchase:    "ACHAT",
		RuleApplies: "charges concernées : %s", RuleCosts: "hôtes gagnés sans elle : %s", Opened: "ouvert", Now: "essai", Difference: "différence",
		RowHosts: "hôtes", RowBound: "borne", RowBought: "achetés", RowMoves: "déplacements", RowUnplaced: "sans place",
		SaveHint:       ":w plan.json et :policy politique.yaml l'enregistrent",
		AccessibleHelp: "Tapez le nom ou la touche d'un écran, host NOM, why CHARGE, /filtre, set CHAMP VALEUR, w FICHIER, ou q.",
		Waves:          frenchTUIWaves(), Cost: frenchTUICost(),
		Fates:           []string{"reste", "déplacée", "devient VM", "fixe", "sans place", "hors plan"},
		Severities:      map[string]string{"error": "erreur", "warning": "alerte", "note": "note", "": "note"},
		HostColumns:     []string{"Hôte", "État", "Modèle", "Grappe", "Site", "Avant", "Après", "CPU %", "Mém %", "kWh/an"},
		WorkloadColumns: []string{"Charge", "Sort", "De", "Vers", "vCPU", "Gio", "Service", "Système"},
		FailoverColumns: []string{"Hôte", "État", "Grappe", "Porte", "Repris", "Arrêtées"},
		RuleColumns:     []string{"Règle", "Charges", "État", "Hôtes qu'elle coûte"},
		FindingColumns:  []string{"Gravité", "Sujet", "Quoi", "Code"},
		ParamNames: []string{
			"but premier", "CPU compté par", "marge CPU", "vCPU par cœur", "mémoire comptée par", "marge mémoire", "surallocation mémoire",
			"hôtes pouvant tomber", "croissance par an", "années de croissance", "PUE (si inconnu)", "pays (si inconnu)", "électricité", "horizon, années", "modèle à acheter (* tous)",
		},
	}
}
