package gate

import (
	"bytes"

	"gopkg.in/yaml.v3"
)

// Places are the lines of a capacity file that reports point to.
type Places struct {
	Gates    []int          // of each gate, in their order
	Subjects map[string]int // of each host, workload and datastore by ID, of each rule by name
}

// FindPlaces reads the lines off the text of a YAML or JSON file. Of a text
// that is neither there are none.
func FindPlaces(text []byte) Places {
	places := Places{Subjects: map[string]int{}}
	var doc yaml.Node
	if err := yaml.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &doc); err != nil || len(doc.Content) == 0 {
		return places
	}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		list := root.Content[i+1]
		switch root.Content[i].Value {
		case "gates":
			for _, g := range list.Content {
				places.Gates = append(places.Gates, g.Line)
			}
		case "hosts", "workloads", "datastores":
			places.note(list, "id")
		case "rules":
			places.note(list, "name")
		}
	}
	return places
}

// note keeps the line of each entry of a list by one of its fields.
func (p Places) note(list *yaml.Node, field string) {
	for _, entry := range list.Content {
		if entry.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i+1 < len(entry.Content); i += 2 {
			if entry.Content[i].Value == field && p.Subjects[entry.Content[i+1].Value] == 0 {
				p.Subjects[entry.Content[i+1].Value] = entry.Line
			}
		}
	}
}
