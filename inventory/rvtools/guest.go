package rvtools

import (
	"fmt"
	"strconv"
	"strings"

	"sobre/inventory"
)

// running tells whether figures of use mean anything: those of a VM that is
// off are 0, which is no measurement.
func running(w *inventory.Workload) bool { return w.State == inventory.On }

// conflict is a figure that two sheets give differently.
type conflict struct {
	n, line   int
	name      string
	here, not string
	at        string
}

// cpu takes in one row of vCPU.
func (b *builder) cpu(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	w := &b.workloads[n]
	var gave []string
	if v, known := t.amount(fOverall); known && running(w) {
		w.Use.CPU.Now = inventory.MHzLevel(v)
		gave = append(gave, "use.cpu")
	}
	if v, known := t.amount(fReservation); known && v > 0 {
		w.CPUReservation = inventory.MHz(v)
		gave = append(gave, "cpu_reservation")
	}
	if v, known := t.number(fLimit); known && v > 0 {
		b.label(w, "cpu_limit", inventory.MHz(v).String())
	}
	switch cpus := t.count(fCPUs); {
	case cpus == 0:
	case w.VCPUs == 0:
		w.VCPUs = cpus
		gave = append(gave, "vcpus")
	case cpus != w.VCPUs:
		s.differs(t, "vCPUs", w.Name, strconv.Itoa(w.VCPUs), strconv.Itoa(cpus))
	}
	b.gave(w, t, gave)
}

// memory takes in one row of vMemory.
func (b *builder) memory(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	w := &b.workloads[n]
	var gave []string
	size := t.size(fMemory)
	switch {
	case !size.Known() || size.MiB() == 0:
	case !w.Memory.Known():
		w.Memory = size
		gave = append(gave, "memory")
	case size != w.Memory:
		s.differs(t, "memory", w.Name, w.Memory.String(), size.String())
	}
	if v, known := t.amount(fConsumed); known && running(w) {
		w.Use.Memory.Now = inventory.MiBLevel(v)
		gave = append(gave, "use.memory")
	}
	if v, known := t.amount(fReservation); known && v > 0 {
		w.MemoryReservation = inventory.MiB(v)
		gave = append(gave, "memory_reservation")
	}
	if v, known := t.number(fLimit); known && v > 0 {
		b.label(w, "memory_limit", inventory.MiB(v).String())
	}
	if t.flag(fLocked) {
		b.pin(w, inventory.PinReservation, "all memory is reserved and locked")
		gave = append(gave, "pins")
	}
	b.gave(w, t, gave)
}

// partition takes in one row of vPartition: a file system seen from inside.
func (b *builder) partition(s *scope, t *table) {
	n := b.vm(s, t)
	if n < 0 {
		return
	}
	used, known := t.amount(fConsumed)
	if !known {
		capacity, ok := t.amount(fCapacity)
		free, ok2 := t.amount(fFree)
		if !ok || !ok2 || free > capacity {
			return
		}
		used = capacity - free
	}
	b.vms[n].partitions += used
	if w := &b.workloads[n]; !w.DiskUsed.Known() {
		b.gave(w, t, []string{"disk_used"})
	}
}

// tools takes in one row of vTools: whether the guest can be seen from inside.
func (b *builder) tools(s *scope, t *table) {
	if n := b.vm(s, t); n >= 0 {
		if state := t.text(fTools); state != "" && state != "toolsOk" {
			b.label(&b.workloads[n], "tools", state)
		}
	}
}

// gave notes which fields of a workload a row gave, once per sheet.
func (b *builder) gave(w *inventory.Workload, t *table, fields []string) {
	if len(fields) == 0 {
		return
	}
	o := b.origin(t, fields...)
	for _, f := range w.From {
		if f.At == o.At && f.Source == o.Source && strings.Join(f.Fields, " ") == strings.Join(fields, " ") {
			return
		}
	}
	w.From = append(w.From, o)
}

func (b *builder) label(w *inventory.Workload, key, value string) {
	if w.Labels == nil {
		w.Labels = map[string]string{}
	}
	if _, taken := w.Labels[key]; !taken {
		w.Labels[key] = value
	}
}

// maxPins bounds what one workload can be made to carry.
const maxPins = 64

func (b *builder) pin(w *inventory.Workload, kind inventory.PinKind, reason string) {
	p := inventory.Pin{Kind: kind, Reason: reason}
	for _, q := range w.Pins {
		if q == p {
			return
		}
	}
	if len(w.Pins) < maxPins {
		w.Pins = append(w.Pins, p)
	}
}

// differs counts figures that vInfo, which wins, and another sheet disagree on.
func (s *scope) differs(t *table, figure, name, not, here string) {
	key := t.at + " " + figure
	c := s.conflicts[key]
	if c == nil {
		c = &conflict{line: t.rec.line, name: name, here: here, not: not, at: t.at}
		s.conflicts[key] = c
	}
	c.n++
}

// closeScope says what did not join within one export.
func (b *builder) closeScope(s *scope) {
	for key, c := range s.conflicts {
		_, figure, _ := strings.Cut(key, " ")
		b.notes.add(inventory.Finding{
			Code: "figures-differ", Severity: inventory.Warning, Source: s.source.ID, At: c.at, Line: c.line,
			What: fmt.Sprintf("%s of %d VMs differ between vInfo, which is used, and this sheet; the first is %s: %s there, %s here",
				figure, c.n, c.name, c.not, c.here),
			Do:     "export all sheets in one run",
			Values: map[string]string{"figure": figure, "count": strconv.Itoa(c.n), "name": c.name, "used": c.not, "other": c.here},
		})
	}
	for at, n := range s.unjoined {
		b.notes.add(inventory.Finding{
			Code: "row-unjoined", Severity: inventory.Warning, Source: s.source.ID, At: at,
			What:   fmt.Sprintf("%d rows are about VMs that vInfo does not have, or has several of by that name: not used", n),
			Values: map[string]string{"count": strconv.Itoa(n)},
		})
	}
}
