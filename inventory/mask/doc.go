// Package mask replaces what tells whose machines an estate is about (names,
// addresses, serial numbers, UUIDs, owners, services, notes, paths) by tokens,
// the same every time, and brings plans and reports made of a masked estate
// back.
//
// Tokens of names keep the order of the names, so that a plan of the masked
// estate is the plan of the estate with other names: where two choices are as
// good, planning takes the first by name. Their order is therefore what a masked
// estate still tells of them. Tokens of numbers are made with a secret (HMAC,
// RFC 2104) and tell nothing.
//
// What says nothing of whose machines they are stays: makes, models, processors,
// systems, sizes, use, licences.
package mask
