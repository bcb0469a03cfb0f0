package vsphere

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
)

// trust is how the server has to prove who it is. By default the system's
// authorities decide; a CA file adds to them; a thumbprint replaces them.
func trust(o Options) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	pinned, err := parseThumbprint(o.Thumbprint)
	if err != nil {
		return nil, err
	}
	switch {
	case len(pinned) > 0:
		// The chain is not looked at: the very certificate is known.
		config.InsecureSkipVerify = true
		config.VerifyConnection = func(s tls.ConnectionState) error { return comparePin(s.PeerCertificates[0], pinned) }
	case o.Insecure:
		config.InsecureSkipVerify = true
	case o.CA != "":
		if config.RootCAs, err = authorities(o.CA); err != nil {
			return nil, err
		}
	}
	return config, nil
}

// errPin says that the server showed another certificate than the pinned one.
var errPin = errors.New("another certificate than the pinned one")

func comparePin(cert *x509.Certificate, pinned []byte) error {
	short, long := sha1.Sum(cert.Raw), sha256.Sum256(cert.Raw)
	if bytes.Equal(pinned, short[:]) || bytes.Equal(pinned, long[:]) {
		return nil
	}
	return fmt.Errorf("%w: the server shows SHA-256 %s", errPin, thumbprint(cert))
}

func authorities(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the authorities: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("reading the authorities: %s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", path)
	}
	return pool, nil
}

// thumbprint is the SHA-256 of a certificate as vSphere shows it.
func thumbprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(pairs, ":")
}
