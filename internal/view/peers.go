package view

import (
	"fmt"
	"strings"

	"wsalog/internal/term"
	"wsalog/rules"
)

const (
	// changeAfter is how often a peer must have failed in one way before failing
	// in another is news; peers that alternate between two codes are not.
	changeAfter = 3
	// maxChanges bounds the changes that wait for the end of a burst.
	maxChanges = 8
)

// A peerState is how a peer failed last, and how often in a row.
type peerState struct {
	code int
	row  int64
}

// peerBook remembers the last error of the peers that spoke last. It is kept in
// two halves: when the young one is full it becomes the old one, and who was in
// neither for that long is forgotten.
type peerBook struct {
	young, old map[string]*peerState
}

// get returns the state of a peer, a new one where it is unknown.
func (b *peerBook) get(peer string) *peerState {
	if s := b.young[peer]; s != nil {
		return s
	}
	s := b.old[peer]
	if s == nil {
		s = new(peerState)
	}
	if b.young == nil || len(b.young) >= maxPeers/2 {
		b.old, b.young = b.young, make(map[string]*peerState)
	}
	b.young[strings.Clone(peer)] = s
	return s
}

// keepChange moves the state of the line's peer on, and keeps a row about it
// where it changed its ways.
func (v *View) keepChange(l *line) {
	if l.counted == 0 || l.rec.Peer == "" {
		return
	}
	code := l.hits[0].Code
	c := v.book.get(code)
	if c.severity == rules.Info {
		return
	}
	s := v.peers.get(l.rec.Peer)
	if s.code == code {
		s.row += l.times
		return
	}
	if s.row >= changeAfter && len(v.changes) < maxChanges {
		was := v.book.get(s.code)
		v.changes = append(v.changes, fmt.Sprintf(v.words.changed, v.clean.Line(l.rec.Peer),
			was.word, v.glyph.Times+term.Thousands(s.row), v.glyph.Arrow, c.word))
	}
	s.code, s.row = code, l.times
}

// writeChanges writes what keepChange kept: ┆ changed on 10.0.0.5:5432: refused
// ×215 → timed out.
func (v *View) writeChanges() {
	for _, c := range v.changes {
		v.note.reset()
		v.note.add(c, &v.theme.Dim)
		d := v.note.appendWrapped(nil, v.cells, v.width(), "  "+v.glyph.Gutter+" ", v.theme.Dim, 4)
		v.out.bytes(d)
	}
	v.changes = v.changes[:0]
}
