package wording

// ruleSentences are what the planner says of rules and failures.
var ruleSentences = []sentence{
	{"needs %s; the roomiest host that rules leave it offers %s", "demande %s ; l'hôte le plus vaste que les règles lui laissent offre %s"},
	{"rule %s allows %s in one place, and a together rule joins %s of them on one host", "la règle %s en permet %s au même endroit, et une règle « ensemble » en joint %s sur un hôte"},
	{"rule %s leaves no host for it: %s hosts do not hold all of it", "la règle %s ne lui laisse aucun hôte : %s hôtes ne tiennent pas tout"},
	{"together rules tie it to what stays on different hosts", "des règles « ensemble » la lient à ce qui reste sur des hôtes différents"},
	{"rule %s is not in force: %s", "la règle %s n'est pas appliquée : %s"},
	{"correct the rule", "corrigez la règle"},
	{"it must say exactly one of apart, at_most with of, together, only, never, stay, fence, physical, numa, live", "elle doit dire un seul mot parmi apart, at_most avec of, together, only, never, stay, fence, physical, numa, live"},
	{"it names no hosts", "elle ne nomme aucun hôte"},
	{"at_most must be 1 or more", "at_most doit valoir 1 ou plus"},
	{"hosts_at_most must be 1 or more", "hosts_at_most doit valoir 1 ou plus"},
	{"its price is below 0", "son prix est négatif"},
	{"by goes with apart and at_most only", "by ne va qu'avec apart et at_most"},
	{"these rules cannot all be kept for %s: %s", "ces règles ne peuvent être toutes tenues pour %s : %s"},
	{"rule %s cannot be kept for %s", "la règle %s ne peut être tenue pour %s"},
	{"change or drop one of them", "changez ou abandonnez l'une d'elles"},
	{"the policy counts CPU by the hour, and no workload has a profile", "la politique compte le CPU heure par heure, et aucune charge n'a de profil"},
	{"add profiles, or set cpu.use to another measure", "ajoutez des profils, ou donnez une autre mesure à cpu.use"},
	{"the plan has %s hosts in service, the policy allows %s", "le plan garde %s hôtes en service, la politique en permet %s"},
	{"raise hosts.max, or ask for less", "relevez hosts.max, ou demandez moins"},
	{"NUMA fit on %s hosts: their sockets, cores or memory are unknown", "tenue dans un nœud NUMA sur %s hôtes : processeurs, cœurs ou mémoire inconnus"},
	{"live moves of %s workloads: the model of a processor is unknown", "déplacements à chaud de %s charges : modèle d'un processeur inconnu"},
}
