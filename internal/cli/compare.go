package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"

	"wsalog/annotate"
	"wsalog/internal/report"
	"wsalog/internal/source"
	"wsalog/internal/stats"
)

// compare shows two sets of logs, or of JSON reports, side by side.
func (a *app) compare(args []string) (int, error) {
	before, after, ok := a.sides(args)
	if !ok {
		return exitTrouble, a.usage("compare.sides")
	}
	targets, err := a.compareTargets()
	if err != nil {
		return exitTrouble, err
	}
	conditions, err := a.conditions(true)
	if err != nil {
		return exitTrouble, err
	}
	r, err := a.newRun(append(append([]string{}, before...), after...))
	if err != nil {
		return exitTrouble, err
	}
	if slices.ContainsFunc(r.args, looksLikeReport) {
		if err := a.notFiltered(); err != nil {
			return exitTrouble, err
		}
	}
	old, err := r.side(before)
	if err != nil || r.outcome.signal != 0 {
		return r.outcome.code(), err
	}
	now, err := r.side(after)
	if err != nil || r.outcome.signal != 0 {
		return r.outcome.code(), err
	}
	for _, t := range targets {
		err := r.place(t.file, func(w io.Writer, o report.Options) error {
			return t.format.Write(w, report.Compare(old, now, o), o)
		})
		if err != nil {
			return exitTrouble, err
		}
	}
	r.weigh(conditions, now, old)
	if r.totals != nil {
		r.warn(*r.totals)
	}
	if r.totals != nil && a.settings.on("stats") {
		r.engine(*r.totals)
	}
	return r.outcome.code(), nil
}

// sides cuts the arguments at the lone "--"; two arguments need none.
func (a *app) sides(args []string) (before, after []string, ok bool) {
	at := a.dash
	if at < 0 && len(args) == 2 {
		at = 1
	}
	if at < 1 || at >= len(args) {
		return nil, nil, false
	}
	return args[:at], args[at:], true
}

type compareTarget struct {
	file   string
	format *report.CompareFormat
}

func (a *app) compareTargets() ([]compareTarget, error) {
	s := a.settings
	var list []compareTarget
	for _, file := range s.outputs() {
		name, err := a.formatFor(file, formatsOf(onCompare))
		if err != nil {
			return nil, err
		}
		f, err := report.CompareFormatByName(name)
		if err != nil {
			return nil, err
		}
		list = append(list, compareTarget{file, f})
	}
	return list, nil
}

// side counts one side: JSON reports are added up, logs are read.
func (r *run) side(args []string) (*stats.Table, error) {
	c := stats.New(stats.Options{Accept: r.filter.stats()})
	var logs []string
	for _, name := range args {
		if !looksLikeReport(name) {
			logs = append(logs, name)
			continue
		}
		part, err := r.readReport(name)
		if err != nil {
			r.app.complain(r.app.reword(err))
			r.outcome.trouble = true
			continue
		}
		c.Merge(part)
	}
	if len(logs) > 0 {
		ctx, in := r.app.watch()
		defer in.stop()
		own := stats.New(stats.Options{Accept: r.filter.stats()})
		one := *r
		one.args = logs
		bar := one.progress()
		totals, err := one.pump(ctx, in, own, bar)
		bar.end()
		r.addTotals(totals)
		r.outcome.trouble = r.outcome.trouble || one.outcome.trouble
		r.outcome.signal = one.outcome.signal
		if err == nil {
			err = one.countEmpty(own)
		}
		if err != nil {
			return nil, err
		}
		c.Merge(own)
	}
	return c.Table(), nil
}

// addTotals adds what one side read to what the other did.
func (r *run) addTotals(t annotate.Totals) {
	if r.totals == nil {
		r.totals = &annotate.Totals{Rejected: make(map[string]int), Timeouts: make(map[string]int)}
	}
	sum := r.totals
	sum.Sources += t.Sources
	sum.Lines += t.Lines
	sum.Bytes += t.Bytes
	for id, n := range t.Rejected {
		sum.Rejected[id] += n
	}
	for id, n := range t.Timeouts {
		sum.Timeouts[id] += n
	}
}

// isReportHead reports whether text, which has no blanks, begins like a JSON report of
// ours.
func isReportHead(text []byte) bool {
	rest, ok := bytes.CutPrefix(text, []byte(`{"schema":`))
	number := len(rest) - len(bytes.TrimLeft(rest, "0123456789"))
	return ok && number > 0 && bytes.HasPrefix(rest[number:], []byte(`,"totals":{"lines":`))
}

// looksLikeReport reports whether a file is a JSON report of ours rather than a
// log whose lines are JSON. Pipes and the like are not touched: what is read from
// them is gone.
func looksLikeReport(name string) bool {
	if st, err := os.Stat(name); err != nil || !st.Mode().IsRegular() {
		return false
	}
	f, err := source.OpenShared(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	head = bytes.TrimPrefix(head[:n], []byte("\xef\xbb\xbf"))
	return isReportHead(bytes.Join(bytes.Fields(head), nil))
}
