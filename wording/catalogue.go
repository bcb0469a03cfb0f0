package wording

// Catalogue is the words of the built-in tables of servers and processors.
type Catalogue struct {
	Servers, Processors         Plural
	ServerTable, ProcessorTable []string
	Nothing                     string // what was looked for
	Notes                       []string
	Forms                       map[string]string
}

func englishCatalogue() Catalogue {
	return Catalogue{
		Servers: Plural{"%s SERVER", "%s SERVERS"}, Processors: Plural{"%s PROCESSOR", "%s PROCESSORS"},
		ServerTable:    []string{"Server", "Make", "Form", "Year", "Sockets", "kgCO2e", "Source"},
		ProcessorTable: []string{"Processor", "Year", "Cores", "GHz", "TDP W", "Work", "Idle W", "Full W", "Source"},
		Nothing:        "no server and no processor of the built-in tables is called like %s",
		Notes: []string{
			"Work: what one processor does at full load, in thousands of ssj_ops, by published results of it or of its core design.",
			"Idle and full: typical power at the wall plug of a server with two of it. SPEC and SPECpower_ssj are trademarks of SPEC.",
			"Sockets at most; kgCO2e to make one, where the maker publishes it. Years are those of the launch: a machine may be younger, never older.",
		},
		Forms: map[string]string{"blade": "blade", "tower": "tower"},
	}
}

func frenchCatalogue() Catalogue {
	return Catalogue{
		Servers: Plural{"%s SERVEUR", "%s SERVEURS"}, Processors: Plural{"%s PROCESSEUR", "%s PROCESSEURS"},
		ServerTable:    []string{"Serveur", "Marque", "Forme", "Année", "Sockets", "kgCO2e", "Source"},
		ProcessorTable: []string{"Processeur", "Année", "Cœurs", "GHz", "TDP W", "Travail", "À vide W", "À fond W", "Source"},
		Nothing:        "aucun serveur ni processeur des tables internes ne s'appelle comme %s",
		Notes: []string{
			"Travail : ce que fait un processeur à pleine charge, en milliers de ssj_ops, d'après les résultats publiés pour lui ou sa famille.",
			"À vide et à fond : puissance typique à la prise d'un serveur qui en a deux. SPEC et SPECpower_ssj sont des marques de SPEC.",
			"Sockets au plus ; kgCO2e pour en fabriquer un, si le constructeur le publie. Les années sont celles du lancement : une machine peut être plus récente, jamais plus ancienne.",
		},
		Forms: map[string]string{"blade": "lame", "tower": "tour"},
	}
}
