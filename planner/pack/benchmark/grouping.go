package benchmark

import (
	"encoding/binary"
	"math"

	"sobre/planner/pack"
)

// grouping collects items into groups of identical ones, in the order in
// which each is first met.
type grouping struct {
	file  string
	in    *Instance
	index map[string]int
	key   []byte
	next  int32   // index of the next item
	total []int64 // demand of all items, per value of a demand
}

func newGrouping(file string, in *Instance) *grouping {
	in.File = file
	return &grouping{file: file, in: in, index: map[string]int{}}
}

// add puts count items of the demand, which it keeps, into their group. Items
// with the same demand but another tag are kept apart.
func (b *grouping) add(line int, demand []int64, count, tag int64) (int, error) {
	b.key = b.key[:0]
	for _, v := range demand {
		b.key = binary.LittleEndian.AppendUint64(b.key, uint64(v))
	}
	b.key = binary.LittleEndian.AppendUint64(b.key, uint64(tag))
	g, ok := b.index[string(b.key)]
	if !ok {
		g = b.open(line, demand)
		b.index[string(b.key)] = g
	}
	return g, b.put(line, g, count)
}

// open starts a group without members.
func (b *grouping) open(line int, demand []int64) int {
	in := b.in
	in.Members = append(in.Members, nil)
	in.Problem.Groups = append(in.Problem.Groups, pack.Group{Demand: demand})
	in.Lines = append(in.Lines, int32(line))
	return len(in.Members) - 1
}

// put makes the next count items of the file members of a group.
func (b *grouping) put(line, g int, count int64) error {
	if count > maxItems-int64(b.next) {
		return faultf(b.file, line, "more than %d items", maxItems)
	}
	group := &b.in.Problem.Groups[g]
	if err := b.account(line, group.Demand, count); err != nil {
		return err
	}
	group.Count += int(count)
	for range count {
		b.in.Members[g] = append(b.in.Members[g], b.next)
		b.next++
	}
	return nil
}

// account refuses sums that a 64-bit integer cannot hold: the engine adds
// demands up and must not wrap around.
func (b *grouping) account(line int, demand []int64, count int64) error {
	if b.total == nil {
		b.total = make([]int64, len(demand))
	}
	for i, v := range demand {
		if v != 0 && count > math.MaxInt64/v || v*count > math.MaxInt64-b.total[i] {
			return faultf(b.file, line, "the sizes in one dimension add up to more than %d", int64(math.MaxInt64))
		}
		b.total[i] += v * count
	}
	return nil
}

// finish checks the whole and returns it.
func (b *grouping) finish() (*Instance, error) {
	in := b.in
	if b.next == 0 {
		return nil, faultf(b.file, 0, "no items")
	}
	var all int64
	for _, v := range b.total {
		// Load costs and volume bounds add over dimensions and times.
		if v > math.MaxInt64-all {
			return nil, faultf(b.file, 0, "the sizes of all dimensions and times add up to more than %d", int64(math.MaxInt64))
		}
		all += v
	}
	var cost int64
	for _, c := range in.Bins {
		cost = max(cost, c.Cost)
	}
	if cost > math.MaxInt64/2/(int64(b.next)+1) {
		return nil, faultf(b.file, 0, "a bin for every item costs more than a 64-bit number can hold")
	}
	return in, nil
}
