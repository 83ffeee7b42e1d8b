# 帐号：从别处的浏览器进入上级平台。
door-title = 登录上级平台
door-about = 用管理员给您开的帐号登录：名称、密码，再加验证器里的 6 位数字。
door-name = 帐号名称
door-password = 密码
door-next = 下一步
door-enter = 登录
door-lacking = 请填写帐号名称和密码。
door-again = 再试一次
door-ended-title = 登录已结束
door-ended-about = 长时间没有操作、密码已更改，或已在别处退出。重新登录后回到原来的页面，填写的内容都还在。
door-leave = 离开这个页面
door-foot-saved = 已保存在上级平台

secret-show = 显示
secret-hide = 隐藏
code-app = 验证器里的 6 位数字
code-recovery = 恢复码
code-use-recovery = 改用恢复码
code-use-app = 改用验证器

set-up-title = 设置帐号
set-up-about = 请填写管理员给您的设置码。它只能用一次，24 小时内有效。
set-up-link = 设置码
set-up-who = 帐号：{ $name }
set-up-password = 一、定一个密码
set-up-password-about = 至少 { $least } 个字，什么字都可以；几个不相干的词连起来，又长又好记。
set-up-app = 二、连接验证器
set-up-send = 完成设置
password-new = 新密码
password-now = 现在的密码
password-title = 更改密码
password-save = 更改密码

authenticator-title = 更换验证器
authenticator-another = 换手机，或恢复码快用完时，从这里重新连接验证器，并得到新的恢复码。原来的验证器和恢复码随即作废。
authenticator-begin = 开始更换
authenticator-turn = 换用新的验证器
authenticator-about = 用手机上的身份验证器应用（例如微软、谷歌的验证器，或密码管理器）扫描这个二维码，然后把它显示的 6 位数字填在下面。
authenticator-letters = 不能扫描时，在应用里选“手动输入”，填写：
authenticator-code-label = 给验证器应用扫描的二维码

recovery-title = 恢复码
recovery-about = 手机不在身边时，用一个恢复码代替 6 位数字。每个只能用一次，只在这里显示这一次：请抄下来或打印出来，放在安全的地方。
recovery-kept = 已经收好，继续

account-title = 我的帐号
account-may-look = 只能查看
account-may-look-about = 这个帐号可以查看，不能修改。
account-may-work-about = 这个帐号可以查看和办理；启用了人员登录的竞赛，还要用您在那里的身份和密码登录。
account-recovery-left = 还剩 { $count } 个恢复码。
account-others-out = 更改后，其他浏览器里的登录都会结束。

sessions-title = 已登录的浏览器
sessions-about = 有不认识的，请全部退出，再更改密码。30 分钟没有操作，或登录满 12 小时，会自动退出。
sessions-browser = 浏览器
sessions-begun = 登录时间
sessions-acted = 最近操作
sessions-own = 这一个
sessions-everywhere = 全部退出
