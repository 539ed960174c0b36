package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wsalog/internal/source"
	"wsalog/rules"
)

// english3 is what may be left of an English sentence: three words in a row.
var english3 = regexp.MustCompile(`[A-Za-z']{1,}(?:[,;:]? [A-Za-z']{1,}){2,}`)

// little are the words that lists of names and values do not hold, but sentences
// do.
var little = regexp.MustCompile(`(?i)\b(?:the|a|an|is|are|was|be|of|to|in|on|at|by|for|with|and|or|no|not|it|its|that|use|one|cannot|has|have|such)\b`)

// quoted is what programs, systems and people have said or will type: it stays as
// it is.
var quoted = regexp.MustCompile("`[^`]*`|\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|" +
	`[A-Za-z0-9_.]*[-_0-9][-A-Za-z0-9_.]*|` + // flags and names
	`tail -f app\.log[^\n]*|TOML 有误：[^；]*|语法错误：[^\n]*|模式有误：[^；]*|内容有误：[^\n]*|JSON 报告：[^\n]*`)

// files are what the commands of TestNothingIsLeftInEnglish read.
var testFiles = map[string]string{
	"app.log": "2026-07-14 10:00:00 connect to 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\n" +
		"2026-07-14 11:00:00 recv failed: 10054\n2026-07-14 12:00:00 port 10061 opened, 10035, error 64\n" +
		"2026-07-14 12:00:01 asyncio: [WinError 1225] x\n",
	"plain.log":      "nothing here\n",
	"empty.log":      "",
	"nostamps.log":   "connect failed: 10061\n",
	"cut.gz":         "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b",
	"bad.json":       `{"schema":1,"totals":{"lines":1}}`,
	"old.json":       `{"schema":99,"totals":{"lines":1}}`,
	"broken.json":    `{"schema":1,"totals":{"lines"`,
	"folder/a.log":   "connect failed: 10061\n",
	"folder/b.bin":   "\x00\x01\x02\x03\x00\x00",
	"key.toml":       "no-sumary = true\n",
	"table.toml":     "[reprot]\ntop = 3\n",
	"value.toml":     "explain = \"loud\"\n",
	"syntax.toml":    "lang =\n",
	"empty/none.txt": "",
}

// ruleMistakes are rule files, each with a mistake of its own; the base of a file
// is a good rule with one line exchanged or added.
func ruleMistakes() map[string]string {
	good := []string{`id = "x"`, `doc = "D."`, `forms = ["decimal"]`, `verdict = "accept"`, `strength = 9`, `cues = ["xyzzy"]`,
		`pattern = 'xyzzy {code}'`, `match = ["xyzzy 10061"]`, `nomatch = ["xyzzy: 10061"]`}
	files := make(map[string]string)
	for i, change := range []string{"id = \"X\"", "doc = \"\"", "forms = []", "verdict = \"maybe\"", "strength = 12", "cues = [\"x\"]",
		"pattern = 'xyzzy'", "match = []", "nomatch = []", "pattern = 'xyzzy {code}7'", "pattern = 'XYZZY {code}'", "pattern = 'xyzzy (({code}'",
		"cues = []", "forms = [\"octal\"]", "codes = [3]", "needs = [\"nobody\"]", "spells = {abc = 10061}", "spells = {abcd = 10061}", "patern = ''",
		"match = [\"xyzzy = 10061\"]", "match = [\"none\"]", "nomatch = [\"xyzzy 10054\"]", "match =", "id = \"decimal-winerror\""} {
		key, _, _ := strings.Cut(change, " ")
		lines := slices.Clone(good)
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, key+" ") })
		if at < 0 {
			lines = append(lines, change)
		} else {
			lines[at] = change
		}
		name := "x.toml"
		if strings.Contains(change, "winerror") {
			name = "decimal-winerror.toml"
		}
		files[filepath.Join("rules", strconv.Itoa(i), name)] = strings.Join(lines, "\n") + "\n"
	}
	files["rules/other/y.toml"] = strings.Join(good, "\n")
	return files
}

// TestNothingIsLeftInEnglish runs what brings forth the messages, in Chinese, and
// looks for sentences that are not.
func TestNothingIsLeftInEnglish(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	mistakes := ruleMistakes()
	for _, files := range []map[string]string{testFiles, mistakes} {
		for name, text := range files {
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	lines := []string{
		"app.log", "--why app.log", "--explain full app.log", "--stats app.log", "nosuch.log app.log", "*.nothing", "folder", "-r folder", "cut.gz", "-r empty",
		"-O app.log app.log", "-O nosuch/x.log app.log", "-O x.html app.log", "--format yaml app.log", "--format ndjson -c app.log", "--fields otel app.log",
		"--tail 3 app.log", "--from-start --tail 1 -f app.log", "--strict --loose app.log", "--peer [ app.log", "--code 10999 app.log", "--code 10900-10950 app.log",
		"--since soonish app.log", "--since 2026-07-15 --until 2026-07-14 app.log", "--tz Mars/Base app.log", "--encoding x app.log", "--lang fr app.log",
		"--nosuch app.log", "-Z app.log", "--tail", "--tail=x app.log", "--explain loud app.log", "--no-fold=maybe app.log", "--code= app.log", "--why -c app.log",
		"--fail-on 10061>0 app.log", "--fail-on any>0/h nostamps.log", "--fail-on lots app.log", "--fail-on new app.log", "--config nosuch.toml app.log",
		"--config key.toml app.log", "--config table.toml app.log", "--config value.toml app.log", "--config syntax.toml app.log", "--part nowhere app.log",
		"report app.log", "report --format md app.log", "report --by code,part,class,severity,call,peer,file,hour,form,template app.log", "report nosuch.log",
		"report --format md nosuch.log app.log", "report cut.gz app.log", "report plain.log", "report empty.log", "report nostamps.log", "report --every 1m app.log",
		"report --every x -f app.log", "report --merge -f a.json", "report --merge bad.json", "report --merge old.json", "report --merge broken.json",
		"report --merge app.log", "report --merge nosuch.json", "report -O x.docx app.log", "report --format yaml app.log", "report --by colour app.log", "report --table x app.log",
		"report --fail-on 10061>0/h app.log", "report --top x app.log", "compare app.log -- plain.log", "compare app.log", "compare --format csv app.log plain.log",
		"compare --per x app.log plain.log", "compare --fail-on new plain.log app.log", "compare nosuch.log -- app.log", "compare --stats app.log -- app.log",
		"explain", "explain 12345", "explain 99", "explain 12007", "explain ECONNREFUSED", "explain 0x8007274C", "explain -4078", "explain host unreachable socket network",
		"explain ConnectionRefused", "explain connect to db failed: 10060", "explain port 10061 opened now", "explain WSAECONREFUSED", "explain 111", "explain EAI_AGAIN",
		"explain 1225", "explain --format yaml 10061", "codes", "codes 10061", "codes --part win32 --class fatal", "codes --format md", "codes --format yaml",
		"rules", "rules list", "rules lst", "rules show", "rules show nosuch", "rules show no-cue", "rules check", "rules check nosuch", "rules check folder",
		"rules check rules", "--rules rules/3/x.toml app.log", "--rules rules/11/x.toml app.log", "--rules nosuch app.log", "completion", "completion tcsh", "man", "man x", "help nosuch",
	}
	for _, c := range []string{"", "report", "compare", "explain", "codes", "rules", "rules list", "rules show", "rules check", "completion", "man"} {
		lines = append(lines, strings.TrimSpace(c+" --help"))
	}
	for i := range rules.Codes() {
		lines = append(lines, "explain "+strconv.Itoa(rules.Codes()[i].Number))
	}
	for name := range mistakes {
		lines = append(lines, "rules check "+filepath.ToSlash(name))
	}
	for _, line := range lines {
		w := newWorld("WSALOG_LANG=zh")
		if strings.HasPrefix(line, "--config") {
			delete(w.vars, "WSALOG_NO_CONFIG")
		}
		_, stdout, stderr := runs(t, w, strings.Fields(line)...)
		if stdout+stderr == "" && line != "completion" {
			t.Errorf("wsalog %s says nothing", line)
		}
		for _, text := range strings.Split(ours(line, stdout)+"\n"+stderr, "\n") {
			for _, found := range english3.FindAllString(quoted.ReplaceAllString(text, "⟦⟧"), -1) {
				if little.MatchString(found) {
					t.Errorf("wsalog %s: %q in %s", line, found, text)
				}
			}
		}
	}
}

// ours takes out of an output what is a quotation: lines of the log, and the
// system messages and lists of a page.
func ours(line, out string) string {
	var keep []string
	skip := false
	for _, l := range strings.Split(out, "\n") {
		if strings.HasPrefix(line, "explain") && l != "" && !strings.HasPrefix(l, " ") {
			skip = strings.HasPrefix(l, chinese["page.messages"])
		}
		logged := strings.Contains(l, "failed: ") || strings.Contains(l, "port 10061") || strings.Contains(l, "nothing here") || strings.Contains(l, "asyncio")
		if !skip && !logged && !strings.HasPrefix(l, `\fB`) {
			keep = append(keep, l)
		}
	}
	return strings.ReplaceAll(strings.Join(keep, "\n"), `\-`, "-")
}

// TestNotesInChinese compares the notes about sources with their Chinese ones.
func TestNotesInChinese(t *testing.T) {
	ids := source.NoteIDs()
	for id := range notesZH {
		if !slices.Contains(ids, id) {
			t.Errorf("there is no note %q", id)
		}
	}
	for _, id := range ids {
		en := (&source.Note{ID: id}).String()
		zh, ok := notesZH[id]
		if !ok {
			t.Errorf("the note %q is not translated: %s", id, en)
			continue
		}
		if a, b := verbs.FindAllString(en, -1), verbs.FindAllString(zh, -1); !slices.Equal(a, b) {
			t.Errorf("%s: the values put in differ: %q, %q", id, en, zh)
		}
		if !hasHan(zh) {
			t.Errorf("%s: %q is not Chinese", id, zh)
		}
	}
}
