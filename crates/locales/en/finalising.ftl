# Finalising: from the last mark to locked results.
finalising-title = Finalise
finalising-about = From the last mark to locked results, one step after the other; each says what is still missing.
finalising-final-about = final for the { $number ->
    [1] first
    [2] second
    [3] third
   *[other] { $number }th
} time · { $time }
finalising-step-sheets = All sheets handed in
finalising-step-checked = Checked
finalising-step-ties = Ties
finalising-step-chief-judge = Confirmed by the chief judge
finalising-step-supervisor = Signed by the supervisor
finalising-step-unseal = Names unsealed
finalising-step-awards = Awards
finalising-step-lock = Locked
finalising-marks-missing = { $name }: { $count } cells not marked
finalising-unsigned = { $count } sheets not handed in: neither signed nor verified on paper
finalising-veiled = { $count ->
    [one] One result
   *[other] { $count } results
 } imported before the names were sealed count once they are opened: open the names first
finalising-to-hall = See which sheets
finalising-empty-seats = { $count } seats of panels are empty
finalising-unfinished = { $count } entries have no total yet
finalising-unverified = { $count } paper sheets not verified, or with differences
finalising-to-paper = Go to the paper sheets
finalising-recheck = { $left } sheets of the re-check nobody has looked at
finalising-to-recheck = Go to the re-check
finalising-findings = { $count } findings
finalising-order-waits = { $numbers } have equal totals, and what decides between them is not marked yet: their order is provisional.
finalising-equals = { $numbers } share rank { $rank }: nobody has decided between them
finalising-not-confirmed = not confirmed yet
finalising-lapsed = the standings have changed since { $name } confirmed them: they must be confirmed again
finalising-sealed = names are sealed; two people open them
finalising-never-sealed = the names of this event were not sealed
finalising-unsettled = { $numbers } are equal on the border of { $award }: nobody has decided between them
finalising-no-awards = the rules have no awards
finalising-not-locked = not locked yet
finalising-to-marks = Go to the marks
finalising-to-standings = Settle it at the standings
finalising-to-findings = Settle it on its page
finalising-to-documents = Print and result pack
finalising-ties-count = { $count } equal totals, set apart by the rules like this
finalising-tie = rank { $rank }, { $number }: { $why }
finalising-ties-more = The others are at the standings.
finalising-name-chief-judge = Name of the chief judge
finalising-name-supervisor = Name of the supervisor
finalising-reason = Something is missing: why confirm now
finalising-confirm = Confirm the standings as they are
finalising-confirmed = { $name } confirmed, { $time }
finalising-award = Award
finalising-award-count = Number
finalising-award-vacant = Vacant
finalising-award-winners = Winners
finalising-border = equal on the border: { $numbers }
finalising-proposals = Proposals (nothing is granted; whoever confers decides)
finalising-proposals-nobody = nobody meets the conditions
finalising-proposal-honour = Honour or level
finalising-proposal-who = Proposed
finalising-proposal-ground = Ground
proposal-award = { $award }
proposal-part = { $name } { $value } (passed from { $least })
proposal-both-passed = both parts passed
proposal-all-passed = all { $count } parts passed
finalising-lock = Lock the results
finalising-lock-reason = Names are sealed or awards are open: why lock now
duties-title = People and their duties
duties-about = Who held which duty, by the names on record. What one person should not hold together stands here as a warning: let somebody else do it; what cannot be changed is printed on the score summary.
duties-name = Name
duties-held = Duties
duties-nobody = Nobody holds a duty yet.
duty-chief-judge = confirmed the results as chief judge
duty-supervisor = confirmed the results as supervisor
duty-sealed = sealed the names
duty-sealed-supervisor = supervised the sealing
duty-opened = confirmed the unsealing ({ $office })
duty-judge = { $office } { $code }
duty-recorded = sheets typed: { $count }
duty-checked = sheets confirmed: { $count }
duty-rechecked = sheets re-checked: { $count }
duty-answered = inquiries answered: { $count }
duty-published = bulletins published: { $count }
duties-alone = { $name } alone typed and confirmed sheets: { $count }.
duties-chief-judge-scores = { $name } is chief judge and gives marks.
duties-chief-judge-types = { $name } is chief judge and types or confirms sheets.
duties-supervisor-scores = { $name } is supervisor and gives marks.
duties-supervisor-types = { $name } is supervisor and types or confirms sheets.
duties-chief-judge-supervises = { $name } is chief judge and supervisor.
duties-recheck-own = { $name } re-checked sheets of their own typing: { $count }.
