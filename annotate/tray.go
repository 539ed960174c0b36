package annotate

// A Tray takes what a sink can make of batches before it is their turn to be
// consumed. The batches that are prepared on it are consumed in the same order,
// from the same tray. It is used by one goroutine at a time; several trays of one
// sink are in use at the same time.
type Tray interface {
	// Clear empties the tray for its next round. Its memory is used again.
	Clear()
	// Prepare works on a batch that lacks nothing any more. It must not change
	// it, and may keep its slices until the tray is cleared.
	Prepare(*Batch)
}
