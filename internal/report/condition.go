package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// A Condition is what --fail-on asks for.
type Condition struct {
	Text    string // as it was given
	Code    int    // 0 means any code that is counted
	More    float64
	PerHour bool
	New     bool  // any code that Compare calls New: absent before, and beyond chance
	Basis   Basis // what New compares by
}

// ParseCondition reads CODE>N, CODE>N/h, any>N, any>N/h or new. CODE is a number
// or a name.
func ParseCondition(s string) (Condition, error) {
	c := Condition{Text: s}
	bad := func(why string) (Condition, error) {
		return Condition{}, fmt.Errorf("condition %q: %s; write it as 10061>100, 10061>100/h, any>0 or new", s, why)
	}
	s = strings.TrimSpace(s)
	if strings.EqualFold(s, "new") {
		c.New = true
		return c, nil
	}
	what, limit, ok := strings.Cut(s, ">")
	if !ok {
		return bad("it lacks the sign >")
	}
	what, limit = strings.TrimSpace(what), strings.TrimSpace(limit)
	if !strings.EqualFold(what, "any") {
		code, err := lookupCode(what)
		if err != "" {
			return bad(err)
		}
		c.Code = code
	}
	if rest, ok := strings.CutSuffix(limit, "/h"); ok {
		c.PerHour, limit = true, strings.TrimSpace(rest)
	}
	n, err := strconv.ParseFloat(limit, 64)
	if err != nil || n < 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return bad(fmt.Sprintf("%q is not a number from 0", limit))
	}
	c.More = n
	return c, nil
}

// lookupCode finds a code by number or name; the text says what is wrong.
func lookupCode(s string) (int, string) {
	if n, err := strconv.Atoi(s); err == nil {
		if _, ok := rules.Lookup(n); !ok {
			return 0, fmt.Sprintf("there is no code %d", n)
		}
		return n, ""
	}
	if c, ok := rules.ByName(s); ok {
		return c.Number, ""
	}
	return 0, fmt.Sprintf("there is no code %q", s)
}

// Met reports whether t meets the condition, and says in one sentence what was
// found. baseline is the table to compare with; a condition new without one is
// a *Complaint, and so is a rate where the log does not tell its hours. Info codes
// count only where a condition names them.
func (c Condition) Met(t, baseline *stats.Table, lang rules.Lang) (bool, string, error) {
	w := wordsOf(lang)
	if c.New {
		return c.metByNew(t, baseline, w)
	}
	var hits int64
	switch {
	case c.Code == 0:
		hits = t.Totals.Hits
	default:
		for _, rows := range [][]stats.CodeRow{t.Codes, t.Info} {
			for i := range rows {
				if rows[i].Code == c.Code {
					hits = rows[i].Hits
				}
			}
		}
	}
	value, found := float64(hits), counted(w.hits, w.hit1, hits)
	if c.PerHour {
		h := hours(t)
		if h == 0 {
			if hits == 0 {
				return false, c.Text + w.colon + found, nil
			}
			return false, "", complain("condition %q: the log has no time stamps to tell a rate by",
				"条件 %q：日志没有时间戳，无法计算频率", c.Text)
		}
		// What is shorter than an hour is not blown up: 3 hits in a second are not
		// 10,800 an hour.
		value /= math.Max(1, h)
		found = fmt.Sprintf(w.inHours, found, h)
	}
	return value > c.More, c.Text + w.colon + found, nil
}

func (c Condition) metByNew(t, baseline *stats.Table, w *words) (bool, string, error) {
	if baseline == nil {
		return false, "", complain("condition %q: give a baseline to compare with", "条件 %q：请给出比较的基准", c.Text)
	}
	var names []string
	changes := Compare(baseline, t, Options{Basis: c.Basis}).Changes
	for i := range changes {
		if ch := &changes[i]; ch.Kind == New {
			names = append(names, fmt.Sprintf("%d %s", ch.Code, ch.Name))
		}
	}
	return len(names) > 0, c.Text + w.colon + strings.Join(names, ", "), nil
}

// hours returns the length of the period in hours, 0 when it is not known.
func hours(t *stats.Table) float64 {
	if !t.Period.OK || t.Period.First.Axis == stats.AxisLine {
		return 0
	}
	return float64(t.Period.Last.At-t.Period.First.At+1) / 3600_000
}
