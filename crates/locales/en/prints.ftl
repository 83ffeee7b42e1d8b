# Words on printed documents.
print-mark-sheet = Mark sheet
print-score-summary = Score summary
print-result-list = Results
print-draw-register = Draw register
print-page = Page { $page } of { $pages }
print-printed-at = Printed: { $time }
print-version = Version: { $version }
print-provisional = PROVISIONAL
print-synthetic = SYNTHETIC DATA
print-competition = Competition
print-event = Event
print-session = Session
print-all-sessions = all
print-module = Module
print-station = Station
print-sheet-number = Sheet no.
print-judge = Judge
print-agreed = Agreed
print-item-number = No.
print-item = Item
print-max = Max.
print-rule = How it is marked
print-mark = Mark
print-total = Total
print-notes = Notes
print-rank = Rank
print-prize = Prize
print-name = Name
print-unit = Unit
print-signature-date = Date
print-signature-year = { "" }
print-signature-month = { "" }
print-signature-day = { "" }
print-signature-judge = Judge
print-signature-group-leader = Group leader
print-signature-recorder = Recorder
print-signature-chief-judge = Chief judge
print-signature-supervisor = Supervisor
print-entry-number = Entry no.
print-blind-code = Anonymous no.
print-sequence = No.
print-contestant-signature = Signature
print-signature-draw-officer = Draw officer
print-remark = Remark
print-roster = Roster
print-standings-workbook = Standings workbook
print-status = Status
print-host = Host
print-organiser = Organiser
print-co-organiser = Co-organiser
print-date = Date
print-place = Place
print-of-max = of { $max }
print-sealed-note = Names are sealed: this goes by anonymous numbers. Printed again once they are unsealed, it has names.
print-draw-by-lots = Lots drawn from a box and typed in.
print-draw-by-computer = Drawn by computer, seed { $seed }. Entries in the order of SHA-256 over seed, line feed and entry id take the numbers in turn, so it can be computed again.
print-draw-voided = { $count ->
    [one] { $count } draw was voided
   *[other] { $count } draws were voided
} before this one; the history has the reasons.
print-unranked = unranked
print-tie-rule = Equal totals are separated by, in this order: { $keys }.
print-list-separator = ,{" "}
print-unfinished = { $count ->
    [one] Marks of { $count } entry are not complete
   *[other] Marks of { $count } entries are not complete
}; ranks will change.
print-total-score = Total
print-rank-list = Ranking
print-award-list = Award winners
print-team-list = Team ranking
print-team = Team
print-team-rank = Team rank
print-team-result = Team result
print-team-members = Members
print-team-member = { $name } ({ $rank }, { $total })
print-team-member-without = { $name } ({ $rank })
print-member-separator = ;{" "}
print-no-teams = There is no team to list: the rules have no teams, or nobody is registered yet.
print-proposal-list = Proposals
print-proposal-ground = Ground
print-proposal-note = These are proposals; nothing is granted by them. Whoever confers an honour or level decides.
print-proposal-rule = { $honour }: { $rule }.
print-no-proposals = Nobody meets the conditions of a proposal yet.
print-script = Script for the award ceremony
print-notice = Notice of results
print-reasons = Grounds of a rank
print-certificate = Certificate
print-corrections = Corrections
print-rules = Scoring rules in words
print-rank-nth = Rank { $rank }
print-rank-shared = Rank { $rank } (shared)
print-award-count = { $award } ({ $count })
print-vacant = { $award }: vacant places: { $count }.
print-unsettled = { $award }: { $numbers } are equal on its border; somebody has to decide between them first.
print-no-winners = There is no rank to list yet.
print-date-blank = Date: ____________
print-posted-winners = { $competition }, { $event }, has ended. These are the winners.
print-posted-all = { $competition }, { $event }, has ended. These are the results.
print-posted-period = On display: { $period }.
print-posted-contact = Objections, with your name, while it is on display: { $contact }.
print-no-unit = Contestants without a unit
print-notice-lead = These are the results of your contestants in { $competition }, { $event }.
print-before = Before
print-after = After
print-corrected = What was corrected
print-corrected-rules = Rules
print-corrected-equals = Order of equals
print-reason = Reason
print-time = Time
print-no-corrections = There were no corrections.
print-how = Marks and calculation
print-proposed = Proposed: { $honours }
print-given-and-proposed = { $awards }; proposed: { $honours }
print-step-separator = ;{" "}
print-sentence-separator = {" "}
print-reasons-struck = After each judge’s mark stands the code of the judge; marks struck through do not count under the rules.
print-reasons-rules = Under: { $title }, version { $version }, fingerprint { $hash }. Every step can be checked with the scoring rules in words.
print-rules-title = Rules
print-rules-version = Version
print-rules-version-nth = version { $version }
print-rules-hash = Fingerprint (SHA-256)
print-rules-lead = These are all the scoring rules of this event. Whoever computes the marks by them, step by step, must come to the published results and ranks.
print-script-opening = These are the award winners of { $competition }, { $event }.
print-script-lead = { $award } goes to:
print-script-come = Please come forward.
print-script-closing = This ends the ceremony. Congratulations to all winners.
print-certificate-text = for outstanding results in { $competition }, { $event }:
print-certificate-number = Certificate no.
print-verification = Verification

# Workbooks
workbook-notes = Notes
workbook-choices = Choices
workbook-choices-more = The values to choose from are on the sheet “Choices”.
workbook-column = Column
workbook-note = How to fill it in
workbook-bad-value = Choose a value from the list

# File names
file-roster-template = roster-template
file-marks-template = marks-template
file-page = { $name } page { $page }
file-pack = result-pack
print-rules-in-force = rules v{ $version } { $hash }
print-unverified = { $count ->
    [one] { $count } mark sheet is
   *[other] { $count } mark sheets are
} not verified.
print-veiled = { $count ->
    [one] One result
   *[other] { $count } results
 } imported before the names were sealed are not in this: they count once the names are opened.
print-checked-alone = Sheets typed and confirmed by { $name } alone ({ $count }): { $numbers }.
print-duties = People and their duties: { $people }.
print-duties-person = { $name } ({ $duties })

# Sheets not signed
print-unsigned = Sheets not handed in
print-unsigned-count = { $count } sheets are not handed in.
print-changed-since-signed = a mark changed after the signature
print-only-signature = only the signature
print-recheck = Re-check record
print-recheck-why = Why
print-recheck-errors = Errors
print-recheck-note = What they are
print-recheck-by = Checker
print-recheck-none = Nothing has been re-checked yet.
print-recheck-summary = { $done } of { $all } sheets re-checked; { $wrong } with errors.
print-recheck-seed = The sample was drawn by computer from the seed { $seed }.
print-recheck-all = More than 5% of the sheets had errors: every sheet is re-checked.
print-signature-recheck = Re-checked by
print-incidents = Record of the hall
print-incident = What happened
print-incident-contestant = Contestant
print-incident-judge = Judge
print-incident-none = Nothing was recorded; the empty lines are to be filled in by hand.
incident-extra-time = Extra time { $time }
incident-refused = The contestant would not sign the results on site
incident-reopened = Sheet opened again (judge { $judge })
incident-seat = { $other } marks in the seat of judge { $judge }
incident-seat-empty = Judge { $judge } does not mark, the seat is empty
incident-seat-back = Judge { $judge } marks again
incident-status = Status is now “{ $status }”
file-records = records

# Bulletins
print-bulletin = Bulletin
print-bulletin-file = bulletin-{ $number }
print-bulletin-title = { $kind } (no. { $number })
print-bulletin-provisional = These are the provisional results of { $competition }, { $event }. What is posted and announced later holds.
print-announced = The results of { $competition }, { $event }, were on display and are announced as follows.
print-posted-range = { $from } to { $until }
print-contact = Contact: { $contact }.
print-bulletin-corrects = This bulletin corrects no. { $number }.
print-bulletin-corrected = This bulletin was corrected by no. { $number }.
