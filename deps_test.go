package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// graph is the package graph of ARCHITECTURE.md: a package, and what it may
// imports of this project, no less and no more. There is no ring and no arrow
// back. Tests may import more.
const graph = `
rules:
matcher/fold:
matcher/bytescan: matcher/fold
matcher/ahocorasick: matcher/fold
matcher/backtrack:
matcher/digitscan:
matcher: internal/prefetch matcher/ahocorasick matcher/backtrack matcher/bytescan matcher/digitscan matcher/fold rules
annotate: internal/prefetch matcher rules
internal/charset:
internal/source: internal/charset
internal/survey: internal/charset
internal/guardpage:
internal/prefetch:
internal/block: internal/survey
internal/term:
internal/stats: annotate internal/prefetch rules
internal/view: annotate internal/term rules
internal/report: annotate internal/stats internal/term rules
internal/pipeline: annotate internal/block internal/charset internal/source matcher
internal/cli: annotate internal/charset internal/pipeline internal/report internal/source internal/stats internal/term internal/view matcher rules
.: internal/cli
`

// pins says which packages, or single files, import a third-party module.
const pins = `
github.com/dlclark/regexp2: matcher/confirm.go
golang.org/x/text: internal/charset
github.com/hpcloud/tail: internal/source
github.com/klauspost/compress: internal/source
github.com/ulikunitz/xz: internal/source
github.com/bmatcuk/doublestar: internal/source
github.com/charmbracelet/lipgloss: internal/term
github.com/muesli/termenv: internal/term
github.com/mattn/go-runewidth: internal/term
github.com/rivo/uniseg: internal/term
golang.org/x/term: internal/term
github.com/spf13/cobra: internal/cli
github.com/spf13/pflag: internal/cli
github.com/vbauerster/mpb: internal/cli
github.com/pelletier/go-toml: rules internal/cli
golang.org/x/sys: internal/charset internal/cli internal/guardpage internal/source internal/survey internal/term matcher/bytescan matcher/digitscan
`

// tools are folders of programs for developers, which nothing imports.
var tools = []string{"bench"}

// maxLines is the greatest length of a file that is neither test nor generated.
const maxLines = 400

// A goFile is one parsed file of the project.
type goFile struct {
	path, dir string // with slashes, from the root
	test      bool
	text      string
	ast       *ast.File
}

// production returns every Go file outside of tests, tools and folders that the
// go command skips.
func production(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for _, f := range goFiles(t) {
		if !f.test && !slices.ContainsFunc(tools, func(d string) bool { return f.dir == d || strings.HasPrefix(f.dir, d+"/") }) {
			files = append(files, f)
		}
	}
	if len(files) < 50 {
		t.Fatalf("found only %d files", len(files))
	}
	return files
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != "." && (name[0] == '.' || name[0] == '_' || name == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution|parser.ParseComments) // a comment says what is generated
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
		dir := filepath.ToSlash(filepath.Dir(path))
		files = append(files, goFile{path, dir, strings.HasSuffix(name, "_test.go"), string(text), tree})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func (f *goFile) imports() []string {
	var list []string
	for _, i := range f.ast.Imports {
		path, _ := strconv.Unquote(i.Path.Value) // the parser has read it
		list = append(list, path)
	}
	return list
}

// table reads lines of the form "key: word word".
func table(t *testing.T, text string) map[string][]string {
	t.Helper()
	m := make(map[string][]string)
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		key, words, ok := strings.Cut(line, ":")
		if !ok || m[key] != nil {
			t.Fatalf("bad or double line %q", line)
		}
		m[key] = append([]string{}, strings.Fields(words)...)
	}
	return m
}

func TestPackageGraph(t *testing.T) {
	allowed := table(t, graph)
	seen, used := make(map[string]bool), make(map[string]bool)
	for _, f := range production(t) {
		list, known := allowed[f.dir]
		if !known {
			t.Errorf("%s: the package %s is not in the graph", f.path, f.dir)
			continue
		}
		seen[f.dir] = true
		for _, path := range f.imports() {
			own, ok := strings.CutPrefix(path, "wsalog/")
			if ok && !slices.Contains(list, own) {
				t.Errorf("%s imports %s, which the graph does not allow", f.path, own)
			}
			used[f.dir+" "+own] = true
		}
	}
	for dir, list := range allowed {
		if !seen[dir] {
			t.Errorf("the graph names %s, which does not exist", dir)
		}
		for _, own := range list {
			if !used[dir+" "+own] {
				t.Errorf("the graph allows %s to import %s, which it does not", dir, own)
			}
		}
	}
}

func TestThirdPartyImportsArePinned(t *testing.T) {
	pinned := table(t, pins)
	used := make(map[string]bool)
	for _, f := range production(t) {
		for _, path := range f.imports() {
			if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
				continue // the standard library or the project itself
			}
			module := ""
			for m := range pinned {
				if path == m || strings.HasPrefix(path, m+"/") {
					module = m
				}
			}
			if module == "" {
				t.Errorf("%s imports %s, which is pinned nowhere", f.path, path)
				continue
			}
			used[module+" "+f.dir], used[module+" "+f.path] = true, true
			if !slices.Contains(pinned[module], f.dir) && !slices.Contains(pinned[module], f.path) {
				t.Errorf("%s imports %s, which belongs to %s", f.path, path, strings.Join(pinned[module], ", "))
			}
		}
	}
	for m, places := range pinned {
		for _, place := range places {
			if !used[m+" "+place] {
				t.Errorf("%s is pinned to %s, which does not import it", m, place)
			}
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, f := range production(t) {
		if n := strings.Count(f.text, "\n"); n > maxLines && !ast.IsGenerated(f.ast) {
			t.Errorf("%s has %d lines, more than %d", f.path, n, maxLines)
		}
	}
}

// worldly lists what only internal/cli may do, since tests could not control it
// elsewhere: read environment, flags and clock, print, exit.
var worldly = map[string][]string{
	"os":   {"Getenv", "LookupEnv", "Environ", "Exit", "Args", "Stdin", "Stdout", "Stderr"},
	"time": {"Now", "Since", "Until"},
	"fmt":  {"Print", "Println", "Printf"},
	"log":  {"Print", "Println", "Printf", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf"},
	"flag": {"Parse", "String", "Bool", "Int", "Var", "Args", "NewFlagSet"},
}

// worldlyAllowed are the exceptions, with their reasons.
var worldlyAllowed = map[string]string{
	"internal/source:time.Now":   "deadlines of following have no other clock",
	"internal/source:time.Since": "likewise",
	"internal/source:time.Until": "likewise",
	".:os.Exit":                  "main ends the program",
	".:os.Args":                  "main hands the arguments on",
	".:os.Stdin":                 "and the streams",
	".:os.Stdout":                "and the streams",
	".:os.Stderr":                "and the streams",
}

func TestOnlyCommandLineTouchesTheWorld(t *testing.T) {
	for _, f := range production(t) {
		if f.dir == "internal/cli" {
			continue
		}
		for _, use := range worldlyUses(&f) {
			if worldlyAllowed[f.dir+":"+use] == "" {
				t.Errorf("%s uses %s, which only internal/cli may", f.path, use)
			}
		}
	}
}

// worldlyUses returns what a file uses of the list.
func worldlyUses(f *goFile) []string {
	var uses []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := sel.X.(*ast.Ident)
		if ok && slices.Contains(worldly[pkg.Name], sel.Sel.Name) {
			uses = append(uses, pkg.Name+"."+sel.Sel.Name)
		}
		return true
	})
	return uses
}

// TestWorldlyUsesAreSeen proves that the check above can fail.
func TestWorldlyUsesAreSeen(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() { println(os.Getenv(\"A\"), time.Now()) }", 0)
	if err != nil {
		t.Fatal(err)
	}
	uses := worldlyUses(&goFile{ast: tree})
	if !slices.Equal(uses, []string{"os.Getenv", "time.Now"}) {
		t.Errorf("saw %v", uses)
	}
}

// TestNoInit: start-up does nothing but what tells the processor's abilities.
func TestNoInit(t *testing.T) {
	for _, f := range production(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" && f.dir != "matcher/bytescan" {
				t.Errorf("%s has an init function", f.path)
			}
		}
	}
}
