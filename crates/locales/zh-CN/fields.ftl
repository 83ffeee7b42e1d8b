# 数据本身的名称：报名项目、导入列、参赛状态。键由程序的数据给出。

# 报名项目
field-name = 姓名
field-document-kind = 证件类型
field-document-number = 证件号码
field-phone = 手机号码
field-unit = 单位
field-unit-code = 统一社会信用代码
field-occupation = 职业（工种）
field-skill-level = 现有职业技能等级
field-number = 参赛号
field-session = 场次
field-station = 赛位号
field-delegation = 代表队
field-sex = 性别
field-birth-date = 出生日期
field-education = 学历
field-certificate = 职业技能等级证书编号
field-years-in-trade = 从业年限
field-ownership = 单位所有制
field-migrant-worker = 农民工
field-title = 职称
field-admission = 准考证号
field-note = 备注

# 参赛状态
status-ok = 参赛
status-absent = 缺考
status-withdrawn = 退赛
status-retired = 中途退出
status-disqualified = 取消资格
status-not-checked-in = 未检录
status-unfinished = 未完赛
status-void = 成绩无效

# 成绩文件的列
column-entry = 参赛号
column-station = 赛位号
column-admission = 准考证号
column-name = 姓名
column-unit = 单位
column-item = 评分点
column-judge = 裁判员
column-attempt = 次数
column-value = 得分
column-mark = 一个评分点的得分
note-column-left-out = “{ $column }”这一列没有对应的项目，没有读取

# 报名模板里各列怎么填
template-required = 必填。
template-field-name = 与证件上的姓名一致。
template-field-document-kind = 从列表里选择；不填按居民身份证。
template-field-document-number = 按文本填写，居民身份证为 18 位。
template-field-phone = 11 位手机号码。
template-field-unit = 单位全称。
template-field-unit-code = 18 位统一社会信用代码。
template-field-skill-level = 从列表里选择。
template-field-number = 不填则以后按顺序编号。
template-field-session = 不填则以后编排。
template-field-station = 不填则以后编排。
template-field-sex = 填写居民身份证的，可以不填。
template-field-birth-date = 写作 2001-05-08；填写居民身份证的，可以不填。
template-field-years-in-trade = 整数年。
