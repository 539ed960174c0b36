package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// liveSession is the log of the golden screens: each kind of line that the screen
// has its own way with, and at the end a burst that goes on.
func liveSession() string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	refused := func(at, thread, host int) {
		add("2026-07-14 10:%02d:%02d.%d00 ERROR [pool-%d] connect 10.0.0.%d:5432 failed: WSAECONNREFUSED (10061)",
			at/600, at/10%60, at%10, thread, host)
	}
	add("2026-07-14 10:22:31.402 INFO  [pool-1] 12 connections open")
	refused(13531, 3, 5)
	refused(13538, 3, 5)
	add("2026-07-14 10:22:35.557 WARN  [pool-4] recv() returned 10054")
	add("2026-07-14 10:22:36.020 WARN  [pool-4] reset (WSAECONNRESET), and WSAECONNREFUSED on the retry to 10.0.0.5:5432\r")
	add("2026-07-14 10:22:41.900 INFO  [pool-1] port 10061 opened")
	add("2026-07-14 10:22:43.000 ERROR 连接 10.0.0.9:443 失败，错误码：10060（连接超时）")
	add("\tat Gateway.connect(Gateway.java:41)\tSocketException: 10060")
	add("2026-07-14 10:22:44.310 ERROR \x1b[31mred\x1b[0m \x1b]0;title\x07 cafe\u0301 \u202egnp.exe\u202c recv failed: 10054 \xe9\xff")
	add("2026-07-14 10:22:45.000 ERROR asyncio: ConnectionRefusedError: [WinError 1225] The remote computer refused the network connection")
	add("2026-07-14 10:22:46.120 DEBUG [pool-2] recv: WSAEWOULDBLOCK (10035), will be called again")
	add("2026-07-14 10:22:47.777 ERROR giving up, error 10053")
	add("2026-07-14 10:22:48.004 ERROR [http-7] GET /v1/orders?customer=4711&page=2&sort=date%%20desc&fields=id,date,total," +
		"currency,state,address,lines,payments,notes,history 502 upstream https://orders.example.internal:8443 send failed: 10054 after 3 retries")
	for i := range 40 {
		refused(13700+3*i, i%4, 5+i/35)
	}
	add("2026-07-14 10:23:04.901 INFO  [pool-1] pool drained")
	add("2026-07-14 10:23:05.004 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAETIMEDOUT (10060)")
	add("last message repeated 7 times")
	for i := range 9 {
		refused(13900+i, i%4, 5)
	}
	return b.String()
}

// A tmuxServer is a terminal multiplexer of our own, without a configuration.
type tmuxServer struct {
	t   *testing.T
	bin string // holds wsalog
	dir string // holds the log
}

func newTmux(t *testing.T) *tmuxServer {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("CI") == "true" && runtime.GOOS == "linux" {
			t.Fatal("tmux is not installed; on Debian: apt-get install tmux")
		}
		t.Skip("tmux is not installed")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &tmuxServer{t: t, bin: t.TempDir(), dir: t.TempDir()}
	if err := os.Symlink(program, filepath.Join(s.bin, "wsalog")); err != nil { // TestMain goes by the name
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.command("kill-server").Run() })
	return s
}

func (s *tmuxServer) command(args ...string) *exec.Cmd {
	c := exec.Command("tmux", append([]string{"-u", "-f", "/dev/null", "-S", filepath.Join(s.dir, "socket")}, args...)...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TERM=xterm-256color", "SHELL=/bin/sh"}
	return c
}

func (s *tmuxServer) do(args ...string) string {
	s.t.Helper()
	out, err := s.command(args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// start runs a shell command in a window of that size.
func (s *tmuxServer) start(name, term string, width, height int, command string) {
	s.t.Helper()
	env := []string{"env", "-i", "PATH=" + s.bin + ":" + os.Getenv("PATH"), "HOME=" + s.dir, "TERM=" + term, "LANG=C.UTF-8", "TZ=UTC"}
	s.do(append([]string{"new-session", "-d", "-s", name, "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), "-c", s.dir},
		append(env, "sh", "-c", "trap : INT; "+command+"; echo exit $?; exec sleep 600")...)...)
}

// await waits until a screen holds some words and no longer changes, and returns
// it.
func (s *tmuxServer) await(name, words string) string {
	s.t.Helper()
	last := ""
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(100 * time.Millisecond) {
		now := paints(s.do("capture-pane", "-p", "-e", "-t", "="+name+":"))
		if now == last && strings.Contains(now, words) {
			return now
		}
		last = now
	}
	s.t.Fatalf("%s never showed %q:\n%s", name, words, last)
	return ""
}

// paints rewrites the colours of a captured screen in one way for all versions of
// tmux: {31;1} before what is painted so, {} where the paint ends. Blank cells
// show none of the colours in use here.
func paints(capture string) string {
	var b strings.Builder
	pen, shown := map[string]string{}, ""
	for _, row := range strings.SplitAfter(capture, "\n") {
		row, end := strings.TrimRight(row, " \n"), "\n"
		for row != "" {
			if seq, rest, ok := strings.Cut(row, "m"); ok && strings.HasPrefix(seq, "\x1b[") {
				dip(pen, strings.Split(seq[2:], ";"))
				row = rest
				continue
			}
			next := strings.IndexByte(row[1:], 0x1b) + 1
			if next == 0 {
				next = len(row)
			}
			if now := stroke(pen); now != shown && strings.Trim(row[:next], " ") != "" {
				b.WriteString("{" + now + "}")
				shown = now
			}
			b.WriteString(row[:next])
			row = row[next:]
		}
		if shown != "" {
			b.WriteString("{}")
			shown = ""
		}
		b.WriteString(end)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// dip takes the parameters of a sequence that sets colours into the pen.
func dip(pen map[string]string, params []string) {
	for i := 0; i < len(params); i++ {
		n, _ := strconv.Atoi(params[i])
		p := strconv.Itoa(n)
		switch {
		case n == 0:
			clear(pen)
		case n == 22:
			delete(pen, "1")
			delete(pen, "2")
		case n < 10:
			pen[p] = p
		case n > 22 && n < 30:
			delete(pen, strconv.Itoa(n-20))
		case (n == 38 || n == 48) && i+2 < len(params): // 38;5;N or 38;2;R;G;B
			j := min(i+3, len(params))
			if params[i+1] == "2" {
				j = min(i+5, len(params))
			}
			pen[p[:1]+"x"] = strings.Join(params[i:j], ";")
			i = j - 1
		case n == 39 || n == 49:
			delete(pen, p[:1]+"x")
		case n >= 90:
			pen[map[bool]string{true: "3x", false: "4x"}[n < 100]] = p
		default:
			pen[p[:1]+"x"] = p
		}
	}
}

// stroke is what the pen writes with.
func stroke(pen map[string]string) string {
	var list []string
	for _, key := range []string{"1", "2", "3", "4", "5", "7", "9", "3x", "4x"} {
		if v := pen[key]; v != "" {
			list = append(list, v)
		}
	}
	return strings.Join(list, ";")
}

// TestGoldenScreens follows one log on terminals of four widths, in both
// languages, with the three sets of glyphs, with colour and without, and compares
// what stands on the screens with testdata/screens. Ctrl-C must then take away
// what was drawn below the log and leave all else.
func TestGoldenScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	s := newTmux(t)
	log := liveSession()
	if err := os.WriteFile(filepath.Join(s.dir, "app.log"), []byte(log), 0o666); err != nil {
		t.Fatal(err)
	}
	type screen struct{ name, total string }
	var screens []screen
	for _, width := range []int{40, 80, 120, 200} {
		for lang, total := range map[string]string{"en": "%d lines", "zh": "%d 行"} {
			for tier, how := range map[string][2]string{"full": {"tmux-256color", ""}, "cp437": {"linux", ""}, "ascii": {"tmux-256color", " --ascii"}} {
				for _, color := range []string{"never", "always"} {
					name := fmt.Sprintf("%03d-%s-%s", width, lang, tier)
					if color == "always" {
						name += "-color"
					}
					s.start(name, how[0], width, 180, "wsalog -f --from-start --no-summary --lang "+lang+" --color "+color+how[1]+" app.log")
					screens = append(screens, screen{name, fmt.Sprintf(total, strings.Count(log, "\n"))})
				}
			}
		}
	}
	for _, sc := range screens {
		t.Run(sc.name, func(t *testing.T) {
			s.t = t
			running := s.await(sc.name, sc.total)
			sameAsGolden(t, filepath.Join("testdata", "screens", sc.name+".txt"), running)
			s.do("send-keys", "-t", "="+sc.name+":", "C-c")
			ended := s.await(sc.name, "exit 130")
			rows := strings.SplitAfter(running, "\n")
			if want := strings.Join(rows[:len(rows)-2], "") + "exit 130\n"; ended != want {
				t.Errorf("Ctrl-C left\n%s\nwant\n%s", ended, want)
			}
			s.do("kill-session", "-t", "="+sc.name)
		})
	}
	s.t = t
}

// TestFooterFollowsTheWindow makes the window narrower and wider while the log
// grows: one footer stands below all, and none is left behind.
func TestFooterFollowsTheWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	s := newTmux(t)
	log := filepath.Join(s.dir, "app.log")
	lines := 0
	grow := func() {
		f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := fmt.Fprintf(f, "%s connect to 10.0.0.5:5432 failed: 10061\n", strings.Repeat("request served, ", lines)); err != nil {
			t.Fatal(err)
		}
		lines++
	}
	grow()
	grow()
	s.start("window", "tmux-256color", 120, 30, "wsalog -f --from-start --no-summary --color never app.log")
	s.await("window", "2 lines")
	for _, width := range []int{40, 200, 20, 80} {
		s.do("resize-window", "-t", "=window:", "-x", strconv.Itoa(width), "-y", "30")
		grow()
		screen := s.await("window", fmt.Sprintf("── %d lines", lines))
		rows := strings.Split(strings.TrimSpace(screen), "\n")
		if last := rows[len(rows)-1]; !strings.HasPrefix(last, "── ") {
			t.Errorf("%d cells: the last row is %q", width, last)
		}
	}
	s.do("send-keys", "-t", "=window:", "C-c")
	s.await("window", "exit 130")
	if all := s.do("capture-pane", "-p", "-S", "-", "-t", "=window:"); strings.Contains(all, "──") {
		t.Errorf("a footer was left:\n%s", all)
	}
}

// sameAsGolden compares got with a file, or writes the file when that is asked for.
func sameAsGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (go test . -run GoldenScreens -update writes it)", err)
	}
	if got != string(want) {
		t.Errorf("the screen differs from %s:\n%s", name, got)
	}
}
