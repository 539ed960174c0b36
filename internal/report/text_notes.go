package report

import (
	"fmt"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// asciiMore spells what term leaves alone.
var asciiMore = strings.NewReplacer("±", "+-")

// maxNamed is how many names a line of notes lists.
const maxNamed = 4

func (p *textPage) notes() {
	type note struct {
		title string
		items []string
	}
	notes := []note{
		{p.w.listedApart, p.apart()}, {p.w.notCounted, notCounted(p.t, p.w)},
		{p.w.coverage, coverage(p.t, p.w, p.safe.Line, p.o.Reason)},
	}
	room := 0
	for _, n := range notes {
		if len(n.items) > 0 {
			room = max(room, p.ruler.Width(n.title))
		}
	}
	p.b.WriteByte('\n')
	for _, n := range notes {
		if len(n.items) == 0 {
			continue
		}
		first := " " + n.title + strings.Repeat(" ", room-p.ruler.Width(n.title)) + "  "
		rest := strings.Repeat(" ", room+3)
		if p.width < small {
			rest = "   "
		}
		var items []string
		for _, s := range n.items {
			items = append(items, p.plain(s))
		}
		p.hanging(p.theme.Dim, first, rest, items)
	}
	p.findings()
}

// apart lists the info codes and the Win32 relatives.
func (p *textPage) apart() []string {
	var items []string
	for i := range p.t.Info {
		r := &p.t.Info[i]
		s := fmt.Sprintf("%d %s", r.Code, r.Name)
		if word := p.o.text(r.Code).Word; word != "" {
			s = fmt.Sprintf(p.w.aside, s, word)
		}
		items = append(items, s+" "+p.g.Times+thousands(r.Hits))
	}
	if len(items) > 0 {
		items = append(items, p.w.infoNote)
	}
	for _, c := range p.t.Related {
		items = append(items, fmt.Sprintf("%d %s %s%s", c.Code, codeName(c.Code), p.g.Times, thousands(c.N)))
	}
	if len(p.t.Related) > 0 {
		items = append(items, p.w.related)
	}
	return items
}

// notCounted lists what looked like an error and was judged not to be one.
func notCounted(t *stats.Table, w *words) []string {
	var n int64
	var names []string
	for i, r := range t.Rejected {
		n += r.N
		if i < maxNamed {
			names = append(names, r.Name+" ×"+thousands(r.N))
		}
	}
	if n == 0 {
		return nil
	}
	if len(t.Rejected) > maxNamed {
		names = append(names, fmt.Sprintf(w.andMore, thousands(int64(len(t.Rejected)-maxNamed))))
	}
	return append([]string{counted(w.judgedNot, w.judgedNot1, n)}, names...)
}

// coverage lists what the counts rest on; safe makes file names harmless, reason
// may word why files were not read.
func coverage(t *stats.Table, w *words, safe, reason func(string) string) []string {
	c := &t.Coverage
	unread := int64(len(c.Unread)) + c.UnreadMore
	items := []string{counted(w.readWhole, w.readWhole1, c.Sources-unread)}
	var encodings []string
	for _, e := range c.Encodings {
		encodings = append(encodings, e.Name+" ×"+thousands(e.N))
	}
	items = append(items, strings.Join(encodings, ", "))
	for i, u := range c.Unread {
		if i == maxNamed {
			items = append(items, fmt.Sprintf(w.andMore, thousands(unread-maxNamed)))
			break
		}
		why := u.Why
		if reason != nil {
			why = reason(why)
		}
		items = append(items, fmt.Sprintf(w.unread, safe(u.File), safe(why)))
	}
	add := func(n int64, many, one string) {
		if n > 0 {
			items = append(items, counted(many, one, n))
		}
	}
	add(c.NoTime, w.noTime, w.noTime1)
	add(c.OtherAxis, w.otherAxis, w.otherAxis)
	if c.Zones > 1 {
		items = append(items, fmt.Sprintf(w.zones, thousands(c.Zones)))
	}
	if t.Axis == stats.AxisClock {
		items = append(items, w.clockOnly)
	}
	add(c.Undecoded, w.undecoded, w.undecoded)
	add(c.LongLines, w.longLines, w.longLines)
	add(c.Timeouts, w.timeouts, w.timeouts)
	add(c.LowHits, w.lowHits, w.lowHits)
	if t.PeerCap != nil {
		items = append(items, fmt.Sprintf(w.approxPeers, thousands(int64(len(t.Peers))),
			thousands(t.PeerCap.Overflow), thousands(t.PeerCap.ErrorBound)))
	}
	if t.TemplCap != nil {
		items = append(items, fmt.Sprintf(w.approxTemplates, thousands(int64(len(t.Templates))),
			thousands(t.TemplCap.Overflow), thousands(t.TemplCap.ErrorBound)))
	}
	return items
}

func (p *textPage) findings() {
	list := Findings(p.t, p.o)
	if len(list) == 0 {
		return
	}
	p.b.WriteString("\n " + p.theme.Head.Paint(p.w.findings) + "\n")
	bullet := " " + p.g.Plain("•") + " "
	if p.g.Tier != term.Full {
		bullet = " * "
	}
	for i := range list {
		text := p.plain(p.safe.Line(list[i].Text))
		for j, line := range p.ruler.Wrap(text, p.width-3, p.width-3) {
			if j == 0 {
				p.b.WriteString(bullet + line + "\n")
			} else {
				p.b.WriteString("   " + line + "\n")
			}
		}
	}
}
