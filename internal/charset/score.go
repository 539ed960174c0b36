package charset

import (
	"math"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	pASCII   = 1.0 / 60 // of one ASCII character, where one follows
	pInvalid = 1e-9     // of a byte that does not decode
	pNoText  = 6e-4     // of a byte above 0x7F that is no text at all
	pControl = 1e-4     // of a control byte in text, against one in anything else
	pCase    = 0.02     // of a capital behind a small letter
)

// legacy lists the encodings that are told apart by their scores.
var legacy = sync.OnceValue(func() []*Encoding {
	var list []*Encoding
	for _, e := range All() {
		if e.model != nil {
			list = append(list, e)
		}
	}
	return list
})

// tierTables maps each model's common characters to their log probabilities.
var tierTables = sync.OnceValue(func() map[*model]map[rune]float64 {
	tables := make(map[*model]map[rune]float64)
	for _, e := range legacy() {
		m := make(map[rune]float64)
		for _, t := range e.model.tiers {
			for _, r := range t.chars {
				if _, seen := m[r]; !seen {
					m[r] = math.Log(t.p)
				}
			}
		}
		tables[e.model] = m
	}
	return tables
})

// guess returns the legacy encoding that explains sample best, or Raw when none
// explains it better than noise, and by how much (as the natural logarithm of
// a ratio of likelihoods) it beats the second best.
func guess(sample []byte) (best *Encoding, margin float64) {
	best, top, second := Raw, scoreNoise(sample), math.Inf(-1)
	for _, e := range legacy() {
		s := e.score(sample)
		if s > top {
			best, top, second = e, s, top
		} else if s > second {
			second = s
		}
	}
	return best, top - second
}

// score returns the log likelihood of sample as text in e.
func (e *Encoding) score(sample []byte) float64 {
	m, t, common := e.model, e.load(), tierTables()[e.model]
	sum, high, after, small := 0.0, m.afterOther, byte('\n'), false
	for len(sample) > 0 {
		if sample[0] < utf8.RuneSelf {
			sum += math.Log((1 - high) * pASCII)
			if sample[0] < ' ' && !isText(sample[0]) && sample[0] != '\x1b' {
				sum += math.Log(pControl)
			}
			after, small = sample[0], in(sample[0], 'a', 'z')
			high = m.afterOther
			if isLetter(after) {
				high = m.afterLetter
			}
			sample = sample[1:]
			continue
		}
		c, size := t.next(sample)
		sum += math.Log(high)
		high = m.afterHigh
		if c == 0 {
			sum += float64(size) * math.Log(pInvalid)
			sample = sample[size:]
			small = false
			continue
		}
		r := c.rune()
		if p, ok := common[r]; ok {
			sum += p
		} else {
			sum += math.Log(m.area(sample[:size]))
		}
		if m.cased && small && unicode.IsUpper(r) {
			sum += math.Log(pCase)
		}
		small = unicode.IsLower(r)
		sample = sample[size:]
	}
	return sum
}

// scoreNoise returns the log likelihood of sample if its bytes above 0x7F mean
// nothing.
func scoreNoise(sample []byte) float64 {
	sum := 0.0
	for _, b := range sample {
		if b < utf8.RuneSelf {
			sum += math.Log(.85 * pASCII)
		} else {
			sum += math.Log(pNoText)
		}
	}
	return sum
}

func isLetter(b byte) bool { return in(b|0x20, 'a', 'z') }
