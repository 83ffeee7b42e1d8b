# 一个单元格、一份文件或一处规则有什么问题。键是 fault-<代码>，跟在位置之后，所以句末不加句号。
# 名称以 -en 结尾的参数，是同名参数的英文说法。

# 报名
fault-required = 没有填写，这一项必填
fault-unknown-choice = “{ $value }”不在可选值之中，可选：{ $choices }
fault-id-length = 居民身份证号码应为 18 位
fault-id-digit = 居民身份证号码前 17 位应为数字，末位为数字或 X
fault-id-date = 居民身份证号码中的出生日期不存在
fault-id-checksum = 居民身份证号码的校验码不对，请核对有没有抄错
fault-id-region = 居民身份证号码开头的地区代码不存在
fault-document-form = 号码的写法与证件类型不符，请核对
fault-phone = 手机号码应为 11 位，以 1 开头
fault-unit-code-length = 统一社会信用代码应为 18 位
fault-unit-code-char = 统一社会信用代码里有不该出现的字符（不用 I、O、S、V、Z）
fault-unit-code-checksum = 统一社会信用代码的校验码不对，请核对有没有抄错
fault-date = 日期请按“年-月-日”填写，例如 2001-05-08
fault-years = 年数应为 0 至 80 的整数
fault-number-form = 编号只用字母、数字和连字符，最多 16 个字
fault-too-long = 内容过长，最多 { $max } 个字
fault-control = 含有不可见的字符，请重新输入
fault-cell-error = 这里的公式没有算出值（{ $value }），请在工作簿里改正，或者清空这一格
fault-quote-inside = 这一格里有单独的引号；含引号的内容要整个用英文引号括起来，里面的引号写两个
fault-quote-text-after = 引号之后还有文字；整格要用英文引号括起来，里面的引号写两个
fault-quote-open = 引号没有结束，后面的各行都读进了这一格；请补上引号
fault-sex-differs = 性别与居民身份证号码不一致
fault-birth-differs = 出生日期与居民身份证号码不一致
fault-duplicate-row = 与第 { $row } 行是同一个人
fault-duplicate-entry = 这个人已经报名：{ $number } { $name }
fault-number-taken = 编号“{ $number }”已有人使用
fault-number-in-row = 编号“{ $number }”与第 { $row } 行相同

# 文件
fault-no-rows = 没有数据行，请在表头下面填写
fault-no-header = 没有找到表头，请使用模板里的列名
fault-no-marks-header = 没有找到表头，第一行应有参赛号（或赛位号）和评分点
fault-unknown-column = 不认识这一列，没有读取
fault-missing-column = 缺少“{ $column }”这一列
fault-duplicate-column = “{ $column }”这一列出现了两次，请只留一列

# 分数
fault-unknown-entry = 没有编号为“{ $value }”的参赛者
fault-question = “{ $name }”是哪一名参赛者？请在上面选择
fault-ambiguous-entry = 不止一名参赛者的编号是“{ $value }”，请改用参赛号
fault-unknown-item = 规则里没有评分点“{ $value }”
fault-unknown-judge = 没有代号为“{ $value }”的裁判员
fault-judge-not-on-panel = 裁判员“{ $value }”不在这个评分点的裁判组里
fault-mark-crossing = 这里有两个不同的分数并存，须由裁判长先裁定，不能用文件“{ $value }”盖过
fault-judge-recused = 裁判员“{ $value }”对这名参赛者回避，席位空着
fault-judge-needed = 这个评分点由各裁判分别打分，请填写裁判员代号
fault-judge-not-wanted = 这个评分点只记一个值，裁判员一栏请留空
fault-duplicate-mark = 同一个分数在第 { $row } 行已经出现
fault-mark-not-a-number = “{ $value }”不是分数
fault-mark-too-long = “{ $value }”太长，不是分数
fault-mark-below-minimum = { $value } 低于下限 { $minimum }
fault-mark-above-maximum = { $value } 超过上限 { $maximum }
fault-mark-off-step = { $value } 不是 { $step } 的整数倍
fault-mark-not-a-whole-number = { $value } 不是整数
fault-mark-not-a-time = “{ $value }”不是时间，写作 5:07.3
fault-time-unclear = “{ $value }”在工作簿里没有显示秒，分不清是时和分，还是分和秒。请写成文本，如 0:45.0，或者写秒数
fault-mark-not-a-choice = { $value } 不在可选值 { $choices } 之中
fault-mark-not-a-tick = “{ $value }”不是 1 或 0
fault-mark-not-an-answer = “{ $value }”不是由 { $letters } 组成的 { $length } 个字母
fault-unknown-attempt = “{ $value }”不是 1 到 { $most } 之间的次数

# 世界技能大赛评分方案
fault-scheme-no-header = 没有找到表头，每项标准的表格应从“Sub Criterion ID”一行开始
fault-scheme-no-type = 没有写类型，测量写 M，评判写 J
fault-scheme-type = 类型“{ $value }”不认识，测量写 M（旧版写 O），评判写 J（旧版写 S）
fault-scheme-section = 没有写明对应标准规范（WSOS）的哪一节，每个评分点恰好对应一节
fault-scheme-sections = 写了不止一节（{ $value }），每个评分点恰好对应一节
fault-scheme-not-above-zero = 配分是 { $value }，应大于 0
fault-scheme-decimals = { $value } 的小数超过两位，配分最多两位小数
fault-scheme-ladder = 评判点要有 0、1、2、3 四级说明，下面缺少 { $missing }
fault-scheme-score = “{ $value }”不是 0、1、2、3 中的一级
fault-scheme-score-twice = { $value } 级在第 { $row } 行已经写过
fault-scheme-score-text = 没有写 { $value } 级是什么水平
fault-scheme-score-alone = 这一级的上面没有评判点（类型 J）
fault-scheme-no-sub-criterion = 评分点前面没有子标准，请先写一行子标准编号和名称
fault-scheme-sub-id = 子标准编号“{ $value }”不合要求：一或两个大写字母，再加一至三位数字，例如 A1
fault-scheme-sub-twice = 子标准 { $id } 在第 { $row } 行已经出现
fault-scheme-sub-elsewhere = 子标准 { $id } 不属于标准 { $criterion }，请改正编号，或移到它自己的表格里
fault-scheme-sub-empty = 子标准 { $id } 下面没有评分点，请补上，或删去这一行
fault-scheme-total = 标准 { $criterion } 写的总分是 { $declared }，各评分点的配分之和却是 { $sum }
fault-scheme-hundred = 全部标准的配分之和是 { $sum }，应为 100（{ $parts }）
fault-scheme-all = 写的总分是 { $declared }，全部标准的配分之和却是 { $sum }

# 规则
fault-word-wanted = { $wanted ->
    [value] 一个数值
    [time] 一个时间
    [place] 一个名次
    [list_of_values] 一组数值
    [list_of_times] 一组时间
    [list_of_places] 一组名次
    [answer] 答案
    [rounded_value] 修约过的数值
    [item] 项目
    [node] 模块或总分
    [panel] 裁判组
    [parameter] 参数
    [scale] 等级次序
    [stage] 阶段
    [award] 奖项
    [attempts] 多次评分的项目
    [each_attempt] 每次评分（each_attempt）
    [mark] 打分
    [members] 团体队员
    [rank] 名次
    [team] 团体
    [field] 全场
    [judge] 裁判
    [placing] 名次打分
    [deduction] 扣分项
    [spread] 分差
    [by] 成绩（by）
    [advance] 晋级办法（advance）
    [ranking] 总规则（ranking）
   *[other] { $wanted }
 }
fault-word-found = { $found ->
    [value] 一个数值
    [time] 一个时间
    [place] 一个名次
    [list_of_values] 一组数值
    [list_of_times] 一组时间
    [list_of_places] 一组名次
    [answer] 答案
    [rounded_value] 修约过的数值
   *[other] { $found }
 }
fault-word-what = { $what ->
    [items] 项目
    [nodes] 模块和总分
    [panels] 裁判组
    [keys] 比较项
    [parameters] 参数
    [scales] 等级次序
    [stages] 阶段
    [awards] 奖项
    [honours] 荣誉
    [expressions] 算式
    [depth] 算式的层数
    [bytes] 文件的字节数
    [bits] 数的长度（二进制位）
   *[other] { $what }
 }
fault-word-gap = { $gap ->
    [absent] 缺席
    [void] 作废
   *[other] { $gap }
 }
fault-rulebook-syntax = 第 { $line } 行第 { $column } 列的写法不符合规则文件的格式（{ $message }）
fault-rulebook-needs-newer-version = 写的是 { $found }，本软件只到 { $known }，请更新软件
fault-rulebook-unknown-version = 没有 { $found } 这个版本
fault-rulebook-too-large = 过大（{ fault-word-what }），上限是 { $limit }
fault-rulebook-bad-id = 标识“{ $id }”不合要求：1 至 64 个字，只用字母、数字和 _ . -
fault-rulebook-duplicate-id = 标识“{ $id }”用了两次
fault-rulebook-unknown-id = 没有“{ $id }”（{ fault-word-wanted }）
fault-rulebook-cycle = 计算互相依赖：{ $ids }
fault-rulebook-weights = 权重之和是 { $sum }，应为 { $whole }
fault-rulebook-trim-leaves-nobody = 共 { $size } 人，去掉最低 { $low } 个、最高 { $high } 个之后可能没有分数
fault-rulebook-division-by-zero = 除数为零
fault-rulebook-zero-case-missing = 除数可能为零，请说明那时的结果
fault-rulebook-max-differs = 配分是 { $max }，各项之和却是 { $sum }
fault-rulebook-unhandled-gap = 总分可能没有值（{ fault-word-gap }：{ $items }），请说明那时怎么办
fault-rulebook-type-mismatch = 这里要{ fault-word-wanted }，写的是{ fault-word-found }
fault-rulebook-empty = 没有内容
fault-rulebook-no-mark-here = 这里没有可用的打分（{ fault-word-wanted }）
fault-rulebook-out-of-range = 数值 { $found } 超出范围
fault-rulebook-level-texts = 等级说明应有 { $wanted } 条，写了 { $found } 条
fault-rulebook-duplicate-choice = 选项的值 { $value } 重复
fault-rulebook-dead-band = 前面的档次已经包含这一档，它永远用不上
fault-rulebook-answer-key = “{ $found }”不能是项目 { $item } 的答案：需要 { $length } 个字母，可用 { $letters }
fault-rulebook-stage = 阶段写得不全：前面的阶段要有成绩（by）和晋级办法（advance），最后一个阶段两样都不写（{ fault-word-wanted }）
fault-drawn = 这个号由抽签产生，请在“抽签”页更改。
