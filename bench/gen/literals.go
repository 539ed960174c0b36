package main

import (
	"bytes"
	"sort"

	"wsalog/rules"
)

// literalLangs are the languages whose system texts are among the literals.
var literalLangs = map[string]bool{"en": true, "zh-CN": true}

// literals returns the pattern list that a careful user would hand to grep -F -f,
// one a line, sorted: names, decimals, hexadecimals and HRESULTs of the codes that
// only WinSock uses, and the English and Chinese system texts that need no
// context. Plain numbers below 10000 would match everywhere and are left out.
func literals() []byte {
	seen := map[string]bool{}
	for _, s := range rules.Spellings() {
		if s.Related || s.CueOnly || s.Code < rules.First {
			continue
		}
		switch s.Form {
		case rules.FormName:
			seen[s.Text] = s.Variety == rules.NameWSA || seen[s.Text]
		case rules.FormDecimal:
			seen[s.Text] = true
		case rules.FormHex:
			seen[s.Text] = s.Variety == rules.HexPrefixed || seen[s.Text]
		case rules.FormHresult:
			seen["0x"+s.Text] = s.Variety == rules.HresultBare
		}
	}
	for _, p := range rules.Phrases() {
		if literalLangs[p.Lang] && !p.NeedsSocket && p.Code >= rules.First {
			seen[p.Text] = true
		}
	}
	list := make([]string, 0, len(seen))
	for text, wanted := range seen {
		if wanted {
			list = append(list, text)
		}
	}
	sort.Strings(list)
	var b bytes.Buffer
	for _, text := range list {
		b.WriteString(text + "\n")
	}
	return b.Bytes()
}
