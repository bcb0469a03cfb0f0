package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// told lists the sentences that reports tell, by where they are told: the
// first argument of Tell, Many and the short forms of both.
func told(t *testing.T) map[string]token.Position {
	t.Helper()
	var files []string
	for _, pattern := range []string{"../report/*.go", "../report/*/*.go", "../cmd/sobre/report*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	sentences := map[string]token.Position{}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !telling[method.Sel.Name] {
				return true
			}
			if text, ok := call.Args[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
				english, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				sentences[english] = set.Position(call.Pos())
			} else if name, ok := call.Args[0].(*ast.Ident); !ok || name.Name != "english" {
				t.Errorf("%s: %s is given a sentence that is not spelled out", set.Position(call.Pos()), method.Sel.Name)
			}
			return true
		})
	}
	return sentences
}

var telling = map[string]bool{"Tell": true, "Many": true, "t": true, "many": true}

// TestReportsSpeakFrench holds that every sentence of a report has a French
// form with the same holes, and that no form is there for nothing.
func TestReportsSpeakFrench(t *testing.T) {
	sentences := told(t)
	if len(sentences) < 200 {
		t.Fatalf("only %d sentences are told", len(sentences))
	}
	known := frenchReport()
	for english, at := range sentences {
		french, ok := known[english]
		if !ok {
			t.Errorf("%s: no French for %q", at, english)
			continue
		}
		if a, b := holes(english), holes(french); a != b {
			t.Errorf("%s: %q has holes %s, its French %s", at, english, a, b)
		}
	}
	for _, english := range slices.Sorted(maps.Keys(known)) {
		if _, used := sentences[english]; !used {
			t.Errorf("nothing tells %q", english)
		}
	}
}

// holes counts the holes of each form of a sentence.
func holes(text string) string {
	var counts []string
	for _, form := range strings.Split(text, "|") {
		counts = append(counts, strconv.Itoa(strings.Count(form, "%s")))
	}
	return strings.Join(counts, "|")
}
