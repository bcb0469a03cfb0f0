package wording

// formulaSentences are how figures come about, for the annex of reports.
var formulaSentences = []sentence{
	{"Emissions of use in a year.", "Émissions d'usage d'une année."},
	{"energy × factor of electricity", "énergie × facteur de l'électricité"},
	{"Electricity at the meter of the machine room in a year.", "Électricité au compteur de la salle sur une année."},
	{"(P·(1 + α) + F) × hours / 1000, with F = φ·(PUE − 1)·P₀ and α = (1 − φ)·(PUE − 1)", "(P·(1 + α) + F) × heures / 1000, avec F = φ·(PUE − 1)·P₀ et α = (1 − φ)·(PUE − 1)"},
	{"Power of hosts and enclosures, P; P₀ is that before the change.", "Puissance des hôtes et des châssis, P ; P₀ est celle d'avant le changement."},
	{"Σ hosts P(load) + Σ enclosures in use (fixed + per module × blades on), P(load) straight between published points", "Σ hôtes P(charge) + Σ châssis en service (fixe + par module × lames allumées), P(charge) droite entre les points publiés"},
	{"SPECpower_ssj2008 results, medians by processor model and sockets; docs/carbon.md has the error of each rung", "résultats SPECpower_ssj2008, médianes par modèle de processeur et nombre de sockets ; docs/carbon.md donne l'erreur de chaque échelon"},
	{"Mean CPU load of a host that work moves to.", "Charge CPU moyenne d'un hôte qui reçoit du travail."},
	{"Σ loadᵢ·Cᵢ·(1 + overhead) / Σ C, C the throughput of a host", "Σ chargeᵢ·Cᵢ·(1 + surcoût) / Σ C, C le débit d'un hôte"},
	{"work is conserved; docs/carbon.md §3", "le travail se conserve ; docs/carbon.md §3"},
	{"Emissions of making what is bought, once.", "Émissions de fabrication du matériel acheté, une fois."},
	{"Σ bought hosts and enclosures, as given or from their parts", "Σ hôtes et châssis achetés, tels que donnés ou d'après leurs composants"},
	{"Emissions of use and manufacture in a year.", "Émissions d'usage et de fabrication d'une année."},
	{"co2e + embodied / lifetime", "usage + fabrication / durée de vie"},
	{"ISO/IEC 21031:2024 (linear over the expected life)", "ISO/IEC 21031:2024 (linéaire sur la durée de vie attendue)"},
	{"Time until what is bought has saved what its manufacture emitted.", "Temps au bout duquel le matériel acheté a évité ce que sa fabrication a émis."},
	{"embodied / (co2e before − co2e after)", "fabrication / (usage avant − usage après)"},
	{"Saving over the horizon.", "Gain sur l'horizon."},
	{"horizon × (total before − total after)", "horizon × (total avant − total après)"},
}
