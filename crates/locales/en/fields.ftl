# Names of the data themselves: fields of registration, columns of an import, statuses. The program's data give the keys.

# Fields of registration
field-name = Name
field-document-kind = Document
field-document-number = Document number
field-phone = Phone
field-unit = Unit
field-unit-code = Unit code
field-occupation = Occupation
field-skill-level = Skill level
field-number = Entry number
field-session = Session
field-station = Station
field-delegation = Delegation
field-sex = Sex
field-birth-date = Birth date
field-education = Education
field-certificate = Certificate
field-years-in-trade = Years in trade
field-ownership = Ownership
field-migrant-worker = Migrant worker
field-title = Title
field-admission = Admission number
field-note = Note

# Statuses of an entry
status-ok = Taking part
status-absent = Absent
status-withdrawn = Withdrawn
status-retired = Retired
status-disqualified = Disqualified
status-not-checked-in = Not checked in
status-unfinished = Did not finish
status-void = Result void

# Columns of a file of marks
column-entry = Entry number
column-station = Station
column-admission = Admission number
column-name = Name
column-unit = Unit
column-item = Item
column-judge = Judge
column-attempt = Attempt
column-value = Mark
column-mark = Marks of one item
note-column-left-out = the column “{ $column }” matches no field; it was not read

# How to fill in the columns of the roster template
template-required = Required.{" "}
template-field-name = As in the identity document.
template-field-document-kind = Choose from the list; empty means the resident identity card.
template-field-document-number = As text; a resident identity number has 18 characters.
template-field-phone = A mobile number of 11 digits.
template-field-unit = The full name of the unit.
template-field-unit-code = The unified social credit code of 18 characters.
template-field-skill-level = Choose from the list.
template-field-number = Empty: numbered in order later.
template-field-session = Empty: arranged later.
template-field-station = Empty: arranged later.
template-field-sex = May stay empty with a resident identity number.
template-field-birth-date = Written as 2001-05-08; may stay empty with a resident identity number.
template-field-years-in-trade = Whole years.
