package rules

// A Text is what wsalog says about a code in one language.
type Text struct {
	Word    string            `toml:"word"`    // short word of an annotation, lower case: "refused"
	Cause   string            `toml:"cause"`   // likeliest cause in a few words, follows the word after a colon
	Meaning string            `toml:"meaning"` // one sentence
	Causes  []string          `toml:"causes"`  // likely causes, likeliest first
	Checks  []string          `toml:"checks"`  // what to look at, with commands that exist on Windows
	Notes   []string          `toml:"notes"`   // what else a reader should know
	ByCall  map[string]Detail `toml:"by_call"` // where the meaning depends on the call; keys such as "connect"
}

// A Detail is the meaning of a code when a certain call returned it.
type Detail struct {
	Cause   string `toml:"cause"`   // replaces Text.Cause in an annotation; may be empty
	Meaning string `toml:"meaning"` // one or two sentences; may be empty
}
