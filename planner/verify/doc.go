// Package verify is the referee: it rechecks a finished plan against the
// estate, from the definitions of docs/planner.md alone. It shares nothing
// with the search: not its types, not its arithmetic, not its bounds. A plan
// that someone edited by hand is checked like any other.
//
// Check walks the page in its order: who takes part (world.go, items.go),
// what is packed (demand.go, capacity.go), where things are (placements.go,
// hosts.go), the limits (limits.go), the rules (rules.go), the failures
// (failover.go), the totals and the bound (totals.go, bound.go, heaviest.go).
package verify
