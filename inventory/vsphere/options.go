package vsphere

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// Options says where to collect from and as whom.
type Options struct {
	// URL is the vCenter or ESXi host: a name, or https://name[:port][/sdk].
	// It may hold a user, never a password.
	URL      string
	User     string // wins over the user in URL
	Password string

	CA         string // path of a PEM file with further authorities to trust
	Thumbprint string // SHA-256 or SHA-1 of the server's certificate, in hex; only that certificate is accepted
	Insecure   bool   // do not verify the server's certificate; allows http://

	// History is how far back to read what hosts and VMs used; 0: only now.
	// Zone is the time zone of the profiles made of it; nil: no profiles.
	History time.Duration
	Zone    *time.Location

	// Tags reads the tags of VMs through the REST API too, which is one session
	// and some questions more.
	Tags bool
	// NoAttributes leaves the custom attributes of VMs out.
	NoAttributes bool
	// Snapshot gets what the server answered, for ReadSnapshot; nil: nobody.
	Snapshot io.Writer

	play     *player        // answers in place of a server
	Deadline time.Duration  // for the whole collection; 0: none
	PageSize int            // objects a page; 0: 250
	Progress func(Progress) // called after each page; may be nil
}

// Progress is how far a collection is.
type Progress struct {
	Kind string // what is being read: "hosts", "VMs", …
	Done int    // how many of them have been read
}

// A page of 250 guests with their devices is a few MB.
const (
	defaultPageSize = 250
	maxPageSize     = 10_000
)

// ErrPasswordInURL is returned for a URL that holds a password: it would show
// in the list of processes and in the shell's history.
var ErrPasswordInURL = errors.New("the URL holds a password, which other users of this machine can see: " +
	"take it out, and give it by SOBRE_VSPHERE_PASSWORD, --password-file or the prompt (and change it)")

// Validate lists all that is wrong with the options.
func (o Options) Validate() error {
	var problems []error
	u, err := address(o.URL)
	if err != nil {
		problems = append(problems, err)
	} else if u.Scheme == "http" && !o.Insecure {
		problems = append(problems, fmt.Errorf("http://%s would send the password unencrypted: use https:// (or --insecure to do it all the same)", u.Host))
	}
	if o.User == "" && (u == nil || u.User.Username() == "") {
		problems = append(problems, errors.New("the user is missing: give --user or SOBRE_VSPHERE_USER"))
	}
	if _, err := parseThumbprint(o.Thumbprint); err != nil {
		problems = append(problems, err)
	}
	if o.Thumbprint != "" && o.Insecure {
		problems = append(problems, errors.New("--thumbprint and --insecure contradict each other: a pinned certificate needs no --insecure"))
	}
	if o.History < 0 {
		problems = append(problems, fmt.Errorf("the history of %v is negative", o.History))
	}
	if o.Deadline < 0 {
		problems = append(problems, fmt.Errorf("the deadline of %v is negative", o.Deadline))
	}
	return errors.Join(problems...)
}

// address makes the URL of the API from what people paste: a bare name, the
// URL of the web client, or the whole of https://name/sdk. No error of it
// repeats the text, which may hold a password.
func address(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, errors.New("the URL of the vCenter is missing: give --url")
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil && strings.Contains(text, "@"), err == nil && strings.Contains(u.Path, "@"):
		return nil, ErrPasswordInURL // a password with / or : in it breaks the URL
	case err != nil:
		var parse *url.Error
		errors.As(err, &parse)
		return nil, fmt.Errorf("the URL of the vCenter cannot be read: %w", parse.Err)
	}
	if _, set := u.User.Password(); set {
		return nil, ErrPasswordInURL
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, errors.New("the URL of the vCenter should look like https://vcenter.example.org")
	}
	if u.Path != "/sdk" && (u.Path == "" || u.Path == "/" || strings.HasPrefix(u.Path, "/ui") || u.Path == "/sdk/" || strings.HasPrefix(u.Path, "/vsphere-client")) {
		u.Path = "/sdk"
	}
	u.RawPath, u.RawQuery, u.Fragment = "", "", ""
	return u, nil
}

// parseThumbprint reads "AB:CD:…" or "abcd…" of a SHA-1 (20 bytes) or SHA-256
// (32 bytes). An empty text gives nil.
func parseThumbprint(text string) ([]byte, error) {
	sum, err := hex.DecodeString(strings.NewReplacer(":", "", " ", "").Replace(strings.TrimSpace(text)))
	if err != nil || len(sum) != 0 && len(sum) != 20 && len(sum) != 32 {
		return nil, errors.New("the thumbprint is not the SHA-256 (64 hex digits) or SHA-1 (40 hex digits) of a certificate")
	}
	return sum, nil
}
