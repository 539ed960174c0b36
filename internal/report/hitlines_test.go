package report

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/rules"
)

// TestPreparedLinesAreTheSame writes logs batch by batch, and from trays that hold
// several batches, of which one is fuller than a tray may be.
func TestPreparedLinesAreTheSame(t *testing.T) {
	batches, _ := writeLog(5, 4000)
	var long []annotate.Record
	for i := range 250 {
		long = append(long, hitLine(strings.Repeat("é\t«", 1500)+fmt.Sprint("WSAECONNRESET", i), "WSAECONNRESET", 10054))
	}
	batches = append(batches, batchOf(&annotate.Source{Name: "long\x07"}, 9, long...), busyBatch())
	for _, fields := range []Fields{FieldsPlain, FieldsECS} {
		var plain, prepared bytes.Buffer
		o := HitOptions{Texts: fakeTexts, Fields: fields}
		one, two := NewHitStream(&plain, o), NewHitStream(&prepared, o)
		for _, b := range batches {
			if err := one.Batch(b); err != nil { // which marks its events, too
				t.Fatal(err)
			}
		}
		tray, left := two.NewTray(), 0
		for len(batches) > left {
			n := min(1+left%5, len(batches)-left)
			tray.Clear()
			for _, b := range batches[left : left+n] {
				tray.Prepare(b)
			}
			for _, b := range batches[left : left+n] {
				if err := two.Deliver(b, tray); err != nil {
					t.Fatal(err)
				}
			}
			left += n
		}
		if err := errors.Join(one.Close(annotate.Totals{}), two.Close(annotate.Totals{})); err != nil {
			t.Fatal(err)
		}
		if plain.Len() < 2*maxPrepared || !bytes.Equal(plain.Bytes(), prepared.Bytes()) {
			t.Errorf("%d bytes were written batch by batch, %d other ones from trays", plain.Len(), prepared.Len())
		}
	}
}

func TestPreparedLinesPassWriteErrorsOn(t *testing.T) {
	s := NewHitStream(failing{}, HitOptions{})
	tray := s.NewTray()
	b := busyBatch()
	tray.Prepare(b)
	if err := s.Deliver(b, tray); err == nil {
		t.Error("nothing was told")
	}
}

// TestStampsAreWrittenAsTheyWere compares with what package time makes of a stamp.
func TestStampsAreWrittenAsTheyWere(t *testing.T) {
	var w stampWriter
	r := rand.New(rand.NewPCG(8, 8))
	for range 20_000 {
		s := annotate.Stamp{Valid: true, Time: time.Unix(r.Int64N(1<<33)-1<<31, 0).UTC()}
		switch r.IntN(5) {
		case 0:
			s.Time = time.Date(0, time.Month(1+r.IntN(3)), 1+r.IntN(2), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.UTC)
		case 1:
			s.Time = s.Time.Add(time.Duration(r.IntN(1000)) * time.Millisecond)
		case 2:
			s.Time = s.Time.Add(time.Duration(r.IntN(1e9)))
		case 3:
			s.HasZone, s.OffsetSec = true, (r.IntN(27)-13)*3600+r.IntN(2)*1800
		}
		local, layout := s.Time, "15:04:05.999999999"
		if s.HasZone {
			local = local.In(time.FixedZone("", s.OffsetSec))
		}
		switch {
		case local.Year() > 0:
			layout = "2006-01-02T" + layout
		case local.YearDay() > 1:
			layout = "--01-02T" + layout
		}
		if s.HasZone {
			layout += "Z07:00"
		}
		if got, want := string(w.append(nil, &s)), `"`+local.Format(layout)+`"`; got != want {
			t.Fatalf("%v: got %s, want %s", s, got, want)
		}
	}
}

func TestValidTextIsEscapedLikeAnyOther(t *testing.T) {
	parts := []string{"a", `"`, `\`, "\n", "\x00", "\x7f", "\u0085", "\u2028", "\u202e", "\u200e", "\u061c", "\ufeff", "é", "网", "“", "：", "😀"}
	r := rand.New(rand.NewPCG(3, 1))
	for range 20_000 {
		var s []byte
		for range r.IntN(8) {
			s = append(s, parts[r.IntN(len(parts))]...)
		}
		if got, want := string(appendValidJSON(nil, s)), string(appendJSON(nil, s)); got != want {
			t.Fatalf("%q: got %s, want %s", s, got, want)
		}
	}
}

func BenchmarkPrepareHits(b *testing.B) {
	batch := busyBatch()
	batch.Records[0].Hits[0].Forms = []rules.Form{rules.FormName}
	tray := NewHitStream(failing{}, HitOptions{Texts: fakeTexts}).NewTray()
	for b.Loop() {
		tray.Clear()
		tray.Prepare(batch)
	}
}
