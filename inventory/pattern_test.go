package inventory_test

import (
	"strings"
	"testing"

	"sobre/inventory"
)

func TestMatches(t *testing.T) {
	tests := []struct {
		pattern, name string
		want          bool
	}{
		{"esx-*", "ESX-01", true},
		{"esx-?", "esx-01", false},
		{"*oracle*", "srv-oracle-fi", true},
		{"a*b*c", "aXXbYYbZc", true},
		{"a*b*c", "aXXbYYbZ", false},
		{"*", "anything", true},
		{"", "anything", false},
		{"état*", "ÉTAT civil", true},
		{"[x]", "x", false},
		{strings.Repeat("a*", 30) + "b", strings.Repeat("a", 5000), false},
	}
	for _, tt := range tests {
		if got := inventory.Matches(tt.pattern, tt.name); got != tt.want {
			t.Errorf("Matches(%q, %q) = %v, want %v", tt.pattern, tt.name, got, tt.want)
		}
	}
}
