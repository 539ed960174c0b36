package pipeline

import (
	"slices"

	"wsalog/annotate"
)

// Trays are the trays of several sinks, in their order; nil for those that prepare
// nothing. Like one tray, they belong to one goroutine at a time.
type Trays []annotate.Tray

// NewTrays makes the trays of sinks.
func NewTrays(sinks []Sink) Trays {
	list := make(Trays, len(sinks))
	for i, s := range sinks {
		if p, ok := s.(Preparer); ok {
			list[i] = p.NewTray()
		}
	}
	return list
}

// Any reports whether one of the sinks prepares.
func (list Trays) Any() bool {
	return slices.ContainsFunc(list, func(t annotate.Tray) bool { return t != nil })
}

// Clear empties the trays.
func (list Trays) Clear() {
	for _, t := range list {
		if t != nil {
			t.Clear()
		}
	}
}

// Prepare has b prepared on each of them.
func (list Trays) Prepare(b *annotate.Batch) {
	for _, t := range list {
		if t != nil {
			t.Prepare(b)
		}
	}
}

// Deliver hands b to the sink with index i, with its tray if it has one.
func (list Trays) Deliver(i int, s Sink, b *annotate.Batch) error {
	if list[i] == nil {
		return s.Batch(b)
	}
	return s.(Preparer).Deliver(b, list[i])
}
