package inventory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
)

func TestOwnMACs(t *testing.T) {
	raw := []string{"00-1A-4B-00-00-02", "001a.4b00.0001", "00:1a:4b:00:00:01", "52:54:00:00:00:0A", "00:50:56:00:00:01", "02:42:ac:11:00:02", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "01:00:5e:00:00:01", "none", ""}
	if diff := cmp.Diff([]string{"00:1a:4b:00:00:01", "00:1a:4b:00:00:02"}, inventory.OwnMACs(raw, false)); diff != "" {
		t.Errorf("of a server: %s", diff)
	}
	if diff := cmp.Diff([]string{"00:1a:4b:00:00:01", "00:1a:4b:00:00:02", "00:50:56:00:00:01", "52:54:00:00:00:0a"}, inventory.OwnMACs(raw, true)); diff != "" {
		t.Errorf("of a guest: %s", diff)
	}
	if got := inventory.OwnMACs(nil, true); got != nil {
		t.Errorf("of nothing: %q", got)
	}
}
