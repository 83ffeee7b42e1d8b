# 规则页。
rules-title = 计分规则
rules-version = 第 { $version } 版 · { $hash }
rules-json = 规则文件
rules-replace = 更换规则
rules-col-id = 编号
rules-col-name = 名称
rules-col-max = 配分
rules-col-how = 怎么评、怎么算
rules-replace-title = 更换规则
rules-replace-about = 粘贴新的规则文件（JSON），先预览会改变哪些名次，再决定是否采用。
rules-document = 规则文件
rules-preview = 预览影响
rules-apply = 采用
rules-effect-hidden = 解密之前有成绩不显示，还算不出总分和名次：影响要到解密后才看得到。{ $orphaned } 个分数在新规则里没有位置，仍留在记录里。
rules-effect = { $count } 名参赛者的名次或总分会改变；{ $orphaned } 个分数在新规则里没有位置，仍留在记录里。
rules-before = 现在
rules-after = 之后

# 规则的各个版本
rules-versions = 规则版本
rules-versions-about = 录入第一个分数时的版本就此固定。以后每次更换都是新的版本，须先看会改变哪些名次和奖项，并写明理由。
rules-col-version = 版本
rules-col-hash = 校验值（SHA-256）
rules-col-when = 时间
rules-col-who = 谁
rules-col-why = 理由
rules-version-holds = 现用
rules-version-pinned = 开始评分时固定

# 参数：与分数比较的参考值、答案和限值
parameters-title = 参数（试题卷参数）
parameters-about = 规则用到、但不写在规则里的值，例如密封的真值和标准答案。场次结束后在这里填写，成绩随即算出；没有填写之前，用到它的得分是“未评”。
parameters-about-in-use = 已经有分数：保存前先显示会改变哪些名次和奖项，并须写明理由。
parameters-col-name = 参数
parameters-col-kind = 种类
parameters-kind = { $kind ->
    [number] 数值
    [time] 时间
   *[answer] 答案
 }
parameters-by = 按{ $datum }
parameters-for-all = 全部
parameters-for-rest = 其余
parameters-entries = { $count } 名
parameters-cell = { $parameter }，{ $text }
parameters-missing = 缺
parameters-missing-count = 还缺 { $count } 个值
parameters-complete = 都已填写
parameters-crossing = 同时填了不同的值（{ $values }），都不算数，请重新填写
parameters-unread = 不符合参数的种类，不算数
parameters-own = 规则里写的是 { $value }
parameters-save = 保存参数
parameters-drop = 放弃修改
parameters-typed = 改了 { $count } 处，尚未保存
parameters-saved = 参数已保存
parameters-dialog = 保存参数
parameters-dialog-about = 填写或更改 { $count } 个参数值。
parameters-apply = 保存
datum = { $name ->
    [session] 场次
    [paper] 试题卷（场次）
    [group] 组别（场次）
    [heat] 组次（场次）
    [station] 赛位号
    [number] 参赛号
    [unit] 单位
    [delegation] 代表队
    [occupation] 职业
    [level] 技能等级
   *[other] { $name }
 }

# 由世界技能大赛评分方案生成
scheme-open = 从 WorldSkills 评分方案生成
scheme-title = 从 WorldSkills 评分方案生成规则
scheme-about = 选择 CIS 评分方案工作簿（.xlsx，工作表“CIS Marking Scheme Import”）。没有问题时，生成的规则填入规则文件，仍要预览并采用才会生效。
scheme-choose = 选择 .xlsx 文件，或拖到这里
scheme-faulty = 有 { $count } 处问题，没有生成规则。请在文件里改好，再选一次。
scheme-good = { $title }：{ $criteria } 项标准，{ $subs } 项子标准，{ $measurement } 个测量点，{ $judgement } 个评判点，合计 100 分。
scheme-use = 填入规则文件

# 写得出来却不起作用的规则，按提示代码。
rules-lints = 不起作用之处
lint-constant-key = 比较项“{ $key }”对所有人都一样
lint-decided-key = 比较项“{ $key }”永远分不出先后：前面相同时它也相同
lint-unused-item = 名次、奖项、荣誉、阶段、团体都用不到项目 { $id }
lint-zero-weight = 权重为0
lint-idle-rounding = 保留 { $digits } 位小数的修约不起作用：数值最多只有 { $has } 位小数
lint-band-out-of-range = 没有数值落在这一档（界限 { $edge }）：数值在 { $low } 到 { $high } 之间
lint-band-never-reached = 前面的档已包括 { $low } 到 { $high } 的全部数值，轮不到这一档（界限 { $edge }）
lint-idle-limit = 限值 { $limit } 永远用不上：数值在 { $low } 到 { $high } 之间
lint-max-out-of-reach = 配分 { $max } 达不到：数值在 { $low } 到 { $high } 之间
lint-longest-first = 这里给时间排名次，时间长的在前；如果时间短的更好，请改为数值小者为先（direction: lower）
lint-decision-without-ties = 规定了由谁决定先后，但名次从不并列
lint-empty-award = 奖项 { $id } 没有名额
lint-nobodys-award = 没有人能满足奖项 { $id } 的条件
lint-nobodys-honour = 没有人能满足荣誉 { $id } 的条件
lint-ties-with-tolerance = 规定了差值，并列跨等次的办法就不起作用
lint-undecided-ties = 并列跨等次的人要等裁定，但规则没有写明由谁裁定并列，他们将得不到奖项
lint-empty-stage = 阶段 { $id } 没有项目
lint-idle-leave-out = 规定缺的不计入，但 { $most } 个中必须有 { $minimum } 个
lint-unused-panel = 裁判组 { $id } 什么也不评
lint-unused-parameter = 没有用到参数 { $id }
lint-unused-scale = 没有用到等级次序 { $id }
