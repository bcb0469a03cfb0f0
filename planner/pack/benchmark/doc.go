// Package benchmark runs the engine on published packing instances, and
// lets anyone check, compare and remake what is claimed of it.
//
// Read recognises a file by its content: vector packing (.vbp), the
// one-dimensional text of BPPLIB, the generalised bin packing text of Baldi
// et al., a folder of time profiles and the Azure flavour traces. Identical
// items become one group; Instance keeps which items of the file are in it.
// Baseline packs with a published rule instead of the engine, Check verifies
// a printed answer with code that shares nothing with the engine but the
// types, Export writes the instance as an integer program for other solvers,
// and Summarise makes the tables of docs/benchmarks.md.
//
// The package imports the engine's interface and nothing else of the project.
package benchmark
