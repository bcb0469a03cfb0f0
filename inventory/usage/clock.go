package usage

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clock reads the times of one file. Times without a zone are in zone; order
// says what 03/04/2026 is.
type clock struct {
	zone       *time.Location
	monthFirst bool
	told       bool // the file itself says the zone
	assumed    bool // a time without a zone was read
}

var (
	slashed = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(.*)$`)
	epoch   = regexp.MustCompile(`^\d{9,13}(\.\d+)?$`)
)

// layouts of times that begin with the year.
func layouts() []string {
	return []string{
		"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999", "2006/01/02 15:04:05", "2006/01/02 15:04", "2006-01-02",
	}
}

// read reads a time: seconds or milliseconds since 1970, RFC 3339, a date with
// a time of day in either order of day and month, with UTC or Z behind or not.
func (c *clock) read(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if epoch.MatchString(text) {
		v, err := strconv.ParseFloat(text, 64)
		if v > 1e11 {
			v /= 1000
		}
		return time.Unix(int64(v), 0), err == nil
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, true
	}
	if t, err := time.Parse("2006-01-02 15:04:05Z07:00", text); err == nil {
		return t, true
	}
	zone := c.zone
	for _, mark := range []string{" UTC", " GMT", "Z"} {
		if rest, ok := strings.CutSuffix(text, mark); ok {
			text, zone = rest, time.UTC
			break
		}
	}
	text = c.yearFirst(text)
	for _, l := range layouts() {
		if t, err := time.ParseInLocation(l, text, zone); err == nil {
			c.assumed = c.assumed || !c.told && zone == c.zone
			return t, true
		}
	}
	return time.Time{}, false
}

// yearFirst turns 21/11/2026 19:34, 11/21/26 or 21.11.2026 7:34:21 PM around.
func (c *clock) yearFirst(text string) string {
	found := slashed.FindStringSubmatch(text)
	if found == nil {
		return text
	}
	day, month, year := pad(found[1]), pad(found[2]), found[3]
	if c.monthFirst || month > "12" {
		day, month = month, day
	}
	if month > "12" {
		day, month = month, day
	}
	if len(year) == 2 {
		year = "20" + year
	}
	return year + "-" + month + "-" + day + " " + timeOfDay(strings.TrimSpace(found[4]))
}

// timeOfDay turns 7:34:21 PM into 19:34:21.
func timeOfDay(text string) string {
	upper := strings.ToUpper(text)
	clockText, isPM := strings.CutSuffix(upper, "PM")
	clockText, isAM := strings.CutSuffix(clockText, "AM")
	clockText = strings.TrimSpace(clockText)
	hours, rest, found := strings.Cut(clockText, ":")
	if !found {
		return clockText
	}
	h, err := strconv.Atoi(hours)
	if err != nil || h < 0 || h > 24 {
		return clockText
	}
	switch {
	case isPM && h < 12:
		h += 12
	case isAM && h == 12:
		h = 0
	}
	return pad(strconv.Itoa(h)) + ":" + rest
}

func pad(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}
