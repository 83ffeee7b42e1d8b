# Words that several pages share.
app-name = Jiangsai
competition = Competition
event = Event
entry = Entry
judge = Judge
item = Item
module = Module
standing = Standing
entry-number = Entry no.
save = Save
saved = Saved
cancel = Cancel
edit = Edit
history = History
reason = Reason
synthetic = Synthetic data
theme = Appearance
theme-system = System theme
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
switch-language = 中文
skip-to-page = Skip to the page
navigation = Main navigation
operator-mode = Operator mode
operator-mode-about = One computer alone: one person may hold several roles, and the log says so.
foot-saved = Saved on this computer
foot-not-saved = { $count ->
    [1] One text on this page is not saved
   *[other] { $count } texts on this page are not saved
}
foot-facts = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
foot-place = Data: { $place }

nav-home = Overview
nav-rules = Rules
nav-registration = Registration
nav-draw = Draw
nav-judges = Judges
nav-marks = Marks
nav-paper = Paper sheets
nav-desk = Desk
nav-hall = Hall
nav-recheck = Re-check
nav-standings = Standings
nav-finalise = Finalise
nav-bulletins = Bulletins
nav-screen = Big screen
nav-wall = Screen in the hall
nav-documents = Print
nav-history = History
nav-settings = Settings
nav-unnumbered = { $count } to number
nav-unmarked = { $count } open
nav-findings = To settle
nav-findings-count = { $count } open
nav-parameters = { $count } missing
nav-undecided = { $count } undecided

import-choose = Choose an .xlsx or .csv file, or drop it here
import-reading = Reading
import-template = Download the template
import-apply = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
}
import-apply-nothing = Import
import-good = { $count ->
    [one] { $count } row, nothing wrong: it can be imported.
   *[other] { $count } rows, nothing wrong: they can be imported.
}
import-faulty = { $count ->
    [one] { $count } problem; no row was imported. Mend it in the file and choose it again.
   *[other] { $count } problems; no row was imported. Mend them in the file and choose it again.
}
import-faults = Problems
import-row = Row
fault-title = This cannot be opened
import-questions = Please answer for each row
import-unanswered = { $count ->
    [one] { $count } row is
   *[other] { $count } rows are
} unanswered; the file can be imported once all are.
import-question-row = Row { $row }
import-question-choose = Choose
import-question-leave-out = Not an entry of this event: leave the row out
question-by-name = No usable number, only the name agrees: is it this one?
question-other-name = The number is that of an entry with another name: which one is it?
question-not-entered = Neither the number nor the name is entered: leave the row out if nobody is.
import-changes = { $count ->
    [one] One mark in the file changes one on record or is an adjustment of the chief judge; say why
   *[other] { $count } marks in the file change those on record or are adjustments of the chief judge; say why
}
import-missing = { $count ->
    [one] { $count } entry has
   *[other] { $count } entries have
} no such result
import-missing-about = Tick who was really absent: they are recorded as absent with the import. The others stay unmarked and can be imported later.
import-missing-all = All were absent
sync-hub-all = The venue hub has every record
sync-hub-pending = The venue hub lacks { $count }, the oldest for { $minutes } min
sync-headquarters-all = Headquarters has every record
sync-headquarters-pending = Headquarters lacks { $count }, the oldest for { $minutes } min
sync-stopped = Sending has paused; work goes on here
sync-forks = { $count } runs of records set apart, because one key was used on two computers
not-a-number = “{ $text }” is not a whole number. Type digits alone, or leave it empty for none.
