package ocs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"sobre/inventory"
)

// looksLikeJSON tells the JSON of GLPI agents from the XML of all others.
func looksLikeJSON(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}

// jsonReader walks the tokens of a GLPI inventory, which is the same document
// in lower case: {"action":"inventory","deviceid":…,"content":{"hardware":{…},
// "cpus":[{…}],…}} (inventory.schema.json of the GLPI project, 2020 on).
type jsonReader struct {
	text     []byte
	tokens   *json.Decoder
	elements int
	counted  int64 // bytes whose lines are in line
	line     int
	bios     bool // the content has a section of that name, be it empty
}

// jsonFrame is the fields beside the content.
type jsonFrame struct {
	action, itemtype, tag string
	partial               bool
}

func newJSONReader(text []byte) *jsonReader {
	r := &jsonReader{text: text, tokens: json.NewDecoder(bytes.NewReader(text)), line: 1}
	r.tokens.UseNumber()
	return r
}

func parseJSON(text []byte) (*document, error) {
	r := newJSONReader(text)
	d := &document{sections: map[string][]section{}}
	var frame jsonFrame
	if err := r.document(d, &frame); err != nil {
		return nil, &syntaxError{r.here(), err}
	}
	switch {
	case frame.action != "" && frame.action != "inventory":
		return nil, fmt.Errorf("%w but a message %.40q", errNotInventory, frame.action)
	case frame.itemtype != "" && frame.itemtype != "Computer":
		return nil, fmt.Errorf("%w of a computer but of a %.40q", errNotInventory, frame.itemtype)
	case frame.partial:
		return nil, fmt.Errorf("%w but an update of some sections (partial)", errNotInventory)
	case len(d.sections["HARDWARE"]) == 0 && len(d.sections["BIOS"]) == 0:
		return nil, fmt.Errorf("%w: it has neither hardware nor bios", errNotInventory)
	}
	if frame.tag != "" {
		d.sections["ACCOUNTINFO"] = append(d.sections["ACCOUNTINFO"],
			section{line: 1, fields: []field{{"KEYNAME", "TAG", 1}, {"KEYVALUE", frame.tag, 1}}})
	}
	return d, nil
}

// here is the line of the last token.
func (r *jsonReader) here() int {
	at := min(r.tokens.InputOffset(), int64(len(r.text)))
	r.line += bytes.Count(r.text[r.counted:at], []byte("\n"))
	r.counted = at
	return r.line
}

func (r *jsonReader) next() (json.Token, error) {
	if r.elements++; r.elements > maxElements {
		return nil, fmt.Errorf("more than %d values", maxElements)
	}
	t, err := r.tokens.Token()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.New("it ends too early")
	}
	return t, err
}

// object calls visit with each key of the object that was opened; visit must
// consume the value.
func (r *jsonReader) object(visit func(key string) error) error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return nil // its end
		}
		if err := visit(key); err != nil {
			return err
		}
	}
}

// skip passes over what t opened, if it opened anything.
func (r *jsonReader) skip(t json.Token) error {
	depth := 0
	for {
		if d, ok := t.(json.Delim); ok {
			depth += map[json.Delim]int{'{': 1, '[': 1, '}': -1, ']': -1}[d]
		}
		if depth == 0 {
			return nil
		}
		if depth > maxDepth {
			return fmt.Errorf("values nest deeper than %d", maxDepth)
		}
		var err error
		if t, err = r.next(); err != nil {
			return err
		}
	}
}

// scalar reads one value as text; lists and objects are passed over.
func (r *jsonReader) scalar() (string, error) {
	t, err := r.next()
	if err != nil {
		return "", err
	}
	switch v := t.(type) {
	case string:
		return strings.TrimSpace(v[:min(len(v), maxField)]), nil
	case json.Number:
		return v.String(), nil
	case bool:
		return map[bool]string{true: "true", false: "false"}[v], nil
	}
	return "", r.skip(t)
}

func (r *jsonReader) document(d *document, frame *jsonFrame) error {
	if t, err := r.next(); err != nil || t != json.Delim('{') {
		return errors.Join(errors.New("it is no object"), err)
	}
	return r.object(func(key string) (err error) {
		switch key {
		case "content":
			return r.content(d)
		case "deviceid":
			d.deviceID, err = r.scalar()
		case "action":
			frame.action, err = r.scalar()
		case "itemtype":
			frame.itemtype, err = r.scalar()
		case "tag":
			frame.tag, err = r.scalar()
		case "partial":
			var text string
			text, err = r.scalar()
			frame.partial = text == "true"
		default:
			_, err = r.scalar()
		}
		return err
	})
}

// content reads the sections, each an object or a list of objects.
func (r *jsonReader) content(d *document) error {
	t, err := r.next()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return errors.New("its content is no object")
	}
	return r.sections(d)
}

// sections reads those of the object that was opened.
func (r *jsonReader) sections(d *document) error {
	return r.object(func(key string) error {
		t, err := r.next()
		if err != nil {
			return err
		}
		name := strings.ToUpper(key)
		r.bios = r.bios || name == "BIOS"
		text, isText := t.(string)
		switch {
		case name == "VERSIONCLIENT" && isText:
			d.agent = text
			return nil
		case t == json.Delim('{') && kept(name):
			return r.section(d, name)
		case t == json.Delim('[') && (kept(name) || name == "SOFTWARES"):
			return r.list(d, name)
		case isText && kept(name):
			return r.encoded(d, name, text)
		}
		return r.skip(t)
	})
}

// encoded reads a section that some servers encode once more, as text.
func (r *jsonReader) encoded(d *document, name, text string) error {
	in := newJSONReader([]byte(text))
	t, err := in.next()
	switch {
	case err != nil:
		return nil // some text, and no section
	case t == json.Delim('{'):
		err = in.section(d, name)
	case t == json.Delim('['):
		err = in.list(d, name)
	}
	if err != nil {
		return fmt.Errorf("in the text of %s: %w", name, err)
	}
	return nil
}

func (r *jsonReader) list(d *document, name string) error {
	for {
		t, err := r.next()
		switch {
		case err != nil:
			return err
		case t == json.Delim(']'):
			return nil
		case t == json.Delim('{'):
			err = r.section(d, name)
		default:
			err = r.skip(t)
		}
		if err != nil {
			return err
		}
	}
}

// section reads the fields of an object that was opened. Of software only the
// names are kept: a document lists thousands.
func (r *jsonReader) section(d *document, name string) error {
	s := section{line: r.here()}
	err := r.object(func(key string) error {
		text, err := r.scalar()
		if text = inventory.CleanText(text); text != "" {
			s.fields = append(s.fields, field{strings.ToUpper(key), text, r.here()})
		}
		return err
	})
	switch {
	case name == "SOFTWARES":
		if title := s.get("NAME"); title != "" {
			d.software = append(d.software, title)
		}
	case len(s.fields) > 0:
		d.sections[name] = append(d.sections[name], s)
	}
	return err
}
