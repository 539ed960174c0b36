package source

import (
	"archive/zip"
	"strings"
	"testing"
)

// javaFolder is what java.util.zip.ZipOutputStream writes for a folder: a header
// without sizes, an empty deflate stream, a descriptor with its signature.
const javaFolder = "PK\x03\x04\x14\x00\x08\x08\x08\x00\x00\x00\x21\x5c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
	"\x05\x00\x00\x00logs/" + "\x03\x00" + "PK\x07\x08\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00"

// TestZipFolderWithContent reads what stands behind a folder that was compressed.
func TestZipFolderWithContent(t *testing.T) {
	t.Parallel()
	packed := javaFolder + string(packers["zip"](t, "behind the folder\n"))
	all := collect(t, openBatch(t, Options{Stdin: strings.NewReader(packed)}, "-"), 1000)
	if len(all) != 1 || string(all[0].data) != "behind the folder\n" || len(all[0].events) > 0 {
		t.Errorf("got %v", all)
	}
}

// TestZipInZip has an archive in an archive told and not printed as text.
func TestZipInZip(t *testing.T) {
	t.Parallel()
	inner := string(zipOf(t, zip.Deflate, "deep.log", "deep\n"))
	packed := zipOf(t, zip.Deflate, "inner.zip", inner, "app.log", "plain\n")
	all := collect(t, openBatch(t, Options{Stdin: strings.NewReader(string(packed))}, "-"), 1000)
	if len(all) != 2 || string(all[1].data) != "plain\n" {
		t.Fatalf("got %v", all)
	}
	if in := all[0]; len(in.data) > 0 || len(in.events) != 1 || in.events[0].Kind != Skipped {
		t.Errorf("the inner archive gives %q and %v", in.data, in.events)
	}
}
