package proxmox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number is a JSON number, which Perl at times writes as text; unknown when it
// is absent or null.
type number struct {
	value float64
	known bool
}

func (n *number) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	switch text {
	case "null", "":
		return nil
	case "true":
		*n = number{1, true}
		return nil
	case "false":
		*n = number{0, true}
		return nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return fmt.Errorf("%.40q is no number", text)
	}
	*n = number{v, true}
	return nil
}

// resource is one entry of /cluster/resources or of a list of one node.
type resource struct {
	Type     string `json:"type"` // node, qemu, lxc, storage, pool, sdn
	ID       string `json:"id"`
	Node     string `json:"node"`
	Name     string `json:"name"`
	Status   string `json:"status"`
	Tags     string `json:"tags"`
	Pool     string `json:"pool"`
	VMID     number `json:"vmid"`
	MaxCPU   number `json:"maxcpu"` // threads of a node, vCPUs of a guest
	CPUs     number `json:"cpus"`   // MaxCPU, in lists of one node
	CPU      number `json:"cpu"`    // share of MaxCPU in use
	MaxMem   number `json:"maxmem"` // bytes, as all sizes
	Mem      number `json:"mem"`
	MaxDisk  number `json:"maxdisk"`
	Disk     number `json:"disk"`
	Template number `json:"template"`
	Storage  string `json:"storage"`
	Shared   number `json:"shared"`
	Plugin   string `json:"plugintype"`
}

// status is /nodes/NODE/status.
type status struct {
	CPUInfo struct {
		Model   string `json:"model"`
		Sockets number `json:"sockets"`
		// Cores are those of all sockets: PVE::ProcFSTools sums "cpu cores" over
		// the physical IDs of /proc/cpuinfo.
		Cores number `json:"cores"`
		CPUs  number `json:"cpus"` // threads
		MHz   number `json:"mhz"`  // of the moment, of one core
	} `json:"cpuinfo"`
	Memory struct {
		Total number `json:"total"`
	} `json:"memory"`
	Version string `json:"pveversion"`
}

// answer is one saved answer of the API: a list or a status.
type answer struct {
	resources []located
	status    *status
}

// located is a resource with its place in the file, or why it is none.
type located struct {
	resource
	line int
	err  error
}

// parse reads an answer, wrapped in {"data": …} or not.
func parse(text []byte) (*answer, error) {
	inner := bytes.TrimLeft(text, " \t\r\n")
	if len(inner) > 0 && inner[0] == '{' {
		var wrap struct {
			Data json.RawMessage `json:"data"`
		}
		if err := json.Unmarshal(text, &wrap); err != nil {
			return nil, plainly(text, err)
		}
		if len(wrap.Data) > 0 {
			inner = bytes.TrimLeft(wrap.Data, " \t\r\n")
		}
	}
	// Lines count from the start of the file.
	before := 1 + bytes.Count(text[:max(bytes.Index(text, inner[:min(len(inner), 64)]), 0)], []byte("\n"))
	if len(inner) > 0 && inner[0] == '{' {
		s := &status{}
		if err := json.Unmarshal(inner, s); err != nil {
			return nil, plainly(inner, err)
		}
		if !s.CPUInfo.CPUs.known && s.CPUInfo.Model == "" {
			return nil, errors.New("it is neither a list of resources nor the status of a node")
		}
		return &answer{status: s}, nil
	}
	list, err := parseList(inner, before)
	return &answer{resources: list}, err
}

func parseList(text []byte, line int) ([]located, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return nil, errors.New("it is neither a list of resources nor the status of a node")
	}
	var list []located
	counted := 0
	for d.More() {
		var r located
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, plainly(text, err)
		}
		r.err = json.Unmarshal(raw, &r.resource)
		// The place of a record is where it ends: the decoder knows no other.
		at := int(d.InputOffset())
		line += bytes.Count(text[counted:at], []byte("\n"))
		counted = at
		r.line = line
		list = append(list, r)
	}
	if _, err := d.Token(); err != nil {
		return nil, plainly(text, err)
	}
	return list, nil
}

// plainly says an error of the decoder with its line.
func plainly(text []byte, err error) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := min(max(e.Offset, 0), int64(len(text)))
		return fmt.Errorf("line %d: %w", 1+bytes.Count(text[:at], []byte("\n")), err)
	}
	if strings.Contains(err.Error(), "unexpected EOF") || err.Error() == "EOF" {
		return errors.New("it ends too early")
	}
	return err
}
