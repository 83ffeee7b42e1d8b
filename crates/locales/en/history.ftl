# The history page and the history dialog.
history-title = History
history-about = Who did what, when and why. Nothing here is ever changed, only added.
history-filter = Show
history-filter-all = Everything
history-filter-entry = One entry
history-filter-settings = Settings and rules
history-filter-judges = Judges
history-filter-draws = Draws and seals
history-filter-mark = One mark
history-choose-entry = Entry
history-col-when = When
history-col-who = Who
history-col-what = What
history-col-change = Before and after
history-col-why = Why
history-col-record = Record
history-cleared = cleared
history-from-nothing = empty
history-empty-title = No history yet
history-empty-text = Every step is recorded here.
history-page = { $from }–{ $to } of { $total }
history-newer = Newer
history-older = Older
history-verify = Verify the chain
history-verifying = Verifying
history-close = Close
ledger-good = The chain is intact
ledger-broken = The chain has a fault
ledger-records = Records
ledger-records-count = { $count }, and { $openings ->
    [one] { $openings } that opens a log
   *[other] { $openings } that open logs
}
ledger-logs = Logs
ledger-checkpoints = Signatures
ledger-head = Head
ledger-fault = Fault
ledger-state = Recomputed
ledger-state-agrees = recomputing from the records gives the same state
ledger-state-differs = recomputing from the records gives another state
history-operator = operator

# What was done. The key is history-<kind>.
history-settings = Settings of the competition
history-event = Name of the event
history-rulebook = Rules
history-parameter = parameter “{ $parameter }” { $text }
history-final = { $event }: final (✓) or open again (○)
history-certificate = Certificate number of { $entry }
history-panel = Panel “{ $panel }”
history-judge = Judge { $judge }
history-officer = Staff: { $name }
history-sign-in = People sign in (✓) or no longer (○)
history-officer-key = Key of { $name } at computer { $node }
history-judge-key = Key of judge { $name } at computer { $node }
history-officer-key-revoked = Key { $key } of { $name } revoked; approvals that are still trusted
history-approved = Record { $record } approved
history-readers = Readers’ key { $key } granted; computers
history-entry = Entry { $entry } registered
history-person = Registration of { $entry }
history-numbers = Number and station of { $entry }
history-status = Status of { $entry }
history-decision = order of { $entry } among its equals
history-mark = Station { $entry } · { $item } { $judge }
history-draw = Draw of { $layer } { $session }
history-lot = Lot of { $entry }
history-seal = { $event }: names sealed
history-opening = Unsealing confirmed by the { $office }
history-table = List of records
history-results-confirmed = { $duty ->
    [supervisor] Standings signed by the supervisor
   *[other] Standings confirmed by the chief judge
}
history-paper = Results need every paper sheet verified (✓) or not (○)
history-recorded = Sheet { $entry } · { $module } { $judge } typed
history-checked = Sheet { $entry } · { $module } { $judge } checked
history-scan = Scan of sheet { $entry } · { $module } { $judge }: which page
history-leader = Group leader of module { $module }
history-seat = Station { $entry } · { $panel }: who marks in the seat of { $judge }
history-sheet = Station { $entry } · module { $module } { $judge }: sheet
sheet-is-signed = signed, without a key
sheet-is-signed-own-key = signed with the judge’s own key
sheet-is-signed-lacking = signed, without the judge’s key that there is
sheet-is-reopened = opened again
history-note = Note at station { $entry } · { $item } { $judge }
history-rescore = Station { $entry } · { $item } { $judge }: to be marked again (marks at that time)
history-confirmed = Station { $entry } · module { $module }: contestant signed (✓) or refused (✗)
history-extra-time = Extra time at station { $entry } · module { $module }
history-recheck = { $event }: extent of the re-check
history-rechecked = re-check of sheet { $entry } · { $module } { $judge }
history-asked = inquiry about { $entry } ({ $by })
history-answered = answer about { $entry } ({ $by })
history-bulletin = Bulletin no. { $number } published
history-release = { $event }: standings on the big screen
history-erased = Personal information of { $entry } erased
