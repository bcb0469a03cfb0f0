package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// inventoried is when the agents last reported.
const inventoried = "2009-11-02 07:12:33"

// mulhouse writes the documents, the register and the table of use.
func mulhouse(files map[string][]byte) error {
	for _, s := range servers() {
		seen := inventoried
		if s.has("stale") {
			seen = "2009-03-17 18:40:02"
		}
		installed := s.bought
		if s.has("twice") {
			before := s
			before.os, before.memory = "w2000", s.memory/2
			if err := before.save(files, deviceID(s.name, installed), "2008-06-03 12:00:00"); err != nil {
				return err
			}
			installed = "2008-06-10"
		}
		if err := s.save(files, deviceID(s.name, installed), seen); err != nil {
			return err
		}
	}
	if err := workstation().save(files, deviceID("PC-DSI-117", "2008-10-06"), inventoried); err != nil {
		return err
	}
	register, err := charmap.Windows1252.NewEncoder().Bytes(register())
	if err != nil {
		return fmt.Errorf("writing the register: %w", err)
	}
	files["mulhouse/register.csv"] = register
	files["mulhouse/use.csv"] = useTable()
	return nil
}

// workstation is the odd one out: most machines of an OCS base are no servers.
func workstation() server {
	return server{name: "PC-DSI-117", os: "xp", hw: "dl360g3", memory: 2048, disk: 80, used: 41, about: "Poste de la direction informatique", site: townHall, bought: "2008-10-06", quirk: "pc"}
}

// deviceID is the name that the agent gives a machine when it is installed, a
// few days after the purchase.
func deviceID(name, bought string) string { return name + "-" + bought[:7] + "-28-09-14-22" }

// save writes one document in the encoding and packing that it is to show.
func (s server) save(files map[string][]byte, id, seen string) error {
	label, name := "UTF-8", "mulhouse/ocs/"+id+".ocs"
	if s.has("latin1") {
		label = "ISO-8859-1"
	}
	inside := s.write(seen)
	if s.has("pc") {
		inside = strings.NewReplacer("ProLiant DL360 G3", "HP Compaq dc7800", "Rack Mount Chassis", "Mini Tower").Replace(inside)
	}
	text := `<?xml version="1.0" encoding="` + label + `"?>` + "\n<REQUEST>\n  <CONTENT>\n" + inside +
		"  </CONTENT>\n  <DEVICEID>" + id + "</DEVICEID>\n  <QUERY>INVENTORY</QUERY>\n</REQUEST>\n"
	data := []byte(text)
	switch s.quirk {
	case "latin1", "mislabelled":
		encoded, err := charmap.ISO8859_1.NewEncoder().Bytes(data)
		if err != nil {
			return fmt.Errorf("writing %s as Latin-1: %w", id, err)
		}
		data = encoded
	case "zlib":
		data = packed(data)
	default:
		name = strings.TrimSuffix(name, ".ocs") + ".xml"
	}
	files[name] = data
	return nil
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic(err) // to a buffer: cannot happen
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// register writes what an asset register exports: typed by people, so that one
// machine is missing, one is long gone, and some have no serial number.
func register() []byte {
	var b bytes.Buffer
	b.WriteString("N° d'inventaire;Désignation;Nom réseau;N° de série;Site;Châssis;Service;Responsable;Date d'achat;Prix d'achat HT;Fin de maintenance;État;Lot\r\n")
	for i, s := range servers() {
		if s.name == "SRV-MAJ" {
			continue // forgotten
		}
		serial, network := s.serial(), s.name
		switch {
		case i%11 == 4:
			serial = ""
		case i%11 == 8:
			network = "" // joined by serial number alone
		}
		row := []string{
			fmt.Sprintf("INF-%05d", 10230+i*17), s.about, network, serial, s.site, s.enclosure(), s.service, responsible(s.service), frenchDate(s.bought),
			frenchPrice(s.price), frenchDate(s.maintained()), "En service", s.lot,
		}
		b.WriteString(strings.Join(row, ";") + "\r\n")
	}
	b.WriteString("INF-09714;Ancien serveur de messagerie;SRV-MSG0;7J33L0J;" + townHall + ";;Tous services;;14/05/2002;9 150,00;14/05/2005;Réformé;\r\n")
	return b.Bytes()
}

// enclosure is where blades stand: BL20p blades fill two p-Class enclosures.
func (s server) enclosure() string {
	switch s.hw {
	case "bl20pg3":
		return "p-class-1"
	case "bl20pg4":
		return "p-class-2"
	}
	return ""
}

// maintained is the end of the contract: three years, five for what matters most.
func (s server) maintained() string {
	years := 3
	if s.apps == "oracle" || s.apps == "mail" {
		years = 5
	}
	var y int
	fmt.Sscan(s.bought[:4], &y)
	return fmt.Sprintf("%04d%s", y+years, s.bought[4:])
}

func responsible(service string) string {
	if service == "Informatique" || service == "Tous services" {
		return "DSI"
	}
	return "Correspondant " + service
}

func frenchDate(day string) string { return day[8:] + "/" + day[5:7] + "/" + day[:4] }

func frenchPrice(eur int) string {
	if eur >= 1000 {
		return fmt.Sprintf("%d\u00a0%03d,00", eur/1000, eur%1000)
	}
	return fmt.Sprintf("%d,00", eur)
}

// useTable writes what the supervision measured in October 2009.
func useTable() []byte {
	var b bytes.Buffer
	b.WriteString("machine;cpu_mean;cpu_p95;cpu_max;memory_p95_gib;samples;days;rollup\n")
	for _, s := range servers() {
		if s.use != "" {
			fmt.Fprintf(&b, "%s;%s;8928;31;5 min mean\n", s.name, strings.Join(strings.Fields(s.use), ";"))
		}
	}
	return b.Bytes()
}
