package main

// Words that programs of all sorts use of their work, and names to go with them.
const (
	prose = "" +
		"the|of|to|and|a|in|is|it|for|was|on|that|by|with|as|be|has|at|from|this|not|are|or|an|but|" +
		"which|can|will|all|been|more|when|no|if|out|so|into|only|its|time|some|could|them|other|than|" +
		"then|now|these|two|may|any|first|after|before|because|while|until|during|already|still|again|" +
		"without|between|through|however|invalid|valid|value|error|failed|failure|success|succeeded|" +
		"warning|exception|cannot|unable|missing|required|optional|specified|provided|given|existing|" +
		"available|supported|unsupported|number|size|length|limit|maximum|minimum|count|total|name|" +
		"type|mode|state|level|reason|cause|result|return|call|function|method|argument|parameter|" +
		"option|field|entry|item|element|block|buffer|space|disk|directory|folder|path|link|handle|" +
		"descriptor|pointer|code|text|string|integer|data|database|query|column|row|key|default|" +
		"current|previous|next|last|new|old|local|remote|internal|external|public|private|access|" +
		"permission|denied|allowed|forbidden|closed|broken|reset|retry|attempt|timeout|seconds|" +
		"minutes|hours|days|period|interval|start|stop|begin|end|finish|complete|running|waiting|" +
		"pending|blocked|locked|busy|idle|ready|active|inactive|enabled|disabled|installed|" +
		"initialised|terminated|aborted|cancelled|ignored|unexpected|unknown|undefined|empty|full|" +
		"large|small|short|long|low|high|connected|disconnected|established|listening|proxy|gateway|" +
		"router|port|packet|frame|header|body|content|encoding|format|version|release|build|module|" +
		"component|driver|device|hardware|software|application|program|library|class|instance|" +
		"attribute|property|certificate|signature|encryption|authentication|authorisation|password|" +
		"identity|role|group|member|owner|administrator|operator|user|client|server|domain|network|" +
		"socket|resource|transport|endpoint|channel|message|signal|notification|subscription|topic|" +
		"document|attachment|download|upload|transfer|progress|percent|bytes|memory|processor|usage|" +
		"average|statistics|summary|detail|information|description|reference|identifier"
	hosts = "web|db|app|cache|mail|edge|node-|SRV-APP|win-"
	nouns = "" +
		"request|response|user|order|session|cache|queue|worker|connection|message|file|index|record|" +
		"table|config|service|client|server|job|task|payment|invoice|report|event|socket|thread|" +
		"buffer|address|network|host|page|image|api|v1|v2|account|customer|product|search|login|" +
		"health|status|metrics|upload|static|assets|stream|partition|replica|shard|token|key|" +
		"certificate|backup|snapshot|transaction|lock|timer|protocol|operation|object|system|process|" +
		"memory|packet|interface|policy|resource"
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
