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
rules-effect = { $count } 名参赛者的名次或总分会改变；{ $orphaned } 个分数在新规则里没有位置，仍留在记录里。
rules-before = 现在
rules-after = 之后
