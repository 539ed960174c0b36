package annotate

import "bytes"

// A set of short words, looked up without regard to case.
type wordSet map[string]bool

func newSet(words ...[]byte) wordSet {
	s := make(wordSet)
	for _, list := range words {
		for _, w := range bytes.Fields(list) {
			s[string(w)] = true
		}
	}
	return s
}

func (s wordSet) has(w []byte) bool {
	var low [16]byte
	if len(w) > len(low) {
		return false
	}
	for i, c := range w {
		low[i] = lower(c)
	}
	return s[string(low[:len(w)])]
}

// fileEndings are the ends of file names that logs follow with a line number.
// Where one is a country as well, the file wins: logs name more sources than
// Serbian hosts.
var fileEndings = newSet([]byte(`go py js ts rs c cc cpp cxx h hpp hh cs java kt kts rb php pl pm lua sh ps1 psm1
	psd1 bat cmd vb vbs sql log txt xml json yml yaml toml ini conf cfg html htm css exe dll sys so jar war class
	zip gz tar tmp dat csv md asm s m mm swift scala clj cljs ex exs erl hs fs fsx liq vue tsx jsx mjs cjs aspx
	asp ashx asmx svc jsp do cgi lock pid sock bin pyc pyx pas dpr inc tcl r d nim zig proto f90 cu groovy gradle`))

// topDomains are the last labels that make a dotted name a host without further
// proof; names of two letters count as well.
var topDomains = newSet([]byte(`com net org io dev app cloud internal local lan test example corp home
	localdomain intranet invalid edu gov mil int info biz arpa cluster localhost domain private prod`))

// noHosts are the words that stand where a host could and are none.
var noHosts = newSet([]byte(`any undef undefined unknown null nil none self this line column port error code`))

// isFile reports whether w is the name of a file.
func isFile(w []byte) bool {
	i := bytes.LastIndexByte(w, '.')
	return i >= 0 && fileEndings.has(w[i+1:])
}

// isDomain reports whether w is a dotted name that ends like a host's.
func isDomain(w []byte) bool {
	i := bytes.LastIndexByte(w, '.')
	if i <= 0 || isFile(w) || bytes.IndexByte(w, '_') > 0 {
		return false
	}
	label := w[i+1:]
	if topDomains.has(label) {
		return true
	}
	return len(label) == 2 && isLetter(label[0]) && isLetter(label[1]) && label[0] >= 'a' && label[1] >= 'a'
}

// isLabel reports whether w could be the name of a host at all.
func isLabel(w []byte) bool {
	letter := false
	for _, c := range w {
		letter = letter || isLetter(c)
	}
	return letter && len(w) <= 253
}

// looksLikeMachine reports whether a name without dots is built like a machine's,
// such as srv-app02, and not like the name of a thread or a job.
func looksLikeMachine(w []byte) bool {
	digit := false
	for _, c := range w {
		if c == '.' || c == '_' {
			return false
		}
		digit = digit || isDigit(c)
	}
	first := w[:bytes.IndexByte(w, '-')+1]
	return digit && len(first) > 1 && !workNames.has(first[:len(first)-1])
}

// workNames begin the names of threads and jobs.
var workNames = newSet([]byte(`thread worker pool task job pid tid line conn connection session proc process
	request req id exec executor queue channel stream event loop timer msg message item record batch`))

// hasDigitOrDash reports whether a single word looks like a host's name rather
// than a word of prose.
func hasDigitOrDash(w []byte) bool {
	for _, c := range w {
		if isDigit(c) || c == '-' {
			return true
		}
	}
	return false
}
