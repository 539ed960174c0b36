package cli

import (
	"wsalog/internal/report"
	"wsalog/internal/stats"
)

// conditions reads what --fail-on asks for.
func (a *app) conditions(compares bool) ([]report.Condition, error) {
	var list []report.Condition
	for _, text := range a.settings.list("fail-on") {
		c, err := report.ParseCondition(text)
		if err != nil {
			return nil, a.usage("flag.invalid", "--fail-on", text, a.words.say("condition.form"))
		}
		if c.New && !compares {
			if !a.settings.value("fail-on").typed {
				continue // configured for comparisons
			}
			return nil, a.usage("condition.compare", text)
		}
		if c.Basis, err = report.ParseBasis(a.settings.text("per")); err != nil {
			return nil, &usageError{err.Error()}
		}
		list = append(list, c)
	}
	return list, nil
}

// weigh tells which conditions a table meets, and lets the exit code say so.
func (r *run) weigh(conditions []report.Condition, t, baseline *stats.Table) {
	for _, c := range conditions {
		met, found, err := c.Met(t, baseline, r.app.words.lang())
		switch {
		case err != nil:
			r.app.complain(r.app.reword(err))
			r.outcome.trouble = true
		case met:
			r.app.complain(r.app.words.say("condition.met", found))
			r.outcome.condition = true
		}
	}
}
