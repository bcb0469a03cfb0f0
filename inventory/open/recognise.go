package open

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sobre/inventory"
	"sobre/inventory/azure"
	"sobre/inventory/dmidecode"
	"sobre/inventory/libvirt"
	"sobre/inventory/ocs"
	"sobre/inventory/proxmox"
	"sobre/inventory/rvtools"
	"sobre/inventory/table"
	"sobre/inventory/usage"
	"sobre/inventory/vsphere"
)

// Format is what a file holds.
type Format string

// The formats.
const (
	EstateFile Format = "estate"
	Capacity   Format = "capacity file" // an estate with a policy or gates
	VSphere    Format = "vSphere snapshot"
	OCS        Format = "OCS Inventory"
	RVTools    Format = "RVTools"
	Proxmox    Format = "Proxmox VE"
	Libvirt    Format = "libvirt"
	Dmidecode  Format = "dmidecode"
	Azure      Format = "Azure Migrate"
	Register   Format = "asset register"
	Table      Format = "table of machines" // a register that stands alone
	Usage      Format = "measured use"
	Series     Format = "measured series"
	Other      Format = "" // nothing that an estate is made of
)

// headBytes is how much of a file is looked at to recognise it.
const headBytes = 64 << 10

// recognise says what each path is. A folder is taken for the documents in it,
// or, where it holds different things, for each of them.
func recognise(paths []string, o Options) ([]Recognised, error) {
	fsys := o.FS
	var found []Recognised
	for _, path := range paths {
		info, err := stat(fsys, path)
		switch {
		case err != nil && strings.ContainsAny(path, "*?["):
			found = append(found, Recognised{path, OCS, "a pattern"}) // which that source resolves
		case err != nil:
			return nil, err
		case info.IsDir():
			inside, err := recogniseFolder(path, fsys)
			if err != nil {
				return nil, err
			}
			found = append(found, inside...)
		case o.Console != nil && strings.EqualFold(filepath.Ext(path), ".csv"):
			found = append(found, Recognised{path, OCS, "a list of the console, by the columns given"})
		default:
			r, err := recogniseFile(path, fsys)
			if err != nil {
				return nil, err
			}
			if r.Format == Other && isSysstat(fsys, path) {
				return nil, fmt.Errorf("%s: this is a data file of sysstat, which only its own version reads: convert it (sadf -d %s -- -u -r > use.csv)", path, path)
			}
			if r.Format == Other {
				return nil, fmt.Errorf("%s: this is no inventory that sobre knows (an estate file, an OCS or GLPI document, an RVTools export, Proxmox resources, a dump of virsh, an Azure Migrate import, what dmidecode printed, a register or measured use)", path)
			}
			found = append(found, r)
		}
	}
	return found, nil
}

func recogniseFolder(path string, fsys fs.FS) ([]Recognised, error) {
	entries, err := readDir(fsys, path)
	if err != nil {
		return nil, fmt.Errorf("reading folder %s: %w", path, err)
	}
	var found []Recognised
	documents := false
	for _, entry := range entries {
		inside := joinPath(fsys, path, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."), strings.HasPrefix(entry.Name(), "~$"): // hidden, or a lock of Excel's
			continue
		case entry.IsDir():
			sub, err := recogniseFolder(inside, fsys)
			if err != nil {
				return nil, err
			}
			found = append(found, sub...)
			continue
		case !isFile(fsys, inside, entry) || documents && isDocument(entry.Name()):
			continue
		}
		r, err := recogniseFile(inside, fsys)
		if err != nil {
			return nil, err
		}
		switch {
		case r.Format == OCS || strings.EqualFold(filepath.Ext(entry.Name()), ".ocs"):
			documents = true
		case r.Format != Other:
			found = append(found, r)
		}
	}
	if documents {
		// The folder goes to the source whole: it reads the documents in it and
		// below, and says which it could not.
		found = slices.DeleteFunc(found, func(f Recognised) bool { return f.Format == OCS })
		found = append([]Recognised{{path, OCS, "a folder of agent documents"}}, found...)
	}
	return found, nil
}

// isFile tells files and links to files from pipes and devices.
func isFile(fsys fs.FS, path string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := stat(fsys, path)
	return err == nil && info.Mode().IsRegular()
}

func isDocument(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".ocs" || ext == ".xml"
}

func recogniseFile(path string, fsys fs.FS) (Recognised, error) {
	head, err := readHead(fsys, path)
	if err != nil {
		return Recognised{}, err
	}
	name := filepath.Base(path)
	csv := strings.HasSuffix(strings.ToLower(name), ".csv")
	switch {
	case vsphere.RecogniseSnapshot(head, name):
		return Recognised{path, VSphere, "answers of a vCenter"}, nil
	case ocs.Recognise(head, name):
		return Recognised{path, OCS, "an agent document, an answer of the server or a list of its console"}, nil
	case rvtools.Recognise(head, name), fsys == nil && isZip(head) && rvtools.RecogniseFile(path):
		return Recognised{path, RVTools, "sheets or columns of RVTools"}, nil
	case proxmox.Recognise(head, name):
		return Recognised{path, Proxmox, "resources or status of the Proxmox API"}, nil
	case libvirt.Recognise(head, name):
		return Recognised{path, Libvirt, "XML of virsh"}, nil
	case dmidecode.Recognise(head, name):
		return Recognised{path, Dmidecode, "what dmidecode prints"}, nil
	case azure.Recognise(head, name):
		return Recognised{path, Azure, "columns of an Azure Migrate import"}, nil
	case usage.RecogniseSeries(head, name):
		return Recognised{path, Series, "samples of a monitoring system"}, nil
	case looksLikeEstate(head, name):
		return Recognised{path, EstateFile, "fields of an estate"}, nil
	case csv && usage.Recognise(head, name):
		return Recognised{path, Usage, "columns of measured use"}, nil
	case csv && table.Recognise(head, name):
		return Recognised{path, Register, "columns of an asset register"}, nil
	case isZip(head) && table.RecogniseFile(fsys, path):
		return Recognised{path, Register, "columns of an asset register"}, nil
	case (csv || isZip(head)) && hasMapping(path, fsys):
		return Recognised{path, Register, "a mapping beside it: " + table.MappingPath(name)}, nil
	}
	return Recognised{path, Other, ""}, nil
}

// isSysstat tells the binary files of sysstat by their magic number (sa.h,
// SYSSTAT_MAGIC 0xd596), in either byte order.
func isSysstat(fsys fs.FS, path string) bool {
	head, err := readHead(fsys, path)
	return err == nil && (bytes.HasPrefix(head, []byte{0x96, 0xd5}) || bytes.HasPrefix(head, []byte{0xd5, 0x96}))
}

func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// looksLikeEstate tells an estate from the other YAML and JSON files of ours by
// the fields at the top of it.
func looksLikeEstate(head []byte, name string) bool {
	var fields map[string]bool
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		fields = topFields(head)
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return fields[n] })
	}
	switch {
	case has("placements", "objective", "status"): // a plan
		return false
	case has("sources", "sites", "clusters", "pools", "workloads", "datastores", "collected"):
		return true
	case has("minimise", "preset"): // a policy, which has rules as well
		return false
	}
	// A catalogue has hosts too, but they have no ID.
	return has("rules") || has("hosts") && hasID.Match(head)
}

var hasID = regexp.MustCompile(`(?m)(^|[\s{,-])"?id"?\s*:`)

// topFields are the fields at the top level of a YAML or JSON document, as far
// as its start shows.
func topFields(head []byte) map[string]bool {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	fields := map[string]bool{}
	if trimmed := bytes.TrimLeft(head, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		d := json.NewDecoder(bytes.NewReader(trimmed))
		for depth, key := 0, false; ; {
			t, err := d.Token()
			if err != nil {
				return fields // cut off, or no JSON
			}
			switch t := t.(type) {
			case json.Delim:
				if t == '{' || t == '[' {
					depth++
				} else {
					depth--
				}
				key = depth == 1
				continue
			case string:
				if depth == 1 && key {
					fields[t] = true
					key = false
					continue
				}
			}
			key = depth == 1
		}
	}
	for _, m := range yamlField.FindAllSubmatch(head, -1) {
		fields[string(m[1])] = true
	}
	return fields
}

var yamlField = regexp.MustCompile(`(?m)^([a-z_]+):`)

func hasMapping(path string, fsys fs.FS) bool {
	_, err := stat(fsys, table.MappingPath(path))
	return err == nil
}

func decode(path string, fsys fs.FS) (*capacity, error) {
	if fsys == nil {
		return inventory.DecodeFile[capacity](path)
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return inventory.Decode[capacity](f, path)
}

func stat(fsys fs.FS, path string) (fs.FileInfo, error) {
	if fsys == nil {
		return os.Stat(path)
	}
	return fs.Stat(fsys, path)
}

func readDir(fsys fs.FS, path string) ([]fs.DirEntry, error) {
	if fsys == nil {
		return os.ReadDir(path)
	}
	return fs.ReadDir(fsys, path)
}

func joinPath(fsys fs.FS, dir, name string) string {
	if fsys == nil {
		return filepath.Join(dir, name)
	}
	return dir + "/" + name
}

func openFile(fsys fs.FS, path string) (io.ReadCloser, error) {
	if fsys == nil {
		return os.Open(path)
	}
	return fsys.Open(path)
}

func readHead(fsys fs.FS, path string) ([]byte, error) {
	f, err := openFile(fsys, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return head[:n], nil
}
