package annotate

// Last returns the stamp that a line behind the batches so far inherits, and how many lines
// it stands above that one. It is not Valid where there is none within reach.
func (c *Carry) Last() (Stamp, int64) {
	if !c.stamp.Valid || c.age > inheritLines {
		return Stamp{}, 0
	}
	return c.stamp, c.age
}
