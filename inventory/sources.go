package inventory

// SourceID is want, or want with -2, -3, … behind it where the estate has a
// source of that ID already: a town may keep two registers.
func (e *Estate) SourceID(want string) string {
	var ids IDs
	for _, s := range e.Sources {
		ids.Unique(s.ID)
	}
	return ids.Unique(want)
}
