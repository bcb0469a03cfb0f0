// Package inventory is the estate: what there is, where each fact came from,
// and what is doubtful about it.
//
// An Estate holds sites, chassis, hosts, workloads, datastores and rules.
// Sources (inventory/ocs, inventory/rvtools, inventory/vsphere, …) each turn
// one kind of export into an Estate; files in YAML or JSON are read strictly
// and written so that reading and writing again gives the same bytes.
//
// Unknown is not zero: every quantity type has an unknown value (its zero
// value, left out of files) that differs from a known 0.
package inventory
