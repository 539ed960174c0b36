package main

import "fmt"

// daemons writes what servers and systems say of themselves, in the words that their
// programs have for it.
func daemons(w *writer) string {
	switch w.IntN(3) {
	case 0:
		return fmt.Sprintf("%s [%s] %d#%d: %s", w.stamp("2006/01/02 15:04:05"), w.of("warn|warn|notice|error|crit"),
			w.pid(), w.pid(), w.nginx())
	case 1:
		return fmt.Sprintf("%s UTC [%d] %s", w.stamp("2006-01-02 15:04:05.000"), w.pid(), w.postgres())
	}
	return fmt.Sprintf("%s %s %s", w.stamp("Jan _2 15:04:05"), w.host(), w.system())
}

func (w *writer) nginx() string {
	return fmt.Sprintf("*%d %s, client: %s, server: %s, request: \"%s %s HTTP/1.1\", host: \"%s\"", w.number(24),
		w.pick(
			fmt.Sprintf("a client request body is buffered to a temporary file /var/cache/nginx/client_temp/%010d", w.number(16)),
			fmt.Sprintf("an upstream response is buffered to a temporary file /var/cache/nginx/proxy_temp/%d/%02d/%010d while reading upstream",
				w.IntN(10), w.IntN(100), w.number(16)),
			fmt.Sprintf(`open() "/usr/share/nginx/html%s" failed (2: No such file or directory)`, w.path()),
			fmt.Sprintf("limiting requests, excess: %d.%03d by zone \"%s\"", w.IntN(20), w.IntN(1000), w.of(nouns)),
			"client intended to send too large body: "+fmt.Sprint(w.number(27))+" bytes"),
		w.ip(), w.host(), w.of("GET|POST"), w.path(), w.host())
}

func (w *writer) postgres() string {
	return w.pick(
		"LOG:  database system is ready to accept connections",
		"LOG:  database system was shut down at "+w.stamp("2006-01-02 15:04:05 MST"),
		"LOG:  checkpoint starting: "+w.of("time|wal|immediate force wait"),
		fmt.Sprintf(`LOG:  temporary file: path "base/pgsql_tmp/pgsql_tmp%d.%d", size %d`, w.pid(), w.IntN(90), w.number(28)),
		fmt.Sprintf(`LOG:  automatic vacuum of table "%s.public.%s": index scans: %d`, w.of(nouns), w.of(nouns), w.IntN(3)),
		fmt.Sprintf("LOG:  connection received: host=%s port=%d", w.ip(), w.port()),
		fmt.Sprintf("LOG:  connection authorized: user=%s database=%s application_name=%s", w.of(nouns), w.of(nouns), w.of(nouns)),
		fmt.Sprintf(`ERROR:  duplicate key value violates unique constraint "%s_pkey"`, w.of(nouns)),
		fmt.Sprintf(`FATAL:  password authentication failed for user "%s"`, w.of(nouns)))
}

func (w *writer) system() string {
	return w.pick(
		fmt.Sprintf("systemd[1]: Started Session %d of user %s.", w.number(14), w.of(nouns)),
		fmt.Sprintf("systemd[1]: %s.service: Succeeded.", w.of(nouns)),
		"systemd[1]: Starting Cleanup of Temporary Directories...",
		"systemd[1]: Reached target Network is Online.",
		fmt.Sprintf("sshd[%d]: Accepted publickey for %s from %s port %d ssh2: ED25519 SHA256:%s", w.pid(), w.of(nouns), w.ip(), w.port(), w.token()),
		fmt.Sprintf("sshd[%d]: pam_unix(sshd:session): session opened for user %s by (uid=0)", w.pid(), w.of(nouns)),
		fmt.Sprintf("CRON[%d]: (root) CMD (run-parts --report /etc/cron.%s)", w.pid(), w.of("hourly|daily|weekly")),
		fmt.Sprintf("kernel: [%d.%06d] eth%d: Link is Up - 1000Mbps/Full - flow control rx/tx", w.number(22), w.IntN(1000000), w.IntN(4)),
		fmt.Sprintf("dhclient[%d]: DHCPACK of %s from %s", w.pid(), w.ip(), w.ip()))
}
