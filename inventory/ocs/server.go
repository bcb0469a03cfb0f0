package ocs

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Server says which OCS server to ask, and as whom. The REST API has no
// accounts of its own: User and Password are those of the web server before it.
type Server struct {
	// URL is the server: a name, or https://name[:port][/ocsapi]. It may hold a
	// user, never a password.
	URL      string
	User     string
	Password string

	CA       string // path of a PEM file with further authorities to trust
	Insecure bool   // do not verify the server's certificate; allows a password over http://

	PageSize int           // machines to ask for at a time; 0: 100
	Pause    time.Duration // before the first of three further attempts, doubled for each; 0: 1 s
	Read     Options       // Workstations, StaleDays and Progress count
}

// The server opens a connection to its database for each section of each
// machine: larger pages time out. A page of 1,000 machines has 10 MB.
const (
	defaultServerPage = 100
	maxServerPage     = 1000
	maxServerAnswer   = 64 << 20
	answerTime        = 3 * time.Minute
)

// ErrPasswordInURL is returned for a URL that holds a password: it would show
// in the list of processes and in the shell's history.
var ErrPasswordInURL = errors.New("the URL holds a password, which other users of this machine can see: " +
	"take it out, and give it by SOBRE_OCS_PASSWORD, --password-file or the prompt (and change it)")

// Validate lists all that is wrong with the settings.
func (s Server) Validate() error {
	var problems []error
	u, err := s.address()
	switch {
	case err != nil:
		problems = append(problems, err)
	case u.Scheme == "http" && s.Account() != "" && !s.Insecure:
		problems = append(problems, fmt.Errorf("http://%s would send the password unencrypted: use https:// (or --insecure to do it all the same)", u.Host))
	}
	if s.PageSize < 0 || s.PageSize > maxServerPage {
		problems = append(problems, fmt.Errorf("--page %d is not between 1 and %d", s.PageSize, maxServerPage))
	}
	return errors.Join(problems...)
}

// address makes the URL of the REST API from what people paste. The server has
// three addresses that are easily confused: /ocsinventory for agents,
// /ocsreports for people, /ocsapi for programs. No error repeats the text,
// which may hold a password.
func (s Server) address() (*url.URL, error) {
	text := strings.TrimSpace(s.URL)
	if text == "" {
		return nil, errors.New("the URL of the OCS server is missing: give --url")
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
		return nil, fmt.Errorf("the URL of the OCS server cannot be read: %w", parse.Err)
	}
	if _, set := u.User.Password(); set {
		return nil, ErrPasswordInURL
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, errors.New("the URL of the OCS server should look like https://ocs.example.org")
	}
	base := strings.TrimRight(u.Path, "/")
	for _, known := range []string{"/ocsapi", "/ocsreports", "/ocsinventory"} {
		if at := strings.Index(base+"/", known+"/"); at >= 0 {
			base = base[:at]
			break
		}
	}
	u.Path = base + "/ocsapi/v1"
	u.RawPath, u.RawQuery, u.Fragment, u.User = "", "", "", nil
	return u, nil
}

// Account is the user to ask as: the one given, or the one in the URL.
func (s Server) Account() string {
	if s.User != "" {
		return s.User
	}
	if u, err := url.Parse(s.URL); err == nil {
		return u.User.Username()
	}
	return ""
}

// client is an HTTP client that checks the server as s says and follows no
// redirection to another place: it would take the password there.
func (s Server) client() (*http.Client, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: s.Insecure}
	if s.CA != "" {
		pem, err := os.ReadFile(s.CA)
		if err != nil {
			return nil, fmt.Errorf("reading the authorities: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("reading the authorities: %s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", s.CA)
		}
		config.RootCAs = pool
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = config
	return &http.Client{
		Transport: t, Timeout: answerTime,
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			first := before[0].URL
			if next.URL.Host != first.Host || next.URL.Scheme != first.Scheme || len(before) > 5 {
				return errors.New("the server sends us to another address")
			}
			return nil
		},
	}, nil
}
