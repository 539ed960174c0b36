package matcher

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"unsafe"
	"weak"
)

// TestRecallChangesNothing compares what is remembered for lines that differ in
// digits with what each line gives by itself.
func TestRecallChangesNothing(t *testing.T) {
	t.Parallel()
	headers := []*Context{nil, {W3C: -1}, ParseFields([]byte("#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-win32-status")),
		ParseFields([]byte("#Fields: date time sc-win32-status cs-method"))}
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	all := slices.Concat(labelledLines(t), rows())
	for set, cues := range cueSets {
		c := newComparison(t, cues)
		lines := slices.Concat(all, stamped(all))
		if set > 0 { // some of all, since the others have no digits of its cues
			lines = stamped(all)
			for i := set; i < len(all); i += len(cueSets) {
				lines = append(lines, all[i])
			}
		}
		for n, line := range lines {
			line, ctx := slices.Clone(line), headers[n/2%len(headers)]
			for round := range rounds {
				c.compare(t, line, ctx, round%2 == 0)
				alterDigits(c.rng, line)
				if len(cues) > 0 && c.rng.IntN(2) == 0 {
					putCue(c.rng, line, cues[c.rng.IntN(len(cues))])
				}
			}
		}
		t.Logf("%q: %d of %d lines were remembered", cues, c.known, len(lines)*rounds)
		if c.known < len(lines)*rounds/40 {
			t.Errorf("%q: %d of %d lines were remembered: that proves little", cues, c.known, len(lines)*rounds)
		}
	}
}

// A comparison holds one goroutine that remembers and one that does not.
type comparison struct {
	cues              []string
	m                 *Matcher
	remembers, judges *scratch
	rng               *rand.Rand
	known             int // lines that were remembered
}

func newComparison(t *testing.T, cues []string) *comparison {
	m := withCues(t, cues)
	c := &comparison{cues: cues, m: m, remembers: m.newScratch(), judges: m.newScratch(), rng: rand.New(rand.NewPCG(7, 8))}
	c.remembers.glance.seen = recallFrom
	return c
}

// compare searches a line by itself, or as a block, which asks for the shape elsewhere and
// looks at fewer places.
func (c *comparison) compare(t *testing.T, line []byte, ctx *Context, asBlock bool) {
	t.Helper()
	var want, got []Match
	if asBlock {
		c.judges.glance.seen = 0
		want = c.m.block(nil, c.judges, line, ctx)
		got = c.m.block(nil, c.remembers, line, ctx)
	} else {
		l := worthy{stretch: stretch{0, len(line)}, shape: c.m.shapeOf(&c.remembers.glance, line, ctx)}
		if _, ok := c.m.find(nil, l.shape, line, 0, nil, nil); ok {
			c.known++
		}
		want = c.m.line(nil, c.judges, line, &worthy{stretch: l.stretch}, nil, ctx)
		got = c.m.line(nil, c.remembers, line, &l, c.remembers.glance.shape, ctx)
	}
	for i := range got {
		got[i].Shape = 0
	}
	if !slices.Equal(want, got) {
		t.Fatalf("%q: as a block %v: %q:\n%+v, remembered:\n%+v", c.cues, asBlock, line, want, got)
	}
}

// TestRowsAreRememberedByHeader has the same rows come under one header after the other.
func TestRowsAreRememberedByHeader(t *testing.T) {
	t.Parallel()
	c := newComparison(t, nil)
	for _, fields := range []string{"date time c-ip sc-win32-status x-a x-b", "date time c-ip x-a x-b sc-win32-status", "date time c-ip x-a"} {
		ctx := ParseFields([]byte("#Fields: " + fields))
		for range 2 {
			c.compare(t, []byte("2026-07-14 10:22:33 10.0.0.7 10061 10054 10060"), ctx, true)
			c.compare(t, []byte("2026-07-14 10:22:34 10.0.0.7 10060 10061 WSAECONNRESET"), ctx, true)
		}
	}
}

// TestNoBlockIsKept has the garbage collector tell whether an idle Matcher holds a block,
// searched line by line as at the beginning of a log, or as a whole.
func TestNoBlockIsKept(t *testing.T) {
	t.Parallel()
	m := withCues(t, nil)
	m.Append(nil, bytes.Repeat([]byte("connect failed: 10061\n"), 2*recallFrom), nil)
	for name, search := range map[string]func(dst []Match, block []byte, ctx *Context) []Match{"lines": m.AppendLines, "block": m.Append} {
		at := func() weak.Pointer[byte] {
			block := bytes.Repeat([]byte("connect failed: 10061\n"), 2*lazyFinder/20)
			if len(search(nil, block, nil)) == 0 {
				t.Fatal("nothing found")
			}
			return weak.Make(&block[0])
		}()
		for range 3 {
			runtime.GC()
		}
		if at.Value() != nil {
			t.Errorf("%s: the block is kept", name)
		}
	}
	runtime.KeepAlive(m)
}

// TestShardGrows adds lines of shapes that are spread as evenly as hashes are not: none
// displaces another until there is no more room to have, and none is lost on the way.
func TestShardGrows(t *testing.T) {
	t.Parallel()
	var s shard
	room := func() int { return len(*s.lines.Load()) }
	for n := 1; n <= 2*recalled; n++ {
		s.add(&recalledLine{shape: uint64(2 * n)})
		if room() > recalled {
			t.Fatalf("room for %d lines, %d are allowed", room(), recalled)
		}
		if n >= recallSize && n <= recalled/2 && (room() < 2*n || room() > 5*n) { // two places for each, and not many more
			t.Fatalf("%d lines have room for %d", n, room())
		}
		for old := 1; old <= n && n <= recalled/2; old++ {
			if pair := pairOf(*s.lines.Load(), uint64(2*old)); pair[0].shape != uint64(2*old) {
				t.Fatalf("of %d lines, that of shape %d is lost when there is room for %d", n, old, room())
			}
		}
	}
	if room() != recalled {
		t.Errorf("in the end there is room for %d lines, want %d", room(), recalled)
	}
}

// TestRecallIsBounded looks at what tables of numbers leave behind.
func TestRecallIsBounded(t *testing.T) {
	t.Parallel()
	m := withCues(t, nil)
	s := m.newScratch()
	rng := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		var line []byte
		for range 1 + rng.IntN(40) {
			line = strconv.AppendInt(append(line, "code "...), int64(10035+rng.IntN(30)), 10)
			line = append(line, ' ')
		}
		m.line(nil, s, line, &worthy{stretch: stretch{0, len(line)}, shape: m.shapeOf(&s.glance, line, nil)}, s.glance.shape, nil)
	}
	kept, room := 0, 0
	for i := range m.recall {
		if lines := m.recall[i].lines.Load(); lines != nil {
			room += len(*lines)
			for _, l := range *lines {
				kept += int(l.matched)
			}
		}
	}
	if kept == 0 {
		t.Error("nothing is remembered")
	}
	if n := unsafe.Sizeof(recalledLine{}); n != 64 {
		t.Errorf("a line takes %d bytes, a cache line has 64", n)
	}
	if room >= shards*recalled {
		t.Errorf("lines that are not remembered made room for %d", room)
	}
}
