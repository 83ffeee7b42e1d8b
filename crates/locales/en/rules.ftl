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
