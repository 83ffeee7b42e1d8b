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

# 由世界技能大赛评分方案生成
scheme-open = 从 WorldSkills 评分方案生成
scheme-title = 从 WorldSkills 评分方案生成规则
scheme-about = 选择 CIS 评分方案工作簿（.xlsx，工作表“CIS Marking Scheme Import”）。没有问题时，生成的规则填入规则文件，仍要预览并采用才会生效。
scheme-choose = 选择 .xlsx 文件，或拖到这里
scheme-faulty = 有 { $count } 处问题，没有生成规则。请在文件里改好，再选一次。
scheme-good = { $title }：{ $criteria } 项标准，{ $subs } 项子标准，{ $measurement } 个测量点，{ $judgement } 个评判点，合计 100 分。
scheme-use = 填入规则文件
