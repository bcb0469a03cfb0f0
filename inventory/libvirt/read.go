package libvirt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Options says how to read; its zero value is good.
type Options struct {
	FS fs.FS // where paths are looked up; nil: this machine's files
}

// maxFile bounds one file; the dumps of 10,000 guests have 60 MB.
const maxFile = 256 << 20

var rootSign = regexp.MustCompile(`<(domain\s[^>]*type\s*=|domstatus[\s>]|capabilities>|sysinfo\s[^>]*type\s*=)`)

// Recognise tells from the first bytes of a file (up to 64 KiB) whether it is
// XML of virsh. The name does not matter.
func Recognise(head []byte, _ string) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	return len(text) > 0 && text[0] == '<' && rootSign.Match(text)
}

// Read reads files, or folders of them. A file or guest that cannot be read
// becomes a finding; an error means that none could, or that ctx ended.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	files, err := inventory.FilesIn(o.FS, paths, func(name string) bool {
		head, err := inventory.ReadHead(o.FS, name, 64<<10)
		return err == nil && strings.EqualFold(path.Ext(filepath.ToSlash(name)), ".xml") && Recognise(head, name)
	})
	if err != nil {
		return nil, fmt.Errorf("looking for XML of virsh: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no XML of virsh dumpxml in %s", strings.Join(paths, ", "))
	}
	b := &builder{places: map[string]*place{}}
	var failed []error
	for i, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		source := inventory.Source{ID: "libvirt", Kind: "libvirt", Path: f, Counts: map[string]int{}}
		if i > 0 {
			source.ID += "-" + strconv.Itoa(i+1)
		}
		if err := b.file(o.FS, f, &source); err != nil {
			failed = append(failed, fmt.Errorf("reading %s: %w", f, err))
		}
		b.sources = append(b.sources, source)
	}
	if len(b.guests) == 0 && len(failed) > 0 {
		return nil, errors.Join(failed...)
	}
	if len(b.guests) == 0 && !b.anyHost() {
		return nil, fmt.Errorf("no guest and no host in %s", strings.Join(paths, ", "))
	}
	return b.estate(), nil
}

// file reads one file; what stands before a mistake in it counts.
func (b *builder) file(fsys fs.FS, name string, source *inventory.Source) error {
	text, err := inventory.ReadTextFile(fsys, name, maxFile)
	var documents []found
	line := 0
	if err == nil {
		source.SHA256 = text.SHA256
		documents, line, err = parse(text.Text)
	}
	if err != nil {
		b.find(inventory.Finding{
			Code: "document-unreadable", Severity: inventory.Error, Source: source.ID, At: filepath.Base(name), Line: line,
			What: "cannot be read: " + inventory.CleanText(err.Error()) + ": what follows in it is missing", Do: "dump the guests again",
			Values: map[string]string{"cause": inventory.CleanText(err.Error())},
		})
	}
	at := b.place(name)
	for _, d := range documents {
		origin := inventory.Origin{Source: source.ID, At: filepath.Base(name), Line: d.line}
		switch {
		case d.domain != nil:
			source.Counts["guests"]++
			b.guest(d.domain, at, origin)
		case d.caps != nil:
			source.Counts["hosts"]++
			at.capabilities(d.caps, origin)
		case d.sysinfo != nil:
			at.sysinfo(d.sysinfo, origin)
		}
	}
	return err
}
