# Staff: signing in, what they may do, approvals.
nav-people = Staff
role-organiser = organiser
role-registrar = registrar
role-judge = judge
role-group-leader = group leader
role-chief-judge = chief judge
role-recorder = recorder
role-checker = checker
role-supervisor = supervisor
role-draw-officer = draw officer
role-arbitrator = arbitrator

# Signing in
sign-in-title = Sign in
sign-in-about = People sign in to “{ $title }”: sign in first, then work in the roles you were given.
sign-in-who = Name
sign-in-pin = PIN
sign-in-enter = Sign in
sign-in-keys = The numeric keypad is enough: + or − chooses the person, then the PIN and Enter.
sign-in-nobody-here = Nobody may work at this computer yet. The organiser adds it on the page Staff of another computer.
sign-in-new = no PIN yet
sign-in-awaiting = waits for approval
sign-in-choose-about = You have no PIN at this computer yet. Choose one of 4 to 12 digits, then have an organiser approve it.
sign-in-choose = Choose this PIN
sign-in-awaits-about = The PIN is chosen and waits for an organiser: on a computer where they are signed in they open Staff, compare these letters and approve.
sign-in-fingerprint = To compare: { $key }
sign-in-chosen = The PIN is chosen; you can sign in now.
sign-in-desk = Judges sign in at the desk
sign-in-to-start = Back to the start
signed-in-as = { $name } ({ $roles })
signed-in-label = Signed in
sign-out = Sign out
signed-out-said = Signed out.

# The page
people-title = Staff
people-about = Who does what, and at which computer. Once people sign in, every step is taken by somebody who is signed in, in a role that was granted, and the records say who.
people-add = Add a person
people-empty-title = No staff yet
people-empty = This is operator mode: one person may hold several roles. To share the work, add an organiser and the others, give each a PIN, then have people sign in.
people-name = Name
people-unit = Unit
people-roles = Roles
people-nodes = Computers
people-pin-here = PIN here
people-pin = PIN at this computer (4 to 12 digits; empty keeps it)
people-pin-about = The PIN stays on this computer. Changing it signs the person out. It may be left empty: then the person chooses one when signing in for the first time.
people-everywhere = every computer
people-some = { $count ->
    [one] { $count } computer
   *[other] { $count } computers
}
people-only-here = Works at this computer only
people-retired = No longer works here
people-reason = Reason (needed when somebody no longer works here)
people-crosses = Changed in two places: save once more
people-keys = Keys
people-keys-none = none
people-keys-show = Show…
people-keys-of = Keys of { $name }
people-keys-about = With each PIN at a computer comes a key, which approves decisions. Where somebody else saw the PIN, or copied the data folder, the key is revoked.
people-key-at = Key { $key } at computer { $node }
people-key-revoke = Revoke…
people-key-revoke-do = Revoke the key
people-key-revoke-about = Whoever is signed in with this key is signed out at once, and needs a new PIN, which an organiser approves. Below is what was approved with it: keep the tick at what is still trusted; the rest is approved no more. Nor is anything that is back-dated later.
people-key-approvals = Approved with it (what is ticked still counts)
people-key-approvals-none = Nothing was approved with it.
people-key-approval-other = another record
people-key-lacking = Decisions that lack an approval then: { $count }; records that go into quarantine: { $quarantined }.
people-keys-count = { $count ->
    [one] at { $count } computer
   *[other] at { $count } computers
}
people-on = People sign in
people-off = Nobody signs in
people-begin = Have people sign in
people-begin-title = Have people sign in
people-begin-effect = From then on everybody signs in to this competition first, at every computer; judges go on signing in at the desk with their own PINs. Whoever has no PIN chooses one when signing in for the first time, and an organiser approves it.
people-begin-people = Who can sign in at this computer now: { $names }
people-begin-none = No organiser can sign in at this computer yet: give one of them a PIN first.
people-begin-others = Whoever has no PIN at another computer chooses one there and waits for an organiser.
people-end = No longer sign in
people-end-title = No longer sign in
people-end-effect = This goes back to operator mode: whoever is at the computer may take every role, and decisions want no approvals. The records say who did this and why.
people-end-reason = Reason
people-warnings = Roles better kept apart
people-types-and-checks = { $name } types marks and checks them.
people-seals-alone = { $name } is draw officer and supervisor: sealing and unsealing take two people.
people-seals-and-judges = { $name } seals names and is chief judge.
people-seals-and-types = { $name } seals names and types or checks marks.
people-seals-and-marks = { $name } seals names and is judge { $code }.
people-awaited = Waiting for approval
people-awaited-about = Decisions made since people sign in are approved by people in the right roles, with keys of their own. Those that lack it stand here and count as findings. What is about people (roles, keys, keys that are revoked, no longer signing in) has no effect before.
people-awaited-none = No decision lacks an approval.
people-awaited-what = Decision
people-awaited-by = Made by
people-awaited-missing = Still needs
people-approve = Approve
people-approve-key = Compared: approve
approval-confirmed = { $event }: results confirmed
approval-final = { $event }: final, or open again
approval-sealed = { $event }: names sealed
approval-opened = { $event }: names opened
approval-bulletin = { $event }: bulletin { $number }
approval-officer = Roles of { $name }
approval-erased = The erasure of a person's data
approval-revoked = Whether computer { $node } is trusted
approval-adopted = { $count } adopted records
approval-sign-in = Whether people sign in
approval-key-revoked = Revoking key { $key } of { $name }
approval-key = Key { $key } of { $name } at computer { $node }
