// Package planner composes the trip of a plan: estate, catalogue and policy
// become a packing problem, the engine's packing becomes a plan, and the plan
// gets its failover, its footprint and its cost. What the words mean exactly
// is written in docs/planner.md.
package planner
