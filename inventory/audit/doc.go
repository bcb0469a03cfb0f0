// Package audit works out what an estate is made of and how it is used: counts,
// utilisation, what is idle, too large or ready to become a guest, what one
// failure would take down, and how far the data can be trusted.
//
// It reads an estate and changes nothing. Its figures are for screens, reports
// and scripts alike; its sentences are English and are translated where they
// are shown. What cannot be computed for lack of data is said, never guessed.
package audit
