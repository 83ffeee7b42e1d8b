# 记录页与记录对话框。
history-title = 记录
history-about = 谁在什么时候做了什么、为什么。记录只增不改。
history-filter = 只看
history-filter-all = 全部
history-filter-entry = 一名参赛者
history-filter-settings = 设置与规则
history-filter-judges = 裁判员
history-filter-draws = 抽签与加密
history-filter-mark = 一格分数
history-choose-entry = 参赛者
history-col-when = 时间
history-col-who = 谁
history-col-what = 做了什么
history-col-change = 原值与新值
history-col-why = 理由
history-col-record = 记录
history-cleared = 已清空
history-from-nothing = 空
history-empty-title = 还没有记录
history-empty-text = 每一步操作都会记在这里。
history-page = 第 { $from }–{ $to } 条，共 { $total } 条
history-newer = 较新
history-older = 较早
history-verify = 校验记录链
history-verifying = 正在校验
history-close = 关闭
ledger-good = 记录链完好
ledger-broken = 记录链有问题
ledger-records = 记录
ledger-logs = 记录链
ledger-checkpoints = 签名
ledger-head = 末端校验值
ledger-fault = 问题
ledger-state = 重算
ledger-state-agrees = 由记录重新计算，结果一致
ledger-state-differs = 由记录重新计算，结果不一致
history-operator = 操作员

# 做了什么。键是 history-<种类>。
history-settings = 修改竞赛设置
history-event = 命名赛项
history-rulebook = 设定计分规则
history-parameter = 参数“{ $parameter }”{ $text }
history-final = { $event }：定稿（✓）或重新开放（○）
history-certificate = { $entry } 的证书编号
history-panel = 编排裁判组“{ $panel }”
history-judge = 登记裁判员 { $judge }
history-entry = 登记参赛者 { $entry }
history-person = { $entry } 的报名信息
history-numbers = { $entry } 的参赛号与赛位
history-status = { $entry } 的状态
history-decision = { $entry } 在并列者中的先后
history-mark = 赛位 { $entry } · { $item } { $judge }
history-draw = { $layer }抽签 { $session }
history-lot = { $entry } 抽到的号
history-seal = { $event }：加密
history-opening = { $office }确认解密
history-table = 记录列表
history-confirmed = { $duty ->
    [supervisor] 监督员签字确认成绩
   *[other] 裁判长确认成绩
}
history-paper = 成绩须全部评分表核对（✓）或不须（○）
history-recorded = 录入评分表 { $entry } · { $module } { $judge }
history-checked = 核对评分表 { $entry } · { $module } { $judge }
