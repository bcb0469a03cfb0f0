// Package waves puts the moves of a plan in an order that can be carried out:
// in windows, so many at a time, with both ends charged while a move runs. The
// method is section 7 of docs/planner.md.
//
// It knows hosts and workloads by number and demand in whole units; what may
// be where, and how long a trip takes, its caller says.
package waves
