package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sobre/internal/golden"
)

// permissive are the licences that a module may be under to be part of the
// program, each with words that only its text has.
var permissive = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0, January 2004"},
	{"BSD-3-Clause", "Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met: .* Neither the name"},
	{"BSD-2-Clause", "Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met"},
	{"ISC", "Permission to use, copy, modify, and(/or)? distribute this software for any purpose with or without fee is hereby granted"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"},
}

// testOnly are licences that are good enough for what only tests use.
var testOnly = []struct{ name, words string }{
	{"MPL-2.0", "Mozilla Public License,? [Vv]ersion 2.0"},
}

// module is a module that something is built from.
type module struct{ Path, Version, Dir string }

// modulesOf lists the modules that packages are built from on a system, tests
// included or not.
func modulesOf(t *testing.T, system string, tests bool, packages string) map[string]module {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", fmt.Sprintf("-test=%t", tests), "-json=Module", packages)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	var problems bytes.Buffer
	cmd.Stderr = &problems
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	found := map[string]module{}
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var p struct {
			Module *struct {
				module
				Main bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && !p.Module.Main {
			found[p.Module.Path] = p.Module.module
		}
	}
}

// licenceOf reads the licence of a module, with its notice where it has one.
func licenceOf(t *testing.T, dir string, allowed []struct{ name, words string }) (name, text string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text += strings.TrimSpace(string(bytes.ReplaceAll(data, []byte("\r"), nil))) + "\n\n"
	}
	words := strings.Join(strings.Fields(text), " ")
	for _, l := range allowed {
		if regexp.MustCompile(l.words).MatchString(words) {
			return l.name, strings.TrimSpace(text)
		}
	}
	return "", text
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)(\.(md|txt))?$`)

// TestLicences holds every module of the program to a permissive licence and
// THIRD_PARTY.md to the list of them; what only tests use may be under others.
func TestLicences(t *testing.T) {
	if testing.Short() {
		t.Skip("lists the modules of three systems")
	}
	shipped := map[string]module{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for path, m := range modulesOf(t, system, false, "./cmd/sobre") {
			shipped[path] = m
		}
	}
	if len(shipped) < 10 {
		t.Fatalf("only %d modules are listed", len(shipped))
	}
	var paths []string
	for path := range shipped {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	golden.Compare(t, "../../THIRD_PARTY.md", thirdParty(t, paths, shipped))

	for path, m := range modulesOf(t, runtime.GOOS, true, "./...") {
		if name, _ := licenceOf(t, m.Dir, slices.Concat(permissive, testOnly)); name == "" {
			t.Errorf("%s, which tests use, is under no licence that is allowed", path)
		}
	}
}

// thirdParty is the list of the modules with every different licence text once.
func thirdParty(t *testing.T, paths []string, modules map[string]module) []byte {
	t.Helper()
	var out bytes.Buffer
	fmt.Fprintf(&out, "# What sobre is built from\n\nModules that the program contains, with their licences; a test of `cmd/sobre` keeps this\nlist (`go test ./cmd/sobre -run TestLicences -update`) and refuses any that is not permissive.\n\n| module | version | licence |\n|---|---|---|\n")
	users := map[string][]string{}
	var order []string
	add := func(path, version, dir string) {
		name, text := licenceOf(t, dir, permissive)
		if name == "" {
			t.Errorf("%s: the licence is none of those that are allowed:\n%.500s", path, text)
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", path, version, name)
		if users[text] == nil {
			order = append(order, text)
		}
		users[text] = append(users[text], path)
	}
	for _, path := range paths {
		add(path, modules[path].Version, modules[path].Dir)
	}
	for _, text := range order {
		fmt.Fprintf(&out, "\n## %s\n\n```text\n%s\n```\n", strings.Join(users[text], ", "), text)
	}
	fmt.Fprint(&out, goLicence)
	return out.Bytes()
}

// goLicence is the one of Go itself, whose runtime and library are in every
// program made with it. It is written out here, as not every Go has it on disk.
const goLicence = "\n## The Go runtime and standard library\n\nBSD-3-Clause, Copyright 2009 The Go Authors: the text is that of golang.org/x/text above.\n"
