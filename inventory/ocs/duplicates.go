package ocs

import (
	"cmp"
	"slices"
	"strings"

	"sobre/inventory"
)

// unique drops documents of a machine that another document describes too,
// keeping the newest: after a re-installation the agent calls itself by a new
// DEVICEID and the server keeps both. The machines come back sorted by name.
func unique(machines []*machine) (kept []*machine, dropped []inventory.Finding) {
	slices.SortFunc(machines, newestFirst)
	byKey := map[string]*machine{}
	for _, m := range machines {
		twin := known(byKey, m)
		if twin != nil && !m.isSame(twin) {
			dropped = append(dropped, identityShared(m, twin))
			twin = nil
		}
		owner := m
		if twin != nil {
			owner = twin
			dropped = append(dropped, machineTwice(m, twin))
		} else {
			kept = append(kept, m)
		}
		for _, k := range m.keys() {
			if byKey[k] == nil {
				byKey[k] = owner
			}
		}
	}
	slices.SortFunc(kept, byName)
	return kept, dropped
}

func known(byKey map[string]*machine, m *machine) *machine {
	for _, k := range m.keys() {
		if twin := byKey[k]; twin != nil {
			return twin
		}
	}
	return nil
}

// keys are what identifies a machine, surest first. A serial number counts only
// with its maker and model, as makers number on their own; a name never does.
func (m *machine) keys() []string {
	var keys []string
	if m.uuid != "" {
		keys = append(keys, "uuid "+m.uuid)
	}
	if m.serial != "" && m.make != "" && m.model != "" {
		keys = append(keys, strings.ToLower("serial "+m.make+"\x00"+m.model+"\x00"+m.serial))
	}
	if m.deviceID != "" {
		keys = append(keys, "device "+m.deviceID)
	}
	return keys
}

// isSame tells whether a machine that shares a key with another is that
// machine. One key is not enough: makers ship boards with one UUID for all,
// serial numbers are mistyped, guests are copied. Two of UUID, serial number
// and name must agree, or the whole DEVICEID.
func (m *machine) isSame(o *machine) bool {
	if m.deviceID != "" && m.deviceID == o.deviceID {
		return true
	}
	agree := 0
	if m.uuid != "" && (m.uuid == o.uuid || m.uuid == inventory.SwapUUID(o.uuid)) {
		agree++
	}
	// The serial number of a VMware guest is its UUID once more.
	if m.serial != "" && m.serial == o.serial && !strings.HasPrefix(m.serial, "VMware-") {
		agree++
	}
	if inventory.PlainID(m.name) == inventory.PlainID(o.name) {
		agree++
	}
	return agree >= 2
}

func newestFirst(a, b *machine) int {
	return cmp.Or(
		b.date().Time().Compare(a.date().Time()),
		b.enrolled.Time().Compare(a.enrolled.Time()),
		byName(a, b),
	)
}

// date is the best that is known of how old a document is.
func (m *machine) date() inventory.Date {
	if m.seen.Known() {
		return m.seen
	}
	return m.enrolled
}

// byName is a total order that does not depend on the order of the paths.
func byName(a, b *machine) int {
	return cmp.Or(
		strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)),
		strings.Compare(a.uuid, b.uuid), strings.Compare(a.serial, b.serial), strings.Compare(a.deviceID, b.deviceID),
		strings.Compare(a.file.shown, b.file.shown), strings.Compare(a.sha256, b.sha256), cmp.Compare(a.line, b.line),
	)
}

func machineTwice(old, kept *machine) inventory.Finding {
	return inventory.Finding{
		Code: "machine-twice", Severity: inventory.Note, At: old.file.shown, Line: old.line, Source: sourceID(old.file.source),
		What:   "describes the same machine as " + kept.file.shown + ", which is newer: left out",
		Do:     "merge the two in OCS",
		Values: map[string]string{"name": kept.name, "kept": kept.file.shown},
	}
}

func identityShared(m, twin *machine) inventory.Finding {
	return inventory.Finding{
		Code: "identity-shared", Severity: inventory.Warning, At: m.file.shown, Line: m.line, Source: sourceID(m.file.source),
		What:   m.name + " has the UUID or serial number of " + twin.name + " but agrees with it in nothing else: both kept",
		Do:     "check whether they are one machine; if not, give one a UUID of its own",
		Values: map[string]string{"name": m.name, "other": twin.name},
	}
}
