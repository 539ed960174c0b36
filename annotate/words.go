package annotate

// A role is what a word says about the endpoint that follows it.
type role uint8

// The roles.
const (
	roleNone    role = iota
	rolePort         // a port number follows
	roleHost         // names a host or address: host=, address:
	roleServer       // server
	roleRemote       // the other end for certain: peer, upstream, remote, target
	roleLocal        // this end: local, source
	roleClient       // client
	roleTo           // to, on, at, with
	roleFrom         // from
	roleLookup       // a name to be resolved follows
	roleReferer      // a web page, never an endpoint
	roleVersion      // a version number follows
	roleFailed       // failed, error, errno: what stands before it went wrong
	roleTrying       // "could not", "failed to", "while": what follows went wrong
	roleLost         // a connection that existed
)

// A wordInfo is what the lexer knows about a word.
type wordInfo struct {
	role   role
	call   callID
	weight int8 // how surely the word means the call, 0 to 60
}

// roleWords holds the words of each role.
var roleWords = [...][]string{
	rolePort: {"port", "dpt", "dport", "dst_port", "remote_port", "remoteport", "rport", "puerto", "porta", "destport"},
	roleHost: {"host", "hostname", "address", "addr", "ip", "hostaddr", "fqdn", "node", "endpoint",
		"broker", "bootstrap", "host_name", "hostip", "adresse", "servername", "server_name", "computer"},
	roleServer: {"server", "servidor", "serveur", "serwer"},
	roleRemote: {"peer", "upstream", "remote", "remoteendpoint", "remoteaddr", "remoteaddress", "remote_addr",
		"remote_address", "remote_ip", "remoteip", "raddr", "rhost", "dst", "dest", "destination", "dst_ip", "dstip",
		"daddr", "target", "peeraddr", "peer_addr", "peername", "backend", "master", "rip", "destip", "peer_ip"},
	roleLocal: {"local", "localendpoint", "laddr", "localaddr", "local_addr", "localaddress", "local_address",
		"local_ip", "src", "source", "src_ip", "srcip", "saddr", "lhost", "sip", "src_addr"},
	roleClient: {"client", "clientip", "client_ip", "c-ip"},
	roleTo: {"to", "on", "at", "with", "for", "of", "zu", "mit", "bei", "con", "avec", "reach", "against", "via",
		"into", "contacting", "reaching", "contact"},
	roleFrom:    {"from", "von", "desde", "by"},
	roleLookup:  {"lookup", "enotfound", "resolve", "resolving", "eai_again"},
	roleReferer: {"referrer", "referer"},
	roleVersion: {"version", "ver", "build", "release", "firmware", "agent", "driver"},
	roleFailed: {"failed", "fail", "failure", "error", "errno", "fehler", "fehlgeschlagen", "returned", "returns",
		"refused", "threw", "timed", "timeout", "code", "err"},
	roleTrying: {"while", "unable", "cannot", "could", "couldn", "can", "not", "attempt", "attempting", "trying",
		"during", "beim", "tried"},
	roleLost: {"lost", "existing", "established", "closed", "reset", "closing", "dropping", "dropped"},
}

// A wordSet says what a token is, besides its role and its call.
type wordSet uint8

const (
	setNoHost    wordSet = 1 << iota // stands where a host could and is none
	setBetween                       // may stand between a role and its endpoint
	setObject                        // makes a call of a connection
	setIPVersion                     // names a version of the protocol

	// No list holds these: the parts of a name tell.
	setFile   // the dotted name of a file
	setDomain // the dotted name of a host
)

var setWords = [...]struct {
	set   wordSet
	words string
}{
	{setNoHost, `any undef undefined unknown null nil none self this line column port error code`},
	// As in "server=tcp:db,1433", "host name: db" and Rust's host: Some(Domain("db")).
	{setBetween, `tcp udp the name some domain ncacn_ip_tcp ssl tls`},
	{setObject, `to attempt zu mit a al con avec`},
	{setIPVersion, `ipv4 ipv6`},
}

// A namePart says what a word is as part of a name.
type namePart uint8

const (
	partFile   namePart = 1 << iota // ends the name of a file
	partDomain                      // ends the name of a host
	partWork                        // begins the name of a thread or a job
)

var nameParts = [...]struct {
	part  namePart
	words string
}{
	// Logs follow the names of these files with a line number. Where an ending is a
	// country as well, the file wins: logs name more sources than Serbian hosts.
	{partFile, `go py js ts rs c cc cpp cxx h hpp hh cs java kt kts rb php pl pm lua sh ps1 psm1
		psd1 bat cmd vb vbs sql log txt xml json yml yaml toml ini conf cfg html htm css exe dll sys so jar war class
		zip gz tar tmp dat csv md asm s m mm swift scala clj cljs ex exs erl hs fs fsx liq vue tsx jsx mjs cjs aspx
		asp ashx asmx svc jsp do cgi lock pid sock bin pyc pyx pas dpr inc tcl r d nim zig proto f90 cu groovy gradle`},
	// A dotted name that ends like this is a host without further proof; names of two
	// letters count as well.
	{partDomain, `com net org io dev app cloud internal local lan test example corp home
		localdomain intranet invalid edu gov mil int info biz arpa cluster localhost domain private prod`},
	{partWork, `thread worker pool task job pid tid line conn connection session proc process
		request req id exec executor queue channel stream event loop timer msg message item record batch`},
}

func lower(c byte) byte {
	if c-'A' < 26 {
		c |= 0x20
	}
	return c
}
