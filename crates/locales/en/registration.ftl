# The registration page.
registration-title = Registration
registration-total = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
registration-search = Find by name, unit, number or last four digits
registration-import = Import a roster
registration-add = Register by hand
registration-number = Give numbers
registration-place = Session · station
registration-status = Status
registration-actions = Actions
registration-history = History of { $entry }
registration-empty-title = No entries yet
registration-empty-text = Import an .xlsx or .csv roster: columns in any order, headers in Chinese or English. Look first, then confirm; all rows are written, or none. Or register by hand.
registration-none-found = Nothing found for “{ $text }”. Names, units, entry numbers and the last four digits of a document are searched.
roster-import-title = Import a roster
roster-import-about = .xlsx and .csv, columns in any order. Every cell is checked first; only when nothing is wrong are all rows written, else none.
roster-imported = { $count ->
    [one] { $count } entry registered
   *[other] { $count } entries registered
}
entry-new = Register an entry
entry-edit = Change a registration
number-title = Give numbers and stations
number-about = Numbers those who have none, in order of registration. Numbers that are there stay.
number-prefix = Letters before the number (may be empty)
number-stations = Stations per session (empty for one session)
number-do = Give numbers
number-done = { $count ->
    [one] { $count } entry numbered
   *[other] { $count } entries numbered
}
status-title = Status of { $entry }
status-about = A status changes the ranking. The one before stays on record.
status-since = { $status } (from “{ $stage }” on)
status-stage = From which stage on
status-stage-all = from the beginning
registration-sealed = Names are sealed: no numbers and statuses stand here, and nothing can be changed until they are unsealed. Record statuses by anonymous number on the Draw page.
