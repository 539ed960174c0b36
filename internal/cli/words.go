package cli

import (
	"fmt"

	"wsalog/internal/term"
	"wsalog/rules"
)

// words are all that the program says to people in one language, by key. The
// verbs of fmt stand for what is put in. messages_en.go and messages_zh.go hold
// the same keys; a test compares them.
type words map[string]string

func wordsOf(l rules.Lang) words {
	if l == rules.Chinese {
		return chinese
	}
	return english
}

// say returns the sentence for key with args put in.
func (w words) say(key string, args ...any) string {
	format, ok := w[key]
	if !ok {
		panic("cli: internal error: no words for " + key)
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// count says how many of something there are. The words for one stand behind the
// key with a 1 at its end.
func (w words) count(key string, n int64) string {
	if n == 1 {
		key += "1"
	}
	return w.say(key, term.Thousands(n))
}

// lang is the language of the words.
func (w words) lang() rules.Lang {
	l, _ := rules.ParseLang(w["lang"])
	return l
}
