// Package samples holds example estates that are built into the program: what
// "--sample mulhouse" stands for. They are plain files too, and usable as such.
package samples

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed mulhouse vsphere capacity
var files embed.FS

// Sample is one example: an estate and what it is planned with. Paths are
// within its own file system, as Open gives it; an empty one is not there.
type Sample struct {
	Name       string   // what --sample takes
	Title      string   // for people
	Inventory  []string // what to read the estate from: an estate file, or raw exports
	Register   string   // asset register to add to the inventory
	Mapping    string   // says what the register's columns are
	Use        string   // table of measured use to add to the inventory
	Catalogues []string // what may be bought; the first is the one to take
	Policy     string
	Scenarios  string // futures to compare

	folder string
}

// List is the samples, the first being the one to show first.
func List() []Sample {
	return []Sample{
		{
			Name: "mulhouse", Title: "Ville de Mulhouse, 2009: 60 servers, none of them virtual", folder: "mulhouse",
			Inventory: []string{"ocs"}, Register: "register.csv", Mapping: "register.map.yaml", Use: "use.csv",
			Catalogues: []string{"catalogue-2009.yaml", "catalogue-today.yaml"}, Policy: "policy.yaml", Scenarios: "scenarios.yaml",
		},
		{
			Name: "vcenter", Title: "A vSphere platform of 34 ageing blades with some 790 guests", folder: "vsphere",
			Inventory: []string{"estate.json"}, Catalogues: []string{"catalogue.yaml"}, Policy: "policy.yaml",
		},
		{
			Name: "capacity", Title: "A hospital's machines in git, with the gates they are held to", folder: "capacity",
			Inventory: []string{"capacity.yaml"},
		},
	}
}

// FS is the files of all samples, each in a folder of its own.
func FS() fs.FS { return files }

// Open finds a sample by its name and gives the file system its paths are in.
func Open(name string) (Sample, fs.FS, error) {
	var names []string
	for _, s := range List() {
		if s.Name == name {
			sub, err := fs.Sub(files, s.folder)
			return s, sub, err
		}
		names = append(names, s.Name)
	}
	return Sample{}, nil, fmt.Errorf("no sample %q (there are %s)", name, strings.Join(names, ", "))
}
