package azure_test

import (
	"context"
	"io/fs"

	"sobre/inventory"
	"sobre/inventory/azure"
	"sobre/inventory/sourcetest"
)

// source is the package as its tests see it.
func source() sourcetest.Source {
	return sourcetest.Source{
		Recognise: azure.Recognise,
		Read: func(ctx context.Context, paths []string, files fs.FS) (*inventory.Estate, error) {
			return azure.Read(ctx, paths, azure.Options{FS: files})
		},
	}
}
