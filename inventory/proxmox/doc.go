// Package proxmox reads what the Proxmox VE API tells, saved as JSON:
//
//	pvesh get /cluster/resources --output-format json > resources.json
//	pvesh get /nodes/pve1/status --output-format json > pve1.json
//
// or the same over HTTP, where all is wrapped in {"data": …}. The first lists
// nodes, guests and storage; the second, one a node, has the processors, which
// the first lacks. Lists of one node (/nodes/pve1/qemu, /lxc) are read too.
//
// Nodes become hypervisors, qemu guests and containers (lxc) workloads.
package proxmox
