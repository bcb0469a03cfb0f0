// Package ocs reads the documents that agents of OCS Inventory NG send or save,
// and those of FusionInventory and GLPI agents in the same <REQUEST> envelope:
// one XML file a machine, plain, zlib or gzip. The JSON of newer GLPI agents is
// the same document in other letters, and read as such; so is an answer of the
// OCS server's REST API, which holds many machines.
//
// A physical server becomes a host and the workload that runs on it, a guest a
// workload, a machine that lists guests a hypervisor. Workstations, which most
// OCS bases consist of, are counted and left out unless asked for. What a
// document says and what was concluded from it are kept apart: every figure
// that was derived has an Origin with a method, every doubt a Finding.
//
// The trip of one document: files → unpack → parse → machine; of all of them:
// machines → duplicates → guests joined to hosts → estate.
package ocs
