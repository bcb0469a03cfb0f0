package plan

import (
	"reflect"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
)

// CarbonPolicy is how electricity and manufacture are counted.
type CarbonPolicy struct {
	Country string              `yaml:"country,omitempty" json:"country,omitzero"` // where a host's site names none
	Method  Method              `yaml:"method,omitempty" json:"method,omitzero"`
	Factor  inventory.Intensity `yaml:"factor,omitempty" json:"factor,omitzero"` // overrides the country's
	Year    int                 `yaml:"year,omitempty" json:"year,omitzero"`     // of the country's factor; absent: the most recent
	// Contract is the factor of the electricity contract, for the market-based
	// figure beside the location-based one.
	Contract inventory.Intensity `yaml:"contract,omitempty" json:"contract,omitzero"`
	// GridChange is by how much the factor changes a year over the horizon: -3 %.
	GridChange inventory.Share `yaml:"grid_change,omitempty" json:"grid_change,omitzero"`
	PUE        float64         `yaml:"pue,omitempty" json:"pue,omitzero"` // where a host's site has none
	// FixedShare is the part of the room's overhead that does not follow the IT
	// load; absent: 20 to 70 %, most likely 40 %. 0 % is a constant PUE.
	FixedShare inventory.Share `yaml:"fixed_share,omitempty" json:"fixed_share,omitzero"`
	Horizon    inventory.Span  `yaml:"horizon,omitempty" json:"horizon,omitzero"`
	WUE        float64         `yaml:"wue,omitempty" json:"wue,omitzero"`               // water, litres per kWh of IT (ISO/IEC 30134-9)
	HeatReuse  inventory.Share `yaml:"heat_reuse,omitempty" json:"heat_reuse,omitzero"` // of the room's energy, used as heat elsewhere (ERF, ISO/IEC 30134-6)
	// HeatingShare is the part of the IT's heat that warms the building over a
	// year, and Heating the emissions of a kWh of heat that makes up for it.
	HeatingShare inventory.Share     `yaml:"heating_share,omitempty" json:"heating_share,omitzero"`
	Heating      inventory.Intensity `yaml:"heating,omitempty" json:"heating,omitzero"`
	// Rebound is by how much work grows because there is room, for a
	// sensitivity; absent: 20 %.
	Rebound inventory.Share `yaml:"rebound,omitempty" json:"rebound,omitzero"`
}

// IsZero tells whether nothing is set.
func (p CarbonPolicy) IsZero() bool { return p == CarbonPolicy{} }

// Method is the accounting method of electricity (GHG Protocol Scope 2).
type Method string

// The methods.
const (
	Location Method = "location" // the mix of the grid
	Market   Method = "market"   // the contract, whose factor must be given
)

// UnmarshalText reads a method and names the nearest to what it does not know.
func (m *Method) UnmarshalText(text []byte) error {
	return inventory.OneOf(m, text, Location, Market)
}

// CostPolicy is what money is counted with. All amounts are in one currency.
type CostPolicy struct {
	Electricity inventory.Tariff `yaml:"electricity,omitempty" json:"electricity,omitzero"`
	// Assumed tells that Electricity is the program's default and not anybody's
	// tariff: the figures of money then have its doubt too.
	Assumed  bool            `yaml:"assumed,omitempty" json:"assumed,omitzero"`
	Rise     inventory.Share `yaml:"rise,omitempty" json:"rise,omitzero"`         // of the tariff, a year
	Discount inventory.Share `yaml:"discount,omitempty" json:"discount,omitzero"` // rate of future money
	Horizon  inventory.Span  `yaml:"horizon,omitempty" json:"horizon,omitzero"`   // absent: that of carbon
	// Maintenance is the yearly contract as a part of the price of a host or
	// enclosure, for those whose price is known.
	Maintenance  inventory.Share `yaml:"maintenance,omitempty" json:"maintenance,omitzero"`
	RackUnit     inventory.Money `yaml:"rack_unit,omitempty" json:"rack_unit,omitzero"`       // a rack unit (U) a year
	Decommission inventory.Money `yaml:"decommission,omitempty" json:"decommission,omitzero"` // once for each host retired
	Licences     []cost.Licence  `yaml:"licences,omitempty" json:"licences,omitempty"`        // what software costs and how it is counted
}

// IsZero tells whether nothing is set.
func (p CostPolicy) IsZero() bool { return reflect.ValueOf(p).IsZero() }

// CarbonSettings is what the carbon room counts an estate with: the policy and
// the machine rooms. A site that names no country is in that of the policy,
// else in that of the first site that names one.
func (p Policy) CarbonSettings(sites []inventory.Site) carbon.Settings {
	c := p.Carbon
	s := carbon.Settings{
		Country: c.Country, Year: c.Year, Method: carbon.Method(c.Method), Factor: c.Factor, Contract: c.Contract,
		PUE: c.PUE, FixedShare: c.FixedShare, Water: c.WUE, Reuse: c.HeatReuse,
		Heating: carbon.Heating{Share: c.HeatingShare, Factor: c.Heating}, Rebound: c.Rebound, Horizon: c.Horizon.Years(),
	}
	for _, site := range sites {
		s.Sites = append(s.Sites, carbon.Site{Name: site.Name, Country: site.Country, PUE: site.PUE})
		if s.Country == "" {
			s.Country = site.Country
		}
	}
	return s
}

// defaultTariff is the price of electricity where the policy has none.
func defaultTariff() inventory.Tariff {
	return inventory.PerKWh(inventory.MakeMoney(cost.DefaultTariff, "EUR"))
}

// CostSettings is what the cost room counts money with.
func (p Policy) CostSettings() cost.Settings {
	c := p.Cost
	horizon := c.Horizon.Years()
	if horizon == 0 {
		horizon = p.Carbon.Horizon.Years()
	}
	return cost.Settings{
		Electricity: c.Electricity, Assumed: c.Assumed && c.Electricity == defaultTariff(), Rise: c.Rise, Discount: c.Discount, Horizon: horizon, Maintenance: c.Maintenance,
		RackUnit: c.RackUnit, Decommission: c.Decommission, Licences: c.Licences,
	}
}
