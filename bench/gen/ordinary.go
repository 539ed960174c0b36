package main

// ordinary are the lines of a healthy server, by the program that prints them.
var ordinary = map[string][]string{
	"nginx": {
		`{client} - - [{apache}] "{method} {path} HTTP/1.1" {status} {bytes} "-" "{agent}"`,
		`{client} - {user} [{apache}] "{method} {path}?id={order} HTTP/2.0" {status} {bytes} "https://{dns}.example.com{path}" "{agent}"`,
		`{slash} [info] {pid}#{pid}: *{seq} client {client} closed keepalive connection`,
		`{slash} [warn] {pid}#{pid}: *{seq} an upstream response is buffered to a temporary file while reading upstream, client: {client}, server: {dns}.example.com, request: "{method} {path} HTTP/1.1", upstream: "http://{host}:{port}{path}"`,
	},
	"dotnet": {
		`{iso} +02:00 [INF] Microsoft.AspNetCore.Hosting.Diagnostics[1] Request starting HTTP/1.1 {method} https://{dns}.example.com{path} - - -`,
		`{iso} +02:00 [INF] System.Net.Http.HttpClient.{service}.LogicalHandler[101] End processing HTTP request after {ms}.{line}ms - {status}`,
		`{iso} +02:00 [DBG] Orders.Worker.Outbox Batch of {small} messages sent in {ms} ms`,
		`{iso} +02:00 [WRN] Orders.Worker.Health Process {pid} working set {line} MB, handles {pid}`,
	},
	"java": {
		`{comma} {level} [http-nio-8080-exec-{pool}] com.example.{service}.{class} - order {order} stored in {ms} ms`,
		`{comma} {level} [kafka-producer-{pool}] o.a.kafka.clients.Metadata - Cluster ID: {trace}, partition {small}, offset {seq}`,
		`{comma} DEBUG [main] o.h.SQL - select o.id, o.total from {table} o where o.customer_id={order} and o.state in ('NEW','PAID') order by o.id`,
		"{comma} WARN  [scheduler-{pool}] com.example.{service}.{class} - slow step\njava.lang.IllegalStateException: step took {ms} ms\n\tat com.example.{service}.{class}.run({class}.java:{line})\n\tat java.base/java.lang.Thread.run(Thread.java:840)",
	},
	"syslog": {
		`{syslog} {server} sshd[{pid}]: Accepted publickey for {user} from {host} port {eport} ssh2: ED25519 SHA256:{trace}{trace}`,
		`{syslog} {server} CRON[{pid}]: ({user}) CMD (/usr/local/bin/rotate --keep {small})`,
		`{syslog} {server} kernel: [{pid}.{order}] eth0: link up, 1000 Mbps, full duplex`,
		`{syslog} {server} haproxy[{pid}]: {client}:{eport} [{clock}] {service} be/{server} {small}/0/{small}/{ms}/{ms} {status} {bytes} - - ---- 4/4/0/0/0 0/0 "{method} {path} HTTP/1.1"`,
	},
	"go": {
		`time={exact}+02:00 level=INFO msg="request served" method={method} path={path} status={status} bytes={bytes} dur={ms}ms trace={trace}`,
		`time={exact}+02:00 level=DEBUG msg="cache refreshed" service={service} entries={order} took={ms}.{line}ms`,
		`{"time":"{micro}Z","level":"INFO","msg":"published","topic":"{service}.events","partition":{small},"offset":{seq},"id":"{uuid}"}`,
	},
	"python": {
		`{comma} INFO worker[{pid}] {service}.tasks: task {uuid} finished in 0.{line}s`,
		`{comma} DEBUG worker[{pid}] urllib3.connectionpool: https://{dns}.example.com:443 "{method} {path} HTTP/1.1" {status} {bytes}`,
		`{comma} WARNING worker[{pid}] {service}.retry: attempt {small} of 100 for order {order}`,
	},
	"postgres": {
		`{iso} CEST [{pid}] {user}@shop LOG:  duration: {ms}.{line} ms  execute <unnamed>: SELECT * FROM {table} WHERE id = $1`,
		`{iso} CEST [{pid}] LOG:  checkpoint complete: wrote {pid} buffers ({small}.{small}%); 0 WAL file(s) added, 0 removed, {small} recycled; write={ms}.{line} s, sync=0.{line} s`,
		`{iso} CEST [{pid}] {user}@shop LOG:  connection authorized: user={user} database=shop SSL enabled (protocol=TLSv1.3, bits=256)`,
	},
	"iis": {
		`{plain} 10.0.0.11 {method} {path} - 443 - {client} {wagent} - {status} 0 {win32} {ms}`,
		`{plain} 10.0.0.11 {method} {path} id={order} 443 {user} {client} {wagent} https://{dns}.example.com/ {status} 0 {win32} {ms}`,
	},
	"short": {
		`{clock} I ok {seq}`,
		`{clock} D tick {small}`,
		`{clock} I {service} up`,
		`{clock} W {server} slow {ms} ms`,
		`{clock} I {host}:{port} open`,
	},
	"long": {
		`{"time":"{isot}","level":"INFO","service":"{service}","msg":"request","data":{"id":"{uuid}"{filler}}}`,
		`{iso} DEBUG [{service}] body of order {order}: {"id":"{uuid}"{filler}}`,
	},
	"chinese": {
		`{iso} [信息] [订单] 订单 {order} 已保存，耗时 {ms} 毫秒`,
		`{iso} [调试] [缓存] 刷新完成，共 {order} 条，命中率 {small}%`,
		`{iso} [信息] [网关] 客户端 {client}:{eport} 已连接，会话 {uuid}`,
		`{iso} [警告] [库存] 商品 {order} 的库存低于 {small} 件，请及时补货`,
		`{iso} [信息] [物流] 包裹 {trace} 已从 {server} 发出，预计 {small} 小时后送达`,
		`{iso} [信息] [任务] 进程 {pid} 处理了 {small} 个文件，共 {bytes} 字节`,
	},
}

// families says which programs a style of log mixes.
var families = map[string][]string{
	"mixed":    {"nginx", "nginx", "dotnet", "java", "syslog", "go", "python", "postgres", "iis"},
	"services": {"nginx", "nginx", "dotnet", "java", "syslog", "go", "python", "postgres"}, // no W3C header anywhere
	"iis":      {"iis"},
	"short":    {"short"},
	"long":     {"long"},
	"chinese":  {"chinese"},
	"oneline":  {"long"},
}

// iisHeader stands above IIS rows when the service starts.
const iisHeader = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: {plain}
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken`

// decoys hold a number of the range of WinSock codes that is something else.
var decoys = []string{
	`{syslog} {server} sshd[{decoy}]: Connection from {host} port {decoy} on {host} port 22`,
	`{iso} INFO  [pool-{pool}] listening on port {decoy}`,
	`{iso} INFO  [pool-{pool}] client {host}:{decoy} connected`,
	`{client} - - [{apache}] "GET {path} HTTP/1.1" 200 {decoy} "-" "{agent}"`,
	`{comma} INFO worker[{decoy}] {service}.tasks: task {uuid} finished in 0.{line}s`,
	`{iso} CEST [{decoy}] {user}@shop LOG:  disconnection: session time: 0:00:{small} user={user} database=shop host={host} port={decoy}`,
	`{iso} INFO  [event] DistributedCOM 10016 seen {small} times`,
	`{slash} [notice] {pid}#{pid}: start worker process {decoy}`,
	`{comma} DEBUG [main] com.example.{service}.{class} - at com.example.{service}.{class}.run({class}.java:{decoy})`,
	`{iso} INFO  [zabbix] agent answers on {host}:10050, server on {host}:10051`,
}

// members are the parts of a long line.
var members = []string{
	`,"sku":"{hex}"`, `,"qty":{small}`, `,"price":{ms}.{small}`, `,"at":"{isot}"`, `,"url":"https://{dns}.example.com{path}"`,
	`,"note":"packed at the east gate, seal checked twice"`, `,"tags":["{service}","{table}","{user}"]`, `,"ref":"{uuid}"`,
	`,"from":"{host}"`, `,"weight":{order}`,
}
