package inventory

import "strconv"

// Rate is data over time; its base unit is the MB/s, a million bytes a second.
type Rate struct{ quantity[rateUnits] }

// MBPerSecond makes a known rate.
func MBPerSecond(v float64) Rate { return Rate{quantity[rateUnits]{v, true}} }

// MBPerSecond is the rate in MB/s, 0 when unknown.
func (r Rate) MBPerSecond() float64 { return r.value }

type rateUnits struct{}

func (rateUnits) units() []unit {
	return []unit{
		{name: "MB/s", factor: 1, shown: true, aliases: []string{"Mo/s"}},
		{name: "GB/s", factor: 1000, aliases: []string{"Go/s"}},
		{name: "Mbit/s", factor: 1.0 / 8, aliases: []string{"Mb/s"}},
		{name: "Gbit/s", factor: 125, aliases: []string{"Gb/s"}},
		{name: "MiB/s", factor: 1.048576, aliases: []string{"Mio/s"}},
	}
}

// Duration is a stretch of time; its base unit is the minute.
type Duration struct{ quantity[durationUnits] }

// Minutes makes a known duration.
func Minutes(v float64) Duration { return Duration{quantity[durationUnits]{v, true}} }

// Hours makes a known duration.
func Hours(v float64) Duration { return Minutes(60 * v) }

// Days makes a known duration of whole days.
func Days(n int) Duration { return Minutes(24 * 60 * float64(n)) }

// Minutes is the duration in minutes, 0 when unknown.
func (d Duration) Minutes() float64 { return d.value }

// Hours is the duration in hours, 0 when unknown.
func (d Duration) Hours() float64 { return d.value / 60 }

// String is the duration in the largest unit that it is a whole number of,
// minutes where there is none: 15 min rather than 0.25 h.
func (d Duration) String() string {
	if !d.Known() {
		return ""
	}
	for _, u := range []unit{{name: "days", factor: 24 * 60}, {name: "h", factor: 60}} {
		if n := d.value / u.factor; n >= 1 && n == float64(int64(n)) {
			return strconv.FormatFloat(n, 'f', -1, 64) + " " + u.name
		}
	}
	return d.quantity.String()
}

// MarshalText writes the duration as String does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

type durationUnits struct{}

func (durationUnits) units() []unit {
	return []unit{
		{name: "min", factor: 1, shown: true, aliases: []string{"minute", "minutes", "mn"}},
		{name: "h", factor: 60, aliases: []string{"hour", "hours", "heure", "heures"}},
		{name: "days", factor: 24 * 60, aliases: []string{"day", "d", "j", "jour", "jours"}},
	}
}
