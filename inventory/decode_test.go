package inventory_test

import (
	"bytes"
	"strings"
	"testing"

	"sobre/inventory"
)

const mulhouseLike = `version: 1
name: Ville de Mulhouse
collected: 2009-11-02
sites:
  - name: hotel-de-ville
    country: FR
    pue: 1.8
chassis:
  - id: enc-1
    model: c7000
    site: hotel-de-ville
    slots: 16
    power: {fixed: 180 W, per_module: 10 W}
hosts:
  - id: srv-012
    name: etatcivil
    role: standalone
    site: hotel-de-ville
    make: HP
    model: ProLiant DL380 G5
    serial: CZC7310XYZ
    year: 2007
    cpu: {model: Intel Xeon 5160, sockets: 2, cores: 4, threads: 4, clock: 3 GHz}
    memory: 8 GiB
    disk: 292 GiB
    power: {idle: 210 W, max: 320 W, points: [[0 %, 210 W], [100 %, 320 W]], metered: 1900 kWh/year}
    use: {cpu: {mean: 4 %, p95: 10 %, max: 45 %}}
    resources: {gpu: 1}
    from:
      - source: ocs
        at: srv-012.ocs
        line: 3
        fields: [name, memory]
workloads:
  - id: srv-012-os
    name: etatcivil
    kind: physical
    host: srv-012
    state: "on"
    os: Windows Server 2003
    service: État civil
    vcpus: 4
    memory: 8 GiB
    disk: 120 GiB
    use:
      cpu: {mean: 4 %, p95: 10 %, max: 45 %}
      memory: {p95: 3.1 GiB}
    profile:
      cpu: [2 %, 2 %, 1.5 GHz]
    pins:
      - kind: usb
        reason: dongle
    labels: {env: prod, lot: "1"}
    licences: [oracle-ee]
datastores:
  - id: san-1
    capacity: 4 TiB
    free: 1.1 TiB
    hosts: [esx-1, esx-2]
rules:
  - apart: [dc1, dc2]
    by: host
  - together: [web, cache]
  - only: [oracle-*]
    hosts: [esx-1, esx-2]
  - stay: [fax, dongle-*]
    reason: ISDN card
`

func TestEstateRoundTrip(t *testing.T) {
	estate, err := inventory.Decode[inventory.Estate](strings.NewReader(mulhouseLike), "estate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var yamlText bytes.Buffer
	if err := inventory.EncodeYAML(&yamlText, estate); err != nil {
		t.Fatal(err)
	}
	if yamlText.String() != mulhouseLike {
		t.Errorf("YAML changed on the way through:\n%s", yamlText.String())
	}
	var first, second bytes.Buffer
	if err := inventory.EncodeJSON(&first, estate); err != nil {
		t.Fatal(err)
	}
	again, err := inventory.Decode[inventory.Estate](bytes.NewReader(first.Bytes()), "estate.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := inventory.EncodeJSON(&second, again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("JSON changed on the way through")
	}
}

func TestDecodeErrorsNameThePlace(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown field", "version: 1\nhosts:\n  - id: a\n    memroy: 8 GiB\n", `f.yaml:4: hosts[0]: unknown field "memroy"; did you mean "memory"?`},
		{"no unit", "version: 1\nhosts:\n  - {id: a, memory: 8}\n", `f.yaml:3: hosts[0].memory: "8" needs a unit`},
		{"unknown unit", "hosts: [{id: a, memory: 8 Gib}]", `unknown unit "Gib"`},
		{"ambiguous comma", "hosts: [{id: a, memory: \"1,024 MiB\"}]", "is ambiguous: write 1024 or 1.024"},
		{"unknown word", "hosts:\n- {id: a, role: hypervizor}", `did you mean "hypervisor"?`},
		{"doubled field", "hosts:\n- id: a\n  id: b\n", `field "id" stands twice`},
		{"alias", "hosts:\n- &x {id: a}\n- *x\n", "aliases (*x) are not supported"},
		{"list for fields", "hosts:\n- [a]\n", "f.yaml:2: hosts[0]: fields (name: value) are expected here"},
		{"text for number", "hosts:\n- {id: a, year: soon}\n", `hosts[0].year: "soon" is not a whole number`},
		{"bad power point", "hosts:\n- {id: a, power: {points: [[1 %]]}}\n", "not 1 values"},
		{"broken JSON", "{\"version\": 1,\n \"hostz\": []}", `f.yaml:2: unknown field "hostz"; did you mean "hosts"?`},
		{"empty", "", "f.yaml: the file is empty"},
		{"bad date", "collected: 02/11/2009\n", "is not a date such as 2009-11-02"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := inventory.Decode[inventory.Estate](strings.NewReader(tt.text), "f.yaml")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v does not say %q", err, tt.want)
			}
		})
	}
}

func FuzzDecodeEstate(f *testing.F) {
	f.Add(mulhouseLike)
	f.Add(`{"version": 1, "hosts": [{"id": "a", "power": {"points": [["0 %", "1 W"]]}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		estate, err := inventory.Decode[inventory.Estate](strings.NewReader(text), "fuzz")
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := inventory.EncodeYAML(&first, estate); err != nil {
			t.Fatal(err)
		}
		again, err := inventory.Decode[inventory.Estate](bytes.NewReader(first.Bytes()), "fuzz")
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, first.String())
		}
		if err := inventory.EncodeYAML(&second, again); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("not the same again:\n%s\n%s", first.String(), second.String())
		}
	})
}
