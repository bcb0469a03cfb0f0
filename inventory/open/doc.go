// Package open reads whatever inventory it is given: it recognises the format
// of each path from its content, has the right source read it, and makes one
// estate of all. It is how every command takes an estate.
package open
