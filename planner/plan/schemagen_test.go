package plan_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"sobre/carbon"
	"sobre/cost"
	"sobre/inventory"
	"sobre/planner/plan"
)

// schemaOf makes the JSON Schema of a type from its json tags, with the doc
// comments of the sources as descriptions and their constants as the words
// that a field may hold.
func schemaOf(t *testing.T, name, title string, v any) []byte {
	t.Helper()
	g := &generator{sources: map[string]*source{}, defs: map[string]any{}}
	for dir, of := range map[string]any{"../../inventory": inventory.Estate{}, "../../carbon": carbon.Range{}, "../../cost": cost.Result{}, ".": plan.Plan{}} {
		g.sources[reflect.TypeOf(of).PkgPath()] = readSource(t, dir)
	}
	root := g.object(reflect.TypeOf(v))
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "urn:sobre:schema:" + name + ":" + strconv.Itoa(inventory.Version)
	root["title"] = title
	root["$defs"] = g.defs
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, root); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

type generator struct {
	sources map[string]*source // by package path
	defs    map[string]any
}

// source is what the comments and constants of a package say.
type source struct {
	docs  map[string]string   // "Host", "Host.Memory"
	words map[string][]string // constants by their type
}

func readSource(t *testing.T, dir string) *source {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	s := &source{docs: map[string]string{}, words: map[string][]string{}}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				s.read(d)
			}
		}
	}
	return s
}

func (s *source) read(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			s.docs[spec.Name.Name] = sentence(spec.Name.Name, d.Doc)
			if st, ok := spec.Type.(*ast.StructType); ok {
				s.readFields(spec.Name.Name, st)
			}
		case *ast.ValueSpec:
			s.readConstant(spec)
		}
	}
}

func (s *source) readFields(of string, st *ast.StructType) {
	for _, f := range st.Fields.List {
		text := strings.TrimSpace(f.Comment.Text())
		if f.Doc != nil {
			text = strings.TrimSpace(f.Doc.Text())
		}
		for _, name := range f.Names {
			s.docs[of+"."+name.Name] = strings.Join(strings.Fields(text), " ")
		}
	}
}

func (s *source) readConstant(spec *ast.ValueSpec) {
	kind, ok := spec.Type.(*ast.Ident)
	if !ok {
		return
	}
	for _, v := range spec.Values {
		if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			word, err := strconv.Unquote(lit.Value)
			if err == nil {
				s.words[kind.Name] = append(s.words[kind.Name], word)
			}
		}
	}
}

// sentence turns "Host is a physical machine: …" into "A physical machine: …".
func sentence(name string, doc *ast.CommentGroup) string {
	text := strings.Join(strings.Fields(doc.Text()), " ")
	for _, verb := range []string{" is ", " are "} {
		if rest, ok := strings.CutPrefix(text, name+verb); ok {
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return text
}

// object is the schema of a struct, its fields written out.
func (g *generator) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	g.fields(t, properties, &required)
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	if doc := g.sources[t.PkgPath()].docs[t.Name()]; doc != "" {
		s["description"] = doc
	}
	if alternatives := exactlyOne[t]; len(alternatives) > 0 {
		var list []any
		for _, name := range alternatives {
			list = append(list, map[string]any{"required": []string{name}})
		}
		s["oneOf"] = list
	}
	return s
}

// exactlyOne lists the fields of which a document has exactly one.
var exactlyOne = map[reflect.Type][]string{
	reflect.TypeFor[inventory.Rule](): {"apart", "together", "only", "never", "stay"},
	reflect.TypeFor[plan.Gate]():      {"deny", "warn"},
}

func (g *generator) fields(t reflect.Type, properties map[string]any, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			g.fields(f.Type, properties, required)
			continue
		}
		if !f.IsExported() || name == "-" || name == "" {
			continue
		}
		s := g.schema(f.Type)
		if doc := g.sources[t.PkgPath()].docs[t.Name()+"."+f.Name]; doc != "" {
			s["description"] = doc
		}
		if name == "version" {
			s["const"] = inventory.Version
		}
		properties[name] = s
		if options == "" {
			*required = append(*required, name)
		}
	}
}

// schema is the schema of a value; structs are referred to.
func (g *generator) schema(t reflect.Type) map[string]any {
	if t.Kind() == reflect.Pointer {
		return g.schema(t.Elem())
	}
	if q, ok := quantities[t]; ok {
		return q.schema()
	}
	if t == reflect.TypeFor[plan.Condition]() {
		return g.condition(t)
	}
	if src := g.sources[t.PkgPath()]; t.Kind() == reflect.String && src != nil {
		if words := src.words[t.Name()]; len(words) > 0 {
			return map[string]any{"type": "string", "enum": words}
		}
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": g.schema(t.Elem())}
	case reflect.Struct:
		return g.reference(t)
	}
	panic(fmt.Sprintf("no schema for %s", t))
}

// condition is the schema of what a gate asks. Editors complete its examples;
// planner/gate holds them to its grammar.
func (g *generator) condition(t reflect.Type) map[string]any {
	return map[string]any{
		"description": g.sources[t.PkgPath()].docs[t.Name()],
		"anyOf": []any{
			map[string]any{
				"type": "string", "pattern": `^\s*[a-z][A-Za-z0-9_.-]*\s*(<=|>=|==|!=|=|<|>|≤|≥)\s*[-+0-9].*$`,
				"examples": []any{
					"hosts <= 12", "cpu.p95 <= 80 %", "memory.free >= 20 %", "vcpus.per_core <= 4", "datastores.free >= 15 %",
					"survives.hosts >= 1", "rules.broken == 0", "overfull == 0", "energy <= 120 MWh/year", "co2e <= 10 t/year",
					"cost <= 20 kEUR/year", "licence.oracle.cores <= 32", "gap == 0", "unplaced == 0", "data.coverage >= 90 %",
				},
			},
			map[string]any{
				"type": "object", "required": []string{"survives"}, "additionalProperties": false,
				"properties": map[string]any{"survives": map[string]any{
					"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
					"properties": map[string]any{
						"hosts": map[string]any{"type": "integer"}, "chassis": map[string]any{"type": "integer"}, "site": map[string]any{"type": "integer"},
					},
				}},
			},
		},
	}
}

func (g *generator) reference(t reflect.Type) map[string]any {
	name := path.Base(t.PkgPath()) + "." + t.Name()
	if g.defs[name] == nil {
		g.defs[name] = true // being made: a type may contain itself
		g.defs[name] = g.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}
