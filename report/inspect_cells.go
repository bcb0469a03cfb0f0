package report

import (
	"strings"

	"sobre/inventory/audit"
)

func (w *inspectWriter) countRows() [][]string {
	var rows [][]string
	for _, c := range w.audit.Counts {
		if len(c.Rows) == 1 && c.Rows[0].Name == "" {
			continue // nothing is known of it; the data section says so
		}
		all := 0
		for _, r := range c.Rows {
			all += r.N
		}
		by := w.words.By[c.By]
		for _, r := range c.Rows {
			name := r.Name
			if c.By == "support" {
				name = w.words.States[name]
			} else if word, ok := w.words.Rows[name]; ok {
				name = word
			}
			if name == "" {
				name = w.words.Unknown
			}
			rows = append(rows, []string{by, clean(name), w.count(r.N), w.Language.Number(100*ratio(float64(r.N), float64(all)), 0)})
			by = ""
		}
	}
	return rows
}

func (w *inspectWriter) useRows() [][]string {
	var rows [][]string
	for i := range w.audit.Use {
		d := &w.audit.Use[i]
		show := func(v *float64) string {
			if v == nil {
				return ""
			}
			return w.number(*v)
		}
		rows = append(rows, []string{w.words.Kinds[d.Of], strings.ToUpper(d.Resource[:1]) + d.Resource[1:], w.count(d.Measured+d.OneLook) + "/" + w.count(d.Machines),
			show(d.Median), show(d.P95), show(d.Max), Spark(d.Classes[:])})
		if d.Resource == "cpu" {
			rows[len(rows)-1][1] = "CPU"
		} else {
			rows[len(rows)-1][1] = w.words.Fields["memory"]
		}
	}
	return rows
}

func (w *inspectWriter) allottedRows() [][]string {
	var rows [][]string
	for _, a := range w.audit.Allotted {
		rows = append(rows, []string{clean(a.Cluster), w.count(a.Hosts), w.count(a.VMs), w.count(a.VCPUs), w.Language.Number(ratio(float64(a.VCPUs), float64(a.Cores)), 1),
			w.Language.Number(a.AllottedMiB/mibPerGiB, 0), w.Language.Number(a.MemoryMiB/mibPerGiB, 0), w.Language.Number(a.UsedMiB/mibPerGiB, 0)})
	}
	return rows
}

func (w *inspectWriter) idleRows() [][]string {
	var rows [][]string
	for _, i := range w.audit.Idle {
		kind, _, _ := strings.Cut(w.words.IdleKind[i.Kind].Of(w.Language, 1), "\x00")
		kind = strings.TrimSpace(strings.TrimPrefix(kind, "1"))
		rows = append(rows, []string{clean(i.ID), clean(i.Host), kind, w.sayAll(i.Evidence)})
	}
	return rows
}

func (w *inspectWriter) sayAll(sentences []string) string {
	said := make([]string, len(sentences))
	for i, s := range sentences {
		said[i] = clean(w.Language.Say(s))
	}
	return strings.Join(said, "; ")
}

func (w *inspectWriter) oversizedRows() [][]string {
	var rows [][]string
	for _, o := range w.audit.Oversized {
		better, memory := "", ""
		if o.BetterCPUs != o.VCPUs {
			better = w.count(o.BetterCPUs)
		}
		if o.BetterMiB != o.MemoryMiB {
			memory = w.Language.Figures(o.BetterMiB/mibPerGiB, 2)
		}
		rows = append(rows, []string{clean(o.ID), w.count(o.VCPUs), better, w.Language.Figures(o.MemoryMiB/mibPerGiB, 2), memory, o.Basis})
	}
	return rows
}

func (w *inspectWriter) candidateRows() [][]string {
	var rows [][]string
	for _, c := range w.audit.Candidates {
		var for_, against []string
		for _, r := range c.For {
			for_ = append(for_, w.Language.Say(r.What))
		}
		for _, r := range c.Against {
			text := w.words.Weights[string(r.Weight)] + w.words.Colon + w.Language.Say(r.What)
			if r.Weight == audit.Granted {
				text += " (" + r.Owner + ", → " + r.Until.String() + ")"
			}
			against = append(against, text)
		}
		rows = append(rows, []string{clean(c.ID), w.count(c.Score), w.words.Verdicts[string(c.Verdict)], clean(strings.Join(for_, "; ")), clean(strings.Join(against, "; "))})
	}
	return rows
}

func (w *inspectWriter) singleRows() [][]string {
	var rows [][]string
	for _, s := range w.audit.Single {
		names := few(s.Names, len(s.Names))
		if s.Workloads > len(s.Names) {
			names += " …"
		}
		rows = append(rows, []string{clean(w.Language.Say(s.What)), w.count(s.Workloads), clean(names)})
	}
	return rows
}

func (w *inspectWriter) storageRows() [][]string {
	var rows [][]string
	for _, s := range w.audit.Storage {
		rows = append(rows, []string{clean(w.Language.Say(s.What)), clean(w.Language.Say(s.Do))})
	}
	return rows
}

func (w *inspectWriter) qualityRows() [][]string {
	var rows [][]string
	blank := func(n int) string {
		if n == 0 {
			return ""
		}
		return w.count(n)
	}
	for _, q := range w.audit.Quality {
		of := w.words.Servers.Of(w.Language, q.Records)
		if q.Of == "workloads" {
			of = w.words.Workloads.Of(w.Language, q.Records)
		}
		rows = append(rows, []string{of, w.field(q.Field), w.Language.Number(100*ratio(float64(q.Present), float64(q.Records)), 0),
			blank(q.Stale), blank(q.Defaulted), blank(q.Conflicting), w.Language.Say(q.Matters)})
	}
	return rows
}
