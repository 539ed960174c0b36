package charset

import "testing"

func TestGuessOneLine(t *testing.T) {
	lines := map[string][]string{
		"gbk":          {"2026-07-14 10:22:33 连接数据库失败: 由于目标计算机积极拒绝，无法连接。 10061", "错误", "[ERROR] 套接字错误 10054：远程主机强迫关闭了一个现有的连接。", "用户登录超时"},
		"big5":         {"無法連線，因為目標電腦拒絕連線。", "錯誤", "遠端主機已強制關閉一個現存的連線。"},
		"shift-jis":    {"対象のコンピューターによって拒否されたため、接続できませんでした。", "エラー", "既存の接続はリモート ホストに強制的に切断されました。"},
		"euc-kr":       {"대상 컴퓨터에서 연결을 거부했으므로 연결하지 못했습니다.", "오류", "현재 연결은 원격 호스트에 의해 강제로 끊겼습니다."},
		"windows-1251": {"Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение.", "Ошибка", "Удаленный хост принудительно разорвал существующее подключение."},
		"windows-1252": {"Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte (für dönerläden)", "L'hôte distant a fermé", "Se ha forzado la interrupción de una conexión existente por el host remoto."},
	}
	for name, ls := range lines {
		e, _ := ByName(name)
		for _, l := range ls {
			raw := encodeString(t, e, l+"\r\n")
			g, m := guess(raw)
			t.Logf("%-13s -> %-13s %.1f %s", name, g.Name, m, l)
			if g != e {
				t.Errorf("WRONG")
			}
		}
	}
}
func encodeString(t *testing.T, e *Encoding, s string) []byte {
	t.Helper()
	out := []byte{}
	tab := e.load()
	inv := map[string][]byte{}
	for i, c := range tab.single {
		if c.size > 0 {
			inv[string(c.text[:c.size])] = []byte{byte(i + 128)}
		}
	}
	for i, c := range tab.double {
		if c.size > 0 {
			k := string(c.text[:c.size])
			if inv[k] == nil {
				inv[k] = []byte{byte(i/trails + 128), byte(i%trails + firstTrail)}
			}
		}
	}
	for _, r := range s {
		if r < 128 {
			out = append(out, byte(r))
		} else {
			b := inv[string(r)]
			if b == nil {
				t.Fatalf("no %q in %s", r, e.Name)
			}
			out = append(out, b...)
		}
	}
	return out
}
