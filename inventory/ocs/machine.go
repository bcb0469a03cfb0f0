package ocs

import (
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// machine is what one document says, judged but not yet part of an estate.
type machine struct {
	file     file
	sha256   string
	encoding string
	agent    string
	line     int // of HARDWARE, or of BIOS where there is none

	identity
	kind     verdict
	evidence string

	os, service string
	labels      map[string]string
	licences    []string
	pins        []inventory.Pin
	macs        []string

	cpu             inventory.CPU
	memory          inventory.Size // built in
	osMemory        inventory.Size // seen by the system
	disk            inventory.Size // of the disks
	fsTotal, fsUsed inventory.Size // of the local file systems
	fsLine          int

	listed     []listed // guests it runs
	containers int      // that share its system
	origins    []inventory.Origin
	findings   []inventory.Finding
	oddities   int // figures that no machine has
}

// maxOddities is how many impossible figures of one machine are told one by one.
const maxOddities = 20

// identity is what tells one machine from another.
type identity struct {
	deviceID, name       string
	uuid                 string
	make, model, chassis string
	serial               string // "" where it is only a filler
	rawSerial            string
	vmsystem             string
	seen                 inventory.Date // last inventory
	enrolled             inventory.Date // first contact of this installation of the agent
}

// makeMachine judges a document.
func makeMachine(d *document) *machine {
	m := &machine{agent: inventory.CleanText(d.agent), licences: licences(d.software)}
	m.line = max(d.first("BIOS").line, 1)
	if hw := d.first("HARDWARE"); hw.line > 0 {
		m.line = hw.line
	}
	m.identify(d)
	m.os = systemName(d)
	m.account(d)
	m.processors(d)
	m.memories(d)
	m.disks(d)
	m.drives(d)
	m.guests(d)
	m.devices(d)
	m.judge(d)
	m.macs = addresses(d.sections["NETWORKS"], m.kind == guest)
	m.fromModelTable()
	m.missing(d.told)
	return m
}

func (m *machine) identify(d *document) {
	hw, bios := d.first("HARDWARE"), d.first("BIOS")
	m.deviceID = inventory.CleanText(d.deviceID)
	m.name = inventory.CleanText(hw.get("NAME"))
	if m.name == "" {
		m.name = enrolment.ReplaceAllString(m.deviceID, "")
	}
	// The Unix agent misspells the first tag where it reads /sys.
	m.make = inventory.CleanSerial(bios.get("SMANUFACTURER", "SMANUFATCURER", "MMANUFACTURER"))
	m.model = inventory.CleanSerial(bios.get("SMODEL"))
	m.chassis = inventory.CleanText(bios.get("TYPE"))
	if m.chassis == "" {
		m.chassis = inventory.CleanText(hw.get("CHASSIS_TYPE"))
	}
	m.rawSerial = inventory.CleanText(bios.get("SSN"))
	m.serial = inventory.CleanSerial(m.rawSerial)
	m.vmsystem = inventory.CleanText(hw.get("VMSYSTEM"))
	m.uuid = inventory.NormaliseUUID(hw.get("UUID"))
	if m.uuid == "" {
		rest, _ := strings.CutPrefix(m.rawSerial, "VMware-") // its UUID in another dress
		m.uuid = inventory.NormaliseUUID(rest)
	}
	if m.agent == "" {
		m.agent = inventory.CleanText(hw.get("USERAGENT"))
	}
	m.seen = day(hw.get("LASTDATE"))
	if !m.seen.Known() {
		m.seen = day(d.first("ACCESSLOG").get("LOGDATE"))
	}
	if found := enrolment.FindStringSubmatch(m.deviceID); found != nil {
		m.enrolled = day(found[1])
	}
}

// enrolment is the date that the agent puts behind the name when it is
// installed, and that the server insists on.
var enrolment = regexp.MustCompile(`-(\d{4}-\d{2}-\d{2})(?:-\d{2}){3}$`)

// day reads the date of "2009-11-02 10:00:00", unknown when there is none.
func day(s string) inventory.Date {
	if len(s) < len("2009-11-02") {
		return inventory.Date{}
	}
	d, err := inventory.ParseDate(strings.ReplaceAll(s[:len("2009-11-02")], "/", "-"))
	if err != nil {
		return inventory.Date{}
	}
	return d
}

// addresses are those of the network cards by which a machine can be known
// again.
func addresses(cards []section, isGuest bool) []string {
	var raw []string
	for _, c := range cards {
		if c.get("VIRTUALDEV") != "1" {
			raw = append(raw, c.get("MACADDR", "MAC"))
		}
	}
	return inventory.OwnMACs(raw, isGuest)
}

// device is what the agent calls the machine, "" where only a console does.
func (m *machine) device() string {
	if enrolment.MatchString(m.deviceID) {
		return m.deviceID
	}
	return ""
}

// systemName is the operating system in full.
func systemName(d *document) string {
	if name := d.first("OPERATINGSYSTEM").get("FULL_NAME"); name != "" {
		return inventory.CleanText(name)
	}
	return inventory.CleanText(d.first("HARDWARE").get("OSNAME"))
}

// account keeps what people typed in OCS: TAG, which often is the site or the
// department, and fields of their own.
func (m *machine) account(d *document) {
	m.labels = map[string]string{}
	for _, s := range d.sections["ACCOUNTINFO"] {
		if key := s.get("KEYNAME"); key != "" {
			m.label(key, s.get("KEYVALUE"))
			continue
		}
		for _, f := range s.fields { // as the server's own export writes them
			if f.name != "HARDWARE_ID" && f.name != "ID" && f.name != "KEYVALUE" {
				m.label(f.name, f.value)
			}
		}
	}
	m.service = m.labels["service"]
	delete(m.labels, "service")
	// The Unix agent fills DESCRIPTION with its architecture and uptime.
	if text := inventory.CleanText(d.first("HARDWARE").get("DESCRIPTION")); !unixDescription.MatchString(text) {
		m.label("description", text)
	}
}

var unixDescription = regexp.MustCompile(`^(i[3-6]86|x86_64|amd64|ia64|ppc\w*|arm\w*|aarch64|sparc\w*|s390x?|alpha|parisc\w*)/`)

func (m *machine) label(key, value string) {
	key, value = strings.ToLower(inventory.CleanText(key)), inventory.CleanText(value)
	if key != "" && value != "" && value != "NA" {
		m.labels[key] = value
	}
}

// judge classifies the machine and says what was doubtful about it.
func (m *machine) judge(d *document) {
	kind, evidence, certain := m.classify(d)
	m.kind, m.evidence = kind, evidence
	if !certain && kind != workstation && !d.told.firmware {
		m.warn("kind-uncertain", "the document has no BIOS element; taken for a "+kind.String()+": "+evidence,
			"run the agent as root, or say what it is in the register", "kind", kind.String())
	}
	if hint := strings.ToLower(m.vmsystem); certain && kind == server && hint != "" && hint != "physical" {
		m.note("virtual-hint-ignored", "VMSYSTEM says "+m.vmsystem+" but the firmware is that of a physical server", "",
			"hint", m.vmsystem)
	}
	if m.containers > 0 {
		m.note("containers-left-out", "containers go where the system they run on goes: "+strconv.Itoa(m.containers),
			"", "containers", strconv.Itoa(m.containers))
	}
}

// missing says which figures that a plan needs are unknown.
func (m *machine) missing(said told) {
	if further := m.oddities - maxOddities; further > 0 {
		m.warn("figures-impossible", "further figures that no machine has: "+strconv.Itoa(further), "run the agent again", "figures", strconv.Itoa(further))
	}
	if !m.memory.Known() && !said.memory {
		m.warn("memory-unknown", "the document does not say how much memory the machine has",
			"add it in the register or run the agent again")
	}
	if said.processor {
		return
	}
	switch {
	case m.cpu.Cores == 0 && m.kind != guest:
		m.warn("cores-unknown", "neither the document nor the table of processors says how many cores the machine has",
			"add them in the register", "model", m.cpu.Model)
	case m.cpu.Cores == 0 && m.cpu.Sockets == 0:
		m.warn("cores-unknown", "the document does not say how many processors the guest has", "add them in the register")
	}
	if !m.cpu.Clock.Known() && m.kind != guest {
		m.warn("clock-unknown", "neither the document nor the table of processors says the clock of the machine",
			"add it in the register", "model", m.cpu.Model)
	}
}

// isHypervisor tells whether a server runs guests.
func (m *machine) isHypervisor() bool {
	return m.kind == server && (len(m.listed) > 0 || isHypervisorSystem(m.os))
}

// vcpus is what the system sees: threads, else cores, else sockets, as most
// platforms give a guest one core a socket.
func (m *machine) vcpus() (n int, method string) {
	switch {
	case m.cpu.Threads > 0:
		return m.cpu.Threads, ""
	case m.cpu.Cores > 0:
		return m.cpu.Cores, ""
	case m.kind == guest && m.cpu.Sockets > 0:
		return m.cpu.Sockets, "one core a socket"
	}
	return 0, ""
}

func (m *machine) origin(line int, method string, fields ...string) {
	m.origins = append(m.origins, inventory.Origin{Line: line, Method: method, Fields: fields})
}

func (m *machine) warn(code, what, do string, values ...string) {
	m.finding(inventory.Warning, code, what, do, values)
}

func (m *machine) note(code, what, do string, values ...string) {
	m.finding(inventory.Note, code, what, do, values)
}

func (m *machine) finding(s inventory.Severity, code, what, do string, pairs []string) {
	f := inventory.Finding{Code: code, Severity: s, What: what, Do: do, Line: m.line}
	f.Values = map[string]string{"name": m.name}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values[pairs[i]] = pairs[i+1]
	}
	m.findings = append(m.findings, f)
}

// impossible says that a figure is negative or beyond any machine.
func (m *machine) impossible(s section, names ...string) {
	m.oddities++
	if m.oddities > maxOddities {
		return
	}
	f, _ := s.find(names...)
	value := inventory.CleanText(f.value)
	m.findings = append(m.findings, inventory.Finding{
		Code: "figure-impossible", Severity: inventory.Warning, Line: f.line,
		What:   f.name + " is " + strconv.Quote(value) + ", which no machine has; taken as unknown",
		Do:     "run the agent again",
		Values: map[string]string{"name": m.name, "field": f.name, "value": value},
	})
}
