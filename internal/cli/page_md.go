package cli

import (
	"fmt"
	"strings"
)

// markdown writes a page as Markdown.
func (w words) markdown(b *strings.Builder, p *page) {
	fmt.Fprintf(b, "## %d %s: %s\n\n", p.Code, mdText(p.Name), mdText(p.Word))
	fmt.Fprintf(b, "*%s, %s, %s*\n\n", w.say("severity."+p.Severity), w.say("class."+p.Class), w.say("part."+p.Part))
	if p.How != "" {
		fmt.Fprintf(b, "> %s\n\n", mdText(p.How))
	}
	if p.TwinOf != 0 {
		fmt.Fprintf(b, "%s\n\n", w.say("page.twin", p.TwinOf))
	}
	fmt.Fprintf(b, "%s\n", p.Meaning)
	w.mdList(b, "page.causes", "1. ", p.Causes)
	w.mdList(b, "page.checks", "- ", p.Checks)
	if len(p.ByCall) > 0 {
		fmt.Fprintf(b, "\n### %s\n\n", w.say("page.by-call"))
		for _, c := range p.ByCall {
			text := c.Meaning
			if text == "" {
				text = c.Cause
			}
			fmt.Fprintf(b, "- `%s`: %s\n", c.Call, text)
		}
	}
	w.mdList(b, "page.notes", "- ", p.Notes)
	w.mdList(b, "page.functions", "- ", escapeAll(p.functionNames(w)))
	w.mdRun(b, "page.kin", p.kinNames())
	w.mdRun(b, "page.spellings", p.spellings())
	w.mdList(b, "page.messages", "- ", escapeAll(p.messageTexts()))
	var see []string
	for _, s := range p.SeeAlso {
		see = append(see, fmt.Sprintf("%d %s", s.Code, s.Name))
	}
	w.mdRun(b, "page.see", see)
}

func (w words) mdList(b *strings.Builder, key, mark string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s\n\n", w.say(key))
	for _, item := range items {
		fmt.Fprintf(b, "%s%s\n", mark, item)
	}
}

func (w words) mdRun(b *strings.Builder, key string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s\n\n%s\n", w.say(key), strings.Join(escapeAll(items), ", "))
}

func escapeAll(items []string) []string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = mdText(s)
	}
	return out
}

// mdText escapes what Markdown would take for markup.
func mdText(s string) string {
	return strings.NewReplacer("\\", "\\\\", "_", "\\_", "*", "\\*", "|", "\\|", "<", "&lt;", "`", "\\`", "[", "\\[").Replace(s)
}
