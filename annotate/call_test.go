package annotate

import (
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

func TestCallSpelling(t *testing.T) {
	a := New()
	for _, c := range []struct{ line, want, span string }{
		{"OnClientRead failed: WSAEX", "recv", "OnClientRead"},
		{"s_connect failed: WSAEX", "connect", "s_connect"},
		{"connect：由于目标计算机积极拒绝，无法连接。WSAEX", "connect", "connect"},
		{"WSAEX 由于目标计算机积极拒绝，无法连接。connect()", "connect", "connect"},
	} {
		r := record(a, c.line, "WSAEX", nil)
		if got := string(r.Text[r.CallSpan.Start:r.CallSpan.End]); r.Call != c.want || got != c.span {
			t.Errorf("%q: call %q at %q, want %q at %q", c.line, r.Call, got, c.want, c.span)
		}
	}
}

// TestMarksPartCalls has a call behind marks that end what is said about a connection that
// was.
func TestMarksPartCalls(t *testing.T) {
	t.Parallel()
	a := New()
	const rest = " connection to 10.0.0.5:80 failed: WSAEX"
	if r := record(a, "lost"+rest, "WSAEX", nil); r.Call != "" {
		t.Errorf("%q: call %q, want none", r.Text, r.Call)
	}
	for _, mark := range []string{":", ";", ",", " ...", ")", "]"} {
		if r := record(a, "lost"+mark+rest, "WSAEX", nil); r.Call != "connect" {
			t.Errorf("%q: call %q", r.Text, r.Call)
		}
	}
}

// TestCallIgnoresSystemTexts checks that the words of Windows' own sentences are
// not taken for the call that failed.
func TestCallIgnoresSystemTexts(t *testing.T) {
	a := New()
	for _, line := range []string{
		"x: A request to send or receive data was disallowed because the socket is not connected",
		"No connection could be made because the target machine actively refused it.",
		"x: no connection to mySql could be made because the target machine actively refused it.",
		"x: No connection could be made because the target machine actively refused it.",
		"x: 由于目标计算机积极拒绝，无法连接。",
		"x: Either the application has not called WSAStartup, or WSAStartup failed.",
		"SELECT * FROM jobs: 10061: actively refused it",
		"connection closed: An existing connection was forcibly closed by the remote host.",
		"read_timeout=5 retries=2 actively refused it",
	} {
		if r := record(a, line+" 10061", "10061", nil); r.Call != "" {
			t.Errorf("%q: call %q, want none", line, r.Call)
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
