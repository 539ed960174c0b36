package matcher_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"wsalog/matcher"
)

// TestFinderFindsWhatEveryLineFinds compares the two ways through a block: line by
// line, as short inputs are searched, and from candidate to candidate.
func TestFinderFindsWhatEveryLineFinds(t *testing.T) {
	quick := newMatcher(t)
	quick.Append(nil, bytes.Repeat([]byte("warm up the finder\n"), 20_000), nil)
	for _, f := range labelledFiles(t) {
		var lines []string
		for _, l := range readLabelled(t, f) {
			lines = append(lines, l.Line)
		}
		block := []byte(strings.Join(lines, "\n") + "\n")
		want, got := newMatcher(t).AppendLines(nil, block, nil), quick.Append(nil, block, nil)
		if len(want) < len(lines)/2 {
			t.Fatalf("%s: %d matches on %d lines prove nothing", f, len(want), len(lines))
		}
		for i := range min(len(want), len(got)) {
			want[i].Shape, got[i].Shape = 0, 0
			if want[i] != got[i] {
				t.Fatalf("%s: match %d: %+v line by line, %+v by the finder: %q", f, i, want[i], got[i], block[want[i].LineStart:want[i].LineEnd])
			}
		}
		if len(want) != len(got) {
			t.Errorf("%s: %d matches line by line, %d by the finder", f, len(want), len(got))
		}
	}
}

// TestRowsAreFoundEitherWay does the same for rows under a W3C header.
func TestRowsAreFoundEitherWay(t *testing.T) {
	ctx := matcher.ParseFields([]byte(iisFields))
	var b strings.Builder
	for i, status := range []string{"0", "64", "10054", "121", "995", "-", "2147952461", "10061", "5", "6", "8", "87", "996", "997"} {
		b.WriteString("2026-07-14 10:22:33 10.0.0.1 GET /a/" + strings.Repeat("x", i) + " - 80 - 10.0.0.2 curl/8 200 0 " + status + " 23\r\n")
		b.WriteString("2026-07-14 10:22:33 10.0.0.1 GET /a/" + strings.Repeat("x", i) + " id=10060 80 - 10.0.0.2 curl/8 200 0 " + status + " 11023\r\n")
		b.WriteString("connect failed with error 10053\n\n")
	}
	slow, quick := newMatcher(t), newMatcher(t)
	quick.Append(nil, bytes.Repeat([]byte("warm up the finder\n"), 20_000), nil)
	want, got := slow.AppendLines(nil, []byte(b.String()), ctx), quick.Append(nil, []byte(b.String()), ctx)
	for _, list := range [][]matcher.Match{want, got} {
		for i := range list {
			list[i].Shape = 0 // two Matchers name shapes differently
		}
	}
	if len(want) < 20 || !slices.Equal(want, got) {
		t.Errorf("line by line %+v, by the finder %+v", want, got)
	}
}

// TestPlainBlocksNeedOnlyPlainLiterals puts what is not plain alone into a block
// of its own and among plain text: it is found either way.
func TestPlainBlocksNeedOnlyPlainLiterals(t *testing.T) {
	m := newMatcher(t)
	filler := strings.Repeat("nothing to see here\n", 20_000)
	m.Append(nil, []byte(filler), nil)
	for _, line := range []string{
		"由于目标计算机积极拒绝，无法连接。",
		`{"msg":"\u7531\u4e8e\u76ee\u6807\u8ba1\u7b97\u673a\u79ef\u6781\u62d2\u7edd"}`,
		"l&#39;ordinateur cible l&#39;a express&#233;ment refus&#233;e",
		"connect failed: WSAECONNREFUSED",
	} {
		for _, block := range []string{line + "\n", filler + line + "\n" + filler} {
			found := false
			for _, x := range m.Append(nil, []byte(block), nil) {
				found = found || x.Code == 10061 && x.Verdict == matcher.Accepted
			}
			if !found {
				t.Errorf("%s is not found in a block of %d bytes", line, len(block))
			}
		}
	}
}

// FuzzFinder makes blocks of pieces of labelled lines: both ways find the same.
func FuzzFinder(f *testing.F) {
	f.Add([]byte("a 10061 b\nerror 10054\r\n\x00 0x274D WSAEFAULT\n"))
	f.Add([]byte("connect: 积极拒绝 \\u79ef\\u6781 forcibly closed by the remote host"))
	slow, err := matcher.New(matcher.Options{})
	if err != nil {
		f.Fatal(err)
	}
	quick, err := matcher.New(matcher.Options{})
	if err != nil {
		f.Fatal(err)
	}
	quick.Append(nil, make([]byte, 300<<10), nil)
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 4096 {
			return
		}
		var want []matcher.Match
		for from := 0; from < len(block); {
			end := len(block)
			if n := bytes.IndexByte(block[from:], '\n'); n >= 0 {
				end = from + n + 1
			}
			for _, x := range slow.AppendLines(nil, block[from:end], nil) {
				x.Shape = 0 // two Matchers name shapes differently
				x.Start, x.End, x.LineStart, x.LineEnd = x.Start+from, x.End+from, x.LineStart+from, x.LineEnd+from
				want = append(want, x)
			}
			from = end
		}
		got := quick.Append(nil, block, nil)
		for i := range got {
			got[i].Shape = 0
		}
		if !slices.Equal(want, got) {
			t.Errorf("line by line %+v, by the finder %+v", want, got)
		}
	})
}
