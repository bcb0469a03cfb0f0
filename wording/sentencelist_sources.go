package wording

// sourceSentences are what the readers of exports and of measured use say.
var sourceSentences = []sentence{
	// kinds of input
	{"measured series", "séries mesurées"},
	{"table of machines", "liste de machines"},
	{"vSphere snapshot", "instantané de vSphere"},

	// the list of the OCS console, and its server
	{"the console export lacks %s: %s", "il manque à l'export de la console %s : %s"},
	{"whether a machine is a server, a guest or a workstation is told by its operating system alone", "serveur, VM ou poste de travail : seul le système le dit"},
	{"machines are joined with other sources by name only", "les machines ne sont rapprochées d'autres sources que par leur nom"},
	{"cores stay unknown", "les cœurs restent inconnus"},
	{"memory stays unknown", "la mémoire reste inconnue"},
	{"show these columns in the console and export again, or read the REST API or the agents' documents", "affichez ces colonnes dans la console et exportez de nouveau, ou lisez l'API REST ou les documents des agents"},
	{"columns that say nothing a plan needs, or whose header is unknown: %s", "colonnes sans utilité pour un plan, ou d'en-tête inconnu : %s"},
	{"map those that matter with --columns", "nommez avec --columns celles qui comptent"},
	{"the list has %s machines, just what a page of the console shows: the rest may be missing", "la liste a %s machines, juste une page de la console : le reste manque peut-être"},
	{"compare with the count on the console, and export all pages", "comparez au total de la console, et exportez toutes les pages"},
	{"compare with the count on the console", "comparez au total de la console"},
	{"machines that OCS holds as archived were left out: %s", "machines archivées dans OCS, laissées de côté : %s"},
	{"the server does not list the numbers of its machines (%s): whether its pages, which have no order, missed some is not known",
		"le serveur ne donne pas les numéros de ses machines (%s) : ses pages, sans ordre, en ont peut-être oublié"},

	// tables that stand alone
	{"rows that do not say whether they are physical or virtual, taken for physical servers: %s", "lignes qui ne disent pas physique ou virtuel, comptées comme serveurs physiques : %s"},
	{"map a column to kind (physical, vm) or to host", "affectez une colonne à kind (physical, vm) ou à host"},
	{"hosts that guests run on and that have no row: %s", "hôtes de VM qui n'ont pas de ligne : %s"},
	{"add a row for each", "ajoutez une ligne pour chacun"},
	{"the row does not say the %s of the machine", "la ligne ne dit pas : %s"},
	{"fill it in, or map its column", "remplissez-la, ou affectez sa colonne"},

	// virsh, Azure Migrate, dmidecode
	{"a dump of virsh does not say the size of disks, nor how much is used", "un export de virsh ne dit ni la taille des disques ni l'usage"},
	{"add measured use, and disks in a register", "ajoutez des mesures, et les disques dans un registre"},
	{"the files do not say %s", "les fichiers ne disent pas %s"},
	{"save the answer of %s beside the dumps", "enregistrez la réponse de %s à côté des exports"},
	{"describes guest %s once more: left out", "décrit encore la VM %s : laissé de côté"},
	{"guests whose host is unknown: %s", "VM dont l'hôte est inconnu : %s"},
	{"save virsh capabilities (and virsh sysinfo) of each host beside its dumps, in a folder of its own with the host's name",
		"enregistrez virsh capabilities (et virsh sysinfo) de chaque hôte à côté de ses exports, dans un dossier à son nom"},
	{"the table does not say whether its use is a mean or a peak; taken as a mean, for servers: %s", "le tableau ne dit pas si l'usage est une moyenne ou une pointe ; pris pour une moyenne, serveurs : %s"},
	{"add measured use with its percentiles", "ajoutez des mesures avec leurs centiles"},
	{"the table has no hosts of guests, no makes, models, serial numbers or processors", "le tableau n'a ni hôtes des VM, ni marques, modèles, numéros de série ou processeurs"},
	{"merge an inventory that has them", "fusionnez un inventaire qui les a"},
	{"firmware does not know the machine's name, system, disks or use; the name is that of the file", "le micrologiciel ne connaît ni nom, ni système, ni disques, ni usage ; le nom est celui du fichier"},
	{"merge another inventory, or enter them in the estate file", "fusionnez un autre inventaire, ou mettez-les dans le fichier de parc"},

	// measured series
	{"the inventory has no machine %s: its series were left out", "l'inventaire n'a pas de machine %s : ses séries sont laissées de côté"},
	{"the inventory has more than one machine %s: its series were left out", "l'inventaire a plusieurs machines %s : ses séries sont laissées de côté"},
	{"the inventory has no machine %s: its use was left out", "l'inventaire n'a pas de machine %s : son usage est laissé de côté"},
	{"check the name, or give the inventory that has it", "vérifiez le nom, ou donnez l'inventaire qui la contient"},
	{"name it by its ID", "nommez-la par son identifiant"},
	{"machines whose series were joined by %s: %s", "machines rapprochées de leurs séries par %s : %s"},
	{"name without domain", "nom sans domaine"},
	{"percentiles are those of one %s after the other, not of moments: shorter peaks do not show, in series: %s",
		"les centiles sont ceux de moyennes (%s), pas d'instants : les pointes plus courtes n'y sont pas, séries : %s"},
	{"export finer values, or leave more headroom", "exportez des valeurs plus fines, ou laissez plus de marge"},
	{"machines whose series span less than a week (%s days): %s", "machines mesurées moins d'une semaine (%s jours) : %s"},
	{"measure a month: end of month, backups and holidays differ", "mesurez un mois : fins de mois, sauvegardes et congés diffèrent"},
	{"times without a zone were taken for those of %s, in files: %s", "heures sans fuseau prises pour celles de %s, fichiers : %s"},
	{"give --zone if the machines are elsewhere", "donnez --zone si les machines sont ailleurs"},
	{"values or rows that cannot be read were left out: %s, the first here", "valeurs ou lignes illisibles laissées de côté : %s, la première ici"},
	{"check the export", "vérifiez l'export"},
	{"the series of %s give %s: left out", "les séries de %s donnent %s : laissées de côté"},
	{"percentages above 100: they are perhaps of one core", "des pourcentages au-delà de 100, d'un seul cœur peut-être"},
	{"export percent of the machine, MHz or MiB", "exportez en pour cent de la machine, MHz ou Mio"},
	{"series of %s and of %s are about the same machine: those of %s were left out", "les séries de %s et de %s parlent de la même machine : celles de %s sont laissées de côté"},
	{"series of Zabbix whose item and host are unknown were left out: %s", "séries de Zabbix d'élément et d'hôte inconnus, laissées de côté : %s"},
	{"save the answer of item.get with selectHosts too, and give both files", "enregistrez aussi la réponse de item.get avec selectHosts, et donnez les deux fichiers"},
	{"look whether the machine or its monitoring was off", "voyez si la machine ou sa supervision était arrêtée"},

	// vSphere, besides what it allots
	{"%s VMs wait for a processor more than %s % of the time, one interval in twenty; most of all %s (%s %).", "%s VM attendent un processeur plus de %s % du temps, un intervalle sur vingt ; surtout %s (%s %)."},
	{"Look at limits and at vCPUs per core where they run before hosts are taken away.", "Regardez limites et vCPU par cœur là où elles tournent avant de retirer des hôtes."},
}
