package inventory

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in a currency, such as "4200 EUR".
type Money struct {
	amount   float64
	currency string
}

// MakeMoney makes an amount in a currency named by its ISO 4217 code.
func MakeMoney(amount float64, currency string) Money { return Money{amount, currency} }

// Known tells whether the amount is known.
func (m Money) Known() bool { return m.currency != "" }

// IsZero tells whether the amount is unknown, so that files leave it out.
func (m Money) IsZero() bool { return m.currency == "" }

// Amount is the amount in its currency, 0 when unknown.
func (m Money) Amount() float64 { return m.amount }

// Currency is the ISO 4217 code, empty when unknown.
func (m Money) Currency() string { return m.currency }

// String is the amount with its currency, empty when unknown.
func (m Money) String() string {
	if !m.Known() {
		return ""
	}
	return strconv.FormatFloat(m.amount, 'f', -1, 64) + " " + m.currency
}

// MarshalText writes "4200 EUR".
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "4200 EUR", "4 200 €", "0,18 EUR".
func (m *Money) UnmarshalText(text []byte) error {
	number, currency := splitAmount(string(text))
	if currency == "€" {
		currency = "EUR"
	}
	if number == "" || !isCurrency(currency) {
		return fmt.Errorf("%q is not an amount with a currency, such as 4200 EUR", text)
	}
	v, err := parseNumber(number)
	if err != nil {
		return err
	}
	if v > maxAmount || v < -maxAmount {
		return fmt.Errorf("%q is too large", text)
	}
	m.amount, m.currency = v, currency
	return nil
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// Tariff is a price of electricity, such as "0.18 EUR/kWh".
type Tariff struct{ perKWh Money }

// PerKWh makes a tariff from the price of a kWh.
func PerKWh(price Money) Tariff { return Tariff{price} }

// Known tells whether the tariff is known.
func (t Tariff) Known() bool { return t.perKWh.Known() }

// IsZero tells whether the tariff is unknown, so that files leave it out.
func (t Tariff) IsZero() bool { return t.perKWh.IsZero() }

// PerKWh is the price of a kWh.
func (t Tariff) PerKWh() Money { return t.perKWh }

// String is the price with its unit, empty when unknown.
func (t Tariff) String() string {
	if !t.Known() {
		return ""
	}
	return t.perKWh.String() + "/kWh"
}

// MarshalText writes "0.18 EUR/kWh".
func (t Tariff) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads "0.18 EUR/kWh" or "180 EUR/MWh".
func (t *Tariff) UnmarshalText(text []byte) error {
	price, per, ok := strings.Cut(string(text), "/")
	var m Money
	if !ok || m.UnmarshalText([]byte(price)) != nil {
		return fmt.Errorf("%q is not a price of electricity, such as 0.18 EUR/kWh", text)
	}
	switch strings.TrimSpace(per) {
	case "kWh":
	case "MWh":
		m.amount /= 1000
	default:
		return fmt.Errorf("%q: electricity is priced per kWh or MWh", text)
	}
	t.perKWh = m
	return nil
}
