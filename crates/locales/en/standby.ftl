# A second computer that stands by for the host of the hall.
standby-title = Standby host
standby-own-about = This computer stands by for the host ({ $hub }): it receives every record as others do. When the host breaks, press “Take over”, and the other computers come here by themselves within seconds.
standby-hub-answers = The host is there; its last answer: { $at }.
standby-hub-silent = The host does not answer; its last answer: { $at }.
standby-hub-never = The host has not answered since this program started.
standby-waits = It waits: the other computers are with the host.
standby-serves = This computer took over at { $at }.
standby-both = The host is there again. Two at once lose nothing: the other computers stay here, and records still come together. Once the host can be relied on, press “Hand back”.
standby-nodes = Computers that the host lets in
standby-nodes-none = No other computer is paired with the host yet; once it is, the list comes here by itself.
standby-node-here = is here
standby-closed = The door of this computer is closed, and the others do not find it. Taking over opens it; better press “Start hosting” above now.
standby-reached = Where the host tells the others to find this computer: { $addresses }
standby-to-hub-is = There is nothing above this host: after taking over, records gather here and go back to the host when it is there again.
standby-to-by-hub = This computer is not paired with headquarters: after taking over the hall goes on, but records go up only when the host is back, or once you pair it here.
standby-to-itself = This computer is paired with headquarters: while it serves, it sends there by itself.
standby-pair = Pair with headquarters
standby-pair-about = The code is made at headquarters, for “Everything”. It has to be the headquarters that the host is connected to.
standby-take-over = Take over
standby-take-over-do = Take over here
standby-effect-move = { $count ->
    [one] { $count } computer comes here where the host does not answer it:
   *[other] { $count } computers come here where the host does not answer them:
}
standby-effect-nobody = No computer will come: none is paired with the host yet, or the list has not arrived here.
standby-effect-missing = The host answered last at { $at }. What was written on the other computers since then they bring along themselves; what was written on the host alone arrives when it is back.
standby-effect-never = The host has not answered since this program started: what is newer there may not be here. The other computers bring along what they have.
standby-effect-alive = The host answers now: as long as it does, the other computers stay with it, and taking over does not draw them away.
standby-hand-back = Hand back
standby-hand-back-do = Hand back to the host
standby-hand-back-effect = After that this computer lets the others in no more, and they go back to the host within seconds. Make sure that the host can be relied on; while it does not answer they wait, and what is written stays with them.
standby-other = “{ $name }” stands by for this computer.
standby-other-waits = It waits.
standby-other-serves = { $count ->
    [one] It took the hall over at { $at }; { $count } computer is there. Records still come together here. To have the others back, press “Hand back” on the standby host.
   *[other] It took the hall over at { $at }; { $count } computers are there. Records still come together here. To have the others back, press “Hand back” on the standby host.
}
standby-other-silent = It has not been heard since this program started: make sure that it runs and is in the same network.
standby-other-heard = Last heard: { $at }.
standby-other-closed = Its door is closed: press “Start hosting” on that computer.
standby-fingerprint = Its fingerprint:
standby-with-hub = Now: host
standby-with-standby = Now: standby host
error-standby-waiting = The standby host waits and has not taken over.
error-not-standby = This computer does not stand by: make a code for a standby host on the host, and connect with it.
error-standby-headquarters-other = This code was not made by the headquarters that the host is connected to. Nothing was sent there.
error-standby-headquarters-code = This code does not read everything, which a standby host has to: make one for “Everything” at headquarters.
error-standby-hub-is-headquarters = There is nothing above this host, so a standby host needs no other pairing.
