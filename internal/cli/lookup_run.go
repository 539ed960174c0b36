package cli

import (
	"strings"

	"wsalog/rules"
)

// leastRun is the number of words in a row that a question must share with a
// system text: two are in too many texts.
const leastRun = 3

// bySharedRun looks for the system texts that share the longest run of words
// with the question. The texts are known by their telling pieces, which begin
// later than the sentence that people see: "No connection could be made" is told
// by "connection could be made because the target". The run must be half of the
// question or more, so that a chance phrase does not answer a long one.
func (a *app) bySharedRun(query string) []finding {
	asked := strings.FieldsFunc(fold(query), notInWord)
	best := max(leastRun, (len(asked)+1)/2)
	if len(asked) < best {
		return nil
	}
	var list []finding
	for _, p := range rules.Phrases() {
		if p.NeedsSocket { // words that any program may say
			continue
		}
		run := sharedRun(asked, strings.FieldsFunc(fold(p.Text), notInWord))
		if run < best {
			continue
		}
		if run > best {
			best, list = run, nil
		}
		how := a.words.say("how.message", p.Lang, p.Text)
		for _, n := range []int{p.Code, p.Also} {
			if twin, ok := rules.LookupRelated(n); ok {
				list = append(list, finding{query: query, number: twin.Twin, how: how})
			}
			if n != 0 {
				list = append(list, finding{query: query, number: n, how: how})
			}
		}
	}
	return distinct(list)
}

// sharedRun is the length of the longest run of words that a and b share.
func sharedRun(a, b []string) int {
	best := 0
	ends := make([]int, len(b)+1) // ends[j+1]: the run that ends with b[j] and the word of a before
	for _, word := range a {
		for j := len(b) - 1; j >= 0; j-- {
			if ends[j+1] = 0; b[j] == word {
				ends[j+1] = ends[j] + 1
				best = max(best, ends[j+1])
			}
		}
	}
	return best
}
