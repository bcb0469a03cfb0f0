package ocs

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"sobre/inventory"
)

// asker asks the REST API of one server.
type asker struct {
	client         *http.Client
	base           *url.URL
	user, password string
	pause          time.Duration
}

// attempts is how often a question is put before the server is taken to have
// no answer to it.
const attempts = 4

// statusError is an answer that is a refusal.
type statusError struct {
	code int
	err  error
}

func (e *statusError) Error() string { return e.err.Error() }
func (e *statusError) Unwrap() error { return e.err }

// statusOf is the HTTP status an error is about, 0 when it is about none.
func statusOf(err error) int {
	if s, ok := errors.AsType[*statusError](err); ok {
		return s.code
	}
	return 0
}

// hopeless tells errors that no further question will mend: nobody there, not
// trusted, not let in, or out of time.
func hopeless(ctx context.Context, err error) bool {
	code := statusOf(err)
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	return ctx.Err() != nil || code == http.StatusUnauthorized || code == http.StatusForbidden ||
		errors.As(err, &certificate) || errors.As(err, &dns) && dns.IsNotFound
}

// get asks for a path under the API and gives the JSON that it answers with,
// nil for null. It asks again where a server that is busy may answer later.
func (a *asker) get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	pause := a.pause
	for n := 1; ; n++ {
		body, err := a.once(ctx, path, query)
		code := statusOf(err)
		busy := code == 0 || code == http.StatusTooManyRequests || code >= 500
		if err == nil || n == attempts || !busy || hopeless(ctx, err) {
			return body, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
			pause *= 2
		}
	}
}

func (a *asker) once(ctx context.Context, path string, query url.Values) ([]byte, error) {
	u := *a.base
	u.Path += path
	u.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "sobre")
	if a.user != "" {
		req.SetBasicAuth(a.user, a.password)
	}
	res, err := a.client.Do(req)
	if err != nil {
		return nil, a.explain(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, &statusError{res.StatusCode, a.refusal(res.StatusCode, path)}
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxServerAnswer+1))
	switch {
	case err != nil:
		return nil, a.explain(err)
	case len(body) > maxServerAnswer:
		return nil, fmt.Errorf("the answer to %s is larger than %d MiB: ask for smaller pages (--page)", path, maxServerAnswer>>20)
	}
	return plainJSON(body, path)
}

// plainJSON undoes what servers wrap their JSON in: 2.8 encodes some answers
// twice. An answer that is no JSON at all is an error, whatever its status.
func plainJSON(body []byte, path string) ([]byte, error) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	var inner string
	if json.Unmarshal(body, &inner) == nil {
		body = bytes.TrimSpace([]byte(inner))
	}
	switch {
	case len(body) == 0, string(body) == "null":
		return nil, nil
	case body[0] == '<':
		return nil, fmt.Errorf("the answer to %s is a web page: is the REST API switched on (its own package, ocsinventory-server's Api::Ocsinventory::Restapi)?", path)
	case body[0] != '{' && body[0] != '[' || !json.Valid(body):
		return nil, fmt.Errorf("the answer to %s is no JSON: it starts with %q", path, inventory.CleanText(string(body[:min(len(body), 40)])))
	}
	return body, nil
}

// refusal says what a status means here.
func (a *asker) refusal(code int, path string) error {
	host := a.base.Host
	switch code {
	case http.StatusUnauthorized:
		if a.user == "" {
			return fmt.Errorf("%s wants a user and a password: give --user", host)
		}
		return fmt.Errorf("%s refuses user %q or the password: check both", host, a.user)
	case http.StatusForbidden:
		return fmt.Errorf("%s does not let this machine or user %q read its REST API: its web server's settings decide (Require ip, Require user)", host, a.user)
	case http.StatusNotFound:
		return fmt.Errorf("%s has nothing at %s%s: is the REST API switched on there?", host, a.base.Path, path)
	}
	return fmt.Errorf("%s answers %d %s to %s", host, code, http.StatusText(code), path)
}

// explain says in words of the operator why there was no answer.
func (a *asker) explain(err error) error {
	host := a.base.Host
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	var op *net.OpError
	cause := err
	if u, ok := errors.AsType[*url.Error](err); ok {
		cause = u.Err // without the address, which the sentence has
	}
	switch {
	case errors.As(err, &certificate):
		return fmt.Errorf("the certificate of %s is not trusted here: give its authority with --ca FILE, or do not check at all (--insecure; whoever stands in between can then read the password): %w", host, cause)
	case errors.As(err, &dns):
		return fmt.Errorf("the name %s is not known here: check --url: %w", host, cause)
	case errors.As(err, &op):
		return fmt.Errorf("%s cannot be reached: check --url, the network and the firewall: %w", host, cause)
	}
	return fmt.Errorf("no answer from %s: %w", host, cause)
}
