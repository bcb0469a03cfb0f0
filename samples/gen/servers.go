package main

// server is one machine of the town, told once; the documents, the register and
// the table of use are written from it.
type server struct {
	name, os, hw string
	memory       int // MB
	disk, used   int // GB of file systems, and of them filled
	lot          string
	service      string
	about        string // what it does
	site         string
	bought       string // year-month-day
	price        int    // EUR without tax
	apps         string // key of extra software
	// use is mean, 95th percentile and maximum of CPU in %, and 95th percentile
	// of memory in GiB; empty where nobody measured.
	use   string
	quirk string // what is odd about its document, see document.go
}

const (
	townHall = "Hôtel de ville"
	depot    = "Centre technique municipal"
	library  = "Bibliothèque centrale"
	agglo    = "Maison de l'agglomération"
)

// servers is the machine room in November 2009. Lot 1 is what the first
// quarter of 2010 should see retired; lots 2 and 3 follow. All is invented;
// names of departments are those any town of 110,000 has.
func servers() []server {
	return append(append(firstLot(), secondLot()...), thirdLot()...)
}

func firstLot() []server {
	return []server{
		{"SRV-DC1", "w2003", "dl380g3", 2048, 70, 24, "1", "Informatique", "Annuaire, contrôleur de domaine 1", townHall, "2003-11-18", 6890, "", "3 9 41 1,2", ""},
		{"SRV-DC2", "w2003", "dl360g3", 2048, 34, 15, "1", "Informatique", "Annuaire, contrôleur de domaine 2", depot, "2004-02-03", 4350, "", "2 7 35 1,1", "blank"},
		{"SRV-FIC1", "w2003", "dl380g4", 2048, 545, 402, "1", "Tous services", "Fichiers des services administratifs", townHall, "2005-03-22", 8420, "", "4 13 62 1,4", "latin1"},
		{"SRV-IMP1", "w2003", "dl360g3", 1024, 34, 13, "1", "Tous services", "Impression", townHall, "2004-02-03", 4350, "", "", "zlib"},
		{"SRV-CANTINE", "w2003", "pe1850", 2048, 68, 31, "1", "Restauration scolaire", "Inscriptions et facturation des cantines", townHall, "2005-06-14", 3980, "sqlexpress", "3 11 58 1,0", "latin1"},
		{"SRV-DECHETS", "w2003", "pe2850", 2048, 136, 57, "1", "Propreté urbaine", "Collecte et tri des déchets, tournées", depot, "2005-09-06", 6120, "sqlexpress", "", "mislabelled"},
		{"SRV-PISCINES", "w2000", "dl380g3", 1024, 70, 22, "1", "Sports et jeunesse", "Caisses et abonnements des piscines", depot, "2003-06-24", 6650, "", "2 8 33 0,6", "nocpus"},
		{"SRV-CIMETIERE", "w2003", "dl360g3", 1024, 34, 12, "1", "État civil", "Concessions des cimetières", townHall, "2004-05-11", 4210, "", "", "latin1"},
		{"SRV-ELECTIONS", "w2003", "dl380g4", 2048, 70, 26, "1", "Élections", "Listes électorales", townHall, "2005-01-25", 7350, "", "1 4 79 0,9", ""},
		{"SRV-ASSO", "w2003", "pe1850", 2048, 68, 19, "1", "Vie associative", "Subventions et réservations de salles", townHall, "2005-06-14", 3980, "", "", "stale"},
		{"lnx-web1", "rhel4", "dl360g4", 2048, 68, 27, "1", "Communication", "Site internet de la ville, frontal 1", townHall, "2005-10-04", 3760, "web", "6 18 71 1,3", ""},
		{"lnx-web2", "rhel4", "dl360g4", 2048, 68, 26, "1", "Communication", "Site internet de la ville, frontal 2", depot, "2005-10-04", 3760, "web", "5 16 66 1,3", ""},
		{"lnx-mysql1", "rhel4", "dl380g4", 4096, 136, 61, "1", "Communication", "Base MySQL des sites", townHall, "2005-10-04", 8130, "mysql", "7 21 64 2,6", "zlib"},
		{"lnx-dns1", "rhel3", "dl360g3", 1024, 34, 7, "1", "Informatique", "Noms et adresses (DNS, DHCP) 1", townHall, "2003-11-18", 4180, "", "1 3 14 0,4", "nocpus"},
		{"lnx-dns2", "rhel3", "dl360g3", 1024, 34, 7, "1", "Informatique", "Noms et adresses (DNS, DHCP) 2", depot, "2003-11-18", 4180, "", "", "nobios"},
		{"lnx-proxy", "rhel4", "x336", 2048, 68, 44, "1", "Informatique", "Mandataire de navigation", townHall, "2006-01-17", 3540, "", "8 24 83 1,6", ""},
		{"lnx-smtp", "rhel4", "x336", 2048, 68, 33, "1", "Informatique", "Relais de messagerie, antipourriel", townHall, "2006-01-17", 3540, "", "9 28 88 1,5", "zlib"},
		{"SRV-ORA-ECOLES", "w2003", "dl380g4", 4096, 204, 98, "1", "Éducation", "Base Oracle de la scolarité et du périscolaire", townHall, "2005-08-30", 8790, "oracle", "6 17 69 2,7", ""},
		{"lnx-ora-tech", "rhel3", "x346", 4096, 204, 87, "1", "Services techniques", "Base Oracle des travaux et de la voirie", depot, "2005-04-19", 9050, "oracle", "5 15 60 2,9", "nocpus"},
		{"SRV-SQL-CULTURE", "w2003", "pe2850", 4096, 204, 112, "1", "Culture", "Base SQL Server des musées et de la billetterie", library, "2005-11-15", 6980, "sqlserver", "4 14 57 2,4", "latin1"},
		{"SRV-FAX", "w2003", "ml370g4", 1024, 68, 14, "1", "Tous services", "Télécopie centralisée", townHall, "2005-02-08", 3890, "fax", "2 6 22 0,5", "isdn"},
		{"SRV-BADGE", "w2003", "ml370g4", 2048, 68, 23, "1", "Ressources humaines", "Pointage et contrôle d'accès", townHall, "2005-05-24", 3990, "badge", "", "dongle"},
		{"SRV-SIG-DB", "w2003ent", "dl580g4", 65536, 1360, 934, "1", "Urbanisme", "Base Oracle de l'information géographique", agglo, "2007-02-20", 27400, "oracle", "11 27 86 51", ""},
		{"SRV-SAUVE1", "w2003", "ml370g4", 2048, 545, 470, "1", "Informatique", "Sauvegarde, bandothèque", townHall, "2005-02-08", 5870, "backup", "6 26 97 1,2", ""},
	}
}

func secondLot() []server {
	return []server{
		{"SRV-ETATCIVIL", "w2003", "dl380g5", 8192, 272, 118, "2", "État civil", "Actes d'état civil", townHall, "2007-09-11", 6240, "oracle", "4 10 45 3,1", "32bit"},
		{"SRV-ORA-FIN", "w2003", "dl380g5", 8192, 272, 151, "2", "Finances", "Base Oracle de la gestion financière", townHall, "2007-03-13", 6580, "oracle", "6 19 77 3,4", "32bit"},
		{"SRV-ORA-RH", "w2003", "dl380g5", 8192, 272, 139, "2", "Ressources humaines", "Base Oracle de la paie et des carrières", townHall, "2007-03-13", 6580, "oracle", "5 22 95 3,3", "32bit"},
		{"SRV-MSG1", "w2003", "dl380g5", 4096, 409, 298, "2", "Tous services", "Messagerie, boîtes A à K", townHall, "2006-11-21", 6890, "mail", "7 20 74 3,2", ""},
		{"SRV-MSG2", "w2003", "dl380g5", 4096, 409, 311, "2", "Tous services", "Messagerie, boîtes L à Z", townHall, "2006-11-21", 6890, "mail", "7 21 76 3,3", "zlib"},
		{"SRV-FIC2", "w2003", "dl380g5", 4096, 818, 655, "2", "Tous services", "Fichiers des services techniques", depot, "2007-01-16", 7930, "", "3 12 59 2,0", ""},
		{"SRV-FIC3", "w2003", "pe2950", 4096, 818, 520, "2", "Agglomération", "Fichiers de l'agglomération", agglo, "2008-04-22", 5640, "", "", "latin1"},
		{"SRV-INTRANET", "w2003", "bl20pg3", 4096, 68, 30, "2", "Communication", "Intranet", townHall, "2005-12-06", 6110, "web", "5 14 52 2,1", ""},
		{"SRV-INTRANET-DB", "w2003", "bl20pg3", 4096, 68, 36, "2", "Communication", "Base SQL Server de l'intranet", townHall, "2005-12-06", 6110, "sqlserver", "4 12 49 2,5", ""},
		{"SRV-COURRIER", "w2003", "bl20pg3", 4096, 68, 41, "2", "Secrétariat général", "Gestion du courrier", townHall, "2005-12-06", 6110, "", "3 10 44 1,7", "mislabelled"},
		{"SRV-MARCHES", "w2003", "bl20pg4", 4096, 136, 52, "2", "Commande publique", "Marchés publics", townHall, "2006-10-17", 5820, "sqlexpress", "", ""},
		{"SRV-DELIB", "w2003", "bl20pg4", 4096, 136, 49, "2", "Secrétariat général", "Délibérations et arrêtés", townHall, "2006-10-17", 5820, "", "2 8 38 1,5", "zlib"},
		{"SRV-GED", "w2003", "bl20pg4", 4096, 136, 97, "2", "Secrétariat général", "Gestion électronique de documents", townHall, "2006-10-17", 5820, "sqlexpress", "5 16 61 2,3", ""},
		{"SRV-SQL1", "w2003", "pe2950", 8192, 545, 322, "2", "Informatique", "SQL Server mutualisé", townHall, "2008-02-12", 6190, "sqlserver", "6 18 72 3,2", "32bit"},
		{"lnx-ora-eau", "rhel4", "x3650", 8192, 409, 211, "2", "Eau et assainissement", "Base Oracle des abonnés de l'eau", depot, "2007-05-29", 7240, "oracle", "5 16 68 5,6", ""},
		{"lnx-ora-bib", "rhel4", "dl385g2", 8192, 409, 187, "2", "Bibliothèques", "Base Oracle du catalogue des bibliothèques", library, "2007-06-26", 5980, "oracle", "4 13 55 5,1", "noclock"},
		{"lnx-opac", "rhel4", "dl360g5", 4096, 136, 48, "2", "Bibliothèques", "Catalogue en ligne des bibliothèques", library, "2007-06-26", 3490, "web", "", ""},
		{"lnx-web3", "rhel5", "bl20pg4", 4096, 136, 39, "2", "Agglomération", "Site internet de l'agglomération", townHall, "2007-10-09", 5620, "web", "4 13 48 1,9", ""},
		{"lnx-mysql2", "rhel5", "bl20pg4", 4096, 136, 58, "2", "Agglomération", "Base MySQL de l'agglomération", townHall, "2007-10-09", 5620, "mysql", "5 15 54 2,7", "zlib"},
		{"lnx-ldap", "rhel4", "dl360g5", 2048, 68, 12, "2", "Informatique", "Annuaire LDAP", townHall, "2006-12-05", 3290, "", "", ""},
	}
}

func thirdLot() []server {
	return []server{
		{"SRV-SIG-WEB", "w2003", "dl380g5", 4096, 272, 143, "3", "Urbanisme", "Cartographie en ligne", agglo, "2008-03-18", 5970, "web", "8 23 81 2,8", ""},
		{"SRV-SIG-FIC", "w2003", "pe2950", 4096, 1636, 1390, "3", "Urbanisme", "Orthophotos et plans", agglo, "2008-03-18", 7480, "", "", "latin1"},
		{"SRV-PARCAUTO", "w2003", "dl360g5", 2048, 68, 25, "3", "Services techniques", "Parc automobile et carburants", depot, "2007-11-06", 3180, "", "", ""},
		{"SRV-URBA", "w2003", "dl360g5", 4096, 136, 66, "3", "Urbanisme", "Droit des sols", agglo, "2008-01-29", 3420, "sqlexpress", "", "zlib"},
		{"SRV-SOCIAL", "w2003", "dl360g5", 4096, 136, 58, "3", "Action sociale", "Aides du centre communal d'action sociale", townHall, "2008-01-29", 3420, "sqlexpress", "", "latin1"},
		{"SRV-CRECHES", "w2003", "pe1950", 4096, 136, 47, "3", "Petite enfance", "Crèches et haltes-garderies", townHall, "2007-04-03", 3350, "", "", "twice"},
		{"SRV-SIRENE", "w2000", "ml370g4", 1024, 68, 11, "3", "Sécurité civile", "Déclenchement des sirènes d'alerte", townHall, "2004-12-14", 3910, "", "", "nocpus"},
		{"SRV-VIDEO", "w2003", "ml370g5", 4096, 818, 744, "3", "Police municipale", "Vidéoprotection, cartes d'acquisition", townHall, "2008-06-10", 6830, "", "", ""},
		{"SRV-TOIP", "w2003", "dl380g5", 4096, 136, 38, "3", "Informatique", "Téléphonie et messagerie vocale", townHall, "2008-09-23", 6120, "fax", "6 17 49 2,2", "isdn"},
		{"SRV-CTX1", "w2008", "dl360g6", 12288, 272, 88, "3", "Tous services", "Bureaux à distance 1", townHall, "2009-07-07", 5240, "", "9 27 85 9,4", ""},
		{"SRV-CTX2", "w2008", "dl360g6", 12288, 272, 86, "3", "Tous services", "Bureaux à distance 2", depot, "2009-07-07", 5240, "", "9 26 84 9,1", "zlib"},
		{"SRV-ANTIVIRUS", "w2008", "dl360g5", 4096, 136, 61, "3", "Informatique", "Antivirus et correctifs", townHall, "2008-05-20", 3270, "", "", ""},
		{"SRV-MAJ", "w2008", "r710", 8192, 545, 289, "3", "Informatique", "Télédistribution des postes", townHall, "2009-09-15", 4980, "", "", "vmhint"},
		{"SRV-PORTAIL-RH", "w2008", "r710", 16384, 545, 132, "3", "Ressources humaines", "Portail des agents", townHall, "2009-09-15", 5690, "sqlserver", "", ""},
		{"lnx-superv", "rhel5", "dl360g6", 4096, 136, 54, "3", "Informatique", "Supervision et inventaire (OCS)", depot, "2009-06-02", 4420, "mysql", "", ""},
		{"SRV-KIMOCE", "w2003", "pe2950", 4096, 272, 104, "3", "Informatique", "Gestion du parc (Kimoce)", townHall, "2008-02-12", 5410, "sqlserver", "", ""},
	}
}
