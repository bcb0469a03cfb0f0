// Package document is the report on a plan before it has a format: parts,
// sections, paragraphs, figures with their ranges, tables of typed cells and
// charts as data, all worded and typeset in one language. The writers beside
// it (page, paper, workbook, comment) show this and compute nothing.
package document
