// Package gates writes what a check of gates found: as lines for people, and in
// the formats that CI systems read. Every format says the same; those for
// machines are in English.
package gates
