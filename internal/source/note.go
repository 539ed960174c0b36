package source

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// A Note is one sentence about a source, in parts, so that it can be told in any
// language. As an error and as a string it is the English sentence. It does not
// change once it is made.
type Note struct {
	// ID names the sentence, see NoteIDs.
	ID string
	// Args fill the gaps of the sentence, in the order of the English one: names
	// (string), offsets and counts (int64 or int), names of formats (string),
	// times (time.Duration), and causes (error: a *Note, or what the system says).
	Args []any
}

// sentences are the notes in English, by their id.
var sentences = map[string]string{
	// While following.
	"rotated":          "%s: rotated; reading the new file",
	"truncated":        "%s: was truncated; everything up to byte %d was read, starting anew",
	"end-cut":          "%s: its end was cut off; everything up to byte %d was read, going on at byte %d",
	"missing":          "%s: is not there yet; waiting for it",
	"gone":             "%s: is gone; waiting for it to come back",
	"now-folder":       "%s: it is a folder now; waiting for a file",
	"now-special":      "%s: it is no ordinary file now; waiting for a file",
	"back":             "%s: is back",
	"appeared":         "%s: has appeared",
	"readable":         "%s: can be read again",
	"retrying":         "%s: cannot be read at the moment (%v); trying again",
	"no-notifications": "%s: no notifications to be had; looking every %v",
	"no-match-yet":     "%s: no file matches yet; waiting for one",
	"packed":           "%s: is compressed (%s), and compressed files are not followed; read it without following",
	"packed-match":     "%s: %s is compressed (%s), and compressed files are not followed",
	"not-packed":       "%s: is not compressed any more; reading it",

	// What is not read on purpose.
	"binary":       "%s: binary, not read",
	"output":       "%s: not read, it is the file that is being written",
	"output-named": "read %s: it is the file that is being written",

	// What cannot be read.
	"open-failed":   "open %s: %v",
	"read-failed":   "read %s: %v",
	"broke-off":     "read %s after byte %d: %v",
	"shrank":        "read %s: it was cut while it was read; read up to byte %d of %d",
	"no-match":      "read %s: no file matches",
	"bad-glob":      "read glob %s: %v",
	"folder-failed": "list folder: %v",
	"no-stdin":      "read -: there is no standard input",
	"is-folder":     "is a folder; -r reads the files in it",

	// Compressed input.
	"packed-trailing": "%s: ignored what follows the %s data",
	"packed-cut":      "read %s: the %s data is cut off; %d bytes could be read: %v",
	"packed-damaged":  "read %s: the %s data is damaged; %d bytes could be read: %v",
	"zip-cut":         "read %s: the zip data is cut off: %v",
	"zip-damaged":     "read %s: the zip data is damaged: no header where a member should begin",
	"zip-encrypted":   "it is encrypted",
	"zip-no-size":     "it is stored without its size",
	"zip-method":      "its compression method %d is not supported",
	"zip-checksum":    "its checksum is wrong",
	"zip-lost":        "the members behind it cannot be found",
	"dictionary":      "needs a dictionary of %d MiB, more than the %d MiB allowed",
}

// NoteIDs returns the ids of all notes, sorted.
func NoteIDs() []string { return slices.Sorted(maps.Keys(sentences)) }

// note makes a note; an id without a sentence is a mistake in this package.
func note(id string, args ...any) *Note {
	if _, ok := sentences[id]; !ok {
		panic("source: internal error: no sentence " + id)
	}
	return &Note{ID: id, Args: args}
}

// String returns the English sentence.
func (n *Note) String() string {
	if len(n.Args) == 0 {
		return sentences[n.ID]
	}
	return fmt.Sprintf(sentences[n.ID], n.Args...)
}

// Error implements error.
func (n *Note) Error() string { return n.String() }

// Unwrap returns the cause, nil if there is none.
func (n *Note) Unwrap() error {
	for _, a := range n.Args {
		if err, ok := a.(error); ok {
			return err
		}
	}
	return nil
}

// event is the event that tells n and no error.
func (n *Note) event(kind Kind) Event { return Event{Kind: kind, Text: n.String(), Note: n} }

// trouble is the event that tells err.
func trouble(err error) Event {
	ev := Event{Kind: Trouble, Text: err.Error(), Err: err}
	var perr *fs.PathError
	switch n, ok := err.(*Note); {
	case ok:
		ev.Note = n
	case errors.As(err, &perr) && perr.Op == "open":
		ev.Note = note("open-failed", perr.Path, perr.Err)
	}
	return ev
}
