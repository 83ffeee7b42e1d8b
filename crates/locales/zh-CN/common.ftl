# 各页共用的词。
app-name = 匠赛
competition = 竞赛
event = 赛项
entry = 参赛者
judge = 裁判员
item = 评分点
module = 模块
standing = 名次
entry-number = 参赛号
station-number = 赛位号
max-score = 配分
