package inventory_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sobre/inventory"

	"github.com/google/go-cmp/cmp"
)

// soundEstate is an estate that Check has nothing to say about.
const soundEstate = `version: 1
sites: [{name: town, pue: 1.6}]
chassis: [{id: enc-1, site: town, slots: 16}]
clusters: [{id: prod, site: town}]
pools: [{id: web, cluster: prod}, {id: sub, cluster: prod, parent: web}]
hosts:
  - {id: esx1, cluster: prod, chassis: enc-1, slot: 1, model: BL460c, memory: 64 GiB, cpu: {sockets: 2, cores: 8, threads: 16, clock: 2.7 GHz}, power: {idle: 100 W, max: 250 W}, year: 2012, use: {cpu: {now: 10 %}, memory: {now: 50 %}}}
  - {id: esx2, cluster: prod, chassis: enc-1, slot: 2, model: BL460c, memory: 64 GiB}
workloads:
  - {id: web1, host: esx1, cluster: prod, pool: sub, uuid: u1, datastores: [san], vcpus: 2, memory: 4 GiB, disk: 40 GiB, use: {cpu: {now: 300 MHz}}}
  - {id: web2, name: Site, host: esx2, cluster: prod, uuid: u2, vcpus: 2, memory: 4 GiB, use: {cpu: {now: 110 %}}}
datastores: [{id: san, capacity: 4 TiB, free: 1 TiB, hosts: [esx1, esx2]}]
rules:
  - {apart: ["web*"]}
  - {only: [SITE], hosts: [bl460*]}
`

func TestCheck(t *testing.T) {
	tests := []struct {
		name, from, to string // what to change in the sound estate
		want           []string
	}{
		{"sound", "", "", nil},
		{"host twice", "{id: esx2", "{id: esx1", []string{"id-twice esx1", "host-unknown san", "host-unknown web2"}},
		{"workload without ID", "{id: web2, name", "{name", []string{"id-missing "}},
		{"chassis twice", "chassis: [{id: enc-1, site: town, slots: 16}]", "chassis: [{id: enc-1, slots: 16}, {id: enc-1, slots: 16}]", []string{"id-twice enc-1"}},
		{"one UUID", "u2", "u1", []string{"identity-shared web2"}},
		{"no such site", "[{id: prod, site: town}]", "[{id: prod, site: city}]", []string{"site-unknown prod"}},
		{"no such chassis", "chassis: enc-1, slot: 2", "chassis: enc-2, slot: 2", []string{"chassis-unknown esx2"}},
		{"no such cluster", "host: esx2, cluster: prod", "host: esx2, cluster: test", []string{"cluster-unknown web2"}},
		{"no such pool", "parent: web", "parent: top", []string{"pool-unknown sub"}},
		{"no such datastore", "datastores: [san]", "datastores: [nas]", []string{"datastore-unknown web1"}},
		{"no such host", "host: esx1", "host: esx7", []string{"host-unknown web1"}},
		{"no host of a datastore", "hosts: [esx1, esx2]", "hosts: [esx1, esx3]", []string{"host-unknown san"}},
		{"no memory", "model: BL460c, memory: 64 GiB}", "model: BL460c}", []string{"memory-unknown esx2"}},
		{"no memory, but off", "model: BL460c, memory: 64 GiB}", `model: BL460c, state: "off"}`, nil},
		{"memory of 0", "model: BL460c, memory: 64 GiB}", "model: BL460c, memory: 0 GiB}", []string{"memory-absurd esx2"}},
		{"negative memory", "vcpus: 2, memory: 4 GiB, use", "vcpus: 2, memory: -4 GiB, use", []string{"memory-absurd web2"}},
		{"bytes for MiB", "memory: 64 GiB, cpu", "memory: 64000000 GiB, cpu", []string{"memory-absurd esx1"}},
		{"more sockets than cores", "sockets: 2, cores: 8", "sockets: 16, cores: 8", []string{"cpu-absurd esx1"}},
		{"negative cores", "cores: 8", "cores: -8", []string{"cpu-absurd esx1"}},
		{"vCPUs", "vcpus: 2, memory: 4 GiB, disk", "vcpus: 2000000, memory: 4 GiB, disk", []string{"cpu-absurd web1"}},
		{"clock in Hz", "clock: 2.7 GHz", "clock: 2700000 GHz", []string{"clock-absurd esx1"}},
		{"negative disk", "disk: 40 GiB", "disk: -1 GiB", []string{"disk-absurd web1"}},
		{"negative free space", "free: 1 TiB", "free: -1 TiB", []string{"disk-absurd san"}},
		{"idle above max", "idle: 100 W", "idle: 300 W", []string{"power-absurd esx1"}},
		{"year", "year: 2012", "year: 12", []string{"year-absurd esx1"}},
		{"PUE", "pue: 1.6", "pue: 0.6", []string{"pue-absurd town"}},
		{"memory use", "memory: {now: 50 %}", "memory: {now: 5000 %}", []string{"use-absurd esx1"}},
		{"negative use", "now: 300 MHz", "now: -300 MHz", []string{"use-absurd web1"}},
		{"one slot for two", "slot: 2", "slot: 1", []string{"slot-twice esx2"}},
		{"no such slot", "slot: 2", "slot: 17", []string{"slot-absurd esx2"}},
		{"rule for nobody", `["web*"]`, `["web*", mail, "db?"]`, []string{"rule-matches-nothing rule 1", "rule-matches-nothing rule 1"}},
		{"rule for no host", "[bl460*]", "[bl490*]", []string{"rule-matches-nothing rule 2"}},
		{"rule without hosts", ", hosts: [bl460*]", "", []string{"rule-unclear rule 2"}},
		{"rule of two minds", `{apart: ["web*"]}`, `{apart: ["web*"], together: [web1]}`, []string{"rule-unclear rule 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(soundEstate, tt.from) {
				t.Fatalf("the estate has no %q", tt.from)
			}
			text := soundEstate
			if tt.from != "" {
				text = strings.Replace(text, tt.from, tt.to, 1)
			}
			e, err := inventory.Decode[inventory.Estate](strings.NewReader(text), "estate.yaml")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range e.Check() {
				got = append(got, f.Code+" "+f.Subject)
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckCountsWhatItDoesNotList(t *testing.T) {
	e := &inventory.Estate{}
	for i := range 1000 {
		e.Workloads = append(e.Workloads, inventory.Workload{ID: fmt.Sprint("vm", i), Host: "gone"})
	}
	found := e.Check()
	if len(found) != 101 || found[100].Values["more"] != "900" {
		t.Errorf("%d findings, the last %+v; want 100 and one for 900 more", len(found), found[len(found)-1])
	}
}
