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
finalising-unsigned = { $count } sheets not signed
finalising-to-hall = See which sheets
finalising-empty-seats = { $count } seats of panels are empty
finalising-unfinished = { $count } entries have no total yet
finalising-unverified = { $count } paper sheets not verified
finalising-to-paper = Go to the paper sheets
finalising-findings = { $count } findings
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
finalising-lock = Lock the results
