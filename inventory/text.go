package inventory

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxText is the longest name or note kept from an input, in bytes. Longer
// ones are cut: nobody reads them, and they would fill every table.
const maxText = 1024

// CleanText makes text from an input safe to show anywhere: control characters
// (terminal escapes among them), invisible direction marks and invalid bytes
// are replaced by spaces, runs of spaces by one, and the ends are trimmed.
func CleanText(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// DecodeText turns bytes into UTF-8. Bytes that are not valid UTF-8 are taken
// for Windows-1252, whatever the file says of itself: agents and spreadsheets
// of Western Europe label it wrongly, and it includes Latin-1.
func DecodeText(b []byte) string {
	if utf8.Valid(b) {
		return strings.TrimPrefix(string(b), "\ufeff")
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(text)
}

// NormaliseUUID writes an SMBIOS UUID in lower case with dashes. It returns ""
// for what is no UUID or is one that makers leave unset (all 0, all F, or the
// sample of the standard that cheap boards ship with).
func NormaliseUUID(s string) string {
	hex := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'f':
			return r
		case r >= 'A' && r <= 'F':
			return r + 'a' - 'A'
		case r == '-' || r == ' ' || r == '{' || r == '}':
			return -1
		}
		return 'x'
	}, s)
	if len(hex) != 32 || strings.Contains(hex, "x") {
		return ""
	}
	if strings.Trim(hex, "0") == "" || strings.Trim(hex, "f") == "" || hex == "03000200040005000006000700080009" {
		return ""
	}
	return hex[:8] + "-" + hex[8:12] + "-" + hex[12:16] + "-" + hex[16:20] + "-" + hex[20:]
}

// CleanSerial trims a serial number and returns "" for the words that makers
// leave in place of one.
func CleanSerial(s string) string {
	s = CleanText(s)
	switch strings.ToLower(strings.Trim(s, ". ")) {
	case "", "0", "none", "n/a", "na", "to be filled by o.e.m", "not specified", "default string",
		"system serial number", "not available", "unknown", "invalid", "empty", "chassis serial number", "oem":
		return ""
	}
	if len(s) > 2 && strings.Trim(strings.ToLower(s), string(strings.ToLower(s)[0])) == "" {
		return "" // XXXXXXXX, 00000000, 11111111
	}
	return s
}

// PlainID makes an ID of a name: without domain where that leaves a name, in
// lower case, with "-" for all that a pattern or a shell would take for its own.
func PlainID(name string) string {
	if short, _, ok := strings.Cut(name, "."); ok && strings.ContainsFunc(short, unicode.IsLetter) {
		name = short
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.' {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	return strings.Trim(name, "-")
}

// SwapUUID is an SMBIOS UUID, as NormaliseUUID writes it, with the bytes of its
// first three groups the other way round: Windows, hypervisors and firmware
// differ on their order (DMTF DSP0134, SMBIOS reference specification 2.6,
// 7.2.1). What is no UUID stays as it is.
func SwapUUID(uuid string) string {
	if len(uuid) != 36 {
		return uuid
	}
	b := []byte(uuid)
	for _, group := range [][2]int{{0, 8}, {9, 13}, {14, 18}} {
		for i, j := group[0], group[1]-2; i < j; i, j = i+2, j-2 {
			b[i], b[i+1], b[j], b[j+1] = b[j], b[j+1], b[i], b[i+1]
		}
	}
	return string(b)
}
