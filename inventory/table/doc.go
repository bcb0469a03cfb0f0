// Package table reads an asset register (Kimoce, GLPI, a spreadsheet) exported
// as CSV and adds what it knows to an estate: where a machine stands, whom it
// serves, when it was bought, for how much, until when it is maintained.
//
// No two registers have the same columns, so a mapping file says which column
// is what; without one, common French and English headers are tried.
package table
