package wording

import (
	"regexp"
	"strings"
)

// Spaces that a line does not break at.
const (
	noBreak = "\u00a0" // before a colon, inside guillemets, before a unit
	narrow  = "\u202f" // before ; ! ? and %, between thousands
)

// The places that typography changes. Sources: Imprimerie nationale, Lexique
// des règles typographiques en usage, 2002 (spaces before signs, guillemets);
// BIPM, The International System of Units, 2019, §5.4.3 (a space between number
// and unit, which a line does not break at).
var (
	apostrophe  = regexp.MustCompile(`(\pL)'(\pL)`)
	beforeSign  = regexp.MustCompile(`[ \x{00a0}]([;!?]|%[^s]|%$)`)
	beforeColon = regexp.MustCompile(` :`)
	quoted      = regexp.MustCompile(`« ?([^»]*?) ?»`)
	minus       = regexp.MustCompile(`(^|[ (])-([0-9])`)
	thousands   = regexp.MustCompile(`([0-9])\x{00a0}([0-9]{3})`)
	beforeUnit  = regexp.MustCompile(`([0-9%s]) (kWh|MWh|tCO2e|kgCO2e|gCO2e|t|kg|kW|W|GiB|Gio|TiB|Tio|EUR|kEUR|h|min|ans?|mois|years?|months?|days?|jours?)\b`)
	percentSign = regexp.MustCompile(`([0-9s]) %`)
)

// Typeset gives a text of our own the spaces and signs that print asks for in
// the language: narrow no-break spaces before high signs and within numbers in
// French, round apostrophes, units that stay with their number, CO₂ with its
// subscript, minus signs for hyphens. It is not for names, which are shown as they are.
func (l *Language) Typeset(text string) string {
	text = apostrophe.ReplaceAllString(text, "$1’$2")
	text = strings.ReplaceAll(text, "CO2", "CO₂")
	text = minus.ReplaceAllString(text, "$1−$2")
	text = beforeUnit.ReplaceAllString(text, "$1"+noBreak+"$2")
	text = strings.ReplaceAll(text, " €", noBreak+"€")
	if l.Code != "fr" {
		return percentSign.ReplaceAllString(text, "$1"+noBreak+"%")
	}
	text = quoted.ReplaceAllString(text, "«"+noBreak+"$1"+noBreak+"»")
	text = beforeSign.ReplaceAllString(text, narrow+"$1")
	text = beforeColon.ReplaceAllString(text, noBreak+":")
	return thousands.ReplaceAllString(text, "$1"+narrow+"$2")
}
