package rvtools

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
	"path/filepath"
	"slices"
	"strings"
)

// input is one export as it lies on disk.
type input struct {
	path   string            // the workbook, the CSV file, or the folder of CSV files
	sheets map[string]string // of a set of CSV files: sheet in lower case → file
}

// maxFiles ends the walk through a folder that is no folder of exports.
const maxFiles = 100_000

// find lists the exports at the paths, in order of path. Folders are walked;
// in them only what looks like RVTools counts.
func find(ctx context.Context, paths []string) ([]input, error) {
	var files []string
	named := map[string]bool{}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("looking for RVTools exports: %w", err)
		}
		if !info.IsDir() {
			files = append(files, p)
			named[p] = true
			continue
		}
		found, err := walk(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("looking for RVTools exports in %s: %w", p, err)
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	return group(slices.Compact(files), named), nil
}

func walk(ctx context.Context, root string) ([]string, error) {
	var found []string
	seen := 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if seen++; seen > maxFiles {
			return fmt.Errorf("more than %d files: name the folder of the exports", maxFiles)
		}
		// ~$x.xlsx is the lock file that Excel leaves beside an open workbook.
		if d.Type().IsRegular() && !strings.HasPrefix(d.Name(), "~$") && RecogniseFile(p) {
			found = append(found, p)
		}
		return ctx.Err()
	})
	return found, err
}

// group puts the CSV files of one export together.
func group(files []string, named map[string]bool) []input {
	var inputs []input
	sets := map[string]int{}
	for _, f := range files {
		sheet := csvSheet(f)
		if sheet == "" {
			inputs = append(inputs, input{path: f})
			continue
		}
		// Several exports may lie in one folder, told apart by what their names
		// start with.
		base := strings.ToLower(filepath.Base(f))
		key := filepath.Dir(f) + "\x00" + strings.TrimSuffix(base, sheet+".csv")
		i, ok := sets[key]
		if !ok {
			i = len(inputs)
			sets[key] = i
			inputs = append(inputs, input{path: f, sheets: map[string]string{}})
		}
		if _, twice := inputs[i].sheets[sheet]; twice {
			inputs = append(inputs, input{path: f, sheets: map[string]string{sheet: f}})
			continue
		}
		inputs[i].sheets[sheet] = f
		if len(inputs[i].sheets) == 2 && !named[f] {
			inputs[i].path = filepath.Dir(f)
		}
	}
	return inputs
}

// csvSheet is the sheet, in lower case, that a CSV file holds by its name, such
// as RVTools_tabvInfo.csv, or else by its header; "" when it is no such file.
func csvSheet(path string) string {
	if sheet := sheetOfName(path); sheet != "" {
		return sheet
	}
	if !strings.HasSuffix(strings.ToLower(path), ".csv") {
		return ""
	}
	head, err := readHead(path)
	if err != nil {
		return ""
	}
	return strings.ToLower(sheetOfHeader(head))
}

func sheetOfName(path string) string {
	name, ok := strings.CutSuffix(strings.ToLower(filepath.Base(path)), ".csv")
	if !ok {
		return ""
	}
	for _, s := range allSpecs() {
		sheet := strings.ToLower(s.name)
		if name == sheet || strings.HasSuffix(name, "tab"+sheet) {
			return sheet
		}
	}
	return ""
}

func allSpecs() []sheetSpec {
	return []sheetSpec{infoSpec(), cpuSpec(), memorySpec(), diskSpec(), networkSpec(), partitionSpec(), snapshotSpec(), toolsSpec(), usbSpec(), cdSpec(),
		hostSpec(), clusterSpec(), poolSpec(), datastoreSpec(), metaSpec()}
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("reading the start of %s: %w", path, err)
	}
	return head, nil
}

// openInput opens an export. Hash and name of the source are set, the rest of
// it when vMetaData is read.
func openInput(in input) (*export, error) {
	if in.sheets != nil {
		return openSet(in)
	}
	sum, err := hash(in.path)
	if err != nil {
		return nil, err
	}
	w, err := openWorkbook(in.path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", in.path, err)
	}
	x := &export{close: w.close}
	x.source.Path, x.source.SHA256 = in.path, sum
	x.open = func(sheet string) (rows, string, error) {
		r, err := w.sheet(strings.ToLower(sheet))
		return r, sheet, err
	}
	return x, nil
}

func openSet(in input) (*export, error) {
	x := &export{close: func() error { return nil }}
	x.source.Path = in.path
	if len(in.sheets) == 1 {
		sum, err := hash(in.path)
		if err != nil {
			return nil, err
		}
		x.source.SHA256 = sum
	}
	x.open = func(sheet string) (rows, string, error) {
		path, ok := in.sheets[strings.ToLower(sheet)]
		if !ok {
			return nil, "", nil
		}
		r, err := openCSV(path)
		if err != nil {
			return nil, "", err
		}
		return r, filepath.Base(path), nil
	}
	return x, nil
}

func hash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// whyNoZip says what a file that is no zip may be instead, and what to do.
func whyNoZip(path string, err error) error {
	head, readErr := readHead(path)
	switch {
	case readErr != nil:
		return readErr
	case len(head) == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return errors.New("it is an .xls (RVTools before 3.9) or protected by a password: open it in a spreadsheet program and save it as .xlsx without password")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return fmt.Errorf("the workbook is damaged or cut off (%w): copy or export it again", err)
	}
	return fmt.Errorf("it is neither a workbook (.xlsx) nor a CSV file of RVTools (%w)", err)
}
