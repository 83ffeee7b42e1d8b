# 出了什么事，接下来可以做什么。键是 error-<代码>。

# 请求与权限
error-unknown-command = 这个版本没有命令“{ $name }”。请核对名称，或更新软件。
error-bad-request = 请求的内容不符合要求：{ $why }
error-not-found = 没有找到。它可能已被改动，请刷新后再试。
error-internal = 软件内部出了问题，已经写入日志。已保存的内容不受影响，请再试一次。
error-no-competition = 没有找到这项竞赛。请回到开始页重新选择。
error-not-allowed = 您的身份不能做这一步。请由有权限的人员操作。
error-sign-in-needed = 这项竞赛已启用人员登录。请先登录，再做这一步。
error-role-needed = 这一步要由{ $roles }来做；现在登录的身份是{ $held }。
error-officer-roles = 请至少选一种身份。
error-officer-judges = 裁判员在“裁判员”页登记，不在这里授予。
error-node-form = 电脑的公钥是 64 个小写十六进制字符。
error-unknown-officer = 没有这位工作人员，或已不再担任工作。
error-officer-elsewhere = 这位工作人员没有获准在这台电脑上工作。请组织者在“工作人员”页里修改。
error-duplicate-officer = 已经有一位工作人员叫“{ $name }”。请加上区别，例如“{ $name }（二队）”。
error-last-organiser = 这样就没有组织者了，谁也不能再授权。请先让另一个人担任组织者。
error-sign-in-nobody = 还没有组织者可以在这台电脑上登录。请先给一位组织者定密码，再启用。
error-no-effect = 这一步现在不会生效：您没有可以写它的身份，或者这个身份不在这台电脑上。请组织者在“工作人员”页核对您的授权和钥匙。
error-officer-key-revoked = 您在这台电脑上的钥匙已被吊销，这个密码不能再用。请重新定一个密码，再请组织者批准。
error-unknown-key = 没有这把钥匙。请刷新后再试。
error-unknown-approval = 其中有的不是用这把钥匙批准的。请刷新后再试。
error-revoke-own-key = 您正用这把钥匙登录，不能用它吊销它自己。请先给自己换一个密码，重新登录后再吊销；或者请另一位组织者吊销。
error-revoke-key-founder = 这把钥匙是在创建竞赛的那台电脑上定的，只能在那台电脑上吊销。
error-revoke-last-key = 这样就没有组织者能够登录了。请先给一位组织者定新密码，并让用旧钥匙给新钥匙的批准保持勾选。
error-revoke-key-awaits = 您自己的钥匙是靠这把钥匙批准的，而那个批准没有勾选：这样吊销不会生效。请保持勾选，或者请另一位组织者吊销。
error-officer-awaits = 您在这台电脑上的密码还没有获批准。请组织者在已登录的电脑上打开“工作人员”批准。
error-officer-keyless = 这个密码没有带钥匙。请组织者在这台电脑上重设密码。
error-officer-has-pin = 这位工作人员在这台电脑上已经有密码。忘记密码，请找组织者重设。
error-nothing-to-approve = 这项决定不缺批准，或已被替换。请刷新后再看。
error-approve-role = 这项决定还缺{ $roles }的批准，您没有这种身份。
error-approve-judge = 这份评分表的签字只能由签字的裁判员本人批准。请把评分表退回，由本人重新签字。
error-approve-twice = 您已经批准过这项决定；另一份批准要由另一个人给。
error-unreachable = 连接不上程序。请确认程序仍在运行，然后再试一次。

# 成绩状态
error-finalised = 成绩已定稿，不能再改。确需更正，请由裁判长先重新开放，并写明理由。
error-not-final = 成绩还没有定稿，无需重新开放。
error-nothing-to-finalise = 还没有可以定稿的成绩。请先录入分数。
error-reopened-by-hand = 成绩重新开放后，只能逐格改分，不能导入。请在“评分”页修改。
error-reason-needed = 这一步需要写明理由。
error-stale = 在您看的时候，这里已被改过。请查看新的内容，再决定是否修改。

# 抽签、加密与解密
error-sealed = 姓名已加密，现在不能改报名和抽签。请先由加密裁判和监督员在“抽签”页解密。
error-names-sealed = 这份文件需要姓名，姓名还在加密。成绩定稿后，请加密裁判和监督员在“抽签”页解密，再打印。
error-imported-sealed = 有导入的成绩（如理论）是在加密前录入的，加密期间不显示、不改动，也不能确认或公布含有它的结果。请先在“抽签”页解密。
error-not-sealed = 姓名没有加密，无需解密。
error-two-people = 须是两个人，请填写不同的姓名。
error-names-locked = 姓名已密封。这一步要知道谁是谁，请先在“抽签”页凭任意两个开启码解密。
error-standings-locked = 姓名已密封，而本赛项的名次还要看姓名背后的资料（如年龄、代表队、场次）或以前阶段的成绩，解密后才能计算。评分照常进行。
error-lock-work-drawn = 评审号已经公开抽过，谁用哪个号已记录在案，不能再密封。请先作废评审号的抽签，密封时会重新编号。
error-lock-marked = 已有 { $count } 个评分是对着姓名给的，现在密封瞒不住谁是谁。请在评分之前密封，或者改用“加密”。
error-envelope-chief-judge = 备用信封由裁判长拆封，请裁判长在这里输入信封里的开启码。
error-opening-code-form = 开启码是 30 个字母和数字，分 6 组，每组 5 个。请对照纸条补全。
error-opening-code-typed = 开启码输错了，且不止一处。请逐组核对。
error-opening-code-group = 开启码输错了，看来在第 { $group } 组。请核对这一组。
error-opening-code-wrong = 这不是这个岗位的开启码，或者不是这次密封的。请核对纸条上的岗位、赛项和标记是否与这里一致。
error-opening-code-needed = 姓名已密封，请输入纸条上的开启码。
error-opening-code-unwanted = 姓名没有密封，不用开启码，由加密裁判和监督员两人确认即可。
error-seal-missing = 还有 { $count } 名参赛者没有自己的号，或者与别人重复。请先补齐，再加密。
error-draw-crosses = 这里有两次抽签并存。请先选定一次。
error-draw-scope = 参赛号全赛项一起抽；同一层的号，不能既全部场次一起抽，又按场次抽。请先作废另一种抽签。
error-draw-other-session = 这名参赛者不在这个场次，或已退赛。
error-lot-form = “{ $code }”不能作为号码。号码只用字母、数字、汉字和中间的连字符，最多 16 个字。
error-lot-session-needed = 全部场次一起抽赛位时，签上的场次也要填写。
error-lot-taken = { $code } 已由 { $holder } 抽得，没有保存。请核对签号。
error-swap-nothing = 请选两名不同的、都已有号码的参赛者；评审号只有抽过签才能对调。
error-swap-other-session = 两人在不同场次，各场次单独抽签，号码不能对调。请分别改签。
error-nothing-to-draw = 没有要抽签的参赛者。请先登记报名。

# 文件
error-stale-preview = 预览之后，文件或竞赛有了变化，没有导入。请重新预览，再确认。
error-file-too-large = 文件过大（超过 10 MB，或单元格超过 40 万个）。请只保留需要的工作表或行，再试一次。
error-file-unreadable = 文件不能作为表格读取。请另存为 .xlsx 或 .csv 后再试。
error-file-truncated = 文件不完整，可能没有传完。请重新取得这份文件。
error-file-encoding = 文件的文字编码不能识别。请另存为 UTF-8 编码的 .csv，或 .xlsx。
error-file-empty = 文件里没有内容。请选择有数据的文件。
error-file-no-workbook = 这里要 .xlsx 工作簿。请另存为 .xlsx 后再试。
error-file-no-sheet = 工作簿里没有名为“{ $wanted }”的工作表，现有：{ $found }。请选择评分方案文件，或改正工作表的名称。
error-no-chinese-font = 本机没有能显示中文的字体，不能生成文件。请安装中文字体（例如 Noto CJK 或思源字体）后再试。
error-typesetting = 这份文件排版没有成功，原因已写入日志。请换一种文件，或稍后再试。
error-no-such-page = 文件没有这一页。请从第 1 页看起。
error-workbook = 工作簿没有写成，原因已写入日志。请再试一次。

# 保存与数据
error-in-use = 另一个程序正在使用这个数据文件夹。请先关闭那个程序，或选择别的文件夹。
error-read-only = 数据所在的位置不能写入，没有保存。请检查权限，或换一个位置。
error-disk-full = 磁盘已满，没有保存。请腾出空间后再试，已保存的内容不受影响。
error-newer = 这份数据由更新的版本（{ $found }）写成。请更新软件后再打开。
error-corrupt = 数据与校验不符，为防止错误扩大，没有继续。请保留原文件，从备份恢复。
error-not-durable = 数据库没有按要求的方式落盘，所以没有打开。请把数据放在本机磁盘上。
error-key-locked = 本机密钥在系统钥匙串里，但没有取到（{ $why }）。请以使用这个数据文件夹的用户登录桌面，解锁钥匙串，再重新打开。什么也没有改动，也没有另建密钥。
error-key-missing = 这个数据文件夹的密钥（电脑 { $node }…）不在这里的系统钥匙串里：文件夹是从别的电脑复制来的、属于别的用户，或钥匙串被重置过。请在原来的电脑上打开；或者用 U 盘上的备份（其中带着密钥）恢复到空的数据文件夹，或用 jiangsai-cli restore --over 恢复到这里。什么也没有改动，也没有另建密钥。
error-key-elsewhere = 这个数据文件夹的密钥在系统钥匙串里，而这里用不了钥匙串（没有桌面会话、以服务方式运行，或设定了密钥留在文件里）。请在使用它的用户的桌面会话里运行，改用桌面程序，或者用 U 盘上的备份（其中带着密钥）恢复。什么也没有改动，也没有另建密钥。
error-too-large = 内容过大，没有保存。请分成几次。
error-io = 读写文件时出了问题：{ $why }
error-database = 数据库出了问题，没有保存。请再试一次；如仍不行，请重新启动软件。

# 设置与裁判员
error-empty-title = 请填写名称。
error-bad-date = 日期请按“年-月-日”填写，例如 2026-05-01。
error-too-long = 内容过长，最多 { $max } 个字。
error-missing-name = 请填写姓名。
error-missing-code = 请填写代号。
error-code-form = 代号只能用字母、数字、汉字和中间的连字符，例如 P01。
error-duplicate-code = 代号“{ $code }”已有人使用，请换一个。
error-pin-form = 密码为 4 至 12 位数字。
error-panel-seats = 这个裁判组有 { $seats } 个席位，请安排 { $seats } 名裁判员。
error-duplicate-seat = 裁判员 { $code } 在这个裁判组里排了两次，请改为不同的人。
error-unknown-judge = 没有这名裁判员，可能已被改动。请刷新后再试。
error-unknown-entry = 没有这名参赛者，可能已被改动。请刷新后再试。
error-unknown-item = 规则里没有评分点“{ $item }”。请刷新后再试。
error-unknown-stage = 规则里没有阶段“{ $stage }”。请刷新后再试。

# 打分
error-judge-needed = 评分点“{ $item }”由各裁判分别打分，请选择裁判员。
error-judge-not-wanted = 评分点“{ $item }”只记一个值，不分裁判员。
error-judge-not-on-panel = 这名裁判员不在评分点“{ $item }”的裁判组里。请先在“裁判员”页安排。
error-mark-not-a-number = 这不是分数，没有保存。请输入数字，例如 87.5。
error-mark-too-long = 这个数太长，不是分数，没有保存。
error-mark-below-minimum = 低于下限 { $minimum }，没有保存。请核对。
error-mark-above-maximum = 超过上限 { $maximum }，没有保存。请核对。
error-mark-off-step = 分数须为 { $step } 的整数倍，没有保存。请核对。
error-mark-not-a-whole-number = 这里只能填整数，没有保存。
error-mark-not-a-time = 这不是时间，没有保存。请写成 5:07.3 的样子。
error-mark-not-a-choice = 可选的值是 { $choices }，没有保存。请选其中一个。
error-mark-not-a-tick = 合格填 1，不合格填 0。没有保存。
error-mark-not-an-answer = 请输入 { $length } 个字母（可用 { $letters }）。没有保存。
error-unknown-attempt = 评分点“{ $item }”没有这一次。

# 统分
error-sheet-number = 表号不对：请核对十二位数字，或重新扫描。
error-sheet-unknown = 没有这张评分表。可能重抽过签或换了裁判，请重新打印；也可以从右侧列表选择。
error-sheet-not-recorded = 这张表还没有录入，先录入再核对。
error-sheet-lines = 这张表有 { $count } 行，请逐行填写。
error-sheet-line = “{ $item }”没有填写。纸上没有分数时填“-”。
error-sheet-total = 合计不是数字。纸上没有合计时填“-”。
error-scan-large = 这个文件超过 10 MB，没有附上。请用较低的分辨率重新扫描或拍照（200 dpi 足够）。
error-scan-pdf = 这是 PDF，没有附上。请在扫描软件里把每一页存为 JPEG 或 PNG 图片，或给评分表拍照。
error-scan-not-picture = 这个文件不是 JPEG 或 PNG 图片，没有附上。请选扫描或拍照得到的图片；手机存成 HEIC 的，请改存为 JPEG。
error-scan-pixels = 这张图片的像素太多，打开会占满内存，没有附上。请用较低的分辨率（200 dpi 足够）重新扫描。
error-scan-damaged = 这张图片不完整或已损坏，没有附上。请重新复制这个文件，或重新扫描。
error-scan-many = 一张评分表最多附 { $max } 页。请先去掉不要的。
error-scan-unknown = 这张评分表没有附这一页，可能刚被去掉。请重新打开这张表。
error-scan-missing = 这一页附在别的电脑上，图片不在这台电脑里。在附它的那台电脑上查看，或从那台电脑的备份恢复；成绩不受影响。

# 规则
error-no-rulebook = 这个赛项还没有计分规则。请先在“计分规则”页选择。
error-rulebook-misfit = 按新规则无法计算现有的分数，没有采用。请核对评分点是否齐全。
error-unknown-parameter = 规则里没有参数“{ $parameter }”。请刷新后再试。
error-parameter-for-all = 参数“{ $parameter }”对所有人只有一个值，不能另给“{ $text }”。
error-parameter-twice = 参数“{ $parameter }”（{ $text }）写了两次，请只留一次。
error-parameter-value = 参数“{ $parameter }”（{ $text }）不能是“{ $value }”，什么也没有保存。{ $kind ->
    [number] 请填数字，例如 12.40
    [time] 请填时间，例如 5:07.3
    [key] 它要与项目 { $item } 的答案比较：请填 { $length } 个字母，可用 { $letters }，规定不可重复的不能重复
   *[answer] 请填答案的字母，例如 BDAEC
 }。
error-nothing-to-decide = 规则规定并列的参赛者名次相同，没有先后要决定。
error-not-equals = 这些参赛者现在不是一组并列的参赛者，可能有分数被改动。请查看新的成绩，再作决定。
error-nothing-to-withdraw = 这些参赛者没有可以撤回的决定。
error-undecided = 还有 { $count } 组并列没有决定先后（{ $groups }），不能定稿。请先在成绩页的“并列处理”里记录。
error-rulebook-fault = 规则没有采用，共有 { $count } 处问题。第一处（{ $place }）：{ $fault ->
    [syntax] 写法不符合规则文件的格式
    [needs_newer_version] 需要更新的软件版本
    [unknown_version] 版本号不存在
    [too_large] 规则过大
    [bad_id] 标识不合要求
    [duplicate_id] 标识重复
    [unknown_id] 引用了不存在的标识
    [cycle] 计算互相依赖
    [weights] 权重之和不对
    [trim_leaves_nobody] 去掉最高最低后没有分数
    [division_by_zero] 除数为零
    [zero_case_missing] 没有说明除数为零时怎么办
    [max_differs] 配分与各项之和不一致
    [unhandled_gap] 没有说明缺分时怎么办
    [type_mismatch] 值的类型不对
    [empty] 没有内容
    [no_mark_here] 这里没有打分可用
    [out_of_range] 数值超出范围
    [level_texts] 等级说明的条数不对
    [duplicate_choice] 选项的值重复
    [dead_band] 有一档永远用不上
    [answer_key] 答案不是该项目可以填的字母
   *[other] { $fault }
}。
error-offline = 连接不上程序。请确认程序仍在运行，然后再试一次。
error-needs-newer = 这场竞赛里有更新版本写下的记录，本版本不能算出正确的成绩。请更新软件。
error-part = 本机没有这场竞赛的全部内容：它是裁判席、只转送的电脑，还没有得到阅读授权（见“总部与介质包”页），或是只接收公开信息和统计的上级平台。凭部分记录不能计算名次，除评分外也不能在这里作其他决定。请到接收全部记录的计算机上查看或办理。
error-no-preview = 工作簿没有预览，请直接保存。
error-no-docx = 这份文件不能存成 .docx，请存成 PDF。
error-no-such-unit = 没有叫“{ $unit }”的代表队或单位，请刷新后再选。
error-results-changed = 定稿成绩已不是裁判长和监督员确认时的样子：之后又传来记录。请先重新打开成绩，由两人再次确认。
error-certificate-not-final = 成绩定稿之后才能给证书编号，否则名次一变编号就要作废。请先定稿。
error-certificate-pattern = 编号格式里要有一处连续的 #（最多 8 个），表示流水号，例如“区赛证字〔2025〕###号”。
error-certificate-nobody = 没有需要证书的人：要么还没有人获奖，要么都已经编号。
error-artwork = 这个文件不是可以打印的 PNG 或 JPEG 图片，或者超过 10 MB。请换一张。
error-letter = 文字文件没有生成。请再试一次；如果还是这样，请把日志发给我们。
error-own-letter = 自己的 Word 模板（letter.docx）不能用：它不是 Word 文档（.docx），太大，或是“Strict Open XML”格式。请用 Word 或 WPS 另存为普通的 .docx；在“打印”页“版式”里可以恢复原样。
error-own-letter-no-place = 自己的 Word 模板（letter.docx）没有写名单放在哪里。请在正文里单独一段写上 【名单】，再保存。
error-own-letter-sections = 自己的 Word 模板（letter.docx）分了节，或没有页面大小。请去掉分节符，整份只用一节，再保存。
error-own-letter-two-places = 自己的 Word 模板（letter.docx）有两段【名单】。请只留一段。
error-pack-records-server = 数据在数据库服务器上，资料包里放不进记录。请取消这一项，另存一份服务器的备份。
error-stale-pack = 资料包生成期间成绩有了改动，前后会不一致，因此停下了。请重新生成。
error-pack-unfinished = 资料包还缺“{ $name }”，不能收尾。请重新生成。
error-not-confirmed = { $duty ->
    [supervisor] 监督员还没有对现在的成绩签字，请先在“定稿”页确认。
   *[other] 裁判长还没有确认现在的成绩，请先在“定稿”页确认。
}

# 评分台与裁判长
error-signed-out = 您已退出评分台，或程序重新启动过。请重新输入密码登录。
error-looking-on = 现在是旁看，不能输入。请重新输入密码登录，再评分。
error-pin-wrong = 密码不对，还可以试 { $left } 次。忘记密码，请找组织者重设。
error-pin-wait = 密码错得太多，请等 { $minutes } 分钟再试，或请组织者重设密码。
error-desk-elsewhere = 这个评分台不评这名裁判员、场次或赛位。请到指定的评分台，或请裁判长改设。
error-not-your-sheet = 这张评分表不归您评。请从左侧选您自己的评分表。
error-sheet-signed = { $judge } 已在这张评分表上签字，现在只读。需要修改，请裁判长退回，并写明理由。
error-sheet-not-signed = 这张评分表没有签字，无需退回。
error-sheet-incomplete = 还差 { $count } 项：{ $items }。请评完，再签字。
error-extra-time-too-long = 补时合计最多 { $max } 分钟。
error-judge-recused = 这名裁判员不评这名参赛者：席位已由他人接替，或空着。{ $item } 不能按这名裁判员录入。
error-already-on-panel = { $code } 已在这个裁判组里，或为某名参赛者在组里候补，不能再坐这个席位。
error-replace-signed = { $judge } 已在 { $count } 张评分表上签字，而这些参赛者在这个裁判组还没有评完；更换后签过字的分数就不再计入，所以没有更换。请先评完，或退回这些评分表；后面另有模块的，请在计分规则里给它单设裁判组。
error-nothing-to-rescore = 这一项还没有人打分，无从重评；也没有可以撤回的重评要求。
error-recheck-rest = 其余的抽取比例不得低于 { $least }%，也不得高于 100%。
error-recheck-note = 请写明是什么错。
error-recheck-count = 写了是什么错，错误处数却是 0。请填写错误处数；没有错就不写。
error-inquiry-unknown = 没有这件查分。
error-inquiry-empty = 请写明内容。

error-records-refused = 来自另一台计算机的记录未通过验证，全部未收下：{ $why }
error-upstream-address = 这不是上级计算机的地址。请填写主机和端口，例如 192.168.1.10:7480；传输始终加密，不能用 http:// 地址。
error-upstream-unreachable = 上级计算机没有应答。本机可以继续工作，待其应答后自动补传。
error-upstream-slow = 上级计算机应答过慢，将以更小的批次重新上传。
error-pairing-code = 配对码无效、已被使用，或已超过一天。请在上级计算机上重新生成。
error-pairing-code-form = 配对码是 30 个字母和数字，分 6 组，每组 5 个。请补全，或粘贴以 jiangsai 开头的整段邀请。
error-pairing-code-typed = 配对码输错了，且不止一处。请逐组核对。
error-pairing-code-group = 配对码输错了，看来在第 { $group } 组。请核对这一组。
error-pairing-wait = 从这里试过的配对码太多，上级计算机要等 { $seconds } 秒后才再受理。请核对配对码后再试。
error-upstream-busy = 上级计算机请本机稍候再传。待传记录过一会儿自动上传。
error-unknown-node = 上级计算机不认识本机。请用新的配对码重新连接。
error-upstream-refused = 上级计算机验证后没有收下本机的部分记录，其余记录照常上传。记录仍在本机，原因见日志。
error-upstream-records = 上级计算机发来的记录未通过验证，没有收下。请查看日志，并检查上级计算机。
error-upstream-lacks = 上级计算机上还没有这项竞赛。
error-upstream-internal = 上级计算机内部出错，原因见它的日志。待传记录稍后再传。
error-upstream-strange = 该地址有应答，但不像匠赛的应答。请核对地址和端口，并确认两台计算机的匠赛版本一致（旧版本传输不加密，不能与新版本相连）。
error-upstream-other = 该地址上的计算机不是给出配对码的那一台（指纹不同），或者中间有设备拆开了加密。没有向它发送任何内容。请核对地址，并与对方口头核对指纹。
error-backup-none = { $path } 没有备份。请写明备份、U 盘或数据文件夹的完整路径；一处有几份备份时，请写明其中一份。
error-backup-truncated = 备份 { $path } 不完整，只有一部分（现有字节 / 应有字节：{ $place }）。请换一份备份。
error-backup-altered = 备份 { $path } 写成之后被改动过，不能恢复（{ $place }）。请换一份备份。
error-backup-damaged = 备份 { $path } 的数据库已损坏，位置：{ $place }。请换一份备份。
error-backup-records = 备份 { $path } 里有记录校验不通过，位置：{ $place }。请换一份备份。
error-backup-foreign = 备份 { $path } 的数据库里有本版本不认识的内容（{ $place }）：可能由更新的版本写成，也可能不是本程序的备份。没有恢复任何内容。
error-backup-no-room = 磁盘空间不够：需要空出 { $needed } MB，现有 { $free } MB。请在这块磁盘上腾出空间，评分不受影响。
error-backup-place-missing = 没有文件夹 { $path }。请插入 U 盘或写明已有文件夹的完整路径。
error-backup-place-own = 第二位置要在数据文件夹之外，最好在另一块硬盘或 U 盘上。
error-backup-server = 数据在数据库服务器上，这里不能这样做。请用 jiangsai-hq backup --database-url 备份，用 jiangsai-hq restore --database-url 恢复到空的数据库。
error-database-not-empty = 这个数据库里已有内容，没有恢复任何内容。请在服务器上新建一个空的数据库，填写它的地址。
error-database-other-key = 这个数据库属于另一份密钥（节点 { $node }），与本数据文件夹的（节点 { $own }）不同：与它配对的电脑不认得这台。请从最初建立这个数据库的实例的数据文件夹（或它的备份）复制 node.key，有 accounts.key 时一并复制。
error-backup-not-written = 备份没有写成：{ $why }
error-restore-loses = 恢复后会少 { $count } 条记录，所以没有恢复。仍要恢复时请加 --over，现有数据会先备份。
error-restore-stale = 查看之后，本机又保存了记录。已按现在的情况重新列出，请再看一遍后恢复。
error-restore-damaged = 现有数据已损坏，无法说明恢复后会少哪些记录，所以没有恢复。仍要恢复时请加 --over，损坏的文件会另存到单独的文件夹。
error-bulletin-locked = 成绩已经锁定，不再公布暂定成绩。请发布公示。
error-bulletin-not-final = 成绩还没有锁定。请先在“定稿”页走完各步，再公示。
error-bulletin-sealed = 姓名还在加密。请先由加密裁判和监督员解密，再公示。
error-bulletin-not-posted = 还没有公示。请先公示，公示期满再公告。
error-bulletin-posted-other = 第 { $number } 号公示以后成绩、姓名或单位有变动。请先更正公示，公示期满再公告。
error-bulletin-period-open = 公示期到 { $until }，期满才能公告。
error-bulletin-inquiries = 还有 { $count } 件查分没有答复。请先在“复核”页答复，再公告。
error-bulletin-stands = 第 { $number } 号还有效，同一类不再另发。有改动时，请选中它发布更正。
error-bulletin-crosses = 第 { $number } 号同时发布了两期不同的内容。请先选定其中一期。
error-bulletin-unknown = 没有这一号。请在公告栏的列表里选。
error-bulletin-corrected = 这一期已由第 { $number } 号更正。请更正第 { $number } 号。
error-bulletin-other-kind = 第 { $number } 号是另一类，更正须与原来同类。
error-bulletin-whom = 不能只发布一个人。请选获奖者、前几名或全部。
error-bulletin-period = 请填写公示的起止日期，止日不早于起日。
error-bulletin-period-past = 公示不能从过去的日期开始，请从今天或以后开始。
error-bulletin-short = 公示期少于 { $least } 天，请写明理由。
error-bulletin-contact = 受理单位与电话太长，请不超过 { $max } 个字。
error-bulletin-empty = 还没有可以列出的人。请先录入分数，或改选列入的范围。
error-bulletin-too-large = { $count } 人一期放不下。请只列获奖者或前几名。
error-bulletin-stale = 预览以后成绩或设置有了变化，没有发布。请看过新的预览，再发布。
error-bulletin-settled = 第 { $number } 号没有冲突，不用再选。
error-unknown-session = 没有这个场次。请从列表里选。
error-screen-not-released = 成绩还没有放行，大屏不显示。请先在“成绩放行”里选择。
error-screen-no-award = 奖项已经全部揭晓。
error-screen-final = 成绩已经锁定，请改为放行最终成绩。
error-screen-not-final = 成绩还没有锁定，不能放行最终成绩。请先定稿，或放行暂定成绩。
error-screen-share-impossible = 这个程序没有页面可以给其他电脑。请在桌面程序里，或在浏览器打开的匠赛里操作。
error-screen-share-failed = 没有打开，其他电脑上看不到大屏：{ $why }。请再试一次，或重新启动程序。
error-screen-not-shared = 大屏没有在这个地址显示：可能已经停止，或地址输错了。请向组织者要现在的地址。
error-screen-only = 这个地址只能看大屏，不能做别的。
error-screen-other-competition = 这个地址只显示另一项竞赛的大屏。
error-screen-wait = 地址输错的次数太多。请向组织者要现在的地址，过一会儿再试。
error-countdown-length = 倒计时请填 1 分钟到 24 小时。
error-countdown-unset = 还没有设定倒计时。请先填分钟数。

# 介质包
error-bundle-none = 这个文件不是介质包，请选 .jsbundle 文件。
error-bundle-damaged = 介质包已损坏，没有导入任何内容：{ $why } 。请重新导出，或换一个存储介质。
error-bundle-other-recipient = 这个介质包是给另一台计算机的（{ $to }），本机打不开。请交给那台计算机导入。
error-bundle-stranger = 这个介质包来自未与本机配对的计算机（{ $from }），没有导入。请先用配对码连接。
error-bundle-other-issuer = 这些回执不是本机的上级计算机开具的（{ $from }），没有导入。
error-bundle-not-connected = 本机没有连接上级计算机。请先在“总部与介质包”页用配对码连接一次，此后没有网络也可以用介质包。
error-bundle-part = 本机（裁判席、只转送的电脑，或只收公开信息的上级平台）没有全部记录的内容，导出来会有缺口。请在接收全部记录的计算机上导出；“导出未上报的记录”在这里可以用。
error-bundle-no-key = 上级计算机配对时没有给出加密密钥。请用新的配对码重新连接一次。
error-bundle-nothing = 上级计算机已收到本机的全部记录，无需导出。需要再给一份，请“导出全部记录”。
error-bundle-sealed = 姓名已加密，解密之后才能导出公开副本。
error-bundle-published = 这是公开副本，用来验证，不能导入。
error-bundle-too-large = 介质包会超过 1 GB。请改为导出上级计算机尚未收到的记录：一个介质包装满为止，导入回执之后再导出其余部分。
error-bundle-path-window = 只有本机窗口可以按路径导入文件。请在浏览器里选择文件。
error-bundle-path-missing = 没有文件 { $path }。请写明介质包的完整路径。
error-file-exists = 这个文件已经存在，没有改动它。请换一个文件名。
error-own-template = 自己的模板 { $name } 第 { $line } 行有错，没有用上。请改正后再换上，或在“打印”页“版式”里恢复原样。
error-no-template = 没有叫这个名字的模板。
error-rulebook-sealed = 加密前导入的成绩（例如理论）在解密前不显示；新规则里这些项目不再是“导入”，成绩就会露出来。请先解密，或让这些项目仍由导入得来。
error-pairing-holds = 这个配对码是给裁判评分台的，而这台电脑里已有完整的竞赛数据（含姓名）。请用新的、空的数据文件夹做评分台，或请对方给一个“可看全部”的配对码。这个配对码没有用掉。
error-carrier-no-key = 上级计算机只转送，而本机没有可信的阅读密钥：它不能看的记录留在本机等待。请到“总部与介质包”页的“阅读授权”里核对指纹并授权。
error-carrier-plain = 上级计算机只转送，拒收了一条它不能看的记录。本机会加密后再发。
error-carrier-standby = 本机只转送：给它备用的电脑会收到本机不能看的内容。请在接收全部记录的电脑上生成备用主机的配对码。
error-bundle-carrier = 上级计算机只转送，给它的介质包会含有它不能看的内容。请通过网络连接，或在上级接收全部记录的电脑上导出。
error-bundle-public = 上级只接收公开信息和统计时，两级之间不传递记录介质包：里面会有全部内容。请通过网络连接。
error-carrier-public = 本机只转送，不是上一级平台。请在平台的电脑上生成这个配对码。
error-public-plain = 上级只接收公开信息和统计，拒收了一条含有其他内容的记录。请更新本机程序；记录没有丢失，仍在本机。
error-public-part = 那里只从组织竞赛的平台接收这场竞赛的公开信息和统计。完整上报会被拒收，以免对不保存的内容给出回执。请改为连接组织竞赛的平台。
error-public-whole = 上级已从别的电脑收到这场竞赛的全部内容，不再接收其中一部分。本机不必处理。若今后只要公开信息，请上级改用新的数据文件夹。
error-public-fork = 上级保存的某个日志与本机的分叉了，例如数据文件夹曾被拷回。以本机的为准，不会改动；该日志的记录留在本机等待，其余照常上报。请告知上级。
error-readers-carrier = 本机只转送。请在接收全部记录的电脑上授权。
error-readers-unknown = 本机还不知道电脑 { $node } 的密钥。它须已连接（直接或经由“只转送”的电脑）；请一分钟后再试。
error-readers-many = 最多授权给 { $max } 台电脑。
error-desk-opened = 姓名已经解密，这台评分台不再收到改动。要更正，请到存有全部数据的电脑上做。
error-erase-open = “{ $event }”的成绩还没有定稿。请在定稿后删除，或先将其退赛。
error-erase-inquiry = “{ $event }”还有关于此人的查分没有答复。请先答复。
error-erased = 此人的个人信息已经删除，没有可改或可删的内容。
error-erase-basis = 请写明删除的依据。
error-erase-basis-names = 依据里有此人的姓名或号码。依据会留在记录里，请去掉。
error-erase-stale = 查看之后，此人的记录有了变化，没有删除。已按现在的情况重新列出，请再看一遍。

# 帐号（从别处的浏览器进入）
error-account-needed = 请先用帐号登录。
error-look-only = 您的帐号只能查看，不能做这一步。需要办理，请管理员另给您开可以办理的帐号。
error-account-wrong = 帐号名称、密码或 6 位数字不对。每组数字只能用一次，等验证器显示下一组再试；忘记密码，请管理员重设。
error-account-again = 密码或 6 位数字不对。每组数字只能用一次，等验证器显示下一组再试。
error-account-wait = 试错的次数多了，请等 { $seconds } 秒再试。
error-account-name = 帐号名称要有 1 至 40 个字，不含换行等看不见的字符。
error-account-taken = 已经有帐号叫“{ $name }”。请换一个名称。
error-account-unknown = 没有叫“{ $name }”的帐号。请用 account list 查看。
error-accounts-key = 帐号是用另一份 accounts.key 建立的，这个数据文件夹里没有它。请从建立帐号的那台电脑（或它的备份）复制 accounts.key 到这里；找不回来时，删除这些帐号，再重新添加。
error-link-gone = 这个设置码不对、已经用过，或已过 24 小时。请管理员重新给您一个。
error-password-short = 密码至少要有 { $least } 个字。
error-password-long = 密码最多 { $most } 个字。
error-password-name = 密码不能是帐号名称本身。
error-password-common = 这是最常见的密码之一，别人很容易猜到。请换一个。
error-authenticator-gone = 这个二维码已经换过，或等得太久。请重新开始，扫描新的二维码。
error-authenticator-code = 6 位数字不对。请核对手机的时间，等验证器显示下一组再填。
