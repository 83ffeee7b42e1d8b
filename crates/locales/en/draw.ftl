# Draws, sealing and unsealing.
draw-title = Draw
draw-progress = { $drawn } of { $entries } drawn
draw-choices = What is drawn
draw-whole = all sessions
draw-session = session { $session }
draw-layer-number = Entry no.
draw-layer-place = Station
draw-layer-work = Work no.
draw-office-officer = draw officer
draw-office-supervisor = supervisor
draw-office-envelope = envelope put away
draw-empty-title = No entries yet
draw-empty-text = Register entries on the Registration page first. When lots are drawn in the hall, type here what each of them drew.
draw-about-lots = Draw lots from a box and type what each entry drew on its line: Enter saves and goes to the next. A number that somebody has is refused at once.
draw-about-work = Draw work numbers only where works are marked without their stations; from then on the Marks page shows nothing else.
draw-col-before = Before
draw-col-name = Name
draw-col-unit = Unit
draw-col-session = Session
draw-col-state = State
draw-field-code = Number drawn by { $name }
draw-field-session = Session drawn by { $name }
draw-state-missing = not yet
draw-state-saved = saved
draw-state-crossing = two records differ, type it again
draw-state-double = somebody else has it too
draw-computer = Draw by computer
draw-computer-title = Draw by computer
draw-computer-about = The random seed is recorded, and anybody can compute the same draw from it again. { $entries ->
    [one] { $entries } entry draws
   *[other] { $entries } entries draw
}: { $layer }.
draw-computer-voids = The draw that is there ({ $lots ->
    [one] { $lots } lot
   *[other] { $lots } lots
}) becomes void; it stays on record.
draw-computer-marks = { $count ->
    [one] { $count } of them has
   *[other] { $count } of them have
} marks already.
draw-computer-prefix = Letters before the number (may be empty)
draw-computer-stations = Stations per session (empty for one session)
draw-computer-do = Draw
draw-computer-done = { $count ->
    [one] { $count } lot drawn
   *[other] { $count } lots drawn
}
draw-by-lots = lots from a box
draw-by-computer = by computer, seed { $seed }
draw-agrees = recomputing from the seed gives the same draw
draw-differs = recomputing from the seed gives another draw: it was changed since
draw-voided-before = { $count } voided before
draw-is-void = void
draw-swap = Exchange two
draw-swap-about = When two contestants sit at each other's station, or got each other's number, exchange the two. Both change together, and the reason is kept.
draw-swap-marks = Marks that were entered stay with the contestant, not with the number: check what was entered by number before.
draw-swap-sealed = While names are sealed the exchange is by blind code, and no name is shown.
draw-swap-one = One
draw-swap-other = The other
draw-swap-do = Exchange
draw-swap-done = The two were exchanged
draw-void = Void and draw again
draw-void-title = Void this draw
draw-void-about = { $lots ->
    [one] The { $lots } lot of this draw becomes void
   *[other] All { $lots } lots of this draw become void
}; entries are as before it. What was drawn stays on record.
draw-void-do = Void
draw-change-title = Change the lot of { $name }
draw-change-about = It was { $before } and becomes { $after }. Please give the reason.
draw-change-cleared = nothing
draw-change-do = Change
draw-crossing = Two draws stand side by side, so neither counts. Check with the draw officer and the supervisor, then choose one.
draw-crossing-one = { $time }, { $lots ->
    [one] { $lots } lot
   *[other] { $lots } lots
}
draw-choose = Choose this one
draw-choose-title = Choose a draw
draw-choose-about = The other becomes void and stays on record.
draw-print = Print the register
draw-locked = The results are final; nothing can be drawn any more.

seal-title = Sealing
seal-about = Once sealed, marks, results, history and prints show anonymous numbers and no names; registration shows no numbers.
seal-missing = { $count ->
    [one] { $count } entry has no number of its own
   *[other] { $count } entries have no number of their own
}; names can be sealed once all have one.
seal-ready = Every entry has a number of its own; names can be sealed.
seal-undrawn = { $count ->
    [one] { $count } entry has
   *[other] { $count } entries have
} no lot yet ({ $layer }). Sealed now, they are shown by the numbers they had before.
seal-open = Seal names
seal-dialog-title = Seal names
seal-effect-marks = Marks, results, history, prints and exports show anonymous numbers only.
seal-effect-roster = Registration still shows names, but no numbers, and cannot be changed.
seal-effect-lists = Documents that need names, such as result lists, cannot be printed until names are unsealed. Print the draw register now, have it signed and put it away sealed.
seal-effect-back = After the results are final, draw officer and supervisor unseal the names together.
seal-officer = Name of the draw officer
seal-supervisor = Name of the supervisor
seal-do = Seal
seal-done = Names are sealed
seal-sealed = sealed
seal-sealed-by = Sealed { $time } by { $officer } and { $supervisor }
seal-sealed-about = Only anonymous numbers and statuses stand below. Absent, retired and disqualified entries are recorded by number.
lock-open = Lock names (any two open)…
lock-about = A lock keeps more: works get new numbers, who has which stays on no computer, and any two of three opening codes bring it back.
lock-dialog-title = Lock names
lock-effect-numbers = Every work gets a new number, in an order that the computer draws. Put them on the works as the list says.
lock-effect-gone = Once locked, who has which number is on no computer, in no backup and not at headquarters. If two of the codes are lost, names can never be brought back.
lock-effect-open = Three opening codes: one for the draw officer, one for the supervisor, the third in an envelope that is put away. Any two open the names, typed by two people.
lock-effect-paper = The list and the codes are shown this once and not stored. Print them (or write them down); put the list into a signed envelope when the works are labelled.
lock-prefix = Letters before the numbers (may stay empty)
lock-prepare = Give numbers and codes
lock-slip = { $competition } · { $event }
lock-slip-about = Shows names together with any one of the other codes. For this office alone; take no photo of it.
lock-slip-mark = Mark { $mark }
lock-slip-time = prepared { $time }
lock-labels = Numbers of the works
lock-labels-about = Use only the list with the same mark as the slips that were handed out. When the works are labelled, put this list into an envelope; draw officer and supervisor sign it.
lock-col-before = Number until now
lock-col-code = New number
lock-print = Print
lock-proof = Is every slip in somebody's hand? Type the last group of each of the three codes from the slips, so that none was forgotten.
lock-proof-of = Last group on the slip: { $office }
lock-proof-wrong = This is not the sixth group of the code: { $office }. Look at the slip.
lock-do = Lock
lock-again = Give other numbers
lock-nothing-yet = Nothing is locked yet. If this window is closed, these numbers and codes are void.
lock-done = Names are locked
lock-locked-by = Locked { $time } by { $officer } and { $supervisor }
unseal-locked-about = Any two of the three codes show the names, each typed by another person. The chief judge opens the envelope.
unseal-locked-early = Marks are missing or sheets not signed, so unsealing now needs a reason.
unseal-mark = The slips of this lock have the mark { $mark }.
unseal-marks = Two computers locked names side by side: the slips have the marks { $marks }. Each lock wants two codes of its own; whoever has slips of several types one after the other.
unseal-code = Opening code
unseal-title = Unsealing
unseal-about = Draw officer and supervisor each confirm; names appear when both have.
unseal-not-final = The results are not final yet, so unsealing now needs a reason.
unseal-name = Name of the { $office }
unseal-confirm = Confirm unsealing
unseal-confirmed = { $name } ({ $office }) confirmed { $time }
unseal-first = Confirmed; the other person has to confirm too
unseal-done = Names are unsealed
unseal-last = The last seal was opened by two people.
draw-both-roles = { $name } took part in the sealing and is judge { $code }: nobody should seal and mark as well.
