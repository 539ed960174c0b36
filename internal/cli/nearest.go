package cli

import (
	"slices"
	"strconv"
	"strings"

	"wsalog/rules"
)

// howManyNear is the number of suggestions for a question without an answer.
const howManyNear = 3

// asNumber reads a decimal or marked hexadecimal number, unwrapping HRESULTs.
func asNumber(q string) (int, bool) {
	q = strings.ReplaceAll(q, "−", "-")
	n, err := strconv.ParseInt(strings.ToLower(q), 0, 64)
	if err != nil {
		if n, err = strconv.ParseInt(q, 10, 64); err != nil {
			return 0, false
		}
	}
	if n < 0 && n >= -1<<31 {
		n = int64(uint32(n))
	}
	if n>>16 == 0x8007 || n>>16 == 0x8000 {
		n &= 0xFFFF
	}
	return int(n), true
}

func isNumber(q string) bool {
	_, ok := asNumber(q)
	return ok
}

// posixNumbers are the errno numbers of Linux that people meet beside WinSock's, with
// their name and the WinSock code for the same trouble. Source: errno.h of Linux;
// for EPIPE, what libuv calls WSAESHUTDOWN.
var posixNumbers = map[int]struct {
	name string
	code int
}{
	13: {"EACCES", 10013}, 32: {"EPIPE", 10058}, 98: {"EADDRINUSE", 10048}, 99: {"EADDRNOTAVAIL", 10049},
	101: {"ENETUNREACH", 10051}, 104: {"ECONNRESET", 10054}, 110: {"ETIMEDOUT", 10060},
	111: {"ECONNREFUSED", 10061}, 113: {"EHOSTUNREACH", 10065},
}

// otherSystem says that a number belongs to another system, or "".
func (a *app) otherSystem(query string) string {
	n, ok := asNumber(strings.TrimSpace(query))
	if !ok {
		return ""
	}
	if p, ok := posixNumbers[n]; ok {
		c, _ := rules.Lookup(p.code)
		return a.words.say("explain.posix", n, p.name, c.Number, c.Name)
	}
	if n >= 12000 && n <= 12200 { // WINHTTP_ERROR_BASE, INTERNET_ERROR_BASE and what follows
		return a.words.say("explain.winhttp", n)
	}
	return ""
}

// farOff is how far a number may be from a code to be taken for a slip.
const farOff = 20

// nearNumbers returns the codes closest to n, none where n is far from all. A
// small number may lack the 10000 that WinSock adds to the C run-time's, others a digit.
func nearNumbers(n int) []*rules.Code {
	if c, ok := rules.Lookup(n + 10000); ok && n < 1000 {
		return []*rules.Code{c}
	}
	if n < rules.First {
		return missingDigit(n)
	}
	var all []*rules.Code
	for i := range rules.Codes() {
		if c := &rules.Codes()[i]; abs(c.Number-n) <= farOff {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(x, y *rules.Code) int { return abs(x.Number-n) - abs(y.Number-n) })
	return all[:min(len(all), howManyNear)]
}

// missingDigit returns the common codes of which n is all digits but one: 1006 of
// 10060, 10061 and so on.
func missingDigit(n int) []*rules.Code {
	var list []*rules.Code
	for i := range rules.Codes() {
		c := &rules.Codes()[i]
		number := strconv.Itoa(c.Number)
		if len(number) == len(strconv.Itoa(n))+1 && rules.IsCommon(c.Number) && distance(strconv.Itoa(n), number) == 1 {
			list = append(list, c)
		}
	}
	return list[:min(len(list), 2*howManyNear)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// nearNames returns the codes with a name few changes away, closest first.
func nearNames(q string) []*rules.Code {
	type near struct {
		code *rules.Code
		dist int
	}
	if !isASCII(q) {
		return nil
	}
	limit := max(len(q)/3, 2)
	var list []near
	for i := range rules.Codes() {
		c := &rules.Codes()[i]
		best := limit + 1
		for _, name := range append([]string{c.Name, strings.TrimPrefix(c.Name, "WSA"), strings.ToUpper(c.DotNet)}, c.Aliases...) {
			if name != "" {
				if d, ok := closer(q, name, limit); ok {
					best = min(best, d)
				}
			}
		}
		if best <= limit {
			list = append(list, near{c, best})
		}
	}
	slices.SortStableFunc(list, func(x, y near) int { return x.dist - y.dist })
	var codes []*rules.Code
	for _, x := range list[:min(len(list), howManyNear)] {
		codes = append(codes, x.code)
	}
	return codes
}

// protectNumbers lets negative numbers pass the flag parser behind explain: they
// are spelled there with a minus sign instead of a hyphen, until plainNumbers.
func protectNumbers(args []string) []string {
	at := slices.Index(args, "explain")
	if at < 0 {
		return args
	}
	return append(slices.Clone(args[:at+1]), signed(args[at+1:], "-", "−")...)
}

// plainNumbers undoes protectNumbers: answers repeat what was typed.
func plainNumbers(args []string) []string { return signed(args, "−", "-") }

// signed replaces the sign before what is nothing but digits, of which one alone
// is a flag rather than a number.
func signed(args []string, from, to string) []string {
	out := slices.Clone(args)
	for i, arg := range out {
		if rest, ok := strings.CutPrefix(arg, from); ok && len(rest) > 1 && strings.Trim(rest, "0123456789") == "" {
			out[i] = to + rest
		}
	}
	return out
}
