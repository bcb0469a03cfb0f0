package carbon

import (
	"slices"

	"sobre/inventory"
)

// Point is the power a host draws at a load.
type Point struct {
	Load  float64 `json:"load" yaml:"load"`   // 0 to 1 of its throughput
	Watts float64 `json:"watts" yaml:"watts"` // at the wall plug
}

// Curve is the power of a host over its load, straight between its points.
type Curve struct {
	Points     []Point    `json:"points" yaml:"points"` // from load 0 to load 1, rising
	Rung       Rung       `json:"rung" yaml:"rung"`
	GSD        float64    `json:"gsd" yaml:"gsd"`               // geometric standard deviation of the watts
	Assumption Assumption `json:"assumption" yaml:"assumption"` // hosts with the same one share half of the error
}

// At is the power in W at a load; loads outside 0 to 1 count as the nearer end.
func (c Curve) At(load float64) float64 {
	p := c.Points
	if len(p) == 0 {
		return 0
	}
	if load <= p[0].Load {
		return p[0].Watts
	}
	for i := 1; i < len(p); i++ {
		if load <= p[i].Load {
			a, b := p[i-1], p[i]
			return a.Watts + (b.Watts-a.Watts)*(load-a.Load)/(b.Load-a.Load)
		}
	}
	return p[len(p)-1].Watts
}

// Idle is the power in W without load.
func (c Curve) Idle() float64 { return c.At(0) }

// Max is the power in W at full load.
func (c Curve) Max() float64 { return c.At(1) }

// scaled multiplies the watts of a curve.
func (c Curve) scaled(k float64) Curve {
	c.Points = slices.Clone(c.Points)
	for i := range c.Points {
		c.Points[i].Watts *= k
	}
	return c
}

// curveOf makes a curve of watts at the knots.
func curveOf(watts knotWatts) Curve {
	var c Curve
	for k, load := range knots {
		c.Points = append(c.Points, Point{load, watts[k]})
	}
	return c
}

// givenCurve makes a curve of what estate or catalogue give: points, else idle
// and max. What they leave out is filled in with the shape that hosts of the
// same year have, because a straight line from idle to max is 17 % too low at
// 10 % load on servers since 2017.
func givenCurve(p inventory.HostPower, shape Curve) (Curve, bool) {
	points := givenPoints(p)
	if len(points) == 0 {
		return Curve{}, false
	}
	if len(points) == 1 {
		return shape.scaled(points[0].Watts / shape.At(points[0].Load)), true
	}
	first, last := points[0], points[len(points)-1]
	var c Curve
	if first.Load > 0 {
		c.Points = append(c.Points, Point{0, first.Watts * shape.Idle() / shape.At(first.Load)})
	}
	if len(points) == 2 && first.Load == 0 && last.Load == 1 {
		return between(shape, first.Watts, last.Watts), true
	}
	c.Points = append(c.Points, points...)
	if last.Load < 1 {
		k := last.Watts / shape.At(last.Load)
		for _, s := range shape.Points {
			if s.Load > last.Load {
				c.Points = append(c.Points, Point{s.Load, s.Watts * k})
			}
		}
	}
	return c, true
}

// givenPoints merges points, idle and max by rising load, each load once.
func givenPoints(p inventory.HostPower) []Point {
	var points []Point
	for _, q := range p.Points {
		if load := q.Load.Fraction(); load >= 0 && load <= 1 && q.Power.Watts() > 0 {
			points = append(points, Point{load, q.Power.Watts()})
		}
	}
	if p.Idle.Watts() > 0 {
		points = append(points, Point{0, p.Idle.Watts()})
	}
	if p.Max.Watts() > 0 {
		points = append(points, Point{1, p.Max.Watts()})
	}
	slices.SortStableFunc(points, func(a, b Point) int {
		switch {
		case a.Load < b.Load:
			return -1
		case a.Load > b.Load:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(points, func(a, b Point) bool { return a.Load == b.Load })
}

// between bends a straight line from idle to max as shape bends.
func between(shape Curve, idle, max float64) Curve {
	span := shape.Max() - shape.Idle()
	var c Curve
	for _, s := range shape.Points {
		share := s.Load
		if span > 0 {
			share = (s.Watts - shape.Idle()) / span
		}
		c.Points = append(c.Points, Point{s.Load, idle + (max-idle)*share})
	}
	return c
}
