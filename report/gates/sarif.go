package gates

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"sobre/inventory"
	"sobre/planner/gate"
)

// The objects of SARIF 2.1.0 (OASIS Standard, 2020) that a report needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string       `json:"id"`
		Short sarifMessage `json:"shortDescription"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Kind         string             `json:"kind"`
		Level        string             `json:"level"`
		Message      sarifMessage       `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Baseline     string             `json:"baselineState,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// writeSARIF makes each measure a rule and each gate that does not hold a
// result at the gate's line, with the lines of the hosts that break it beside.
func writeSARIF(w io.Writer, r *gate.Report) error {
	name, version, _ := strings.Cut(r.Tool, " ")
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: name, Version: version, Rules: []sarifRule{}}
	rules := map[string]int{}
	for i := range r.Results {
		x := &r.Results[i]
		at, known := rules[x.Measure]
		if !known {
			at = len(rules)
			rules[x.Measure] = at
			rule := sarifRule{ID: x.Measure, Short: sarifMessage{x.Measure}}
			if m, err := gate.Find(x.Measure); err == nil {
				rule.Short.Text = m.What
			}
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
		if x.Status != gate.Holds {
			run.Results = append(run.Results, sarifOf(x, at))
		}
	}
	return inventory.EncodeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func sarifOf(x *gate.Result, rule int) sarifResult {
	file, line := place(x)
	result := sarifResult{
		RuleID: x.Measure, RuleIndex: rule, Kind: "fail", Level: "error", Message: sarifMessage{message(x)},
		Locations:    []sarifLocation{{Physical: physical(file, line)}},
		Fingerprints: map[string]string{"gate/v1": fingerprint(x.Gate)},
	}
	if x.Level == gate.Warn {
		result.Level = "warning"
	}
	for n := range x.Subjects {
		i := &x.Subjects[n]
		if i.Line > 0 && len(result.Related) < maxRelated {
			id := len(result.Related)
			result.Related = append(result.Related, sarifLocation{ID: &id, Physical: physical(file, i.Line), Message: &sarifMessage{english().item(i, x)}})
		}
	}
	switch x.Status {
	case gate.Known:
		result.Baseline = "unchanged"
		result.Suppressions = []sarifSuppression{{"external", "accepted", excuse(x)}}
	case gate.Waived:
		result.Suppressions = []sarifSuppression{{"inSource", "accepted", excuse(x)}}
	}
	return result
}

// maxRelated is how many places a result points to; viewers show few.
const maxRelated = 20

func physical(file string, line int) sarifPhysical {
	path := url.URL{Path: filepath.ToSlash(file)}
	return sarifPhysical{sarifArtifact{path.EscapedPath()}, sarifRegion{line}}
}
