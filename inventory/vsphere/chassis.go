package vsphere

import (
	"regexp"
	"strings"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25/types"
)

// serials are the serial numbers that a host's firmware tells.
type serials struct {
	own       string // of the machine
	enclosure string // of the enclosure that it sits in
}

// serialsOf reads SerialNumberTag (since vSphere 6.7 also systemInfo), else
// the maker's ServiceTag.
func serialsOf(r record) serials {
	var s serials
	service := ""
	list, _ := value[types.ArrayOfHostSystemIdentificationInfo](r, "summary.hardware.otherIdentifyingInfo")
	for _, info := range list.HostSystemIdentificationInfo {
		if info.IdentifierType == nil {
			continue
		}
		text := inventory.CleanSerial(info.IdentifierValue)
		switch info.IdentifierType.GetElementDescription().Key {
		case "SerialNumberTag":
			s.own = text
		case "EnclosureSerialNumberTag":
			s.enclosure = text
		case "ServiceTag":
			service = text
		}
	}
	if own := inventory.CleanSerial(r.rawText("hardware.systemInfo.serialNumber")); own != "" {
		s.own = own
	}
	if s.own == "" {
		s.own = service
	}
	return s
}

// blade matches the models that can only stand in an enclosure: HP BL and
// Synergy, Dell M and MX, Cisco B, IBM/Lenovo HS, Flex and BladeCenter.
var blade = regexp.MustCompile(`(?i)\b(BL\d{3}\w*|Synergy \d+|PowerEdge MX?\d{3}\w*|UCSB?-B\d+|B2[02]0[ -]M\d|HS[2]\d|LS[2]\d|Flex System|BladeCenter|blade)\b`)

// makeChassis groups hosts by the serial of their enclosure. A rack server
// tells the serial of its own case there, so one host makes a chassis only
// when its model is a blade and the serial is not its own.
func (c *collector) makeChassis(hosts []hostRecord) {
	shared := map[string]int{}
	for _, h := range hosts {
		shared[h.enclosure]++
	}
	made := map[string]string{}
	var unique inventory.IDs
	for i, h := range hosts {
		alone := shared[h.enclosure] == 1
		if h.enclosure == "" || alone && (h.enclosure == h.host.Serial || !blade.MatchString(h.host.Model)) {
			continue
		}
		if made[h.enclosure] == "" {
			id := unique.Unique("enc-" + plainID(h.enclosure))
			made[h.enclosure] = id
			c.estate.Chassis = append(c.estate.Chassis, inventory.Chassis{
				ID: id, Serial: h.enclosure, Site: h.host.Site,
				From: []inventory.Origin{{Source: sourceID, At: at(h.ref), Method: "the enclosure serial that the blades tell"}},
			})
		}
		hosts[i].host.Chassis = made[h.enclosure]
	}
	c.counts["chassis"] = len(c.estate.Chassis)
	if len(c.estate.Chassis) == 0 && anyBlade(hosts) {
		c.find(inventory.Finding{
			Code: "chassis-unknown", Severity: inventory.Warning,
			What: "There are blades, but none tells the serial of its enclosure: which blades fail together is unknown.",
			Do:   "Write chassis and slot of each blade into the estate.",
		})
	}
}

func anyBlade(hosts []hostRecord) bool {
	for _, h := range hosts {
		if blade.MatchString(strings.TrimSpace(h.host.Model)) {
			return true
		}
	}
	return false
}
