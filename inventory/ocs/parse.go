package ocs

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits that no agent comes near: a document nests 5 deep, and 50 kB of it hold
// some 1,500 elements.
const (
	maxDepth    = 32
	maxElements = 400_000
	maxField    = 4096 // bytes kept of one value
)

// errNotInventory marks documents in the same envelope that describe no
// machine: prologues, SNMP scans, deployment reports.
var errNotInventory = errors.New("not an inventory")

// document is the parts of an agent document that matter, unjudged.
type document struct {
	deviceID, query, agent string
	sections               map[string][]section
	software               []string // names only; a document lists thousands
	told                   told
}

// section is one element under CONTENT: one processor, one disk, one adapter.
type section struct {
	line   int
	fields []field
}

type field struct {
	name, value string
	line        int
}

// kept says which sections are read into memory.
func kept(name string) bool {
	switch name {
	case "HARDWARE", "BIOS", "CPUS", "MEMORIES", "STORAGES", "DRIVES", "NETWORKS", "VIRTUALMACHINES",
		"ACCOUNTINFO", "ACCESSLOG", "OPERATINGSYSTEM", "VERSIONCLIENT", "CONTROLLERS", "USBDEVICES", "MODEMS":
		return true
	}
	return false
}

// syntaxError is an error at a line of the document.
type syntaxError struct {
	line int
	err  error
}

func (e *syntaxError) Error() string { return e.err.Error() }
func (e *syntaxError) Unwrap() error { return e.err }

// lineOf is the line an error of parse is at, 0 when unknown.
func lineOf(err error) int {
	if s, ok := errors.AsType[*syntaxError](err); ok {
		return s.line
	}
	return 0
}

// reader walks the tokens of one document and holds it to the limits. The
// decoder knows the five entities of XML and no others, so that nothing can
// expand; a document type, which could declare more, is refused.
type reader struct {
	tokens   *xml.Decoder
	depth    int
	elements int
}

func parse(text []byte) (*document, error) {
	if looksLikeJSON(text) {
		return parseJSON(text)
	}
	r := &reader{tokens: xml.NewDecoder(bytes.NewReader(text))}
	// The bytes are UTF-8 by now, whatever the declaration says.
	r.tokens.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	d := &document{sections: map[string][]section{}}
	if err := r.document(d); err != nil {
		line, _ := r.tokens.InputPos()
		return nil, &syntaxError{line, err}
	}
	if d.query != "" && d.query != "INVENTORY" {
		return nil, fmt.Errorf("%w but a %.40q message", errNotInventory, d.query)
	}
	if len(d.sections["HARDWARE"]) == 0 && len(d.sections["BIOS"]) == 0 {
		return nil, fmt.Errorf("%w: it has neither a HARDWARE nor a BIOS element", errNotInventory)
	}
	return d, nil
}

// next is the next start, end or text; nil at the end of the input.
func (r *reader) next() (xml.Token, error) {
	for {
		t, err := r.tokens.Token()
		if err != nil {
			return nil, plainly(err)
		}
		switch t.(type) {
		case xml.Directive:
			return nil, errors.New("a document type is declared (<!DOCTYPE …>), which no agent does: refused")
		case xml.StartElement:
			r.depth++
			r.elements++
			if r.depth > maxDepth {
				return nil, fmt.Errorf("elements nest deeper than %d", maxDepth)
			}
			if r.elements > maxElements {
				return nil, fmt.Errorf("more than %d elements", maxElements)
			}
			return t, nil
		case xml.EndElement:
			r.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		}
	}
}

// plainly says an error of the decoder without the line, which findings carry
// apart.
func plainly(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it ends too early")
	}
	syntax, ok := errors.AsType[*xml.SyntaxError](err)
	switch {
	case ok && syntax.Msg == "unexpected EOF":
		return errors.New("it ends too early")
	case ok:
		return errors.New(syntax.Msg)
	}
	return err
}

// children calls visit for each element inside the current one, and returns at
// its end. visit must consume the element it is given.
func (r *reader) children(visit func(name string) error) error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := visit(t.Name.Local); err != nil {
				return err
			}
		}
	}
}

func (r *reader) skip() error { return r.children(func(string) error { return r.skip() }) }

// text is the characters of the current element up to its end; elements inside
// it are passed over.
func (r *reader) text() (string, error) {
	var b strings.Builder
	for {
		t, err := r.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return strings.TrimSpace(b.String()), nil
		case xml.StartElement:
			if err := r.skip(); err != nil {
				return "", err
			}
		case xml.CharData:
			b.Write(t[:min(len(t), maxField-min(b.Len(), maxField))])
		}
	}
}

func (r *reader) document(d *document) error {
	var root string
	for root == "" {
		t, err := r.next()
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			root = e.Name.Local
		}
	}
	if root != "REQUEST" {
		return fmt.Errorf("%w of OCS: its root element is %.40q instead of REQUEST", errNotInventory, root)
	}
	return r.children(func(name string) (err error) {
		switch name {
		case "CONTENT":
			return r.children(func(name string) error { return r.section(d, name) })
		case "DEVICEID":
			d.deviceID, err = r.text()
		case "QUERY":
			d.query, err = r.text()
		default:
			err = r.skip()
		}
		return err
	})
}

func (r *reader) section(d *document, name string) error {
	switch {
	case name == "VERSIONCLIENT": // a bare value, in FusionInventory
		text, err := r.text()
		d.agent = text
		return err
	case strings.HasPrefix(name, "SOFTWARE"):
		return r.children(func(field string) error {
			text, err := r.text()
			if field == "NAME" && text != "" {
				d.software = append(d.software, text)
			}
			return err
		})
	case !kept(name):
		return r.skip()
	}
	line, _ := r.tokens.InputPos()
	s := section{line: line}
	err := r.children(func(name string) error {
		line, _ := r.tokens.InputPos()
		text, err := r.text()
		if text != "" {
			s.fields = append(s.fields, field{strings.Clone(name), text, line})
		}
		return err
	})
	if len(s.fields) > 0 {
		d.sections[name] = append(d.sections[name], s)
	}
	return err
}
