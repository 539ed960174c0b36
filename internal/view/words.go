package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wsalog/internal/term"
	"wsalog/rules"
)

// words are the fixed words of one language. Verbs such as %s stand for what is
// put in; a two-item list is singular and plural.
type words struct {
	colon     string // between a code's word and its cause
	like      string // a related code: (like 10054 reset)
	or        string // between a code and the other that its spelling fits
	likely    string
	check     string
	more      string
	list      string // between the items of a list in running text
	foldMore  string // count
	foldIn    string // duration
	foldRate  string // per second
	foldShort string // all three on a narrow screen
	unfold    string
	peers     [2]string
	others    string
	changed   string // peer, was, count, arrow, is
	lines     [2]string
	hits      [2]string
	onLines   [2]string
	codes     [2]string
	top       string // code, percent
	ctrlC     string
	hour      string
	minute    string
	second    string
	related   string
	info      string
	repeated  string
	rejected  [2]string
	readAs    string
	trouble   string
	sumMore   string
	timeouts  [2]string
	undecoded [2]string
	long      [2]string
	cut       string // marks a line whose beginning was let go
	parts     map[rules.Part]string
	classes   map[rules.Class]string
}

var allWords = [...]words{
	rules.English: {
		colon: ": ", like: " (like %s)", or: "/", list: ", ",
		likely: "likely", check: "check", more: "more: wsalog explain %s",
		foldMore: "%s more", foldIn: " in %s", foldRate: " (%s/s)", foldShort: "%s more, %s",
		unfold: "--no-fold shows them",
		peers:  [2]string{"%s peer", "%s peers"}, others: "%s others",
		changed: "changed on %s: %s %s %s %s",
		lines:   [2]string{"%s line", "%s lines"}, hits: [2]string{"%s hit", "%s hits"},
		onLines: [2]string{" on %s line", " on %s lines"}, codes: [2]string{"%s code", "%s codes"},
		top: "top %s %s%%", ctrlC: "Ctrl-C ends with the report",
		hour: "%d h", minute: "%d min", second: "%s s",
		related: "related Win32 codes, not counted", info: "for information",
		repeated: "of them %s told by “message repeated” lines",
		rejected: [2]string{"not counted: %s look-alike judged to be no error (--why shows it)",
			"not counted: %s look-alikes judged to be no errors (--why shows each)"},
		readAs: "read as", trouble: "trouble", sumMore: "and %s more",
		timeouts:  [2]string{"%s pattern gave up for lack of time", "%s patterns gave up for lack of time"},
		undecoded: [2]string{"%s byte could not be decoded", "%s bytes could not be decoded"},
		long:      [2]string{"%s line longer than the limit, read in windows", "%s lines longer than the limit, read in windows"},
		cut:       "[beginning left out] ",
		parts: map[rules.Part]string{rules.CRuntime: "C run-time", rules.Berkeley: "Berkeley sockets",
			rules.Extension: "Windows Sockets extensions", rules.Database: "name and service databases",
			rules.QosIPsec: "QoS and IPsec", rules.Win32: "Win32"},
		classes: map[rules.Class]string{rules.Normal: "normal", rules.Transient: "transient", rules.Config: "configuration",
			rules.ProgramBug: "program bug", rules.Remote: "remote", rules.LocalNetwork: "local network", rules.Fatal: "fatal"},
	},
	rules.Chinese: {
		colon: "：", like: "（同 %s）", or: "/", list: "、",
		likely: "可能", check: "检查", more: "详情：wsalog explain %s",
		foldMore: "另有 %s", foldIn: "，历时 %s", foldRate: "（每秒 %s 次）", foldShort: "另有 %s，%s",
		unfold: "--no-fold 可全部显示",
		peers:  [2]string{"%s 个对端", "%s 个对端"}, others: "其他 %s",
		changed: "%s 有变化：%s %s %s %s",
		lines:   [2]string{"%s 行", "%s 行"}, hits: [2]string{"%s 个错误", "%s 个错误"},
		onLines: [2]string{"，分布在 %s 行", "，分布在 %s 行"}, codes: [2]string{"%s 种代码", "%s 种代码"},
		top: "最多 %s 占 %s%%", ctrlC: "按 Ctrl-C 结束并给出汇总",
		hour: "%d 小时", minute: "%d 分", second: "%s 秒",
		related: "相关的 Win32 代码，不计入", info: "仅供参考",
		repeated: "其中 %s 个来自“message repeated”行",
		rejected: [2]string{"未计入：%s 个数字经判断不是错误（--why 逐一说明）", "未计入：%s 个数字经判断不是错误（--why 逐一说明）"},
		readAs:   "编码", trouble: "问题", sumMore: "另有 %s 项",
		timeouts:  [2]string{"%s 个模式超时放弃", "%s 个模式超时放弃"},
		undecoded: [2]string{"%s 个字节无法解码", "%s 个字节无法解码"},
		long:      [2]string{"%s 行超过长度上限，分段读取", "%s 行超过长度上限，分段读取"},
		cut:       "[前文略] ",
		parts: map[rules.Part]string{rules.CRuntime: "C 运行库", rules.Berkeley: "Berkeley 套接字",
			rules.Extension: "Windows Sockets 扩展", rules.Database: "名称与服务数据库",
			rules.QosIPsec: "QoS 与 IPsec", rules.Win32: "Win32"},
		classes: map[rules.Class]string{rules.Normal: "正常", rules.Transient: "暂时", rules.Config: "配置",
			rules.ProgramBug: "程序错误", rules.Remote: "对端", rules.LocalNetwork: "本地网络", rules.Fatal: "致命"},
	},
}

func wordsOf(l rules.Lang) *words {
	if int(l) < len(allWords) {
		return &allWords[l]
	}
	return &allWords[rules.English]
}

func (w *words) likeText(twin string) string {
	return fmt.Sprintf(w.like, twin)
}

// count puts a number into the form that fits it.
func count(forms [2]string, n int64) string { return term.Counted(forms[0], forms[1], n) }

// duration spells d with the two largest units that it needs.
func (w *words) duration(d time.Duration) string {
	switch sec := int64(d.Round(time.Second) / time.Second); {
	case d < 10*time.Second:
		return fmt.Sprintf(w.second, decimal(d.Seconds()))
	case sec < 120:
		return fmt.Sprintf(w.second, strconv.FormatInt(sec, 10))
	case sec < 7200:
		return strings.TrimSuffix(fmt.Sprintf(w.minute+" "+w.second, sec/60, strconv.FormatInt(sec%60, 10)),
			" "+fmt.Sprintf(w.second, "0"))
	default:
		return fmt.Sprintf(w.hour+" "+w.minute, sec/3600, sec%3600/60)
	}
}

// decimal writes a rate or a short time: one decimal below ten, none above.
func decimal(f float64) string {
	if f >= 9.95 {
		return term.Thousands(int64(f + 0.5))
	}
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}
