# The standings page.
standings-title = Standings
standings-provisional = Provisional
standings-final = Final
standings-final-about = final no. { $number }, { $time }, { $actor }
standings-unfinished = entries with marks missing, not ranked yet: { $count }
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
standings-order-waits = order provisional
standings-shared = shared

# Deciding between equals
equals-title = Equals
equals-about = No rule sets these entries apart. The rulebook says that { $by ->
    [draw] a draw decides
    [play_off] a play-off decides
   *[manual] the chief judge decides
 }.
equals-group = From rank { $rank }: { $numbers }
equals-open = { $by ->
    [draw] awaits the draw
    [play_off] awaits the play-off
   *[manual] awaits a decision
 }
equals-decided = { $by ->
    [draw] drawn
    [play_off] played off
   *[manual] decided
 }
equals-crossing = decisions contradict each other, none counts
equals-decide = { $by ->
    [draw] Record the draw
    [play_off] Record the play-off
   *[manual] Decide
 }
equals-change = Change the order
equals-withdraw = Withdraw
equals-lapsed = { $by ->
    [draw] The draw
    [play_off] The play-off
   *[manual] The decision of the chief judge
 } ({ $numbers }) no longer applies: they are not equal any more, or somebody else is equal with them.
equals-dialog = { $by ->
    [draw] Record the draw
    [play_off] Record the play-off
   *[manual] Decide the order
 }
equals-dialog-about = Put the entries in the order that was decided, the better rank first. Below are the ranks and awards that follow; look at them, then save.
equals-order = Order
equals-up = Move { $number } up
equals-down = Move { $number } down
equals-save = Save the order
equals-withdraw-title = Withdraw a decision between equals
equals-withdraw-about = Then { $numbers } share a rank again until somebody decides. The decision stays in the history.
effect-reading = Working out what changes
effect-teams = Ranks or results of teams change:
effect-hidden = Some results are out of sight until the names are opened, so nobody has a total yet: what changes is seen after that.
effect-modules = { $count ->
    [one] A module of one entry changes.
   *[other] A module of { $count } entries changes.
}
effect-none = No rank, total or award changes.
effect-count = { $count ->
    [one] The rank, total or awards of { $count } entry change:
   *[other] The ranks, totals or awards of { $count } entries change:
 }
effect-bulletins = Bulletins that are out would no longer be true: No. { $list }. Publish a correction afterwards.
effect-certificates = Certificates that were issued would no longer be valid: { $list }. Issue them again afterwards.
effect-unconfirmed = Chief judge and supervisor would have to confirm the results again.
effect-at-stake = True now, and perhaps not once something is corrected:
effect-stake-bulletins = bulletins No. { $list }
effect-stake-certificates = certificates { $list }
effect-stake-confirmed = the confirmations of chief judge and supervisor
effect-locked = The results are final: reopen them on the standings page before this can be done.
standings-empty-title = No standings yet
standings-empty-text = Ranks appear here with the first mark.
standings-empty-marks = Go to marks
standings-no-rank = not ranked
standings-table-label = Standings
standings-teams = Teams
standings-teams-sealed = Teams are not shown while names are sealed: a unit beside anonymous numbers would tell who is who.
standings-teams-empty = There are no teams yet.
standings-col-team = Team
standings-col-members = Members (rank, total)
standings-team-member = { $name } ({ $rank }, { $total })
standings-team-unranked = not ranked
team-few-members = only { $count } of the { $needed } members that are needed
team-few-results = only { $count } of the { $needed } members that are needed have a result
team-no-result = the team result has no value yet

why-title-ranked = Why { $number } is at rank { $rank }
why-title-unranked = Why { $number } has no rank
why-choose = Choose a line to see why it stands there.
why-first = Nobody has a better result.
why-panel = Why this rank
why-behind = Its total is lower than that of { $number } at rank { $rank } ({ $total }).
why-before = Just before: rank { $rank }, { $number }, { $total }
why-after = Just after: rank { $rank }, { $number }, { $total }
why-neighbours = Neighbours
why-history = Show history
standings-history-of = History of { $number }
why-print = Print the grounds
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

finalise-text = Marks cannot change once the results are final, and prints no longer say “provisional”. The chief judge can reopen them when needed.
reopen-title = Reopen the results
reopen-text = Marks can be changed again and prints say “provisional” again. The former results stay in the history.
reopen-reason = Why
reopen-do = Reopen
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
derive-skating =
    { $rule ->
        [9] sum of the places { $sum } (rule 9 of the skating system): place { $value }
        [10] sum of the places { $sum }, as others have it; by rule 10 of the skating system place { $value }
        [11] sum of the places { $sum }, as others have it; by rule 11 of the skating system place { $value }
        [shared] sum of the places { $sum }, as others have it, and no rule sets them apart: place { $value }, shared
       *[other] place { $value } by the skating system
    }
derive-place = place { $value } in the field
derive-place-points = points for the place in the field: { $value }
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
why-tie-decided = Same total as { $against }; { $by } decides: { $own } against { $other }, a difference of { $difference }: behind.
why-tie-decided-after = Same total as { $against } and the same { $equal }; { $by } decides: { $own } against { $other }, a difference of { $difference }: behind.
why-tie-ahead = Same total as { $against }; { $by } decides: { $own } against { $other }, a difference of { $difference }: ahead.
why-tie-ahead-after = Same total as { $against } and the same { $equal }; { $by } decides: { $own } against { $other }, a difference of { $difference }: ahead.
why-tie-shared = Same total as { $against }{ $keys ->
    [0] {""}
   *[other] {" "}and the same { $equal }
 }: the rank is shared.
why-tie-undecided = Same total as { $against }{ $keys ->
    [0] {""}
   *[other] {" "}and the same { $equal }
 }: they share the rank until { $by ->
    [draw] the draw
    [play_off] the play-off
   *[manual] the chief judge decides
 }.
why-waits-marks = This order is provisional: { $keys } is not marked for all of them yet and may change it.
why-waits-decision = Those after it with the same total share its rank until { $by ->
    [draw] the draw
    [play_off] the play-off
   *[manual] the chief judge decides
 }: their order is open.
why-unfinished = { $count } still missing: { $items }
why-unfinished-parameters = { $count } missing: { $items }; parameters without a value: { $parameters }
why-parameters = All marks are there; parameters without a value: { $parameters }
why-status = { $status }: not ranked.
why-no-score = The total has no value: not ranked.
standings-col-code = Anonymous no.
standings-sealed = Names are sealed; shown by anonymous number
standings-veiled = { $count ->
    [one] One imported result (such as a theory test) was
   *[other] { $count } imported results (such as a theory test) were
 } here before the names were sealed: beside the anonymous numbers they would tell who is who. They are shown, and count, once the names are opened; both confirmations come after that.
standings-changed = Provisional: the results changed after chief judge and supervisor had confirmed them and they were locked, because records arrived later from another computer. Look at what changed, reopen the results and have both confirm again; until then prints are marked provisional and certificates get no numbers.
standings-unverified = Provisional: { $count ->
    [one] { $count } paper sheet is
   *[other] { $count } paper sheets are
} not verified; marks on such sheets count provisionally only.
