# This computer as the host of its hall.
hub-title = 本机作为赛场主机
hub-about = 没有互联网的赛场，用一台电脑作主机：其他电脑经局域网连接到它，记录先汇总到这里，有网络时再由它上报。
hub-port-field = 端口
hub-open = 开始作为赛场主机
hub-close = 停止
hub-is-open = 其他电脑可以连接到本机（端口 { $port }）。下次打开程序时自动开始。
hub-no-network = 本机现在没有连接任何网络：请接上网线或无线网。
hub-firewall = 其他电脑输入上面的地址和下面生成的配对码。连不上时，请允许本机防火墙放行这个端口。
hub-close-effect = 停止之后，已连接的电脑不能再把记录送到本机。它们写下的记录保存在各自的电脑上，再次开始后自动补传。
error-hub-impossible = 这个程序不能从页面上作为赛场主机：jiangsai-hq serve 本身就在接受连接。
error-hub-port = 端口应是 1 到 65535 的整数；一般不用改。
error-hub-port-taken = 端口 { $port } 打不开：{ $why }。可能有另一个程序正在用它，请换一个端口。
