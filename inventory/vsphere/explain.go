package vsphere

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// explainConnect says in words of the operator why there is no connection to host.
func explainConnect(err error, host string) error {
	var unknown *tls.CertificateVerificationError
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer from %s: %w", host, err)
	case errors.Is(err, errPin):
		return fmt.Errorf("%s may not be the server you know: %w", host, unwrapURL(err))
	case errors.As(err, &unknown):
		return explainCertificate(unknown, host)
	case errors.As(err, &dns):
		return fmt.Errorf("the name %s is not known here: check --url: %w", host, unwrapURL(err))
	case errors.As(err, &op):
		return fmt.Errorf("%s cannot be reached: check --url, the network and the firewall: %w", host, unwrapURL(err))
	}
	return fmt.Errorf("%s does not answer like a vCenter or ESXi host: check --url: %w", host, unwrapURL(err))
}

// explainCertificate names the three ways out of an untrusted certificate.
func explainCertificate(err *tls.CertificateVerificationError, host string) error {
	pin := "unknown"
	if len(err.UnverifiedCertificates) > 0 {
		pin = thumbprint(err.UnverifiedCertificates[0])
	}
	var name x509.HostnameError
	if errors.As(err, &name) {
		return fmt.Errorf("the certificate of %s is made out to another name: put that name in --url, or pin the certificate with --thumbprint %s: %w", host, pin, err.Err)
	}
	return fmt.Errorf("the certificate of %s is not trusted here. Either trust its authority (--ca FILE; a vCenter offers it at https://%s/certs/download.zip), "+
		"or pin this certificate once you have compared it with the server's own (--thumbprint %s), "+
		"or do not check at all (--insecure; whoever stands in between can then read the password): %w", host, host, pin, err.Err)
}

// explainLogin says why the account was not let in.
func explainLogin(err error, user, host string) error {
	switch faultOf(err).(type) {
	case types.InvalidLogin, *types.InvalidLogin:
		return fmt.Errorf("%s refuses user %q or the password: check both; a domain user is written DOMAIN\\user or user@domain", host, user)
	case types.NoPermission, *types.NoPermission:
		return fmt.Errorf("user %q has no rights on %s: give it the role Read-only at the top of the inventory, with propagation", user, host)
	}
	return fmt.Errorf("logging in to %s as %q: %w", host, user, err)
}

// faultOf is the fault that a server answered with, nil when err is none.
func faultOf(err error) any {
	for ; err != nil; err = errors.Unwrap(err) {
		if soap.IsSoapFault(err) {
			return soap.ToSoapFault(err).VimFault()
		}
	}
	return nil
}

// unwrapURL drops the method and URL that net/http puts before its errors.
func unwrapURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	if text := err.Error(); strings.Contains(text, "<html") || strings.Contains(text, "XML syntax error") || strings.Contains(text, "expected element") || errors.Is(err, http.ErrNotSupported) {
		return errors.New("the answer is not of the vSphere API")
	}
	return err
}
