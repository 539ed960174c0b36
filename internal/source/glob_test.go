package source

import (
	"strings"
	"testing"
)

// TestGlobCase matches names as systems do that tell capital letters from small
// ones, and as the others do.
func TestGlobCase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"/App.LOG", "/IIS/u_ex1.Log", "/iis.txt"} {
		writeFile(t, dir+name, "x\n")
	}
	for _, c := range []struct {
		pattern string
		fold    bool
		want    string
	}{
		{"*.log", false, ""},
		{"*.log", true, "/App.LOG"},
		{"[a-c]pp.*", true, "/App.LOG"},
		{"**/*.log", true, "/App.LOG /IIS/u_ex1.Log"},
		{"i*s/U_EX*", true, "/IIS/u_ex1.Log"},
		{"i*s/U_EX*", false, ""},
	} {
		in, err := globFiles(dir+"/"+c.pattern, false, c.fold)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		}
		var names []string
		for _, i := range in {
			names = append(names, strings.TrimPrefix(i.name, dir))
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s, fold %v: %s, want %s", c.pattern, c.fold, got, c.want)
		}
	}
}
