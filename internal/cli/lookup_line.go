package cli

import (
	"strings"

	"wsalog/annotate"
	"wsalog/matcher"
	"wsalog/rules"
)

// byLine reads the question as a line of a log. Where the line holds a number
// that looks like a code and is none, the finding says why.
func (a *app) byLine(query string) ([]finding, error) {
	m, err := a.newMatcher()
	if err != nil {
		return nil, err
	}
	line := []byte(strings.ReplaceAll(query, "\n", " "))
	records := annotate.New().Append(nil, line, m.Append(nil, line, nil), nil)
	var list []finding
	for i := range records {
		r := &records[i]
		for _, h := range r.Hits {
			how := a.words.say("how.line", string(line[h.Spans[0].Start:h.Spans[0].End]))
			if r.Call != "" {
				how += a.words.say("how.line-call", r.Call)
			}
			list = append(list, finding{query: query, number: h.Code, how: how, call: r.Call, peer: r.Peer})
		}
	}
	if len(list) > 0 {
		return distinct(list), nil
	}
	for i := range records {
		for _, x := range records[i].Rejected {
			if known(x.Code) {
				list = append(list, finding{query: query, number: x.Code,
					how: a.words.say("how.rejected", x.Code, a.ruleDoc(m, x.Rule))})
			}
		}
	}
	return distinct(list), nil
}

// mayBeLine reports whether a question looks like a pasted line rather than like
// a few words: then building the matcher is worth its time.
func mayBeLine(query string) bool {
	return strings.ContainsAny(strings.TrimSpace(query), " \t=:/(") &&
		(strings.ContainsAny(query, "0123456789") || strings.Contains(strings.ToUpper(query), "WSA") || len(query) > 40)
}

// ruleDoc is the sentence that explains a rule. Rules without a file are worded
// here.
func (a *app) ruleDoc(m *matcher.Matcher, id string) string {
	if r := m.Rule(id); r != nil {
		return r.DocIn(a.words.lang())
	}
	if doc, ok := a.words["rule."+id]; ok {
		return doc
	}
	return id
}

// newMatcher builds a matcher with the user's rules.
func (a *app) newMatcher() (*matcher.Matcher, error) {
	user, err := a.userRules(a.settings.list("rules"))
	if err != nil {
		return nil, err
	}
	return matcher.New(matcher.Options{UserRules: user})
}

// nearest suggests codes for a question without an answer: neighbours of a
// number, names a few letters away.
func (a *app) nearest(query string) []*rules.Code {
	q := strings.ToUpper(strings.TrimSpace(query))
	if n, ok := asNumber(q); ok {
		return nearNumbers(n)
	}
	return nearNames(q)
}
