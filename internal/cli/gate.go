package cli

import (
	"wsalog/internal/stats"
)

// A gate weighs the conditions of --fail-on when the run is over.
type gate struct {
	collector *stats.Collector
}

// newGate reads the conditions; nil when there are none.
func (r *run) newGate() (*gate, error) {
	conditions := r.app.settings.list("fail-on")
	if len(conditions) == 0 {
		return nil, nil
	}
	return nil, r.app.trouble("not-ready", "--fail-on")
}

// weigh sets the outcome and tells which condition was met.
func (g *gate) weigh(r *run) error { return nil }
