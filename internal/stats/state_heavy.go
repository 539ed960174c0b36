package stats

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// rest makes the State but for its entries.
func (h *heavy) rest() HeavyState {
	s := HeavyState{Missed: h.missed}
	if h.over() {
		p := newPacker()
		raw := make([]byte, 0, len(h.cells))
		for _, c := range h.cells {
			raw = binary.AppendUvarint(raw, uint64(c))
		}
		s.Cells, s.Distinct = p.pack(raw), p.pack(h.distinct.reg)
		for _, code := range sortedKeys(h.perCode) {
			s.PerCode = append(s.PerCode, CodeNames{code, p.pack(h.perCode[code].reg)})
		}
	}
	return s
}

func (h *heavy) load(s *HeavyState) error {
	for i := range s.Entries {
		es := &s.Entries[i]
		e := h.byName.get(es.Name)
		if e == nil {
			e = h.enter(es.Name)
		}
		e.n, e.err, e.events = es.Counts[0], es.Counts[1], es.Counts[2]
		e.codes, e.spans, e.resets = fromPairs(es.Codes), es.Spans, slices.Clone(es.Resets)
		e.sample = nil
		if es.Sample != nil {
			sample := *es.Sample
			e.sample = &sample
		}
	}
	if s.Cells == nil {
		if h.byName.n > h.limit {
			return fmt.Errorf("state has %d names, more than the cap of %d, without saying so", h.byName.n, h.limit)
		}
		return nil
	}
	cells, err := unpack(s.Cells, h.width*binary.MaxVarintLen32)
	if err != nil {
		return fmt.Errorf("cells of a capped table: %w", err)
	}
	d, err := loadDistinct(s.Distinct)
	if err != nil {
		return err
	}
	for _, p := range s.PerCode {
		if h.perCode == nil {
			return errors.New("state tells codes of a table that has none")
		}
		if h.perCode[p.Code], err = loadDistinct(p.Distinct); err != nil {
			return err
		}
	}
	h.cells, h.distinct, h.missed = make([]uint32, h.width), d, s.Missed
	for i := range h.cells {
		v, n := binary.Uvarint(cells)
		if n <= 0 {
			return errors.New("cells of a capped table are cut short")
		}
		h.cells[i], cells = uint32(v), cells[n:]
	}
	for h.byName.n > h.limit {
		h.drop(h.sorted()[h.byName.n-1])
	}
	h.reorder()
	return nil
}

func loadDistinct(packed []byte) (*distinct, error) {
	reg, err := unpack(packed, 1<<distinctBits)
	if err == nil && len(reg) != 1<<distinctBits {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("distinct names of a capped table: %w", err)
	}
	for _, rank := range reg {
		if rank > 64 {
			return nil, errors.New("distinct names of a capped table: impossible rank")
		}
	}
	return &distinct{reg}, nil
}

// A packer compresses bytes. Making its writer costs more than a use of it.
type packer struct{ w *flate.Writer }

func newPacker() packer {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic("stats: internal error: " + err.Error())
	}
	return packer{w}
}

func (p packer) pack(b []byte) []byte {
	var out bytes.Buffer
	p.w.Reset(&out)
	_, _ = p.w.Write(b) // a bytes.Buffer takes everything
	_ = p.w.Close()
	return out.Bytes()
}

// unpack is the inverse of pack; more than limit bytes are an error.
func unpack(b []byte, limit int) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), int64(limit)+1))
	if err == nil && len(out) > limit {
		err = errors.New("is too large")
	}
	return out, err
}
