package vsphere

import (
	"context"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/vim25/types"
)

// gaps counts what the server did not give, by kind of object and property.
type gaps struct {
	denied  map[gap]int // the account may not read it
	lacking map[gap]int // this version of the server does not know it
}

type gap struct{ kind, path string }

func newGaps() gaps { return gaps{denied: map[gap]int{}, lacking: map[gap]int{}} }

// maxObjects is more than any vCenter holds of one kind: vSphere 8 is made for
// 45,000 VMs (VMware Configuration Maximums, vSphere 8.0, 2022).
const maxObjects = 1_000_000

// each calls visit for every object of a kind that the account may see, with
// the properties at paths. Only one page is held at a time. label is what the
// progress calls them.
func (c *connection) each(ctx context.Context, q query, visit func(record)) (int, error) {
	view, err := c.view(ctx, q.kind)
	if err != nil {
		return 0, fmt.Errorf("listing the %s: %w", q.label, err)
	}
	// A view that is left over ends with the session.
	defer func() { _ = c.destroyView(ctx, view) }()
	n, err := c.pages(ctx, throughView(view, q.kind), q, visit)
	if err != nil {
		return n, fmt.Errorf("reading the %s (%d read): %w", q.label, n, err)
	}
	return n, nil
}

// query is what to ask of one kind of object.
type query struct {
	kind  string // managed object type
	label string // what people call them
	paths []string
	gaps  gaps
}

// one reads a single object, such as a manager of the server.
func (c *connection) one(ctx context.Context, ref reference, q query, visit func(record)) error {
	q.kind = ref.Type
	_, err := c.pages(ctx, types.ObjectSpec{Obj: ref}, q, visit)
	return err
}

func throughView(view reference, kind string) types.ObjectSpec {
	return types.ObjectSpec{Obj: view, Skip: types.NewBool(true), SelectSet: []types.BaseSelectionSpec{
		&types.TraversalSpec{Type: view.Type, Path: "view"},
	}}
}

func (c *connection) pages(ctx context.Context, from types.ObjectSpec, q query, visit func(record)) (int, error) {
	page, err := c.firstPage(ctx, from, q)
	n := 0
	for {
		if err != nil {
			return n, err
		}
		for _, content := range page.Objects {
			if !q.gaps.note(content) {
				continue
			}
			visit(newRecord(content))
			n++
		}
		if c.progress != nil {
			c.progress(Progress{Kind: q.label, Done: n})
		}
		if page.Token == "" {
			return n, nil
		}
		if len(page.Objects) == 0 || n > maxObjects {
			return n, fmt.Errorf("the server does not come to an end after %d objects", n)
		}
		page, err = c.further(ctx, page.Token)
	}
}

// firstPage asks for q. A server that does not know one of the paths refuses
// the whole question (an older version), so that path is taken out and the
// question put again.
func (c *connection) firstPage(ctx context.Context, from types.ObjectSpec, q query) (*types.RetrieveResult, error) {
	paths := slices.Clone(q.paths)
	for {
		page, err := c.retrieve(ctx, types.PropertyFilterSpec{
			ObjectSet: []types.ObjectSpec{from},
			PropSet:   []types.PropertySpec{{Type: q.kind, PathSet: paths}},
		})
		unknown, ok := unknownPath(err)
		if !ok || !slices.Contains(paths, unknown) || len(paths) == 1 {
			return page, err
		}
		q.gaps.lacking[gap{q.kind, unknown}]++
		paths = slices.DeleteFunc(paths, func(p string) bool { return p == unknown })
	}
}

func unknownPath(err error) (string, bool) {
	switch f := faultOf(err).(type) {
	case types.InvalidProperty:
		return f.Name, true
	case *types.InvalidProperty:
		return f.Name, true
	}
	return "", false
}

// note counts what is missing of an object. It returns false for an object
// that was deleted while we read.
func (g gaps) note(content types.ObjectContent) bool {
	for _, m := range content.MissingSet {
		key := gap{content.Obj.Type, m.Path}
		switch m.Fault.Fault.(type) {
		case *types.ManagedObjectNotFound:
			return false
		case *types.InvalidProperty:
			g.lacking[key]++
		default:
			g.denied[key]++
		}
	}
	return true
}
