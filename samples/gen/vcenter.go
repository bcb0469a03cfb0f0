package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
)

// The estate is written with types of its own, because samples import nothing
// of the project: a sample that is read wrongly must show.
type (
	object map[string]any // a record; encoding/json writes maps in order of their keys

	// blade is a hypervisor, with what is still free on it while guests are dealt out.
	blade struct {
		id, cluster string
		memory      int // GiB
		free        int
	}

	// estate is the vCenter being made up.
	estate struct {
		random     *rand.Rand
		hosts      []object
		workloads  []object
		rules      []object
		datastores []object
		blades     []*blade
		count      map[string]int // by name, to number guests
	}
)

// cluster is a set of blades that are managed together.
type cluster struct {
	id, name string
	gen8     int // BL460c Gen8: 2 × 8 cores, 256 GiB
	gen9     int // BL460c Gen9: 2 × 12 cores, 384 GiB
}

func clusters() []cluster {
	return []cluster{
		{"prod", "Production", 6, 8},
		{"bureau", "Bureautique et postes virtuels", 6, 4},
		{"test", "Recette et développement", 6, 0},
		{"dmz", "Zone exposée", 4, 0},
	}
}

// vcenter writes the second sample: some 800 guests on 34 blades.
func vcenter(files map[string][]byte) {
	e := &estate{random: rand.New(rand.NewPCG(2026, 10)), count: map[string]int{}}
	e.makeBlades()
	e.makeDatastores()
	for _, f := range families() {
		for range f.guests {
			e.addGuest(f)
		}
	}
	e.addOddities()
	e.addRules()
	files["vsphere/estate.json"] = e.write()
}

func (e *estate) makeBlades() {
	slot := 0
	for _, c := range clusters() {
		for i := range c.gen8 + c.gen9 {
			model, cpu, cores, memory, clock, year := "ProLiant BL460c Gen8", "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", 16, 256, "2.7 GHz", 2013
			if i >= c.gen8 {
				model, cpu, cores, memory, clock, year = "ProLiant BL460c Gen9", "Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", 24, 384, "2.5 GHz", 2015
			}
			id := fmt.Sprintf("esx-%s-%02d", c.id, i+1)
			// Blades of a cluster are spread over the enclosures, so that one
			// enclosure does not take a cluster with it.
			enclosure := slot%3 + 1
			e.hosts = append(e.hosts, object{
				"id": id, "name": id + ".exemple.fr", "role": "hypervisor", "site": room(enclosure), "cluster": c.id,
				"chassis": fmt.Sprint("enc-", enclosure), "slot": slot/3 + 1, "make": "HPE", "model": model, "year": year,
				"serial": fmt.Sprintf("CZ3%d%04dXN", year-2000, 1117+slot*37), "os": "VMware ESXi 7.0.3",
				"cpu":    object{"model": cpu, "sockets": 2, "cores": cores, "threads": 2 * cores, "clock": clock},
				"memory": fmt.Sprint(memory, " GiB"),
			})
			e.blades = append(e.blades, &blade{id, c.id, memory, memory})
			slot++
		}
	}
}

func room(enclosure int) string {
	if enclosure == 3 {
		return "salle-b"
	}
	return "salle-a"
}

func (e *estate) makeDatastores() {
	for _, c := range clusters() {
		var reach []string
		for _, b := range e.blades {
			if b.cluster == c.id {
				reach = append(reach, b.id)
			}
		}
		for i := range 2 {
			e.datastores = append(e.datastores, object{"id": fmt.Sprintf("san-%s-%d", c.id, i+1), "type": "VMFS", "capacity": "32 TiB",
				"free": fmt.Sprintf("%.1f TiB", 5+4*e.random.Float64()), "hosts": reach})
		}
	}
	e.datastores = append(e.datastores, object{"id": "local-test-03", "type": "VMFS", "capacity": "1.1 TiB", "free": "0.4 TiB", "hosts": []string{"esx-test-03"}})
}

// addGuest makes one guest of a family and puts it where the most memory is
// free, as a cluster that balances itself would.
func (e *estate) addGuest(f family) object {
	e.count[f.name]++
	id := fmt.Sprintf("%s-%02d", f.name, e.count[f.name])
	vcpus, memory := f.vcpus[e.random.IntN(len(f.vcpus))], f.memory[e.random.IntN(len(f.memory))]
	disk := 40 + f.disk/2 + e.random.IntN(f.disk+1)
	w := object{
		"id": id, "name": id, "kind": "vm", "cluster": f.cluster, "state": "on", "os": f.os, "service": f.service, "vcpus": vcpus,
		"memory": fmt.Sprint(memory, " GiB"), "disk": fmt.Sprint(disk, " GiB"), "disk_used": fmt.Sprint(disk*(35+e.random.IntN(50))/100, " GiB"),
		"use": e.use(f), "labels": object{"env": f.env}, "datastores": []string{fmt.Sprintf("san-%s-%d", f.cluster, 1+e.random.IntN(2))},
	}
	if len(f.licences) > 0 {
		w["licences"] = f.licences
	}
	w["host"] = e.emptiest(f, memory)
	// One in fourteen has been off for long: nobody dares to delete it.
	if e.random.IntN(14) == 0 && f.mayBeOff {
		w["state"] = "off"
		delete(w, "use")
	}
	e.workloads = append(e.workloads, w)
	return w
}

// emptiest takes memory from the blade that a family may run on with the
// largest part of it free.
func (e *estate) emptiest(f family, memory int) string {
	var best *blade
	for _, b := range e.blades {
		allowed := b.cluster == f.cluster && (len(f.only) == 0 || slices.Contains(f.only, b.id))
		if allowed && (best == nil || b.free*best.memory > best.free*b.memory) {
			best = b
		}
	}
	best.free -= memory
	return best.id
}

// use makes up a month of measures: mean below 95th percentile below maximum.
func (e *estate) use(f family) object {
	mean := f.busy * (0.4 + 1.2*e.random.Float64())
	p95 := min(mean*(1.6+e.random.Float64()), 92)
	peak := min(p95*(1.3+2.5*e.random.Float64())+3, 100)
	held := min(float64(f.holds)*(0.7+0.6*e.random.Float64()), 97)
	percent := func(v float64) string { return fmt.Sprintf("%.1f %%", v) }
	return object{
		"cpu":    object{"mean": percent(mean), "p95": percent(p95), "max": percent(peak), "days": 30, "rollup": "2 h mean"},
		"memory": object{"mean": percent(held * 0.9), "p95": percent(held), "max": percent(min(held*1.1, 100)), "days": 30, "rollup": "2 h mean"},
	}
}

// addOddities adds what a plan must not trip over: templates, suspended guests,
// the platform's own agents, stand-ins of a recovery site, and what is pinned.
func (e *estate) addOddities() {
	for i := range 12 {
		e.workloads = append(e.workloads, object{"id": fmt.Sprintf("modele-%02d", i+1), "kind": "vm", "state": "template", "cluster": clusters()[i%3].id,
			"host": "esx-" + clusters()[i%3].id + "-01", "vcpus": 2, "memory": "4 GiB", "disk": "60 GiB", "os": "Windows Server 2019"})
	}
	for _, c := range clusters() {
		for i := range 2 {
			id := fmt.Sprintf("vcls-%s-%d", c.id, i+1)
			e.workloads = append(e.workloads, object{"id": id, "name": "vCLS (" + id + ")", "kind": "vm", "class": "agent", "state": "on", "cluster": c.id,
				"host": fmt.Sprintf("esx-%s-%02d", c.id, i+1), "vcpus": 1, "memory": "128 MiB", "disk": "2 GiB"})
		}
	}
	for i := range 2 {
		e.workloads = append(e.workloads, object{"id": fmt.Sprintf("secours-siege-%d", i+1), "kind": "vm", "class": "placeholder", "state": "off", "cluster": "dmz",
			"host": "esx-dmz-01", "vcpus": 4, "memory": "16 GiB"})
	}
	e.pin("pacs-db-01", "passthrough", "carte accélératrice 0000:88:00.0")
	e.pin("sig-rendu-01", "passthrough", "NVIDIA Tesla K80")
	e.pin("paie-app-01", "usb", "clé de protection du logiciel de paie")
	e.pin("fichiers-01", "shared-disk", "bus SCSI partagé avec fichiers-02")
	e.pin("fichiers-02", "shared-disk", "bus SCSI partagé avec fichiers-01")
	e.pin("sauvegarde-01", "raw-disk", "LUN de sauvegarde")
	e.pin("messagerie-01", "reservation", "mémoire réservée")
	for _, id := range []string{"recette-05", "recette-06"} {
		w := e.pin(id, "local-datastore", "local-test-03")
		w["datastores"] = []string{"local-test-03"}
		w["host"] = "esx-test-03"
	}
	for _, id := range []string{"dev-07", "dev-19", "recette-11"} {
		w := e.find(id)
		w["state"] = "suspended"
		delete(w, "use")
	}
}

func (e *estate) find(id string) object {
	i := slices.IndexFunc(e.workloads, func(w object) bool { return w["id"] == id })
	if i < 0 {
		panic("the sample has no guest " + id) // a slip in this file
	}
	return e.workloads[i]
}

// pin ties a guest to its host; it is on, as one that is off would not matter.
func (e *estate) pin(id, kind, reason string) object {
	w := e.find(id)
	w["pins"] = []object{{"kind": kind, "reason": reason}}
	if w["state"] != "on" {
		panic(id + " is pinned but off")
	}
	return w
}

func (e *estate) addRules() {
	apart := func(name string, guests ...string) {
		e.rules = append(e.rules, object{"name": name, "apart": guests})
	}
	apart("annuaires", "annuaire-*")
	apart("frontaux du site", "portail-web-*")
	apart("grappe de messagerie", "messagerie-01", "messagerie-02", "messagerie-03")
	apart("nœuds Oracle", "oracle-01", "oracle-02")
	apart("mandataires", "mandataire-*")
	e.rules = append(e.rules,
		object{"name": "annuaires par châssis", "apart": []string{"annuaire-01", "annuaire-02"}, "by": "chassis"},
		object{"name": "licence Oracle", "only": []string{"oracle-*"}, "hosts": licensed(), "reason": "processeurs déclarés à l'éditeur"},
		object{"name": "paie", "together": []string{"paie-app-02", "paie-db-02"}, "reason": "latence"},
		object{"name": "pas de test sur la dernière lame", "never": []string{"recette-*"}, "hosts": []string{"esx-test-06"}, "soft": true},
		object{"name": "ancienne règle", "apart": []string{"ged-01", "ged-02"}, "disabled": true},
	)
	e.find("oracle-02")["host"] = licensed()[1] // apart from oracle-01
	e.find("paie-db-02")["host"] = e.find("paie-app-02")["host"]
	e.spread("annuaire", "prod", 1, 2, 3, 4)
	e.spread("portail-web", "dmz", 1, 2, 3)
	e.spread("mandataire", "dmz", 3, 4)
	e.spread("messagerie", "bureau", 1, 2, 3)
}

// spread puts the guests of a family on blades of a cluster, as the rule that
// keeps them apart has it today.
func (e *estate) spread(family, cluster string, blades ...int) {
	for i, n := range blades {
		e.find(fmt.Sprintf("%s-%02d", family, i+1))["host"] = fmt.Sprintf("esx-%s-%02d", cluster, n)
	}
}

// write writes JSON with one record a line, so that a change shows as a line.
func (e *estate) write() []byte {
	byID := func(a, b object) int { return bytes.Compare([]byte(a["id"].(string)), []byte(b["id"].(string))) }
	slices.SortFunc(e.workloads, byID)
	slices.SortFunc(e.hosts, byID)
	var enclosures, groups []object
	for i := range 3 {
		enclosures = append(enclosures, object{"id": fmt.Sprint("enc-", i+1), "model": "c7000", "site": room(i + 1), "slots": 16, "power": object{"fixed": "180 W", "per_module": "10 W"}})
	}
	for _, c := range clusters() {
		groups = append(groups, object{"id": c.id, "name": c.name, "ha": object{"enabled": true, "admission": true, "policy": "hosts", "host_failures": 1},
			"drs": object{"enabled": true, "automation": "full"}, "evc": "intel-sandybridge"})
	}
	var b bytes.Buffer
	b.WriteString("{\n  \"version\": 1,\n  \"name\": \"Plateforme vSphere de démonstration\",\n  \"collected\": \"2026-10-15\",\n")
	lines(&b, "sites", []object{{"name": "salle-a", "country": "FR", "pue": 1.7}, {"name": "salle-b", "country": "FR", "pue": 1.7}})
	lines(&b, "chassis", enclosures)
	lines(&b, "clusters", groups)
	lines(&b, "hosts", e.hosts)
	lines(&b, "workloads", e.workloads)
	lines(&b, "datastores", e.datastores)
	lines(&b, "rules", e.rules)
	b.Truncate(b.Len() - 2) // the last comma
	b.WriteString("\n}\n")
	return b.Bytes()
}

func lines(b *bytes.Buffer, name string, records []object) {
	fmt.Fprintf(b, "  %q: [\n", name)
	for i, r := range records {
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(r); err != nil {
			panic(err) // maps of strings and numbers: cannot happen
		}
		b.WriteString("    " + string(bytes.TrimSpace(line.Bytes())))
		if i < len(records)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("  ],\n")
}
