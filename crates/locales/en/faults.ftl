# What is wrong with a cell, a file or a place in the rules. Keys are fault-<code>; they follow the place, so no full stop at the end.
# An argument whose name ends in -en is the English form of the one without.

# Registration
fault-required = empty, but required
fault-unknown-choice = “{ $value }” is not one of the choices: { $choices-en }
fault-id-length = a resident identity number has 18 characters
fault-id-digit = the first 17 characters of a resident identity number are digits, the last is a digit or X
fault-id-date = the birth date in the resident identity number does not exist
fault-id-checksum = the check character of the resident identity number is wrong; check for a slip in copying
fault-id-region = the region at the start of the resident identity number does not exist
fault-document-form = the number does not have the form of this kind of document; please check
fault-phone = a mobile number has 11 digits and begins with 1
fault-unit-code-length = a unified social credit code has 18 characters
fault-unit-code-char = a character that no unified social credit code has (I, O, S, V and Z are not used)
fault-unit-code-checksum = the check character of the unified social credit code is wrong; check for a slip in copying
fault-date = write the date as year-month-day, such as 2001-05-08
fault-years = years are a whole number from 0 to 80
fault-number-form = numbers use letters, digits and hyphens only, at most 16 characters
fault-too-long = too long; at most { $max } characters
fault-control = holds invisible characters; please type it again
fault-cell-error = the formula has no value here ({ $value }); mend it in the workbook, or clear the cell
fault-quote-inside = a quotation mark stands alone in this cell; enclose the whole cell in quotation marks and write those within it twice
fault-quote-text-after = there is text after the closing quotation mark; enclose the whole cell and write the marks within it twice
fault-quote-open = the quotation mark is never closed, so all that follows is in this cell; add the missing one
fault-sex-differs = the sex differs from the resident identity number
fault-birth-differs = the birth date differs from the resident identity number
fault-duplicate-row = the same person as in row { $row }
fault-duplicate-entry = this person is already registered: { $number } { $name }
fault-number-taken = the number “{ $number }” is already used
fault-number-in-row = the number “{ $number }” is the same as in row { $row }

# Files
fault-no-rows = no rows of data; fill them in below the header
fault-no-header = no header row found; use the column names of the template
fault-no-marks-header = no header row found; the first row names the entry number (or station) and the items
fault-unknown-column = an unknown column; it was not read
fault-missing-column = the column “{ $column-en }” is missing
fault-duplicate-column = the column “{ $column }” is there twice; keep one

# Marks
fault-unknown-entry = no entry has the number “{ $value }”
fault-question = which entry is “{ $name }”? Choose above
fault-ambiguous-entry = more than one entry has the number “{ $value }”; use the entry number
fault-unknown-item = the rules have no item “{ $value }”
fault-unknown-judge = no judge has the code “{ $value }”
fault-judge-not-on-panel = judge “{ $value }” is not on the panel of this item
fault-mark-crossing = two different marks stand here side by side: the chief judge settles them first, a file (“{ $value }”) does not
fault-judge-recused = judge “{ $value }” does not mark this entry, and nobody else sits in the seat
fault-judge-needed = each judge marks this item alone; give the judge’s code
fault-judge-not-wanted = this item has one value; leave the judge empty
fault-duplicate-mark = the same mark is already in row { $row }
fault-mark-not-a-number = “{ $value }” is not a mark
fault-mark-too-long = “{ $value }” is too long for a mark
fault-mark-below-minimum = { $value } is below { $minimum }
fault-mark-above-maximum = { $value } is above { $maximum }
fault-mark-off-step = { $value } is not a multiple of { $step }
fault-mark-not-a-whole-number = { $value } is not a whole number
fault-mark-not-a-time = “{ $value }” is not a time; write it like 5:07.3
fault-time-unclear = “{ $value }” is a time whose seconds the workbook does not show: it may be hours and minutes, or minutes and seconds. Write it as text like 0:45.0, or in seconds
fault-mark-not-a-choice = { $value } is not one of { $choices }
fault-mark-not-a-tick = “{ $value }” is neither 1 nor 0
fault-mark-not-an-answer = “{ $value }” is not { $length } letters out of { $letters }
fault-unknown-attempt = “{ $value }” is not an attempt from 1 to { $most }

# WorldSkills marking schemes
fault-scheme-no-header = no header row found; the block of each criterion begins with a row “Sub Criterion ID”
fault-scheme-no-type = the type is missing; write M for measurement, J for judgement
fault-scheme-type = the type “{ $value }” is not known; write M for measurement (formerly O), J for judgement (formerly S)
fault-scheme-section = the section of the standard (WSOS) is missing; every aspect belongs to exactly one
fault-scheme-sections = more than one section ({ $value }); every aspect belongs to exactly one
fault-scheme-not-above-zero = the maximum mark is { $value }, but must be above 0
fault-scheme-decimals = { $value } has more than two decimals; a maximum mark has two at most
fault-scheme-ladder = a judgement needs a text for each of 0, 1, 2 and 3; there is none for { $missing }
fault-scheme-score = “{ $value }” is not one of the levels 0, 1, 2, 3
fault-scheme-score-twice = level { $value } is already in row { $row }
fault-scheme-score-text = what level { $value } stands for is missing
fault-scheme-score-alone = no judgement (type J) stands above this level
fault-scheme-no-sub-criterion = no sub-criterion stands above this aspect; first write a row with its id and name
fault-scheme-sub-id = the sub-criterion id “{ $value }” is not allowed: one or two capital letters, then one to three digits, such as A1
fault-scheme-sub-twice = sub-criterion { $id } is already in row { $row }
fault-scheme-sub-elsewhere = sub-criterion { $id } is not part of criterion { $criterion }; correct the id, or move it to its own block
fault-scheme-sub-empty = no aspect stands below sub-criterion { $id }; add one, or delete the row
fault-scheme-total = the total of criterion { $criterion } is given as { $declared }, but its aspects add up to { $sum }
fault-scheme-hundred = all criteria add up to { $sum }, but should to 100 ({ $parts })
fault-scheme-all = the total is given as { $declared }, but all criteria add up to { $sum }

# Rules
fault-word-wanted = { $wanted ->
    [value] a value
    [time] a time
    [place] a place
    [list_of_values] a list of values
    [list_of_times] a list of times
    [list_of_places] a list of places
    [answer] an answer
    [rounded_value] a rounded value
    [item] an item
    [node] a node
    [panel] a panel
    [parameter] a parameter
    [scale] a scale
    [stage] a stage
    [award] an award
    [attempts] an item with attempts
    [each_attempt] each_attempt
    [mark] a mark
    [members] members of a team
    [rank] a rank
    [team] a team
    [field] the field
    [judge] a judge
    [placing] a placing
    [deduction] a deduction
    [spread] a spread
    [by] by
    [advance] advance
    [ranking] the ranking
   *[other] { $wanted }
 }
fault-word-found = { $found ->
    [value] a value
    [time] a time
    [place] a place
    [list_of_values] a list of values
    [list_of_times] a list of times
    [list_of_places] a list of places
    [answer] an answer
    [rounded_value] a rounded value
   *[other] { $found }
 }
fault-word-what = { $what ->
    [items] items
    [nodes] nodes
    [panels] panels
    [keys] tie keys
    [parameters] parameters
    [scales] scales
    [stages] stages
    [awards] awards
    [honours] honours
    [expressions] expressions
    [depth] how deep expressions lie
    [bytes] bytes of the file
    [bits] binary digits of a number
   *[other] { $what }
 }
fault-word-gap = { $gap ->
    [absent] absent
    [void] void
   *[other] { $gap }
 }
fault-rulebook-syntax = line { $line }, column { $column } is not in the format of a rulebook ({ $message })
fault-rulebook-needs-newer-version = written for { $found }; this software knows { $known }. Update the software
fault-rulebook-unknown-version = there is no version { $found }
fault-rulebook-too-large = too large ({ fault-word-what }); the limit is { $limit }
fault-rulebook-bad-id = the id “{ $id }” is not allowed: 1 to 64 characters, only letters, digits and _ . -
fault-rulebook-duplicate-id = the id “{ $id }” is used twice
fault-rulebook-unknown-id = nothing is called “{ $id }” ({ fault-word-wanted })
fault-rulebook-cycle = values that depend on themselves: { $ids }
fault-rulebook-weights = the weights add up to { $sum }, but should be { $whole }
fault-rulebook-trim-leaves-nobody = of { $size }, dropping { $low } lowest and { $high } highest can leave no mark
fault-rulebook-division-by-zero = a division by zero
fault-rulebook-zero-case-missing = the divisor can be zero; say what the result is then
fault-rulebook-max-differs = the maximum is { $max }, but the parts add up to { $sum }
fault-rulebook-unhandled-gap = the total can lack a value ({ fault-word-gap }: { $items }); say what happens then
fault-rulebook-type-mismatch = { fault-word-wanted } is needed here, but this is { fault-word-found }
fault-rulebook-empty = nothing in it
fault-rulebook-no-mark-here = no mark can be used here ({ fault-word-wanted })
fault-rulebook-out-of-range = the number { $found } is out of range
fault-rulebook-level-texts = { $wanted } level texts are needed, but there are { $found }
fault-rulebook-duplicate-choice = two choices have the value { $value }
fault-rulebook-dead-band = an earlier band always applies before this one
fault-rulebook-answer-key = “{ $found }” cannot be the key of item { $item }: it takes { $length } of the letters { $letters }
fault-rulebook-stage = incomplete stage: a stage before the last names its result (by) and who goes on (advance), the last one names neither ({ fault-word-wanted })
fault-drawn = This number was drawn; change it on the Draw page.
