package proxmox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"sobre/inventory"
)

// Options says how to read; its zero value is good.
type Options struct {
	FS fs.FS // where paths are looked up; nil: this machine's files
}

// maxFile bounds one saved answer; that of 10,000 guests has 5 MB.
const maxFile = 64 << 20

var (
	listSign   = regexp.MustCompile(`"type"\s*:\s*"(node|qemu|lxc)"|"vmid"\s*:`)
	sizeSign   = regexp.MustCompile(`"max(mem|cpu)"\s*:`)
	statusSign = regexp.MustCompile(`"cpuinfo"\s*:`)
	nodeSign   = regexp.MustCompile(`"(pveversion|kversion|rootfs|memory)"\s*:`)
)

// Recognise tells from the first bytes of a file (up to 64 KiB) whether it is a
// saved answer of the Proxmox API. The name does not matter.
func Recognise(head []byte, _ string) bool {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), head)
	if err != nil && len(text) == 0 {
		return false
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	return listSign.Match(text) && sizeSign.Match(text) || statusSign.Match(text) && nodeSign.Match(text)
}

// Read reads saved answers: files, or folders of them. All are taken for one
// cluster. A file that cannot be read becomes a finding; an error means that
// none could, or that ctx ended.
func Read(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	files, err := find(o.FS, paths)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no answer of the Proxmox API (pvesh get /cluster/resources --output-format json) in %s", strings.Join(paths, ", "))
	}
	b := &builder{nodes: map[string]*node{}, guests: map[string]int{}}
	var failed []error
	for i, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		source := inventory.Source{ID: "proxmox", Kind: "proxmox", Path: f, Counts: map[string]int{}}
		if i > 0 {
			source.ID += "-" + strconv.Itoa(i+1)
		}
		if err := b.file(o.FS, f, &source); err != nil {
			failed = append(failed, fmt.Errorf("reading %s: %w", f, err))
			b.find(inventory.Finding{
				Code: "document-unreadable", Severity: inventory.Error, Source: source.ID, At: f,
				What: "the answer cannot be read: " + inventory.CleanText(err.Error()), Do: "save it again",
				Values: map[string]string{"cause": inventory.CleanText(err.Error())},
			})
		}
		b.sources = append(b.sources, source)
	}
	if len(failed) == len(files) {
		return nil, errors.Join(failed...)
	}
	return b.estate(), nil
}

// find lists the files, in order of name, none twice.
func find(fsys fs.FS, paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
		info, err := stat(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("looking for answers of the Proxmox API: %w", err)
		}
		if !info.IsDir() {
			files = append(files, p)
			continue
		}
		visit := func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Type().IsRegular() && strings.EqualFold(path.Ext(filepath.ToSlash(name)), ".json") && isAnswer(fsys, name) {
				files = append(files, name)
			}
			return nil
		}
		if fsys != nil {
			err = fs.WalkDir(fsys, p, visit)
		} else {
			err = filepath.WalkDir(p, visit)
		}
		if err != nil {
			return nil, fmt.Errorf("looking for answers of the Proxmox API in %s: %w", p, err)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

func isAnswer(fsys fs.FS, name string) bool {
	head, err := read(fsys, name, 64<<10)
	return err == nil && Recognise(head, name)
}

func stat(fsys fs.FS, p string) (fs.FileInfo, error) {
	if fsys != nil {
		return fs.Stat(fsys, p)
	}
	return os.Stat(p)
}

// read reads the start of a file, up to limit bytes.
func read(fsys fs.FS, p string, limit int64) ([]byte, error) {
	var f io.ReadCloser
	var err error
	if fsys != nil {
		f, err = fsys.Open(p)
	} else {
		f, err = os.Open(p)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// file reads one saved answer.
func (b *builder) file(fsys fs.FS, p string, source *inventory.Source) error {
	data, err := read(fsys, p, maxFile+1)
	if err != nil {
		return err
	}
	if len(data) > maxFile {
		return fmt.Errorf("it is larger than %d MiB", maxFile>>20)
	}
	sum := sha256.Sum256(data)
	source.SHA256 = hex.EncodeToString(sum[:])
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	if err != nil {
		return err
	}
	a, err := parse([]byte(inventory.DecodeText(text)))
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(p), filepath.Ext(p))
	if a.status != nil {
		source.Counts["status"]++
		b.statuses = append(b.statuses, placedStatus{a.status, name, source.ID})
		return nil
	}
	for i := range a.resources {
		b.resource(&a.resources[i], name, source)
	}
	return nil
}
