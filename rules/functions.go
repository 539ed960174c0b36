package rules

import "sync"

// A Function is a socket function and the codes that its documentation names.
type Function struct {
	Name    string   // as the headers spell it, without the A or W of its variants
	Reports []Report // in number order
}

// A Report is one code that a function reports.
type Report struct {
	Code int
	Note string // when or why, in a few English words; often empty, see NoteIn
}

// A Reporter is one function that reports a given code.
type Reporter struct {
	Function string
	Note     string // as in Report
}

// NoteIn returns the note of a Report or Reporter in a language. Notes that are
// names, such as EAI_FAIL, are the same in all.
func NoteIn(note string, lang Lang) string {
	if zh := notesZH()[note]; lang == Chinese && zh != "" {
		return zh
	}
	return note
}

// FunctionsOf returns the functions that report the code, sorted by name
// without regard to case; nil if none does. It is shared and must not be modified.
func FunctionsOf(code int) []Reporter { return reporters()[code] }

var reporters = sync.OnceValue(func() map[int][]Reporter {
	m := make(map[int][]Reporter)
	for _, f := range functions {
		for _, r := range f.Reports {
			m[r.Code] = append(m[r.Code], Reporter{f.Name, r.Note})
		}
	}
	return m
})

// Notes that several functions share.
const (
	noteUDP       = "datagram socket: an earlier send was answered by ICMP port unreachable"
	noteTTL       = "datagram socket: time to live expired on the way"
	noteKeepAlive = "stream socket: keep-alive failed; datagram socket: time to live expired on the way"
	noteBroadcast = "broadcast address without SO_BROADCAST"
	notePending   = "overlapped operation under way, no failure"
	noteCancelled = "overlapped operation cancelled: socket closed or SIO_FLUSH"
	noteOnConnect = "with the event FD_CONNECT"
	noteOnClose   = "with the event FD_CLOSE"
	noteOnRoute   = "with the events FD_CONNECT and FD_ROUTING_INTERFACE_CHANGE"
	noteReturned  = "return value of the call itself; WSAGetLastError does not know it"
)

// notesZH are the notes in Chinese.
var notesZH = sync.OnceValue(func() map[string]string {
	return map[string]string{
		noteUDP:       "数据报套接字：先前发出的数据引来 ICMP 端口不可达",
		noteTTL:       "数据报套接字：途中生存时间（TTL）耗尽",
		noteKeepAlive: "流套接字：保活探测失败；数据报套接字：途中生存时间（TTL）耗尽",
		noteBroadcast: "目标是广播地址，但未设 SO_BROADCAST",
		notePending:   "重叠操作正在进行，并非失败",
		noteCancelled: "重叠操作被取消：套接字已关闭，或执行了 SIO_FLUSH",
		noteOnConnect: "随 FD_CONNECT 事件返回",
		noteOnClose:   "随 FD_CLOSE 事件返回",
		noteOnRoute:   "随 FD_CONNECT 和 FD_ROUTING_INTERFACE_CHANGE 事件返回",
		noteReturned:  "由调用直接返回；WSAGetLastError 取不到",
		"peer reset the connection before it was accepted":      "接受之前，对端已重置连接",
		"port held with SO_EXCLUSIVEADDRUSE by another process": "端口被另一进程以 SO_EXCLUSIVEADDRUSE 占用",
		"non-blocking connect under way, no failure":            "非阻塞连接正在进行，并非失败",
		"deferred request withdrawn or out of time":             "推迟的请求已被撤回或超时",
		"condition function answered CF_REJECT":                 "条件函数返回 CF_REJECT",
		"condition function answered CF_DEFER":                  "条件函数返回 CF_DEFER",
		"from the call, or with the event FD_CONNECT":           "由调用本身返回，或随 FD_CONNECT 事件返回",
		"from the call, or with the event FD_CLOSE":             "由调用本身返回，或随 FD_CLOSE 事件返回",
		"end of results, older number of 10110":                 "结果已取完，10110 的旧编号",
		"older number of 10111":                                 "10111 的旧编号",
		"end of results, newer number of 10102":                 "结果已取完，10102 的新编号",
		"newer number of 10103":                                 "10103 的新编号",
		"named by the system text of the code":                  "见该错误码的系统消息",
	}
})

// functions says which call reports which code. Source: the error tables of the
// functions' pages in the Win32 documentation; for AcceptEx, and 997 at
// ConnectEx, their running text; for 10101 at WSARecvFrom, winerror.h.
var functions = [...]Function{
	{"accept", []Report{
		{10004, ""}, {10014, ""}, {10022, ""}, {10024, ""}, {10035, ""}, {10036, ""}, {10038, ""},
		{10045, ""}, {10050, ""}, {10054, ""}, {10055, ""}, {10093, ""},
	}},
	{"AcceptEx", []Report{
		{997, notePending}, {10054, "peer reset the connection before it was accepted"},
	}},
	{"bind", []Report{
		{10013, "port held with SO_EXCLUSIVEADDRUSE by another process"}, {10014, ""}, {10022, ""},
		{10036, ""}, {10038, ""}, {10048, ""}, {10049, ""}, {10050, ""}, {10055, ""}, {10093, ""},
	}},
	{"closesocket", []Report{
		{10004, ""}, {10035, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"connect", []Report{
		{10004, ""}, {10013, noteBroadcast}, {10014, ""}, {10022, ""},
		{10035, "non-blocking connect under way, no failure"}, {10036, ""}, {10037, ""}, {10038, ""},
		{10047, ""}, {10048, ""}, {10049, ""}, {10050, ""}, {10051, ""}, {10055, ""}, {10056, ""},
		{10060, ""}, {10061, ""}, {10065, ""}, {10093, ""},
	}},
	{"ConnectEx", []Report{
		{997, notePending}, {10014, ""}, {10022, ""}, {10037, ""}, {10038, ""}, {10047, ""}, {10048, ""},
		{10049, ""}, {10050, ""}, {10051, ""}, {10055, ""}, {10056, ""}, {10060, ""}, {10061, ""},
		{10065, ""}, {10093, ""},
	}},
	{"getaddrinfo", []Report{
		{8, "EAI_MEMORY"}, {10022, "EAI_BADFLAGS"}, {10044, "EAI_SOCKTYPE"}, {10047, "EAI_FAMILY"},
		{10093, ""}, {10109, "EAI_SERVICE"}, {11001, "EAI_NONAME"}, {11002, "EAI_AGAIN"},
		{11003, "EAI_FAIL"}, {11004, ""},
	}},
	{"gethostbyname", []Report{
		{10004, ""}, {10014, ""}, {10036, ""}, {10050, ""}, {10093, ""}, {11001, ""}, {11002, ""},
		{11003, ""}, {11004, ""},
	}},
	{"getpeername", []Report{
		{10014, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10057, ""}, {10093, ""},
	}},
	{"getsockname", []Report{
		{10014, ""}, {10022, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"getsockopt", []Report{
		{10014, ""}, {10022, ""}, {10036, ""}, {10038, ""}, {10042, ""}, {10050, ""}, {10093, ""},
	}},
	{"inet_pton", []Report{
		{10014, ""}, {10047, ""},
	}},
	{"ioctlsocket", []Report{
		{10014, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"listen", []Report{
		{10022, ""}, {10024, ""}, {10036, ""}, {10038, ""}, {10045, ""}, {10048, ""}, {10050, ""},
		{10055, ""}, {10056, ""}, {10093, ""},
	}},
	{"recv", []Report{
		{10004, ""}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""}, {10038, ""}, {10040, ""},
		{10045, ""}, {10050, ""}, {10052, noteKeepAlive}, {10053, ""}, {10054, noteUDP}, {10057, ""},
		{10058, ""}, {10060, ""}, {10093, ""},
	}},
	{"recvfrom", []Report{
		{10004, ""}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""}, {10038, ""}, {10040, ""},
		{10045, ""}, {10050, ""}, {10052, noteTTL}, {10054, noteUDP}, {10056, ""}, {10058, ""},
		{10060, ""}, {10093, ""},
	}},
	{"select", []Report{
		{10004, ""}, {10014, ""}, {10022, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"send", []Report{
		{10004, ""}, {10013, noteBroadcast}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""},
		{10038, ""}, {10040, ""}, {10045, ""}, {10050, ""}, {10052, ""}, {10053, ""}, {10054, ""},
		{10055, ""}, {10057, ""}, {10058, ""}, {10060, ""}, {10065, ""}, {10093, ""},
	}},
	{"sendto", []Report{
		{10004, ""}, {10013, noteBroadcast}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""},
		{10038, ""}, {10039, ""}, {10040, ""}, {10045, ""}, {10047, ""}, {10049, ""}, {10050, ""},
		{10051, ""}, {10052, ""}, {10053, ""}, {10054, ""}, {10055, ""}, {10057, ""}, {10058, ""},
		{10060, ""}, {10065, ""}, {10093, ""},
	}},
	{"setsockopt", []Report{
		{10014, ""}, {10022, ""}, {10036, ""}, {10038, ""}, {10042, ""}, {10050, ""}, {10052, ""},
		{10057, ""}, {10093, ""},
	}},
	{"shutdown", []Report{
		{10022, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10053, ""}, {10054, ""}, {10057, ""},
		{10093, ""},
	}},
	{"socket", []Report{
		{10022, ""}, {10024, ""}, {10036, ""}, {10041, ""}, {10043, ""}, {10044, ""}, {10047, ""},
		{10050, ""}, {10055, ""}, {10093, ""}, {10104, ""}, {10105, ""}, {10106, ""},
	}},
	{"TransmitFile", []Report{
		{995, noteCancelled}, {997, notePending}, {10014, ""}, {10022, ""}, {10038, ""}, {10050, ""},
		{10052, ""}, {10053, ""}, {10054, ""}, {10055, ""}, {10057, ""}, {10058, ""}, {10093, ""},
	}},
	{"WSAAccept", []Report{
		{10004, ""}, {10013, "deferred request withdrawn or out of time"}, {10014, ""}, {10022, ""},
		{10024, ""}, {10035, ""}, {10036, ""}, {10038, ""}, {10045, ""}, {10050, ""}, {10054, ""},
		{10055, ""}, {10061, "condition function answered CF_REJECT"}, {10093, ""},
		{11002, "condition function answered CF_DEFER"},
	}},
	{"WSAAddressToString", []Report{
		{10014, ""}, {10022, ""}, {10055, ""}, {10093, ""},
	}},
	{"WSAAsyncSelect", []Report{
		{10014, noteOnConnect}, {10022, "from the call, or with the event FD_CONNECT"},
		{10024, noteOnConnect}, {10036, ""}, {10038, ""}, {10047, noteOnConnect},
		{10050, "from the call, or with the event FD_CLOSE"}, {10051, noteOnRoute}, {10053, noteOnClose},
		{10054, noteOnClose}, {10055, noteOnConnect}, {10056, noteOnConnect}, {10057, noteOnConnect},
		{10060, noteOnConnect}, {10061, noteOnConnect}, {10093, ""},
	}},
	{"WSACleanup", []Report{
		{10036, ""}, {10050, ""}, {10093, ""},
	}},
	{"WSAConnect", []Report{
		{10004, ""}, {10013, ""}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""}, {10037, ""},
		{10038, ""}, {10043, ""}, {10045, ""}, {10047, ""}, {10048, ""}, {10049, ""}, {10050, ""},
		{10051, ""}, {10055, ""}, {10056, ""}, {10060, ""}, {10061, ""}, {10065, ""}, {10093, ""},
	}},
	{"WSADuplicateSocket", []Report{
		{10014, ""}, {10022, ""}, {10024, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10055, ""},
		{10093, ""},
	}},
	{"WSAEnumNetworkEvents", []Report{
		{10014, ""}, {10022, ""}, {10036, ""}, {10038, ""}, {10047, noteOnConnect}, {10050, ""},
		{10051, noteOnRoute}, {10053, noteOnClose}, {10054, noteOnClose}, {10055, noteOnConnect},
		{10060, noteOnConnect}, {10061, noteOnConnect}, {10093, ""},
	}},
	{"WSAEventSelect", []Report{
		{10022, ""}, {10036, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"WSAGetOverlappedResult", []Report{
		{6, ""}, {87, ""}, {996, ""}, {10014, ""}, {10038, ""}, {10050, ""}, {10093, ""},
	}},
	{"WSAIoctl", []Report{
		{997, notePending}, {10014, ""}, {10022, ""}, {10035, ""}, {10036, ""}, {10038, ""}, {10042, ""},
		{10045, ""}, {10050, ""},
	}},
	{"WSALookupServiceBegin", []Report{
		{8, ""}, {10022, ""}, {10093, ""}, {10108, ""}, {11004, ""},
	}},
	{"WSALookupServiceNext", []Report{
		{6, ""}, {8, ""}, {10014, ""}, {10022, ""}, {10093, ""},
		{10102, "end of results, older number of 10110"}, {10103, "older number of 10111"},
		{10110, "end of results, newer number of 10102"}, {10111, "newer number of 10103"}, {11004, ""},
	}},
	{"WSAPoll", []Report{
		{10014, ""}, {10022, ""}, {10050, ""}, {10055, ""},
	}},
	{"WSARecv", []Report{
		{995, noteCancelled}, {997, notePending}, {10004, ""}, {10014, ""}, {10022, ""}, {10035, ""},
		{10036, ""}, {10038, ""}, {10040, ""}, {10045, ""}, {10050, ""}, {10052, noteKeepAlive},
		{10053, ""}, {10054, noteUDP}, {10057, ""}, {10058, ""}, {10060, ""}, {10093, ""}, {10101, ""},
	}},
	{"WSARecvFrom", []Report{
		{995, noteCancelled}, {997, notePending}, {10004, ""}, {10014, ""}, {10022, ""}, {10035, ""},
		{10036, ""}, {10040, ""}, {10050, ""}, {10052, noteTTL}, {10054, noteUDP}, {10057, ""},
		{10093, ""}, {10101, "named by the system text of the code"},
	}},
	{"WSASend", []Report{
		{995, noteCancelled}, {997, notePending}, {10004, ""}, {10014, ""}, {10022, ""}, {10035, ""},
		{10036, ""}, {10038, ""}, {10040, ""}, {10045, ""}, {10050, ""}, {10052, ""}, {10053, ""},
		{10054, ""}, {10055, ""}, {10057, ""}, {10058, ""}, {10093, ""},
	}},
	{"WSASendTo", []Report{
		{995, noteCancelled}, {997, notePending}, {10004, ""}, {10013, ""}, {10014, ""}, {10022, ""},
		{10035, ""}, {10036, ""}, {10038, ""}, {10039, ""}, {10040, ""}, {10047, ""}, {10049, ""},
		{10050, ""}, {10051, ""}, {10052, ""}, {10054, ""}, {10055, ""}, {10057, ""}, {10058, ""},
		{10065, ""}, {10093, ""},
	}},
	{"WSASocket", []Report{
		{10014, ""}, {10022, ""}, {10024, ""}, {10036, ""}, {10041, ""}, {10043, ""}, {10044, ""},
		{10047, ""}, {10050, ""}, {10055, ""}, {10093, ""}, {10104, ""}, {10105, ""}, {10106, ""},
	}},
	{"WSAStartup", []Report{
		{10014, noteReturned}, {10036, noteReturned}, {10067, noteReturned}, {10091, noteReturned},
		{10092, noteReturned},
	}},
	{"WSAStringToAddress", []Report{
		{8, ""}, {10014, ""}, {10022, ""}, {10093, ""},
	}},
	{"WSAWaitForMultipleEvents", []Report{
		{6, ""}, {8, ""}, {87, ""}, {10036, ""}, {10050, ""}, {10093, ""},
	}},
}
