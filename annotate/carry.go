package annotate

// A Carry hands the stamps of one source on from batch to batch, after reorder.
// The zero value is ready. With it, records carry the same stamps wherever
// blocks are cut.
type Carry struct {
	stamp Stamp
	age   int64 // lines from the stamped one to the next batch's first line
}

// Fill gives b's records that have no stamp the one carried over from earlier
// batches of the same source, and remembers b's own last stamp. Batches must
// come in order; b.LastStamp and b.LastAge must be set by Annotator.LastStamp.
func (c *Carry) Fill(b *Batch) {
	if c.stamp.Valid {
		for i := range b.Records {
			r := &b.Records[i]
			if int64(r.LineInBatch)+c.age > inheritLines {
				break
			}
			if r.Stamp.Valid {
				continue
			}
			r.Stamp = c.stamp
			r.Stamp.Inherited = true
		}
	}
	switch {
	case b.LastStamp.Valid:
		c.stamp, c.age = b.LastStamp, b.LastAge
	case c.stamp.Valid:
		c.age += b.Lines
	}
}

// Last returns the stamp that a line behind the batches so far inherits, and how many lines
// it stands above that one. It is not Valid where there is none within reach.
func (c *Carry) Last() (Stamp, int64) {
	if !c.stamp.Valid || c.age > inheritLines {
		return Stamp{}, 0
	}
	return c.stamp, c.age
}
