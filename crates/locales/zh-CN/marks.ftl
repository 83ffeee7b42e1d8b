# 评分页。
marks-title = 评分
marks-choices = 评分内容
marks-choices-left = 还有 { $count } 格未评
marks-choices-done = 已评完
marks-col-station = 赛位
marks-col-result = 得分
marks-col-note = 说明
marks-grid-label = 评分表：{ $title }
marks-cell-label = 赛位 { $station }，{ $column }，{ $state }
marks-cell-label-value = 赛位 { $station }，{ $column }，{ $value }，{ $state }
marks-empty-title = 还没有可评分的内容
marks-empty-text = 先登记参赛者并编排裁判员，评分表就会出现在这里。
marks-empty-entries = 去报名
marks-empty-judges = 去裁判员
marks-locked = 成绩已定稿，评分表只能查看。要改分，请裁判长先在“成绩”页重新开放。
marks-veiled = 加密前导入的成绩（{ $count } 项）现在不显示，也不能改：解密后再看。
marks-not-saved = 有 { $count } 格没有保存，内容还在格子里。
marks-saving = 正在保存 { $count } 格
marks-all-saved = 全部已保存
marks-enter-saves = 按 Enter 保存
marks-retry = 再次保存
marks-ask-clear = 清空已保存的 { $value }？Enter 清空，Esc 保留
marks-undo-changed = 这一格后来改成了“{ $value }”，没有撤销。请直接输入新的分数。
marks-redo-changed = 这一格后来改成了“{ $value }”，没有重做。请直接输入新的分数。
marks-cell-gone = 表格变了，“{ $texts }”没有地方可填，没有保存。请查看新的表格。
marks-leave-title = 还有没保存的分数
marks-leave-text = 有 { $count } 格没有保存。离开后，这些内容会丢失。
marks-leave-stay = 留下继续
marks-leave-go = 放弃并离开
marks-lost = 没有保存：{ $why }
marks-lost-short = 没有保存

marks-whom-station = 赛位
marks-whom-session = 场次 { $session }
marks-whom-filled = 已评 { $filled } / { $all }
marks-whom-typing = 正在录入 { $column }
marks-whom-at = { $column }

marks-keys = 按键
marks-side = 当前选手、按键与图例
marks-key-type = 直接输入
marks-key-enter = 保存，到下一行
marks-key-tab = 右移一格
marks-key-arrows = 保存并移动
marks-key-edit = 修改原值
marks-key-escape = 放弃输入
marks-key-delete = 清空（先询问）
marks-key-absent = 裁判缺席
marks-key-undo = 撤销
marks-key-redo = 重做
marks-key-history = 这一格的记录
marks-key-retry = 再次保存

marks-legend = 状态怎么看
marks-state-not-going-on = 未入围，不评
marks-state-not-yet = 尚未评分
marks-state-zero = 零分，已保存
marks-state-saved = 已保存
marks-state-typing = 正在输入
marks-state-saving = 正在保存
marks-state-refused = 没有保存，请改
marks-state-absent = 缺席，不计
marks-state-void = 已作废，不计
marks-state-dropped = 最高或最低，已去掉
marks-state-out-of-line = 分差超限，待裁判长
marks-state-crossing = 两处写了不同的分，待裁判长

marks-import = 导入评分
marks-import-title = 导入评分或理论成绩
marks-import-about = 支持 .xlsx 与 .csv。可以一行一个分数（参赛者、评分点、裁判、分数），也可以一行一名参赛者、一列一个评分点（如理论成绩）。按参赛号或准考证号对人；只有姓名的行会逐行问你。先预览，确认后一次写入。
marks-template = 下载模板
marks-imported = 已导入 { $count } 行
marks-history = 查看记录
marks-history-of = 赛位 { $station } · { $column } 的记录

marks-reason-title = 为什么改
marks-reason-text = 这些分数改动需要说明理由，理由会记入记录。
marks-reason-label = 理由

# 屏幕和内核用同一段代码检查，原因也用同一组词。
mark-fault-not-a-number = “{ $text }”不是分数
mark-fault-too-long = 太长，不是分数
mark-fault-below-minimum = { $text } 低于下限 { $minimum }
mark-fault-above-maximum = { $text } 超过上限 { $maximum }
mark-fault-off-step = { $text } 不是 { $step } 的整数倍
mark-fault-not-a-whole-number = { $text } 不是整数
mark-fault-not-a-time = “{ $text }”不是时间，写作 5:07.3
mark-fault-not-a-choice = { $text } 不在可选值 { $choices } 之中
mark-fault-not-a-tick = 只能是 1 或 0
mark-fault-not-an-answer = 需要 { $length } 个字母，可用 { $letters }

# 一行的说明。
sheet-waiting = 还差 { $count } 名裁判
sheet-spread = 分差 { $spread }，超过 { $limit }，请重新评分
sheet-spread-unknown = 打分太少，无法核对分差（不超过 { $limit }）
sheet-crossing = 两处写了不同的分，请裁判长决定
