# Bulletins: provisional results, results posted for objections, the announcement.
bulletins-title = Bulletins
bulletins-about = Numbered by event. What is published never changes; a mistake is corrected by a new bulletin, and the old one is struck through.
bulletin-kind-provisional = Provisional results
bulletin-kind-posted = Results posted for objections
bulletin-kind-announced = Announcement
bulletin-about-provisional = The standings as they are now, marked provisional; by blind code while names are sealed.
bulletin-about-posted = Ranks and awards once locked, on display for five to seven days as a rule, open to objections.
bulletin-about-announced = The outcome, once the period is over and every inquiry is answered.
bulletin-new = Prepare
bulletins-empty-title = Nothing has been published yet
bulletins-empty-text = Publish provisional results first, post them once they are locked, and announce them when the period is over. What a bulletin says is fixed when it is published; marks that change later do not change it.
bulletin-number = No.
bulletin-kind = Kind
bulletin-published = Published
bulletin-period = On display
bulletin-state = State
bulletin-named = { $kind } (no. { $number })
bulletin-by = { $name } · { $time }
bulletin-period-runs = { $from } to { $until }
bulletin-period-over = { $from } to { $until }, over
bulletin-state-stands = stands
bulletin-state-crosses = two with one number: choose
bulletin-state-corrected = corrected by no. { $number }
bulletin-state-dropped = not chosen
bulletin-lapsed = results or names changed since
bulletin-why = Reason: { $reason }
bulletin-withheld = This bulletin is not shown while names are sealed: it lists names or former numbers, and beside the codes of now they would tell who is who. It comes back with unsealing.
bulletin-correct = Correct
bulletin-choose = Let this one stand
bulletin-choose-reason = Why this one
bulletin-new-title = Publish: { $kind }
bulletin-correct-title = Correct no. { $number }: { $kind }
bulletin-from = On display from
bulletin-until = To, that day included
bulletin-publisher = Published by
bulletin-preview = What will be published
bulletin-preview-about = { $count ->
    [one] No. { $number }, { $count } entry
   *[other] No. { $number }, { $count } entries
}
bulletin-publish = Publish
bulletin-done = No. { $number } is published
