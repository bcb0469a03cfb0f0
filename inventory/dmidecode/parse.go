package dmidecode

import (
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// record is one structure of the firmware: "Processor Information" and its
// fields.
type record struct {
	kind   int // DMI type
	line   int
	fields map[string]string
}

// dump is what one run of dmidecode printed.
type dump struct {
	line    int
	records []record
}

var (
	handle = regexp.MustCompile(`^Handle 0x[0-9A-Fa-f]+, DMI type (\d+)`)
	banner = regexp.MustCompile(`^# dmidecode \d`)
)

// Limits that no firmware comes near.
const (
	maxRecords = 100_000
	maxFields  = 200
)

// parse cuts a text into dumps: each run starts with a banner.
func parse(text string) []dump {
	var dumps []dump
	var open *record
	records := 0
	close := func() {
		if open != nil && len(dumps) > 0 {
			last := &dumps[len(dumps)-1]
			last.records = append(last.records, *open)
			open = nil
		}
	}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r ")
		switch found := handle.FindStringSubmatch(line); {
		case banner.MatchString(line):
			close()
			dumps = append(dumps, dump{line: n + 1})
		case found != nil:
			close()
			if len(dumps) == 0 {
				dumps = append(dumps, dump{line: n + 1})
			}
			if records++; records > maxRecords {
				return dumps
			}
			kind, _ := strconv.Atoi(found[1]) // digits, by the pattern
			open = &record{kind: kind, line: n + 1, fields: map[string]string{}}
		case open != nil && strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "\t\t"):
			key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
			if ok && len(open.fields) < maxFields {
				open.fields[strings.ToLower(strings.TrimSpace(key))] = inventory.CleanText(value)
			}
		}
	}
	close()
	return dumps
}

// first is the first record of a type, empty when there is none.
func (d dump) first(kind int) record {
	for _, r := range d.records {
		if r.kind == kind {
			return r
		}
	}
	return record{}
}

var sizePattern = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*(kB|KB|MB|GB|TB)$`)

// size reads the size of a memory module; SMBIOS means powers of two.
func size(text string) inventory.Size {
	found := sizePattern.FindStringSubmatch(text)
	if found == nil {
		return inventory.Size{}
	}
	v, err := strconv.ParseFloat(found[1], 64)
	v *= map[string]float64{"kB": 1.0 / 1024, "KB": 1.0 / 1024, "MB": 1, "GB": 1 << 10, "TB": 1 << 20}[found[2]]
	if err != nil || v <= 0 || v > maxMiB {
		return inventory.Size{}
	}
	return inventory.MiB(v)
}

const (
	maxMiB   = 1 << 30 // 1 PiB
	maxCount = 1 << 12
)

// count is a count, 0 where there is none or it cannot be.
func count(text string) int {
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 || v > maxCount {
		return 0
	}
	return v
}

// clock reads "3000 MHz", unknown for "Unknown".
func clock(text string) inventory.Frequency {
	number, unit, _ := strings.Cut(text, " ")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || unit != "MHz" || v < 100 || v > 10_000 {
		return inventory.Frequency{}
	}
	return inventory.MHz(v)
}
