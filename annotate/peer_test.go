package annotate

import (
	"strings"
	"testing"
)

// TestPeerDecoys holds lines whose numbers and names look like endpoints and are
// none, beside a hit.
func TestPeerDecoys(t *testing.T) {
	a := New()
	for _, line := range []string{
		"10:22:33 WSAETIMEDOUT",
		"took 10:22:33.114 then WSAETIMEDOUT",
		"main.go:123: WSAETIMEDOUT",
		"src/net/conn.cpp:8080 WSAETIMEDOUT",
		`C:\srv\app\poll.py:5432: WSAETIMEDOUT`,
		"com.acme.net.Connector:57 WSAETIMEDOUT",
		"at com.acme.Foo.bar(Foo.java:1433) WSAETIMEDOUT",
		"version 10.0.19045.4291 WSAETIMEDOUT",
		"version 1.2.3.4 WSAETIMEDOUT",
		"Agent/5.6.0.1 WSAETIMEDOUT",
		"std::net::connect WSAETIMEDOUT",
		"Cafe::Add WSAETIMEDOUT",
		"mac 10:22:33:44:55:66 WSAETIMEDOUT",
		"ratio 3:2 WSAETIMEDOUT",
		"line:42 col:17 WSAETIMEDOUT",
		"pid:4120 WSAETIMEDOUT",
		"port 10061 WSAETIMEDOUT",
		"user jdoe@example.com WSAETIMEDOUT",
		"network 10.1.0.0/16 WSAETIMEDOUT",
		"listen tcp :80: bind: WSAEADDRINUSE WSAETIMEDOUT",
		`{"host":"web3","pid":4120,"err":"WSAETIMEDOUT"}`,
		"step 2024-05-06 07:08:09 WSAETIMEDOUT",
		"kernel32.dll:10061 WSAETIMEDOUT",
		"local=10.0.0.2:50001 WSAETIMEDOUT",
		"asio.system:10053 WSAETIMEDOUT",
		"id 1.2.3.4.5 WSAETIMEDOUT",
		"error:8000274D:system library WSAETIMEDOUT",
		"node:internal/net:1157:16 WSAETIMEDOUT",
		"0.0.0.0 WSAETIMEDOUT",
		"WSAETIMEDOUT (attempt:3)",
		"WSAETIMEDOUT (net.cpp:588)",
		"WSAETIMEDOUT cost:2044",
		"connect to undefined:3000: WSAETIMEDOUT",
		"app/5.6.0.1 WSAETIMEDOUT",
		"~/.qt/5.6.0.1/bin/qtsrv.exe WSAETIMEDOUT",
		"core_async.io:120 WSAETIMEDOUT",
		`*3 WSARecv() failed (WSAETIMEDOUT), client: unix:, server: _, request: "CONNECT / HTTP/1.1", host: "10.0.0.7"`,
	} {
		if r := record(a, line, "WSAETIMEDOUT", nil); r.Peer != "" {
			t.Errorf("%q: peer %q, want none", line, r.Peer)
		}
	}
}

func TestPeerSpelling(t *testing.T) {
	a := New()
	for _, c := range []struct{ line, want, span string }{
		{"connect to 10.0.0.5:5432: WSAEX", "10.0.0.5:5432", "10.0.0.5:5432"},
		{"connect to [::1]:80: WSAEX", "[::1]:80", "[::1]:80"},
		{"connect to ::1 port 80: WSAEX", "[::1]:80", "::1 port 80"},
		{"connect to ::ffff:10.0.0.1 failed WSAEX", "::ffff:10.0.0.1", "::ffff:10.0.0.1"},
		{"connect to fe80::1%eth0 failed WSAEX", "fe80::1%eth0", "fe80::1%eth0"},
		{"connect to 2001:db8:1:2:3:4:5:6 failed WSAEX", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"},
		{"connect to DB1.Example.com port 1521 failed WSAEX", "DB1.Example.com:1521", "DB1.Example.com port 1521"},
		{"host=db1 user=x dbname=y port=5432 WSAEX", "db1:5432", "db1"},
		{"WSAEX https://user:pw@h.example.com:8443/a:1/b?c=10.0.0.1:9", "h.example.com:8443", "h.example.com:8443"},
		{"WSAEX http://h.example.com/", "h.example.com", "h.example.com"},
		{"dial tcp 10.0.0.1:65535: WSAEX", "10.0.0.1:65535", "10.0.0.1:65535"},
		{"dial tcp 10.0.0.1:65536: WSAEX", "10.0.0.1", "10.0.0.1"},
		{"WSAEX https://crates.rs:8443/api/v1", "crates.rs:8443", "crates.rs:8443"},
		{"connect to 10.0.0.5/5432: WSAEX", "10.0.0.5:5432", "10.0.0.5/5432"},
		{"connect to db.example.com over ipv4 3 times: WSAEX", "db.example.com", "db.example.com"},
		{"connect to db.example.com ipv4 1433: WSAEX", "db.example.com:1433", "db.example.com ipv4 1433"},
		{"gw.local 10.0.0.5:5432: WSAEX", "10.0.0.5:5432", "10.0.0.5:5432"},
		{"cannot connect, server: 10.0.0.7, error WSAEX", "10.0.0.7", "10.0.0.7"},
	} {
		r := record(a, c.line, "WSAEX", nil)
		if r.Peer != c.want || string(r.Text[r.PeerSpan.Start:r.PeerSpan.End]) != c.span {
			t.Errorf("%q: peer %q at %q, want %q at %q", c.line, r.Peer, r.Text[r.PeerSpan.Start:r.PeerSpan.End], c.want, c.span)
		}
	}
}

// TestMarksPartRoles has the address of the other end behind marks that end what is said
// about this end.
func TestMarksPartRoles(t *testing.T) {
	t.Parallel()
	a := New()
	const rest = " 10.0.0.5:5432 gave WSAEX"
	if r := record(a, "the source"+rest, "WSAEX", nil); r.Peer != "" {
		t.Errorf("%q: peer %q, want none", r.Text, r.Peer)
	}
	for _, mark := range []string{",", ";", ")", "]", "}", " |"} {
		if r := record(a, "the source"+mark+rest, "WSAEX", nil); r.Peer != "10.0.0.5:5432" {
			t.Errorf("%q: peer %q", r.Text, r.Peer)
		}
	}
}

// TestLocateInLongLine checks that only the surroundings of the hit count, and
// that their offsets are right.
func TestLocateInLongLine(t *testing.T) {
	far := strings.Repeat("see 10.9.9.9:99 ", 5000)
	line := far + "connect to 10.0.0.5:5432 failed: WSAECONNREFUSED " + far
	r := record(New(), line, "WSAECONNREFUSED", nil)
	if r.Peer != "10.0.0.5:5432" || string(r.Text[r.PeerSpan.Start:r.PeerSpan.End]) != r.Peer {
		t.Errorf("peer %q, span %v", r.Peer, r.PeerSpan)
	}
	if r.Call != "connect" || string(r.Text[r.CallSpan.Start:r.CallSpan.End]) != "connect" {
		t.Errorf("call %q, span %v", r.Call, r.CallSpan)
	}
}

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

func TestCallWordsFitTheLexer(t *testing.T) {
	known := make(map[string]wordInfo)
	for r, list := range roleWords {
		for _, w := range list {
			info := known[w]
			if info.role != roleNone {
				t.Errorf("%q has two roles", w)
			}
			info.role = role(r)
			known[w] = info
		}
	}
	for _, c := range callWords {
		for _, w := range c.words {
			info := known[w]
			info.call, info.weight = c.call, c.weight
			known[w] = info
		}
	}
	for w, info := range known {
		if info.role != roleNone && info.call != callNone {
			t.Errorf("%q has a role and a call", w)
		}
		if len(w) > maxWord || !isLetter(w[0]) || w != strings.ToLower(w) {
			t.Errorf("the lexer never makes the word %q", w)
		}
		line := strings.ToUpper(w)
		l := lexer{b: []byte("x " + line + "x")}
		l.run()
		if got := l.known(2, 2+len(w)).wordInfo; got != info {
			t.Errorf("%q: looked up %v, want %v", w, got, info)
		}
		if got := l.known(2, 3+len(w)).wordInfo; got != known[w+"x"] {
			t.Errorf("%q: looked up %v, want %v", w+"x", got, known[w+"x"])
		}
	}
	for id, name := range callNames {
		if (name == "") != (callID(id) == callNone) {
			t.Errorf("call %d has the name %q", id, name)
		}
	}
	for _, s := range setWords {
		for w := range strings.FieldsSeq(s.words) {
			folded := append(appendFolded(nil, []byte(w)), behindWords[:]...)
			if len(w) > maxWord || words.find(folded, len(w)).sets&s.set == 0 {
				t.Errorf("%q is not found in its set", w)
			}
		}
	}
	for _, p := range nameParts {
		for w := range strings.FieldsSeq(p.words) {
			folded := append(appendFolded(nil, []byte(w)), behindWords[:]...)
			if len(w) > maxWord || words.find(folded, len(w)).parts&p.part == 0 {
				t.Errorf("%q is not found among the parts of names", w)
			}
		}
	}
}

// FuzzAppend checks that no line makes Append panic, that spans lie inside the
// line, and that records do not depend on what the Annotator saw before.
func FuzzAppend(f *testing.F) {
	for _, l := range loadLabelled(f) {
		f.Add(l.Line, l.Mark)
	}
	f.Add("[::", ":")
	f.Add("http://[", "h")
	f.Add("x://@:1 10061", "10061")
	shared := New()
	f.Fuzz(func(t *testing.T, line, mark string) {
		if mark == "" || strings.Contains(line, "\n") || !strings.Contains(line, mark) || strings.Contains(mark, "\r") {
			t.Skip()
		}
		line = strings.TrimRight(line, "\r")
		if !strings.Contains(line, mark) {
			t.Skip()
		}
		ctx := &Context{Year: 2024}
		r := record(New(), line, mark, ctx)
		for _, s := range []Span{r.PeerSpan, r.CallSpan} {
			if s.Start < 0 || s.End < s.Start || s.End > len(r.Text) {
				t.Errorf("span %v outside of %d bytes", s, len(r.Text))
			}
		}
		if again := record(shared, line, mark, ctx); again.Peer != r.Peer || again.Call != r.Call || again.Stamp != r.Stamp {
			t.Errorf("%q: %q %q %v, from a used Annotator %q %q %v", line, r.Peer, r.Call, r.Stamp, again.Peer, again.Call, again.Stamp)
		}
	})
}
