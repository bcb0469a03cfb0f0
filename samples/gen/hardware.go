package main

// hardware is one kind of server that was sold from 2003 to 2009, as its
// firmware and its system describe it.
type hardware struct {
	maker, model, chassis string // BIOS: SMANUFACTURER, SMODEL, TYPE
	cpu                   string // as the system names it
	sockets, cores        int    // cores and threads of one socket
	threads               int
	mhz                   int
	module                int    // MB of one memory module
	disk                  string // what the system calls a logical disk
	mac                   string // first half of its network addresses
}

// hardwareByKey is the kinds of server, by a short key. Figures are those of
// the makers' data sheets of the time.
func hardwareByKey() map[string]hardware {
	const rack, tower, blade = "Rack Mount Chassis", "Tower", "Blade"
	const hpDisk, dellDisk, ibmDisk = "HP LOGICAL VOLUME", "DELL PERC LD", "IBM SERVERAID LD"
	const hp, dell, ibm = "00:17:A4", "00:13:72", "00:14:5E"
	xeon := func(clock string) string { return "Intel(R) Xeon(TM) CPU " + clock }
	return map[string]hardware{
		"dl360g3": {"HP", "ProLiant DL360 G3", rack, xeon("2.80GHz"), 1, 1, 2, 2800, 512, hpDisk, hp},
		"dl380g3": {"HP", "ProLiant DL380 G3", rack, xeon("3.06GHz"), 2, 1, 2, 3067, 512, hpDisk, hp},
		"dl360g4": {"HP", "ProLiant DL360 G4", rack, xeon("3.40GHz"), 1, 1, 2, 3400, 1024, hpDisk, hp},
		"dl380g4": {"HP", "ProLiant DL380 G4", rack, xeon("3.40GHz"), 2, 1, 2, 3400, 1024, hpDisk, hp},
		"ml370g4": {"HP", "ProLiant ML370 G4", tower, xeon("3.20GHz"), 1, 1, 2, 3200, 512, hpDisk, hp},
		"bl20pg3": {"HP", "ProLiant BL20p G3", blade, xeon("3.60GHz"), 2, 1, 2, 3600, 1024, hpDisk, hp},
		"bl20pg4": {"HP", "ProLiant BL20p G4", blade, "Intel(R) Xeon(R) CPU            5150  @ 2.66GHz", 2, 2, 2, 2660, 1024, hpDisk, hp},
		"dl360g5": {"HP", "ProLiant DL360 G5", rack, "Intel(R) Xeon(R) CPU            5130  @ 2.00GHz", 1, 2, 2, 2000, 1024, hpDisk, hp},
		"dl380g5": {"HP", "ProLiant DL380 G5", rack, "Intel(R) Xeon(R) CPU            5160  @ 3.00GHz", 2, 2, 2, 3000, 2048, hpDisk, hp},
		"ml370g5": {"HP", "ProLiant ML370 G5", tower, "Intel(R) Xeon(R) CPU           E5345  @ 2.33GHz", 1, 4, 4, 2330, 1024, hpDisk, hp},
		"dl385g2": {"HP", "ProLiant DL385 G2", rack, "Dual-Core AMD Opteron(tm) Processor 2218", 2, 2, 2, 0, 1024, hpDisk, hp},
		"dl580g4": {"HP", "ProLiant DL580 G4", rack, "Intel(R) Xeon(TM) CPU 3.40GHz 7140M", 4, 2, 4, 3400, 4096, hpDisk, hp},
		"dl360g6": {"HP", "ProLiant DL360 G6", rack, "Intel(R) Xeon(R) CPU           E5520  @ 2.27GHz", 2, 4, 8, 2270, 2048, hpDisk, hp},
		"pe1850":  {"Dell Computer Corporation", "PowerEdge 1850", rack, xeon("3.00GHz"), 1, 1, 2, 3000, 512, dellDisk, dell},
		"pe2850":  {"Dell Computer Corporation", "PowerEdge 2850", rack, xeon("3.20GHz"), 2, 1, 2, 3200, 512, dellDisk, dell},
		"pe1950":  {"Dell Inc.", "PowerEdge 1950", rack, "Intel(R) Xeon(R) CPU            5140  @ 2.33GHz", 1, 2, 2, 2330, 1024, dellDisk, dell},
		"pe2950":  {"Dell Inc.", "PowerEdge 2950", rack, "Intel(R) Xeon(R) CPU           E5440  @ 2.83GHz", 2, 4, 4, 2830, 2048, dellDisk, dell},
		"r710":    {"Dell Inc.", "PowerEdge R710", rack, "Intel(R) Xeon(R) CPU           X5550  @ 2.67GHz", 2, 4, 8, 2670, 4096, dellDisk, dell},
		"x336":    {"IBM", "eserver xSeries 336 -[883721G]-", rack, xeon("3.20GHz"), 1, 1, 2, 3200, 512, ibmDisk, ibm},
		"x346":    {"IBM", "eserver xSeries 346 -[884022Y]-", rack, xeon("3.40GHz"), 2, 1, 2, 3400, 1024, ibmDisk, ibm},
		"x3650":   {"IBM", "IBM System x3650 -[7979C6G]-", rack, "Intel(R) Xeon(R) CPU           E5345  @ 2.33GHz", 2, 4, 4, 2330, 2048, ibmDisk, ibm},
	}
}

// system is an operating system as the agent of the time names it.
type system struct{ name, version, comments string }

func systemByKey() map[string]system {
	return map[string]system{
		"w2000":    {"Microsoft Windows 2000 Server", "5.0.2195", "Service Pack 4"},
		"w2003":    {"Microsoft(R) Windows(R) Server 2003, Standard Edition", "5.2.3790", "Service Pack 2"},
		"w2003ent": {"Microsoft(R) Windows(R) Server 2003 Enterprise x64 Edition", "5.2.3790", "Service Pack 2"},
		"w2008":    {"Microsoft® Windows Server® 2008 Standard", "6.0.6002", "Service Pack 2"},
		"xp":       {"Microsoft Windows XP Professionnel", "5.1.2600", "Service Pack 3"},
		"rhel3":    {"Red Hat Enterprise Linux ES release 3 (Taroon Update 9)", "2.4.21-57.ELsmp", "#1 SMP Wed Jul 23 15:10:06 EDT 2008"},
		"rhel4":    {"Red Hat Enterprise Linux ES release 4 (Nahant Update 7)", "2.6.9-78.0.22.ELsmp", "#1 SMP Fri Apr 24 12:33:10 EDT 2009"},
		"rhel5":    {"Red Hat Enterprise Linux Server release 5.3 (Tikanga)", "2.6.18-128.4.1.el5", "#1 SMP Thu Jul 23 19:59:19 EDT 2009"},
	}
}
