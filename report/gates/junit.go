package gates

import (
	"encoding/xml"
	"fmt"
	"io"

	"sobre/planner/gate"
)

// The elements of JUnit's XML as CI systems read them (the schema of the
// Jenkins xUnit plugin, junit-10.xsd).
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Skipped *junitMessage `xml:"skipped"`
	Error   *junitMessage `xml:"error"`
	Failure *junitMessage `xml:"failure"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// writeJUnit makes each gate a test case: one that cannot be told is an error,
// one that is waived or known is skipped, a warning passes and says so.
func writeJUnit(w io.Writer, r *gate.Report) error {
	suite := junitSuite{Name: clean("sobre check " + r.Estate), Tests: len(r.Results)}
	for i := range r.Results {
		suite.add(&r.Results[i])
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(junitSuites{Suite: suite}); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

func (s *junitSuite) add(r *gate.Result) {
	file, line := place(r)
	c := junitCase{Name: clean(r.Gate), Class: "sobre." + string(r.View)}
	text := message(r)
	at := fmt.Sprintf("%s:%d: %s", file, line, text)
	switch {
	case r.Status == gate.Holds:
		c.Out = r.Condition + ": " + english().value(r)
	case r.Status != gate.Fails:
		s.Skipped++
		c.Skipped = &junitMessage{Message: excuse(r) + "; " + text}
	case r.Level == gate.Warn:
		c.Out = "warning: " + at
	case r.Unknown != "":
		s.Errors++
		c.Error = &junitMessage{Message: text, Type: "unknown", Text: at}
	default:
		s.Failures++
		c.Failure = &junitMessage{Message: text, Type: r.Measure, Text: at}
	}
	s.Cases = append(s.Cases, c)
}
