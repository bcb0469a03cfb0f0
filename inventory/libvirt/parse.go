package libvirt

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sobre/inventory"
)

// Limits that no dump comes near.
const (
	maxDepth     = 64
	maxElements  = 2_000_000
	maxDocuments = 100_000
)

// amount is a size with its unit, as <memory unit='KiB'>.
type amount struct {
	Unit string `xml:"unit,attr"`
	Text string `xml:",chardata"`
}

// size is the amount; unknown when there is none or it cannot be. Without a
// unit it is KiB (libvirt.org, Domain XML format, "Memory Allocation").
func (a amount) size() inventory.Size {
	v, err := strconv.ParseFloat(strings.TrimSpace(a.Text), 64)
	if err != nil || v <= 0 {
		return inventory.Size{}
	}
	mib := v * bytesOf(strings.TrimSpace(a.Unit)) / (1 << 20)
	if mib <= 0 || mib > maxMiB {
		return inventory.Size{}
	}
	return inventory.MiB(mib)
}

const maxMiB = 1 << 40 // 1 EiB: more is a mistake

// bytesOf is what a unit of libvirt stands for, in bytes: KB is decimal, K and
// KiB are not. Units it does not know give 0.
func bytesOf(unit string) float64 {
	switch strings.ToLower(unit) {
	case "", "k", "kib":
		return 1 << 10
	case "b", "bytes":
		return 1
	case "kb":
		return 1e3
	case "m", "mib":
		return 1 << 20
	case "mb":
		return 1e6
	case "g", "gib":
		return 1 << 30
	case "gb":
		return 1e9
	case "t", "tib":
		return 1 << 40
	case "tb":
		return 1e12
	}
	return 0
}

// domain is one guest.
type domain struct {
	ID          string `xml:"id,attr"` // only while it runs
	Name        string `xml:"name"`
	UUID        string `xml:"uuid"`
	Title       string `xml:"title"`
	Description string `xml:"description"`
	Memory      amount `xml:"memory"`
	Current     amount `xml:"currentMemory"`
	VCPU        struct {
		Current string `xml:"current,attr"`
		Text    string `xml:",chardata"`
	} `xml:"vcpu"`
	Guaranteed amount    `xml:"memtune>min_guarantee"`
	Pinned     []element `xml:"cputune>vcpupin"`
	Locked     *element  `xml:"memoryBacking>locked"`
	Systems    []struct {
		ID string `xml:"id,attr"`
	} `xml:"metadata>libosinfo>os"`
	Disks      []disk    `xml:"devices>disk"`
	Hostdevs   []hostdev `xml:"devices>hostdev"`
	Interfaces []struct {
		Type string `xml:"type,attr"`
		MAC  struct {
			Address string `xml:"address,attr"`
		} `xml:"mac"`
	} `xml:"devices>interface"`
}

type element struct {
	XMLName xml.Name
}

type disk struct {
	Type   string `xml:"type,attr"`
	Device string `xml:"device,attr"`
	Source struct {
		File string `xml:"file,attr"`
		Dev  string `xml:"dev,attr"`
		Name string `xml:"name,attr"`
	} `xml:"source"`
	Target struct {
		Dev string `xml:"dev,attr"`
	} `xml:"target"`
	Shareable *element `xml:"shareable"`
}

type hostdev struct {
	Type   string `xml:"type,attr"`
	Source struct {
		Address struct {
			Domain   string `xml:"domain,attr"`
			Bus      string `xml:"bus,attr"`
			Slot     string `xml:"slot,attr"`
			Function string `xml:"function,attr"`
			UUID     string `xml:"uuid,attr"`
		} `xml:"address"`
		Vendor  ident `xml:"vendor"`
		Product ident `xml:"product"`
	} `xml:"source"`
}

type ident struct {
	ID string `xml:"id,attr"`
}

// capabilities is what virsh capabilities tells of the host.
type capabilities struct {
	UUID     string `xml:"host>uuid"`
	Topology struct {
		Sockets string `xml:"sockets,attr"`
		Dies    string `xml:"dies,attr"`
		Cores   string `xml:"cores,attr"`
		Threads string `xml:"threads,attr"`
	} `xml:"host>cpu>topology"`
	Cells []struct {
		Memory amount `xml:"memory"`
		CPUs   struct {
			Num string `xml:"num,attr"`
		} `xml:"cpus"`
	} `xml:"host>topology>cells>cell"`
}

// sysinfo is what virsh sysinfo tells of the host's firmware.
type sysinfo struct {
	System     []entry `xml:"system>entry"`
	Processors []struct {
		Entries []entry `xml:"entry"`
	} `xml:"processor"`
	Modules []struct {
		Entries []entry `xml:"entry"`
	} `xml:"memory_device"`
}

type entry struct {
	Name string `xml:"name,attr"`
	Text string `xml:",chardata"`
}

func entryOf(list []entry, name string) string {
	for _, e := range list {
		if e.Name == name {
			return inventory.CleanText(e.Text)
		}
	}
	return ""
}

// found is one document of a file.
type found struct {
	line    int
	domain  *domain
	caps    *capabilities
	sysinfo *sysinfo
}

// parse reads all documents that stand one behind the other in a text. What
// was read before an error is given with it.
func parse(text string) (out []found, line int, err error) {
	// XML forbids control characters; names hold them all the same.
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, text)
	d := &counted{tokens: xml.NewDecoder(strings.NewReader(text))}
	// The text is UTF-8 by now, whatever the declaration says.
	d.tokens.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	x := xml.NewTokenDecoder(d)
	for len(out) <= maxDocuments {
		t, err := x.Token()
		line, _ = d.tokens.InputPos()
		switch {
		case errors.Is(err, io.EOF):
			return out, 0, nil
		case err != nil:
			return out, line, plainly(err)
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		f := found{line: line}
		switch start.Name.Local {
		case "domain":
			f.domain = &domain{}
			err = x.DecodeElement(f.domain, &start)
		case "capabilities":
			f.caps = &capabilities{}
			err = x.DecodeElement(f.caps, &start)
		case "sysinfo":
			f.sysinfo = &sysinfo{}
			err = x.DecodeElement(f.sysinfo, &start)
		case "domains", "domstatus", "domainsnapshot": // wraps around domains
			continue
		default:
			err = x.Skip()
		}
		if err != nil {
			line, _ = d.tokens.InputPos()
			return out, line, plainly(err)
		}
		if f.domain != nil || f.caps != nil || f.sysinfo != nil {
			out = append(out, f)
		}
	}
	return out, line, fmt.Errorf("more than %d documents", maxDocuments)
}

// counted holds the tokens of a document to the limits, and refuses document
// types, which could expand without end.
type counted struct {
	tokens          *xml.Decoder
	depth, elements int
}

// Token is the next token.
func (c *counted) Token() (xml.Token, error) {
	t, err := c.tokens.Token()
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.Directive:
		return nil, errors.New("a document type is declared (<!DOCTYPE …>), which virsh does not: refused")
	case xml.StartElement:
		c.depth++
		c.elements++
		if c.depth > maxDepth || c.elements > maxElements {
			return nil, fmt.Errorf("elements nest deeper than %d or are more than %d", maxDepth, maxElements)
		}
	case xml.EndElement:
		c.depth--
	}
	return t, nil
}

func plainly(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		if syntax.Msg == "unexpected EOF" {
			return errors.New("it ends too early")
		}
		return errors.New(syntax.Msg)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("it ends too early")
	}
	return err
}
