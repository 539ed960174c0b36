package rules

// A Phrase is a distinctive piece of the Windows system text of a code.
type Phrase struct {
	Code        int
	Also        int    // a second code with the same text, or 0
	Lang        string // the language of the text, named like its file: "en", "zh-CN"
	Text        string
	NeedsSocket bool   // too short or too general to be believed on its own
	Source      string // where the wording was read
}

// Phrases returns the phrases of every language, by language and code. They come
// from messages/<language>.tsv: see tables.go.
func Phrases() []Phrase { return phraseTable[:] }
