# The home page of a competition: the checklist of phases.
home-title = Overview
home-next = Next: { $step }
home-progress = Progress by module
home-progress-empty = Once entries and judges are there, this shows how far the marks are.
home-recent = Latest records
home-recent-line = { $what }: { $after }
home-public-see = See all competitions
phase-done = Done
phase-later = Later
phase-rulebook = Rules
phase-rulebook-do = See the rules
phase-registration = Registration
phase-registration-do = Register entries
phase-numbers = Numbers and stations
phase-numbers-do = Give numbers
phase-judges = Judges
phase-judges-do = Seat the judges
phase-scoring = Marks
phase-scoring-do = Enter marks
phase-parameters = Parameters
phase-parameters-do = Fill in parameters
phase-finalise = Final results
phase-finalise-do = Finalise
phase-print = Print
phase-print-do = Print results
home-note-rulebook = { $title }, { $items } items
home-note-no-rulebook = No rules that can be computed yet
home-note-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
home-note-numbered = Everybody has a number and a station
home-note-unnumbered = { $count ->
    [one] { $count } entry has no number or station yet
   *[other] { $count } entries have no number or station yet
}
home-note-judges = { $count ->
    [one] { $count } judge
   *[other] { $count } judges
}
home-note-empty-seats = { $count ->
    [one] { $count } empty seat on the panels
   *[other] { $count } empty seats on the panels
}
home-note-marked = Everything is marked
home-note-unmarked = { $count ->
    [one] { $count } cell still to mark
   *[other] { $count } cells still to mark
}
home-note-findings = { $count } to settle
home-note-changed = Final results changed since they were confirmed; reopen them and confirm again
home-note-final = The results are final
home-note-provisional = Provisional; the chief judge makes them final once everything is marked
home-note-print = Mark sheets, score summary, result list
home-note-parameters = every parameter has its values
home-note-parameters-missing = { $count ->
    [one] { $count } value of a parameter is missing
   *[other] { $count } values of parameters are missing
 }
home-note-undecided = { $count ->
    [one] { $count } group of equals is undecided
   *[other] { $count } groups of equals are undecided
 }
