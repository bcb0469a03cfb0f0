package rvtools

import (
	"context"
	"strings"

	"sobre/inventory"
)

// builder gathers the records of all exports. While reading, hosts, clusters,
// pools and datastores are referred to by their number; they get their IDs at
// the end, when all names are known.
type builder struct {
	sources []inventory.Source
	notes   notes
	clean   cleaner
	fields  map[string][]string // lists of fields in origins, one copy each

	hosts      []hostFacts
	clusters   []clusterFacts
	pools      []poolFacts
	datastores []datastoreFacts
	workloads  []inventory.Workload
	vms        []vmFacts // of the workload with the same number

	clusterOf map[string][]int // by name in lower case; several vCenters may have the same
	poolOf    map[placeKey]int
	known     map[string]int // identity of a VM → number, over all exports
	knownHost map[string]int // likewise of a host
}

// placeKey names a cluster, pool, datastore or host name within one vCenter.
type placeKey struct{ server, name string }

// vmFacts is what is known of a workload besides its record.
type vmFacts struct {
	server, id, datacenter, folder string
	name                           string // as in the sheets, lower case
	hostName                       int32  // in the export's list of host names; -1: none
	host, cluster, pool            int32  // -1: none
	datastores                     []int32
	disks, partitions              float64 // MiB, sums over vDisk and vPartition
	provisioned                    inventory.Size
	ruleTypes, ruleNames           string
	source                         string
	line                           int32
	snapshots                      int32
}

// hostFacts is a host and what is known of it besides its record.
type hostFacts struct {
	inventory.Host
	server, datacenter string
	cluster            int
	evc                string
	claimed            bool // a VM's host name was matched to it
}

type clusterFacts struct {
	inventory.Cluster
	server string
	set    bool // vCluster told its settings
}

type poolFacts struct {
	inventory.Pool
	cluster int
	parent  int
	path    string
}

type datastoreFacts struct {
	inventory.Datastore
	server string
	hosts  []int
	// only is the one host that reaches it, -1 when there are more or it is unknown.
	only int
}

func newBuilder() *builder {
	return &builder{
		fields: map[string][]string{}, clusterOf: map[string][]int{}, poolOf: map[placeKey]int{},
		known: map[string]int{}, knownHost: map[string]int{},
	}
}

// scope is what one export's sheets share while they are joined.
type scope struct {
	*export
	hosts       map[string][]int // by full name in lower case
	short       map[string][]int // by short name
	names       []hostName
	nameOf      map[placeKey]int
	vmByID      map[string][]int32
	vmByName    map[string][]int32
	lastID      []byte
	lastName    []byte
	lastVM      int
	datastoreOf map[placeKey]int
	unjoined    map[string]int
	conflicts   map[string]*conflict
	snapshotMiB float64
	oldest      inventory.Date // snapshot
}

func newScope(x *export) *scope {
	return &scope{
		export: x, hosts: map[string][]int{}, short: map[string][]int{}, nameOf: map[placeKey]int{},
		vmByID: map[string][]int32{}, vmByName: map[string][]int32{}, lastVM: -1,
		datastoreOf: map[placeKey]int{}, unjoined: map[string]int{}, conflicts: map[string]*conflict{},
	}
}

// read reads one export. Hosts and datastores come first, so that VMs find theirs.
func (b *builder) read(ctx context.Context, x *export, progress func(done, total int)) error {
	s := newScope(x)
	s.source.Counts = map[string]int{}
	steps := []struct {
		spec sheetSpec
		row  func(*scope, *table)
		then func(*scope)
	}{
		{hostSpec(), b.host, b.blades},
		{clusterSpec(), b.cluster, nil},
		{poolSpec(), b.pool, nil},
		{datastoreSpec(), b.datastore, nil},
		{infoSpec(), b.info, b.joinHosts},
		{cpuSpec(), b.cpu, nil},
		{memorySpec(), b.memory, nil},
		{diskSpec(), b.disk, nil},
		{networkSpec(), b.card, nil},
		{partitionSpec(), b.partition, nil},
		{snapshotSpec(), b.snapshot, b.snapshots},
		{toolsSpec(), b.tools, nil},
		{usbSpec(), b.usb, nil},
		{cdSpec(), b.cd, nil},
	}
	for i, step := range steps {
		progress(i, len(steps))
		if t := b.open(x, step.spec); t != nil {
			if step.spec.name == "vInfo" {
				t.wantCustom()
			}
			err := t.each(ctx, func() {
				s.source.Counts[step.spec.name]++
				step.row(s, t)
			})
			if err != nil {
				return err
			}
		}
		if step.then != nil {
			step.then(s)
		}
	}
	progress(len(steps), len(steps))
	b.closeScope(s)
	b.sources = append(b.sources, s.source)
	return nil
}

// origin says which row of a sheet gave the fields; none: all the others.
func (b *builder) origin(t *table, fields ...string) inventory.Origin {
	key := strings.Join(fields, " ")
	list, ok := b.fields[key]
	if !ok && len(fields) > 0 {
		list = fields
		b.fields[key] = list
	}
	return inventory.Origin{Source: t.source, At: t.at, Line: t.rec.line, Fields: list}
}

// derived is an origin that says how the fields were derived.
func (b *builder) derived(t *table, method string, fields ...string) inventory.Origin {
	o := b.origin(t, fields...)
	o.Method = method
	return o
}

// server is the vCenter that a row speaks of, by name or (3.8) UUID; "" when
// the sheet does not say.
func (t *table) server() string {
	if name := t.text(fServer); name != "" {
		return strings.ToLower(name)
	}
	return strings.ToLower(t.text(fServerUUID))
}

// sameServer tells whether two names of a vCenter may mean the same one. Old
// versions do not name it in every sheet.
func sameServer(a, b string) bool { return a == b || a == "" || b == "" }

// clusterNumber is the number of the cluster of that name, made if it is new.
func (b *builder) clusterNumber(server, name string, from inventory.Origin) int {
	if name == "" {
		return -1
	}
	key := strings.ToLower(name)
	for _, n := range b.clusterOf[key] {
		if sameServer(b.clusters[n].server, server) {
			return n
		}
	}
	n := len(b.clusters)
	b.clusterOf[key] = append(b.clusterOf[key], n)
	b.clusters = append(b.clusters, clusterFacts{
		Cluster: inventory.Cluster{Name: name, From: []inventory.Origin{from}}, server: server,
	})
	return n
}
