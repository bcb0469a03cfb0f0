// Package libvirt reads what virsh tells of the guests of one or more KVM or
// Xen hosts: the XML of "virsh dumpxml GUEST", one document a file or many in
// one, and, where they lie beside, "virsh capabilities" and "virsh sysinfo",
// which describe the host itself.
//
// A dump does not say on which host a guest runs. The folder does: guests run on
// the host that is described in the same folder.
package libvirt
