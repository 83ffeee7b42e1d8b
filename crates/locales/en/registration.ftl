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
erase-open = Erase
erase-title = Erase personal information
erase-about = Name, document number, telephone and the rest of the registration can then be read on no computer that holds the records of this competition, nor in any backup of before. Results, ranks and the verification of records stay.
erase-whom = { $name }  { $unit }
erase-reading = Looking at what there is…
erase-goes = What goes
erase-stays = What stays
erase-forms = Registration (versions: { $count })
erase-notes = Notes of judges: { $count }
erase-inquiries = Inquiries with their answers: { $count }
erase-scans = Scans of mark sheets: { $count }
erase-line = Name, unit and occupation in bulletin { $number } of “{ $event }”; every other line stays as posted
erase-bulletin = All of bulletin { $number } of “{ $event }”, which an older version published
erase-entry = The entry in “{ $event }”, number { $number }
erase-marks = { $count } marks; ranks, final results and their confirmations
erase-kept = { $fields }: the rules rank by this
erase-for-good = This cannot be taken back. Printed paper, exported files and sticks that are not plugged in here are not reached; see to them yourself.
erase-basis = Legal basis
erase-basis-about = For example “At the person’s request, Art. 47 PIPL”. The basis stays on record: write no name and no number.
erase-do = Erase
erase-done = Personal information erased
erase-done-later = Personal information erased. A file was in use, or a place was not connected: it is rewritten by itself once that is over.
