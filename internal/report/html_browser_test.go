package report

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// findBrowser returns a Chromium, or skips the test; where CI is set a missing
// browser is a failure, so that the page is never left untested by accident.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium found: install one, for example with apt-get install chromium")
	}
	t.Skip("no Chromium found")
	return ""
}

// A browser notes everything that a page does beyond showing itself.
type browser struct {
	ctx    context.Context
	mu     sync.Mutex
	noises []string
}

func startBrowser(t *testing.T) *browser {
	t.Helper()
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(findBrowser(t)), chromedp.NoSandbox}
	for _, flag := range strings.Fields("headless disable-gpu no-first-run disable-background-networking disable-component-update disable-sync hide-scrollbars") {
		opts = append(opts, chromedp.Flag(flag, true))
	}
	opts = append(opts, chromedp.Flag("user-data-dir", t.TempDir()))
	base, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(stop)
	alloc, stopAlloc := chromedp.NewExecAllocator(base, opts...)
	t.Cleanup(stopAlloc)
	ctx, closeTab := chromedp.NewContext(alloc)
	t.Cleanup(closeTab)
	b := &browser{ctx: ctx}
	enable := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, cdplog.Enable, cdp.Empty{})
		return err
	})
	if err := chromedp.Do(ctx, enable); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	return b
}

// note keeps what must not happen: messages, exceptions, dialogs and requests for
// anything but the page itself.
func (b *browser) note(ev any) {
	what := ""
	switch ev := ev.(type) {
	case *cdpruntime.EventConsoleAPICalled:
		what = fmt.Sprint("console ", ev.Type)
	case *cdpruntime.EventExceptionThrown:
		what = "exception " + ev.ExceptionDetails.Text
	case *cdplog.EventEntryAdded:
		what = "log " + ev.Entry.Text
	case *cdppage.EventJavascriptDialogOpening:
		what = "dialog " + ev.Message
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(ev.Request.URL); err != nil || u.Scheme != "file" || !strings.HasSuffix(u.Path, ".page.html") {
			what = "request " + ev.Request.URL
		}
	}
	if what != "" {
		b.mu.Lock()
		b.noises = append(b.noises, what)
		b.mu.Unlock()
	}
}

// quiet fails the test when anything was noted.
func (b *browser) quiet(t *testing.T, when string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.noises) > 0 {
		t.Errorf("%s: %s", when, strings.Join(b.noises, "; "))
	}
	b.noises = nil
}

// open shows a page from a file.
func (b *browser) open(t *testing.T, html string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.page.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.ctx, chromedp.Navigate("file://"+file), chromedp.WaitReady(chromedp.CSS("main"))); err != nil {
		t.Fatal(err)
	}
}

// eval runs an expression in the page.
func eval[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// shownRows lists the first cells of the rows of a table that are shown.
func shownRows(t *testing.T, b *browser, table string) []string {
	t.Helper()
	return eval[[]string](t, b, fmt.Sprintf(
		`[...document.querySelectorAll("#%s tbody")].filter(r => r.offsetParent !== null).map(r => r.rows[0].cells[0].textContent.trim())`, table))
}

// search types into the search box of a table.
func search(t *testing.T, b *browser, table, what string) {
	t.Helper()
	eval[bool](t, b, fmt.Sprintf(`(() => { const i = document.querySelector('input[data-for="%s"]'); i.value = %q;
		return i.dispatchEvent(new Event("input", {bubbles: true})); })()`, table, what))
}

func TestHTMLInBrowser(t *testing.T) {
	b := startBrowser(t)
	t.Run("notices", func(t *testing.T) { browserNotices(t, b) })
	t.Run("works", func(t *testing.T) { browserWorks(t, b) })
	t.Run("brush", func(t *testing.T) { browserBrush(t, b) })
	t.Run("hostile", func(t *testing.T) { browserHostile(t, b) })
	t.Run("compare", func(t *testing.T) { browserCompare(t, b) })
	t.Run("no script", func(t *testing.T) { browserNoScript(t, b) })
	if dir := os.Getenv("WSALOG_SCREENSHOTS"); dir != "" {
		t.Run("screenshots", func(t *testing.T) { browserScreenshots(t, b, dir) })
	}
}

// browserNotices makes sure that the watch over a page would see what it must
// not do; otherwise the other tests would prove nothing.
func browserNotices(t *testing.T, b *browser) {
	page := render(t, "html", outage().Table(), Options{Texts: goldenTexts})
	b.open(t, strings.Replace(page, "</main>", `</main><script>console.log(1)</script><img src="http://192.0.2.1/x.png">`, 1))
	eval[bool](t, b, "console.log(2) === undefined")
	b.mu.Lock()
	defer b.mu.Unlock()
	if got := strings.Join(b.noises, "; "); strings.Count(got, "Content Security Policy") < 2 || !strings.Contains(got, "console log") {
		t.Errorf("noticed %q", got)
	}
	b.noises = nil
}

func browserWorks(t *testing.T, b *browser) {
	b.open(t, render(t, "html", outage().Table(), Options{Texts: rules.TextOf}))
	if got := shownRows(t, b, "t-codes"); strings.Join(got, " ") != "10061 10054 10060 10048" {
		t.Errorf("codes stand as %v", got)
	}
	click := func(column int) {
		eval[bool](t, b, fmt.Sprintf(`document.querySelectorAll("#t-codes thead th")[%d].querySelector("button").click() === undefined`, column))
	}
	click(0) // by code, numbers begin with the largest
	if got := shownRows(t, b, "t-codes"); strings.Join(got, " ") != "10061 10060 10054 10048" {
		t.Errorf("codes sorted down: %v", got)
	}
	click(0)
	if got := shownRows(t, b, "t-codes"); strings.Join(got, " ") != "10048 10054 10060 10061" {
		t.Errorf("codes sorted up: %v", got)
	}
	if got := eval[string](t, b, `document.querySelector("#t-codes thead th").getAttribute("aria-sort")`); got != "ascending" {
		t.Errorf("aria-sort is %q", got)
	}
	search(t, b, "t-peers", "10.0.0.")
	if got := shownRows(t, b, "t-peers"); strings.Join(got, " ") != "10.0.0.5:5432 10.0.0.9:443" {
		t.Errorf("peers filtered: %v", got)
	}
	if note := eval[string](t, b, `document.querySelector('input[data-for="t-peers"]').closest("p").querySelector(".count").textContent`); note != "2 of 41 rows shown" {
		t.Errorf("the filter says %q", note)
	}
	search(t, b, "t-peers", "")
	if got := shownRows(t, b, "t-peers"); len(got) != 41 {
		t.Errorf("%d peers after clearing the filter", len(got))
	}
	if !eval[bool](t, b, `(() => { const d = document.querySelector("#t-codes details"); d.querySelector("summary").click(); return d.open; })()`) {
		t.Error("a code does not unfold")
	}
	data := eval[string](t, b, `(() => { let saved = ""; const make = URL.createObjectURL; URL.createObjectURL = (x) => { saved = x.type; return make(x); };
		HTMLAnchorElement.prototype.click = function () { saved += " " + this.download; }; document.getElementById("save").click(); return saved; })()`)
	if data != "application/json wsalog-report.json" {
		t.Errorf("saving gives %q", data)
	}
	if !json.Valid([]byte(eval[string](t, b, `document.getElementById("data").textContent`))) {
		t.Error("what is saved is not JSON")
	}
	if eval[bool](t, b, `document.documentElement.scrollWidth > innerWidth`) {
		t.Error("the page is wider than its window")
	}
	b.quiet(t, "while it was used")
}

func browserBrush(t *testing.T, b *browser) {
	b.open(t, render(t, "html", outage().Table(), Options{Texts: goldenTexts}))
	// The quarter of the day that holds the restart of the database.
	eval[bool](t, b, `(() => { const set = (id, v) => { const i = document.getElementById(id); i.value = v; i.dispatchEvent(new Event("input")); };
		const cols = [...document.querySelectorAll("#plot .col")]; set("brush-a", 43); set("brush-b", 44); return cols.length > 50; })()`)
	got := shownRows(t, b, "t-codes")
	if strings.Join(got, " ") != "10061 10054 10060 10048" {
		t.Errorf("codes of the time chosen: %v", got)
	}
	peers := shownRows(t, b, "t-peers")
	if len(peers) == 0 || len(peers) > 6 || peers[0] != "10.0.0.9:443" && peers[0] != "10.0.0.5:5432" {
		t.Errorf("peers of the time chosen: %v", peers)
	}
	if out := eval[string](t, b, `document.getElementById("brush-out").textContent`); !strings.Contains(out, "10:") {
		t.Errorf("the time chosen is told as %q", out)
	}
	eval[bool](t, b, `document.getElementById("brush-clear").click() === undefined`)
	if n := len(shownRows(t, b, "t-peers")); n != 41 {
		t.Errorf("%d peers after showing all", n)
	}
	b.quiet(t, "while a time was chosen")
}

// browserHostile opens pages full of hostile names and a line of a megabyte: no
// element may come from them, nothing may run, no text may be lost.
func browserHostile(t *testing.T, b *browser) {
	c := hard()
	l := newLog(c, "long.log")
	l.add(day, 10061, "connect", "10.0.0.1:1", "10061 "+strings.Repeat("<svg onload=alert(9)> </script>", 40_000))
	for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
		b.open(t, render(t, "html", c.Table(), Options{Lang: lang, Texts: goldenTexts, Meta: Meta{Args: hardNames, Host: "<b>host"}}))
		if n := eval[int](t, b, `document.querySelectorAll("img, iframe, object, embed, link, form, main script, svg script, svg svg, b:not(.tiles b), u, i").length`); n != 0 {
			t.Errorf("%d elements come from the log", n)
		}
		bad := eval[[]string](t, b, `[...document.querySelectorAll("*")].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith("on") || a.name === "style").map(a => a.name)`)
		if len(bad) != 0 {
			t.Errorf("attributes come from the log: %v", bad)
		}
		rows := shownRows(t, b, "t-peers")
		for _, want := range []string{"<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", "--></svg><b>", "&amp;&lt;b&gt;", "数据库服务器:1433"} {
			found := false
			for _, r := range rows {
				found = found || r == want
			}
			if !found {
				t.Errorf("%q is not among the peers %q", want, rows)
			}
		}
		search(t, b, "t-peers", "<SCRIPT>")
		if got := shownRows(t, b, "t-peers"); len(got) != 1 {
			t.Errorf("searching a hostile name shows %q", got)
		}
		b.quiet(t, "hostile names")
	}
}

func browserCompare(t *testing.T, b *browser) {
	f, err := CompareFormatByName("html")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	o := Options{Texts: goldenTexts}
	if err := f.Write(&out, Compare(outage().Table(), hard().Table(), o), o); err != nil {
		t.Fatal(err)
	}
	b.open(t, out.String())
	search(t, b, "t-changes", "addrinuse")
	if got := shownRows(t, b, "t-changes"); strings.Join(got, " ") != "10048" {
		t.Errorf("filtered: %v", got)
	}
	b.quiet(t, "comparison")
}

// browserNoScript switches scripts off: every figure must be there.
func browserNoScript(t *testing.T, b *browser) {
	set := func(off bool) {
		err := chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
			return err
		}))
		if err != nil {
			t.Fatal(err)
		}
	}
	set(true)
	defer set(false)
	b.open(t, render(t, "html", outage().Table(), Options{Texts: goldenTexts}))
	text, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("main")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"WSAECONNREFUSED", "10.0.0.5:5432", "798", "logs/web.log"} {
		if !strings.Contains(text, want) {
			t.Errorf("without script the page lacks %q", want)
		}
	}
	b.quiet(t, "without script")
}

// browserScreenshots writes pictures of the page to a folder, for people to look
// at: narrow and wide, light and dark, English and Chinese.
func browserScreenshots(t *testing.T, b *browser, dir string) {
	for name, tab := range map[string]*stats.Table{"outage": outage().Table(), "hard": hard().Table()} {
		for _, width := range []int64{390, 1440} {
			for _, scheme := range []string{"light", "dark"} {
				for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
					media := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
						_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
							Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
						return err
					})
					if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900), media); err != nil {
						t.Fatal(err)
					}
					b.open(t, render(t, "html", tab, Options{Lang: lang, Texts: rules.TextOf, Meta: Meta{Version: "0.1.0", Args: []string{"report", "logs/*.log", "-O", "report.html"}}}))
					if eval[bool](t, b, `document.documentElement.scrollWidth > innerWidth`) {
						t.Errorf("%s, %d: the page is wider than its window", name, width)
					}
					png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
					if err != nil {
						t.Fatal(err)
					}
					file := filepath.Join(dir, fmt.Sprintf("%s-%d-%s-%s.png", name, width, scheme, lang))
					if err := os.WriteFile(file, png, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}
