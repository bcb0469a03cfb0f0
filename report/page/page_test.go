package page_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/plan"
	"sobre/report/document"
	"sobre/report/page"
	"sobre/report/town"
	"sobre/wording"
)

var update = flag.Bool("update", false, "write the golden files anew")

func pageOf(t testing.TB, l *wording.Language, p *plan.Plan) string {
	t.Helper()
	var out bytes.Buffer
	if err := page.Write(&out, document.Compose(document.Input{Language: l, Plan: p, Path: "plan.json"})); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestPage holds the page to its goldens, without the style and the script,
// which are files of their own.
func TestPage(t *testing.T) {
	inside := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|sha256-(?:[A-Za-z0-9/=+]|&#43;)*`)
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		got := inside.ReplaceAllString(pageOf(t, l, town.Plan()), "…")
		path := filepath.Join("testdata", "page-"+l.Code+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestPageNeedsNothingFromOutside(t *testing.T) {
	text := pageOf(t, wording.French(), town.Plan())
	for _, bad := range []string{`src="`, `url(`, `@import`, `<link`, `style="`, `onclick=`, `javascript:`} {
		if strings.Contains(text, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	policy := regexp.MustCompile(`default-src &#39;none&#39;|default-src 'none'`)
	if !policy.MatchString(text) {
		t.Error("the policy does not refuse everything by default")
	}
}

// TestNamesStayNames holds that no name of a machine becomes markup.
func TestNamesStayNames(t *testing.T) {
	text := pageOf(t, wording.English(), town.Plan())
	if strings.Contains(text, `<script>alert`) || strings.Count(text, "<script") != 1 {
		t.Error("a name is markup")
	}
	if !strings.Contains(text, "&lt;script&gt;alert") {
		t.Error("the hostile name is not on the page at all")
	}
}

// TestPageIsWellFormed reads the body as strictly as XML allows and sees that
// identifiers are unique and every reference has its target.
func TestPageIsWellFormed(t *testing.T) {
	text := pageOf(t, wording.French(), town.Plan())
	text = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>|<!doctype html>`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`<(meta|input|br)([^>]*)>`).ReplaceAllString(text, "<$1$2/>")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "<details open>", "<details>"), "&nbsp;", " ")
	ids, wanted := map[string]int{}, map[string]bool{}
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			for _, a := range e.Attr {
				switch {
				case a.Name.Local == "id":
					ids[a.Value]++
				case a.Name.Local == "aria-labelledby":
					for _, id := range strings.Fields(a.Value) {
						wanted[id] = true
					}
				case a.Name.Local == "href" && strings.HasPrefix(a.Value, "#"):
					wanted[a.Value[1:]] = true
				}
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d elements are called %s", n, id)
		}
	}
	for id := range wanted {
		if ids[id] == 0 {
			t.Errorf("nothing is called %s", id)
		}
	}
}

func TestSameReportSameBytes(t *testing.T) {
	first, again := pageOf(t, wording.French(), town.Plan()), pageOf(t, wording.French(), town.Plan())
	if first != again {
		t.Error("two pages of one plan differ")
	}
}

// large is a plan of many workloads.
func large(n int) *plan.Plan {
	p := town.Plan()
	for i := range n {
		p.Placements = append(p.Placements, plan.Placement{Workload: fmt.Sprintf("vm-%05d", i), From: "srv-02", To: "bl-01", Kind: "move", Demand: []float64{100, 2, 4096}})
	}
	for i := range n / 20 {
		p.Hosts = append(p.Hosts, plan.Host{ID: fmt.Sprintf("esx-%04d", i), Model: "m", State: plan.Keep, Workloads: 20, Load: map[string]float64{"cpu": 0.3, "memory": 0.7}})
	}
	return p
}

func BenchmarkPage(b *testing.B) {
	p := large(10_000)
	for b.Loop() {
		b.SetBytes(int64(len(pageOf(b, wording.French(), p))))
	}
}
