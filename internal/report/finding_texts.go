package report

import "wsalog/rules"

var causesEnglish = causeTexts{
	lang:       rules.English,
	down:       "%s refused %s connections: the host answers, but nothing listens on that port. The service is down, or the port is wrong, or a firewall rejects.",
	downFor:    "%s refused %s connections from %s to %s and not outside that time: the service was down or restarting.",
	downAll:    "%s refused %s connections, from %s to %s, all through the log: the service never ran, or the port is wrong, or a firewall rejects.",
	noAnswer:   "%s gave no answer %s times and hardly failed otherwise: the host is off, the route is gone, or a firewall drops the packets.",
	idle:       "Connections with %s were cut %s times, at a steady gap of %s ± %s s: something between the two ends drops idle connections. Keep-alives at a shorter interval should help.",
	noRoute:    "%s times there was no way to the target (%s): the link, the route or the gateway of this machine failed.",
	wayOut:     "%s time-outs hit %s peers, most of them from %s to %s: when many peers fall silent together, the way out of this machine is the likelier fault.",
	ports:      "%d came %s times, first at %s, %s after a storm of %d (%s hits) began: retries may have used up the local ports. Longer waits between retries, or fewer connections, should help.",
	excluded:   "bind was denied %s (10013): the port lies in a reserved range (Hyper-V and WinNAT reserve some at start), or another program holds it exclusively. Look at: netsh int ipv4 show excludedportrange protocol=tcp",
	inUse:      "bind found its port taken %s (10048): another program, or an earlier instance of this one, has it. Look at: netstat -ano",
	tooMany:    "%s times no more sockets could be opened (10024): the program probably leaks them.",
	oneName:    "The name %s could not be resolved %s times (%s) and hardly any other failed: the name is wrong or was removed, while the name service works.",
	dns:        "%s look-ups of %s names failed, most of them from %s to %s: when many names fail together, the name service or the way to it was down.",
	handle:     "%s calls used a handle that is no open socket (%s): one part of the program probably closes sockets that another still uses.",
	notStarted: "%s calls came before WSAStartup or after WSACleanup (10093): the program starts or ends WinSock at the wrong place.",
}

var causesChinese = causeTexts{
	lang:       rules.Chinese,
	down:       "%s 拒绝了 %s 次连接：主机有应答，但该端口没有程序监听。可能是服务停止、端口写错，或被防火墙拒绝。",
	downFor:    "%s 拒绝了 %s 次连接，只发生在 %s 到 %s 之间：当时服务停止或正在重启。",
	downAll:    "%s 拒绝了 %s 次连接，从 %s 到 %s 贯穿整个日志：服务一直没有运行，或端口写错，或被防火墙拒绝。",
	noAnswer:   "%s 有 %s 次毫无应答，几乎没有别的错误：主机关机、路由中断，或防火墙丢弃了数据包。",
	idle:       "与 %s 的连接被断开 %s 次，间隔稳定在 %s ± %s 秒：两端之间的设备会清除空闲连接，把保活间隔设得更短应有帮助。",
	noRoute:    "有 %s 次找不到通往目标的路（%s）：本机的链路、路由或网关出了问题。",
	wayOut:     "%s 次超时涉及 %s 个对端，大多发生在 %s 到 %s 之间：许多对端同时没有应答，更可能是本机的出口有问题。",
	ports:      "%d 出现 %s 次，首次在 %s；此前 %s，%d 开始大量出现（%s 次）：重试可能耗尽了本地端口，拉长重试间隔或减少连接数应有帮助。",
	excluded:   "bind 被拒绝 %s（10013）：端口落在保留范围内（Hyper-V 和 WinNAT 启动时会保留一些），或被其他程序独占。请查看：netsh int ipv4 show excludedportrange protocol=tcp",
	inUse:      "bind 有 %s发现端口已被占用（10048）：被其他程序或本程序先前的实例占用。请查看：netstat -ano",
	tooMany:    "有 %s 次无法再打开套接字（10024）：程序多半有套接字泄漏。",
	oneName:    "名称 %s 有 %s 次无法解析（%s），其他名称几乎没有失败：名称写错或已被删除，名称服务本身正常。",
	dns:        "%s 次解析失败涉及 %s 个名称，大多发生在 %s 到 %s 之间：许多名称同时失败，多半是名称服务或通往它的网络中断。",
	handle:     "%s 次调用使用了并非打开的套接字的句柄（%s）：程序的一处多半关闭了另一处仍在使用的套接字。",
	notStarted: "%s 次调用发生在 WSAStartup 之前或 WSACleanup 之后（10093）：程序初始化或结束 WinSock 的位置不对。",
}
