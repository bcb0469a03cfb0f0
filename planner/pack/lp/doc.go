// Package lp is a revised simplex for linear programs that grow by columns,
// as the master of a column generation does: minimise c·x subject to rows of
// the form a·x ≥ b or a·x ≤ b and x ≥ 0.
//
// The basis is held as a sparse LU factorisation with product-form updates
// (Suhl and Suhl, "Computing sparse LU factorizations for large-scale linear
// programming bases", 1990, for the choice of pivots). A basis of a covering
// master has two to five entries a column, so a pivot costs microseconds where
// a dense inverse costs a fraction of a millisecond.
//
// Everything is deterministic: no clock, no map order, and the perturbation
// against degeneracy comes from a fixed hash. Numbers are float64, so a value
// or a dual from here proves nothing by itself; the caller rounds and rechecks.
package lp
