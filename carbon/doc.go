// Package carbon turns hosts with a load into energy and emissions, with a
// range and a source for every figure.
//
// The trip: PowerOf gives a host's watts over load, Throughput the work it can
// do, so that load moves between machines as work and not as percent; a
// Scenario is the set of hosts and chassis that run; Compare draws every
// uncertain input many times, the same draws before and after, and returns
// kWh, kgCO2e, the payback of what is bought and what moves the answer most.
//
// It is a project comparison (baseline less project, as ISO 14064-2 and ITU-T
// L.1430 have it), not an inventory of an organisation. Left out, and said so:
// storage arrays, network, end of life, people.
package carbon
