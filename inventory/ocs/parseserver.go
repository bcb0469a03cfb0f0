package ocs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// serverJSON is how the answer of the server's REST API about machines starts
// (GET /ocsapi/v1/computers?start=0&limit=100 and /computer/ID): an object of
// machines by their number in its database, with the tables of the database as
// sections. The first answers of 2.8 are that text once more as a JSON string.
var (
	serverJSON = regexp.MustCompile(`^\s*"?\s*\{\s*(\\n)?\s*\\?"[0-9]*\\?"\s*:\s*\{`)
	tableJSON  = regexp.MustCompile(`"(hardware|bios|cpus|accountinfo|storages|drives)\\?"\s*:\s*[\[{]`)
)

// DEVICEIDs of rows in the table of machines that stand for groups of them.
const (
	systemGroup   = "_SYSTEMGROUP_"
	downloadGroup = "_DOWNLOADGROUP_"
)

func looksLikeServer(text []byte) bool {
	return serverJSON.Match(text) && tableJSON.Match(text)
}

// parseAll gives the documents of a file to visit, or why there is none: one,
// or one a machine in an answer of the server or a list of the console. A
// document is dropped once it was visited, so that an answer about 1,000
// machines holds but one at a time.
func parseAll(text []byte, o Options, visit func(*document, error)) {
	switch {
	case looksLikeServer(text):
		parseServer(text, func(_ string, d *document, err error) { visit(d, err) })
	case looksLikeConsole(text, o.Columns):
		parseConsole(string(text), o.Columns, visit)
	default:
		visit(parse(text))
	}
}

// parseServer gives the machines of an answer to visit, with their numbers in
// the server's database.
func parseServer(text []byte, visit func(string, *document, error)) {
	var inner string
	if json.Unmarshal(text, &inner) == nil {
		text = []byte(inner)
	}
	r := newJSONReader(text)
	if err := r.machines(visit); err != nil {
		visit("", nil, &syntaxError{r.here(), err})
	}
}

// machines reads an answer of the server.
func (r *jsonReader) machines(visit func(string, *document, error)) error {
	if _, err := r.next(); err != nil {
		return err
	}
	n := 0
	err := r.object(func(id string) error {
		r.elements, r.bios = 0, false // the limit is one machine's
		line := r.here()
		t, err := r.next()
		if err != nil {
			return err
		}
		if t != json.Delim('{') {
			return r.skip(t)
		}
		d := &document{sections: map[string][]section{}}
		if err := r.sections(d); err != nil {
			return err
		}
		n++
		// /computer/27/cpus has hardware and cpus only, and would stand in for
		// the whole machine.
		group := d.first("HARDWARE").get("DEVICEID")
		if group != systemGroup && group != downloadGroup && (!r.bios || len(d.sections["HARDWARE"]) == 0) {
			visit(id, nil, &syntaxError{line, fmt.Errorf("%w of a whole machine: number %.20q lacks its hardware or bios", errNotInventory, id)})
			return nil
		}
		hw := d.first("HARDWARE")
		d.deviceID, d.agent = hw.get("DEVICEID"), hw.get("USERAGENT")
		switch {
		case d.deviceID == systemGroup || d.deviceID == downloadGroup:
			visit(id, nil, &syntaxError{line, errGroup})
		case isArchived(hw.get("ARCHIVE")):
			visit(id, nil, &syntaxError{line, errArchived})
		default:
			visit(id, d, nil)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w, after %d machines", err, n)
	}
	if _, end := r.tokens.Token(); !errors.Is(end, io.EOF) {
		return errors.New("text follows the answer")
	}
	return nil
}
