// Package bytescan finds the places of a haystack where one of many literals or a
// decimal number of five digits stands, and skips all else at the speed of memory.
// It is the prefilter before the automaton: it tells where, not which. It knows
// nothing of error codes.
//
// # Promise
//
// Next never misses: it returns the leftmost place where anything it was given
// begins, and every place it returns is one. All implementations return the same.
// New may decline a set that does not suit it; the caller then goes without.
//
// # How
//
// Each literal is found by a window: four bytes of it that are rare in ordinary
// logs, or that many literals have in common; long ones by eight of their bytes,
// for which only every eighth place is looked at. A kernel finds places that may
// be windows; an index compares the literals of that window. DESIGN.md tells more.
//
// # Kernels and their contracts
//
//	scanNibbles  looks at blocks of 64 places and returns the first block with a
//	             candidate, and all candidates in it. A place is a candidate if its
//	             features agree with some bucket and its hashes are those of a window,
//	             or if it is one of every eighth and its hashes are those of a wide
//	             window. Reads three bytes behind the last place and, where it is told
//	             that they exist, one before the first and five behind the last.
//	scanAVX2     the same bit by bit in assembly.
//	findKnown    looks at the hashes alone, eight places at a time, with plain loads.
//
// # Files
//
//	bytescan.go            Literal, Options, Scanner: New and Next
//	plan.go                Plan: what New decides, and the Scanner of it
//	windows.go             which bytes of each literal to look for
//	wide.go                wide windows: choice, set, index
//	buckets.go             which windows share a bucket; features
//	sample.go              how often bytes stand together in ordinary logs
//	sample.grams           a sample of such text, and
//	common.grams           its most frequent groups of bytes; both written by _gen
//	index.go               from a window of four bytes to its literals
//	decimal.go             numbers of five digits that stand alone
//	nibble.go              tables and specification of the nibble kernels, their driver
//	bytescan_ref.go        findKnown and the list of what runs everywhere
//	bytescan_amd64.go, .s  the AVX2 kernel and the choice by CPU
//	bytescan_generic.go    the choice elsewhere, and with the build tag purego
//	_gen                   writes sample.grams, common.grams and testdata
package bytescan
