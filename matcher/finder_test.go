package matcher_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

// TestFinderFindsWhatEveryLineFinds compares the two ways through a block: line by
// line, as short inputs are searched, and from candidate to candidate.
func TestFinderFindsWhatEveryLineFinds(t *testing.T) {
	quick := warmMatcher(t)
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

// sameEitherWay compares the two ways through a block by two Matchers, and returns how
// many matches there are.
func sameEitherWay(t *testing.T, slow, quick *matcher.Matcher, block string, ctx *matcher.Context) int {
	t.Helper()
	want, got := slow.AppendLines(nil, []byte(block), ctx), quick.Append(nil, []byte(block), ctx)
	for _, list := range [][]matcher.Match{want, got} {
		for i := range list {
			list[i].Shape = 0 // two Matchers name shapes differently
		}
	}
	if !slices.Equal(want, got) {
		t.Fatalf("%.2000q: line by line %d matches, by the finder %d", block, len(want), len(got))
	}
	return len(want)
}

// warmMatcher returns a Matcher that searches blocks with its finder.
func warmMatcher(t *testing.T) *matcher.Matcher {
	m := newMatcher(t)
	m.Append(nil, bytes.Repeat([]byte("warm up the finder\n"), 20_000), nil)
	return m
}

// TestRowsAreFoundEitherWay does the same for rows under a W3C header: those that hold a
// status alone are told without a look, and what follows them must not be passed.
func TestRowsAreFoundEitherWay(t *testing.T) {
	ctx := matcher.ParseFields([]byte(iisFields))
	slow, quick := newMatcher(t), warmMatcher(t)
	row := func(query, status, took string) string {
		return "2026-07-14 10:22:33 10.0.0.1 GET /a " + query + " 80 - 10.0.0.2 curl/8 200 0 " + status + " " + took + "\r\n"
	}
	rows := []string{"connect failed with error 10053\n", "\n", row("-", "0", "7"), row("id=10060", "64", "7"), row("-", "64", "11023")}
	for _, status := range []string{"64", "10054", "121", "995", "-", "2147952461", "10061", "5", "6", "8", "87", "996", "997"} {
		rows = append(rows, row("-", status, "23"), row("id=10060", status, "11023"))
	}
	matches := 0
	for _, first := range rows { // each behind each, at the end of a block and before it
		for _, second := range rows {
			matches += sameEitherWay(t, slow, quick, first+second, ctx)
			matches += sameEitherWay(t, slow, quick, second+first+second, ctx)
		}
	}
	if matches < 3000 {
		t.Errorf("%d matches prove nothing", matches)
	}
}

// TestEscapedTextsAreFoundEitherWay looks for the texts of the system in escapes, among
// whose literals there are such as begin with a blank.
func TestEscapedTextsAreFoundEitherWay(t *testing.T) {
	slow, quick := newMatcher(t), warmMatcher(t)
	matches := 0
	for _, s := range rules.Spellings() {
		if s.Form == rules.FormMessage {
			for _, line := range []string{rules.Escape(s.Text), rules.Entities(s.Text)} {
				matches += sameEitherWay(t, slow, quick, `{"msg":"`+line+"\"}\n", nil)
			}
		}
	}
	if matches < 1500 {
		t.Errorf("%d matches prove nothing", matches)
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
