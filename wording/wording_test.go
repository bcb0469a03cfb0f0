package wording_test

import (
	"reflect"
	"regexp"
	"testing"

	"sobre/wording"
)

// verbs finds the places that a text leaves for names and numbers.
var verbs = regexp.MustCompile(`%[a-z%]`)

// TestLanguagesSayTheSame walks both languages and compares what each message
// expects to be filled in.
func TestLanguagesSayTheSame(t *testing.T) {
	compare(t, "", reflect.ValueOf(*wording.English()), reflect.ValueOf(*wording.French()))
}

func compare(t *testing.T, path string, en, fr reflect.Value) {
	t.Helper()
	switch en.Kind() {
	case reflect.Struct:
		for i := range en.NumField() {
			if en.Type().Field(i).IsExported() {
				compare(t, path+"."+en.Type().Field(i).Name, en.Field(i), fr.Field(i))
			}
		}
	case reflect.Map:
		if en.Len() == 0 || en.Len() != fr.Len() {
			t.Errorf("%s: %d messages in English, %d in French", path, en.Len(), fr.Len())
		}
		for _, key := range en.MapKeys() {
			if !fr.MapIndex(key).IsValid() {
				t.Errorf("%s[%s] has no French", path, key)
				continue
			}
			compare(t, path+"["+key.String()+"]", en.MapIndex(key), fr.MapIndex(key))
		}
	case reflect.Slice:
		if en.Len() == 0 || en.Len() != fr.Len() {
			t.Errorf("%s: %d texts in English, %d in French", path, en.Len(), fr.Len())
			return
		}
		for i := range en.Len() {
			compare(t, path, en.Index(i), fr.Index(i))
		}
	case reflect.String:
		if en.String() == "" || fr.String() == "" {
			t.Errorf("%s is missing in a language: %q, %q", path, en, fr)
		}
		if a, b := len(verbs.FindAllString(en.String(), -1)), len(verbs.FindAllString(fr.String(), -1)); a != b {
			t.Errorf("%s expects %d values in English and %d in French", path, a, b)
		}
	}
}

func TestNumbers(t *testing.T) {
	en, fr := wording.English(), wording.French()
	tests := []struct {
		v        float64
		decimals int
		en, fr   string
	}{
		{0, 0, "0", "0"}, {1234567.891, 2, "1,234,567.89", "1\u00a0234\u00a0567,89"},
		{-0.04, 1, "0.0", "0,0"}, {-1234, 0, "-1,234", "-1\u00a0234"}, {999.5, 0, "1,000", "1\u00a0000"},
	}
	for _, tt := range tests {
		if got := en.Number(tt.v, tt.decimals); got != tt.en {
			t.Errorf("English %v: %q, want %q", tt.v, got, tt.en)
		}
		if got := fr.Number(tt.v, tt.decimals); got != tt.fr {
			t.Errorf("French %v: %q, want %q", tt.v, got, tt.fr)
		}
	}
	for v, want := range map[float64]string{186.4: "186", 9.72: "9.7", 0.31: "0.3", 12345: "12,345"} {
		if got := en.Figures(v, 2); got != want {
			t.Errorf("Figures(%v, 2) = %q, want %q", v, got, want)
		}
	}
}

func TestForReadsLocales(t *testing.T) {
	for locale, want := range map[string]string{"fr_FR.UTF-8": "fr", "fr": "fr", "FR-ca": "fr", "en_US": "en", "C": "en", "": "en", "de_DE@euro": "en"} {
		if got := wording.For(locale).Code; got != want {
			t.Errorf("For(%q) is %q, want %q", locale, got, want)
		}
	}
}
