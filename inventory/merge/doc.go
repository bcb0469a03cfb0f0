// Package merge makes one estate of several: what two inventories tell of one
// machine is counted once, every fact keeps its origin, and each merge, each
// refusal and each conflict is listed with its evidence.
//
// A machine is known by its SMBIOS UUID (in either byte order), by its serial
// number with make and model or with its name, by the DEVICEID of its agent, or
// by its name with a network address. A serial number alone or a name alone is
// never enough: blades may report their chassis', and names are not unique.
//
// The result does not depend on the order of the estates: of two values that
// differ, a rule tells which counts (see Group), not who came first.
package merge
