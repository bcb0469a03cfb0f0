// Package tui shows a plan in a terminal and tries out other policies on it.
//
// One root model owns size, keys and background work and hands everything else
// to the screen in front, one file each. A screen only reads: it gets a frame
// (size, words, colours, the study) and returns lines. Tables lay out no more
// rows than are seen, so a full vCenter moves as fast as a rack. Work that
// takes time (reading, planning) runs in goroutines that send messages.
//
// To add a screen: a file of its own with a type that has key, body and hints
// (and load, when it prepares something for each plan); a line in screenID,
// screenKeys and newScreens of screen.go; its names in wording/tui.go; then
// go test ./tui -update, and look at the frames in testdata before keeping them.
package tui
