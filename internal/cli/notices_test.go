package cli

import (
	"io/fs"
	"testing"

	"wsalog/annotate"
	"wsalog/internal/source"
)

// TestNoticesTellWhatIsDone: who follows a file that cannot be read learns that it
// is tried again. A report that is written later names the reason alone.
func TestNoticesTellWhatIsDone(t *testing.T) {
	cause := fs.ErrPermission
	for _, c := range []struct {
		words        words
		said, reason string
	}{
		{english, "wsalog: app.log: cannot be read at the moment (permission denied); trying again\n",
			"read app.log: permission denied"},
		{chinese, "wsalog: app.log：暂时无法读取（没有权限），继续重试\n", "读取 app.log 失败：没有权限"},
	} {
		w := newWorld()
		w.app.words = c.words
		n := notices{app: w.app, said: &reasons{}}
		e := annotate.SourceEvent{Kind: annotate.Trouble, Err: &fs.PathError{Op: "read", Path: "app.log", Err: cause},
			Note: &source.Note{ID: "retrying", Args: []any{"app.log", cause}}}
		b := annotate.Batch{Source: &annotate.Source{Name: "app.log"}, Events: []annotate.SourceEvent{e}}
		if err := n.Batch(&b); err != nil {
			t.Fatal(err)
		}
		if got := w.err.String(); got != c.said {
			t.Errorf("said: %q, want %q", got, c.said)
		}
		if got := n.said.of(e.Err.Error()); got != c.reason {
			t.Errorf("reason: %q, want %q", got, c.reason)
		}
		if !n.trouble {
			t.Error("it does not count as trouble")
		}
	}
}
