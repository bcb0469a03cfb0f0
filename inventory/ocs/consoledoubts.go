package ocs

import (
	"slices"
	"strconv"
	"strings"

	"sobre/inventory"
)

// told says which gaps are those of a whole list, said once and not for every
// machine.
type told struct{ firmware, processor, memory bool }

func (c *consoleReader) told() told {
	return told{
		firmware:  !c.header.has("make") && !c.header.has("model"),
		processor: !c.header.has("cpu_model") || !c.header.has("sockets"),
		memory:    !c.header.has("memory"),
	}
}

// lacking says which columns were not exported and what cannot be known
// without them.
func (c *consoleReader) lacking() {
	gaps := []struct {
		missing bool
		columns string
		lost    string
	}{
		{c.told().firmware, "Manufacturer, Model", "whether a machine is a server, a guest or a workstation is told by its operating system alone"},
		{!c.header.has("serial"), "Serial number", "machines are joined with other sources by name only"},
		{c.told().processor, "CPU type, CPU number", "cores stay unknown"},
		{c.told().memory, "RAM (MB)", "memory stays unknown"},
	}
	for _, g := range gaps {
		if !g.missing {
			continue
		}
		c.visit(nil, &remark{inventory.Finding{
			Code: "column-missing", Severity: inventory.Warning, Line: 1,
			What:   "the console export lacks " + g.columns + ": " + g.lost,
			Do:     "show these columns in the console and export again, or read the REST API or the agents' documents",
			Values: map[string]string{"columns": g.columns, "lost": g.lost},
		}})
	}
	var unread []string
	for i, col := range c.header.columns {
		if col.section == "" && c.header.names[i] != "" {
			unread = append(unread, c.header.names[i])
		}
	}
	if len(unread) > 0 {
		c.visit(nil, &remark{inventory.Finding{
			Code: "columns-unread", Severity: inventory.Note, Line: 1,
			What:   "columns that say nothing a plan needs, or whose header is unknown: " + strings.Join(unread, ", "),
			Do:     "map those that matter with --columns",
			Values: map[string]string{"columns": strings.Join(unread, ", ")},
		}})
	}
}

// onePage warns of a list as long as one page of the console: without "all
// pages" it exports what is on the screen.
func (c *consoleReader) onePage(rows int) {
	if !slices.Contains([]int{5, 10, 15, 20, 25, 50, 100, 200, 250, 500, 1000}, rows) {
		return
	}
	c.visit(nil, &remark{inventory.Finding{
		Code: "one-page-only", Severity: inventory.Warning, Line: 1,
		What:   "the list has " + strconv.Itoa(rows) + " machines, just what a page of the console shows: the rest may be missing",
		Do:     "compare with the count on the console, and export all pages",
		Values: map[string]string{"rows": strconv.Itoa(rows)},
	}})
}
