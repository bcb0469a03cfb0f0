package ocs

import (
	"slices"
	"strings"
)

// licences are the products in a list of software that are licensed by
// processor or core, in order. Clients, drivers and free editions are not.
func licences(software []string) []string {
	var found []string
	for _, name := range software {
		if l := licence(strings.ToLower(name)); l != "" && !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	slices.Sort(found)
	return found
}

func licence(name string) string {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
	}
	switch {
	case has("oracle") && has("database", "oracle9i", "oracle8i", "oracle10g", "oracle11g", "oracle 9i", "oracle 10g", "oracle 11g", "oracle-rdbms") &&
		!has("client", "express", "-xe", "odbc", "driver", "instant", "jdbc", "gateway"):
		return "oracle"
	case has("sql server") && has("microsoft") &&
		!has("client", "native", "management studio", "books online", "setup", "support files", "backward", "compact", "tools",
			"vss", "browser", "express", "desktop engine", "driver", "odbc", "policies", "language service", "data-tier", "analysis services ole"):
		return "sql-server"
	case has("ibm db2", "db2 universal database", "db2 enterprise") && !has("client", "driver"):
		return "db2"
	case has("sybase adaptive server", "sap ase"):
		return "sybase"
	}
	return ""
}
