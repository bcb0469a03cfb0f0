package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"sobre/report/document"
)

// series is one line of the data of a chart.
type series struct {
	name   string
	values []float64
	colour string // empty: not drawn, it only holds up the next one
}

// plot is a chart by its numbers.
type plot struct {
	kind   excelize.ChartType
	labels []string
	series []series
	unit   string
}

// Where a chart and its data stand.
const (
	chartRows  = 20
	dataColumn = 12 // L: beside the chart
)

// chart draws a chart with the program's own means, its data beside it.
func (s *sheet) chart(c *document.Chart) {
	p, ok := s.plot(c.Drawing)
	if !ok || len(p.labels) == 0 {
		return
	}
	s.line(c.Title, style{bold: true})
	if c.Summary != "" {
		s.line(c.Summary, style{muted: true, size: 9})
	}
	top := s.row
	s.cell(dataColumn, p.unit, style{head: true})
	for i, x := range p.series {
		s.cell(dataColumn+1+i, x.name, style{head: true})
	}
	for r, label := range p.labels {
		s.row = top + 1 + r
		s.cell(dataColumn, label, style{})
		for i, x := range p.series {
			s.cell(dataColumn+1+i, x.values[r], style{number: `#,##0.##`})
		}
	}
	s.check(s.f.AddChart(s.name, fmt.Sprintf("A%d", top), s.picture(p, top)))
	s.row = max(top+chartRows, top+len(p.labels)+2)
}

// picture is the chart over the data that begins at a row.
func (s *sheet) picture(p plot, top int) *excelize.Chart {
	ref := func(column, from, to int) string {
		letter, err := excelize.ColumnNumberToName(column)
		s.check(err)
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(s.name), letter, from, letter, to)
	}
	c := &excelize.Chart{
		Type: p.kind, Dimension: excelize.ChartDimension{Width: 720, Height: 320}, Legend: excelize.ChartLegend{Position: "bottom"},
		YAxis: excelize.ChartAxis{Font: axisFont(), MajorGridLines: true, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: p.unit}}}},
		XAxis: excelize.ChartAxis{Font: axisFont(), ReverseOrder: p.kind == excelize.Bar || p.kind == excelize.BarStacked},
	}
	if len(p.series) == 1 {
		c.Legend.Position = "none"
	}
	last := top + len(p.labels)
	for i, x := range p.series {
		column := dataColumn + 1 + i
		one := excelize.ChartSeries{Name: ref(column, top, top), Categories: ref(dataColumn, top+1, last), Values: ref(column, top+1, last)}
		if x.colour != "" {
			one.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{x.colour}}
			one.Line = excelize.LineOptions{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{x.colour}}, Width: 2}
		} else {
			one.Fill = excelize.Fill{Type: "pattern", Pattern: 0}
			one.Line = excelize.LineOptions{Type: excelize.LineNone}
		}
		c.Series = append(c.Series, one)
	}
	return c
}

func axisFont() excelize.Font { return excelize.Font{Color: ink, Size: 9} }

// plot turns a drawing into series; the racks have none, their table has all.
func (s *sheet) plot(d document.Drawing) (plot, bool) {
	w := s.Words
	switch d := d.(type) {
	case *document.Room:
		return s.roomPlot(d), true
	case *document.Bars:
		p := plot{kind: excelize.Bar, series: []series{{name: w.Before, colour: before}, {name: w.After, colour: after}}}
		for _, b := range d.Items {
			p.labels = append(p.labels, b.Label+", "+b.Unit)
			p.series[0].values = append(p.series[0].values, b.Before.Best)
			p.series[1].values = append(p.series[1].values, b.After.Best)
		}
		return p, true
	case *document.Columns:
		p := plot{kind: excelize.Col, unit: d.Unit, series: []series{{name: d.Unit, colour: after}}}
		for _, i := range d.Items {
			p.labels = append(p.labels, i.Label)
			p.series[0].values = append(p.series[0].values, i.Value)
		}
		return p, true
	case *document.Tornado:
		p := plot{kind: excelize.Bar, unit: d.Unit, series: []series{{name: w.Low, colour: before}, {name: w.High, colour: after}}}
		for _, i := range d.Items {
			p.labels = append(p.labels, i.Label)
			p.series[0].values = append(p.series[0].values, min(i.Low, i.High))
			p.series[1].values = append(p.series[1].values, max(i.Low, i.High))
		}
		return p, true
	case *document.Curve:
		p := plot{kind: excelize.Line, unit: d.Unit, series: []series{{name: w.Low, colour: faint}, {name: w.Best, colour: after}, {name: w.High, colour: faint}}}
		for _, q := range d.Points {
			p.labels = append(p.labels, q.Label)
			p.series[0].values = append(p.series[0].values, q.Value.Low)
			p.series[1].values = append(p.series[1].values, q.Value.Best)
			p.series[2].values = append(p.series[2].values, q.Value.High)
		}
		return p, true
	case *document.Gantt:
		p := plot{kind: excelize.BarStacked, unit: d.Unit, series: []series{{name: w.Start}, {name: w.Length, colour: after}}}
		for _, r := range d.Rows {
			p.labels = append(p.labels, r.Label)
			p.series[0].values = append(p.series[0].values, r.Start)
			p.series[1].values = append(p.series[1].values, r.End-r.Start)
		}
		return p, true
	}
	return plot{}, false
}

// roomPlot counts the hosts before and after by what becomes of them.
func (s *sheet) roomPlot(d *document.Room) plot {
	w := s.Words
	p := plot{kind: excelize.BarStacked, unit: w.Hosts, labels: []string{w.Before, w.After}, series: []series{
		{name: w.Kept, colour: after}, {name: w.Bought, colour: "2B59C3"}, {name: w.Spare, colour: "A35C07"}, {name: w.Retired, colour: "A33A3A"},
	}}
	order := []document.State{document.Kept, document.Bought, document.Spare, document.Retired}
	for side, groups := range [][]document.Group{d.Before, d.After} {
		count := map[document.State]float64{}
		for _, g := range groups {
			for _, h := range g.Hosts {
				count[h.State]++
			}
		}
		if side == 1 {
			count[document.Retired] = 0 // they are gone
		}
		for i, state := range order {
			p.series[i].values = append(p.series[i].values, count[state])
		}
	}
	return p
}
