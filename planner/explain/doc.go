// Package explain answers why a plan is as it is: why a workload is where it
// is and where else it could be, what fills a host and what would free it, why
// one host fewer is not enough, and what each rule and setting costs.
//
// What could be elsewhere is judged by the referee, from the written
// definitions; what something costs is found by planning again without it.
package explain
