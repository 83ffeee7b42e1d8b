# The standings page.
standings-title = Standings
standings-provisional = Provisional
standings-final = Final
standings-final-about = final no. { $number }, { $time }, { $actor }
standings-unfinished = { $count } entries have marks missing and are not ranked yet
standings-complete = every entry is fully marked
standings-export = Export xlsx
standings-exported = Saved to { $path }
standings-print = Print
standings-finalise = Make final
standings-reopen = Reopen
standings-col-rank = Rank
standings-col-number = Entry no.
standings-col-name = Name
standings-col-unit = Unit
standings-max = max { $max }
standings-tie-rule = Equal totals are decided by, in order: { $keys }.
standings-no-tie-rule = Equal totals share a rank.
standings-list-separator = {", "}
standings-shared = shared
standings-empty-title = No standings yet
standings-empty-text = Ranks appear here with the first mark.
standings-empty-marks = Go to marks
standings-no-rank = not ranked
standings-table-label = Standings

why-title-ranked = Why { $number } is at rank { $rank }
why-title-unranked = Why { $number } has no rank
why-choose = Choose a line to see why it stands there.
why-first = It has the highest total.
why-behind = Its total is lower than that of { $number } at rank { $rank } ({ $total }).
why-before = Just before: rank { $rank }, { $number }, { $total }
why-after = Just after: rank { $rank }, { $number }, { $total }
why-neighbours = Neighbours
why-history = Show history
why-print = Print mark sheet
why-left-out = left out
why-judge = Judge { $judge }
why-of-max = / { $max }
why-open-all = Unfold all
why-close-all = Fold all
why-total = Total
why-no-value = none
why-not-yet = not marked
why-absent = absent
why-void = void

finalise-title = Make the results final
finalise-text = Marks cannot change once the results are final, and prints no longer say “provisional”. The chief judge can reopen them when needed.
finalise-complete = Everything is marked and nothing is open.
finalise-missing = Still missing:
finalise-missing-entry = { $number }: { $why }
finalise-missing-findings = { $count } findings are open
finalise-missing-unmarked = { $count } cells are not marked
finalise-reason = Why now
finalise-reason-hint = required while something is missing
finalise-do = Make final
finalise-done = The results are final
reopen-title = Reopen the results
reopen-text = Marks can be changed again and prints say “provisional” again. The former results stay in the history.
reopen-reason = Why
reopen-do = Reopen
reopen-done = The results are open again
standings-cancel = Cancel
standings-reason-needed = Please give a reason

# Steps of a calculation, as one would say them to a contestant.
derive-trim = without the { $high } highest and { $low } lowest
derive-mean = mean { $value }
derive-median = median { $value }
derive-min = lowest { $value }
derive-max = highest { $value }
derive-count = { $value } in all
derive-round =
    { $mode ->
        [half_up] rounded to { $digits } decimals
        [half_even] rounded half to even, { $digits } decimals
        [down] cut to { $digits } decimals
        [up] rounded up to { $digits } decimals
       *[other] to { $digits } decimals
    }
derive-table = { $from } is { $band }: { $value } points
derive-table-otherwise = { $from } is in no band: { $value } points
derive-spread = spread wider than { $limit }: to be marked again
derive-settle = missing mark counts { $value } by the rule
derive-clamp = kept within the allowed range: { $value }
derive-status = counts { $value } by the status of the entry
derive-seen = as above
derive-abs = without its sign: { $value }
derive-stage = not in this stage, nothing counts
derive-majority-place = place { $value } by the majority of the judges
derive-skating = place { $value } by the skating system
derive-place = place { $value } in the field
derive-take = { $which ->
    [highest] the { $count } highest
    [lowest] the { $count } lowest
    [first] the first { $count }
   *[last] the last { $count }
 }
derive-answer = { $count ->
    [matches] answer { $answer }, key { $key }: { $value } in place
    [displacement] answer { $answer }, key { $key }: { $value } places out in all
   *[same] answer { $answer }, key { $key }: 1 where all of it is right, otherwise 0: { $value }
 }
derive-across = { $fold ->
    [max] highest of the field { $value }
    [min] lowest of the field { $value }
    [mean] mean of the field { $value }
    [median] median of the field { $value }
    [sum] sum of the field { $value }
   *[count] { $value } in the field
 }
derive-parameter = parameter { $name }: { $value }
derive-standardise = standard deviations from the mean of the field, { $digits } decimals: { $value }
derive-root = square root, { $digits } decimals: { $value }

# Why a line stands where it stands. Of a pair of arguments -zh and -en the one of the language is used.
why-tie-decided = Same total as { $against }; { $by } decides: { $own } against { $other }, a difference of { $difference }.
why-tie-shared = Same total as { $against } and the same { $equal }: the rank is shared.
why-unfinished = { $count } still missing: { $items }
why-status = { $status }: not ranked.
why-no-score = The total has no value: not ranked.
standings-col-code = Anonymous no.
standings-sealed = Names are sealed; shown by anonymous number
finalise-missing-sheet = Sheet { $code } { $module } { $judge }: { $state }
finalise-missing-sheets = { $count ->
    [one] { $count } more sheet is
   *[other] { $count } more sheets are
} not verified
