package planner

import "sobre/inventory"

// RuleLabel is how a plan names a rule: its name, or what it says.
func RuleLabel(r *inventory.Rule) string { return labelOf(r) }
