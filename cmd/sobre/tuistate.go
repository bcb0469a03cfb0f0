package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"sobre/tui"
)

// statePath is where the terminal screens keep how they were left: the place
// of such files by the XDG Base Directory Specification 0.8, or the folder of
// settings on systems that have their own.
func statePath() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "sobre", "tui.json"), nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, err := os.UserConfigDir()
		return filepath.Join(dir, "sobre", "tui.json"), err
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state", "sobre", "tui.json"), err
}

// readState reads how the screens were left. What cannot be read is as if
// there were nothing: it is only a convenience.
func readState() tui.State {
	path, err := statePath()
	if err != nil {
		return tui.State{}
	}
	f, err := os.Open(path)
	if err != nil {
		return tui.State{}
	}
	defer f.Close()
	const most = 64 << 10
	var s tui.State
	if err := json.NewDecoder(io.LimitReader(f, most)).Decode(&s); err != nil {
		return tui.State{}
	}
	return s
}

// writeState keeps how the screens were left.
func writeState(s tui.State) error {
	path, err := statePath()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("keeping the state of the screens: %w", err)
	}
	return writeOutput(path, nil, func(w io.Writer) error { return json.NewEncoder(w).Encode(s) })
}
