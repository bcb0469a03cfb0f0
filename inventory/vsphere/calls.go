package vsphere

import (
	"context"
	"fmt"
	"time"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// This file holds every call to the server. None of them changes anything
// there but the session's own view.

// guarded makes an error of an answer that the library cannot take: its decoder
// panics on a value whose type does not fit where it stands.
type guarded struct{ under soap.RoundTripper }

// RoundTrip does one call.
func (g guarded) RoundTrip(ctx context.Context, request, response soap.HasFault) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the answer cannot be read: %v", r)
		}
	}()
	return g.under.RoundTrip(ctx, request, response)
}

func (c *connection) login(ctx context.Context, user, password string) (time.Time, error) {
	res, err := methods.Login(ctx, c.calls, &types.Login{
		This: *c.content.SessionManager, UserName: user, Password: password, Locale: "en_US",
	})
	if err != nil {
		return time.Time{}, err
	}
	return res.Returnval.LoginTime, nil
}

func (c *connection) logout(ctx context.Context) error {
	_, err := methods.Logout(ctx, c.calls, &types.Logout{This: *c.content.SessionManager})
	return err
}

// view lists all objects of a kind that the account may see.
func (c *connection) view(ctx context.Context, kind string) (types.ManagedObjectReference, error) {
	res, err := methods.CreateContainerView(ctx, c.calls, &types.CreateContainerView{
		This: *c.content.ViewManager, Container: c.content.RootFolder,
		Type: []string{kind}, Recursive: true,
	})
	if err != nil {
		return types.ManagedObjectReference{}, err
	}
	return res.Returnval, nil
}

func (c *connection) destroyView(ctx context.Context, view types.ManagedObjectReference) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	_, err := methods.DestroyView(ctx, c.calls, &types.DestroyView{This: view})
	return err
}

// retrieve asks for the first page of what spec describes.
func (c *connection) retrieve(ctx context.Context, spec types.PropertyFilterSpec) (*types.RetrieveResult, error) {
	res, err := methods.RetrievePropertiesEx(ctx, c.calls, &types.RetrievePropertiesEx{
		This: c.content.PropertyCollector, SpecSet: []types.PropertyFilterSpec{spec},
		Options: types.RetrieveOptions{MaxObjects: c.pageSize},
	})
	if err != nil || res.Returnval == nil {
		return &types.RetrieveResult{}, err
	}
	return res.Returnval, nil
}

// further asks for the page after the one that carried token.
func (c *connection) further(ctx context.Context, token string) (*types.RetrieveResult, error) {
	res, err := methods.ContinueRetrievePropertiesEx(ctx, c.calls, &types.ContinueRetrievePropertiesEx{
		This: c.content.PropertyCollector, Token: token,
	})
	if err != nil {
		return nil, err
	}
	return &res.Returnval, nil
}

func (c *connection) queryPerf(ctx context.Context, specs []types.PerfQuerySpec) ([]types.BasePerfEntityMetricBase, error) {
	res, err := methods.QueryPerf(ctx, c.calls, &types.QueryPerf{This: *c.content.PerfManager, QuerySpec: specs})
	if err != nil {
		return nil, err
	}
	return res.Returnval, nil
}
