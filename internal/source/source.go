// Package source opens what the user names (files, globs, folders, compressed
// files, standard input) and hands out their bytes, following files that grow.
// It never loses or doubles a byte that could still be read.
package source

import (
	"context"
	"time"
)

// A Kind is the kind of an Event.
type Kind uint8

// The kinds of events; they mirror what can happen to a file under its reader.
const (
	Opened Kind = iota
	Rotated
	Truncated
	Vanished
	Trouble
	Ended
	Skipped // not read on purpose: a binary file in a folder, the output file
)

// An Event tells people what happened to a source.
type Event struct {
	Kind Kind
	Text string // one short English sentence with the source's name; may be empty
	Note *Note  // the same in parts, for other languages; nil for some errors of the system
	Err  error  // set when something could not be read: the run ends with exit code 2
}

// A Piece is what Feed.Next delivers: bytes of one source, events, or both.
type Piece struct {
	ID     int     // source id, from 0 in order of the arguments
	Name   string  // as the user named it, "-" for standard input
	N      int     // bytes written into the buffer handed to Next
	Offset int64   // of these bytes in the source, after decompression
	Events []Event // what happened before these bytes
	End    bool    // no more bytes of this source will come (in this generation: see Reset)
	Last   bool    // with End: no other generation will come, the source is done
	Reset  bool    // the bytes begin a new generation: an unterminated line before them ends here
	// Changed is the file's last change, as far as known when these bytes were
	// read, for stamps without a year; zero when unknown.
	Changed time.Time
}

// A Feed hands out the bytes of all sources of a run. Batch feeds deliver one
// source after the other in the order of the arguments; follow feeds deliver in
// order of arrival. A Feed is used by one goroutine.
type Feed interface {
	// Next waits for bytes or an event and writes bytes into buf, which must not
	// be empty. It returns io.EOF when every source has ended, and ctx.Err()
	// when ctx is done; trouble with one source is an Event, never an error.
	// After ctx is done, Next may be called again with a live context to drain
	// what had arrived before.
	Next(ctx context.Context, buf []byte) (Piece, error)
	// Ready reports whether Next would return bytes without waiting. It may
	// answer false too often (then small blocks are handed on early), never true
	// wrongly.
	Ready() bool
	// Close releases every descriptor.
	Close() error
}
