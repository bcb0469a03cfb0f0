package ocs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sobre/inventory/ocs"
)

// BenchmarkRead reads a folder of 1,000 documents of 60 kB. The aim is 5 s and
// 100 MB; peak-MB is the most the process ever held (Linux only).
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	var software strings.Builder
	for i := range 330 {
		software.WriteString(element("SOFTWARES", "COMMENTS", "A library that others need", "NAME", fmt.Sprint("package-", i), "VERSION", "1.2.3-4.el5",
			"FILESIZE", "123456", "INSTALLDATE", "2009/06/01") + "\n")
	}
	for i := range 1000 {
		doc := document(fmt.Sprintf("srv-%d-2009-01-01-00-00-00", i), hardware(fmt.Sprint("srv-", i)), proliantSerial(i), xeon5160, xeon5160, software.String())
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".ocs")), []byte(doc), 0o600); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(doc)) * 1000)
	}
	for b.Loop() {
		e, err := ocs.Read(b.Context(), []string{dir}, ocs.Options{})
		if err != nil || len(e.Hosts) != 1000 {
			b.Fatal(len(e.Hosts), err)
		}
	}
	b.ReportMetric(peakMB(), "peak-MB")
}

// peakMB is the largest resident size of this process so far, 0 where the
// system does not tell.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kb float64
	if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
		fmt.Sscan(after, &kb)
	}
	return kb / 1000
}
