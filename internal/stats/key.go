package stats

import (
	"fmt"
	"strings"
)

// A Key is a property by which a report groups hits.
type Key uint8

// The keys.
const (
	ByCode Key = iota
	ByPart
	ByClass
	BySeverity
	ByForm
	ByCall
	ByPeer
	ByFile
	ByHour
	ByTemplate
)

var keyNames = [...]string{"code", "part", "class", "severity", "form", "call", "peer", "file", "hour", "template"}

// String returns the name used in flags.
func (k Key) String() string { return keyNames[k] }

// KeyNames lists the names of all keys.
func KeyNames() []string { return keyNames[:] }

// ParseKeys reads a list of keys with commas between them.
func ParseKeys(list string) ([]Key, error) {
	var keys []Key
next:
	for _, name := range strings.Split(list, ",") {
		name = strings.TrimSpace(name)
		for i, n := range keyNames {
			if n == name {
				keys = append(keys, Key(i))
				continue next
			}
		}
		return nil, fmt.Errorf("cannot group by %q: use some of %s", name, strings.Join(keyNames[:], ","))
	}
	return keys, nil
}

// Groups returns the hits by a property, heaviest first; hours in their order.
func (t *Table) Groups(k Key) []Group {
	switch k {
	case ByPart:
		return t.Parts
	case ByClass:
		return t.Classes
	case BySeverity:
		return t.Severities
	case ByForm:
		return t.Forms
	case ByCall:
		return t.Calls
	}
	var list []Group
	switch k {
	case ByCode:
		for i := range t.Codes {
			r := &t.Codes[i]
			list = append(list, Group{fmt.Sprint(r.Code), r.Hits, r.Events, []CodeCount{{r.Code, r.Hits}}})
		}
	case ByPeer:
		for i := range t.Peers {
			r := &t.Peers[i]
			list = append(list, Group{r.Peer, r.Hits, r.Events, r.Codes})
		}
	case ByFile:
		for i := range t.Files {
			r := &t.Files[i]
			list = append(list, Group{r.File, r.Hits, r.Events, r.Codes})
		}
	case ByHour:
		for i := range t.Hours {
			r := &t.Hours[i]
			list = append(list, Group{fmt.Sprintf("%02d:00", i), r.Hits, r.Events, r.Codes})
		}
	case ByTemplate:
		for i := range t.Templates {
			r := &t.Templates[i]
			list = append(list, Group{r.Template, r.Hits, r.Events, r.Codes})
		}
	}
	return list
}
