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
history-confirmed = { $duty ->
    [supervisor] Standings signed by the supervisor
   *[other] Standings confirmed by the chief judge
}
history-paper = Results need every paper sheet verified (✓) or not (○)
history-recorded = Sheet { $entry } · { $module } { $judge } typed
history-checked = Sheet { $entry } · { $module } { $judge } checked
