package report

import "wsalog/rules"

// words are the sentences and headings of the reports that people read. A test
// sees to it that no language leaves one out. Verbs such as %s stand in the same
// order in all languages.
type words struct {
	tag   string // of the HTML lang attribute
	comma string // between clauses
	gap   string // between sentences
	aside string // puts something in brackets after something
	colon string // between a thing and what is said of it

	inHours string // hits, hours

	title, compareTitle                     string
	files, file1, lines, line1              string
	hits, hit1, events, event1              string
	onLines, onLine1                        string // hits on lines (share)
	codes, code1, peers, peer1, about       string
	busiest                                 string // time, hits per minute
	busiestOf                               string // time, hits, minutes
	seconds                                 string
	noHits                                  string // lines
	noLines                                 string
	noStamps, clockOnly                     string
	ColCode, ColName, ColMeaning, ColCount  string
	ColEvents, ColShare, ColFirst, ColLast  string
	ColPerHour, ColOverTime, ColPeers       string
	ColFiles, ColTotal, ColPattern, ColPeer string
	ColFirstLine, ColLastLine               string
	topOf                                   string // shown, of all
	only, mostly, mixed                     string
	steady                                  string // seconds, spread
	listedApart, notCounted, coverage       string
	infoNote                                string
	related                                 string
	judgedNot, judgedNot1                   string
	readWhole, readWhole1, unread           string
	noTime, noTime1, otherAxis, zones       string
	undecoded, longLines, timeouts, lowHits string
	approxPeers                             string // number of rows, overflow, bound
	approxTemplates                         string
	findings                                string
	andMore                                 string
	GroupTitles                             [10]string // by stats.Key
	weekdays                                [7]string
	units                                   [4]string // day, hour, minute, second
	before, after, change, isNew, isGone    string
	noise, more, less, perMillion, perHour  string
	compareNone, compareBasis, tooFewToTell string
	verdict                                 string
	fromPeer, fromNewPeer, fromGonePeer     string // share, peer
}

var english = words{
	tag: "en", comma: ", ", gap: " ", aside: "%s (%s)", colon: ": ", inHours: "%s in %.1f h", title: "wsalog report", compareTitle: "wsalog compare",
	files: "%s files", file1: "%s file", lines: "%s lines", line1: "%s line",
	hits: "%s hits", hit1: "%s hit", events: "%s events", event1: "%s event",
	onLines: "%s on %s lines (%s)", onLine1: "%s on %s line (%s)",
	codes: "%s codes", code1: "%s code", peers: "%s peers", peer1: "%s peer", about: "about %s",
	busiest: "busiest %s (%s/min)", busiestOf: "busiest %s (%s in %s min)", seconds: "%s s",
	noHits:   "No WinSock error in %s.",
	noLines:  "Nothing to count: not one line was read.",
	noStamps: "no time stamps: places are line numbers", clockOnly: "stamps without a year: times of day only",
	ColCode: "CODE", ColName: "NAME", ColMeaning: "MEANING", ColCount: "COUNT", ColEvents: "EVENTS", ColShare: "SHARE",
	ColFirst: "FIRST", ColLast: "LAST", ColPerHour: "PER HOUR", ColOverTime: "OVER TIME", ColPeers: "PEERS",
	ColFiles: "FILES", ColTotal: "TOTAL", ColPattern: "PATTERN", ColPeer: "PEER",
	ColFirstLine: "FIRST LINE", ColLastLine: "LAST LINE",
	topOf: "top %s of %s", only: "%s only", mostly: "mostly %s", mixed: "mixed",
	steady:      "cut every %s ± %s s",
	listedApart: "LISTED APART", notCounted: "NOT COUNTED", coverage: "COVERAGE",
	infoNote:  "part of normal work, in no count above",
	related:   "Win32 relatives of WinSock errors",
	judgedNot: "%s numbers in range judged not to be errors (ports, PIDs, ids): --why shows each", judgedNot1: "%s number in range judged not to be an error (port, PID, id): --why shows it",
	readWhole: "%s files read whole", readWhole1: "%s file read whole", unread: "%s not read to the end: %s",
	noTime: "%s hit lines without a time stamp", noTime1: "%s hit line without a time stamp",
	otherAxis: "hits whose stamp has another form than most, not on the time axis: %s",
	zones:     "stamps name %s different zones or none, each is shown by its own clock",
	undecoded: "bytes that did not decode: %s", longLines: "very long lines, scanned in windows: %s",
	timeouts: "pattern time-outs, each a look-alike left undecided: %s", lowHits: "hits of low confidence: %s",
	approxPeers:     "peers are approximate: the %s heaviest are kept, %s hits have no row, a row may lack up to %s",
	approxTemplates: "templates are approximate: the %s heaviest are kept, %s hits have no row, a row may lack up to %s",
	findings:        "FINDINGS", andMore: "and %s more",
	GroupTitles: [10]string{"CODES", "PARTS", "CLASSES", "SEVERITIES", "FORMS", "CALLS", "PEERS", "FILES", "HOURS OF THE DAY", "TEMPLATES"},
	units:       [4]string{"d", "h", "min", "s"}, weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	before: "BEFORE", after: "AFTER", change: "CHANGE", isNew: "new", isGone: "gone", noise: "no change to speak of",
	more: "more", less: "less", perMillion: "per million lines", perHour: "per hour",
	compareNone: "No code changed beyond chance.", compareBasis: "counts %s; a change is named when chance would bring it in fewer than 1 of 1,000 comparisons",
	tooFewToTell: "too few to tell", verdict: "VERDICT",
	fromPeer: "%s of it at %s", fromNewPeer: "%s of it at the new peer %s", fromGonePeer: "%s of it at %s, gone since",
}

var chinese = words{
	tag: "zh-CN", comma: "，", gap: "", aside: "%s（%s）", colon: "：", inHours: "%s，历时 %.1f 小时", title: "wsalog 报告", compareTitle: "wsalog 对比",
	files: "%s 个文件", file1: "%s 个文件", lines: "%s 行", line1: "%s 行",
	hits: "%s 次命中", hit1: "%s 次命中", events: "%s 个事件", event1: "%s 个事件",
	onLines: "%s，分布于 %s 行（%s）", onLine1: "%s，分布于 %s 行（%s）",
	codes: "%s 种错误码", code1: "%s 种错误码", peers: "%s 个对端", peer1: "%s 个对端", about: "约 %s",
	busiest: "最忙 %s（%s 次/分钟）", busiestOf: "最忙 %s（%s 次/%s 分钟）", seconds: "%s 秒",
	noHits:   "在 %s中没有发现 WinSock 错误。",
	noLines:  "没有可统计的内容：一行也没有读到。",
	noStamps: "日志没有时间戳，位置以行号表示", clockOnly: "时间戳不带年份，仅按钟点统计",
	ColCode: "错误码", ColName: "名称", ColMeaning: "含义", ColCount: "次数", ColEvents: "事件", ColShare: "占比",
	ColFirst: "首次", ColLast: "末次", ColPerHour: "每小时", ColOverTime: "时间分布", ColPeers: "对端",
	ColFiles: "文件", ColTotal: "合计", ColPattern: "特征", ColPeer: "对端",
	ColFirstLine: "首行", ColLastLine: "末行",
	topOf: "前 %s，共 %s", only: "全是%s", mostly: "多为%s", mixed: "混合",
	steady:      "每隔 %s ± %s 秒断开一次",
	listedApart: "另列", notCounted: "未计入", coverage: "覆盖情况",
	infoNote:  "属于正常流程，不计入上面的数字",
	related:   "与 WinSock 错误同源的 Win32 错误",
	judgedNot: "%s 个落在范围内的数字被判定不是错误（端口、进程号、编号）：用 --why 逐条查看", judgedNot1: "%s 个落在范围内的数字被判定不是错误（端口、进程号、编号）：用 --why 查看",
	readWhole: "%s 个文件完整读取", readWhole1: "%s 个文件完整读取", unread: "%s 未能读完：%s",
	noTime: "%s 个命中行没有时间戳", noTime1: "%s 个命中行没有时间戳",
	otherAxis: "%s 次命中的时间戳格式与多数不同，未放入时间轴",
	zones:     "时间戳涉及 %s 种时区（含未注明），各按自己的时钟显示",
	undecoded: "%s 个字节无法解码", longLines: "%s 个超长行，分段扫描",
	timeouts: "%s 次模式匹配超时：个别疑似项可能未判定", lowHits: "%s 次命中把握较低",
	approxPeers:     "对端为近似值：保留最多的 %s 个，%s 次命中未列出，单行最多少计 %s",
	approxTemplates: "模板为近似值：保留最多的 %s 个，%s 次命中未列出，单行最多少计 %s",
	findings:        "结论", andMore: "另有 %s 个",
	GroupTitles: [10]string{"错误码", "部分", "类别", "严重程度", "写法", "调用", "对端", "文件", "一天中的小时", "模板"},
	units:       [4]string{"天", "小时", "分", "秒"}, weekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
	before: "之前", after: "之后", change: "变化", isNew: "新增", isGone: "消失", noise: "无明显变化",
	more: "增多", less: "减少", perMillion: "每百万行", perHour: "每小时",
	compareNone: "没有超出偶然范围的变化。", compareBasis: "次数按%s折算；只有偶然性低于千分之一的差异才算变化",
	tooFewToTell: "次数太少，无法判断", verdict: "判断",
	fromPeer: "其中 %s 来自 %s", fromNewPeer: "其中 %s 来自新对端 %s", fromGonePeer: "其中 %s 来自 %s，该对端已不再出现",
}

func wordsOf(lang rules.Lang) *words {
	if lang == rules.Chinese {
		return &chinese
	}
	return &english
}
