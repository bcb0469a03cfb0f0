package mask_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sobre/inventory"
	"sobre/inventory/mask"
)

// town is an estate with every sort of name in it.
func town() *inventory.Estate {
	from := []inventory.Origin{{Source: "vc-mairie", At: "exports/SRV-PAIE.xml", Line: 3, Method: "read on srv-paie.mairie.example"}, {Source: "vc-mairie", Fields: []string{"datastores.baie-nord"}}}
	return &inventory.Estate{
		Version: 1, Name: "Ville de Sanspareil", Collected: inventory.Date{},
		Sources:  []inventory.Source{{ID: "vc-mairie", Kind: "vsphere", Path: "https://vcenter.mairie.example", Tool: "vCenter 7.0 of vcenter.mairie.example"}},
		Sites:    []inventory.Site{{Name: "Hôtel de ville", Country: "FR"}},
		Chassis:  []inventory.Chassis{{ID: "enclos-1", Serial: "GB8706XYZ", Site: "Hôtel de ville"}},
		Clusters: []inventory.Cluster{{ID: "grappe-a", Name: "Grappe A", Site: "Hôtel de ville"}},
		Pools:    []inventory.Pool{{ID: "bassin", Cluster: "grappe-a"}},
		Hosts: []inventory.Host{{
			ID: "esx-alpha", Name: "esx-alpha.mairie.example", Role: inventory.Hypervisor, Site: "Hôtel de ville", Cluster: "grappe-a", Chassis: "enclos-1", Make: "HP", Model: "ProLiant DL380 G5",
			Serial: "CZC7310XYZ", UUID: "4211babd-0000-1111-2222-333344445501", Device: "esx-alpha-2026-01-01-00-00-00", MACs: []string{"00:17:a4:aa:bb:cc"},
			Owner: "Jeanne Weiss", Labels: map[string]string{"lot": "1", "salle": "sous-sol ouest"}, From: from,
		}},
		Workloads: []inventory.Workload{
			{ID: "srv-paie", Name: "SRV-PAIE", Host: "esx-alpha", Kind: inventory.VM, Cluster: "grappe-a", Pool: "bassin", Service: "Ressources humaines", UUID: "4211babd-0000-1111-2222-333344445502",
				Datastores: []string{"baie-nord"}, Pins: []inventory.Pin{{Kind: inventory.PinUSB, Reason: "dongle Sage of M. Muller"}}, Labels: map[string]string{"env": "prod"}, Licences: []string{"oracle-ee"}, From: from},
			{ID: "web", Name: "web", Host: "esx-alpha", Kind: inventory.VM, From: from},
		},
		Datastores: []inventory.Datastore{{ID: "baie-nord", Hosts: []string{"esx-alpha"}}},
		Rules:      []inventory.Rule{{Name: "paie seule", Apart: []string{"srv-*", "WEB"}, Reason: "audit de M. Muller"}, {Only: []string{"web"}, Hosts: []string{"ProLiant*", "esx-*"}}},
		Findings: []inventory.Finding{
			{Code: "identity-shared", Subject: "srv-paie", What: "workloads srv-paie and old-paie-2 have the same SMBIOS UUID", Do: "ask SRV-PAIE", Source: "vc-mairie", At: "exports/SRV-PAIE.xml",
				Values: map[string]string{"id": "srv-paie", "other": "old-paie-2", "uuid": "4211babd-0000-1111-2222-333344445502"}},
			{Code: "row-unmatched", What: "the inventory has no machine PC-DUPONT CZX99", Values: map[string]string{"name": "PC-DUPONT", "serial": "CZX99"}},
			{Code: "document-unreadable", What: "cannot be read: open /home/muller/paie/x.xml: at 10.68.3.14", Values: map[string]string{"cause": "open /home/muller/paie/x.xml: at 10.68.3.14"}},
			{Code: "memory-unknown", What: "the memory of host esx-alpha is unknown: nothing can be placed on it", Values: map[string]string{"id": "esx-alpha"}},
		},
	}
}

// secrets are what must not be found in what is shown to others.
var secrets = []string{"sanspareil", "mairie", "hôtel", "enclos", "GB8706", "grappe", "bassin", "alpha", "CZC7310", "4211babd", "00:17:a4", "weiss", "sous-sol", "paie", "humaines",
	"baie-nord", "sage", "muller", "dupont", "CZX99", "10.68.3.14", "vcenter.", "web"}

func key(t testing.TB) *mask.Key {
	t.Helper()
	k, err := mask.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := inventory.EncodeJSON(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMaskedEstateLeaksNothing(t *testing.T) {
	e := town()
	before := jsonOf(t, e)
	masked := mask.New(key(t), e).Estate()
	text := jsonOf(t, masked)
	for _, s := range secrets {
		if at := strings.Index(strings.ToLower(text), strings.ToLower(s)); at >= 0 {
			t.Errorf("%q is still there: …%s…", s, text[max(0, at-60):min(len(text), at+60)])
		}
	}
	if after := jsonOf(t, e); after != before {
		t.Errorf("masking changed the estate itself:\n%s", cmp.Diff(before, after))
	}
	for _, kept := range []string{"ProLiant DL380 G5", "oracle-ee", `"lot": "1"`, `"env": "prod"`, "is unknown: nothing can be placed on it"} {
		if !strings.Contains(text, kept) {
			t.Errorf("%q is gone", kept)
		}
	}
	if findings := masked.Check(); len(findings) != len(e.Check()) {
		t.Errorf("references are broken: %+v", findings)
	}
}

// TestUnmaskBringsBack masks what has no patterns and no sentences, which become
// other words, and brings every byte back.
func TestUnmaskBringsBack(t *testing.T) {
	e, k := town(), key(t)
	e.Findings, e.Rules, e.Sources[0].Tool = nil, nil, ""
	for i := range e.Hosts {
		e.Hosts[i].From = nil
	}
	for i := range e.Workloads {
		e.Workloads[i].From = nil
	}
	out, known, unknown := k.Unmask([]byte(jsonOf(t, mask.New(k, e).Estate())))
	if diff := cmp.Diff(jsonOf(t, e), string(out)); diff != "" || known == 0 || unknown != 0 {
		t.Errorf("%d known, %d not (-before +after):\n%s", known, unknown, diff)
	}
	k.Tokens["host-7"] = `a"<b>`
	for text, want := range map[string]string{`{"x": "host-7"}`: `{"x": "a\"<b>"}`, "<td>host-7</td>": "<td>a&#34;&lt;b&gt;</td>", "host-7 and host-77": `a"<b> and host-77`} {
		if got, _, _ := k.Unmask([]byte(text)); string(got) != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

// TestTokensKeepOrderAndStay masks two estates with one key: names of both have
// one token, and all tokens sort as the names do.
func TestTokensKeepOrderAndStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, err := mask.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-cA-C0-9.-]{1,5}`), 2, 30, func(s string) string { return s })
		first, second := names.Draw(t, "first"), names.Draw(t, "second")
		token := map[string]string{}
		for _, list := range [][]string{first, second} {
			e := &inventory.Estate{}
			for _, n := range list {
				e.Hosts = append(e.Hosts, inventory.Host{ID: n})
			}
			for i, h := range mask.New(k, e).Estate().Hosts {
				if old := token[list[i]]; old != "" && old != h.ID {
					t.Fatalf("%s was %s and is %s", list[i], old, h.ID)
				}
				token[list[i]] = h.ID
			}
		}
		var all []string
		for n := range token {
			all = append(all, n)
		}
		slices.Sort(all)
		for i := range all[1:] {
			if token[all[i]] >= token[all[i+1]] {
				t.Fatalf("%s < %s, but %s ≥ %s", all[i], all[i+1], token[all[i]], token[all[i+1]])
			}
		}
	})
}

// TestMaskedInventoriesStillMerge holds that both byte orders of a UUID stay so.
func TestMaskedInventoriesStillMerge(t *testing.T) {
	k, u := key(t), "4211babd-0000-1111-2222-333344445501"
	of := func(uuid string) string {
		e := &inventory.Estate{Hosts: []inventory.Host{{ID: "a", UUID: uuid, Serial: "CZ1"}}}
		return mask.New(k, e).Estate().Hosts[0].UUID
	}
	if a, b := of(u), of(inventory.SwapUUID(u)); a != inventory.SwapUUID(b) || a == u || inventory.NormaliseUUID(a) != a {
		t.Errorf("%s and %s", a, b)
	}
}

func TestKeysAreChecked(t *testing.T) {
	for _, bad := range []mask.Key{{Version: 2, Secret: strings.Repeat("00", 32)}, {Version: 1, Secret: "xyz"}, {Version: 1, Secret: "00"}} {
		if bad.Check() == nil {
			t.Errorf("%+v passes", bad)
		}
	}
	if err := key(t).Check(); err != nil {
		t.Error(err)
	}
}

// FuzzText holds that no sentence breaks the masking, and that a name of the
// estate is never left in one.
func FuzzText(f *testing.F) {
	f.Add("host esx-alpha is \xff\x00 at /home/x@10.0.0.1:22")
	k := key(f)
	m := mask.New(k, town())
	f.Fuzz(func(t *testing.T, s string) {
		if got := m.Text("the host " + s + " esx-alpha fails"); strings.Contains(got, " esx-alpha ") {
			t.Errorf("%q", got)
		}
		k.Unmask([]byte(s))
	})
}
