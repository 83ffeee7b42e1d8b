# The rules page.
rules-title = Rules
rules-version = Version { $version } · { $hash }
rules-json = Document
rules-replace = Replace
rules-col-id = Id
rules-col-name = Name
rules-col-max = Maximum
rules-col-how = How it is marked and computed
rules-replace-title = Replace the rules
rules-replace-about = Paste another rulebook (JSON). See first whose rank changes, then decide.
rules-document = Rulebook
rules-preview = Show the effect
rules-apply = Apply
rules-effect-hidden = Some results are out of sight until the names are opened, so nobody has a total yet: what changes is seen after that. { $orphaned } marks have no place under the new rules and stay on record.
rules-effect = { $count } entries change in rank or total; { $orphaned } marks have no place under the new rules and stay on record.
rules-before = Now
rules-after = After

# The versions of the rules
rules-versions = Versions of the rules
rules-versions-about = The version that held when the first mark was entered is pinned. Every later change is a new version: it shows first which ranks and awards change, and wants a reason.
rules-col-version = Version
rules-col-hash = Checksum (SHA-256)
rules-col-when = When
rules-col-who = Who
rules-col-why = Why
rules-version-holds = in force
rules-version-pinned = pinned by the first mark

# Parameters: reference values, keys and limits that marks are compared with
parameters-title = Parameters
parameters-about = Values that the rules need and do not hold, such as sealed reference values and answer keys. Fill them in once the session has ended, and results follow at once; until then whatever needs them is not yet scored.
parameters-about-in-use = Marks exist: you see which ranks and awards change before anything is saved, and give a reason.
parameters-col-name = Parameter
parameters-col-kind = Kind
parameters-kind = { $kind ->
    [number] number
    [time] time
   *[answer] answer
 }
parameters-by = by { $datum }
parameters-for-all = all
parameters-for-rest = everybody else
parameters-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
 }
parameters-cell = { $parameter }, { $text }
parameters-missing = missing
parameters-missing-count = { $count ->
    [one] { $count } value is missing
   *[other] { $count } values are missing
 }
parameters-complete = nothing is missing
parameters-crossing = Different values were given at the same time ({ $values }); none counts. Fill it in again.
parameters-unread = This is not of the parameter’s kind and does not count
parameters-own = The rules say { $value }
parameters-save = Save parameters
parameters-drop = Drop changes
parameters-typed = { $count ->
    [one] { $count } value changed, not saved
   *[other] { $count } values changed, not saved
 }
parameters-saved = Parameters saved
parameters-dialog = Save parameters
parameters-dialog-about = { $count ->
    [one] { $count } value is filled in or changed.
   *[other] { $count } values are filled in or changed.
 }
parameters-apply = Save
datum = { $name ->
    [session] session
    [paper] paper (session)
    [group] group (session)
    [heat] heat (session)
    [station] station
    [number] entry number
    [unit] unit
    [delegation] delegation
    [occupation] occupation
    [level] skill level
   *[other] { $name }
 }

# A rulebook from a WorldSkills marking scheme
scheme-open = From a WorldSkills marking scheme
scheme-title = Rules from a WorldSkills marking scheme
scheme-about = Choose the marking scheme workbook of CIS (.xlsx, sheet “CIS Marking Scheme Import”). When nothing is wrong, the rules it makes are put into the document; they count once you have seen their effect and applied them.
scheme-choose = Choose an .xlsx file, or drop it here
scheme-faulty = { $count ->
    [one] 1 fault
   *[other] { $count } faults
}; no rules were made. Mend them in the file and choose it again.
scheme-good = { $title }: { $criteria } criteria, { $subs } sub-criteria, { $measurement } aspects by measurement and { $judgement } by judgement, 100 marks in all.
scheme-use = Put into the document

# What a rulebook cannot mean, by the code of the lint.
rules-lints = Without effect
lint-constant-key = the tie key “{ $key }” is the same for everybody
lint-decided-key = the tie key “{ $key }” never decides: equals have the same value already
lint-unused-item = neither the ranking nor anything else looks at the item { $id }
lint-zero-weight = a weight of zero
lint-idle-rounding = the rounding to { $digits } decimals changes nothing: the value has at most { $has }
lint-band-out-of-range = no value is in this band (edge { $edge }): values are from { $low } to { $high }
lint-band-never-reached = an earlier band holds for every value from { $low } to { $high }, so this one (edge { $edge }) never applies
lint-idle-limit = the limit { $limit } never applies: values are from { $low } to { $high }
lint-max-out-of-reach = the maximum { $max } cannot be reached: values are from { $low } to { $high }
lint-longest-first = times are put in places with the longest first; where the shortest is the best, set the direction to lower
lint-decision-without-ties = somebody decides between equals, but no ranks are shared
lint-empty-award = the award { $id } has no places
lint-nobodys-award = nobody can meet the condition of the award { $id }
lint-nobodys-honour = nobody can meet the condition of the honour { $id }
lint-ties-with-tolerance = what equals at the border get has no effect beside a tolerance
lint-undecided-ties = equals at the border of an award wait for a decision, but nobody decides between equals: they would get nothing
lint-empty-stage = no item belongs to the stage { $id }
lint-idle-leave-out = missing marks are left out, but { $minimum } of { $most } must be there
lint-unused-panel = the panel { $id } marks nothing
lint-unused-parameter = nothing is compared with the parameter { $id }
lint-unused-scale = nothing is compared on the scale { $id }
