package ocs

import (
	"strings"

	"sobre/inventory"
)

// devices finds what ties a system to its metal: copy-protection dongles and
// telephone boards, which have no counterpart in a virtual machine.
func (m *machine) devices(d *document) {
	for _, s := range d.sections["USBDEVICES"] {
		name := deviceName(s, "CAPTION", "NAME", "DESCRIPTION", "MANUFACTURER")
		if anyOf(name, "hasp", "sentinel", "dongle", "wibu", "codemeter", "rainbow technologies", "safenet", "aladdin") {
			m.pin(inventory.PinUSB, name)
		}
	}
	for _, kind := range []string{"CONTROLLERS", "MODEMS"} {
		for _, s := range d.sections[kind] {
			name := deviceName(s, "NAME", "CAPTION", "DESCRIPTION", "MANUFACTURER", "MODEL")
			if anyOf(name, "isdn", "rnis", "diva", "brooktrout", "dialogic", "gammalink", "faxboard", "fax board") {
				m.pin(inventory.PinPassthrough, name)
			}
		}
	}
}

func (m *machine) pin(kind inventory.PinKind, reason string) {
	for _, p := range m.pins {
		if p.Reason == reason {
			return
		}
	}
	m.pins = append(m.pins, inventory.Pin{Kind: kind, Reason: reason})
}

func deviceName(s section, names ...string) string {
	var parts []string
	for _, n := range names {
		if v := inventory.CleanText(s.get(n)); v != "" && !strings.Contains(strings.Join(parts, " "), v) {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " ")
}

func anyOf(text string, words ...string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
