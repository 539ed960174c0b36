package cli

import "sync"

// reasons are what was said of errors, in the user's language, by the English
// texts that a report keeps. Its methods may be called from several goroutines:
// report -f writes its documents while the run goes on.
type reasons struct {
	mu   sync.Mutex
	said map[string]string
}

// mostSaid bounds what is remembered.
const mostSaid = 1000

// add keeps what was said of an error, for the report.
func (r *reasons) add(english, said string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if english == said || len(r.said) >= mostSaid {
		return
	}
	if r.said == nil {
		r.said = make(map[string]string)
	}
	r.said[english] = said
}

// of words why a file was not read, as it was told when it happened.
func (r *reasons) of(english string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if said, ok := r.said[english]; ok {
		return said
	}
	return english
}
