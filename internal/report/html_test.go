package report

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// dataOf cuts the embedded figures out of a page.
func dataOf(t testing.TB, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<script type="application/json" id="data">`)
	data, _, ok2 := strings.Cut(rest, "</script>")
	if !ok || !ok2 {
		t.Fatal("the page holds no figures")
	}
	return data
}

var tagOrAttribute = regexp.MustCompile(`<script[ >]|<style[ >]|<img|<iframe|<object|<link|<base|<form|\son[a-z]+=|\sstyle=|javascript:|https?://|src=`)

// TestHTMLHoldsNothingOfTheLogButText takes the page with hard names apart: what
// can run, load or style must be there as often as in the page of an empty
// table, whatever the names are.
func TestHTMLHoldsNothingOfTheLogButText(t *testing.T) {
	page := render(t, "html", hard().Table(), Options{Texts: goldenTexts, Top: -1})
	outside := strings.Replace(strings.Replace(strings.Replace(page, dataOf(t, page), "", 1), pageJS, "", 1), pageCSS, "", 1)
	text := regexp.MustCompile(`>[^<]*<`).ReplaceAllString(outside, "><")
	// Of tags and attributes, only these may remain: two scripts and one style.
	found := tagOrAttribute.FindAllString(text, -1)
	if got := strings.Join(found, "|"); got != "<style>|<script |<script>" {
		t.Errorf("found %q", got)
	}
	for _, name := range []string{"<script>alert(1)", "<img src=x", "</svg><b>", "<i>port", "<u>:", "gone <b>"} {
		if strings.Contains(page, name) {
			t.Errorf("page holds %q as it stood in the log", name)
		}
	}
	for _, name := range []string{"alert(1)", "onerror=alert(2)", "autofocus onfocus", "&amp;amp;&amp;lt;b"} {
		if !strings.Contains(page, name) {
			t.Errorf("page lost %q", name)
		}
	}
	if data := dataOf(t, page); strings.ContainsAny(data, "<>&") || !json.Valid([]byte(data)) {
		t.Error("embedded figures are not safe JSON")
	}
}

func TestHTMLPolicyFitsItsParts(t *testing.T) {
	page := render(t, "html", outage().Table(), Options{})
	css, _, _ := strings.Cut(page[strings.Index(page, "<style>")+7:], "</style>")
	js, _, _ := strings.Cut(page[strings.LastIndex(page, "<script>")+8:], "</script>")
	if css != pageCSS || js != pageJS {
		t.Fatal("style or script were changed on their way into the page, so the policy's hashes fail")
	}
	for _, want := range []string{"default-src &#39;none&#39;", "script-src &#39;sha256-", "style-src &#39;sha256-"} {
		if !strings.Contains(page, want) {
			t.Errorf("policy lacks %s", want)
		}
	}
	if strings.Contains(page, "unsafe") {
		t.Error("policy is open")
	}
}

func TestHTMLHasRealTablesAndLabels(t *testing.T) {
	for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
		page := render(t, "html", outage().Table(), Options{Lang: lang, Texts: goldenTexts})
		tables := strings.Count(page, "<table")
		if tables < 6 || strings.Count(page, "<caption") != tables || strings.Count(page, "<thead>") != tables {
			t.Errorf("%d tables, %d captions, %d heads", tables, strings.Count(page, "<caption"), strings.Count(page, "<thead>"))
		}
		if n := strings.Count(page, "<svg"); n != strings.Count(page, `role="img" aria-label="`)+strings.Count(page, `class="key"`) {
			t.Errorf("%d drawings, not all of them named", n)
		}
		if !strings.Contains(page, `<html lang="`+wordsOf(lang).tag) {
			t.Error("language is missing")
		}
		if strings.Contains(page, `aria-label=""`) || strings.Contains(page, "ZgotmplZ") {
			t.Error("an empty label or a value that the template refused")
		}
	}
}

// TestHTMLStaysBelow2MB fills every table to its caps with names that swell when
// they are escaped.
func TestHTMLStaysBelow2MB(t *testing.T) {
	c := stats.New(stats.Options{})
	codes := rules.Codes()
	for f := range 300 {
		l := newLog(c, fmt.Sprintf("%d%s", f, strings.Repeat("<&'\">", 500)))
		for i := range 40 {
			k := f*40 + i
			text := fmt.Sprintf("%d %s %s", codes[k%len(codes)].Number, letters(k), strings.Repeat("<&'\">", 300))
			l.add(day.Add(time.Duration(k)*7*time.Second), codes[k%len(codes)].Number, "connect", fmt.Sprintf("%d%s", k, strings.Repeat("<&\"'>", 80)), text)
		}
	}
	tab := c.Table()
	if tab.PeerCap == nil || tab.TemplCap == nil || len(tab.Codes) < 70 {
		t.Fatalf("tables are not full: %d peers, %d templates, %d codes", len(tab.Peers), len(tab.Templates), len(tab.Codes))
	}
	page := render(t, "html", tab, Options{Texts: rules.TextOf, Top: -1})
	if len(page) >= 2_000_000 {
		t.Errorf("page has %d bytes", len(page))
	}
	if !json.Valid([]byte(dataOf(t, page))) {
		t.Error("embedded figures are not JSON")
	}
}

// letters writes n without digits, so that templates differ.
func letters(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 26 {
		b.WriteByte(byte('a' + n%26))
	}
	return b.String()
}

func TestHTMLCapsThePeersToSave(t *testing.T) {
	c := stats.New(stats.Options{})
	l := newLog(c, "a")
	for i := range 1500 {
		l.add(day, 10061, "connect", fmt.Sprintf("10.0.%d.%d:80", i/250, i%250), "")
	}
	var data struct{ Peers []any }
	if err := json.Unmarshal([]byte(dataOf(t, render(t, "html", c.Table(), Options{}))), &data); err != nil || len(data.Peers) != 1000 {
		t.Errorf("%d peers to save, %v", len(data.Peers), err)
	}
}
