package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"wsalog/internal/stats"
)

// A Basis is what counts are divided by before they are compared.
type Basis uint8

// The bases.
const (
	BasisAuto  Basis = iota // lines, or hours where a side has no lines
	BasisLines              // per million lines: for logs whose traffic differs
	BasisHours              // per hour of the period
)

var basisNames = [...]string{"auto", "lines", "hours"}

// ParseBasis reads the name of a basis: auto, lines or hours.
func ParseBasis(s string) (Basis, error) {
	for i, n := range basisNames {
		if n == s {
			return Basis(i), nil
		}
	}
	return 0, fmt.Errorf("unknown basis %q: use auto, lines or hours", s)
}

// A ChangeKind says how a code changed.
type ChangeKind uint8

// The kinds of change, the most striking first. All but Same are significant.
const (
	New  ChangeKind = iota // not there before; what --fail-on new asks for
	Gone                   // no longer there
	More
	Less
	Same // no change beyond chance
)

var kindNames = [...]string{"new", "gone", "more", "less", "same"}

// String returns the name used in JSON.
func (k ChangeKind) String() string { return kindNames[k] }

// A Change is one code on both sides.
type Change struct {
	Kind                  ChangeKind
	Code                  int
	Name                  string
	Before, After         int64 // events
	HitsBefore, HitsAfter int64
	RateBefore, RateAfter float64 // events per million lines or per hour
	P                     float64 // how probable such a difference is by chance
	Peer                  string  // the peer that the change comes from, where one has most of it
	PeerShare             float64 // its part of the change, 0 to 1
	PeerIsNew, PeerIsGone bool
}

// A Comparison is two tables side by side.
type Comparison struct {
	Before, After *stats.Table
	Basis         Basis   // BasisLines or BasisHours
	ExposureA     float64 // million lines or hours before
	ExposureB     float64 // and after
	Alpha         float64 // P below this is a change
	Changes       []Change
}

// alphaAll is the probability with which chance alone may bring forth any change
// in a whole comparison.
const alphaAll = 0.001

// Compare sets two tables side by side. Events are compared, not hits, because
// hits of one event do not come independently. A code is called changed when a
// two-sided Poisson rate test finds chance less probable than 0.001 divided by
// the number of codes compared.
func Compare(before, after *stats.Table, o Options) *Comparison {
	c := &Comparison{Before: before, After: after, Basis: o.Basis}
	c.expose()
	rows := make(map[int]*Change)
	get := func(r *stats.CodeRow) *Change {
		ch := rows[r.Code]
		if ch == nil {
			ch = &Change{Code: r.Code, Name: r.Name}
			rows[r.Code] = ch
		}
		return ch
	}
	for i := range before.Codes {
		ch := get(&before.Codes[i])
		ch.Before, ch.HitsBefore = before.Codes[i].Events, before.Codes[i].Hits
	}
	for i := range after.Codes {
		ch := get(&after.Codes[i])
		ch.After, ch.HitsAfter = after.Codes[i].Events, after.Codes[i].Hits
	}
	c.Alpha = alphaAll / float64(max(1, len(rows)))
	peersBefore, peersAfter := peersByCode(before), peersByCode(after)
	for _, ch := range rows {
		c.judge(ch)
		if ch.Kind != Same {
			c.blame(ch, peersBefore[ch.Code], peersAfter[ch.Code])
		}
		c.Changes = append(c.Changes, *ch)
	}
	slices.SortFunc(c.Changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(boolInt(a.Kind == Same), boolInt(b.Kind == Same)),
			cmp.Compare(math.Abs(b.RateAfter-b.RateBefore), math.Abs(a.RateAfter-a.RateBefore)),
			cmp.Compare(a.Code, b.Code))
	})
	return c
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// expose finds out what to divide by. Where the wanted basis is not known on one
// side the other basis is taken, and where neither is, both sides weigh alike.
func (c *Comparison) expose() {
	lines := [2]float64{float64(c.Before.Totals.Lines) / 1e6, float64(c.After.Totals.Lines) / 1e6}
	time := [2]float64{hours(c.Before), hours(c.After)}
	known := func(v [2]float64) bool { return v[0] > 0 && v[1] > 0 }
	byLines := c.Basis != BasisHours && known(lines) || c.Basis == BasisHours && !known(time)
	c.Basis = BasisHours
	v := time
	if byLines {
		c.Basis, v = BasisLines, lines
	}
	if !known(v) {
		v = [2]float64{1, 1}
	}
	c.ExposureA, c.ExposureB = v[0], v[1]
}

func (c *Comparison) judge(ch *Change) {
	ch.RateBefore, ch.RateAfter = float64(ch.Before)/c.ExposureA, float64(ch.After)/c.ExposureB
	ch.P = rateTest(ch.Before, ch.After, c.ExposureA, c.ExposureB)
	switch {
	case ch.P >= c.Alpha:
		ch.Kind = Same
	case ch.Before == 0:
		ch.Kind = New
	case ch.After == 0:
		ch.Kind = Gone
	case ch.RateAfter > ch.RateBefore:
		ch.Kind = More
	default:
		ch.Kind = Less
	}
}

// peersByCode lists, per code, the hits of each peer.
func peersByCode(t *stats.Table) map[int]map[string]int64 {
	m := make(map[int]map[string]int64)
	for i := range t.Peers {
		for _, cc := range t.Peers[i].Codes {
			if m[cc.Code] == nil {
				m[cc.Code] = make(map[string]int64)
			}
			m[cc.Code][t.Peers[i].Peer] = cc.N
		}
	}
	return m
}

// blame finds the peer that most of a change comes from.
func (c *Comparison) blame(ch *Change, before, after map[string]int64) {
	whole := float64(ch.HitsAfter)/c.ExposureB - float64(ch.HitsBefore)/c.ExposureA
	if whole == 0 {
		return
	}
	best := 0.5
	try := func(peer string) {
		part := (float64(after[peer])/c.ExposureB - float64(before[peer])/c.ExposureA) / whole
		if part > best || part == best && ch.Peer != "" && peer < ch.Peer {
			best = part
			ch.Peer, ch.PeerShare = peer, math.Min(1, part)
			ch.PeerIsNew, ch.PeerIsGone = before[peer] == 0, after[peer] == 0
		}
	}
	for peer := range before {
		try(peer)
	}
	for peer := range after {
		try(peer)
	}
}
