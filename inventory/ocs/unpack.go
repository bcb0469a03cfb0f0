package ocs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"sobre/inventory"
)

// Limits on one document. Agents write some 50 kB, a few MB where thousands of
// programs are listed; two processors at work on the worst that these allow
// stay well below a gigabyte.
const (
	maxPacked   = 16 << 20
	maxUnpacked = 16 << 20
	// maxAnswer bounds an answer of the server or a list of its console, plain:
	// 10,000 machines have 75 MB in the former, 10 MB in the latter.
	maxAnswer = 256 << 20
)

// content is the text of a document and how its bytes were understood.
type content struct {
	utf8     []byte
	encoding string // utf-8, utf-16 or windows-1252
}

// unpack reads a file, undoes its compression and turns its text into UTF-8.
// sum is the SHA-256 of the file as it lies there.
func unpack(o Options, path string) (text content, sum string, err error) {
	r, err := open(o.FS, path)
	if err != nil {
		return text, "", err
	}
	defer r.Close()
	start := bufio.NewReaderSize(r, headBytes)
	head, err := start.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return text, "", err
	}
	limit := int64(maxPacked)
	if looksLikeServer(head) || looksLikeConsole(head, o.Columns) {
		limit = maxAnswer
	}
	raw, err := readLimited(start, limit, "file")
	if err != nil {
		return text, "", err
	}
	hash := sha256.Sum256(raw)
	plain, err := decompress(raw)
	if err != nil {
		return text, "", err
	}
	if len(bytes.TrimSpace(plain)) == 0 {
		return text, "", errors.New("the document is empty")
	}
	text, err = toUTF8(plain)
	return text, hex.EncodeToString(hash[:]), err
}

// decompress undoes zlib, which agents send, or gzip, told by their first bytes.
func decompress(raw []byte) ([]byte, error) {
	var r io.ReadCloser
	var err error
	switch {
	case isZlib(raw):
		r, err = zlib.NewReader(bytes.NewReader(raw))
	case bytes.HasPrefix(raw, []byte{0x1f, 0x8b}):
		r, err = gzip.NewReader(bytes.NewReader(raw))
	default:
		return raw, nil
	}
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	defer r.Close()
	plain, err := readLimited(r, maxUnpacked, "unpacked document")
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	return plain, nil
}

// isZlib tells a zlib stream (RFC 1950) by its header: deflate in a window of
// 32 KiB, and a check that makes both bytes a multiple of 31.
func isZlib(b []byte) bool {
	return len(b) > 2 && b[0] == 0x78 && (uint(b[0])<<8|uint(b[1]))%31 == 0
}

func readLimited(r io.Reader, limit int64, what string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("the %s is larger than %d MiB, no agent writes that much", what, limit>>20)
	}
	return b, nil
}

// toUTF8 goes by the bytes and not by what the XML declaration says of them:
// old agents and servers label Latin-1 as UTF-8 and the other way round.
// Control characters, which XML forbids and names of software hold all the
// same, become blanks.
func toUTF8(b []byte) (content, error) {
	c := content{utf8: b, encoding: "utf-8"}
	if e, ok := utf16Order(b); ok {
		decoded, err := unicode.UTF16(e, unicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil {
			return c, fmt.Errorf("reading as UTF-16: %w", err)
		}
		c = content{utf8: decoded, encoding: "utf-16"}
	}
	if !utf8.Valid(c.utf8) {
		c = content{utf8: []byte(inventory.DecodeText(c.utf8)), encoding: "windows-1252"}
	}
	c.utf8 = bytes.TrimPrefix(c.utf8, []byte("\ufeff"))
	for i, ch := range c.utf8 {
		if ch < ' ' && ch != '\t' && ch != '\n' && ch != '\r' {
			c.utf8[i] = ' '
		}
	}
	return c, nil
}

// utf16Order tells UTF-16 by its byte order mark or by the NUL beside the
// first character, which is always "<".
func utf16Order(b []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{'<', 0}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), bytes.HasPrefix(b, []byte{0, '<'}):
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}
