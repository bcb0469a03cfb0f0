package report

import (
	"fmt"
	"strings"

	"sobre/inventory/audit"
)

const mibPerGiB, mibPerTiB = 1024, 1024 * 1024

func (w *inspectWriter) allotted() {
	if len(w.audit.Allotted) == 0 {
		return
	}
	a, l := w.audit.Allotted[0], w.Language
	parts := []string{fmt.Sprintf(w.words.PerCore, w.count(a.VCPUs), l.Number(ratio(float64(a.VCPUs), float64(a.Cores)), 1))}
	if a.UsedCPUs > 0 {
		parts = append(parts, fmt.Sprintf(w.words.BusyVCPUs, w.count(int(a.UsedVCPUs+0.5))))
	}
	if a.MemoryMiB > 0 {
		parts = append(parts, fmt.Sprintf(w.words.MemoryOf, l.Number(a.AllottedMiB/mibPerGiB, 0), l.Number(a.MemoryMiB/mibPerGiB, 0), l.Number(100*ratio(a.AllottedMiB, a.MemoryMiB), 0)))
	}
	if a.UsedMemory > 0 {
		parts = append(parts, fmt.Sprintf(w.words.MemoryUsed, l.Number(a.UsedMiB/mibPerGiB, 0)))
	}
	w.row(w.words.Allotted, strings.Join(parts, " · "), 2)
	parts = nil
	if a.DiskMiB > 0 {
		parts = append(parts, fmt.Sprintf(w.words.DiskOf, l.Figures(a.DiskMiB/mibPerTiB, 2), l.Figures(a.UsedDiskMiB/mibPerTiB, 2)))
	}
	if a.StorageMiB > 0 {
		parts = append(parts, fmt.Sprintf(w.words.StorageOf, l.Figures(a.StorageMiB/mibPerTiB, 2), l.Figures(a.StorageFreeMiB/mibPerTiB, 2)))
	}
	if len(parts) > 0 {
		w.row(w.words.Storage, strings.Join(parts, " · "), 2)
	}
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func (w *inspectWriter) idle() {
	var parts, names []string
	for _, kind := range []string{"zombie", "idle", "stale", "off"} {
		n := 0
		for _, i := range w.audit.Idle {
			if i.Kind == kind {
				n++
				names = append(names, clean(strings.TrimSuffix(i.ID, "-os")))
			}
		}
		if n > 0 {
			parts = append(parts, w.words.IdleKind[kind].Of(w.Language, n))
		}
	}
	if len(parts) == 0 {
		w.row(w.words.Idle, w.words.NothingIdle, 1)
		return
	}
	w.row(w.words.Idle, strings.Join(parts, ", ")+w.words.Colon+few(names, 3), 1)
}

// few names some and says that there are more.
func few(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " …"
	}
	return strings.Join(names, ", ")
}

func (w *inspectWriter) oversized() {
	if len(w.audit.Oversized) == 0 {
		return
	}
	vcpus, mib := 0, 0.0
	for _, o := range w.audit.Oversized {
		vcpus += o.VCPUs - o.BetterCPUs
		mib += o.MemoryMiB - o.BetterMiB
	}
	text := w.words.OversizedN.Of(w.Language, len(w.audit.Oversized)) + w.words.Colon + fmt.Sprintf(w.words.GiveBack, w.count(vcpus), w.Language.Number(mib/mibPerGiB, 0))
	w.row(w.words.Oversized, text, 1)
}

func (w *inspectWriter) candidates() {
	if len(w.audit.Candidates) == 0 {
		return
	}
	n := verdicts(w.audit)
	var parts []string
	for _, v := range []audit.Verdict{audit.Ready, audit.ToFix, audit.Blocked} {
		if n[v] == 0 {
			continue
		}
		text := w.count(n[v]) + " " + w.words.Verdicts[string(v)]
		if v != audit.Ready {
			text += w.words.Colon + w.worst(v)
		}
		parts = append(parts, text)
	}
	w.row(w.words.Candidates, strings.Join(parts, " · "), 2)
}

// worst names the first candidates of a verdict with what keeps them.
func (w *inspectWriter) worst(v audit.Verdict) string {
	var names []string
	for _, c := range w.audit.Candidates {
		if c.Verdict != v {
			continue
		}
		name := clean(c.ID)
		if v == audit.Blocked {
			for _, r := range c.Against {
				if r.Weight == audit.Blocker {
					name += " (" + clean(w.Language.Say(r.What)) + ")"
					break
				}
			}
		}
		names = append(names, name)
	}
	return few(names, 3)
}

func (w *inspectWriter) single() {
	if len(w.audit.Single) == 0 {
		return
	}
	text := w.words.SingleN.Of(w.Language, len(w.audit.Single)) + w.words.Colon + w.Language.Say(w.audit.Single[0].What)
	w.row(w.words.Single, clean(text), 1)
}

func (w *inspectWriter) storage() {
	if len(w.audit.Storage) > 0 {
		w.row(w.words.Storage, clean(w.Language.Say(w.audit.Storage[0].What)), 1)
	}
}

// data names the fields that are known of fewest machines.
func (w *inspectWriter) data() {
	var parts []string
	defaulted, conflicting, stale := 0, 0, 0
	for _, q := range w.audit.Quality {
		defaulted += q.Defaulted
		conflicting += q.Conflicting
		stale = max(stale, q.Stale)
		if share := 100 * q.Present / q.Records; share < 100 {
			parts = append(parts, fmt.Sprintf(w.words.FieldKnown, w.field(q.Field), w.count(share)))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, w.words.AllKnown)
	}
	text := strings.Join(parts, ", ")
	if defaulted > 0 {
		text += " · " + w.words.Defaulted.Of(w.Language, defaulted)
	}
	if conflicting > 0 {
		text += " · " + w.words.Conflicting.Of(w.Language, conflicting)
	}
	if stale > 0 {
		text += " · " + w.words.Stale.Of(w.Language, stale)
	}
	w.row(w.words.Data, text, 2)
}

func (w *inspectWriter) field(name string) string {
	if word, ok := w.words.Fields[name]; ok {
		return word
	}
	return name
}

func (w *inspectWriter) cannot() {
	var parts []string
	for _, what := range w.audit.Cannot {
		text, _, _ := strings.Cut(w.Language.Say(what), w.words.Colon)
		parts = append(parts, text)
	}
	if len(parts) > 0 {
		w.row(w.words.Cannot, strings.Join(parts, " · "), 2)
	}
}
