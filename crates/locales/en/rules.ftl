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
rules-effect = { $count } entries change in rank or total; { $orphaned } marks have no place under the new rules and stay on record.
rules-before = Now
rules-after = Then

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
lint-decision-without-ties = somebody decides between equals, but no ranks are shared
lint-empty-award = the award { $id } has no places
lint-nobodys-award = nobody can meet the condition of the award { $id }
lint-nobodys-honour = nobody can meet the condition of the honour { $id }
lint-ties-with-tolerance = what equals at the border get has no effect beside a tolerance
lint-empty-stage = no item belongs to the stage { $id }
lint-idle-leave-out = missing marks are left out, but { $minimum } of { $most } must be there
lint-unused-panel = the panel { $id } marks nothing
lint-unused-parameter = nothing is compared with the parameter { $id }
lint-unused-scale = nothing is compared on the scale { $id }
