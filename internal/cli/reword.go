package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"wsalog/annotate"
	"wsalog/internal/source"
	"wsalog/rules"
)

// The packages below this one speak English, and hand their sentences up in parts
// or in each language. Here they are put into the user's language.

// reword tells an error in the user's language. What the system or a library says
// of it stays as it is.
func (a *app) reword(err error) string {
	if a.words.lang() == rules.English {
		return err.Error()
	}
	var (
		spoken interface{ In(rules.Lang) string }
		note   *source.Note
		path   *fs.PathError
		write  *writeError
		rule   *rules.RuleError
	)
	switch {
	case isPlain(err):
		return err.Error()
	case errors.As(err, &rule):
		return inBoth(rule).In(a.words.lang())
	case errors.As(err, &spoken):
		return spoken.In(a.words.lang())
	case errors.As(err, &note):
		return a.noteText(note)
	case errors.As(err, &write):
		return a.words.say("file.write", write.name, a.reword(write.err))
	case errors.As(err, &path):
		key := "file." + path.Op
		if _, ok := a.words[key]; !ok {
			key = "file.open"
		}
		return a.words.say(key, path.Path, a.reword(path.Err))
	}
	for _, known := range systemErrors {
		if errors.Is(err, known.err) {
			return a.words.say(known.key)
		}
	}
	return err.Error()
}

// isPlain reports whether an error has been put into words here already.
func isPlain(err error) bool {
	var plain *plainError
	var usage *usageError
	return errors.As(err, &plain) || errors.As(err, &usage)
}

// systemErrors are the errors of the system that have words of ours. Windows
// tells all others in the user's language itself.
var systemErrors = []struct {
	err error
	key string
}{
	{fs.ErrNotExist, "system.absent"},
	{fs.ErrPermission, "system.denied"},
	{io.ErrUnexpectedEOF, "system.cut"},
	{syscall.ENOSPC, "system.full"},
	{syscall.EISDIR, "system.folder"},
	{syscall.ENOTDIR, "system.no-folder"},
	{syscall.EMFILE, "system.many"},
}

// noteText tells a note about a source.
func (a *app) noteText(n *source.Note) string {
	form, ok := notesZH[n.ID]
	if !ok || a.words.lang() != rules.Chinese {
		return n.String()
	}
	args := make([]any, len(n.Args))
	for i, arg := range n.Args {
		args[i] = arg
		if err, ok := arg.(error); ok {
			args[i] = a.reword(err)
		}
	}
	return fmt.Sprintf(form, args...)
}

// noticeText tells what happens to a source at the moment, and what is done about it.
func (a *app) noticeText(e annotate.SourceEvent) string {
	if note, ok := e.Note.(*source.Note); ok && note != nil {
		return a.noteText(note)
	}
	return a.eventText(e)
}

// eventText tells what happened to a source, for those who ask afterwards: of what
// could not be read it is the reason alone.
func (a *app) eventText(e annotate.SourceEvent) string {
	switch note, ok := e.Note.(*source.Note); {
	case e.Err != nil:
		return a.reword(e.Err)
	case ok && note != nil:
		return a.noteText(note)
	}
	return e.Text
}

// A writeError says which file could not be written, and why; reword translates it.
type writeError struct {
	name string
	err  error
}

func (e *writeError) Error() string { return fmt.Sprintf("write %s: %v", e.name, e.err) }
func (e *writeError) Unwrap() error { return e.err }

// notesZH are the notes of the package source in Chinese, by their ids.
var notesZH = map[string]string{
	"rotated":          "%s：已轮转，开始读取新文件",
	"truncated":        "%s：被截断；此前读到第 %d 字节，现在从头读起",
	"end-cut":          "%s：末尾被截掉；此前读到第 %d 字节，从第 %d 字节继续",
	"missing":          "%s：尚不存在，等待它出现",
	"gone":             "%s：文件不见了，等待它恢复",
	"now-folder":       "%s：现在是文件夹，等待它变回文件",
	"now-special":      "%s：现在不是普通文件，等待它变回文件",
	"back":             "%s：已恢复",
	"appeared":         "%s：已出现",
	"readable":         "%s：又可以读取了",
	"retrying":         "%s：暂时无法读取（%v），继续重试",
	"no-notifications": "%s：得不到变更通知，改为每 %v 查看一次",
	"no-match-yet":     "%s：还没有匹配的文件，等待中",
	"packed":           "%s：是压缩文件（%s），不能跟踪；请不加 -f 读取",
	"packed-match":     "%s：%s 是压缩文件（%s），不能跟踪",
	"not-packed":       "%s：不再是压缩文件，开始读取",

	"binary":       "%s：二进制文件，未读取",
	"output":       "%s：未读取，它正是要写入的文件",
	"output-named": "读取 %s：它正是要写入的文件",

	"open-failed":   "打开 %s 失败：%v",
	"read-failed":   "读取 %s 失败：%v",
	"broke-off":     "读取 %s 到第 %d 字节之后出错：%v",
	"shrank":        "读取 %s：读取过程中文件被截短；读到第 %d 字节，共 %d 字节",
	"no-match":      "读取 %s：没有匹配的文件",
	"bad-glob":      "读取通配符 %s：%v",
	"folder-failed": "列出文件夹失败：%v",
	"no-stdin":      "读取 -：没有标准输入",
	"is-folder":     "是文件夹；加 -r 可读取其中的文件",

	"packed-trailing": "%s：已忽略 %s 数据之后的内容",
	"packed-cut":      "读取 %s：%s 数据不完整；读出了 %d 字节：%v",
	"packed-damaged":  "读取 %s：%s 数据损坏；读出了 %d 字节：%v",
	"zip-cut":         "读取 %s：zip 数据不完整：%v",
	"zip-damaged":     "读取 %s：zip 数据损坏：应有成员头的位置没有成员头",
	"zip-encrypted":   "已加密",
	"zip-no-size":     "存储时没有写明大小",
	"zip-method":      "不支持压缩方法 %d",
	"zip-checksum":    "校验和不符",
	"zip-lost":        "找不到它后面的成员",
	"dictionary":      "需要 %d MiB 的字典，超过允许的 %d MiB",
}
