// Package samples holds example studies inside the binary: a town's standalone
// servers, and ageing blades under vSphere. Each is also usable as plain files,
// and its README says what is in it and why.
package samples

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed all:mulhouse all:vcenter
var files embed.FS

// Sample is one example study.
type Sample struct {
	Name      string
	About     string   // one line
	FS        fs.FS    // its files
	Estate    []string // paths in FS that make the estate, read in this order
	Catalogue string   // path in FS
	Policy    string   // path in FS
}

// samples lists what there is; paths are inside the folder of the sample.
func list() []Sample {
	return []Sample{
		{
			Name: "mulhouse", About: "60 servers of a town hall in 2009, inventoried by OCS, with an asset register",
			Estate:    []string{"ocs", "register.csv", "use.csv", "rules.yaml"},
			Catalogue: "catalogue-2009.yaml", Policy: "policy.yaml",
		},
		{
			Name: "vcenter", About: "about 800 guests on ageing blades in four vSphere clusters",
			Estate: []string{"estate.yaml"}, Catalogue: "catalogue.yaml", Policy: "policy.yaml",
		},
	}
}

// Names lists the samples in order.
func Names() []string {
	var names []string
	for _, s := range list() {
		names = append(names, s.Name)
	}
	return names
}

// Open finds a sample by name.
func Open(name string) (Sample, error) {
	all := list()
	i := slices.IndexFunc(all, func(s Sample) bool { return s.Name == name })
	if i < 0 {
		return Sample{}, fmt.Errorf("no sample %q: there are %s", name, strings.Join(Names(), ", "))
	}
	sub, err := fs.Sub(files, name)
	if err != nil {
		return Sample{}, fmt.Errorf("opening sample %s: %w", name, err)
	}
	all[i].FS = sub
	return all[i], nil
}
