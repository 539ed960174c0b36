package bytescan

import (
	"math/rand/v2"
	"testing"

	"wsalog/matcher/fold"
)

// TestKernelsEqualTwin compares the nibble kernels with their specification on
// tables and bytes drawn at random, where every bit counts and not only those of
// occurrences.
func TestKernelsEqualTwin(t *testing.T) {
	kernels := nibbleKernels()
	if len(kernels) == 0 {
		t.Skip("no kernel in assembly on this machine")
	}
	for name, kernel := range kernels {
		testKernel(t, name, kernel)
	}
}

func testKernel(t *testing.T, name string, kernel nibbleKernel) {
	rng := rand.New(rand.NewPCG(5, 6))
	for round := range 800 {
		tables := new(nibbleTables)
		density := 1 + rng.IntN(3) // the more bits, the more candidates
		sparse := rng.IntN(2) == 0 // only decimals, of which most do not stand alone
		for f := range tables.look {
			for h := range tables.look[f] {
				for n := range tables.look[f][h] {
					tables.look[f][h][n] = uint8(rng.Uint32())
					for range density {
						tables.look[f][h][n] |= uint8(rng.Uint32())
					}
					if sparse {
						tables.look[f][h][n] = 0
						if h == groups-1 {
							tables.look[f][h][n] = 1 << 7
						}
					}
				}
			}
		}
		for i := range tables.known {
			tables.known[i] = rng.Uint32() & rng.Uint32()
		}
		if !sparse && rng.IntN(2) == 0 { // else wide windows hide the others
			for i := range tables.wide {
				tables.wide[i] = rng.Uint32() & rng.Uint32()
			}
		}
		for i := range tables.sure {
			tables.sure[i] = rng.Uint32() | rng.Uint32()
		}
		tables.decimal = uint8(rng.IntN(2) << 7)
		if sparse {
			tables.decimal = 1 << 7
		}
		n, from := block*rng.IntN(5), 1+rng.IntN(9)
		inner := rng.IntN(2) == 0
		b := make([]byte, from+n+digits)
		for i := range b {
			switch b[i] = byte(rng.Uint32()); rng.IntN(8) {
			case 0, 1, 2:
				b[i] = '0' + b[i]%11 // many digits, and what follows them
			case 3, 4, 5, 6:
				b[i] &= 0x7f
			}
			if sparse && rng.IntN(50) > 0 {
				b[i] = '0' + b[i]%10
			}
		}
		if !inner {
			b = b[:from+n+width-1]
		}
		wantAt, wantMask := scanNibbles(tables, b, from, n, inner)
		if at, mask := kernel(tables, b, from, n, inner); at != wantAt || mask != wantMask {
			t.Fatalf("%s, round %d, %d places = %d %#x, want %d %#x", name, round, n, at, mask, wantAt, wantMask)
		}
	}
}

// TestFeaturesIgnoreOtherCases holds masks.add to its claim that a text and its
// opposite case cover all cases.
func TestFeaturesIgnoreOtherCases(t *testing.T) {
	for _, text := range []string{"abcd", "aZ0x", "wsae", "[x]@", "é{z"} {
		var two, all masks
		b := [width]byte([]byte(text))
		two.add(b, true)
		for cases := range 1 << width {
			other := b
			for i := range other {
				if cases>>i&1 != 0 && fold.IsLetter(b[i]) {
					other[i] ^= 0x20
				}
			}
			all.addOne(other)
		}
		if two != all {
			t.Errorf("%q: %v, want %v", text, two, all)
		}
	}
}
