package charset

// The models hold what text in each legacy encoding looks like: its commonest
// characters, those of error messages among them, with a rough probability, and
// a probability by code area for the rest. They need only be good enough to tell
// one line of one language from the same bytes read as another.

// A tier is a set of characters that are about equally common.
type tier struct {
	p     float64
	chars string
}

// A model scores text of one encoding.
type model struct {
	tiers []tier
	// area gives the probability of a character that no tier holds, from its
	// bytes in the encoding.
	area func(b []byte) float64
	// Probabilities that the next character is not ASCII, after an ASCII letter,
	// after other ASCII, and after a character that is not ASCII.
	afterLetter, afterOther, afterHigh float64
	// cased is true for alphabets in which a capital after a small letter is
	// a sign of a wrong guess.
	cased bool
}

// in reports whether lo <= b <= hi.
func in(b, lo, hi byte) bool { return lo <= b && b <= hi }

var gbkModel = model{
	afterLetter: .08, afterOther: .25, afterHigh: .85,
	tiers: []tier{
		{8e-3, "，。：的一是不了在有无法到接连错误失败"},
		{4e-3, "、（）“”！？；人我他这个们中来上大为和国地以说时要就出会可也你对生能而子得于" +
			"着下自之年过发后作用行所然事成方多经去同现当没动面起定天分还进好其主样本前开但" +
			"网络服务器端口远程主机地址超时拒绝关闭重置请求"},
		{8e-4, "里道家种么法学如都看小部些理心因只从想实日军者意力它与长把十民第公此已工使情明性知" +
			"全三又关点正业外将两高间由问很最物手应战向头文体政美相见被利什二等产或新己制身果加西斯" +
			"月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几" +
			"认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建做必场件计管期市直德资命山" +
			"金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路" +
			"记南品住告类据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运响套字缓冲" +
			"配置线异常志启停止户库访操句柄参效析域称协议载试登录断拨占返值未找初始版令效限源节试图" +
			"积极由于目标计算机没有足够系统列满执行每址协议网卡驱动单个双访问做权某种方式警告状态码消息队列"},
	},
	area: func(b []byte) float64 {
		switch {
		case len(b) == 4:
			return 1e-8
		case len(b) == 1:
			return 1e-5
		case b[1] >= 0xA1 && in(b[0], 0xB0, 0xD7):
			return 5e-5 // the 3,755 common characters of GB 2312
		case b[1] >= 0xA1 && in(b[0], 0xD8, 0xF7):
			return 2e-6
		case b[1] >= 0xA1 && (b[0] == 0xA1 || b[0] == 0xA3):
			return 2e-4 // punctuation and full-width forms
		case b[1] >= 0xA1 && in(b[0], 0xA2, 0xA9):
			return 5e-6
		}
		return 3e-7
	},
}

var big5Model = model{
	afterLetter: .08, afterOther: .25, afterHigh: .85,
	tiers: []tier{
		{8e-3, "，。：的一是不了在有無法到接連錯誤失敗"},
		{4e-3, "、（）「」！？；人我他這個們中來上大為和國地以說時要就出會可也你對生能而子得於" +
			"著下自之年過發後作用行所然事成方多經去同現當沒動面起定天分還進好其主樣本前開但" +
			"網路伺服器埠遠端主機位址逾時拒絕關閉重設請求連線通訊"},
		{8e-4, "裡道家種麼學如都看小部些理心因只從想實日軍者意力它與長把十民第公此已工使情明性知" +
			"全三又關點正業外將兩高間由問很最物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯" +
			"月話合回特代內信表化老給世位次度門任常先海教兒原東聲提立及比員解水名真論處走義各入幾" +
			"認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再感建做必場件計管期市直德資命" +
			"金指許統區保至隊形社便空決治展科司五基書非則聽界達光放強即難且權思完設式色記南品住告類據程" +
			"北邊該交規萬取格望術領共確傳師觀清今切院讓識候帶導爭運回應緩衝配置執緒異常啟停止戶庫訪操作控制代碼參效析域稱協定" +
			"載試登錄斷佔返值未找初始版令限源節圖通訊端緩區不足佇列嘗試已滿狀態訊息警告存取權限行程檔案"},
	},
	area: func(b []byte) float64 {
		switch {
		case len(b) == 1:
			return 1e-6
		case in(b[0], 0xA4, 0xC5):
			return 4e-5
		case in(b[0], 0xA1, 0xA3):
			return 1e-4
		case in(b[0], 0xC9, 0xF9):
			return 1.5e-6
		}
		return 2e-7
	},
}

var sjisModel = model{
	afterLetter: .08, afterOther: .25, afterHigh: .87,
	tiers: []tier{
		{2.5e-2, "のにはをたがでてとしれさいるなすんっーン"},
		{8e-3, "、。あうえおかきくけこせそちつぬねひふへほまみむめもやゆよらりろわだどばべげごじずぐスクトルアイラリタ"},
		{3e-3, "「」（）：・ァィゥェォウエオカキケコサシセソチツテナニヌネノハヒフヘホマミムメモヤユヨレロワヲヴガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポッャュョ" +
			"ざぎぞびぶぼぱぴぷぺぽゃゅょ接続失敗拒否対象通信相手強制切断要求応答時間行"},
		{8e-4, "日一人年大十二本中長出三同上生国自分前者発後事会社新見場合方地内部下高部定的動度成立来手入用主体不全目最表性法名理物力関係" +
			"取得開閉使可能無効指有既存待受接先元送元信機器番号操作完了処理異常警告情報設定環境変更読込書込削除作成起動停止終再試" +
			"許可権限範囲外個別回復到達以過超割当現在実行中確認参照詳細正当例外呼出引数値型式初期化解決名前領域不足"},
	},
	area: func(b []byte) float64 {
		switch {
		case len(b) == 1:
			return 1e-4 // half-width katakana
		case in(b[0], 0x88, 0x97):
			return 4e-5
		case b[0] == 0x81 || b[0] == 0x82:
			return 1e-4
		case in(b[0], 0x83, 0x84):
			return 1e-5
		case in(b[0], 0x98, 0xEA):
			return 2e-6
		}
		return 3e-7
	},
}

var euckrModel = model{
	afterLetter: .08, afterOther: .3, afterHigh: .72,
	tiers: []tier{
		{1.2e-2, "이다는에의을가고지하기사으로를한도리자인은서어대시나라아정있보스"},
		{4e-3, "과제일부수들연결해니습했었없않못할것수그주전원격호트컴퓨터대상에서거때문므여러오류실패네워크버포소켓요청응답시간초과"},
		{1.2e-3, "만안여장상국경무성조동문신방구면선통공계물용중관생내년체화학민재미세모우행위발회분개비단등된되며려야저와양유음입적절" +
			"점접종좌준증직진차참처추출치크키타태통트파판페평표프피필함합항행험형호확환활후히작업파일열닫읽쓰메지설정값잘못된허용권한" +
			"설끊강으현재사용료채널프로세스바인딩식별자큐찾을름석객체버퍼족공간연산완료령블록비트루틴"},
	},
	area: func(b []byte) float64 {
		switch {
		case len(b) == 1:
			return 1e-6
		case b[1] >= 0xA1 && in(b[0], 0xB0, 0xC8):
			return 8e-5 // the 2,350 syllables of KS X 1001
		case b[1] >= 0xA1 && in(b[0], 0xCA, 0xFD):
			return 1e-6
		case b[1] >= 0xA1 && in(b[0], 0xA1, 0xA3):
			return 1e-4
		}
		return 3e-7
	},
}

var cyrillicModel = model{
	afterLetter: .004, afterOther: .25, afterHigh: .85, cased: true,
	tiers: []tier{
		{8e-2, "оеаинт"},
		{4.5e-2, "срвлкмдпу"},
		{1.6e-2, "яыьгзбчйхжшюцщ"},
		{3e-3, "эфъёПНОСВ«»№"},
		{1.2e-3, "АБГДЕЖЗИКЛМРТУФХЦЧШЩЭЮЯ–—“”„…іїєў"},
	},
	area: func([]byte) float64 { return 2e-5 },
}

var latinModel = model{
	afterLetter: .05, afterOther: .02, afterHigh: .02,
	tiers: []tier{
		{.12, "éüäöóá"},
		{.05, "ßíñçãèàêåøõúôæ"},
		{.01, "âîûëïòùìÜÄÖÉ“”’‘–…»«°"},
		{3e-3, "ÀÁÂÃÅÆÇÈÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝýÿœŒ—„•·€£§©®²³µ¿¡º\u00a0"},
	},
	area: func(b []byte) float64 {
		switch b[0] {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
			return 1e-7 // not assigned
		}
		return 2e-4
	},
}
