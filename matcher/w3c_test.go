package matcher_test

import (
	"slices"
	"testing"

	"wsalog/matcher"
)

const iisFields = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken"

func TestW3CRows(t *testing.T) {
	m := newMatcher(t)
	ctx := matcher.ParseFields([]byte(iisFields))
	for _, c := range []struct {
		name, line       string
		ctx              *matcher.Context
		counted, related []int
	}{
		{"status is a code", "2026-07-14 10:22:33 10.0.0.1 GET /a - 80 - 10.0.0.2 curl/8 502 3 10061 15", ctx, []int{10061}, nil},
		{"status is a twin", "2026-07-14 10:22:33 10.0.0.1 GET /a - 80 - 10.0.0.2 curl/8 200 0 64 11023", ctx, nil, []int{64}},
		{"numbers elsewhere", "2026-07-14 10:22:33 10.0.0.1 GET /item/10061 id=10054 10048 - 10.0.0.2 curl/8 200 0 0 10060", ctx, nil, nil},
		{"name in the query", "2026-07-14 10:22:33 10.0.0.1 GET /help q=WSAECONNREFUSED 80 - 10.0.0.2 curl/8 200 0 0 10060", ctx, nil, nil},
		{"aborted I/O is Win32 here", "2026-07-14 10:22:33 10.0.0.1 GET /a - 80 - 10.0.0.2 curl/8 200 0 995 12", ctx, nil, nil},
		{"default layout without header", "2026-07-14 10:22:33 10.0.0.1 GET /a - 80 - 10.0.0.2 curl/8 - 502 3 10060 10054", nil, []int{10060}, nil},
		{"no row under the header", "2026-07-14 10:22:33 connect failed with error 10061", ctx, []int{10061}, nil},
		{"as many words as columns", "2026-07-14 00:00:01 [app] connect to the server failed with error 10061 after two tries today", ctx, []int{10061}, nil},
		{"as many words, and a clock with a fraction", "2026-07-14 00:00:01.123 a b c d e f g h 200 0 winsock 10061", ctx, []int{10061}, nil},
		{"all of a row but the clock", "2026-07-14 00:00:01.123 a b c d e f g h 200 0 10060 error=10061", ctx, []int{10061}, nil},
		{"last column of one digit", "2026-07-14 10:22:33 200 10061 5", matcher.ParseFields([]byte("#Fields: date time sc-status sc-win32-status time-taken")), []int{10061}, nil},
		{"last column of one digit is the status", "2026-07-14 10:22:33 10061 200 5", matcher.ParseFields([]byte("#Fields: date time x-port sc-status sc-win32-status")), nil, nil},
		{"status missing from the header", "2026-07-14 10:22:33 200 10061", matcher.ParseFields([]byte("#Fields: date time sc-status time-taken")), nil, nil},
	} {
		var counted, related []int
		for _, x := range m.Append(nil, []byte(c.line), c.ctx) {
			switch x.Verdict {
			case matcher.Accepted:
				counted = append(counted, x.Code)
			case matcher.Related:
				related = append(related, x.Code)
			}
		}
		if !slices.Equal(counted, c.counted) || !slices.Equal(related, c.related) {
			t.Errorf("%s: counted %v related %v, want %v and %v", c.name, counted, related, c.counted, c.related)
		}
	}
}
