package wording

// Inspect is the words of the audit of an estate.
type Inspect struct {
	Servers, Workloads, Sites, Hypervisors, Standalone, Guests, Blades Plural

	// labels of the first screen
	Short, Machines, Ages, Systems, Support, CPUUse, MemoryUse, Allotted, Storage, Idle, Oversized, Candidates, Single, Data, Cannot string

	HalfUse     string // machines, percent
	UseUnknown  string // machines
	CanMove     Plural
	AfterFix    Plural
	CannotMove  Plural
	NotMended   Plural
	DoNothing   Plural
	NothingIdle string

	OldestHalf   string // year of the oldest, year that half are older than
	AgeOf        Plural // years
	AgeUnknown   Plural
	Distribution string // median, p95, peak
	NoPeak       string // median, p95
	OneLook      string // of which seen once
	NotMeasured  string // all
	PerCore      string // vCPUs, ratio
	BusyVCPUs    string // most vCPUs in use, measured guests
	MemoryOf     string // allotted, there is, share
	MemoryUsed   string // used, measured guests
	DiskOf       string // allotted, used
	StorageOf    string // capacity, free
	GiveBack     string // vCPUs, memory
	OversizedN   Plural
	SingleN      Plural
	FieldKnown   string // field, percent
	AllKnown     string
	Defaulted    Plural
	Conflicting  Plural
	Stale        Plural
	More         string // how many
	NextDetails  string // the command
	Unknown      string
	Others       string
	Colon        string // between a thing and what is said of it

	Kinds    map[string]string // of machines in a distribution
	IdleKind map[string]Plural
	Verdicts map[string]string
	Weights  map[string]string
	States   map[string]string // of support
	Rows     map[string]string // words of counts: roles, states
	By       map[string]string // what is counted by
	Fields   map[string]string // what files name: words

	// headers of the tables
	CountTable, UseTable, AllottedTable, IdleTable, OversizedTable, CandidateTable, SingleTable, StorageTable, QualityTable []string
}

func englishInspect() Inspect {
	return Inspect{
		Servers: Plural{"%s server", "%s servers"}, Workloads: Plural{"%s workload", "%s workloads"}, Sites: Plural{"%s site", "%s sites"},
		Hypervisors: Plural{"%s hypervisor", "%s hypervisors"}, Standalone: Plural{"%s standalone", "%s standalone"}, Guests: Plural{"%s guest", "%s guests"},
		Blades: Plural{"%s blade", "%s blades"},
		Short:  "In short", Machines: "Servers", Ages: "Age", Systems: "Systems", Support: "Support", CPUUse: "CPU used", MemoryUse: "Memory used",
		Allotted: "Allotted", Storage: "Storage", Idle: "Idle", Oversized: "Too large", Candidates: "Candidates", Single: "Alone", Data: "Data", Cannot: "Cannot tell",
		HalfUse: "At busy times, half of the machines measured (%s) use at most %s\u00a0%% of their CPU.", UseUnknown: "No use of the %s machines is measured.",
		CanMove: Plural{"%s server can become a guest as it is", "%s servers can become guests as they are"}, AfterFix: Plural{"%s after a fix", "%s after fixes"},
		CannotMove: Plural{"%s cannot", "%s cannot"},
		NotMended:  Plural{"%s runs a system that is no longer mended.", "%s run systems that are no longer mended."},
		DoNothing:  Plural{"%s does nothing at all.", "%s do nothing at all."}, NothingIdle: "none found among those measured",
		OldestHalf: "the oldest of %s, half of %s or before", AgeOf: Plural{"%s year", "%s years"}, AgeUnknown: Plural{"age of %s unknown", "age of %s unknown"},
		Distribution: "p50 %s %%, p95 %s %%, max %s %%", NoPeak: "p50 %s %%, p95 %s %%", OneLook: "one look at %s",
		NotMeasured: "not measured on any of the %s",
		PerCore:     "%s vCPUs, %s a core", BusyVCPUs: "%s busy at most", MemoryOf: "memory %s of %s GiB (%s %%)", MemoryUsed: "%s GiB of it used", DiskOf: "%s TiB of disk allotted, %s used",
		StorageOf: "%s TiB, %s free", GiveBack: "%s vCPUs and %s GiB could go back", OversizedN: Plural{"%s guest", "%s guests"},
		SingleN: Plural{"%s single point of failure", "%s single points of failure"}, FieldKnown: "%s %s\u00a0%%", AllKnown: "every field that a plan rests on is known",
		Defaulted: Plural{"%s figure from tables", "%s figures from tables"}, Conflicting: Plural{"%s in conflict", "%s in conflict"}, Stale: Plural{"%s stale", "%s stale"},
		More: "%s more", NextDetails: "All of it: %s", Unknown: "unknown", Others: "others", Colon: ": ",
		Kinds:    map[string]string{"physical": "servers", "vm": "guests", "hypervisor": "hypervisors"},
		IdleKind: map[string]Plural{"zombie": {"%s zombie", "%s zombies"}, "idle": {"%s idle", "%s idle"}, "off": {"%s off", "%s off"}, "stale": {"%s not heard of", "%s not heard of"}},
		Verdicts: map[string]string{"ready": "ready", "to-fix": "to fix", "blocked": "blocked"},
		Weights:  map[string]string{"blocker": "blocker", "to-fix": "to fix", "care": "care", "accepted": "accepted"},
		States:   map[string]string{"supported": "supported", "extended": "security fixes only", "ended": "no longer mended", "unknown": "unknown"},
		Rows: map[string]string{"standalone": "standalone", "hypervisor": "hypervisor", "on": "on", "off": "off", "suspended": "suspended",
			"0-2": "0 to 2 years", "3-4": "3 to 4 years", "5-6": "5 to 6 years", "7-9": "7 to 9 years", "10+": "10 years and more"},
		By: map[string]string{"role": "Role", "make": "Make", "model": "Model", "age": "Age", "site": "Site", "state": "State", "os": "System", "support": "Support", "service": "Service"},
		Fields: map[string]string{"cpu.cores": "cores", "cpu.clock": "clock", "cpu.model": "processor", "memory": "memory", "model": "model", "serial": "serial or UUID", "year": "year",
			"power": "power", "site": "site", "use.cpu": "use of CPU", "use.memory": "use of memory", "vcpus": "vCPUs", "disk": "disk", "os": "system", "host": "host", "service": "service"},
		CountTable: []string{"By", "What", "Machines", "%"}, UseTable: []string{"Of", "Resource", "Measured", "p50 %", "p95 %", "max %", "0 … 100 %"},
		AllottedTable:  []string{"Cluster", "Hosts", "Guests", "vCPUs", "per core", "Memory GiB", "of", "Used GiB"},
		IdleTable:      []string{"Machine", "Host", "What", "Evidence"},
		OversizedTable: []string{"Guest", "vCPUs", "would do", "Memory GiB", "would do", "Rests on"},
		CandidateTable: []string{"Server", "Score", "Verdict", "For", "Against"},
		SingleTable:    []string{"What", "Guests", "Among them"},
		StorageTable:   []string{"Found", "To do"},
		QualityTable:   []string{"Of", "Field", "Known %", "Stale", "From tables", "In conflict", "Matters for"},
	}
}

func frenchInspect() Inspect {
	return Inspect{
		Servers: Plural{"%s serveur", "%s serveurs"}, Workloads: Plural{"%s charge", "%s charges"}, Sites: Plural{"%s site", "%s sites"},
		Hypervisors: Plural{"%s hyperviseur", "%s hyperviseurs"}, Standalone: Plural{"%s autonome", "%s autonomes"}, Guests: Plural{"%s VM", "%s VM"},
		Blades: Plural{"%s lame", "%s lames"},
		Short:  "En bref", Machines: "Serveurs", Ages: "Âge", Systems: "Systèmes", Support: "Support", CPUUse: "CPU utilisé", MemoryUse: "Mémoire util.",
		Allotted: "Attribué", Storage: "Stockage", Idle: "Inactives", Oversized: "Trop grandes", Candidates: "Candidats", Single: "Isolés", Data: "Données", Cannot: "Inconnu",
		HalfUse: "En charge, la moitié des machines mesurées (%s) utilise au plus %s\u00a0%% de son CPU.", UseUnknown: "L'usage des %s machines n'est pas mesuré.",
		CanMove: Plural{"%s serveur peut devenir une VM tel quel", "%s serveurs peuvent devenir des VM tels quels"}, AfterFix: Plural{"%s après correction", "%s après correction"},
		CannotMove: Plural{"%s ne peut pas", "%s ne peuvent pas"},
		NotMended:  Plural{"%s a un système qui n'est plus corrigé.", "%s ont un système qui n'est plus corrigé."},
		DoNothing:  Plural{"%s ne fait rien du tout.", "%s ne font rien du tout."}, NothingIdle: "aucune parmi les machines mesurées",
		OldestHalf: "le plus ancien de %s, la moitié de %s ou avant", AgeOf: Plural{"%s an", "%s ans"}, AgeUnknown: Plural{"âge de %s inconnu", "âge de %s inconnu"},
		Distribution: "p50 %s %%, p95 %s %%, max %s %%", NoPeak: "p50 %s %%, p95 %s %%", OneLook: "%s vues une fois",
		NotMeasured: "aucune mesure sur les %s",
		PerCore:     "%s vCPU, %s par cœur", BusyVCPUs: "%s occupés au plus", MemoryOf: "mémoire %s sur %s Gio (%s %%)", MemoryUsed: "dont %s Gio utilisés", DiskOf: "%s Tio de disque attribués, %s utilisés",
		StorageOf: "%s Tio, %s libres", GiveBack: "%s vCPU et %s Gio à rendre", OversizedN: Plural{"%s VM", "%s VM"},
		SingleN: Plural{"%s point de défaillance unique", "%s points de défaillance uniques"}, FieldKnown: "%s %s\u00a0%%", AllKnown: "tout ce dont dépend un plan est connu",
		Defaulted: Plural{"%s chiffre tiré de tables", "%s chiffres tirés de tables"}, Conflicting: Plural{"%s en conflit", "%s en conflit"}, Stale: Plural{"%s périmé", "%s périmés"},
		More: "%s de plus", NextDetails: "Le détail : %s", Unknown: "inconnu", Others: "autres", Colon: " : ",
		Kinds:    map[string]string{"physical": "serveurs", "vm": "VM", "hypervisor": "hyperviseurs"},
		IdleKind: map[string]Plural{"zombie": {"%s zombie", "%s zombies"}, "idle": {"%s inactive", "%s inactives"}, "off": {"%s éteinte", "%s éteintes"}, "stale": {"%s sans nouvelles", "%s sans nouvelles"}},
		Verdicts: map[string]string{"ready": "prêt", "to-fix": "à corriger", "blocked": "bloqué"},
		Weights:  map[string]string{"blocker": "bloquant", "to-fix": "à corriger", "care": "attention", "accepted": "accepté"},
		States:   map[string]string{"supported": "corrigés", "extended": "sécurité seulement", "ended": "plus corrigés", "unknown": "inconnu"},
		Rows: map[string]string{"standalone": "autonome", "hypervisor": "hyperviseur", "on": "allumée", "off": "éteinte", "suspended": "suspendue",
			"0-2": "0 à 2 ans", "3-4": "3 à 4 ans", "5-6": "5 à 6 ans", "7-9": "7 à 9 ans", "10+": "10 ans et plus"},
		By: map[string]string{"role": "Rôle", "make": "Marque", "model": "Modèle", "age": "Âge", "site": "Site", "state": "État", "os": "Système", "support": "Support", "service": "Service"},
		Fields: map[string]string{"cpu.cores": "cœurs", "cpu.clock": "fréquence", "cpu.model": "processeur", "memory": "mémoire", "model": "modèle", "serial": "n° de série ou UUID", "year": "année",
			"power": "puissance", "site": "site", "use.cpu": "usage CPU", "use.memory": "usage mémoire", "vcpus": "vCPU", "disk": "disque", "os": "système", "host": "hôte", "service": "service"},
		CountTable: []string{"Par", "Quoi", "Machines", "%"}, UseTable: []string{"De", "Ressource", "Mesurées", "p50 %", "p95 %", "max %", "0 … 100 %"},
		AllottedTable:  []string{"Grappe", "Hôtes", "VM", "vCPU", "par cœur", "Mémoire Gio", "sur", "Utilisés Gio"},
		IdleTable:      []string{"Machine", "Hôte", "Quoi", "Preuve"},
		OversizedTable: []string{"VM", "vCPU", "suffiraient", "Mémoire Gio", "suffiraient", "D'après"},
		CandidateTable: []string{"Serveur", "Note", "Verdict", "Pour", "Contre"},
		SingleTable:    []string{"Quoi", "VM", "Dont"},
		StorageTable:   []string{"Trouvé", "À faire"},
		QualityTable:   []string{"De", "Champ", "Connu %", "Périmés", "De tables", "En conflit", "Sert à"},
	}
}
