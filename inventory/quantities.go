package inventory

// Size is an amount of memory or disk; its base unit is the MiB.
type Size struct{ quantity[sizeUnits] }

// MiB makes a known size.
func MiB(v float64) Size { return Size{quantity[sizeUnits]{v, true}} }

// GiB makes a known size.
func GiB(v float64) Size { return MiB(v * 1024) }

// MiB is the size in MiB, 0 when unknown.
func (s Size) MiB() float64 { return s.value }

type sizeUnits struct{}

const (
	mebi = 1024 * 1024.0
	mega = 1e6
)

func (sizeUnits) units() []unit {
	return []unit{
		{name: "MiB", factor: 1, shown: true, aliases: []string{"Mio"}},
		{name: "B", factor: 1 / mebi, shown: true, aliases: []string{"o"}},
		{name: "KiB", factor: 1.0 / 1024, aliases: []string{"Kio"}},
		{name: "GiB", factor: 1024, shown: true, aliases: []string{"Gio"}},
		{name: "TiB", factor: 1024 * 1024, shown: true, aliases: []string{"Tio"}},
		{name: "PiB", factor: 1024 * 1024 * 1024, aliases: []string{"Pio"}},
		// Decimal units mean what they say: 1 GB is 10⁹ bytes.
		{name: "kB", factor: 1e3 / mebi, aliases: []string{"KB", "ko", "Ko"}},
		{name: "MB", factor: mega / mebi, aliases: []string{"Mo"}},
		{name: "GB", factor: 1e9 / mebi, aliases: []string{"Go"}},
		{name: "TB", factor: 1e12 / mebi, aliases: []string{"To"}},
		{name: "PB", factor: 1e15 / mebi, aliases: []string{"Po"}},
	}
}

// Frequency is a clock rate or an amount of CPU work in cycles a second; its
// base unit is the MHz.
type Frequency struct{ quantity[frequencyUnits] }

// MHz makes a known frequency.
func MHz(v float64) Frequency { return Frequency{quantity[frequencyUnits]{v, true}} }

// MHz is the frequency in MHz, 0 when unknown.
func (f Frequency) MHz() float64 { return f.value }

type frequencyUnits struct{}

func (frequencyUnits) units() []unit {
	return []unit{
		{name: "MHz", factor: 1, shown: true},
		{name: "GHz", factor: 1000, shown: true},
		{name: "THz", factor: 1e6},
	}
}

// Power is electric power; its base unit is the watt.
type Power struct{ quantity[powerUnits] }

// Watts makes a known power.
func Watts(v float64) Power { return Power{quantity[powerUnits]{v, true}} }

// Watts is the power in W, 0 when unknown.
func (p Power) Watts() float64 { return p.value }

type powerUnits struct{}

func (powerUnits) units() []unit {
	return []unit{{name: "W", factor: 1, shown: true}, {name: "kW", factor: 1000, shown: true}}
}

// YearlyEnergy is energy over a year; its base unit is the kWh/year.
type YearlyEnergy struct{ quantity[yearlyEnergyUnits] }

// KWhPerYear makes a known yearly energy.
func KWhPerYear(v float64) YearlyEnergy { return YearlyEnergy{quantity[yearlyEnergyUnits]{v, true}} }

// KWh is the energy in kWh a year, 0 when unknown.
func (e YearlyEnergy) KWh() float64 { return e.value }

type yearlyEnergyUnits struct{}

func (yearlyEnergyUnits) units() []unit {
	return []unit{
		{name: "kWh/year", factor: 1, shown: true, aliases: []string{"kWh/an", "kWh/y"}},
		{name: "MWh/year", factor: 1000, aliases: []string{"MWh/an", "MWh/y"}},
	}
}

// Share is a part of a whole; its base unit is the percent.
type Share struct{ quantity[shareUnits] }

// Percent makes a known share.
func Percent(v float64) Share { return Share{quantity[shareUnits]{v, true}} }

// Fraction is the share of 1: 0.1 for 10 %; 0 when unknown.
func (s Share) Fraction() float64 { return s.value / 100 }

type shareUnits struct{}

func (shareUnits) units() []unit { return []unit{{name: "%", factor: 1, shown: true}} }

// Mass is a mass, of CO2 equivalent where it is an emission; its base unit is the kg.
type Mass struct{ quantity[massUnits] }

// Kilograms makes a known mass.
func Kilograms(v float64) Mass { return Mass{quantity[massUnits]{v, true}} }

// Kg is the mass in kg, 0 when unknown.
func (m Mass) Kg() float64 { return m.value }

type massUnits struct{}

func (massUnits) units() []unit {
	return []unit{{name: "kg", factor: 1, shown: true}, {name: "g", factor: 1e-3}, {name: "t", factor: 1000, shown: true}}
}

// Intensity is emission per energy; its base unit is the gCO2e/kWh.
type Intensity struct{ quantity[intensityUnits] }

// GramsPerKWh makes a known intensity.
func GramsPerKWh(v float64) Intensity { return Intensity{quantity[intensityUnits]{v, true}} }

// GramsPerKWh is the intensity in gCO2e/kWh, 0 when unknown.
func (i Intensity) GramsPerKWh() float64 { return i.value }

type intensityUnits struct{}

func (intensityUnits) units() []unit {
	return []unit{
		{name: "g/kWh", factor: 1, shown: true, aliases: []string{"gCO2e/kWh", "gCO2/kWh", "kg/MWh"}},
		{name: "kg/kWh", factor: 1000, aliases: []string{"kgCO2e/kWh"}},
	}
}

// Span is a duration in years.
type Span struct{ quantity[spanUnits] }

// Years makes a known span.
func Years(v float64) Span { return Span{quantity[spanUnits]{v, true}} }

// Years is the span in years, 0 when unknown.
func (s Span) Years() float64 { return s.value }

type spanUnits struct{}

func (spanUnits) units() []unit {
	return []unit{
		{name: "years", factor: 1, shown: true, aliases: []string{"year", "an", "ans", "y"}},
		{name: "months", factor: 1.0 / 12, aliases: []string{"month", "mois"}},
	}
}
