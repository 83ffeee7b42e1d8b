# This computer as the host of its hall.
hub-title = This computer hosts the hall
hub-about = In a hall without internet one computer is the host: the others connect to it over the local network, records gather here, and it sends them on when it can.
hub-port-field = Port
hub-open = Start hosting
hub-close = Stop hosting
hub-is-open = Other computers can connect to this one (port { $port }). It starts by itself the next time.
hub-no-network = This computer is in no network at present: plug in a cable or join a wireless network.
hub-firewall = Enter one of these addresses on the other computer, and a pairing code made below. If it cannot connect, let this port through the firewall of this computer.
hub-close-effect = Computers that are connected can then send nothing here any more. What they write stays with them and is sent when hosting starts again.
error-hub-impossible = This program cannot host from the page: jiangsai-hq serve takes connections already.
error-hub-port = The port is a whole number from 1 to 65535; usually it need not be changed.
error-hub-port-taken = Port { $port } cannot be opened: { $why }. Another program may be using it; choose another port.
