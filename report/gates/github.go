package gates

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"sobre/inventory"
	"sobre/planner/gate"
)

// writeGitHub prints workflow commands, which GitHub shows beside the lines of
// the file. What is waived or known is a notice.
func writeGitHub(w io.Writer, r *gate.Report) error {
	for i := range r.Results {
		x := &r.Results[i]
		kind := "notice"
		switch {
		case x.Status == gate.Holds:
			continue
		case x.Status == gate.Fails && x.Level == gate.Warn:
			kind = "warning"
		case x.Status == gate.Fails:
			kind = "error"
		}
		text := message(x)
		if e := excuse(x); e != "" {
			text += "; " + e
		}
		file, line := place(x)
		if _, err := fmt.Fprintf(w, "::%s file=%s,line=%d,title=%s::%s\n", kind,
			property(filepath.ToSlash(file)), line, property("sobre check: "+clean(x.Gate)), data(text)); err != nil {
			return err
		}
	}
	return nil
}

// data and property escape what GitHub takes for its own signs.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}

// gitlabIssue is one finding in GitLab's code quality format.
type gitlabIssue struct {
	Description string         `json:"description"`
	Check       string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab prints GitLab's code quality report: an array, empty when all holds.
func writeGitLab(w io.Writer, r *gate.Report) error {
	issues := []gitlabIssue{}
	for i := range r.Results {
		x := &r.Results[i]
		severity := "info"
		switch {
		case x.Status == gate.Holds:
			continue
		case x.Status == gate.Fails && x.Level == gate.Warn:
			severity = "minor"
		case x.Status == gate.Fails:
			severity = "critical"
		}
		text := message(x)
		if e := excuse(x); e != "" {
			text += "; " + e
		}
		file, line := place(x)
		issues = append(issues, gitlabIssue{text, x.Measure, fingerprint(x.Gate), severity, gitlabLocation{filepath.ToSlash(file), gitlabLines{line}}})
	}
	return inventory.EncodeJSON(w, issues)
}

// fingerprint tells findings apart from one run to the next: the name of a gate
// stays while its figures change.
func fingerprint(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}
