# The marks page.
marks-title = Marks
marks-choices = What to mark
marks-choices-left = { $count } cells to mark
marks-choices-done = all marked
marks-col-station = Station
marks-col-result = Result
marks-col-note = Notes
marks-grid-label = Mark sheet: { $title }
marks-cell-label = Station { $station }, { $column }, { $state }
marks-cell-label-value = Station { $station }, { $column }, { $value }, { $state }
marks-empty-title = Nothing to mark yet
marks-empty-text = Register contestants and seat the judges first; the mark sheets then appear here.
marks-empty-entries = Go to registration
marks-empty-judges = Go to judges
marks-locked = The results are final, so the sheet is read-only. To change a mark, the chief judge first reopens the results on the page “Finalise”.
marks-veiled = { $count ->
    [one] One result
   *[other] { $count } results
 } imported before the names were sealed can be neither seen nor changed until the names are opened.
marks-not-saved = { $count ->
    [1] One cell is not saved. What was typed is still in it.
   *[other] { $count } cells are not saved. What was typed is still in them.
}
marks-saving = { $count ->
    [1] Saving one cell
   *[other] Saving { $count } cells
}
marks-all-saved = All saved
marks-enter-saves = Enter saves it
marks-retry = Save again
marks-ask-clear = Clear the saved { $value }? Enter clears, Esc keeps
marks-undo-changed = This cell was changed to “{ $value }” since, so it was not undone. Type the new mark instead.
marks-redo-changed = This cell was changed to “{ $value }” since, so it was not redone. Type the new mark instead.
marks-cell-gone = The table has changed: there is no cell any more for “{ $texts }”, which was not saved. Look at the new table.
marks-leave-title = Some marks are not saved
marks-leave-text = { $count ->
    [1] One cell is not saved. It is lost when you leave.
   *[other] { $count } cells are not saved. They are lost when you leave.
}
marks-leave-stay = Stay here
marks-leave-go = Discard and leave
marks-lost = Not saved: { $why }
marks-lost-short = Not saved

marks-whom-station = Station
marks-whom-session = Session { $session }
marks-whom-filled = { $filled } of { $all } marked
marks-whom-typing = Typing { $column }
marks-whom-at = { $column }

marks-keys = Keys
marks-side = Whom, keys and legend
marks-key-type = type straight in
marks-key-enter = save, go down
marks-key-tab = one cell right
marks-key-arrows = save and move
marks-key-edit = edit the value
marks-key-escape = discard what was typed
marks-key-delete = clear (asks first)
marks-key-absent = judge absent
marks-key-undo = undo
marks-key-redo = redo
marks-key-history = history of the cell
marks-key-retry = save again

marks-legend = What a cell says
marks-state-not-going-on = did not go on to this stage: not marked
marks-state-not-yet = not marked yet
marks-state-zero = zero, saved
marks-state-saved = saved
marks-state-typing = being typed
marks-state-saving = being saved
marks-state-refused = not saved, please correct
marks-state-absent = absent, does not count
marks-state-void = void, does not count
marks-state-dropped = highest or lowest, left out
marks-state-out-of-line = spread too wide, chief judge decides
marks-state-crossing = two different marks, chief judge decides

marks-import = Import marks
marks-import-title = Import marks or theory results
marks-import-about = .xlsx and .csv. Either one mark a row (entry, item, judge, value) or one entry a row with a column for each item, such as theory results. Rows are matched by entry or admission number; where there is only a name, you are asked row by row. You see a preview first; everything is written at once when you confirm.
marks-template = Download template
marks-imported = { $count } rows imported
marks-history = Show history
marks-history-of = History of station { $station } · { $column }

marks-reason-title = Reason for the change
marks-reason-text = These changes need a reason. It is kept in the history.
marks-reason-label = Reason

# The screen checks with the same code as the core, and with the same words.
mark-fault-not-a-number = “{ $text }” is not a mark
mark-fault-too-long = too long for a mark
mark-fault-below-minimum = { $text } is below { $minimum }
mark-fault-above-maximum = { $text } is above { $maximum }
mark-fault-off-step = { $text } is not a multiple of { $step }
mark-fault-not-a-whole-number = { $text } is not a whole number
mark-fault-not-a-time = “{ $text }” is not a time; write 5:07.3
mark-fault-not-a-choice = { $text } is not one of { $choices }
mark-fault-not-a-tick = only 1 or 0
mark-fault-not-an-answer = needs { $length } letters out of { $letters }

# What to know about a row.
sheet-waiting = { $count ->
    [one] { $count } judge still to mark
   *[other] { $count } judges still to mark
}
sheet-spread = Spread { $spread }, over { $limit }: mark it again
sheet-spread-unknown = Too few marks to check the spread (at most { $limit })
sheet-crossing = Two different marks were given; the chief judge decides
