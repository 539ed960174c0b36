package report

import "wsalog/internal/stats"

// A Finding is a likely cause with its evidence.
type Finding struct {
	ID    string `json:"id"`   // stable, for scripts
	Text  string `json:"text"` // one or two sentences in the language of the report
	Codes []int  `json:"codes"`
	Peer  string `json:"peer,omitempty"`
	Hits  int64  `json:"hits"` // hits that the finding explains
}

// Findings returns what stands out in a table, the weightiest first.
func Findings(t *stats.Table, o Options) []Finding { return nil }
