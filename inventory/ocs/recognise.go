package ocs

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"regexp"
)

// headBytes is how much of a document Recognise looks at once it is unpacked.
const headBytes = 8 << 10

// Recognise tells from the first bytes of a file (up to 64 KiB, packed or not)
// whether it is an agent document: its root element is REQUEST, or it is the
// JSON of a GLPI agent or of the server's REST API, or the CSV of the console.
// The name does not matter; folders are for the caller to open.
func Recognise(head []byte, _ string) bool {
	text, err := toUTF8(bytes.Clone(unpackHead(head)))
	if err != nil {
		return false
	}
	if looksLikeServer(text.utf8) || looksLikeConsole(text.utf8, nil) {
		return true
	}
	if looksLikeJSON(text.utf8) {
		return agentJSON.Match(text.utf8) && contentJSON.Match(text.utf8)
	}
	return startsWithRequest(text.utf8)
}

// What only the JSON of an agent has: the sections under "content", and the
// name of the device or the action. Either may come first, and sections by the
// hundred KiB between them.
var (
	agentJSON   = regexp.MustCompile(`"(deviceid|action|versionclient|accesslog|hardware|bios)"\s*:`)
	contentJSON = regexp.MustCompile(`"content"\s*:\s*\{`)
)

// unpackHead unpacks what it can of a file that was cut off.
func unpackHead(head []byte) []byte {
	var r io.Reader
	var err error
	switch {
	case isZlib(head):
		r, err = zlib.NewReader(bytes.NewReader(head))
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		r, err = gzip.NewReader(bytes.NewReader(head))
	default:
		return head[:min(len(head), headBytes)]
	}
	if err != nil {
		return nil
	}
	plain := make([]byte, headBytes)
	n, _ := io.ReadFull(r, plain) // cut off on purpose: what was read so far will do
	return plain[:n]
}

// startsWithRequest skips declarations and comments and looks at the root.
func startsWithRequest(b []byte) bool {
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		var end string
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(b, []byte("<!--")):
			end = "-->"
		default:
			rest, ok := bytes.CutPrefix(b, []byte("<REQUEST"))
			return ok && len(rest) > 0 && bytes.ContainsAny(rest[:1], "> \t\r\n/")
		}
		_, after, found := bytes.Cut(b, []byte(end))
		if !found {
			return false
		}
		b = after
	}
}
