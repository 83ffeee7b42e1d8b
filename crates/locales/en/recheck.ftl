# Re-checking results, and inquiries.
recheck-title = Re-check
recheck-progress = { $done } of { $all } sheets re-checked, { $wrong } with errors
recheck-all = More than 5% of the sheets have errors: every sheet has to be re-checked.
recheck-begin-title = What is re-checked
recheck-about = In a small field every sheet is re-checked. In a sample, those ranked first are all re-checked and the computer draws from the rest; its seed is recorded, so that anybody can draw again.
recheck-extent = Whose sheets
recheck-extent-all = Everybody’s
recheck-extent-ten = The first 10, and some of the rest
recheck-extent-third = The first 30%, and some of the rest
recheck-rest = Percent of the rest (15 or more)
recheck-begin = Begin
recheck-begin-anew = Begin anew
recheck-sheets = Sheets to re-check
recheck-empty = Nothing is re-checked yet. Once all marks are in, choose the extent on the left.
recheck-by = Name of the checker
recheck-errors = Errors (leave empty for none)
recheck-note = What they are
recheck-save = Record
recheck-why = Why
recheck-why-all = all sheets
recheck-why-first = ranked first
recheck-why-drawn = drawn
recheck-why-errors = errors above 5%
recheck-finding = Result
recheck-open = open
recheck-right = right
recheck-wrong = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}: { $note }
inquiry-title = Inquiries
inquiry-about = A delegation may have typing, adding and missing items checked. What concerns equipment, procedure or eligibility is an appeal and does not belong here.
inquiry-sealed = While names are sealed nothing can be asked about anybody; record inquiries after unsealing.
inquiry-number = Entry number
inquiry-by = Who asks (leader or delegation)
inquiry-text = What is asked
inquiry-raise = Record
inquiry-line = { $number } { $name }: { $text } ({ $by })
inquiry-answered = Answered, the result is right: { $text } ({ $by })
inquiry-answered-corrected = Answered, the result was corrected: { $text } ({ $by })
inquiry-answer-by = Name of who answers
inquiry-answer = Answer
inquiry-corrected = The result was corrected
inquiry-answer-do = Answer
