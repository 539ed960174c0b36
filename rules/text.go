package rules

// A Text is what wsalog says about a code in one language.
type Text struct {
	Word    string            // short word of an annotation, lower case: "refused"
	Cause   string            // likeliest cause in a few words, follows the word after a colon
	Meaning string            // one sentence
	Causes  []string          // likely causes, likeliest first
	Checks  []string          // what to look at, with commands that exist on Windows
	Notes   []string          // what else a reader should know
	ByCall  map[string]Detail // where the meaning depends on the call; keys such as "connect"
}

// A Detail is the meaning of a code when a certain call returned it.
type Detail struct {
	Cause   string // replaces Text.Cause in an annotation; may be empty
	Meaning string // one or two sentences
}
