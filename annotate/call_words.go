package annotate

// A callID numbers the socket functions of callNames.
type callID uint8

// The calls that a reader tells apart.
const (
	callNone callID = iota
	callAccept
	callBind
	callClosesocket
	callConnect
	callGetaddrinfo
	callGethostbyname
	callGetpeername
	callGetsockname
	callGetsockopt
	callIoctlsocket
	callListen
	callRecv
	callRecvfrom
	callSelect
	callSend
	callSendto
	callSetsockopt
	callShutdown
	callSocket
	callWSACleanup
	callWSADuplicateSocket
	callWSAEnumNetworkEvents
	callWSAEventSelect
	callWSAAsyncSelect
	callWSAIoctl
	callWSALookupService
	callWSAPoll
	callWSAStartup
	callWSAWait
	callWSAOverlapped
	callTransmitFile
)

var callNames = [...]string{
	callNone:                 "",
	callAccept:               "accept",
	callBind:                 "bind",
	callClosesocket:          "closesocket",
	callConnect:              "connect",
	callGetaddrinfo:          "getaddrinfo",
	callGethostbyname:        "gethostbyname",
	callGetpeername:          "getpeername",
	callGetsockname:          "getsockname",
	callGetsockopt:           "getsockopt",
	callIoctlsocket:          "ioctlsocket",
	callListen:               "listen",
	callRecv:                 "recv",
	callRecvfrom:             "recvfrom",
	callSelect:               "select",
	callSend:                 "send",
	callSendto:               "sendto",
	callSetsockopt:           "setsockopt",
	callShutdown:             "shutdown",
	callSocket:               "socket",
	callWSACleanup:           "wsacleanup",
	callWSADuplicateSocket:   "wsaduplicatesocket",
	callWSAEnumNetworkEvents: "wsaenumnetworkevents",
	callWSAEventSelect:       "wsaeventselect",
	callWSAAsyncSelect:       "wsaasyncselect",
	callWSAIoctl:             "wsaioctl",
	callWSALookupService:     "wsalookupservice",
	callWSAPoll:              "wsapoll",
	callWSAStartup:           "wsastartup",
	callWSAWait:              "wsawaitformultipleevents",
	callWSAOverlapped:        "wsagetoverlappedresult",
	callTransmitFile:         "transmitfile",
}

// Weights of words, from "a function's own name" down to "may mean something
// else": those below weightNeedsShape count only where the text around them
// reads like a call ("socket()", "select error", "failed to accept").
const (
	weightFunction   = 60
	weightVerb       = 38
	weightWord       = 28
	weightNeedsShape = 15
)

// callWords maps the words that logs use to calls. Functions that differ only in
// being overlapped, wide or from Winsock 2 mean the same to a reader and share
// one name: ConnectEx is connect, WSARecv is recv, GetAddrInfoW is getaddrinfo.
var callWords = []struct {
	call   callID
	weight int8
	words  []string
}{
	{callAccept, weightFunction, []string{"acceptex", "wsaaccept", "beginaccept", "endaccept",
		"acceptasync", "accept4"}},
	{callAccept, weightWord, []string{"accept"}},
	{callAccept, weightNeedsShape, []string{"accepting"}},
	{callBind, weightFunction, []string{"bind"}},
	{callBind, weightVerb, []string{"binding", "binderror", "bindexception", "bindasync"}},
	{callClosesocket, weightFunction, []string{"closesocket"}},
	{callConnect, weightFunction, []string{"connectex", "wsaconnect", "wsaconnectbyname", "beginconnect", "endconnect",
		"connectasync", "doconnect", "wsaconnectbylist"}},
	{callConnect, weightVerb, []string{"connect", "connecting", "dial", "dialing", "connectto", "tcpconnect",
		"connecterror", "connectexception", "connecttimeout", "connecttimeouterror", "newconnectionerror", "verbinden",
		"conectar", "connecter", "connects"}},
	{callGetaddrinfo, weightFunction, []string{"getaddrinfo", "getaddrinfow", "getaddrinfoex", "getaddrinfoexw",
		"getaddrinfoa", "getaddrinfofailed", "getnameinfo", "getnameinfow"}},
	{callGethostbyname, weightFunction, []string{"gethostbyname", "gethostbyaddr", "gethostname",
		"wsaasyncgethostbyname"}},
	{callGetpeername, weightFunction, []string{"getpeername"}},
	{callGetsockname, weightFunction, []string{"getsockname"}},
	{callGetsockopt, weightFunction, []string{"getsockopt"}},
	{callIoctlsocket, weightFunction, []string{"ioctlsocket"}},
	{callListen, weightVerb, []string{"listen"}},
	{callListen, weightNeedsShape, []string{"listening"}},
	{callRecv, weightFunction, []string{"recv", "wsarecv", "beginreceive", "endreceive", "receiveasync", "wsarecvmsg",
		"wsarecvex", "recvmsg", "wsarecvdisconnect", "onreceive"}},
	{callRecv, weightVerb, []string{"receive", "receiving", "readerror", "readtimeout"}},
	{callRecv, weightWord, []string{"read", "reading", "ssl_read"}},
	{callRecvfrom, weightFunction, []string{"recvfrom", "wsarecvfrom", "receivefrom",
		"beginreceivefrom", "endreceivefrom"}},
	{callSelect, weightNeedsShape, []string{"select"}},
	{callSend, weightFunction, []string{"wsasend", "beginsend", "endsend", "sendasync", "wsasendmsg", "sendmsg"}},
	{callSend, weightVerb, []string{"send", "sending", "writeerror"}},
	{callSend, weightWord, []string{"write", "writing", "ssl_write"}},
	{callSendto, weightFunction, []string{"sendto", "wsasendto", "beginsendto", "endsendto"}},
	{callSetsockopt, weightFunction, []string{"setsockopt", "setsocketoption"}},
	{callShutdown, weightNeedsShape, []string{"shutdown"}},
	{callSocket, weightFunction, []string{"wsasocket", "wsasocketw", "wsasocketa"}},
	{callSocket, weightNeedsShape, []string{"socket", "create"}},
	{callWSACleanup, weightFunction, []string{"wsacleanup"}},
	{callWSADuplicateSocket, weightFunction, []string{"wsaduplicatesocket", "wsaduplicatesocketw"}},
	{callWSAEnumNetworkEvents, weightFunction, []string{"wsaenumnetworkevents"}},
	{callWSAEventSelect, weightFunction, []string{"wsaeventselect"}},
	{callWSAAsyncSelect, weightFunction, []string{"wsaasyncselect"}},
	{callWSAIoctl, weightFunction, []string{"wsaioctl", "iocontrol"}},
	{callWSALookupService, weightFunction, []string{"wsalookupservicebegin",
		"wsalookupservicenext"}},
	{callWSAPoll, weightFunction, []string{"wsapoll"}},
	{callWSAStartup, weightFunction, []string{"wsastartup"}},
	{callWSAWait, weightFunction, []string{"wsawaitformultipleevents"}},
	{callWSAOverlapped, weightFunction, []string{"wsagetoverlappedresult"}},
	{callTransmitFile, weightFunction, []string{"transmitfile", "transmitpackets"}},
	// Nouns: a connection that could not be made.
	{callConnect, weightNeedsShape, []string{"connection", "connections", "verbindung", "connexion"}},
	{callConnect, weightWord, []string{"establish", "establishing"}},
}

// callEndings are the ends of compound names such as OnClientRead and
// s_connect, longest first where one ends in another.
var callEndings = []struct {
	end  string
	call callID
}{
	{"connect", callConnect}, {"connectexception", callConnect}, {"connecterror", callConnect},
	{"connecttimeout", callConnect}, {"bindexception", callBind}, {"receivefrom", callRecvfrom},
	{"recvfrom", callRecvfrom}, {"receive", callRecv},
	{"recv", callRecv}, {"read", callRecv}, {"sendto", callSendto}, {"send", callSend}, {"write", callSend},
	{"accept", callAccept}, {"bind", callBind}, {"listen", callListen},
}
