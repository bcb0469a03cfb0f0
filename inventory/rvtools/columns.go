package rvtools

import "strings"

// field is what a column is about.
type field int

// The fields read. One list serves all sheets.
const (
	fName field = iota // of the VM, host, cluster, …
	fPowerstate
	fTemplate
	fPlaceholder
	fConnection
	fCPUs
	fMemory
	fTotalDisk
	fProvisioned
	fInUse
	fPool
	fFolder
	fAnnotation
	fDatacenter
	fCluster
	fHost
	fOS
	fOSTools
	fVMID
	fSMBIOS
	fUUID
	fServer
	fServerUUID
	fPath
	fRuleTypes
	fRuleNames
	fFT
	fLatency
	fRestart
	fOverall
	fReservation
	fLimit
	fConsumed
	fLocked
	fCapacity
	fFree
	fRaw
	fRawLUN
	fSharing
	fSharedBus
	fDisk
	fDeviceType
	fDeviceNode
	fConnected
	fSize
	fDate
	fTools
	fMaintenance
	fModel
	fMake
	fCPUModel
	fSpeed
	fHT
	fSockets
	fCoresPerSocket
	fCores
	fCPUUse
	fMemoryUse
	fPowerPolicy
	fEVC
	fVersion
	fSerial
	fServiceTag
	fHA
	fFailover
	fAdmission
	fDRS
	fDRSMode
	fDPM
	fCPUReservation
	fCPULimit
	fMemoryReservation
	fMemoryLimit
	fType
	fHosts
	fHostCount
	fCollected
	fMAC
	numFields
)

// sheetSpec says how to read one sheet.
type sheetSpec struct {
	name string
	// columns maps header names, normalised, to fields. Names differ between
	// versions and with -DBColumnNames; units are part of no name.
	columns map[string]field
	// lost says what cannot be told without a column, or without the sheet.
	lost  map[field]string
	sheet string
	// grave marks sheets without which a plan is hardly worth having.
	grave bool
}

// vmColumns are how all sheets about VMs name the VM.
func vmColumns(more map[string]field) map[string]field {
	more["vm"], more["vmname"] = fName, fName
	for name, f := range placeColumns() {
		more[name] = f
	}
	more["host"] = fHost
	return more
}

func placeColumns() map[string]field {
	return map[string]field{
		"datacenter": fDatacenter, "cluster": fCluster, "vmid": fVMID, "folder": fFolder,
		"visdkserver": fServer, "visdkuuid": fServerUUID, "vcenteruuid": fServerUUID,
	}
}

func infoSpec() sheetSpec {
	return sheetSpec{
		name: "vInfo",
		columns: vmColumns(map[string]field{
			"powerstate": fPowerstate, "template": fTemplate, "srmplaceholder": fPlaceholder,
			"connectionstate": fConnection, "cpus": fCPUs, "#cpus": fCPUs, "numcpu": fCPUs, "memory": fMemory, "memorysize": fMemory,
			"totaldiskcapacity": fTotalDisk, "provisioned": fProvisioned, "inuse": fInUse,
			"resourcepool": fPool, "annotation": fAnnotation,
			"osaccordingtotheconfigurationfile": fOS, "os": fOS, "osaccordingtothevmwaretools": fOSTools, "ostools": fOSTools,
			"smbiosuuid": fSMBIOS, "vmuuid": fUUID, "uuid": fUUID, "path": fPath,
			"clusterrules": fRuleTypes, "clusterrulenames": fRuleNames, "ftstate": fFT,
			"latencysensitivity": fLatency, "harestartpriority": fRestart,
		}),
		sheet: "no VM is known", grave: true,
		lost: map[field]string{
			fPowerstate: "all VMs are taken to run", fTemplate: "templates are counted as VMs", fCPUs: "the vCPUs of the VMs are unknown",
			fMemory: "the memory of the VMs is unknown", fInUse: "the disk space in use is unknown", fHost: "the hosts that VMs run on are unknown",
			fCluster: "the clusters of the VMs are unknown", fPlaceholder: "placeholders of SRM are counted as VMs",
			fConnection: "orphaned VMs are counted as VMs", fRuleNames: "rules of the clusters are unknown",
		},
	}
}

func cpuSpec() sheetSpec {
	return sheetSpec{
		name: "vCPU",
		columns: vmColumns(map[string]field{
			"cpus": fCPUs, "overall": fOverall, "reservation": fReservation, "limit": fLimit,
		}),
		sheet: "the CPU use and the CPU reservations of the VMs are unknown", grave: true,
		lost: map[field]string{fOverall: "the CPU use of the VMs is unknown", fReservation: "CPU reservations are unknown"},
	}
}

func memorySpec() sheetSpec {
	return sheetSpec{
		name: "vMemory",
		columns: vmColumns(map[string]field{
			"size": fMemory, "consumed": fConsumed, "reservation": fReservation, "limit": fLimit,
			"memoryreservationlockedtomax": fLocked,
		}),
		sheet: "the memory use and the memory reservations of the VMs are unknown", grave: true,
		lost: map[field]string{fConsumed: "the memory use of the VMs is unknown", fReservation: "memory reservations are unknown",
			fLocked: "VMs with all memory locked are unknown"},
	}
}

func diskSpec() sheetSpec {
	return sheetSpec{
		name: "vDisk",
		columns: vmColumns(map[string]field{
			"disk": fDisk, "capacity": fCapacity, "raw": fRaw, "rawlunid": fRawLUN, "sharingmode": fSharing,
			"sharedbus": fSharedBus, "path": fPath, "diskpath": fPath,
		}),
		sheet: "raw and shared disks, which pin VMs, are unknown",
		lost: map[field]string{fCapacity: "disk sizes are unknown where vInfo has no total", fRaw: "raw disks, which pin VMs, are unknown",
			fSharedBus: "shared SCSI buses, which pin VMs, are unknown", fSharing: "disks shared by several writers, which pin VMs, are unknown"},
	}
}

func networkSpec() sheetSpec {
	return sheetSpec{name: "vNetwork", columns: vmColumns(map[string]field{"macaddress": fMAC, "mac": fMAC})}
}

func partitionSpec() sheetSpec {
	return sheetSpec{
		name:    "vPartition",
		columns: vmColumns(map[string]field{"disk": fDisk, "capacity": fCapacity, "consumed": fConsumed, "free": fFree}),
		sheet:   "the disk use seen from inside the guests is unknown",
	}
}

func snapshotSpec() sheetSpec {
	return sheetSpec{
		name:    "vSnapshot",
		columns: vmColumns(map[string]field{"sizetotal": fSize, "size": fSize, "datetime": fDate, "sizemibtotal": fSize, "sizembtotal": fSize}),
		sheet:   "snapshots are unknown",
	}
}

func toolsSpec() sheetSpec {
	return sheetSpec{name: "vTools", columns: vmColumns(map[string]field{"tools": fTools, "toolsstatus": fTools})}
}

func usbSpec() sheetSpec {
	return sheetSpec{
		name:    "vUSB",
		columns: vmColumns(map[string]field{"devicenode": fDeviceNode, "devicetype": fDeviceType, "connected": fConnected}),
		sheet:   "USB devices and dongles, which pin VMs, are unknown",
	}
}

func cdSpec() sheetSpec {
	return sheetSpec{
		name:    "vCD",
		columns: vmColumns(map[string]field{"devicenode": fDeviceNode, "devicetype": fDeviceType, "connected": fConnected}),
		sheet:   "drives of the hosts given to VMs are unknown",
	}
}

func hostSpec() sheetSpec {
	columns := placeColumns()
	for name, f := range map[string]field{
		"host": fName, "name": fName, "hostname": fName, "inmaintenancemode": fMaintenance, "maintenancemode": fMaintenance,
		"cpumodel": fCPUModel, "speed": fSpeed, "cpumhz": fSpeed, "htactive": fHT, "#cpu": fSockets, "numcpu": fSockets,
		"corespercpu": fCoresPerSocket, "#cores": fCores, "numcpucores": fCores, "cpuusage%": fCPUUse, "overallcpuusage": fCPUUse,
		"#memory": fMemory, "memorysize": fMemory, "memory": fMemory, "memoryusage%": fMemoryUse, "overallmemoryusage": fMemoryUse,
		"hostpowerpolicy": fPowerPolicy, "currentevc": fEVC, "esxversion": fVersion, "fullname": fVersion,
		"vendor": fMake, "model": fModel, "serialnumber": fSerial, "servicetag": fServiceTag, "uuid": fUUID,
	} {
		columns[name] = f
	}
	return sheetSpec{
		name: "vHost", columns: columns, sheet: "the size of the hosts is unknown, so how many are needed cannot be computed", grave: true,
		lost: map[field]string{
			fCores: "the cores of the hosts are unknown", fSockets: "the sockets of the hosts are unknown", fMemory: "the memory of the hosts is unknown",
			fSpeed: "the clock of the hosts is unknown", fCPUModel: "the CPUs of the hosts cannot be compared by throughput",
			fHT: "the threads of the hosts are unknown", fCPUUse: "the CPU use of the hosts is unknown", fMemoryUse: "the memory use of the hosts is unknown",
			fModel: "power and manufacture of the hosts can only be guessed",
		},
	}
}

func clusterSpec() sheetSpec {
	return sheetSpec{
		name: "vCluster",
		columns: map[string]field{
			"name": fName, "cluster": fName, "haenabled": fHA, "failoverlevel": fFailover, "admissioncontrolenabled": fAdmission,
			"drsenabled": fDRS, "drsdefaultvmbehavior": fDRSMode, "dpmenabled": fDPM,
			"visdkserver": fServer, "visdkuuid": fServerUUID, "vcenteruuid": fServerUUID,
		},
		sheet: "the HA and DRS settings of the clusters are unknown",
		lost: map[field]string{fHA: "whether HA is on is unknown", fFailover: "how many host failures HA keeps room for is unknown",
			fDRS: "whether DRS is on is unknown"},
	}
}

func poolSpec() sheetSpec {
	return sheetSpec{
		name: "vRP",
		columns: map[string]field{
			"resourcepool": fName, "resourcepoolname": fName, "name": fName, "resourcepoolpath": fPath, "path": fPath,
			"cpureservation": fCPUReservation, "cpulimit": fCPULimit, "memreservation": fMemoryReservation, "memlimit": fMemoryLimit,
			"visdkserver": fServer, "visdkuuid": fServerUUID, "vcenteruuid": fServerUUID,
		},
		sheet: "limits and reservations of resource pools are unknown",
	}
}

func datastoreSpec() sheetSpec {
	return sheetSpec{
		name: "vDatastore",
		columns: map[string]field{
			"name": fName, "datastore": fName, "type": fType, "capacity": fCapacity, "free": fFree, "freespace": fFree,
			"hosts": fHosts, "#hosts": fHostCount, "numhosts": fHostCount,
			"visdkserver": fServer, "visdkuuid": fServerUUID, "vcenteruuid": fServerUUID,
		},
		sheet: "the size of the datastores, and which are local to one host, is unknown",
		lost:  map[field]string{fHosts: "datastores that are local to one host, which pin VMs, are unknown"},
	}
}

func metaSpec() sheetSpec {
	return sheetSpec{
		name: "vMetaData",
		columns: map[string]field{
			"rvtoolsversion": fVersion, "version": fVersion, "xlsxcreationdatetime": fCollected, "xlscreationdatetime": fCollected, "creationdatetime": fCollected,
			"server": fServer,
		},
	}
}

// titles are RVTools' own names of the columns that are missed when absent.
func titles() map[field]string {
	return map[field]string{
		fPowerstate: "Powerstate", fTemplate: "Template", fPlaceholder: "SRM Placeholder", fConnection: "Connection state",
		fCPUs: "CPUs", fMemory: "Memory", fInUse: "In Use MiB", fHost: "Host", fCluster: "Cluster", fRuleNames: "Cluster rule name(s)",
		fOverall: "Overall", fReservation: "Reservation", fConsumed: "Consumed", fLocked: "Memory Reservation Locked To Max",
		fCapacity: "Capacity MiB", fRaw: "Raw", fSharedBus: "Shared Bus", fSharing: "Sharing mode",
		fCores: "# Cores", fSockets: "# CPU", fSpeed: "Speed", fCPUModel: "CPU Model", fHT: "HT Active",
		fCPUUse: "CPU usage %", fMemoryUse: "Memory usage %", fModel: "Model",
		fHA: "HA enabled", fFailover: "Failover Level", fDRS: "DRS enabled", fHosts: "Hosts",
	}
}

// normalise brings a header name to the form that the columns of a sheetSpec
// use: lower case, letters, digits, # and % only, no unit in MB or MiB (which
// are the same: RVTools changed the header in 4.1, not the values), without
// the name of the sheet that -DBColumnNames puts before it.
func normalise(header, sheet string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '#', r == '%':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r > 0x7f && r != '\ufeff' && r != '\u00a0':
			return r
		}
		return -1
	}, header)
	if rest, ok := strings.CutPrefix(s, strings.ToLower(sheet)); ok && rest != "" {
		s = rest
	}
	for _, unit := range []string{"mib", "mb"} {
		if rest, ok := strings.CutSuffix(s, unit); ok && rest != "" {
			return rest
		}
	}
	return s
}

// isCustom tells whether a column of vInfo is none of RVTools' own: a custom
// attribute or a tag category of the site.
func isCustom(header, sheet string) bool {
	name := normalise(header, sheet)
	if name == "" || strings.HasPrefix(name, "network#") || strings.HasPrefix(name, "network") && len(name) == len("network1") {
		return false
	}
	if strings.HasPrefix(strings.ToLower(header), strings.ToLower(sheet)) {
		return false // a name of -DBColumnNames that this program has no use for
	}
	for _, known := range strings.Fields(otherColumns) {
		if name == known {
			return false
		}
	}
	return true
}

// otherColumns are the columns of vInfo, 3.x to 4.7, that an estate has no use
// for, normalised.
const otherColumns = `creationdate createdate configstatus dnsname gueststate heartbeat consolidationneeded poweron suspendedtomemory suspendtime
suspendinterval changeversion overallcpureadiness activememory nics disks fixedpassthruhotplug minrequiredevcmodekey
opnotificationtimeout enableuuid cbt primaryipaddress nummonitors videoramkib videoramkb folderid vapp dasprotection
ftrole ftlatency ftbandwidth ftseclatency vmfailoverinprogress unshared haisolationresponse havmmonitoring
bootrequired bootdelay bootretrydelay bootretryenabled bootbiossetup rebootpoweroff efisecureboot firmware hwversion
hwupgradestatus hwupgradepolicy hwtarget logdirectory snapshotdirectory suspenddirectory customizationinfo
guestdetaileddata visdkservertype visdkapiversion cpuusage% virtualmachinetags`
