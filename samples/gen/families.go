package main

// family is a set of like guests.
type family struct {
	name, cluster, service, os, env string
	guests                          int
	vcpus                           []int
	memory                          []int   // GiB
	disk                            int     // GB, about
	busy                            float64 // mean of CPU, %
	holds                           int     // 95th percentile of memory, %
	mayBeOff                        bool
	licences                        []string
	only                            []string // blades it may run on; empty: all of its cluster
}

const (
	win2016 = "Windows Server 2016"
	win2019 = "Windows Server 2019"
	win10   = "Windows 10 Entreprise"
	rhel7   = "Red Hat Enterprise Linux 7"
	rhel8   = "Red Hat Enterprise Linux 8"
	debian  = "Debian GNU/Linux 11"
)

// families are what some 780 guests of a large local authority or a hospital
// are for. Sizes follow what such sites give: far more than what is used.
func families() []family {
	windows, redhat := []string{"windows-server"}, []string{"rhel"}
	return []family{
		{"annuaire", "prod", "Socle", win2019, "prod", 4, []int{2, 4}, []int{8}, 60, 6, 45, false, windows, nil},
		{"oracle", "prod", "Bases de données", rhel8, "prod", 6, []int{8, 12}, []int{48, 64}, 900, 12, 82, false, []string{"oracle-ee", "rhel"}, licensed()},
		{"sqlserver", "prod", "Bases de données", win2019, "prod", 14, []int{4, 8}, []int{16, 32}, 400, 8, 78, false, []string{"sql-server", "windows-server"}, nil},
		{"postgres", "prod", "Bases de données", debian, "prod", 16, []int{2, 4, 8}, []int{8, 16, 24}, 250, 6, 60, true, nil, nil},
		{"pacs-db", "prod", "Imagerie", rhel8, "prod", 2, []int{8}, []int{48}, 1200, 14, 75, false, redhat, nil},
		{"paie-app", "prod", "Ressources humaines", win2016, "prod", 3, []int{4}, []int{12}, 120, 5, 55, false, windows, nil},
		{"paie-db", "prod", "Ressources humaines", rhel7, "prod", 2, []int{4}, []int{16}, 200, 7, 70, false, redhat, nil},
		{"sig-rendu", "prod", "Urbanisme", win2016, "prod", 2, []int{8}, []int{32}, 300, 15, 60, false, windows, nil},
		{"ged", "prod", "Documents", win2016, "prod", 9, []int{4}, []int{8, 16}, 600, 4, 50, true, windows, nil},
		{"fichiers", "prod", "Fichiers", win2019, "prod", 8, []int{2, 4}, []int{8, 12}, 1800, 5, 48, false, windows, nil},
		{"finance", "prod", "Finances", win2016, "prod", 11, []int{2, 4}, []int{8, 12}, 120, 4, 52, true, windows, nil},
		{"metier", "prod", "Applications métier", win2016, "prod", 96, []int{2, 2, 4}, []int{4, 8, 8, 16}, 110, 4, 50, true, windows, nil},
		{"metier-linux", "prod", "Applications métier", rhel7, "prod", 48, []int{2, 4}, []int{4, 8, 12}, 90, 4, 46, true, redhat, nil},
		{"supervision", "prod", "Socle", debian, "prod", 7, []int{2, 4}, []int{8, 16}, 220, 9, 64, false, nil, nil},
		{"sauvegarde", "prod", "Socle", win2019, "prod", 4, []int{4, 8}, []int{16}, 260, 11, 58, false, windows, nil},
		{"messagerie", "bureau", "Messagerie", win2019, "prod", 6, []int{8}, []int{32, 48}, 1500, 8, 80, false, windows, nil},
		{"impression", "bureau", "Bureautique", win2016, "prod", 5, []int{2}, []int{4, 8}, 80, 3, 44, false, windows, nil},
		{"bureau-distant", "bureau", "Bureautique", win2019, "prod", 22, []int{4, 8}, []int{16, 24}, 140, 8, 66, false, windows, nil},
		{"poste", "bureau", "Postes virtuels", win10, "prod", 230, []int{2}, []int{4}, 50, 3, 62, true, nil, nil},
		{"recette", "test", "Recette", win2016, "test", 64, []int{2, 2, 4}, []int{4, 4, 8}, 90, 2, 38, true, windows, nil},
		{"dev", "test", "Développement", debian, "test", 78, []int{2, 2, 4}, []int{2, 4, 8}, 60, 2, 36, true, nil, nil},
		{"formation", "test", "Formation", win2016, "test", 24, []int{2}, []int{4}, 60, 1, 30, true, windows, nil},
		{"portail-web", "dmz", "Sites internet", debian, "prod", 3, []int{4}, []int{8}, 80, 8, 50, false, nil, nil},
		{"mandataire", "dmz", "Socle", debian, "prod", 2, []int{4}, []int{8}, 60, 13, 57, false, nil, nil},
		{"site", "dmz", "Sites internet", debian, "prod", 59, []int{2}, []int{2, 4, 4}, 50, 4, 45, true, nil, nil},
		{"passerelle", "dmz", "Échanges", rhel8, "prod", 18, []int{2, 4}, []int{4, 8}, 70, 5, 47, true, redhat, nil},
		{"extranet", "dmz", "Sites internet", win2019, "prod", 27, []int{2, 4}, []int{4, 8}, 80, 4, 49, true, windows, nil},
	}
}

// licensed is the blades whose processors were declared to the publisher of the
// database.
func licensed() []string {
	return []string{"esx-prod-09", "esx-prod-10", "esx-prod-11", "esx-prod-12", "esx-prod-13", "esx-prod-14"}
}
