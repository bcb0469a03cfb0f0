// Package wording holds every sentence, number and date that people read, in
// English and French. Rooms that show something ask For a language and use its
// words; nothing else in the project spells out text for people.
package wording
