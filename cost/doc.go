// Package cost turns a set of hosts and what they draw into money: electricity,
// purchase, maintenance, space and licences, before and after a plan, with the
// range that the energy has.
//
// Prices are the user's: the package ships no price of its own, only the rules
// by which licences are counted (see Licence).
package cost
