package inventory

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// maxProblems ends the list of errors for a file that is not ours at all.
const maxProblems = 20

// checkNode compares a YAML tree with the type it is to fill and reports every
// unknown field, doubled field and unreadable value with its line.
func checkNode(n *yaml.Node, v any, name string) error {
	c := nodeChecker{file: name}
	c.check(n, reflect.TypeOf(v).Elem(), "")
	return errors.Join(c.problems...)
}

type nodeChecker struct {
	file     string
	problems []error
}

func (c *nodeChecker) problem(n *yaml.Node, format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, fmt.Errorf("%s:%d: %s", c.file, n.Line, fmt.Sprintf(format, args...)))
	}
}

func (c *nodeChecker) check(n *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if n.Kind == yaml.AliasNode {
		c.problem(n, "%saliases (*%s) are not supported: write the value out", at(path), n.Value)
		return
	}
	if n.Tag == "!!null" {
		return
	}
	p := reflect.New(t)
	if custom, ok := p.Interface().(yaml.Unmarshaler); ok {
		if err := custom.UnmarshalYAML(n); err != nil {
			c.problem(n, "%s%v", at(path), err)
		}
		return
	}
	if text, ok := p.Interface().(encoding.TextUnmarshaler); ok {
		c.checkText(n, text, path)
		return
	}
	c.checkKind(n, t, path)
}

func (c *nodeChecker) checkText(n *yaml.Node, v encoding.TextUnmarshaler, path string) {
	if n.Kind != yaml.ScalarNode {
		c.problem(n, "%sa single value is expected here", at(path))
		return
	}
	if err := v.UnmarshalText([]byte(n.Value)); err != nil {
		c.problem(n, "%s%v", at(path), err)
	}
}

func (c *nodeChecker) checkKind(n *yaml.Node, t reflect.Type, path string) {
	switch t.Kind() {
	case reflect.Struct:
		c.checkStruct(n, t, path)
	case reflect.Map:
		if n.Kind != yaml.MappingNode {
			c.problem(n, "%snames with values (name: value) are expected here", at(path))
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			c.check(n.Content[i+1], t.Elem(), join(path, n.Content[i].Value))
		}
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			c.problem(n, "%sa list (- …) is expected here", at(path))
			return
		}
		for i, item := range n.Content {
			c.check(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
	default:
		if err := n.Decode(reflect.New(t).Interface()); err != nil {
			c.problem(n, "%s%q is not %s", at(path), n.Value, kindName(t.Kind()))
		}
	}
}

func (c *nodeChecker) checkStruct(n *yaml.Node, t reflect.Type, path string) {
	if n.Kind != yaml.MappingNode {
		c.problem(n, "%sfields (name: value) are expected here", at(path))
		return
	}
	fields := fieldsOf(t)
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field, ok := fields[key.Value]
		switch {
		case !ok:
			c.unknownField(key, fields, path)
		case seen[key.Value]:
			c.problem(key, "%sfield %q stands twice", at(path), key.Value)
		default:
			seen[key.Value] = true
			c.check(value, field, join(path, key.Value))
		}
	}
}

func (c *nodeChecker) unknownField(key *yaml.Node, fields map[string]reflect.Type, path string) {
	if near := Nearest(key.Value, sortedKeys(fields)); near != "" {
		c.problem(key, "%sunknown field %q; did you mean %q?", at(path), key.Value, near)
		return
	}
	c.problem(key, "%sunknown field %q (known: %s)", at(path), key.Value, strings.Join(sortedKeys(fields), ", "))
}

// fieldsOf lists the fields of a struct by their name in files, those of
// inlined structs included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if options == "inline" {
			for k, v := range fieldsOf(f.Type) {
				fields[k] = v
			}
			continue
		}
		if f.IsExported() && name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func kindName(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "text"
}

func at(path string) string {
	if path == "" {
		return ""
	}
	return path + ": "
}

func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}
