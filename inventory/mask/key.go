package mask

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Key is what masks and unmasks: a secret, and what each token stands for. It
// is as confidential as the estate itself.
type Key struct {
	Version int               `yaml:"version" json:"version"`
	Secret  string            `yaml:"secret" json:"secret"`                     // 32 bytes in hexadecimal
	Tokens  map[string]string `yaml:"tokens,omitempty" json:"tokens,omitempty"` // token → what it stands for
}

// NewKey is a key with a secret of its own.
func NewKey() (*Key, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	return &Key{Version: 1, Secret: hex.EncodeToString(secret), Tokens: map[string]string{}}, nil
}

// Check tells what is wrong with a key.
func (k *Key) Check() error {
	if k.Version != 1 {
		return fmt.Errorf("version %d of the key is not known, only 1", k.Version)
	}
	if secret, err := hex.DecodeString(k.Secret); err != nil || len(secret) < 16 {
		return errors.New("the secret of the key is not at least 16 bytes in hexadecimal")
	}
	return nil
}

// digest is the HMAC of a text under the secret.
func (k *Key) digest(kind, text string) []byte {
	secret, _ := hex.DecodeString(k.Secret) // checked when it was read
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(kind + "\x00" + text))
	return h.Sum(nil)
}

// kinds are the sorts of names, each with tokens of its own: "host-0420".
var kinds = []string{"host", "vm", "site", "chassis", "cluster", "pool", "store", "estate", "source", "place", "service", "owner", "rule", "note", "label"}

// order gives the names of one kind tokens that sort as they do. Names that
// have a token already keep it; new ones get one between their neighbours'.
func (k *Key) order(kind string, names []string) map[string]string {
	tokens := map[string]string{}
	for token, name := range k.Tokens {
		if strings.HasPrefix(token, kind+"-") {
			tokens[name] = strings.TrimPrefix(token, kind+"-")
		}
	}
	fresh := len(tokens) == 0
	all := slices.Sorted(maps.Keys(tokens))
	all = append(all, names...)
	slices.Sort(all)
	all = slices.Compact(all)
	digits := len(fmt.Sprint(len(all) * 10))
	for i, name := range all {
		if tokens[name] != "" {
			continue
		}
		if fresh {
			tokens[name] = fmt.Sprintf("%0*d", digits, (i+1)*10)
			continue
		}
		before, after := "", ""
		if i > 0 {
			before = tokens[all[i-1]]
		}
		for _, next := range all[i+1:] {
			if tokens[next] != "" {
				after = tokens[next]
				break
			}
		}
		tokens[name] = between(before, after)
	}
	for name := range tokens {
		tokens[name] = kind + "-" + tokens[name]
		k.Tokens[tokens[name]] = name
	}
	return tokens
}

// between is a number, as digits behind a point, above one and below another;
// an empty one is the end of the line. No label ends so that none fits before it.
func between(before, after string) string {
	for zeros := ""; ; zeros += "0" {
		if s := before + zeros + "5"; after == "" || s < after {
			return s
		}
	}
}
