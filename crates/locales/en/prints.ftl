# Words on printed documents.
print-mark-sheet = Mark sheet
print-score-summary = Score summary
print-result-list = Results
print-draw-register = Draw register
print-page = Page { $page } of { $pages }
print-printed-at = Printed: { $time }
print-version = Version: { $version }
print-provisional = PROVISIONAL
print-synthetic = SYNTHETIC DATA
print-competition = Competition
print-event = Event
print-session = Session
print-all-sessions = all
print-module = Module
print-station = Station
print-sheet-number = Sheet no.
print-judge = Judge
print-agreed = Agreed
print-item-number = No.
print-item = Item
print-max = Max.
print-rule = How it is marked
print-mark = Mark
print-total = Total
print-notes = Notes
print-rank = Rank
print-prize = Prize
print-name = Name
print-unit = Unit
print-signature-date = Date
print-signature-year = { "" }
print-signature-month = { "" }
print-signature-day = { "" }
print-signature-judge = Judge
print-signature-recorder = Recorder
print-signature-chief-judge = Chief judge
print-signature-supervisor = Supervisor
print-entry-number = Entry no.
print-blind-code = Anonymous no.
print-sequence = No.
print-contestant-signature = Signature
print-signature-draw-officer = Draw officer
print-remark = Remark
print-roster = Roster
print-status = Status
print-host = Host
print-organiser = Organiser
print-co-organiser = Co-organiser
print-date = Date
print-place = Place
print-of-max = of { $max }
print-sealed-note = Names are sealed: this table goes by anonymous numbers. Print the score summary with names once they are unsealed.
print-draw-by-lots = Lots drawn from a box and typed in.
print-draw-by-computer = Drawn by computer, seed { $seed }. Entries in the order of SHA-256 over seed, line feed and entry id take the numbers in turn, so it can be computed again.
print-draw-voided = { $count ->
    [one] { $count } draw was voided
   *[other] { $count } draws were voided
} before this one; the history has the reasons.
print-unranked = unranked
print-tie-rule = Equal totals are separated by, in this order: { $keys }.
print-list-separator = ,{" "}
print-unfinished = { $count ->
    [one] Marks of { $count } entry are not complete
   *[other] Marks of { $count } entries are not complete
}; ranks will change.

# Workbooks
workbook-notes = Notes
workbook-choices = Choices
workbook-choices-more = The values to choose from are on the sheet “Choices”.
workbook-column = Column
workbook-note = How to fill it in
workbook-bad-value = Choose a value from the list

# File names
file-roster-template = roster-template
file-marks-template = marks-template
print-unverified = { $count ->
    [one] { $count } mark sheet is
   *[other] { $count } mark sheets are
} not verified.
print-checked-alone = Sheet { $number } was typed and confirmed by { $name } alone.
