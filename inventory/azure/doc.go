// Package azure reads the CSV that Azure Migrate imports servers from: one row a
// server with cores, memory, storage, system and how much is used. People fill
// it in by hand or from a script, so that it serves well as a form for machines
// that no other inventory knows.
//
//	*Server name,IP addresses,*Cores,*Memory (In MB),*OS name,…,Server type,Hypervisor,CPU utilization percentage,…
//
// The columns are those of Microsoft's template ("Import servers using a CSV
// file", learn.microsoft.com/azure/migrate), in any order; a "*" in front marks
// one that must be filled.
package azure
