package vsphere

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"sobre/inventory"
)

// A snapshot is what a server answered, call by call, so that an estate can be
// made of it again without the server: a gzip stream of JSON documents, one a
// line. The first says how it was asked; each of the others is one answer. No
// question is in it, and so no password; of the login the keys of the session
// and the account's names are taken out.

// snapshotHead is the first line.
type snapshotHead struct {
	Kind    string `json:"kind"` // snapshotKind
	Version int    `json:"version"`
	URL     string `json:"url"`
	History string `json:"history"` // duration, as Options.History
	Page    int    `json:"page"`
	Tags    bool   `json:"tags,omitempty"`

	NoAttributes bool `json:"no_attributes,omitempty"`
}

const snapshotKind = "sobre snapshot of vSphere"

// snapshotAnswer is one answer of the server.
type snapshotAnswer struct {
	Call   string `json:"call"`
	Status int    `json:"status"`
	Answer string `json:"answer"`
}

var (
	callName = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)
	// secrets are the elements of the answer to a login that are nobody's business.
	secrets = regexp.MustCompile(`<(key|userName|fullName|ipAddress|userAgent|extensionSession|loginTimeMs)>[^<]*</`)
)

// recorder is a transport that writes down what it brings.
type recorder struct {
	under http.RoundTripper
	out   *gzip.Writer
	json  *json.Encoder
}

func newRecorder(under http.RoundTripper, w io.Writer, head snapshotHead) (*recorder, error) {
	out := gzip.NewWriter(w)
	r := &recorder{under: under, out: out, json: json.NewEncoder(out)}
	r.json.SetEscapeHTML(false)
	head.Kind, head.Version = snapshotKind, 1
	return r, r.json.Encode(head)
}

// RoundTrip does one exchange.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	var question []byte
	if req.Body != nil {
		var err error
		if question, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		req.Body.Close()
		req.Body = io.NopCloser(bytes.NewReader(question))
	}
	res, err := r.under.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(answer))
	return res, r.write(callOf(req, question), res.StatusCode, answer)
}

// callOf is the name of a call: the method of the SOAP API, or the path of the
// REST API, which serves the tags alone.
func callOf(req *http.Request, question []byte) string {
	if found := callName.FindSubmatch(question); found != nil {
		return string(found[1])
	}
	return req.Method + " " + req.URL.Path
}

func (r *recorder) write(call string, status int, answer []byte) error {
	text := string(answer)
	switch {
	case call == "Logout" || call == "DestroyView" || strings.HasPrefix(call, http.MethodDelete+" "):
		return nil // nothing is learnt from them
	case call == "Login":
		text = secrets.ReplaceAllString(text, "<$1></")
	case strings.HasSuffix(call, "/session"):
		text = `{"value":""}` // the key of the session of the REST API
	}
	return r.json.Encode(snapshotAnswer{call, status, text})
}

func (r *recorder) close() error { return r.out.Close() }

// RecogniseSnapshot tells from the first bytes of a file whether it is a
// snapshot that Collect wrote. The name does not matter.
func RecogniseSnapshot(head []byte, _ string) bool {
	if !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return false
	}
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	start := make([]byte, len(snapshotKind)+64)
	n, _ := io.ReadFull(z, start) // cut off on purpose
	return bytes.Contains(start[:n], []byte(`"kind":"`+snapshotKind+`"`))
}

// Limits on a snapshot; that of 10,000 VMs has 1 GB, unpacked.
const (
	maxSnapshot     = 16 << 30
	maxSnapshotLine = maxAnswer + maxAnswer/4
)

// ReadSnapshot makes the estate of a snapshot as Collect made it of the server.
// Of o the zone, the deadline and the progress count; all else is as it was
// when the snapshot was taken.
func ReadSnapshot(ctx context.Context, in io.Reader, o Options) (*inventory.Estate, error) {
	p, head, err := newPlayer(in)
	if err != nil {
		return nil, fmt.Errorf("reading the snapshot: %w", err)
	}
	history, err := time.ParseDuration(head.History)
	if err != nil {
		return nil, fmt.Errorf("reading the snapshot: its history %.20q is no duration", head.History)
	}
	o.URL, o.User, o.Password, o.CA, o.Thumbprint, o.Insecure = head.URL, "snapshot", "", "", "", false
	o.History, o.PageSize, o.Tags, o.NoAttributes, o.Snapshot, o.play = history, head.Page, head.Tags, head.NoAttributes, nil, p
	estate, err := Collect(ctx, o)
	if err == nil && p.failed != nil {
		// A server that stops answering may cost some figures; a file that was
		// cut off is no file to plan by.
		return nil, fmt.Errorf("reading the snapshot: %w", p.failed)
	}
	return estate, err
}

// player is a transport that answers from a snapshot.
type player struct {
	lines  *bufio.Reader
	failed error // why an answer could not be read
}

func newPlayer(in io.Reader) (*player, snapshotHead, error) {
	var head snapshotHead
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, head, err
	}
	p := &player{lines: bufio.NewReaderSize(io.LimitReader(z, maxSnapshot), 1<<20)}
	line, err := p.line()
	if err != nil {
		return nil, head, err
	}
	if err := json.Unmarshal(line, &head); err != nil || head.Kind != snapshotKind {
		return nil, head, errors.New("it is no snapshot of vSphere")
	}
	if head.Version != 1 {
		return nil, head, fmt.Errorf("its version %d is not 1: it was made by a newer program", head.Version)
	}
	return p, head, nil
}

// line is the next line, of a length that one answer can have.
func (p *player) line() ([]byte, error) {
	var out []byte
	for {
		part, err := p.lines.ReadSlice('\n')
		out = append(out, part...)
		switch {
		case len(out) > maxSnapshotLine:
			return nil, fmt.Errorf("an answer in it is larger than %d MiB", maxSnapshotLine>>20)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil, errors.New("it ends too early")
		case err != nil:
			return nil, err
		}
		return out, nil
	}
}

// RoundTrip answers with the next answer of the snapshot to such a call. The
// questions are put in the same order as then: what lies between was of no use
// to a collection that knows less than the one that asked.
func (p *player) RoundTrip(req *http.Request) (*http.Response, error) {
	var question []byte
	if req.Body != nil {
		var err error
		if question, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
	}
	call := callOf(req, question)
	if req.Method == http.MethodDelete {
		return answerOf(req, snapshotAnswer{Status: http.StatusOK, Answer: "{}"}), nil
	}
	if call == "Logout" || call == "DestroyView" {
		return answerOf(req, snapshotAnswer{Status: http.StatusOK, Answer: emptyAnswer(call)}), nil
	}
	for {
		var a snapshotAnswer
		line, err := p.line()
		if err == nil {
			err = json.Unmarshal(line, &a)
		}
		if err != nil {
			p.failed = fmt.Errorf("looking for the answer to %s in the snapshot: %w", call, err)
			return nil, p.failed
		}
		if a.Call == call {
			return answerOf(req, a), nil
		}
	}
}

func answerOf(req *http.Request, a snapshotAnswer) *http.Response {
	kind := "text/xml; charset=utf-8"
	if !strings.HasPrefix(strings.TrimSpace(a.Answer), "<") {
		kind = "application/json"
	}
	return &http.Response{
		StatusCode: a.Status, Status: http.StatusText(a.Status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(a.Answer)), ContentLength: int64(len(a.Answer)), Request: req,
	}
}

// emptyAnswer is what a server says to a call that gives nothing back.
func emptyAnswer(call string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><` +
		call + `Response xmlns="urn:vim25"></` + call + `Response></soapenv:Body></soapenv:Envelope>`
}

// plainURL is the URL without anything that is not an address.
func plainURL(u *url.URL) string {
	copied := *u
	copied.User, copied.RawQuery, copied.Fragment = nil, "", ""
	return copied.String()
}
