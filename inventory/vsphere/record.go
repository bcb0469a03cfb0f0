package vsphere

import (
	"net/url"
	"reflect"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// reference names one object of the server, such as HostSystem:host-12.
type reference = types.ManagedObjectReference

// record is one object with the properties that came for it, by path. A
// property that is absent was not set, or the account may not read it.
type record struct {
	ref   reference
	props map[string]any
}

func newRecord(c types.ObjectContent) record {
	r := record{ref: c.Obj, props: make(map[string]any, len(c.PropSet))}
	for _, p := range c.PropSet {
		if p.Val != nil {
			r.props[p.Name] = p.Val
		}
	}
	return r
}

// value is the property at path where it has type T.
func value[T any](r record, path string) (T, bool) {
	v, ok := r.props[path].(T)
	return v, ok
}

// text is the property at path, a string or a word of an enumeration, clean to show.
func (r record) text(path string) string {
	return inventory.CleanText(r.rawText(path))
}

func (r record) rawText(path string) string {
	if v := reflect.ValueOf(r.props[path]); v.Kind() == reflect.String {
		return v.String()
	}
	return ""
}

// name is the object's name as people typed it: the server writes /, \ and %
// as %2f, %5c and %25.
func (r record) name() string {
	raw := r.rawText("name")
	if strings.Contains(raw, "%") {
		if plain, err := url.PathUnescape(raw); err == nil {
			raw = plain
		}
	}
	return inventory.CleanText(raw)
}

// number is the property at path as a whole number, whatever its width.
func (r record) number(path string) (int64, bool) {
	v := reflect.ValueOf(r.props[path])
	if !v.CanInt() {
		return 0, false
	}
	return v.Int(), true
}

// positive is the property at path where it is a number above 0, else 0. The
// API writes 0 for counts and sizes that it does not know.
func (r record) positive(path string) float64 {
	n, ok := r.number(path)
	if !ok || n <= 0 {
		return 0
	}
	return float64(n)
}

// maxAmount is more MHz or MiB than any cluster has. A number above it is a
// fault of the server and would not even be readable in an estate.
const maxAmount = 1e12

// amount is positive for MHz and MiB that the server counts in 64 bits.
func (r record) amount(path string) float64 {
	if v := r.positive(path); v <= maxAmount {
		return v
	}
	return 0
}

// limit is a limit in MHz or MiB, false where there is none (-1).
func (r record) limit(path string) (float64, bool) {
	n, ok := r.number(path)
	return float64(n), ok && n >= 0 && float64(n) <= maxAmount
}

func (r record) flag(path string) bool {
	v, _ := value[bool](r, path)
	return v
}

// to is the object that the property at path refers to.
func (r record) to(path string) (reference, bool) { return value[reference](r, path) }

// at is how findings and origins name an object, such as "HostSystem:host-12".
func at(ref reference) string {
	return inventory.CleanText(ref.Type + ":" + ref.Value)
}
