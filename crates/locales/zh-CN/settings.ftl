# 设置页。
settings-title = 设置
settings-name = 竞赛名称
settings-level = 级别与类别
settings-host = 主办单位
settings-organiser = 承办单位
settings-co-organiser = 协办单位
settings-place = 地点
settings-date = 日期
settings-synthetic = 模拟数据（所有页面和打印件都会标明）
settings-fields = 报名时还要填写
settings-fields-about = 姓名、证件、电话、单位、职业和技能等级总是填写；这里选择其他项目。

# 总部：连接与介质包。
bundle-title = 总部
bundle-about = 本机连接上级计算机后，记录自动上报；没有网络时，用介质包（一个文件）携带。
bundle-alone = 未连接：记录只在本机。
bundle-connected = 已连接：{ $url }
bundle-url = 上级计算机的地址
bundle-code = 配对码
bundle-connect = 连接
bundle-disconnect = 断开连接
bundle-pair = 为下级计算机生成配对码
bundle-code-made = 配对码，一天内可用一次：
bundle-files = 介质包
bundle-files-about = 上报的介质包只有上级计算机能打开。公开副本不含人员登记信息，任何人都可以验证。
bundle-lacking = 导出未上报的记录
bundle-everything = 导出全部记录
bundle-receipts = 导出回执
bundle-published = 导出公开副本
bundle-import = 导入介质包（.jsbundle）
bundle-made = 已写好：{ $records } 条记录，{ $receipts } 份回执。
bundle-taken = 已导入：新记录 { $new } 条，已有 { $known } 条，新回执 { $receipts } 份。
bundle-left-out = 有 { $count } 条记录链没有收下：缺少之前的记录，或与本机不一致。请先导入更早的介质包，或请对方“导出全部记录”。
