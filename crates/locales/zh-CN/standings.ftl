# 成绩页。
standings-title = 成绩
standings-provisional = 暂定
standings-final = 已定稿
standings-final-about = 第 { $number } 次定稿，{ $time }，{ $actor }
standings-unfinished = 还有 { $count } 名参赛者的分数不全，暂不排名
standings-complete = 全部参赛者的分数已齐
standings-export = 导出 xlsx
standings-exported = 已保存到 { $path }
standings-print = 打印
standings-finalise = 定稿
standings-reopen = 重新开放
standings-col-rank = 名次
standings-col-number = 参赛号
standings-col-name = 姓名
standings-col-unit = 单位
standings-max = 满分 { $max }
standings-tie-rule = 总分相同时，依次比较：{ $keys }。
standings-no-tie-rule = 总分相同时，名次并列。
standings-list-separator = 、
standings-order-waits = 先后暂定
standings-shared = 并列

# 并列处理
equals-title = 并列处理
equals-about = 下列参赛者按全部规则都分不出先后，规则规定{ $by ->
    [draw] 抽签决定
    [play_off] 加试决定
   *[manual] 由裁判长裁定
 }。
equals-group = 第 { $rank } 名起：{ $numbers }
equals-open = { $by ->
    [draw] 待抽签
    [play_off] 待加试
   *[manual] 待裁定
 }
equals-decided = { $by ->
    [draw] 已抽签
    [play_off] 已加试
   *[manual] 已裁定
 }
equals-crossing = 有冲突的决定，都不算数
equals-decide = { $by ->
    [draw] 记录抽签结果
    [play_off] 记录加试结果
   *[manual] 作出裁定
 }
equals-change = 改为别的先后
equals-withdraw = 撤回
equals-lapsed = { $by ->
    [draw] 抽签结果
    [play_off] 加试结果
   *[manual] 裁判长的裁定
 }（{ $numbers }）不再适用：他们已不相同，或又有人与他们相同。
equals-dialog = { $by ->
    [draw] 记录抽签结果
    [play_off] 记录加试结果
   *[manual] 裁定先后
 }
equals-dialog-about = 把参赛者排成决定的先后，在前的名次在前。下面显示由此得到的名次和奖项，确认后再保存。
equals-order = 先后
equals-up = { $number } 上移
equals-down = { $number } 下移
equals-save = 保存先后
equals-withdraw-title = 撤回并列的决定
equals-withdraw-about = 撤回后，{ $numbers } 又并列，等待重新决定。原来的决定保留在记录里。
effect-reading = 正在计算影响
effect-teams = 团体名次或团体成绩会改变：
effect-hidden = 解密之前有成绩不显示，还算不出总分和名次：影响要到解密后才看得到。
effect-modules = { $count } 名参赛者的模块成绩会改变。
effect-none = 名次、总分和奖项都不变。
effect-count = { $count } 名参赛者的名次、总分或奖项会改变：
effect-bulletins = 已发布的公告不再属实：第 { $list } 号。更改后请发更正公告。
effect-certificates = 已编号的证书不再有效：{ $list }。更改后请重新编号打印。
effect-unconfirmed = 裁判长和监督的确认不再有效，需要重新确认。
effect-at-stake = 目前有效、更正后可能失效的：
effect-stake-bulletins = 公告：第 { $list } 号
effect-stake-certificates = 证书：{ $list }
effect-stake-confirmed = 裁判长和监督的确认
effect-locked = 成绩已锁定：先在成绩页重新开放，才能这样更改。
standings-empty-title = 还没有成绩
standings-empty-text = 录入第一个分数后，名次会马上出现在这里。
standings-empty-marks = 去评分
standings-no-rank = 未排名
standings-table-label = 成绩表
standings-teams = 团体名次
standings-teams-sealed = 姓名加密期间不显示团体名次：单位与匿名号放在一起，会泄露谁是谁。
standings-teams-empty = 还没有团体。
standings-col-team = 团体
standings-col-members = 成员（名次，总分）
standings-team-member = { $name }（{ $rank }，{ $total }）
standings-team-unranked = 未排名
team-few-members = 只有 { $count } 名队员，需要 { $needed } 名
team-few-results = 只有 { $count } 名队员有成绩，需要 { $needed } 名
team-no-result = 团体成绩还没有值

why-title-ranked = { $number } 为什么是第 { $rank } 名
why-title-unranked = { $number } 为什么没有名次
why-choose = 选一行，看它为什么排在这里。
why-first = 没有比它更好的成绩。
why-panel = 名次的由来
why-behind = 总分低于第 { $rank } 名 { $number }（{ $total }）。
why-before = 前一位：第 { $rank } 名 { $number }，{ $total }
why-after = 后一位：第 { $rank } 名 { $number }，{ $total }
why-neighbours = 前后名次
why-history = 查看记录
standings-history-of = { $number } 的记录
why-print = 打印依据单
why-left-out = 不计
why-judge = 裁判 { $judge }
why-of-max = / { $max }
why-open-all = 全部展开
why-close-all = 全部收起
why-total = 总分
why-no-value = 无
why-not-yet = 未评
why-absent = 缺席
why-void = 作废

finalise-text = 定稿后分数不能再改，打印件不再带“暂定”字样。需要时裁判长可以重新开放。
reopen-title = 重新开放成绩
reopen-text = 重新开放后可以改分，打印件重新带上“暂定”。原来的定稿保留在记录里。
reopen-reason = 为什么重新开放
reopen-do = 重新开放
standings-cancel = 取消
standings-reason-needed = 请写明理由

# 计算步骤，对参赛者怎么说就怎么写。
derive-trim = 去掉 { $high } 个最高、{ $low } 个最低
derive-mean = 平均 { $value }
derive-median = 中位数 { $value }
derive-min = 取最低 { $value }
derive-max = 取最高 { $value }
derive-count = 共 { $value } 个
derive-round =
    { $mode ->
        [half_up] 四舍五入到 { $digits } 位小数
        [half_even] 四舍六入五成双到 { $digits } 位小数
        [down] 截到 { $digits } 位小数
        [up] 进到 { $digits } 位小数
       *[other] 保留 { $digits } 位小数
    }
derive-table = { $from } 属于 { $band }，得 { $value } 分
derive-table-otherwise = { $from } 不在任何一档，得 { $value } 分
derive-spread = 分差超过 { $limit }，须重新评分
derive-settle = 缺分按规则计 { $value }
derive-clamp = 限制在允许范围内：{ $value }
derive-status = 按参赛者状态计 { $value }
derive-seen = 同上文
derive-abs = 取绝对值 { $value }
derive-stage = 未进入该阶段，不计分
derive-majority-place = 按多数裁判的名次，列第 { $value }
derive-skating =
    { $rule ->
        [9] 各舞种名次之和 { $sum }（顺位法规则9），列第 { $value }
        [10] 各舞种名次之和 { $sum } 与他人相同，按顺位法规则10列第 { $value }
        [11] 各舞种名次之和 { $sum } 与他人相同，按顺位法规则11列第 { $value }
        [shared] 各舞种名次之和 { $sum } 与他人相同，各项规则均不能区分，并列第 { $value }
       *[other] 按顺位法列第 { $value }
    }
derive-place = 在全体参赛者中列第 { $value }
derive-place-points = 按在全体参赛者中的名次得 { $value }
derive-take = { $which ->
    [highest] 取最高的 { $count } 个
    [lowest] 取最低的 { $count } 个
    [first] 取前 { $count } 个
   *[last] 取最后 { $count } 个
 }
derive-answer = { $count ->
    [matches] 答案 { $answer }，标准答案 { $key }，对上 { $value } 处
    [displacement] 答案 { $answer }，标准答案 { $key }，错位合计 { $value }
   *[same] 答案 { $answer }，标准答案 { $key }，全对记 1，否则记 0：{ $value }
 }
derive-across = { $fold ->
    [max] 全体最高值 { $value }
    [min] 全体最低值 { $value }
    [mean] 全体平均值 { $value }
    [median] 全体中位数 { $value }
    [sum] 全体合计 { $value }
   *[count] 全体人数 { $value }
 }
derive-parameter = 参数 { $name }：{ $value }
derive-standardise = 与全体平均值相差的标准差个数，保留 { $digits } 位小数：{ $value }
derive-root = 开平方，保留 { $digits } 位小数：{ $value }

# 一行为什么排在这里。名称以 -zh、-en 结尾的参数，用所在语言的那一个。
why-tie-decided = 与 { $against } 总分相同，比{ $by }：{ $own } 对 { $other }，相差 { $difference }，列后。
why-tie-decided-after = 与 { $against } 总分相同，{ $equal }也相同；比{ $by }：{ $own } 对 { $other }，相差 { $difference }，列后。
why-tie-ahead = 与 { $against } 总分相同；比{ $by }：{ $own } 对 { $other }，相差 { $difference }，列前。
why-tie-ahead-after = 与 { $against } 总分相同，{ $equal }也相同；比{ $by }：{ $own } 对 { $other }，相差 { $difference }，列前。
why-tie-shared = 与 { $against } 总分相同，{ $keys ->
    [0] {""}
   *[other] { $equal }也相同，
 }名次并列。
why-tie-undecided = 与 { $against } 总分相同，{ $keys ->
    [0] {""}
   *[other] { $equal }也相同，
 }{ $by ->
    [draw] 等待抽签
    [play_off] 等待加试
   *[manual] 等待裁判长裁定
 }，暂时并列。
why-waits-marks = 这个先后还是暂定的：{ $keys }还没有评完，评完以后可能改变。
why-waits-decision = 与其后的同分者{ $by ->
    [draw] 等待抽签
    [play_off] 等待加试
   *[manual] 等待裁判长裁定
 }，先后未定，现在暂时并列。
why-unfinished = 还缺 { $count } 项：{ $items }
why-unfinished-parameters = 还缺 { $count } 项：{ $items }；参数还没有填写：{ $parameters }
why-parameters = 分数已评完；参数还没有填写：{ $parameters }
why-status = { $status }，不排名。
why-no-score = 总分没有值，不排名。
standings-col-code = 匿名号
standings-sealed = 姓名已加密，按匿名号显示
standings-veiled = 有 { $count } 项导入的成绩（如理论）是在加密前录入的：当时姓名可见，现在显示出来就能对出匿名号。解密后才显示，并计入总分和名次；两人确认也在解密之后。
standings-changed = 暂定：裁判长和监督员确认并定稿之后，别的电脑又传来记录，成绩有了变动。请核对变动，重新打开成绩，由两人再次确认；在此之前，打印件标“暂定”，证书不编号。
standings-unverified = 暂定：还有 { $count } 张纸质评分表没有核对无误，表上的分数只计入暂定名次。
