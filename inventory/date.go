package inventory

import (
	"fmt"
	"time"

	"gopkg.in/yaml.v3"
)

// Date is a day of the calendar, or unknown (the zero value).
type Date struct{ day time.Time }

// MakeDate is the calendar day of t in its own zone.
func MakeDate(t time.Time) Date {
	y, m, d := t.Date()
	return Date{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

// ParseDate reads "2009-11-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.IsZero() {
		return Date{}, fmt.Errorf("%q is not a date such as 2009-11-02", s)
	}
	return Date{t}, nil
}

// Known tells whether the date is known.
func (d Date) Known() bool { return !d.day.IsZero() }

// IsZero tells whether the date is unknown, so that files leave it out.
func (d Date) IsZero() bool { return d.day.IsZero() }

// Time is midnight UTC at the start of the day, the zero time when unknown.
func (d Date) Time() time.Time { return d.day }

// String is the date as 2009-11-02, empty when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.day.Format(time.DateOnly)
}

// MarshalText writes 2009-11-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// MarshalYAML writes 2009-11-02 without quotes.
func (d Date) MarshalYAML() (any, error) {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: d.String()}, nil
}

// UnmarshalText reads 2009-11-02.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
