# What happened and what to do next. Keys are error-<code>.

# Requests and rights
error-unknown-command = This version has no command “{ $name }”. Check the name, or update the software.
error-bad-request = The request does not fit: { $why }
error-not-found = Not found. It may have changed; reload and try again.
error-internal = Something went wrong inside the software; the log has the cause. What was saved is safe. Please try again.
error-no-competition = This competition was not found. Go back to the start page and choose again.
error-not-allowed = Your role does not allow this step. Someone with the right has to do it.
error-sign-in-needed = People sign in to this competition. Sign in first, then take this step.
error-role-needed = This step needs: { $roles }; signed in: { $held }.
error-officer-roles = Choose one role at least.
error-officer-judges = Judges are entered on the page Judges; their roles are not granted here.
error-node-form = The public key of a computer has 64 lower-case hexadecimal digits.
error-unknown-officer = There is no such person, or the person no longer works here.
error-officer-elsewhere = This person may not work at this computer. The organiser changes it on the page Staff.
error-duplicate-officer = Somebody is called “{ $name }” already. Add what tells them apart, such as “{ $name } (second team)”.
error-last-organiser = Then there would be no organiser, and nobody could grant anything any more. Make somebody else organiser first.
error-sign-in-nobody = No organiser can sign in at this computer yet. Give an organiser a PIN first.
error-no-effect = This would have no effect: you hold no role in which it may be written, or not at this computer. An organiser looks at your roles and keys on the page Staff.
error-officer-key-revoked = Your key at this computer was revoked, and this PIN is good for nothing any more. Choose another and have an organiser approve it.
error-unknown-key = There is no such key. Look again and try once more.
error-unknown-approval = Some of these were not approved with this key. Look again and try once more.
error-revoke-own-key = You are signed in with this key, and it cannot revoke itself. Give yourself another PIN, sign in again and revoke it then; or have another organiser do it.
error-revoke-key-founder = This key was made at the computer that founded the competition, and is revoked there.
error-revoke-last-key = No organiser could sign in any more. Give one of them a new PIN first, and keep the tick at the old key's approval of the new one.
error-revoke-key-awaits = Your own key rests on an approval with this key that is not ticked: the revocation would have no effect. Keep the tick, or have another organiser do it.
error-officer-awaits = Your PIN at this computer is not approved yet. An organiser opens Staff on a computer where they are signed in, and approves it.
error-officer-keyless = This PIN came without a key. The organiser sets a new one at this computer.
error-officer-has-pin = This person has a PIN at this computer already. If it is forgotten, the organiser sets a new one.
error-nothing-to-approve = This decision lacks no approval, or was replaced. Look again.
error-approve-role = This decision still needs the approval of: { $roles }. You do not hold that role.
error-approve-judge = Only the judge who signed this sheet can approve it. Open the sheet again, and have the judge sign it anew.
error-approve-twice = You have approved this decision already; the other approval is another person's.
error-unreachable = The program does not answer. Make sure that it is still running, then try again.

# State of the results
error-finalised = The results are final. To correct them, the chief judge first reopens them and gives the reason.
error-not-final = The results are not final, so there is nothing to reopen.
error-nothing-to-finalise = There are no results to finalise yet. Enter marks first.
error-reopened-by-hand = After results were reopened, marks are changed one by one and not imported. Change them on the Marks page.
error-reason-needed = This step needs a reason.
error-stale = This was changed while you were looking at it. Look at the new content, then decide whether to change it.

# Draws, sealing and unsealing
error-sealed = Names are sealed, so registration and draws cannot be changed. Draw officer and supervisor first unseal them on the Draw page.
error-names-sealed = This document needs names, and names are sealed. Once the results are final, draw officer and supervisor unseal them on the Draw page; then print it.
error-imported-sealed = Imported results (such as a theory test) were here before the names were sealed. Until the names are opened they are neither shown nor changed, and nothing that they are part of is confirmed or published. Open the names on the Draw page first.
error-not-sealed = Names are not sealed, so there is nothing to unseal.
error-two-people = These have to be two people; type two different names.
error-names-locked = Names are locked, and this step has to know who is who. First open them on the Draw page, with any two of the three opening codes.
error-standings-locked = Names are locked, and the standings of this event rest on what stands behind them (such as ages, teams or sessions) or on marks of earlier stages. They are computed once names are open; marking goes on meanwhile.
error-lock-work-drawn = Work numbers were drawn in the open: who has which is on record, so nothing would be locked. Void that draw first; locking gives new numbers.
error-lock-marked = { $count ->
    [one] One mark was
   *[other] { $count } marks were
} given while names stood beside the numbers, so locking would hide nothing. Lock before marking begins, or seal the names without a lock.
error-envelope-chief-judge = The chief judge opens the envelope and types its code here.
error-opening-code-form = An opening code has 30 letters and digits, in 6 groups of 5. Complete it as it stands on the slip.
error-opening-code-typed = The opening code was mistyped, in more than one place. Compare it group by group.
error-opening-code-group = The opening code was mistyped, in group { $group } as it seems. Compare that group.
error-opening-code-wrong = This is not the code of this office, or not of this lock. Compare office, event and mark on the slip with what stands here.
error-opening-code-needed = Names are locked: type the opening code from the slip.
error-opening-code-unwanted = Names are sealed without a lock: no code is needed, draw officer and supervisor confirm.
error-seal-missing = { $count ->
    [one] { $count } entry has no number of its own
   *[other] { $count } entries have no number of their own
}, or share one. Complete the numbers first.
error-draw-crosses = Two draws stand side by side here. Choose one of them first.
error-draw-scope = Entry numbers are drawn for the whole event; another layer is drawn either for all sessions together or session by session. Void the other draw first.
error-draw-other-session = This entry is not in this session, or has withdrawn.
error-lot-form = “{ $code }” cannot be a number. Numbers have letters, digits and hyphens between them, at most 16.
error-lot-session-needed = When all sessions draw stations together, type the session on the lot as well.
error-lot-taken = { $code } was drawn by { $holder }; not saved. Check the lot.
error-swap-nothing = Choose two different entries that both have a number; work numbers can only be exchanged once they were drawn.
error-swap-other-session = The two are in different sessions, and each session draws by itself: their numbers cannot be exchanged. Change the lots one by one.
error-nothing-to-draw = Nobody is there to draw. Register entries first.

# Files
error-stale-preview = The file or the competition changed after the preview; nothing was imported. Preview again, then confirm.
error-file-too-large = The file is too large (over 10 MB, or over 400,000 cells). Keep only the sheet or rows you need and try again.
error-file-unreadable = The file cannot be read as a table. Save it as .xlsx or .csv and try again.
error-file-truncated = The file is incomplete; perhaps a transfer was cut off. Get the file again.
error-file-encoding = The text encoding of the file is not known. Save it as a .csv in UTF-8, or as .xlsx.
error-file-empty = The file is empty. Choose a file with data.
error-file-no-workbook = An .xlsx workbook is needed here. Save the file as .xlsx and try again.
error-file-no-sheet = The workbook has no sheet named “{ $wanted }”; it has: { $found }. Choose the file of the marking scheme, or correct the name of the sheet.
error-no-chinese-font = This computer has no font with Chinese characters, so the document cannot be made. Install one (Noto CJK or Source Han) and try again.
error-typesetting = This document could not be typeset; the log has the cause. Try another document, or try again later.
error-no-such-page = The document has no such page. Begin at page 1.
error-workbook = The workbook could not be written; the log has the cause. Please try again.

# Saving and data
error-in-use = Another program is using this data folder. Close that program, or choose another folder.
error-read-only = The place of the data cannot be written to; nothing was saved. Check the permissions, or choose another place.
error-disk-full = The disk is full; nothing was saved. Free some space and try again. What was saved before is safe.
error-newer = These data were written by a newer version ({ $found }). Update the software, then open them.
error-corrupt = The data do not pass verification, so nothing was done with them. Keep the files as they are and restore a backup.
error-not-durable = The database does not write to disk in the way that is needed, so it was not opened. Keep the data on a local disk.
error-key-locked = The key of this computer is in the system keychain, which does not give it ({ $why }). Sign in to the desktop as the user who uses this data folder, unlock the keychain and open the application again. Nothing was changed, and no other key was made.
error-key-missing = The key of this data folder (computer { $node }) is not in the system keychain here: the folder was copied from another computer, belongs to another user, or the keychain was reset. Open it where it belongs; or restore a backup from a stick, which has the key, into an empty data folder, or with jiangsai-cli restore --over into this one. Nothing was changed, and no other key was made.
error-key-elsewhere = The key of this data folder is in the system keychain, which cannot be used here (no desktop session, a service, or keys are set to stay in files). Run this in the desktop session of the user who uses the folder, use the application there, or restore a backup from a stick, which has the key. Nothing was changed, and no other key was made.
error-too-large = The content is too large; it was not saved. Do it in several steps.
error-io = A file could not be read or written: { $why }
error-database = The database had a problem; nothing was saved. Try again; if it stays, restart the software.

# Settings and judges
error-empty-title = Enter a title.
error-bad-date = Write dates as year-month-day, such as 2026-05-01.
error-too-long = Too long; at most { $max } characters.
error-missing-name = Enter a name.
error-missing-code = Enter a code.
error-code-form = A code has letters and digits, with hyphens between them, such as P01.
error-duplicate-code = The code “{ $code }” is already used; choose another.
error-pin-form = A PIN has 4 to 12 digits.
error-panel-seats = This panel has { $seats } seats; seat { $seats } judges.
error-duplicate-seat = Judge { $code } is seated twice on this panel; choose different people.
error-unknown-judge = There is no such judge; it may have changed. Reload and try again.
error-unknown-entry = There is no such entry; it may have changed. Reload and try again.
error-unknown-item = The rules have no item “{ $item }”. Reload and try again.
error-unknown-stage = The rules have no stage “{ $stage }”. Reload and try again.

# Marks
error-judge-needed = Each judge marks the item “{ $item }” alone; choose a judge.
error-judge-not-wanted = The item “{ $item }” has one value and no judge.
error-judge-not-on-panel = This judge is not on the panel of the item “{ $item }”. Seat the judge on the Judges page first.
error-mark-not-a-number = This is not a mark and was not saved. Type a number such as 87.5.
error-mark-too-long = This number is too long for a mark and was not saved.
error-mark-below-minimum = Below the minimum of { $minimum }; not saved. Please check.
error-mark-above-maximum = Above the maximum of { $maximum }; not saved. Please check.
error-mark-off-step = A mark here is a multiple of { $step }; not saved. Please check.
error-mark-not-a-whole-number = Only a whole number fits here; not saved.
error-mark-not-a-time = This is not a time and was not saved. Write it like 5:07.3.
error-mark-not-a-choice = The values to choose from are { $choices }; not saved. Choose one of them.
error-mark-not-a-tick = Type 1 for done and 0 for not. It was not saved.
error-mark-not-an-answer = Type { $length } letters out of { $letters }. It was not saved.
error-unknown-attempt = The item “{ $item }” has no such attempt.

# Paper sheets
error-sheet-number = This is no sheet number: check the twelve digits, or scan again.
error-sheet-unknown = There is no such sheet. Perhaps numbers were drawn again or a judge was replaced: print it anew, or choose it from the list.
error-sheet-not-recorded = Nobody has typed this sheet yet; type it first, then confirm it.
error-sheet-lines = This sheet has { $count } lines; type each of them.
error-sheet-line = “{ $item }” is empty. Type “-” where the paper has no mark.
error-sheet-total = The total is no number. Type “-” where the paper has none.
error-scan-large = This file is larger than 10 MB and was not attached. Scan or photograph the sheet at a lower resolution; 200 dpi is enough.
error-scan-pdf = This is a PDF and was not attached. Save each page as a JPEG or PNG picture in the scanning program, or photograph the sheet.
error-scan-not-picture = This file is no JPEG or PNG picture and was not attached. Choose a picture from the scanner or camera; where a telephone saves HEIC, save it as JPEG.
error-scan-pixels = This picture has so many pixels that opening it would fill the memory; it was not attached. Scan the sheet at a lower resolution; 200 dpi is enough.
error-scan-damaged = This picture is not whole or damaged and was not attached. Copy the file again, or scan the sheet again.
error-scan-many = A sheet has at most { $max } pages attached. Remove those that are not wanted first.
error-scan-unknown = This page is not attached to this sheet; perhaps it was just removed. Open the sheet again.
error-scan-missing = This page was attached on another computer, and its picture is not on this one. Look at it there, or restore a backup of that computer; results do not depend on it.

# Rules
error-no-rulebook = This event has no rules yet. Choose them on the Rules page first.
error-rulebook-misfit = The new rules cannot compute the marks that exist; they were not taken. Check that every item is there.
error-unknown-parameter = The rules have no parameter “{ $parameter }”. Reload and try again.
error-parameter-for-all = The parameter “{ $parameter }” has one value for all; it cannot have another for “{ $text }”.
error-parameter-twice = The parameter “{ $parameter }” ({ $text }) stands there twice. Leave one of them.
error-parameter-value = The parameter “{ $parameter }” ({ $text }) cannot be “{ $value }”; nothing was saved. { $kind ->
    [number] It is a number, such as 12.40
    [time] It is a time, such as 5:07.3
    [key] Answers to item { $item } are compared with it: it is { $length } of the letters { $letters }, none of them twice where the item takes each once
   *[answer] It is the letters of an answer, such as BDAEC
 }.
error-nothing-to-decide = By the rules equals share their rank: there is no order to decide.
error-not-equals = These entries are not a group of equals now; a mark may have changed. Look at the standings again, then decide.
error-nothing-to-withdraw = There is no decision between these entries to withdraw.
error-undecided = { $count ->
    [one] { $count } group of equals is undecided
   *[other] { $count } groups of equals are undecided
 } ({ $groups }), so the results cannot be final. Record the order under “Equals” on the standings page first.
error-rulebook-fault = The rules were not taken; they have { $count ->
    [one] { $count } fault
   *[other] { $count } faults
}. First ({ $place }): { $fault ->
    [syntax] not in the format of a rulebook
    [needs_newer_version] needs a newer version of the software
    [unknown_version] a version number that does not exist
    [too_large] too large
    [bad_id] an id that is not allowed
    [duplicate_id] an id that is used twice
    [unknown_id] a name that nothing has
    [cycle] values that depend on themselves
    [weights] weights that do not add up
    [trim_leaves_nobody] a trim that leaves no mark
    [division_by_zero] a division by zero
    [zero_case_missing] nothing says what happens when the divisor is zero
    [max_differs] a maximum that differs from the sum of its parts
    [unhandled_gap] nothing says what happens when a mark is missing
    [type_mismatch] a value of the wrong type
    [empty] nothing in it
    [no_mark_here] no mark can be used here
    [out_of_range] a number out of range
    [level_texts] the wrong number of level texts
    [duplicate_choice] two choices with the same value
    [dead_band] a band that never applies
    [answer_key] a key that is no answer to its item
   *[other] { $fault }
}.
error-offline = The program does not answer. See that it still runs, then try again.
error-needs-newer = A newer version wrote records of this competition; this one cannot compute the right results. Update the program.
error-part = This computer does not hold every record of this competition whole: it is a judge’s desk, passes records on without reading them, waits for a readers’ key (page Headquarters and bundles), or is a level above that receives public facts and statistics alone. Standings are not computed from a part, and nothing but marks is decided here. Look at them, or do it, on a computer that receives everything.
error-no-preview = A workbook has no preview. Save it instead.
error-no-docx = This document cannot become a .docx. Save it as PDF.
error-no-such-unit = There is no delegation or unit “{ $unit }”. Reload and choose again.
error-results-changed = The final results are no longer what chief judge and supervisor confirmed: records arrived later. Reopen the results and have both confirm again first.
error-certificate-not-final = Certificates get their numbers once the results are final, or a changed rank would spoil them. Make the results final first.
error-certificate-pattern = The pattern needs one row of # (at most 8) for the running number, as in “Certificate 2025-###”.
error-certificate-nobody = Nobody needs a certificate: either nobody has an award yet, or all have their numbers.
error-artwork = This file is not a PNG or JPEG picture that can be printed, or it is larger than 10 MB. Choose another one.
error-letter = The text document was not made. Try again; if it happens again, please send us the log.
error-own-letter = Your Word template (letter.docx) cannot be used: it is no Word document (.docx), too large, or in the format “Strict Open XML”. Save it as an ordinary .docx; the page “Print”, under “Layout”, brings ours back.
error-own-letter-no-place = Your Word template (letter.docx) does not say where a list goes. Write [list] in a paragraph of its own and save it.
error-own-letter-sections = Your Word template (letter.docx) has more than one section, or none with the size of its page. Take the section breaks out and save it.
error-own-letter-two-places = Your Word template (letter.docx) says [list] twice. Leave one.
error-pack-records-server = The records are on a database server, so they cannot be put into a pack. Leave them out, and keep a dump of the server with the pack.
error-stale-pack = Results changed while the pack was being made, so its parts would disagree, and it was stopped. Make it again.
error-pack-unfinished = The pack still lacks “{ $name }” and cannot be closed. Make it again.
error-not-confirmed = { $duty ->
    [supervisor] The supervisor has not signed these standings yet. Do so on the page “Finalise” first.
   *[other] The chief judge has not confirmed these standings yet. Do so on the page “Finalise” first.
}

# The judge's desk and the chief judge
error-signed-out = You are signed out, or the program was started again. Sign in with your PIN.
error-looking-on = This desk is for looking on, so nothing can be typed. Sign in with your PIN to mark.
error-pin-wrong = This is not the PIN; { $left } tries are left. If it is forgotten, the organiser sets a new one.
error-pin-wait = Too many wrong PINs. Wait { $minutes } minutes, or have the organiser set a new one.
error-desk-elsewhere = This desk is not for this judge, session or station. Go to the right desk, or ask the chief judge to change what it is for.
error-not-your-sheet = This sheet is not yours to mark. Choose one of your own on the left.
error-sheet-signed = { $judge } has signed this sheet, so it is read-only. To change it, ask the chief judge to open it again with a reason.
error-sheet-not-signed = This sheet is not signed, so it need not be opened.
error-sheet-incomplete = { $count } items are missing: { $items }. Mark them, then sign.
error-extra-time-too-long = Extra time is at most { $max } minutes in all.
error-judge-recused = This judge does not mark this entry: somebody else sits in the seat for it, or nobody. { $item } cannot be entered for this judge.
error-already-on-panel = { $code } is on this panel already, or stands in on it for some entry, and cannot take this seat as well.
error-replace-signed = { $judge } has signed { $count } sheets of entries that are not marked to the end on this panel. They would no longer count, so nothing was changed. Have the rest marked first, or open these sheets again; where another module comes later, give it a panel of its own in the rules.
error-nothing-to-rescore = Nobody has marked this item yet, so it cannot be marked again; nor is there a request to take back.
error-recheck-rest = Between { $least }% and 100% of the rest have to be drawn.
error-recheck-note = Say what the errors are.
error-recheck-count = An error is described, but the number of errors is 0. Fill in the number, or describe none.
error-inquiry-unknown = There is no such inquiry.
error-inquiry-empty = Say what it is about.

error-records-refused = Records from another computer do not verify, and nothing of them was kept: { $why }
error-upstream-address = This is not the address of a computer above. Give host and port, such as 192.168.1.10:7480. The way there is always encrypted: http:// addresses are not taken.
error-upstream-unreachable = The computer above does not answer. Work goes on here; what is pending is sent when it answers again.
error-upstream-slow = The computer above answers too slowly. What is pending is sent again in smaller parts.
error-pairing-code = This code is not valid, or was used, or is older than a day. Ask for a new one at the computer above.
error-pairing-code-form = A pairing code has 30 letters and digits, in 6 groups of 5. Complete it, or paste the whole invitation, which begins with jiangsai:.
error-pairing-code-typed = The code was mistyped, in more than one place. Compare it group by group.
error-pairing-code-group = The code was mistyped, in group { $group } as it seems. Compare that group.
error-pairing-wait = Too many codes were tried from here: the computer above takes the next one in { $seconds } seconds. Compare the code, then try again.
error-upstream-busy = The computer above asks this one to wait. What is pending is sent in a while.
error-unknown-node = The computer above does not know this one. Connect again with a new code.
error-upstream-refused = The computer above did not take some records of this one: they do not verify there. The others are sent. The records are still here, and the log has the cause.
error-upstream-records = Records from the computer above do not verify and were not kept. Look at the log, and at the computer above.
error-upstream-lacks = The computer above does not have this competition yet.
error-upstream-internal = Something went wrong inside the computer above; its log has the cause. What is pending is sent later.
error-upstream-strange = Something answers at this address, but not as Jiangsai does. Check address and port, and that both computers run the same version (older ones do not encrypt and cannot be connected with newer ones).
error-upstream-other = The computer at this address is not the one that the pairing code came from (its fingerprint is another), or something between the two opens the encryption. Nothing was sent to it. Check the address, and compare the fingerprints by voice.
error-backup-none = There is no backup at { $path }. Give the full path of a backup, a stick or a data folder; where a folder has several backups, of one of them.
error-backup-truncated = The backup { $path } is cut short (bytes there / bytes wanted: { $place }). Choose another one.
error-backup-altered = The backup { $path } was changed since it was written and cannot be restored ({ $place }). Choose another one.
error-backup-damaged = The database of the backup { $path } is damaged, here: { $place }. Choose another one.
error-backup-records = A record of the backup { $path } does not verify, here: { $place }. Choose another one.
error-backup-foreign = The database of the backup { $path } has something this version does not know ({ $place }): a newer version wrote it, or it is not a backup of this program. Nothing was restored.
error-backup-no-room = There is not enough room: { $needed } MB have to be free, { $free } MB are. Free some space on that disk; scoring goes on meanwhile.
error-backup-place-missing = There is no folder { $path }. Put the stick in, or give the full path of a folder that is there.
error-backup-place-own = The second place must be outside the data folder, best on another disk or a USB stick.
error-backup-server = The records are on a database server, where this is not done. A backup is written with jiangsai-hq backup --database-url, and restored into an empty database with jiangsai-hq restore --database-url.
error-database-not-empty = There is something in this database already, so nothing was restored. Make a new, empty database on the server and give its address.
error-database-other-key = This database belongs to another key (node { $node }) than the one in this data folder (node { $own }): the computers that are paired with it would not know this one. Copy node.key, and accounts.key where there is one, from the data folder of the instance that made the database, or from its backup.
error-backup-not-written = The backup was not written: { $why }
error-restore-loses = { $count } records would be missing afterwards, so nothing was restored. To restore all the same, say --over; what is there is backed up before.
error-restore-stale = Records were saved on this computer after it was looked at. The list is read anew; look at it again, then restore.
error-restore-damaged = The data here do not hold together, so nobody can say what would be missing, and nothing was restored. To restore all the same, say --over; the damaged files are kept in a folder of their own.
error-bulletin-locked = The results are locked, so provisional ones are no longer published. Post the results.
error-bulletin-not-final = The results are not locked. Go through the steps of the page Finalise first, then post them.
error-bulletin-sealed = Names are sealed. Draw officer and supervisor unseal them first, then post the results.
error-bulletin-not-posted = The results were not posted yet. Post them first, and announce them when the period is over.
error-bulletin-posted-other = Results, names or units changed since no. { $number } was posted. Correct it first, and announce the results when its period is over.
error-bulletin-period-open = The results are on display until { $until }; they can be announced after that day.
error-bulletin-inquiries = { $count ->
    [one] { $count } inquiry is
   *[other] { $count } inquiries are
} not answered. Answer them on the page Re-check first, then announce the results.
error-bulletin-stands = No. { $number } is in force, so no other of its kind can be published. To change something, open it and publish a correction.
error-bulletin-crosses = Two different bulletins were published as no. { $number } at the same time. Choose one of them first.
error-bulletin-unknown = There is no bulletin of this number. Choose one from the list.
error-bulletin-corrected = This bulletin was corrected by no. { $number }. Correct no. { $number } instead.
error-bulletin-other-kind = No. { $number } is of another kind; a correction is of the kind of what it corrects.
error-bulletin-whom = A bulletin is not of one entry alone. Choose winners, the first ranks or everybody.
error-bulletin-period = Enter from when to when it is on display; the last day is not before the first.
error-bulletin-period-past = It cannot be on display from a day that has passed. Begin today or later.
error-bulletin-short = It is on display for fewer than { $least } days. Give the reason.
error-bulletin-contact = Where to object is too long; use at most { $max } characters.
error-bulletin-empty = There is nobody to list yet. Enter marks first, or choose others to list.
error-bulletin-too-large = { $count } entries are too many for one bulletin. List only winners or the first ranks.
error-bulletin-stale = Standings or settings changed after the preview; nothing was published. Look at the new preview, then publish.
error-bulletin-settled = Nothing crosses under no. { $number }, so there is nothing to choose.
error-unknown-session = There is no such session. Choose one from the list.
error-screen-not-released = The standings are not released, so the screen does not show them. Release them first.
error-screen-no-award = All awards are revealed.
error-screen-final = The results are locked; release the final standings instead.
error-screen-not-final = The results are not locked, so final standings cannot be released. Finalise them first, or release provisional ones.
error-screen-share-impossible = This program has no pages to give to other computers. Use the desktop application, or Jiangsai in a browser.
error-screen-share-failed = The screen is not shown on other computers: { $why }. Try again, or start the program again.
error-screen-not-shared = The big screen is not shown at this address: it was stopped, or the address was mistyped. Ask the organiser for the present one.
error-screen-only = At this address the big screen can be looked at, and nothing else.
error-screen-other-competition = This address shows the big screen of another competition.
error-screen-wait = The address was mistyped too often. Ask the organiser for the present one, and try again a little later.
error-countdown-length = A countdown takes one minute to 24 hours.
error-countdown-unset = There is no countdown yet. Set its minutes first.

# Bundles
error-bundle-none = This file is not a bundle. Choose a .jsbundle file.
error-bundle-damaged = The bundle is damaged, and nothing of it was imported: { $why }. Export it again, or use another medium.
error-bundle-other-recipient = This bundle is for another computer ({ $to }) and cannot be opened here. Import it there.
error-bundle-stranger = This bundle comes from a computer that is not paired with this one ({ $from }), so it was not imported. Connect that computer with a pairing code first.
error-bundle-other-issuer = These receipts are not of the computer above this one ({ $from }), so they were not imported.
error-bundle-not-connected = This computer is not connected to one above. Connect it once with a pairing code on the page “Headquarters and bundles”; from then on bundles work without a network.
error-bundle-part = This computer does not hold every record whole (a judge’s desk, one that only passes on, or a level above that receives public facts alone), so this bundle would have gaps. Export it on a computer that receives everything. “Export what is pending” works here.
error-bundle-no-key = The computer above gave no key for encryption when it was paired with. Connect again with a new code.
error-bundle-nothing = The computer above has received everything, so there is nothing to export. To give it again, export everything.
error-bundle-sealed = Names are sealed. A public copy can be exported once they are unsealed.
error-bundle-published = This is a public copy for verification; it cannot be imported.
error-bundle-too-large = The bundle would be over 1 GB. Export what the computer above lacks instead: as much as fits goes into one bundle, and the rest into the next one once its receipts are in.
error-bundle-path-window = Only the window of this computer imports a file by its path. Choose the file in the browser instead.
error-bundle-path-missing = There is no file { $path }. Give the full path of a bundle.
error-file-exists = This file exists already and was left as it is. Choose another name.
error-own-template = Your template { $name } has a fault in line { $line }. Mend it and put it in its place again, or bring ours back on the page “Print” under “Layout”.
error-no-template = No template is called that.
error-rulebook-sealed = Results that were imported before the names were sealed (theory, say) stay out of sight until the names are opened; under the new rules their items are no longer imported, and they would be seen. Open the names first, or leave those items imported.
error-pairing-holds = This code is for a judge's desk, and this computer has whole competitions already, names and all. Use a new, empty data folder for the desk, or ask for a code that reads everything. The code was not used up.
error-carrier-no-key = The computer above only passes records on, and there is no readers’ key that counts here: what it may not read waits on this computer. On the page Headquarters and bundles, under Readers, compare the fingerprints and grant.
error-carrier-plain = The computer above passes records on and refused one that it may not read. It is sent again, encrypted.
error-carrier-standby = This computer only passes records on: another that stands by for it would be sent what this one may not read. Make the code for a standby at a computer that receives everything.
error-bundle-carrier = The computer above only passes records on, and a bundle for it would hold what it may not read. Connect over the network, or export at a computer whose upper level receives everything.
error-bundle-public = Between a headquarters and a level above that receives public facts and statistics alone no bundle of records is carried: it would hold everything. Connect over the network.
error-carrier-public = This computer only passes records on and is no level above. Make the code at a headquarters.
error-public-plain = The level above receives public facts and statistics alone, and refused a record that held more. Update this computer; nothing is lost, the record stays here.
error-public-part = Public facts and statistics alone are received of this competition there, from its organising headquarters. Whoever sends it whole is refused, so that no receipt is given for what would not be kept. Connect to that headquarters in place of the level above it.
error-public-whole = The level above holds this competition whole, from another computer, and takes no part of it. Nothing has to be done here. If it shall have public facts alone from now on, it begins with a new data folder.
error-public-fork = The level above holds another branch of a log than this computer, as after a folder was copied back. What stands here stays. The records of that log wait here; those of others go on. Tell the level above.
error-readers-carrier = This computer only passes records on. Grant at a computer that receives everything.
error-readers-unknown = The key of computer { $node } is not known here. It has to be connected, directly or through a computer that passes on; try again a minute later.
error-readers-many = At most { $max } computers can be granted to.
error-desk-opened = The names are opened, and this judge's desk is told of no more changes. Correct marks on a computer that has everything.
error-erase-open = The results of “{ $event }” are not final. Erase after they are, or withdraw the entry first.
error-erase-inquiry = An inquiry about this person in “{ $event }” has no answer. Answer it first.
error-erased = The personal information of this person is erased; there is nothing to change or erase.
error-erase-basis = Say on what legal basis.
error-erase-basis-names = The basis says the name or a number of this person. It stays on record: leave them out.
error-erase-stale = Something about this person changed after you looked; nothing was erased. It is listed anew; look again.

# Accounts (coming in by a browser from elsewhere)
error-account-needed = Sign in with your account first.
error-look-only = Your account may look and change nothing, so it cannot do this. Ask for an account that may work if you need to.
error-account-wrong = The account name, the password or the 6 digits are wrong. Every code counts once, so wait for the next; if you forgot the password, ask for the account to be reset.
error-account-again = The password or the 6 digits are wrong. Every code counts once, so wait for the next.
error-account-wait = There were too many wrong tries. Wait { $seconds } seconds, then try again.
error-account-name = An account name has 1 to 40 characters, all of which can be seen.
error-account-taken = There is an account called “{ $name }”. Choose another name.
error-account-unknown = There is no account called “{ $name }”. See account list.
error-accounts-key = The accounts were made with another accounts.key, which is not in this data folder. Copy accounts.key from the computer where they were made, or from its backup; where it is lost, remove the accounts and add them anew.
error-link-gone = This set-up code is wrong, was used already, or is older than 24 hours. Ask for another one.
error-password-short = A password has at least { $least } characters.
error-password-long = A password has at most { $most } characters.
error-password-name = A password cannot be the account name itself.
error-password-common = This is one of the most common passwords, which others guess easily. Choose another one.
error-authenticator-gone = This code was replaced, or waited too long. Begin again and scan the new one.
error-authenticator-code = The 6 digits are wrong. Check the time on your phone, wait for the next code and fill it in.
