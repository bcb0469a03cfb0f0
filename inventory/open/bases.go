package open

import (
	"context"
	"fmt"
	"time"

	"sobre/inventory"
	"sobre/inventory/azure"
	"sobre/inventory/dmidecode"
	"sobre/inventory/libvirt"
	"sobre/inventory/ocs"
	"sobre/inventory/proxmox"
	"sobre/inventory/rvtools"
	"sobre/inventory/table"
	"sobre/inventory/vsphere"
)

// base is a source that brings machines: all files of its format are read
// together, because one machine may be in several.
type base struct {
	format Format
	read   func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error)
}

// bases are the sources in the order in which they count: what a hypervisor
// allots comes before what an agent inside sees of it, and what a person typed
// comes last.
func bases() []base {
	return []base{
		{VSphere, readSnapshots},
		{RVTools, readRVTools},
		{Proxmox, func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
			return proxmox.Read(ctx, paths, proxmox.Options{FS: o.FS})
		}},
		{Libvirt, func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
			return libvirt.Read(ctx, paths, libvirt.Options{FS: o.FS})
		}},
		{OCS, func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
			return ocs.Read(ctx, paths, ocs.Options{FS: o.FS, Workstations: o.Workstations, Columns: o.Console, Progress: o.progress("OCS")})
		}},
		{Dmidecode, func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
			return dmidecode.Read(ctx, paths, dmidecode.Options{FS: o.FS})
		}},
		{Azure, func(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
			return azure.Read(ctx, paths, azure.Options{FS: o.FS})
		}},
	}
}

// readSnapshots reads snapshots of vCenters, one after the other.
func readSnapshots(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	if len(paths) > 1 {
		return nil, fmt.Errorf("%s, %s: one snapshot of vSphere at a time; make estates of them (sobre collect vsphere) and merge those", paths[0], paths[1])
	}
	f, err := openFile(o.FS, paths[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zone := o.Zone
	if zone == nil {
		zone = time.UTC
	}
	report := o.progress("vSphere")
	return vsphere.ReadSnapshot(ctx, f, vsphere.Options{Zone: zone, Progress: func(p vsphere.Progress) { report(p.Done, p.Done) }})
}

func readRVTools(ctx context.Context, paths []string, o Options) (*inventory.Estate, error) {
	if o.FS != nil {
		return nil, fmt.Errorf("%s: RVTools exports are read from this machine's files only", paths[0])
	}
	return rvtools.Read(ctx, paths, rvtools.Options{Progress: o.progress("RVTools")})
}

// progress reports on one source.
func (o Options) progress(source string) func(done, total int) {
	return func(done, total int) {
		if o.Progress != nil {
			o.Progress(source, done, total)
		}
	}
}

// readBases reads everything that brings machines: estate files first, in the
// order given, then each source.
func readBases(ctx context.Context, found []Recognised, o Options) ([]*inventory.Estate, error) {
	var estates []*inventory.Estate
	paths := map[Format][]string{}
	for n, f := range found {
		if f.Format != EstateFile {
			paths[f.Format] = append(paths[f.Format], f.Path)
			continue
		}
		c, err := decode(f.Path, o.FS)
		if err != nil {
			return nil, err
		}
		if c.Policy || c.Gates {
			found[n].Format = Capacity // its end is seen only now
		}
		estates = append(estates, &c.Estate)
	}
	for _, b := range bases() {
		if len(paths[b.format]) == 0 {
			continue
		}
		e, err := b.read(ctx, paths[b.format], o)
		if err != nil {
			return nil, err
		}
		estates = append(estates, e)
	}
	if len(estates) == 0 {
		return readAlone(found, o)
	}
	return estates, nil
}

// readAlone makes an estate of the first register where nothing else brings
// machines.
func readAlone(found []Recognised, o Options) ([]*inventory.Estate, error) {
	for n, f := range found {
		if f.Format != Register {
			continue
		}
		mapping, err := table.MappingBeside(o.FS, f.Path)
		if err != nil {
			return nil, err
		}
		r, err := table.Read(f.Path, table.Options{Mapping: mapping, FS: o.FS})
		if err != nil {
			return nil, err
		}
		found[n].Format = Table
		return []*inventory.Estate{r.Estate()}, nil
	}
	return nil, nil
}
