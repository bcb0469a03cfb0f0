package vsphere_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sobre/inventory"

	"github.com/google/go-cmp/cmp"
)

// TestHistory reads a week of means over half an hour.
func TestHistory(t *testing.T) {
	o := account(vcenter(t).URL.Host)
	o.History, o.Zone = 7*24*time.Hour, time.FixedZone("two hours east", 2*3600)
	e := collect(t, o)
	got := workloadByID(t, e, "web")
	want := inventory.Use{
		CPU: inventory.Stat{
			Now:  inventory.MHzLevel(400),
			Mean: inventory.MHzLevel(1150), P50: inventory.MHzLevel(1100), P90: inventory.MHzLevel(2100), P95: inventory.MHzLevel(2200),
			P99: inventory.MHzLevel(2300), Max: inventory.MHzLevel(2300), Samples: 288, Days: 6, Rollup: "30 min mean", Coverage: inventory.Percent(100),
		},
		Memory: inventory.Stat{
			Now: inventory.MiBLevel(6000), Mean: inventory.MiBLevel(4096), P50: inventory.MiBLevel(4096), P90: inventory.MiBLevel(4096),
			P95: inventory.MiBLevel(4096), P99: inventory.MiBLevel(4096), Max: inventory.MiBLevel(4096), Samples: 336, Days: 7, Rollup: "30 min mean", Coverage: inventory.Percent(100),
		},
	}
	if diff := cmp.Diff(want, got.Use, exact); diff != "" {
		t.Errorf("use of web (-want +got):\n%s", diff)
	}
	// 40 % of one of four vCPUs; the network tells nothing.
	if got.Labels["cpu_ready_p95"] != "10 %" || got.Labels["disk_p95"] != "12 MB/s" || got.Labels["network_p95"] != "" {
		t.Errorf("web has the labels %v", got.Labels)
	}
	if !hasFinding(e, "cpu-ready-high") {
		t.Error("nothing says that VMs wait for a processor")
	}
	if len(got.Profile.CPU) != 24 || len(got.Profile.Memory) != 24 {
		t.Fatalf("the profile of web has %d and %d hours", len(got.Profile.CPU), len(got.Profile.Memory))
	}
	for hour, level := range got.Profile.CPU {
		if want := inventory.MHzLevel(float64(100 * ((hour + 22) % 24))); level != want { // 0 h UTC is 2 h there
			t.Errorf("hour %d: %v, want %v", hour, level, want)
		}
	}
	if h := hostByID(t, e, "esx1"); h.Use.CPU.P95 != inventory.MHzLevel(2200) || h.Use.CPU.Now != inventory.MHzLevel(5100) || h.Power.Mean != inventory.Watts(210) {
		t.Errorf("esx1 uses %+v, %v", h.Use.CPU, h.Power)
	}
	for _, id := range []string{"asleep", "lost", "stopped"} {
		if w := workloadByID(t, e, id); !w.Use.IsZero() {
			t.Errorf("%s does not run, but has a use: %+v", id, w.Use)
		}
	}
	if i := slices.IndexFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == "percentile-of-means" }); i < 0 || e.Findings[i].Values["seconds"] != "1800" {
		t.Error("nothing says what the percentiles are made of")
	}
}

// TestHistoryIntervals asks for spans that the server keeps in different detail.
func TestHistoryIntervals(t *testing.T) {
	s := vcenter(t)
	for _, c := range []struct {
		days    int
		rollup  string
		profile int
	}{
		{1, "5 min mean", 24}, {7, "30 min mean", 24}, {30, "2 h mean", 24}, {365, "1 day mean", 0}, {3650, "1 day mean", 0},
	} {
		o := account(s.URL.Host)
		o.History, o.Zone = time.Duration(c.days)*24*time.Hour, time.UTC
		w := workloadByID(t, collect(t, o), "web")
		if w.Use.CPU.Rollup != c.rollup || len(w.Profile.CPU) != c.profile {
			t.Errorf("%d days: one %q, profile of %d hours; want %q, %d", c.days, w.Use.CPU.Rollup, len(w.Profile.CPU), c.rollup, c.profile)
		}
	}
}

// TestNoHistory asks a server that has nothing to tell.
func TestNoHistory(t *testing.T) {
	p := newProxy(t, small(t))
	p.response = func(method, answer string) string {
		if method == "QueryPerf" {
			answer = regexp.MustCompile(`(?s)<returnval.*</returnval>`).ReplaceAllString(answer, "")
		}
		return answer
	}
	o := account(p.URL)
	o.History = 24 * time.Hour
	e := collect(t, o)
	if i := slices.IndexFunc(e.Findings, func(f inventory.Finding) bool { return f.Code == "history-missing" }); i < 0 {
		t.Error("nothing says that there is no history")
	}
}

// TestHistoryLimit refuses more than 64 series in one question, as a vCenter
// before 6.5 does.
func TestHistoryLimit(t *testing.T) {
	p := newProxy(t, vcenter(t))
	refused := 0
	p.request = func(method, body string) (int, string) {
		if n := strings.Count(body, "<metricId>"); method == "QueryPerf" && n > 64 {
			refused++
			return http.StatusInternalServerError, fault("RestrictedByAdministrator", fmt.Sprintf("<details>%d</details>", n))
		}
		return 0, ""
	}
	o := account(p.URL)
	o.History = 7 * 24 * time.Hour
	e := collect(t, o)
	if refused == 0 {
		t.Fatal("nothing was refused")
	}
	for _, w := range e.Workloads {
		if running := w.State == inventory.On && w.Class != inventory.Orphan; w.Use.CPU.P95.Known() != running {
			t.Errorf("%s (%s): use %+v", w.ID, w.State, w.Use.CPU)
		}
		if len(w.Profile.CPU) > 0 {
			t.Errorf("%s has a profile, although no time zone was given", w.ID)
		}
	}
}
