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

// maxWord is the length of the longest word in the tables.
const maxWord = 24

var roleWords = map[role][]string{
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

// words is built from roleWords and callWords; wordLengths says for each pair of
// first and last letter which lengths occur, so that most words of a line cost no
// look-up.
var words, wordLengths = func() (map[string]wordInfo, [32][32]uint32) {
	m := make(map[string]wordInfo)
	for r, list := range roleWords {
		for _, w := range list {
			info := m[w]
			info.role = r
			m[w] = info
		}
	}
	for _, c := range callWords {
		for _, w := range c.words {
			info := m[w]
			info.call, info.weight = c.call, c.weight
			m[w] = info
		}
	}
	var lengths [32][32]uint32
	for w := range m {
		lengths[w[0]%32][w[len(w)-1]%32] |= 1 << len(w)
	}
	return m, lengths
}()

// lookUp returns what is known about a word, whatever its case.
func lookUp(w []byte) wordInfo {
	if len(w) == 0 || len(w) > maxWord || wordLengths[w[0]%32][w[len(w)-1]%32]&(1<<len(w)) == 0 {
		return wordInfo{}
	}
	var low [maxWord]byte
	for i, c := range w {
		low[i] = lower(c)
	}
	return words[string(low[:len(w)])]
}

func lower(c byte) byte {
	if c-'A' < 26 {
		c |= 0x20
	}
	return c
}
