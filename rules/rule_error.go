package rules

import "fmt"

// A RuleError says what is wrong with a rule file, where, and what to do.
type RuleError struct {
	File      string
	Line, Col int // from 1; 0 when the whole file is meant
	Problem   string
	Remedy    string
	// The same two in Chinese; empty where nobody has translated them.
	ProblemZH, RemedyZH string
}

// Error returns "file:line:col: problem; remedy" in English.
func (e *RuleError) Error() string { return e.In(English) }

// In returns what Error does, in a language.
func (e *RuleError) In(lang Lang) string {
	place := e.File
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Col)
	}
	if lang == Chinese && e.ProblemZH != "" && e.RemedyZH != "" {
		return fmt.Sprintf("%s：%s；%s", place, e.ProblemZH, e.RemedyZH)
	}
	return fmt.Sprintf("%s: %s; %s", place, e.Problem, e.Remedy)
}

// A ruleFault is one mistake that a rule file may hold. The verbs stand for the
// same values in both problems. Of the remedies only faultGroup's has one, for
// the names of the groups: who reports that fault fills it in beforehand.
type ruleFault struct{ problem, problemZH, remedy, remedyZH string }

// at makes the error of a fault at a place.
func (f *ruleFault) at(file string, line, col int, args ...any) *RuleError {
	return &RuleError{File: file, Line: line, Col: col,
		Problem: fmt.Sprintf(f.problem, args...), Remedy: f.remedy,
		ProblemZH: fmt.Sprintf(f.problemZH, args...), RemedyZH: f.remedyZH}
}

// The mistakes.
var (
	faultSyntax = ruleFault{"%s", "TOML 有误：%s",
		"mend the TOML; put patterns in single quotes so that no backslash is doubled",
		"请修改 TOML；模式用单引号括起来，反斜杠就不必成双"}
	faultFile = ruleFault{"%s", "无法解读：%s", "mend the file", "请修改文件"}
	faultKey  = ruleFault{"unknown key %q", "未知的键 %q",
		"use id, doc, doc_zh, forms, verdict, strength, codes, common, cues, needs, lacks, pattern, spells, match, nomatch",
		"可用的键：id、doc、doc_zh、forms、verdict、strength、codes、common、cues、needs、lacks、pattern、spells、match、nomatch"}
	faultID = ruleFault{"id %q", "id %q 不合要求",
		"use lower-case words joined by hyphens, the same as the file's name", "请用连字符连接的小写单词，并与文件名相同"}
	faultDoc = ruleFault{"doc is missing", "缺少 doc",
		"say in one sentence what the rule recognises; --why prints it", "请用一句话说明规则识别什么；--why 会显示它"}
	faultVerdict  = ruleFault{"verdict %q", "verdict %q 无效", `use "accept" or "reject"`, `请用 "accept" 或 "reject"`}
	faultStrength = ruleFault{"strength %d", "strength %d 超出范围", "use 1 (weakest) to 9 (strongest)", "请用 1（最弱）到 9（最强）"}
	faultNoForms  = ruleFault{"forms is missing", "缺少 forms",
		`list what the rule judges, for example forms = ["decimal"]`, `请列出规则判断的形式，例如 forms = ["decimal"]`}
	faultNoMatch = ruleFault{"no matching lines", "没有匹配的样例行",
		"add at least one line on which the rule decides", "请在 match 中至少写一行由这条规则决定的日志"}
	faultNoOther = ruleFault{"no non-matching lines", "没有不匹配的样例行",
		"add at least one line on which the rule must keep out", "请在 nomatch 中至少写一行这条规则不该介入的日志"}
	faultNoCues = ruleFault{"a pattern without cues", "有模式却没有线索词",
		"name the words that must stand near the spelling in cues or needs, so that the pattern runs only there",
		"请在 cues 或 needs 中写明附近必须出现的词，让模式只在那里运行"}
	faultNoMark = ruleFault{"the pattern does not say where the spelling stands", "模式没有指明错误码的位置",
		"write {code} at its place", "请在该处写 {code}"}
	faultDigit = ruleFault{"the pattern holds a digit other than 0", "模式中有 0 以外的数字",
		"write 0: the window shows every run of digits as a single 0", "请写 0：匹配时每一串数字都当作一个 0"}
	faultCapital = ruleFault{"the pattern holds a capital letter", "模式中有大写字母",
		"write it in lower case: the window is lower case", "请写成小写：匹配时文字已转为小写"}
	faultForm = ruleFault{"unknown form %q", "未知的形式 %q",
		"`wsalog rules check --help` lists the forms; varieties stand behind a colon as in name:eai",
		"`wsalog rules check --help` 列有全部形式；细分写在冒号后面，如 name:eai"}
	faultCode     = ruleFault{"unknown code %d", "未知的错误码 %d", "`wsalog codes` lists the codes", "`wsalog codes` 可列出全部错误码"}
	faultSpelling = ruleFault{"spelling %q of %d", "写法 %q（对应 %d）不合要求",
		"use at least four bytes and a code that `wsalog codes` lists", "写法至少四个字节，错误码须在 `wsalog codes` 中"}
	faultSpells = ruleFault{"spells without the form that judges them", "有 spells，却没有判断它们的形式",
		`add "name:user" to forms`, `请在 forms 中加上 "name:user"`}
	faultCue     = ruleFault{"cue %q is too short", "线索词 %q 太短", "use at least two bytes", "至少要有两个字节"}
	faultCueMark = ruleFault{"cue %q holds {code} elsewhere than at its end", "线索词 %q 中的 {code} 不在末尾",
		"put {code} behind the text that stands right before the number", "请把 {code} 写在数字紧前文字的后面"}
	faultGroup = ruleFault{"unknown cue group %q", "未知的线索词组 %q", "use one of %s", "请用以下之一：%s"}
)
