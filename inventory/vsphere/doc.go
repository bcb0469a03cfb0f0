// Package vsphere reads an estate live from a vCenter or a single ESXi host,
// through its API (VMware vSphere Web Services API, "vim25").
//
// It only reads. calls.go holds every method that it calls: log in and out,
// make and destroy a view, retrieve properties, query performance. A test
// records what goes over the wire and fails on anything else.
//
// Collect asks for one container view per type of object and for leaf
// properties only, page by page, and turns each page into the estate before it
// asks for the next: what it needs besides the estate itself does not grow with
// the number of guests.
package vsphere
