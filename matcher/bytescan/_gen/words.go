package main

import (
	_ "embed"
	"strings"
)

// words.txt holds the words of real logs and English documentation, those first that
// stand in most texts: counted in the sixteen logs of loghub (github.com/logpai/loghub),
// manual pages, package documentation, and the messages and comments of Go's library.
//
//go:embed words.txt
var wordList string

// prose lists them.
var prose = strings.Fields(wordList)

// Words that programs of all sorts use of their work, and names to go with them.
const (
	hosts = "web|db|app|cache|mail|edge|node-|SRV-APP|win-"
	nouns = "" +
		"request|response|user|order|session|cache|queue|worker|connection|message|file|index|record|" +
		"table|config|service|client|server|job|task|payment|invoice|report|event|socket|thread|" +
		"buffer|address|network|host|page|image|api|v1|v2|account|customer|product|search|login|" +
		"health|status|metrics|upload|static|assets|stream|partition|replica|shard|token|key|" +
		"certificate|backup|snapshot|transaction|lock|timer|protocol|operation|object|system|process|" +
		"memory|packet|interface|policy|resource|orders|items|stock|prices|billing|payments|sessions"
	verbs = "" +
		"started|stopped|finished|received|sent|created|updated|deleted|processed|loaded|saved|opened|" +
		"closed|connected|accepted|rejected|flushed|rotated|expired|completed|scheduled|queued|" +
		"resolved|validated|skipped|retried|refreshed|committed|registered|synchronised"
	actions = "" +
		"open|close|read|write|send|load|parse|connect|resolve|flush|validate|handle|execute|invoke|" +
		"process|run|accept|commit|acquire|renew"
	troubles = "" +
		"connection refused|connection timed out|no such file or directory|permission denied|" +
		"unexpected end of input|invalid argument in request|the remote side closed the stream|" +
		"host is not reachable|timeout after 30 s|too many requests|resource is busy|" +
		"address is not valid|not found|broken pipe|operation was cancelled|" +
		"the specified name is unknown"
	zhNouns = "订单|用户|请求|连接|服务器|数据库|缓存|文件|任务|消息|网络|系统|地址|接口|会话|主机|配置|支付|日志"
	zhVerbs = "已经启动|处理完成|发送成功|接收|正在关闭|无法打开|超时，重新尝试|更新|删除|不支持|等待|返回无效的|同步到|拒绝"
)
