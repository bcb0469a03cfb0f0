package vsphere

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"sobre/inventory"

	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// connection is an open session with a vCenter or ESXi host.
type connection struct {
	calls              soap.RoundTripper
	client             *soap.Client
	record             *recorder // nil: nobody wants a snapshot
	user, password     string    // for the REST API, which has sessions of its own
	tags, noAttributes bool
	content            types.ServiceContent // what the server is and has
	idle               func()               // closes what is left open
	url                string               // without credentials
	since              time.Time            // the server's clock when the session began
	history            time.Duration
	zone               *time.Location
	pageSize           int32
	progress           func(Progress)
}

// maxAnswer ends an answer that no page of ours can need, in bytes.
const maxAnswer = 256 << 20

// closeTime is how long the server gets to end a session after the work is
// done or given up.
const closeTime = 5 * time.Second

// connect opens a session. The caller closes it.
func connect(ctx context.Context, o Options) (*connection, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	u, err := address(o.URL)
	if err != nil {
		return nil, err
	}
	user := o.User
	if user == "" {
		user = u.User.Username()
	}
	u.User = nil
	client, err := transport(u, o)
	if err != nil {
		return nil, err
	}
	var record *recorder
	if o.Snapshot != nil {
		record, err = newRecorder(client.Client.Transport, o.Snapshot, snapshotHead{URL: plainURL(u), History: o.History.String(), Page: o.PageSize, Tags: o.Tags, NoAttributes: o.NoAttributes})
		if err != nil {
			return nil, fmt.Errorf("writing the snapshot: %w", err)
		}
		client.Client.Transport = record
	}
	calls := guarded{client}
	content, err := methods.GetServiceContent(ctx, calls)
	if err != nil {
		return nil, explainConnect(err, u.Host)
	}
	if content.SessionManager == nil || content.ViewManager == nil {
		return nil, fmt.Errorf("%s is no vCenter or ESXi host: it calls itself %q", u.Host, inventory.CleanText(content.About.FullName))
	}
	c := &connection{
		calls: calls, client: client, record: record, content: content, idle: client.CloseIdleConnections, url: u.String(),
		user: user, password: o.Password, tags: o.Tags, noAttributes: o.NoAttributes,
		history: o.History, zone: o.Zone, pageSize: int32(min(o.PageSize, maxPageSize)), progress: o.Progress,
	}
	if c.pageSize <= 0 {
		c.pageSize = defaultPageSize
	}
	if c.since, err = c.login(ctx, user, o.Password); err != nil {
		if ctx.Err() != nil {
			return nil, explainConnect(err, u.Host)
		}
		return nil, explainLogin(err, user, u.Host)
	}
	return c, nil
}

// transport is the HTTP client under a session: it checks the server as o
// says, follows no redirection (it would send the password elsewhere) and
// reads no endless answer.
func transport(u *url.URL, o Options) (*soap.Client, error) {
	config, err := trust(o)
	if err != nil {
		return nil, err
	}
	client := soap.NewClient(u, o.Insecure)
	client.UserAgent = "sobre"
	client.Namespace, client.Version = "urn:"+vim25.Namespace, vim25.Version
	t := client.DefaultTransport()
	t.TLSClientConfig = config
	t.DialTLSContext = nil // the library's own knows neither our pins nor the context
	client.Client.Transport = limited{t}
	if o.play != nil {
		client.Client.Transport = limited{o.play}
	}
	client.Client.CheckRedirect = func(*http.Request, []*http.Request) error {
		return errors.New("the server sends us to another address")
	}
	return client, nil
}

// close ends the session, also when the context of the work has ended.
func (c *connection) close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	// An error is of no use here: the server ends idle sessions by itself.
	_ = c.logout(ctx)
	c.idle()
}

// limited is a transport whose answers end after maxAnswer bytes.
type limited struct{ under http.RoundTripper }

// RoundTrip does one exchange.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.under.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	res.Body = &limitedBody{ReadCloser: res.Body, left: maxAnswer}
	return res, nil
}

type limitedBody struct {
	io.ReadCloser
	left int
}

// Read reads on, until the limit.
func (b *limitedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("the answer is larger than %d MiB: use smaller pages", maxAnswer>>20)
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
