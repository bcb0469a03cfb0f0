package wording

import (
	"slices"
	"sync"
)

// reportSentences lists what reports tell, by their English and French forms.
func reportSentences() []sentence {
	return slices.Concat(reportFirstSentences(), reportSecondSentences(), reportThirdSentences())
}

// frenchReport is the catalogue of reports by its English form.
var frenchReport = sync.OnceValue(func() map[string]string {
	byEnglish := map[string]string{}
	for _, s := range reportSentences() {
		byEnglish[s.english] = s.french
	}
	return byEnglish
})
