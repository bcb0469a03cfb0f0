package dmidecode_test

import (
	"context"
	"io/fs"

	"sobre/inventory"
	"sobre/inventory/dmidecode"
	"sobre/inventory/sourcetest"
)

// source is the package as its tests see it.
func source() sourcetest.Source {
	return sourcetest.Source{
		Recognise: dmidecode.Recognise,
		Read: func(ctx context.Context, paths []string, files fs.FS) (*inventory.Estate, error) {
			return dmidecode.Read(ctx, paths, dmidecode.Options{FS: files})
		},
	}
}
