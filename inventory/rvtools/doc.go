// Package rvtools reads RVTools exports (3.x to 4.x) into an estate: workbooks
// (.xlsx), folders of CSV, or single CSV files.
//
// The trip of one export: input.go finds what belongs together, workbook.go or
// csv.go opens it, both give rows of cells (record.go), columns.go maps header
// names of all versions to fields, and one file per subject (info.go, guest.go,
// device.go, host.go, cluster.go) turns rows into records of the estate;
// finish.go joins them, names them and puts them in order.
//
// Sheets are streamed: what stays in memory is the estate, one row, and at most
// 16 MiB of shared strings, the rest of which lies in a temporary file. The
// reader of workbooks is our own because a workbook of 50,000 VMs has some 14
// million cells, of which an estate needs one in four; see the benchmark.
package rvtools
