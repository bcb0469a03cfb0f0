// Package gate holds an estate to conditions: "hosts <= 12", "memory.free >= 20 %".
//
// The trip: Compile reads the gates of a capacity file and says, with file and
// line, what in them makes no sense; Variants names the views of the estate
// that they need; Judge reads every figure off those views (the placement of
// today and the best plan, both as plan documents) and says which gates hold,
// what breaks the others, and which of that is waived or known already.
//
// It computes no plan and reads no file or clock.
package gate
