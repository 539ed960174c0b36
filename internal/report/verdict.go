package report

import (
	"fmt"
	"time"

	"wsalog/internal/stats"
)

// verdict says in a few sentences what happened, how often, where, since when
// and whether it still goes on.
func verdict(t *stats.Table, o *Options) []string {
	w, h := wordsOf(o.Lang), htmlWordsOf(o.Lang)
	if t.Totals.Hits == 0 {
		return []string{fmt.Sprintf(h.None, counted(w.lines, w.line1, t.Totals.Lines))}
	}
	all := t.Totals.Hits
	list := []string{fmt.Sprintf(h.Sum, thousands(all), thousands(t.Totals.HitLines), thousands(t.Totals.Lines),
		percent(t.Totals.HitLines, t.Totals.Lines))}
	top := &t.Codes[0]
	name := fmt.Sprintf("%d %s", top.Code, top.Name)
	if len(t.Codes) == 1 {
		list = append(list, fmt.Sprintf(h.OneCode, name, o.word(top.Code)))
	} else {
		list = append(list, fmt.Sprintf(h.MostCode, name, o.word(top.Code), thousands(top.Hits),
			percent(top.Hits, all)))
	}
	if len(t.Peers) > 0 && t.Peers[0].Hits*5 >= all && t.Peers[0].Hits > 1 {
		p := &t.Peers[0]
		list = append(list, fmt.Sprintf(h.MostPeer, p.Peer, thousands(p.Hits), percent(p.Hits, all),
			pattern(p, o, w)))
	}
	if b := &t.Busiest; b.Minutes == 1 && b.Hits*20 >= all && b.Hits > 2 {
		list = append(list, fmt.Sprintf(h.Peak, thousands(b.Hits), clockFor(t.Hits).short(b.Start)))
	}
	return append(list, ending(t, w, h)...)
}

// ending says whether the hits last to the end of the log.
func ending(t *stats.Table, w *words, h *htmlWords) []string {
	if !t.Period.OK || !t.Hits.OK || t.Hits.Last.Axis != stats.AxisTime || t.Period.Last.Axis != stats.AxisTime {
		return nil
	}
	left := t.Period.Last.At - t.Hits.Last.At
	whole := t.Period.Last.At - t.Period.First.At
	at := clockFor(t.Period).at(t.Hits.Last)
	if left*50 <= whole {
		return []string{fmt.Sprintf(h.AtEnd, at)}
	}
	return []string{fmt.Sprintf(h.Over, at, spanText(left, w))}
}

// spanText writes a length of time, in milliseconds, with its two largest units.
func spanText(ms int64, w *words) string {
	d := time.Duration(ms) * time.Millisecond
	u := &w.units
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d %s %d %s", int(d.Hours())/24, u[0], int(d.Hours())%24, u[1])
	case d >= time.Hour:
		return fmt.Sprintf("%d %s %d %s", int(d.Hours()), u[1], int(d.Minutes())%60, u[2])
	case d >= time.Minute:
		return fmt.Sprintf("%d %s %d %s", int(d.Minutes()), u[2], int(d.Seconds())%60, u[3])
	}
	return secondsOf(d) + " " + u[3]
}
