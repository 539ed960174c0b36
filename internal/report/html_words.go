package report

import "wsalog/rules"

// htmlWords are the texts of the HTML report beyond those of all reports.
type htmlWords struct {
	Skip, Command, Version, Generated, Host             string
	Verdict, Timeline, Legend, Others                   string
	Codes, Peers, Heat, HeatWeek, Lanes                 string
	Matrix, Calls, Templates, Parts                     string
	Apart, NotCounted, Coverage, Data                   string
	TileHits, TileEvents, TileRate, TileRateHour        string
	TileCodes, TilePeers, TileBusiest, TileLast         string
	Explain, Meaning, Causes, Checks, Samples           string
	Filter, FilterHint, Sort, Shown                     string
	BrushFrom, BrushTo, BrushClear, BrushHint, BrushAll string
	Save, SaveHint, NoScript                            string
	ChartData, ChartFrom, Hour, Weekday                 string
	File, Encoding, Lines, Bytes, HitLines              string
	Call, Template, Sample                              string
	Period, Split, Rows                                 string
	CapTimeline, CapHeat, CapLanes                      string

	// sentences of the verdict
	Sum      string // hits, hit lines, lines, share
	None     string // lines
	MostCode string // code, word, hits, share
	OneCode  string // code, word
	Peak     string // hits, time
	MostPeer string // peer, hits, share, pattern
	AtEnd    string // time
	Over     string // time, distance
}

var htmlEnglish = htmlWords{
	Skip: "Skip to the figures", Command: "Command", Version: "Version", Generated: "Written", Host: "Host",
	Verdict: "What happened", Timeline: "When", Legend: "Legend", Others: "others",
	Codes: "Codes", Peers: "Peers", Heat: "Hour of the day", HeatWeek: "Weekday and hour", Lanes: "From first to last",
	Matrix: "Files and codes", Calls: "Socket calls", Templates: "Shapes of lines", Parts: "Parts and classes",
	Apart: "Listed apart", NotCounted: "Not counted", Coverage: "Coverage", Data: "Data",
	TileHits: "hits", TileEvents: "events", TileRate: "of all lines", TileRateHour: "hits per hour", TileCodes: "codes", TilePeers: "peers",
	TileBusiest: "busiest minute", TileLast: "last hit",
	Explain: "Meaning, causes, checks, sample lines", Meaning: "Meaning", Causes: "Likely causes", Checks: "What to check", Samples: "Sample lines",
	Filter: "Filter", FilterHint: "part of a name", Sort: "sort by", Shown: "%s of %s rows shown",
	BrushFrom: "from", BrushTo: "to", BrushClear: "Show all", BrushHint: "Drag over the chart, or move the ends, to see only the codes and peers of that time.", BrushAll: "whole time",
	Save: "Save the figures as JSON", SaveHint: "The page holds its figures; peers beyond the first %s are left out.", NoScript: "Sorting, filtering and saving need scripts; all figures are shown without.",
	ChartData: "Figures of the chart", ChartFrom: "From", Hour: "Hour", Weekday: "Weekday",
	File: "File", Encoding: "Encoding", Lines: "Lines", Bytes: "Size", HitLines: "Hit lines",
	Call: "Call", Template: "Shape", Sample: "Sample",
	Period: "Period", Split: "Codes", Rows: "top %s of %s",
	CapTimeline: "Hits over time, stacked by code", CapHeat: "Hits by code and hour of the day", CapLanes: "From the first to the last hit of each code",
	Sum:      "%s WinSock errors stand on %s of %s lines (%s).",
	None:     "No WinSock error stands in %s.",
	MostCode: "Most frequent is %s (%s) with %s hits, %s of all.",
	OneCode:  "All of them are %s (%s).",
	Peak:     "The worst minute, with %s hits, is %s.",
	MostPeer: "The peer %s has %s of them, %s: %s.",
	AtEnd:    "It was still going on when the log ended: the last hit is at %s.",
	Over:     "The last hit is at %s, %s before the log ends.",
}

var htmlChinese = htmlWords{
	Skip: "跳到数据", Command: "命令", Version: "版本", Generated: "生成时间", Host: "主机",
	Verdict: "结论", Timeline: "时间分布", Legend: "图例", Others: "其他",
	Codes: "错误码", Peers: "对端", Heat: "一天中的小时", HeatWeek: "星期与小时", Lanes: "从首次到末次",
	Matrix: "文件与错误码", Calls: "套接字调用", Templates: "日志行模板", Parts: "部分与类别",
	Apart: "另列", NotCounted: "未计入", Coverage: "覆盖情况", Data: "数据",
	TileHits: "次命中", TileEvents: "个事件", TileRate: "占全部行", TileRateHour: "次命中/小时", TileCodes: "种错误码", TilePeers: "个对端",
	TileBusiest: "最忙的一分钟", TileLast: "末次命中",
	Explain: "含义、原因、检查方法、示例行", Meaning: "含义", Causes: "可能的原因", Checks: "检查方法", Samples: "示例行",
	Filter: "筛选", FilterHint: "名称的一部分", Sort: "排序", Shown: "显示 %s 行，共 %s 行",
	BrushFrom: "从", BrushTo: "到", BrushClear: "全部显示", BrushHint: "在图上拖动，或移动两端，只看这段时间里的错误码和对端。", BrushAll: "全部时间",
	Save: "把数据存为 JSON", SaveHint: "本页自带数据；对端只含前 %s 个。", NoScript: "排序、筛选和保存需要脚本；不用脚本也能看到全部数字。",
	ChartData: "图中的数据", ChartFrom: "起点", Hour: "小时", Weekday: "星期",
	File: "文件", Encoding: "编码", Lines: "行数", Bytes: "大小", HitLines: "命中行",
	Call: "调用", Template: "模板", Sample: "示例",
	Period: "时段", Split: "错误码", Rows: "前 %s，共 %s",
	CapTimeline: "按错误码堆叠的命中次数随时间的变化", CapHeat: "各错误码在一天各小时的命中次数", CapLanes: "各错误码从首次到末次命中",
	Sum:      "共有 %s 个 WinSock 错误，分布在 %s 行（全部 %s 行的 %s）。",
	None:     "在 %s中没有 WinSock 错误。",
	MostCode: "最多的是 %s（%s），%s 次，占 %s。",
	OneCode:  "全部是 %s（%s）。",
	Peak:     "最严重的一分钟有 %s 次，在 %s。",
	MostPeer: "对端 %s 占 %s 次（%s）：%s。",
	AtEnd:    "日志结束时仍在发生：末次命中在 %s。",
	Over:     "末次命中在 %s，距日志结束 %s。",
}

func htmlWordsOf(lang rules.Lang) *htmlWords {
	if lang == rules.Chinese {
		return &htmlChinese
	}
	return &htmlEnglish
}
