package ocs

import (
	"math"
	"strconv"
	"strings"
)

// get is the value of the first of the fields named that has one: agents name
// the same thing differently.
func (s section) get(names ...string) string {
	f, _ := s.find(names...)
	return f.value
}

func (s section) find(names ...string) (field, bool) {
	for _, name := range names {
		for _, f := range s.fields {
			if f.name == name {
				return f, true
			}
		}
	}
	return field{}, false
}

// first is the first section of a name, empty when there is none.
func (d *document) first(name string) section {
	if s := d.sections[name]; len(s) > 0 {
		return s[0]
	}
	return section{}
}

// amount is what a number in a document turned out to be.
type amount int

const (
	absent     amount = iota // no number: unknown
	impossible               // a number that no machine can have
	good
)

// number reads a field as a number above 0 and up to limit. Agents leave out
// what is 0 and servers store 0 for what is missing, so 0 counts as absent;
// text such as "No" or "Unknown" too. A unit behind the number is passed over
// ("2800 MHz"); a decimal comma is read.
func (s section) number(limit float64, names ...string) (float64, amount) {
	f, ok := s.find(names...)
	if !ok {
		return 0, absent
	}
	v, ok := leadingNumber(f.value)
	switch {
	case !ok || v == 0:
		return 0, absent
	case v < 0 || v > limit || math.IsNaN(v):
		return 0, impossible
	}
	return v, good
}

// count reads a field as a whole number above 0 and up to limit.
func (s section) count(limit int, names ...string) (int, amount) {
	v, how := s.number(float64(limit), names...)
	return int(v), how
}

func leadingNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	end := 0
	for end < len(s) && strings.IndexByte("+-0123456789.,eE", s[end]) >= 0 {
		end++
	}
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimRight(s[:end], "eE"), ",", ".", 1), 64)
	if err != nil && !math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}
