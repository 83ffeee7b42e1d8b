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
