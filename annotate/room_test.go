package annotate

import (
	"strings"
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

// TestManyWords counts up to where a line has no room for more words: a URL with its port,
// which are two, may stand there.
func TestManyWords(t *testing.T) {
	t.Parallel()
	a := New()
	for n := maxTokens - 10; n < maxTokens+10; n++ {
		line := "WSAECONNREFUSED" + strings.Repeat(" x", n) + " https://h.example.com:8443/"
		want := "h.example.com:8443"
		if n+1 >= maxTokens {
			want = ""
		}
		if r := record(a, line, "WSAECONNREFUSED", nil); r.Peer != want {
			t.Errorf("behind %d words: peer %q, want %q", n, r.Peer, want)
		}
	}
}

// TestSentenceAroundAnotherHit has the sentence of one hit behind another hit, which itself
// stands behind the first one's name: its words say nothing about the call.
func TestSentenceAroundAnotherHit(t *testing.T) {
	t.Parallel()
	const line = "WSAECONNREFUSED after 10054: No connection to the peer could be made, it actively refused it"
	ms := gather(line,
		find(line, "WSAECONNREFUSED", accept(10061, rules.FormName, matcher.High, "name")),
		find(line, "10054", accept(10054, rules.FormDecimal, matcher.High, "number")),
		find(line, "actively refused it", accept(10061, rules.FormMessage, matcher.High, "text")))
	if r := New().Append(nil, []byte(line), ms, nil)[0]; r.Call != "" {
		t.Errorf("call %q, want none", r.Call)
	}
}
