# What whoever looks on from above sees.
hq-title = All competitions
start-headquarters-about = How far the competitions of every place and level are, and what computers at lower levels still hold.
hq-count = { $count ->
    [one] 1 competition
   *[other] { $count } competitions
}
hq-competitions = Competitions
hq-search = Find (title, place, host)
hq-level = Level
hq-level-all = Every level
hq-level-none = No level given
hq-nowhere = No level or place given
hq-empty = There is no competition yet. When computers at lower levels are connected, theirs appear here.
hq-none-found = No competition matches.
hq-col-competition = Competition
hq-col-event = Event
hq-col-progress = Marked
hq-col-results = Results
hq-col-bulletin = Published
hq-col-waits = Waiting
hq-col-open = Open
hq-loading = Reading…
hq-results-provisional = Provisional
hq-results-final = Final
hq-results-changed = Changed since final
hq-findings = { $count ->
    [one] 1 finding
   *[other] { $count } findings
}
hq-undecided = { $count ->
    [one] 1 tie to decide
   *[other] { $count } ties to decide
}
hq-held = { $count ->
    [one] 1 record still below
   *[other] { $count } records still below
}
hq-forks = { $count ->
    [one] 1 fork
   *[other] { $count } forks
}
hq-copy = Public copy
hq-copied = { $count ->
    [one] 1 record verified, copy downloaded.
   *[other] { $count } records verified, copy downloaded.
}
hq-nodes = Computers at lower levels
hq-nodes-about = A connected computer reports every minute; this is what it said last.
hq-nodes-empty = No computer is connected to this one yet. Pairing codes are made here:
hq-node = Computer
hq-desk = Judge’s desk
hq-carrier = passes on only
hq-public = sends public facts and statistics alone
hq-public-part = Public facts and statistics alone
hq-public-about = Of this competition no person, mark or result comes here. Ask the organising headquarters for those.
hq-figures-none = Nothing published yet. With the first bulletin its counts appear here.
hq-figures = { $registered } registered, { $came } took part, { $judges } judges
hq-figures-units = Units: { $units }
hq-figures-units-sealed = Units: not told while names are sealed
hq-figures-award = { $name }: { $count }
hq-seen = Last contact
hq-never = Not since it was paired
hq-clock-ahead = Clock { $minutes } min ahead
hq-clock-ahead-do = By the clock of this computer when its records arrived. Look at date and time of both; times are information only and change no results.
hq-away = Out of contact
hq-holds = Not sent up yet
hq-holds-nothing = Everything sent up
hq-holds-records = { $count ->
    [one] 1 record, from { $minutes } minutes ago
   *[other] { $count } records, the oldest from { $minutes } minutes ago
}
hq-paired = Paired
error-hq-unverified = The records on this computer do not verify: { $why }. No copy was made. See the page History.
