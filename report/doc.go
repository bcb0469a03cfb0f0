// Package report shows a plan to people and to other programs: the first
// screen and the tables of the command line, Markdown, CSV. It only reads the
// plan; whatever it shows was computed before.
package report
