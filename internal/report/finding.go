package report

import (
	"cmp"
	"fmt"
	"slices"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// A Finding is a likely cause with its evidence. It is an inference from counts
// and times: the text says what was seen and what fits it.
type Finding struct {
	ID    string `json:"id"`   // stable, for scripts
	Text  string `json:"text"` // one or two sentences in the language of the report
	Codes []int  `json:"codes"`
	Peer  string `json:"peer,omitempty"`
	Hits  int64  `json:"hits"` // hits that the finding speaks of
}

// maxFindings bounds the list, maxPerCause what one cause adds to it.
const (
	maxFindings = 10
	maxPerCause = 3
)

// causes are looked for in this order.
var causes = [...]func(*finder){
	(*finder).serviceDown, (*finder).noAnswer, (*finder).idleTimeout, (*finder).wayOut, (*finder).portsUsedUp,
	(*finder).bindRefused, (*finder).bindInUse, (*finder).names, (*finder).handles, (*finder).notStarted,
}

// Findings returns what stands out in a table, what explains most hits first.
// The same table always gives the same list.
func Findings(t *stats.Table, o Options) []Finding {
	f := &finder{t: t, say: findingTexts(o.Lang), clock: clockFor(t.Hits), list: []Finding{}}
	f.bursts = make(map[int]burst)
	for _, find := range causes {
		find(f)
	}
	slices.SortStableFunc(f.list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Peer, b.Peer))
	})
	return f.list[:min(len(f.list), maxFindings)]
}

// A finder looks for causes in one table.
type finder struct {
	t     *stats.Table
	say   *causeTexts
	clock clock
	list  []Finding

	spots  []spot        // memory of window
	bursts map[int]burst // of single codes, which several causes ask for
}

func (f *finder) add(id string, hits int64, peer string, codes []int, form string, args ...any) {
	f.list = append(f.list, Finding{ID: id, Text: fmt.Sprintf(form, args...), Codes: codes, Peer: peer, Hits: hits})
}

func (f *finder) code(number int) *stats.CodeRow {
	for i := range f.t.Codes {
		if f.t.Codes[i].Code == number {
			return &f.t.Codes[i]
		}
	}
	return nil
}

// atCall returns the hits of a code at calls whose name is one of names.
func atCall(r *stats.CodeRow, names ...string) int64 {
	var n int64
	for _, c := range r.Calls {
		if slices.Contains(names, c.Name) {
			n += c.N
		}
	}
	return n
}

// timed reports whether a range lies on the same axis of time as the table's.
func (f *finder) timed(r stats.Range) bool {
	return r.OK && r.First.Axis == stats.AxisTime && f.t.Axis == stats.AxisTime && f.t.Period.OK &&
		f.t.Period.First.Axis == stats.AxisTime
}

func (f *finder) length() int64 { return f.t.Period.Last.At - f.t.Period.First.At }

// mostly lists the heaviest peers of which nearly all hits are of one code.
func (f *finder) mostly(code int, atLeast int64) []*stats.PeerRow {
	var list []*stats.PeerRow
	for i := range f.t.Peers {
		p := &f.t.Peers[i]
		if p.Hits < atLeast { // and so are all after it
			break
		}
		if n := hitsOf(p.Codes, code); n >= atLeast && n*10 >= p.Hits*9 {
			list = append(list, p)
			if len(list) == maxPerCause {
				break
			}
		}
	}
	return list
}

// enough is how many hits of one peer make a pattern.
const enough = 20

// serviceDown sees connections refused by one peer, for a while or all the time.
func (f *finder) serviceDown() {
	for _, p := range f.mostly(10061, enough) {
		n := hitsOf(p.Codes, 10061)
		if !f.timed(p.Range) {
			f.add("service-down", n, p.Peer, []int{10061}, f.say.down, p.Peer, thousands(n))
			continue
		}
		from, to := f.clock.at(p.Range.First), f.clock.at(p.Range.Last)
		switch span := p.Range.Last.At - p.Range.First.At; {
		case span*10 >= f.length()*9:
			f.add("service-down", n, p.Peer, []int{10061}, f.say.downAll, p.Peer, thousands(n), from, to)
		case span*2 <= f.length():
			f.add("service-down", n, p.Peer, []int{10061}, f.say.downFor, p.Peer, thousands(n), from, to)
		default:
			f.add("service-down", n, p.Peer, []int{10061}, f.say.down, p.Peer, thousands(n))
		}
	}
}

// noAnswer sees peers that only time out.
func (f *finder) noAnswer() {
	for _, p := range f.mostly(10060, enough) {
		n := hitsOf(p.Codes, 10060)
		f.add("no-answer", n, p.Peer, []int{10060}, f.say.noAnswer, p.Peer, thousands(n))
	}
}

// idleTimeout sees connections that are cut at a steady gap.
func (f *finder) idleTimeout() {
	found := 0
	for i := range f.t.Peers {
		p := &f.t.Peers[i]
		if found == maxPerCause {
			break
		}
		gap, spread, ok := steadyGap(p.Resets)
		if !ok {
			continue
		}
		found++
		n := hitsOf(p.Codes, 10054) + hitsOf(p.Codes, 10053)
		f.add("idle-timeout", n, p.Peer, []int{10053, 10054}, f.say.idle, p.Peer, thousands(n),
			thousands(gap), thousands(spread))
	}
}

// wayOut sees many peers fail to answer at the same time, or routes that are
// missing: the fault is then on this side.
func (f *finder) wayOut() {
	var n int64
	var codes []int
	for _, code := range []int{10050, 10051, 10065} {
		if r := f.code(code); r != nil {
			n += r.Hits
			codes = append(codes, code)
		}
	}
	if n >= 10 {
		f.add("no-route", n, "", codes, f.say.noRoute, thousands(n), codeList(codes))
	}
	r := f.code(10060)
	if r == nil || r.Peers < 5 || r.Hits < enough {
		return
	}
	if from, to, ok := f.burst(10060); ok {
		f.add("way-out", r.Hits, "", []int{10060}, f.say.wayOut, thousands(r.Hits), thousands(r.Peers),
			f.clock.at(from), f.clock.at(to))
	}
}

func codeList(codes []int) string {
	s := ""
	for i, c := range codes {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprint(c)
	}
	return s
}

// afterwards is how long after a storm of retries, in milliseconds, used ports
// still wait to be free: twice the segment lifetime of Windows, rounded up.
const afterwards = 300_000

// portsUsedUp sees 10048 at connect, or 10055, begin while or shortly after many
// connections failed in a short time.
func (f *finder) portsUsedUp() {
	for _, code := range []int{10048, 10055} {
		r := f.code(code)
		if r == nil || r.Hits < 3 || !f.timed(r.Range) {
			continue
		}
		if code == 10048 && atCall(r, "bind", "listen")*2 > r.Hits {
			continue
		}
		for _, storm := range []int{10061, 10060} {
			s := f.code(storm)
			if s == nil || s.Hits < 100 || s.Hits < 5*r.Hits {
				continue
			}
			from, to, ok := f.burst(storm)
			if !ok || r.Range.First.At < from.At || r.Range.First.At > to.At+afterwards {
				continue
			}
			f.add("ports-used-up", r.Hits, "", []int{code, storm}, f.say.ports, code, thousands(r.Hits),
				f.clock.at(r.Range.First),
				spanText(r.Range.First.At-from.At, wordsOf(f.say.lang)), storm, thousands(s.Hits))
			break
		}
	}
}

// bindRefused sees 10013 at bind: the port is reserved.
func (f *finder) bindRefused() {
	if r := f.code(10013); r != nil {
		if n := atCall(r, "bind", "listen"); n > 0 && n*2 >= r.Hits {
			f.add("port-excluded", n, "", []int{10013}, f.say.excluded, f.say.times(n))
		}
	}
}

// bindInUse sees 10048 at bind: another program, or another instance, has it.
func (f *finder) bindInUse() {
	if r := f.code(10048); r != nil {
		if n := atCall(r, "bind", "listen"); n > 0 && n*2 >= r.Hits {
			f.add("port-in-use", n, "", []int{10048}, f.say.inUse, f.say.times(n))
		}
	}
}

// names sees name resolution fail: for one name, or for many at once.
func (f *finder) names() {
	var n int64
	var codes []int
	for _, code := range []int{11001, 11002, 11003, 11004} {
		if r := f.code(code); r != nil {
			n += r.Hits
			codes = append(codes, code)
		}
	}
	if n < 10 {
		return
	}
	var best *stats.PeerRow
	var bestN int64
	peers := 0
	for i := range f.t.Peers {
		var of int64
		for _, c := range f.t.Peers[i].Codes {
			if slices.Contains(codes, c.Code) {
				of += c.N
			}
		}
		if of > 0 {
			peers++
		}
		if of > bestN {
			best, bestN = &f.t.Peers[i], of
		}
	}
	if best != nil && bestN*10 >= n*9 {
		f.add("name-unknown", bestN, best.Peer, codes, f.say.oneName, best.Peer, thousands(bestN), codeList(codes))
		return
	}
	if from, to, ok := f.burst(codes...); ok {
		f.add("dns-down", n, "", codes, f.say.dns, thousands(n), thousands(int64(peers)), f.clock.at(from),
			f.clock.at(to))
	}
}

// handles sees sockets used after they were closed, or running out.
func (f *finder) handles() {
	var n int64
	var codes []int
	for _, code := range []int{6, 10009, 10038} {
		if r := f.code(code); r != nil {
			n += r.Hits
			codes = append(codes, code)
		}
	}
	if n >= 5 {
		f.add("closed-handle", n, "", codes, f.say.handle, thousands(n), codeList(codes))
	}
	if r := f.code(10024); r != nil && r.Hits >= 3 {
		f.add("handles-used-up", r.Hits, "", []int{10024}, f.say.tooMany, thousands(r.Hits))
	}
}

// notStarted sees WinSock used without WSAStartup.
func (f *finder) notStarted() {
	if r := f.code(10093); r != nil {
		f.add("not-started", r.Hits, "", []int{10093}, f.say.notStarted, thousands(r.Hits))
	}
}

// causeTexts are the sentences of the findings. Verbs stand in the same order in
// all languages.
type causeTexts struct {
	lang                   rules.Lang
	down, downFor, downAll string // peer, hits, from, to
	noAnswer               string // peer, hits
	idle                   string // peer, hits, gap, spread
	noRoute                string // hits, codes
	wayOut                 string // hits, peers, from, to
	ports                  string // code, hits, time, distance, code, hits
	excluded, inUse        string // times
	tooMany                string // hits
	oneName                string // name, hits, codes
	dns                    string // hits, names, from, to
	handle                 string // hits, codes
	notStarted             string // hits
}

func findingTexts(lang rules.Lang) *causeTexts {
	if lang == rules.Chinese {
		return &causesChinese
	}
	return &causesEnglish
}

// times tells how often something happened, which may be once.
func (s *causeTexts) times(n int64) string {
	switch {
	case s.lang == rules.Chinese:
		return thousands(n) + " 次"
	case n == 1:
		return "once"
	}
	return thousands(n) + " times"
}
