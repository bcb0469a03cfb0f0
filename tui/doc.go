// Package tui shows a plan in a terminal and tries out other policies on it.
//
// One root model owns size, keys and background work and hands everything else
// to the screen in front, one file each. A screen only reads: it gets a frame
// (size, words, colours, the study) and returns lines. Tables lay out no more
// rows than are seen, so a full vCenter moves as fast as a rack. Work that
// takes time (reading, planning) runs in goroutines that send messages.
package tui
