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
