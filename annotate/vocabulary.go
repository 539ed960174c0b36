package annotate

import (
	"encoding/binary"
	"slices"
	"strings"
)

// maxWord is the length of the longest word in the tables.
const maxWord = 24

// A wordKey is a folded word of up to maxWord bytes, with zeros behind it, so that
// words are compared without a loop.
type wordKey [maxWord / 8]uint64

// fold makes one case of the letters of a key. Of the bytes that tokens are made of, it
// changes no other but the underscore, and makes no two the same. That is less than
// matcher/fold does, which keeps every other byte and which the package graph leaves to
// the matcher, and takes one instruction for eight bytes.
const fold = 0x2020202020202020

// keyHeads[n] keeps the first n bytes of a key.
var keyHeads = func() (t [maxWord + 1]wordKey) {
	for n := range t {
		for i := range n {
			t[n][i/8] |= 0xff << (i % 8 * 8)
		}
	}
	return t
}()

// A knownWord is a word with all that the tables say about it.
type knownWord struct {
	key wordKey
	wordInfo
	sets  wordSet
	parts namePart
}

// A vocabulary finds words by hash. Most words of a line are unknown, and cost one look
// at an empty slot.
type vocabulary struct {
	slots [1 << vocabularyBits]uint16 // index in words; 0 for none
	words []knownWord                 // the first is the unknown word
}

const vocabularyBits = 11

// words holds the words of roleWords, callWords, setWords and nameParts.
var words = func() *vocabulary {
	v := &vocabulary{words: make([]knownWord, 1, 1<<(vocabularyBits-2))}
	for r, list := range roleWords {
		for _, w := range list {
			v.add(w).role = role(r)
		}
	}
	for _, c := range callWords {
		for _, w := range c.words {
			k := v.add(w)
			k.call, k.weight = c.call, c.weight
		}
	}
	for _, s := range setWords {
		for w := range strings.FieldsSeq(s.words) {
			v.add(w).sets |= s.set
		}
	}
	for _, p := range nameParts {
		for w := range strings.FieldsSeq(p.words) {
			v.add(w).parts |= p.part
		}
	}
	return v
}()

// add returns the entry of a lower-case word, which is made if need be.
func (v *vocabulary) add(word string) *knownWord {
	var b [maxWord]byte
	copy(b[:], word)
	key := keyAt(b[:], len(word))
	for i := range key {
		key[i] = (key[i] | fold) & keyHeads[len(word)][i]
	}
	at := key.hash()
	for ; v.slots[at] != 0; at = (at + 1) % uint64(len(v.slots)) {
		if k := &v.words[v.slots[at]]; k.key == key {
			return k
		}
	}
	v.slots[at] = uint16(len(v.words))
	v.words = append(v.words, knownWord{key: key})
	return &v.words[len(v.words)-1]
}

// find returns what is known about the word of n bytes, at most maxWord, that folded
// begins with; maxWord bytes can be read there.
func (v *vocabulary) find(folded []byte, n int) *knownWord {
	key := keyAt(folded, n)
	for at := key.hash(); ; at = (at + 1) % uint64(len(v.slots)) {
		slot := v.slots[at%uint64(len(v.slots))]
		if slot == 0 {
			return &v.words[0]
		}
		if k := &v.words[slot]; k.key == key {
			return k
		}
	}
}

// keyAt returns the first n of at least maxWord bytes as a key.
func keyAt(b []byte, n int) wordKey {
	b = b[:maxWord]
	head := &keyHeads[n]
	return wordKey{
		binary.LittleEndian.Uint64(b) & head[0],
		binary.LittleEndian.Uint64(b[8:]) & head[1],
		binary.LittleEndian.Uint64(b[16:]) & head[2],
	}
}

// hash returns a slot of a vocabulary.
func (k *wordKey) hash() uint64 {
	h := (k[0] ^ k[1]*0xC4CEB9FE1A85EC53 ^ k[2]*0xFF51AFD7ED558CCD) * 0x9E3779B97F4A7C15
	return h >> (64 - vocabularyBits)
}

// appendFolded appends b to dst with its letters in one case; see fold.
func appendFolded(dst, b []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, len(b))[:n+len(b)]
	low := dst[n:]
	for len(b) >= 8 && len(low) >= 8 {
		binary.LittleEndian.PutUint64(low, binary.LittleEndian.Uint64(b)|fold)
		low, b = low[8:], b[8:]
	}
	for i, c := range b {
		low[i] = c | fold&0xff
	}
	return dst
}
