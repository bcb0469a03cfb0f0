package libvirt_test

import (
	"context"
	"io/fs"

	"sobre/inventory"
	"sobre/inventory/libvirt"
	"sobre/inventory/sourcetest"
)

// source is the package as its tests see it.
func source() sourcetest.Source {
	return sourcetest.Source{
		Recognise: libvirt.Recognise,
		Read: func(ctx context.Context, paths []string, files fs.FS) (*inventory.Estate, error) {
			return libvirt.Read(ctx, paths, libvirt.Options{FS: files})
		},
	}
}
