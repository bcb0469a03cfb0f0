package inventory

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// TextFile is a file of text that was read whole.
type TextFile struct {
	Path     string
	Text     string // UTF-8, without byte order mark
	Encoding string // utf-8, utf-16 or windows-1252, as the bytes told
	SHA256   string // of the file as it lies there
}

// ReadTextFile reads a regular file of at most limit bytes, from fsys or, where
// that is nil, from this machine's files. UTF-16 is told by its byte order mark;
// bytes that are not UTF-8 are taken for Windows-1252.
func ReadTextFile(fsys fs.FS, name string, limit int64) (*TextFile, error) {
	f, err := openRegular(fsys, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("reading %s: larger than %d MiB", name, limit>>20)
	}
	sum := sha256.Sum256(data)
	t := &TextFile{Path: name, Encoding: "utf-8", SHA256: hex.EncodeToString(sum[:])}
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		t.Encoding = "utf-16"
		if data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err != nil {
			return nil, fmt.Errorf("reading %s as UTF-16: %w", name, err)
		}
	case !utf8.Valid(data):
		t.Encoding = "windows-1252"
	}
	t.Text = DecodeText(data)
	return t, nil
}

// openRegular opens a regular file; a pipe or device could make a reader wait
// for ever.
func openRegular(fsys fs.FS, name string) (fs.File, error) {
	info, err := statIn(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("reading %s: %w", name, errors.New("not a regular file"))
	case fsys != nil:
		return fsys.Open(name)
	}
	return os.Open(name)
}

func statIn(fsys fs.FS, name string) (fs.FileInfo, error) {
	if fsys != nil {
		return fs.Stat(fsys, name)
	}
	return os.Stat(name)
}

// FilesIn lists the files that paths name, and the files in the folders they
// name and below for which keep says yes, each once and in order of name. keep
// is not asked about files that are named themselves.
func FilesIn(fsys fs.FS, paths []string, keep func(name string) bool) ([]string, error) {
	var files []string
	for _, p := range paths {
		info, err := statIn(fsys, p)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, p)
			continue
		}
		visit := func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Type().IsRegular() && keep(name) {
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
			return nil, fmt.Errorf("looking into %s: %w", p, err)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// ReadHead reads the first bytes of a file, at most n.
func ReadHead(fsys fs.FS, name string, n int64) ([]byte, error) {
	f, err := openRegular(fsys, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// FileStem is the name of a file without folder and ending, with which exports
// that do not name their machine are named: "exports/esx1.xml" gives "esx1".
func FileStem(name string) string {
	base := path.Base(filepath.ToSlash(name))
	return strings.TrimSuffix(base, path.Ext(base))
}
