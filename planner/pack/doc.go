// Package pack is the engine: vector packing on plain integers, with a proof.
//
// It knows no server, no file and no unit. A Problem holds groups of
// identical workloads, types of host that may hold them, the rules between
// them and a list of objectives in order of importance. Solve returns a
// Packing, a proven lower bound on the first objective and, with it, a
// Certificate that a small separate program can recheck.
//
// The same Problem and Options give the same Result on any machine: effort is
// counted in work units, never in seconds. A cancelled or expired context only
// cuts the search short; the best packing so far and its bound come back.
package pack
