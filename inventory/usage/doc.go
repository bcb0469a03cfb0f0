// Package usage reads how much machines are used, from a table with one row a
// machine: the mean, 95th percentile and maximum of CPU and memory that a
// monitoring system was asked for. It adds them to an estate.
//
//	machine;cpu_mean;cpu_p95;cpu_max;memory_p95_gib;days;rollup
//	etatcivil;4,1;10;45;3,1;30;5 min mean
package usage
