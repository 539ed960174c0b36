package stats

import "wsalog/rules"

// Totals are the counts of a whole run. They are exact, whatever cap was passed.
type Totals struct {
	Lines     int64 `json:"lines"`
	Bytes     int64 `json:"bytes"` // of the sources, before decoding
	Hits      int64 `json:"hits"`  // without info codes and related twins
	HitLines  int64 `json:"hit_lines"`
	Events    int64 `json:"events"`
	InfoLines int64 `json:"info_lines"` // lines with info codes only
	NoTime    int64 `json:"no_time"`    // hit lines without a stamp
}

func (t *Totals) add(o *Totals) { t.grow(Totals{}, *o) }

// grow adds what after is above before.
func (t *Totals) grow(before, after Totals) {
	t.Lines += after.Lines - before.Lines
	t.Bytes += after.Bytes - before.Bytes
	t.Hits += after.Hits - before.Hits
	t.HitLines += after.HitLines - before.HitLines
	t.Events += after.Events - before.Events
	t.InfoLines += after.InfoLines - before.InfoLines
	t.NoTime += after.NoTime - before.NoTime
}

// A Table is the sorted result of a Collector. It is a copy: nothing changes it,
// and it may be shared by goroutines that do not change it either. Lists stand
// in descending order of hits, ties by code or name.
type Table struct {
	Totals     Totals
	PeerNames  int64 // different peers; an estimate when PeerCap is not nil
	Axis       Axis  // the axis that most hits stand on
	Zone       Zone
	Period     Range // from the first to the last stamp of the sources, hit or not
	Hits       Range // from the first to the last hit
	Codes      []CodeRow
	Info       []CodeRow // codes that are listed apart
	Parts      []Group
	Classes    []Group
	Severities []Group
	Forms      []Group
	Calls      []Group
	Peers      []PeerRow
	PeerCap    *Cap // not nil when Peers is approximate
	Files      []FileRow
	Templates  []TemplateRow
	TemplCap   *Cap // not nil when Templates is approximate
	Hours      [24]HourRow
	Timeline   Timeline
	Busiest    Busiest
	Related    []CodeCount // Win32 twins, by code
	Rejected   []Named     // look-alikes by the rule that rejected them
	Timeouts   []Named     // pattern time-outs by rule
	Coverage   Coverage

	origin    *Collector
	peers     []*entry // of origin, as Peers lists them
	templates []*entry // as Templates lists them
	buckets   []stretch
}

// A Cap says how approximate a table is whose names passed the cap.
type Cap struct {
	Overflow   int64 `json:"overflow"`    // hits whose name has no row, or had none when they came
	ErrorBound int64 `json:"error_bound"` // hits that any one name may have beyond its row, or without a row
}

// A Range is the first and the last of some moments; OK is false when there is
// none.
type Range struct {
	First, Last Moment
	OK          bool
}

// A CodeRow is what is known about one code.
type CodeRow struct {
	Code         int
	Name         string
	Part         rules.Part
	Class        rules.Class
	Severity     rules.Severity
	Hits, Events int64
	Low          int64 // hits of low confidence
	Range        Range
	Forms        []Named
	Calls        []Named
	Peers        int64 // different peers with this code; an estimate when PeerCap is not nil
	Files        int64
	Hours        [24]int64
	Week         [7 * 24]int64 // by weekday, Sunday first, and hour; only of dated stamps
	Samples      []Sample      // up to 3, of different shapes where there are any
}

// A Group is the count of all hits that share a property.
type Group struct {
	Key          string
	Hits, Events int64
	Codes        []CodeCount // heaviest first
}

// A Named is a count with a name.
type Named struct {
	Name string `json:"name"`
	N    int64  `json:"count"`
}

// A PeerRow is what is known about one peer.
type PeerRow struct {
	Peer         string
	Hits, Events int64
	Error        int64 // hits that may be missing, at most
	Range        Range
	Codes        []CodeCount // heaviest first
	Resets       []int64     // its earliest resets, in seconds of AxisTime, ascending
}

// A FileRow is what is known about one source.
type FileRow struct {
	File                 string
	Lines, Bytes         int64
	Hits, Events         int64
	HitLines, NoTime     int64
	Undecoded, LongLines int64
	Encoding, Unread     string
	Range, Period        Range
	Codes                []CodeCount // heaviest first
	Rotated              int64
}

// A TemplateRow is a shape of lines.
type TemplateRow struct {
	Template     string
	Hits, Events int64
	Error        int64
	Range        Range
	Codes        []CodeCount
	Sample       Sample
}

// An HourRow counts one hour of the day.
type HourRow struct {
	Hits, Events int64
	Codes        []CodeCount
}

// A Timeline counts hits in buckets of equal width; buckets without hits are
// left out.
type Timeline struct {
	Axis    Axis
	Unit    int64 // width of a bucket in seconds, or in lines on AxisLine
	Start   Moment
	Buckets []Bucket
}

// A Bucket is one stretch of a Timeline.
type Bucket struct {
	Start Moment
	Hits  int64
	Codes []CodeCount // by code, ascending
}

// Busiest is the stretch with the most hits; the earliest of equals.
type Busiest struct {
	Start   Moment
	Hits    int64
	Minutes int64 // its length: 1, or more when the log spans many weeks; 0 when there is none
}

// Coverage says what the counts rest on.
type Coverage struct {
	Sources    int64   // of all, read or not
	Encodings  []Named // sources by encoding
	NoTime     int64   // hit lines without a stamp
	OtherAxis  int64   // hits whose stamp does not fit on the table's axis
	Zones      int64   // different offsets that stamps name, "none" being one
	Undecoded  int64   // bytes that did not decode
	LongLines  int64   // lines past the limit, scanned in windows
	Rotated    int64
	Unread     []Trouble // up to 100 sources that were not read to their end
	UnreadMore int64     // how many more
	Timeouts   int64
	LowHits    int64 // hits of low confidence
}
