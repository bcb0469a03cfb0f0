package comment_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sobre/planner/plan"
	"sobre/report/comment"
	"sobre/report/document"
	"sobre/report/town"
	"sobre/wording"
)

var update = flag.Bool("update", false, "write the golden files anew")

func written(t *testing.T, in document.Input) string {
	t.Helper()
	var out bytes.Buffer
	if err := comment.Write(&out, document.Compose(in)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestComment(t *testing.T) {
	for _, l := range []*wording.Language{wording.English(), wording.French()} {
		for name, earlier := range map[string]*plan.Plan{"whole": nil, "changes": town.Earlier(), "same": town.Plan()} {
			got := written(t, document.Input{Language: l, Plan: town.Plan(), Earlier: earlier})
			path := filepath.Join("testdata", name+"-"+l.Code+".golden")
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
}

func TestOnlyChangesIsShort(t *testing.T) {
	l := wording.English()
	same := written(t, document.Input{Language: l, Plan: town.Plan(), Earlier: town.Plan()})
	if strings.Count(same, "\n") > 6 || !strings.Contains(same, "Nothing changed") {
		t.Errorf("a plan that is the same makes %q", same)
	}
	changed := written(t, document.Input{Language: l, Plan: town.Plan(), Earlier: town.Earlier()})
	for _, want := range []string{"Hosts in service | hosts | 4 | 3 | −1", "srv-01 | kept | retired", "web-1 | not there | bl-01"} {
		if !strings.Contains(changed, want) {
			t.Errorf("no %q in\n%s", want, changed)
		}
	}
}

// TestNamesStayNames holds that a hostile name neither ends its cell nor
// becomes markup.
func TestNamesStayNames(t *testing.T) {
	text := written(t, document.Input{Language: wording.English(), Plan: town.Plan()})
	if strings.Contains(text, "<script>") || regexp.MustCompile(`[^\\]\]\(y\)`).MatchString(text) || !strings.Contains(text, `\](y)`) {
		t.Error("a name is markup")
	}
	row := regexp.MustCompile(`[^\\]\|`)
	columns := 0
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := len(row.FindAllString(line, -1))
		if columns != 0 && n != columns {
			t.Errorf("%d columns after %d: %s", n, columns, line)
		}
		columns = n
	}
}
