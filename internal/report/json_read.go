package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"wsalog/internal/stats"
)

// ReadJSON reads a report that the format json wrote and returns a Collector
// that stands where the one of that run stood: it can be merged with others and
// its Table equals the report's.
func ReadJSON(r io.Reader) (*stats.Collector, error) {
	var page struct {
		Schema int          `json:"schema"`
		Merge  *stats.State `json:"merge"`
	}
	d := json.NewDecoder(r)
	if err := d.Decode(&page); err != nil {
		return nil, fmt.Errorf("read report: not a JSON report of wsalog: %w", err)
	}
	switch {
	case page.Schema == 0:
		return nil, errors.New(`read report: no JSON report of wsalog: it lacks the member "schema"`)
	case page.Schema != schema:
		return nil, fmt.Errorf("read report: it has schema %d, this wsalog reads %d: write it again",
			page.Schema, schema)
	case page.Merge == nil:
		return nil, errors.New(`read report: it lacks the member "merge": give the report as --format json wrote it`)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read report: something follows the report: give one report a file")
	}
	c, err := stats.FromState(page.Merge, stats.Options{})
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	return c, nil
}
