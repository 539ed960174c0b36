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

// nearNumbers returns the codes closest to n. A small number may lack the 10000
// that WinSock adds to the C run-time's.
func nearNumbers(n int) []*rules.Code {
	var list []*rules.Code
	if c, ok := rules.Lookup(n + 10000); ok {
		list = append(list, c)
	}
	all := make([]*rules.Code, 0, len(rules.Codes()))
	for i := range rules.Codes() {
		all = append(all, &rules.Codes()[i])
	}
	slices.SortStableFunc(all, func(x, y *rules.Code) int { return abs(x.Number-n) - abs(y.Number-n) })
	return append(list, all[:howManyNear-len(list)]...)
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
				best = min(best, distance(q, name))
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
// are spelled there with a minus sign instead of a hyphen.
func protectNumbers(args []string) []string {
	at := slices.Index(args, "explain")
	if at < 0 {
		return args
	}
	out := slices.Clone(args)
	for i := at + 1; i < len(out); i++ {
		if rest, ok := strings.CutPrefix(out[i], "-"); ok && len(rest) > 1 && strings.Trim(rest, "0123456789") == "" {
			out[i] = "−" + rest
		}
	}
	return out
}
