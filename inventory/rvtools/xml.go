package rvtools

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// tokenKind is the sort of one piece of XML.
type tokenKind int

const (
	startTag tokenKind = iota
	endTag
	charData
)

// token is one piece of XML. Its bytes are valid until the next call of next.
type token struct {
	kind  tokenKind
	name  []byte // of a tag, without its namespace prefix
	attrs []byte // of a start tag, as they stand
	text  []byte // of character data, entities resolved
	empty bool   // <a/>: no end tag follows
}

// maxToken bounds one tag or text. A cell holds at most 32,767 characters.
const maxToken = 1 << 20

var (
	errDoctype  = errors.New("a document type declaration stands in it, which no workbook has: refused, because it can expand without end")
	errTooLong  = fmt.Errorf("a tag or text of more than %d KiB stands in it", maxToken>>10)
	errUnclosed = errors.New("it ends inside a tag: the file is truncated")
)

// xmlScanner cuts the XML of a worksheet into tokens. It knows only what
// spreadsheets use: elements, attributes, text, CDATA, comments; it refuses
// document types, and so every entity but the five predefined ones. It is six
// times as fast as encoding/xml, which is most of the reading time.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // of r, io.EOF included
	scratch  []byte
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, 64<<10)}
}

// next is the next token, or io.EOF. Empty text is skipped.
func (s *xmlScanner) next() (token, error) {
	for {
		if s.pos == s.end && !s.fill() {
			return token{}, s.err
		}
		if s.buf[s.pos] != '<' {
			text, err := s.until('<')
			if err != nil {
				return token{}, err
			}
			return token{kind: charData, text: s.unescape(text)}, nil
		}
		t, ok, err := s.markup()
		if ok || err != nil {
			return t, err
		}
	}
}

// markup reads what starts with '<'; ok is false for what carries nothing.
func (s *xmlScanner) markup() (t token, ok bool, err error) {
	if !s.have(2) {
		return token{}, false, s.cut()
	}
	switch s.buf[s.pos+1] {
	case '?':
		_, err = s.through("?>")
		return token{}, false, err
	case '!':
		return s.declaration()
	}
	tag, err := s.tag()
	if err != nil {
		return token{}, false, err
	}
	if tag[0] == '/' {
		return token{kind: endTag, name: localName(bytes.TrimSpace(tag[1:]))}, true, nil
	}
	t = token{kind: startTag}
	if tag[len(tag)-1] == '/' {
		t.empty = true
		tag = tag[:len(tag)-1]
	}
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		t.attrs = tag[i:]
		tag = tag[:i]
	}
	t.name = localName(tag)
	return t, true, nil
}

func (s *xmlScanner) declaration() (token, bool, error) {
	if s.have(4) && string(s.buf[s.pos:s.pos+4]) == "<!--" {
		_, err := s.through("-->")
		return token{}, false, err
	}
	const cdata = "<![CDATA["
	if s.have(len(cdata)) && string(s.buf[s.pos:s.pos+len(cdata)]) == cdata {
		text, err := s.through("]]>")
		if err != nil {
			return token{}, false, err
		}
		return token{kind: charData, text: text[len(cdata) : len(text)-3]}, true, nil
	}
	return token{}, false, errDoctype
}

// tag is what stands between '<' and its '>'; one inside quotes does not end it.
func (s *xmlScanner) tag() ([]byte, error) {
	quote := byte(0)
	for i := 1; ; {
		if !s.have(i + 1) {
			return nil, s.cut()
		}
		for _, c := range s.buf[s.pos+i : s.end] {
			i++
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return s.closeTag(i)
			}
		}
	}
}

// closeTag is the inside of the tag of n bytes at pos, which is passed.
func (s *xmlScanner) closeTag(n int) ([]byte, error) {
	tag := s.buf[s.pos+1 : s.pos+n-1]
	if len(tag) == 0 {
		return nil, errors.New("an empty tag <> stands in it")
	}
	s.pos += n
	return tag, nil
}

// until is the text before the byte c, which stays, or before the end.
func (s *xmlScanner) until(c byte) ([]byte, error) {
	for from := 0; ; {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			text := s.buf[s.pos : s.pos+from+i]
			s.pos += from + i
			return text, nil
		}
		from = s.end - s.pos
		if from > maxToken {
			return nil, errTooLong
		}
		if !s.fill() {
			if !errors.Is(s.err, io.EOF) {
				return nil, s.err
			}
			text := s.buf[s.pos:s.end]
			s.pos = s.end
			return text, nil
		}
	}
}

// through is everything up to and with the mark.
func (s *xmlScanner) through(mark string) ([]byte, error) {
	for from := 0; ; {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
			n := from + i + len(mark)
			text := s.buf[s.pos : s.pos+n]
			s.pos += n
			return text, nil
		}
		from = max(s.end-s.pos-len(mark)+1, 0)
		if s.end-s.pos > maxToken {
			return nil, errTooLong
		}
		if !s.fill() {
			return nil, s.cut()
		}
	}
}

// have makes sure that n bytes from pos on are in the buffer.
func (s *xmlScanner) have(n int) bool {
	for s.end-s.pos < n {
		if n > maxToken || !s.fill() {
			return false
		}
	}
	return true
}

// cut is why a token could not be completed.
func (s *xmlScanner) cut() error {
	switch {
	case s.end-s.pos >= maxToken:
		return errTooLong
	case errors.Is(s.err, io.EOF):
		return errUnclosed
	}
	return s.err
}

// fill reads more, keeping what lies between pos and end.
func (s *xmlScanner) fill() bool {
	if s.err != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		s.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

func localName(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attr is the value of the attribute with this local name, entities not
// resolved; nil when it is absent. With a prefix (r:id) the prefix counts.
func attr(attrs []byte, name string) []byte {
	for len(attrs) > 0 {
		attrs = bytes.TrimLeft(attrs, " \t\r\n")
		eq := bytes.IndexByte(attrs, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimRight(attrs[:eq], " \t\r\n")
		rest := bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		stop := bytes.IndexByte(rest[1:], rest[0])
		if stop < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+stop]
		}
		attrs = rest[stop+2:]
	}
	return nil
}

// unescape resolves the predefined entities and character references.
func (s *xmlScanner) unescape(text []byte) []byte {
	amp := bytes.IndexByte(text, '&')
	if amp < 0 {
		return text
	}
	out := append(s.scratch[:0], text[:amp]...)
	for text = text[amp:]; len(text) > 0; {
		if text[0] == '&' {
			if stop := bytes.IndexByte(text, ';'); stop > 1 && stop <= 10 {
				if r, ok := entity(string(text[1:stop])); ok {
					out = utf8.AppendRune(out, r)
					text = text[stop+1:]
					continue
				}
			}
		}
		out = append(out, text[0])
		text = text[1:]
	}
	s.scratch = out
	return out
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || v > utf8.MaxRune {
		return 0, false
	}
	return rune(v), true
}
