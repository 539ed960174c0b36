package annotate

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wsalog/matcher"
)

// TestScenesChangeNothing compares peer and call of lines that differ in digits with
// what each line tells by itself.
func TestScenesChangeNothing(t *testing.T) {
	t.Parallel()
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 10))
	endpoints := []string{"", " 10.0.0.7:0. ", " ::1:3132 ", " 10.0.0.5/24 ", " ::ffff:10.0.0.1 ", " 0.0.0.0 ", " db01:8443, ",
		" to=00:00:28, ", " from [12:30:45] ", " at 00:10:00.255 ", " peer \"21:00:00\" ", " 12:00:00,000",
		" app01.corp.local,23:14:05.120 10.1.2.3 ", " (\"db01\", 00:14:05) ", " port 00:10:20, "}
	var block []byte
	for n, l := range loadLabelled(t) {
		line := []byte(l.Line + endpoints[n%len(endpoints)])
		for range 30 {
			block = append(append(block, line...), '\n')
			alterDigits(rng, line)
		}
	}
	matches := m.Append(nil, block, nil)
	bare := slices.Clone(matches)
	shaped, told := 0, 0
	for i := range bare {
		if bare[i].Shape != 0 {
			shaped++
		}
		bare[i].Shape = 0
	}
	got, want := New().Append(nil, block, matches, nil), New().Append(nil, block, bare, nil)
	for i := range want {
		g, w := &got[i], &want[i]
		if g.Peer != w.Peer || g.PeerSpan != w.PeerSpan || g.Call != w.Call || g.CallSpan != w.CallSpan {
			t.Fatalf("%q: peer %q %v, call %q %v; by itself peer %q %v, call %q %v", w.Text,
				g.Peer, g.PeerSpan, g.Call, g.CallSpan, w.Peer, w.PeerSpan, w.Call, w.CallSpan)
		}
		if w.Peer != "" {
			told++
		}
	}
	t.Logf("%d matches with a shape, %d peers", shaped, told)
	if shaped < 2000 || told < 2000 {
		t.Errorf("%d matches with a shape and %d peers prove nothing", shaped, told)
	}
}

// alterDigits puts other digits in the place of some: any, or those of numbers that
// are borders of something.
func alterDigits(rng *rand.Rand, line []byte) {
	telling := []string{"0", "00", "000", "1", "32", "33", "255", "256", "999", "0999", "1000", "65535", "65536"}
	for i := 0; i < len(line); i++ {
		if line[i] < '0' || line[i] > '9' {
			continue
		}
		end := i
		for end < len(line) && line[end] >= '0' && line[end] <= '9' {
			end++
		}
		switch rng.IntN(5) {
		case 0:
			for k := i; k < end; k++ {
				line[k] = byte('0' + rng.IntN(10))
			}
		case 1:
			if t := telling[rng.IntN(len(telling))]; len(t) <= end-i {
				copy(line[end-len(t):], t)
			}
		}
		i = end
	}
}

// TestShapesKeepWords holds matcher.ShapeWords to what it says: it lists the words
// with digits that are looked up here.
func TestShapesKeepWords(t *testing.T) {
	t.Parallel()
	n := 0
	for i := range words.words {
		var b []byte
		for _, part := range words.words[i].key {
			b = binary.LittleEndian.AppendUint64(b, part)
		}
		w := string(bytes.TrimRight(b, "\x00"))
		if strings.ContainsAny(w, "0123456789") {
			if n++; !slices.Contains(matcher.ShapeWords, w) {
				t.Errorf("%q is looked up, but a shape does not keep its digits", w)
			}
		}
	}
	if n == 0 {
		t.Error("no word has digits")
	}
}
