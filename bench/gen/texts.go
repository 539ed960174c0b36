package main

// texts are system texts as Windows prints them, by field name and code.
var texts = map[string]map[int]string{
	"en": {
		10013: "An attempt was made to access a socket in a way forbidden by its access permissions.",
		10038: "An operation was attempted on something that is not a socket.",
		10040: "A message sent on a datagram socket was larger than the internal message buffer or some other network limit, or the buffer used to receive a datagram into was smaller than the datagram itself.",
		10048: "Only one usage of each socket address (protocol/network address/port) is normally permitted.",
		10049: "The requested address is not valid in its context.",
		10050: "A socket operation encountered a dead network.",
		10051: "A socket operation was attempted to an unreachable network.",
		10053: "An established connection was aborted by the software in your host machine.",
		10054: "An existing connection was forcibly closed by the remote host.",
		10055: "An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full.",
		10060: "A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.",
		10061: "No connection could be made because the target machine actively refused it.",
		10065: "A socket operation was attempted to an unreachable host.",
		11001: "No such host is known.",
	},
	"zh": {
		10013: "以一种访问权限不允许的方式做了一个访问套接字的尝试。",
		10048: "通常每个套接字地址(协议/网络地址/端口)只允许使用一次。",
		10051: "向一个无法连接的网络尝试了一个套接字操作。",
		10053: "你的主机中的软件中止了一个已建立的连接。",
		10054: "远程主机强迫关闭了一个现有的连接。",
		10060: "由于连接方在一段时间后没有正确答复或连接的主机没有反应，连接尝试失败。",
		10061: "由于目标计算机积极拒绝，无法连接。",
		11001: "不知道这样的主机。",
	},
	"de": {
		10048: "Normalerweise darf jede Socketadresse (Protokoll, Netzwerkadresse oder Anschluss) nur jeweils einmal verwendet werden.",
		10054: "Eine vorhandene Verbindung wurde vom Remotehost geschlossen.",
		10060: "Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat, oder die hergestellte Verbindung war fehlerhaft, da der verbundene Host nicht reagiert hat.",
		10061: "Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte.",
	},
	"fr": {
		10054: "Une connexion existante a dû être fermée par l'hôte distant.",
		10061: "Aucune connexion n'a pu être établie car l'ordinateur cible l'a expressément refusée.",
	},
	"es": {
		10054: "Se ha forzado la interrupción de una conexión existente por el host remoto.",
		10061: "No se puede establecer una conexión ya que el equipo de destino denegó expresamente dicha conexión.",
	},
	"ja": {
		10054: "既存の接続はリモート ホストに強制的に切断されました。",
		10061: "対象のコンピューターによって拒否されたため、接続できませんでした。",
	},
	"ru": {
		10054: "Удаленный хост принудительно разорвал существующее подключение.",
		10061: "Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение.",
	},
}

// weights say how often the codes come up, in the proportions of a busy server;
// the other codes of the catalogue share what rareWeight gives each of them.
var weights = map[int]int{
	10061: 3000, 10054: 2500, 10060: 2000, 10053: 700, 10048: 400, 11001: 400, 10013: 200, 10065: 150,
	10051: 150, 10049: 100, 10055: 80, 10035: 80, 10050: 60, 10038: 60, 10040: 40, 10057: 40, 11002: 40, 10106: 20,
}

const rareWeight = 2
