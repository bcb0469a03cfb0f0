package vsphere

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"sobre/inventory"
)

// sourceID is the ID of the estate's only source.
const sourceID = "vsphere"

// Collect reads the estate that o.User may see. It fails when there is no
// connection, when hosts or guests cannot be listed to the end, or when ctx or
// the deadline ends: a part of an inventory that looks like the whole would be
// worse than none. All else that is missing is a finding.
func Collect(ctx context.Context, o Options) (*inventory.Estate, error) {
	if o.Deadline > 0 {
		late := fmt.Errorf("the deadline of %v is over: raise --timeout, or find out what slows the server down: %w", o.Deadline, context.DeadlineExceeded)
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, o.Deadline, late)
		defer cancel()
	}
	estate, err := collect(ctx, o)
	if err != nil && ctx.Err() != nil {
		// What broke is not what happened: the reader was stopped.
		return nil, fmt.Errorf("collecting from vSphere: %w (%v)", context.Cause(ctx), err)
	}
	if err != nil {
		return nil, fmt.Errorf("collecting from vSphere: %w", err)
	}
	return estate, nil
}

func collect(ctx context.Context, o Options) (*inventory.Estate, error) {
	c, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	defer c.close(ctx)
	col := newCollector(c)
	for _, step := range []func(context.Context) error{
		col.readPlaces, col.readHosts, col.readClusters, col.readPools, col.readDatastores, col.readFields, col.readGuests, col.readTags,
		col.readPerformance, col.readPower, col.readHistory,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	if c.record != nil {
		if err := c.record.close(); err != nil {
			return nil, fmt.Errorf("writing the snapshot: %w", err)
		}
	}
	return col.finish(), nil
}

// collector turns records into an estate. IDs are given once all names of a
// kind are known; until then objects are known by their reference.
type collector struct {
	*connection
	estate   *inventory.Estate
	gaps     gaps
	places   map[reference]place     // folders, datacenters, compute resources
	parents  map[reference]reference // compute resource of a host or a pool
	ids      map[reference]string    // of what is in the estate
	clusters []clusterRecord
	stores   map[reference]store
	fields   map[int32]string // names of custom attributes
	guests   []guest
	twins    []twins
	past     performance
	pending  []remark // findings about guests that have no ID yet
	counts   map[string]int

	yearsAssumed int // hosts whose year is that of their processor
	snapshots    snapshotSum
}

// remark is a finding about an object, to be completed when its ID is known.
type remark struct {
	ref     reference
	finding inventory.Finding
}

func newCollector(c *connection) *collector {
	about := c.content.About
	day := inventory.Date{}
	if !c.since.IsZero() && c.since.After(time.Unix(0, 0)) {
		day = inventory.MakeDate(c.since.UTC())
	}
	return &collector{
		connection: c,
		estate: &inventory.Estate{
			Version: inventory.Version, Name: hostname(c.url), Collected: day,
			Sources: []inventory.Source{{
				ID: sourceID, Kind: "vsphere", Path: c.url, Collected: day, Tool: inventory.CleanText(about.FullName),
			}},
		},
		gaps: newGaps(), places: map[reference]place{}, parents: map[reference]reference{}, ids: map[reference]string{},
		stores: map[reference]store{}, fields: map[int32]string{}, counts: map[string]int{},
	}
}

// query asks for a kind of object, noting what the server does not give.
func (c *collector) query(kind, label string, paths ...string) query {
	return query{kind: kind, label: label, paths: paths, gaps: c.gaps}
}

// optional turns the refusal of a question that a plan can do without into a
// finding. Lost connections and ended contexts stay errors.
func (c *collector) optional(err error, label string) error {
	if err == nil || faultOf(err) == nil {
		return err
	}
	c.unread(err, label)
	return nil
}

// extra does the same for what is read last: once all else is there, not even
// a lost connection is worth losing it. Only the end of ctx stays an error.
func (c *collector) extra(ctx context.Context, err error, label string) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	c.unread(err, label)
	return nil
}

func (c *collector) unread(err error, label string) {
	c.find(inventory.Finding{
		Code: "section-unreadable", Severity: inventory.Warning,
		What:   fmt.Sprintf("The %s could not be read: %v", label, inventory.CleanText(err.Error())),
		Do:     "Check the account's rights; what depends on them is left unknown.",
		Values: map[string]string{"section": label},
	})
}

// find adds a finding to the estate.
func (c *collector) find(f inventory.Finding) {
	f.Source = sourceID
	c.estate.Findings = append(c.estate.Findings, f)
}

// remark adds a finding about ref, whose ID may come later.
func (c *collector) remark(ref reference, f inventory.Finding) {
	f.At = at(ref)
	c.pending = append(c.pending, remark{ref, f})
}

func origin(ref reference) []inventory.Origin {
	return []inventory.Origin{{Source: sourceID, At: at(ref)}}
}

// hostname is the bare name in a URL.
func hostname(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	return u.Hostname()
}
