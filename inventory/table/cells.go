package table

import (
	"cmp"
	"encoding"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sobre/inventory"
)

// cellReader turns the cells of a row into values.
type cellReader struct {
	table    *inventory.CSV
	mapping  *Mapping
	register *Register
	columns  map[string]int
	line     inventory.CSVRow
	epoch    time.Time // day 0 of the dates of a workbook; zero for a CSV
}

// row reads one row; it tells false for one that names no machine.
func (c *cellReader) row(line inventory.CSVRow) (row, bool) {
	c.line = line
	r := row{
		line: line.Line, serial: inventory.CleanSerial(c.text("serial")), name: c.text("name"), uuid: inventory.NormaliseUUID(c.text("uuid")),
	}
	if r.serial == "" && r.name == "" && r.uuid == "" {
		c.register.find(line.Line, inventory.Finding{Code: "row-without-machine", Severity: inventory.Note, What: "the row has neither serial number nor name: left out"})
		return r, false
	}
	r.site, r.chassis, r.service, r.owner = c.text("site"), c.text("chassis"), c.text("service"), c.text("owner")
	r.maker, r.model, r.os = c.text("make"), c.text("model"), c.text("os")
	r.purchased, r.maintained = c.date("purchased"), c.date("maintained")
	r.price = c.price()
	r.kind, r.host, r.state = c.text("kind"), c.text("host"), c.text("state")
	r.cpu.Model = c.text("cpu_model")
	r.cpu.Sockets, r.cpu.Cores, r.cpu.Threads = c.count("sockets"), c.count("cores"), c.count("threads")
	r.year, r.vcpus = c.year(), c.count("vcpus")
	c.quantity("disk_used", "GiB", &r.diskUsed)
	c.quantity("clock", "MHz", &r.cpu.Clock)
	c.quantity("memory", "GiB", &r.memory)
	c.quantity("disk", "GiB", &r.disk)
	c.quantity("idle", "W", &r.power.Idle)
	c.quantity("max", "W", &r.power.Max)
	c.quantity("metered", "kWh/year", &r.power.Metered)
	r.labels = map[string]string{}
	for _, l := range slices.Sorted(maps.Keys(c.mapping.Labels)) {
		if v := c.text("label " + l); v != "" {
			r.labels[l] = v
		}
	}
	return r, true
}

// text is the cell of a field; a formula is no value and is refused.
func (c *cellReader) text(field string) string {
	column, ok := c.columns[field]
	if !ok {
		return ""
	}
	cell := c.line.Cell(column)
	if inventory.IsFormula(cell) {
		c.bad(field, cell, "cell-formula", "is a formula, not a value")
		return ""
	}
	return cell
}

func (c *cellReader) bad(field, cell, code, why string) {
	c.register.find(c.line.Line, inventory.Finding{
		Code: code, Severity: inventory.Warning, What: field + " " + strconv.Quote(cell) + " " + why + ": taken as unknown",
		Do: "correct the register", Values: map[string]string{"field": field, "value": cell},
	})
}

// date reads 15/03/2006, 15.03.2006, 15/03/06 or 2006-03-15, with or without a
// time behind.
func (c *cellReader) date(field string) inventory.Date {
	cell := c.text(field)
	if cell == "" {
		return inventory.Date{}
	}
	if days, err := strconv.ParseFloat(cell, 64); err == nil && !c.epoch.IsZero() && days > minSerialDay && days < maxSerialDay {
		return inventory.MakeDate(c.epoch.AddDate(0, 0, int(days)))
	}
	day, _, _ := strings.Cut(strings.ReplaceAll(strings.NewReplacer(".", "/", "-", "/").Replace(cell), "T", " "), " ")
	layouts := []string{"2006/1/2", "2/1/2006", "2/1/06"}
	if c.mapping.Dates == "month first" {
		layouts = []string{"2006/1/2", "1/2/2006", "1/2/06"}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, day); err == nil && t.Year() >= 1970 && t.Year() < 2200 {
			return inventory.MakeDate(t)
		}
	}
	c.bad(field, cell, "cell-unreadable", "is not a date such as 15/03/2006")
	return inventory.Date{}
}

// Days that a workbook counts from its epoch: 1970 to 2200.
const (
	minSerialDay = 24_000
	maxSerialDay = 109_600
)

// year is the year of manufacture or purchase.
func (c *cellReader) year() int {
	cell := c.text("year")
	if cell == "" {
		return 0
	}
	v, err := strconv.Atoi(strings.TrimSuffix(cell, ".0"))
	if err != nil || v < 1970 || v > 2200 {
		c.bad("year", cell, "cell-unreadable", "is not a year")
		return 0
	}
	return v
}

func (c *cellReader) price() inventory.Money {
	cell := c.text("price")
	if cell == "" {
		return inventory.Money{}
	}
	currency := cmp.Or(c.mapping.Currency, "EUR")
	number := strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(cell, "€"), currency))
	v, ok := c.table.Number(number)
	if !ok || v < 0 {
		c.bad("price", cell, "cell-unreadable", "is not a price")
		return inventory.Money{}
	}
	return inventory.MakeMoney(v, currency)
}

// maxCount is more sockets or cores than any host has.
const maxCount = 1 << 16

func (c *cellReader) count(field string) int {
	cell := c.text(field)
	if cell == "" {
		return 0
	}
	v, ok := c.table.Number(cell)
	if !ok || v < 0 || v > maxCount || v != float64(int(v)) {
		c.bad(field, cell, "cell-unreadable", "is not a count")
		return 0
	}
	return int(v) // 0 is no count of a machine either: unknown
}

// quantity reads a number with its unit; a bare one has the unit that the
// mapping gives, or unit.
func (c *cellReader) quantity(field, unit string, into interface {
	encoding.TextUnmarshaler
	Value() float64
}) {
	cell := c.text(field)
	if cell == "" {
		return
	}
	text := cell
	if v, ok := c.table.Number(cell); ok {
		text = strconv.FormatFloat(v, 'f', -1, 64) + " " + cmp.Or(c.mapping.Units[field], unit)
	}
	if err := into.UnmarshalText([]byte(text)); err != nil || into.Value() < 0 {
		c.bad(field, cell, "cell-unreadable", "is not an amount with a unit, such as 16 "+unit)
	}
}
