package wording

// moneySentences are what the cost model says of its assumptions, and what is
// said of sensitivities, formulas and the block of indicators.
var moneySentences = []sentence{
	// cost
	{"Years that cost is summed over.", "Années sur lesquelles les coûts s'additionnent."},
	{"Rate at which later money counts less, a year.", "Taux d'actualisation, par an."},
	{"Price of a kWh in the first year.", "Prix du kWh la première année."},
	{"Rise of the price of electricity, a year.", "Hausse du prix de l'électricité, par an."},
	{"Maintenance a year, as a part of the price of each host or enclosure whose price is known.", "Maintenance par an, en part du prix de chaque hôte ou châssis dont le prix est connu."},
	{"Price of a rack unit a year.", "Prix d'une unité de baie (U) par an."},
	{"Height of a server whose height is not known; an enclosure counts 10.", "Hauteur d'un serveur dont la hauteur n'est pas connue ; un châssis compte 10."},
	{"Price of taking one host or enclosure out of service, once.", "Prix de la mise hors service d'un hôte ou d'un châssis, une fois."},
	{"Price of one unit of licence %s.", "Prix d'une unité de la licence %s."},
	{"given in the policy", "donné dans la politique"},
	{"policy or command line", "politique ou ligne de commande"},
	{"sobre: order of non-household prices in the European Union, Eurostat nrg_pc_205, 2024", "sobre : ordre de grandeur des prix hors ménages dans l'Union européenne, Eurostat nrg_pc_205, 2024"},

	{"workloads that need licence %s are kept on %s hosts, which costs least: %s", "les charges qui demandent la licence %s sont gardées sur %s hôtes, ce qui coûte le moins : %s"},
	{"keep them there by a cluster of its own or a group of hosts, as the terms of the licence ask", "les y garder par une grappe à part ou un groupe d'hôtes, selon les termes de la licence"},

	// sensitivities
	{"The PUE of the room stays as it is, as if all its overhead followed the IT load: the usual arithmetic, too good.", "Le PUE de la salle reste le même, comme si tous ses frais suivaient la charge : le calcul usuel, trop favorable."},
	{"The freed room is filled with %s % more work.", "La place libérée se remplit de %s % de travail en plus."},
	{"The hosts to retire are left on without load.", "Les hôtes à retirer restent allumés sans charge."},
	{"The hosts to retire are switched off but stay plugged in.", "Les hôtes à retirer sont éteints mais restent branchés."},
	{"Against a baseline that renews each retired host by an ordinary server (%s kgCO2e over %s years).", "Face à une référence qui remplace chaque hôte retiré par un serveur ordinaire (%s kgCO2e sur %s ans)."},
	{"%s of the IT's heat warms the building; its loss is made up for at %s.", "%s de la chaleur de l'informatique chauffe le bâtiment ; sa perte est compensée à %s."},
	{"Counted with a marginal factor, %s gCO2e/kWh (%s, %s): what the last kWh saved avoids.", "Compté avec un facteur marginal, %s gCO2e/kWh (%s, %s) : ce qu'évite le dernier kWh économisé."},
	{"operating margin", "marge d'exploitation"},
	{"combined margin for efficiency projects", "marge combinée pour projets d'efficacité"},

	// the block of indicators
	{"%s: %s servers in service", "%s : %s serveurs en service"},
	{"%s servers in service", "%s serveurs en service"},
	{"a year of 8,760 h, inventory of %s", "une année de 8 760 h, inventaire du %s"},
	{"a year of 8,760 h", "une année de 8 760 h"},
	{"the estate as inventoried, with nothing changed or renewed", "le parc tel qu'inventorié, sans rien changer ni renouveler"},
	{"the estate as inventoried; no project is compared", "le parc tel qu'inventorié ; aucun projet n'est comparé"},
	{"difference of two scenarios (ISO 14064-2), %s-based electricity, median and 5th to 95th percentile of %s draws", "différence de deux scénarios (ISO 14064-2), électricité en méthode %s, médiane et 5e au 95e centile de %s tirages"},
	{"one scenario, %s-based electricity, median and 5th to 95th percentile of %s draws", "un scénario, électricité en méthode %s, médiane et 5e au 95e centile de %s tirages"},
	{"location", "fondée sur la localisation"},
	{"market", "fondée sur le contrat"},
	{"marginal", "marginale"},
	{"storage arrays and network outside hosts and enclosures", "baies de stockage et réseau hors des hôtes et des châssis"},
	{"end of life of what is retired", "fin de vie de ce qui est retiré"},
	{"manufacture of what exists (spent already)", "fabrication de l'existant (déjà émise)"},
	{"work of people and transport", "travail des personnes et transport"},
	{"rebound (shown as a sensitivity)", "effet rebond (montré en sensibilité)"},
	{"rebound", "effet rebond"},
	{"in item 2.1: the factor's upstream and losses are not published apart", "dans le poste 2.1 : l'amont et les pertes du facteur ne sont pas publiés à part"},
	{"kWh a year at the meter of the machine room", "kWh par an au compteur de la salle"},
	{"PUE of the machine room in service", "PUE de la salle en service"},
	{"Water evaporated, litres per kWh of IT", "Eau évaporée, litres par kWh informatique"},
	{"gCO2e per kWh of electricity in %s", "gCO2e par kWh d'électricité en %s"},
	{"Part of the room's heat used elsewhere, or PUE below 1.3", "Part de la chaleur de la salle utilisée ailleurs, ou PUE sous 1,3"},
}
