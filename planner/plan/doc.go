// Package plan is the plan as a document: what may be asked (Policy), what
// was answered (Plan), and how both look in files. Everything that shows,
// checks or compares a plan reads these types and nothing else.
package plan
