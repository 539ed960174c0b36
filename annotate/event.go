package annotate

import "bytes"

// eventLines is how many lines below its first hit an event can reach.
const eventLines = 50

// Events tells which hits of a source are the same event told again. An event is
// the hits of one code on a line and on the continuation lines that follow it
// without a break, at most eventLines below the first hit: the exception, its
// inner exception and the stack trace of one failed call. The answer depends on
// the lines alone, never on where batches are cut.
//
// The zero value is ready. One Events serves one source and one goroutine.
type Events struct {
	open     []openEvent // those that the next line may continue, oldest first
	next     int64       // number of the line after the last one examined
	indented bool        // the last line examined begins with a blank
}

type openEvent struct {
	code  int
	first int64 // line of its first hit
}

// Mark sets NewEvent on every counted hit of b that begins an event. Batches must
// come in input order. It reads lines only while an event is open, so that a
// batch without records costs next to nothing.
func (e *Events) Mark(b *Batch) {
	if b.FirstLine != e.next && !b.Continued || interrupted(b.Events) {
		e.open = e.open[:0]
	}
	pos, line := 0, b.FirstLine
	fresh := !b.Continued // the line at pos begins here
	for i := range b.Records {
		r := &b.Records[i]
		at := b.FirstLine + int64(r.LineInBatch)
		if e.pass(b.Bytes, pos, line, r.Start, at, fresh) && len(e.open) > 0 {
			e.examine(r.Text)
		}
		for j := range r.Hits {
			if h := &r.Hits[j]; !h.Related {
				h.NewEvent = e.hit(h.Code, at, r.Text)
			}
		}
		pos, line, fresh = r.Start+len(r.Text), at, false
	}
	e.next = b.FirstLine + b.Lines
	if b.Continued {
		e.next++ // FirstLine is the line in progress, which Lines leaves out
	}
	e.pass(b.Bytes, pos, line, len(b.Bytes), e.next, fresh)
}

// interrupted reports whether what follows the events is not the continuation of
// what came before.
func interrupted(events []SourceEvent) bool {
	for i := range events {
		switch events[i].Kind {
		case Rotated, Truncated, Vanished, Opened:
			return true
		}
	}
	return false
}

// pass examines the lines from pos, on line number line, up to the one that
// begins at end with number endLine, as long as an event is open. fresh says
// whether a line begins at pos; pass returns whether one begins at end.
func (e *Events) pass(text []byte, pos int, line int64, end int, endLine int64, fresh bool) bool {
	begins := fresh
	fresh = fresh || pos < end
	for ; len(e.open) > 0 && pos < end; line++ {
		rest := text[pos:]
		if begins && !e.indented && !mayContinue[rest[0]] { // as nearly always
			e.open = e.open[:0]
			break
		}
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
		}
		if begins {
			e.expire(line)
			e.examine(trimCR(rest[:n]))
		}
		pos, begins = pos+n+1, true
	}
	e.expire(endLine)
	return fresh
}

// examine closes all open events unless text continues the line before it.
func (e *Events) examine(text []byte) {
	if !continues(text, e.indented) {
		e.open = e.open[:0]
	}
	e.indented = isIndented(text)
}

// expire closes the events that cannot reach line.
func (e *Events) expire(line int64) {
	n := 0
	for n < len(e.open) && line-e.open[n].first > eventLines {
		n++
	}
	if n > 0 {
		e.open = append(e.open[:0], e.open[n:]...)
	}
}

// hit enters a hit and reports whether it begins an event.
func (e *Events) hit(code int, line int64, text []byte) bool {
	e.expire(line)
	for i := range e.open {
		if e.open[i].code == code {
			return false
		}
	}
	if len(e.open) == 0 {
		e.indented = isIndented(text)
	}
	e.open = append(e.open, openEvent{code, line})
	return true
}

// continuations are the beginnings of lines that belong to the line before.
var continuations = [][]byte{
	[]byte("at "), []byte("--->"), []byte("--- "), []byte("..."), []byte("Caused by"), []byte("Traceback"),
	[]byte("During handling of the above"), []byte("The above exception"), []byte("Inner exception"),
	[]byte("InnerException"), []byte("Suppressed:"), []byte("(Inner Exception"), []byte("Stack trace:"),
	[]byte("StackTrace:"), []byte("caused by"), []byte("在 "),
}

// mayContinue marks the bytes that lines begin with which belong to one that is not
// indented: those of continuations, blanks and line ends.
var mayContinue = func() [256]bool {
	t := byteSet(" \t\r\n")
	for _, c := range continuations {
		t[c[0]] = true
	}
	return t
}()

// continues reports whether a line belongs to the one before it, which begins
// with a blank if afterIndent. An empty line does: it parts the sections of a
// Python traceback.
func continues(text []byte, afterIndent bool) bool {
	if len(text) == 0 || isIndented(text) {
		return true
	}
	if mayContinue[text[0]] {
		for _, c := range continuations {
			if bytes.HasPrefix(text, c) {
				return true
			}
		}
	}
	return afterIndent && isExceptionLine(text)
}

func isIndented(text []byte) bool { return len(text) > 0 && (text[0] == ' ' || text[0] == '\t') }

// exceptionEndings are how Python's exceptions are named.
var exceptionEndings = [][]byte{
	[]byte("Error"), []byte("Exception"), []byte("error"), []byte("Timeout"), []byte("timeout"), []byte("Exit"),
	[]byte("Interrupt"), []byte("Refused"), []byte("Reset"),
}

// isExceptionLine reports whether text begins like the last line of a Python
// traceback: a dotted class name and a colon, or nothing else.
func isExceptionLine(text []byte) bool {
	n := 0
	for n < len(text) && (isAlnum(text[n]) || text[n] == '.' || text[n] == '_') {
		n++
	}
	if n == 0 || n < len(text) && text[n] != ':' {
		return false
	}
	for _, end := range exceptionEndings {
		if bytes.HasSuffix(text[:n], end) {
			return true
		}
	}
	return false
}
