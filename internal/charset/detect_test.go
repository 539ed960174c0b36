package charset

import (
	"encoding/binary"
	"strings"
	"testing"
)

// oneLiners holds texts that must be recognised from one line alone.
var oneLiners = map[*Encoding][]string{
	GBK: {
		"2026-07-14 10:22:33 连接数据库失败: 由于目标计算机积极拒绝，无法连接。 10061",
		"[ERROR] 套接字错误 10054：远程主机强迫关闭了一个现有的连接。",
		"用户登录超时", "错误",
	},
	Big5: {
		"無法連線，因為目標電腦拒絕連線。", "遠端主機已強制關閉一個現存的連線。", "錯誤",
	},
	ShiftJIS: {
		"対象のコンピューターによって拒否されたため、接続できませんでした。",
		"既存の接続はリモート ホストに強制的に切断されました。", "エラー",
	},
	EUCKR: {
		"대상 컴퓨터에서 연결을 거부했으므로 연결하지 못했습니다.",
		"현재 연결은 원격 호스트에 의해 강제로 끊겼습니다.", "오류 10054",
	},
	Windows1251: {
		"Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение.",
		"10:00:01 Удаленный хост принудительно разорвал существующее подключение.", "Ошибка",
	},
	Windows1252: {
		"Es konnte keine Verbindung hergestellt werden (für Zugriffsrechte des Sockets unzulässig)",
		"Une connexion existante a dû être fermée par l'hôte distant.",
		"Se ha forzado la interrupción de una conexión existente por el host remoto.",
		"Foi forçado o cancelamento de uma conexão existente pelo host remoto.",
	},
}

func TestGuessFromOneLine(t *testing.T) {
	t.Parallel()
	for _, e := range legacy() {
		if len(oneLiners[e]) == 0 {
			t.Errorf("%s: no text to recognise it by: add some to this test", e.Name)
		}
		for _, line := range oneLiners[e] {
			var d Detector
			raw := encodeString(t, e, line+"\r\n")
			if got := d.Look(raw); got != e {
				t.Errorf("%s read as %v: %s", e.Name, got, line)
			}
		}
	}
}

// encodeString encodes s by searching e's table.
func encodeString(t *testing.T, e *Encoding, s string) []byte {
	t.Helper()
	codes := map[string][]byte{}
	table := e.load()
	text := func(c cell) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(c))[:c.size()]) }
	for i, c := range table.double {
		if k := text(c); c != 0 && codes[k] == nil {
			codes[k] = []byte{byte(i/trails + 0x80), byte(i%trails + firstTrail)}
		}
	}
	for i, c := range table.single {
		if c != 0 {
			codes[text(c)] = []byte{byte(i + 0x80)}
		}
	}
	var out []byte
	for _, r := range s {
		switch b := codes[string(r)]; {
		case r < 0x80:
			out = append(out, byte(r))
		case b == nil:
			t.Fatalf("%q is not in %s", r, e.Name)
		default:
			out = append(out, b...)
		}
	}
	return out
}

func TestBegin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		odd   bool
		final bool
		want  *Encoding
		mark  int
		done  bool
	}{
		{in: "\xEF\xBB\xBFx", want: UTF8, mark: 3, done: true},
		{in: "\xFF\xFEa\x00", want: UTF16LE, mark: 2, done: true},
		{in: "\xFE\xFF\x00a", want: UTF16BE, mark: 2, done: true},
		{in: "\xFF"}, {in: "\xFE"}, {in: "\xEF\xBB"},
		{in: "\xFF", final: true, done: true},
		{in: "a"},
		{in: "a", final: true, done: true},
		{in: "a\n", done: true},
		{in: "a\x00b\x00", want: UTF16LE, done: true},
		{in: "\x00\r\x00\n\x00 ", done: true},
		{in: "\x00a\x00b", want: UTF16BE, done: true},
		{in: "\x00a\x00b\x00", odd: true, want: UTF16LE, done: true},
		{in: "\x1A\x4F\xEF\x8Fa\x00 \x00\x31\x00\r\x00\n\x00", want: UTF16LE, done: true}, // mostly Chinese
		{in: "plain text\n", done: true},
		{in: "a log with a hole \x00\x00\x00\x00\x00\x00\x00\n", done: true},
		{in: "\x00\x00\x00\x00\x00\x00\x00\x00", done: true},
		{in: "\x01\x00\x02\x00\x03\x00\x04\x00", done: true}, // numbers, not text
	} {
		var d Detector
		mark, done := d.Begin([]byte(c.in), c.odd, c.final)
		if d.Encoding() != c.want || mark != c.mark || done != c.done {
			t.Errorf("%q: %v, mark %d, done %v; want %v, %d, %v", c.in, d.Encoding(), mark, done, c.want, c.mark, c.done)
		}
	}
}

func TestForcedEncodingStaysAndDropsItsOwnMarkOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		force *Encoding
		in    string
		mark  int
	}{
		{UTF16LE, "\xFF\xFEa\x00", 2}, {UTF16LE, "a\x00", 0}, {GBK, "\xFF\xFEa\x00", 0}, {GBK, "é\n", 0}, {Raw, "\xEF\xBB\xBFx", 0},
	} {
		var d Detector
		d.Restart(c.force)
		mark, done := d.Begin([]byte(c.in), false, false)
		if mark != c.mark || !done || d.Look([]byte(c.in)) != c.force {
			t.Errorf("%s %q: mark %d, done %v, %v", c.force.Name, c.in, mark, done, d.Encoding())
		}
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	cut := strings.Repeat("连接失败 ", 40) + "\xE8\xBF\n"
	for _, c := range []struct {
		name  string
		lines []string
		want  []*Encoding
		sure  bool
	}{
		{"ASCII decides nothing", []string{"a\n", "b\n"}, []*Encoding{nil, nil}, false},
		{"UTF-8", []string{"a\n", "连接失败\n", "b\n"}, []*Encoding{nil, UTF8, UTF8}, true},
		{"UTF-8 with a cut character", []string{cut}, []*Encoding{UTF8}, true},
		{"one accent is thin", []string{"caf\u00e9\n"}, []*Encoding{UTF8}, false},
		{"thin evidence may be overruled", []string{"caf\u00e9\n", "\xC1\xAC\xBD\xD3\xCA\xA7\xB0\xDC\xA3\xBA\xCD\xF8\xC2\xE7\xB4\xED\xCE\xF3\n"},
			[]*Encoding{UTF8, GBK}, true},
		{"noise", []string{"\x80\xFF\x90\x00\x01\xF8\x02\xF9\x03\xFF\x81\x20\x07\xFF\n"}, []*Encoding{Raw}, false},
	} {
		var d Detector
		for i, l := range c.lines {
			if got := d.Look([]byte(l)); got != c.want[i] {
				t.Errorf("%s: line %d: %v, want %v", c.name, i, got, c.want[i])
			}
		}
		if d.Decided() != c.sure {
			t.Errorf("%s: decided %v", c.name, d.Decided())
		}
	}
}
