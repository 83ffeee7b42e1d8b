//! Bodies of the scoring screen.

use super::body;
use super::files::{decode, file, upload_token};
use jiangsai_domain::command::marks::{
    EnterMark, ImportMarks, MarkSaved, MarksPreview, MarksTemplate, PreviewMarks, ShowSheet,
};
use jiangsai_domain::command::registration::{ImportPreview, Imported};
use jiangsai_domain::decide::{import, marks};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::results;
use jiangsai_domain::view::sheet;
use jiangsai_store::Reason;

body!(ShowSheet, |command, app, _| {
    app.ask(&command.competition, |state| sheet::sheet(state, &command.event, command.of.as_ref())).await
});

body!(EnterMark, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((marks::enter(state, &command)?, ()));
    let answer = |state: &jiangsai_domain::competition::Competition, facts: &[_], ()| {
        let (_, engine) = results::engine_of(state, &command.event)?;
        let rulebook = engine.rulebook();
        let item = rulebook.item(command.item.as_str()).ok_or(Refusal::new("unknown-item"))?;
        let of = sheet::sheet_of(rulebook, item);
        let row = sheet::one_row(state, &command.event, &command.entry, &of)?;
        Ok(MarkSaved { row, fact: facts.first().cloned() })
    };
    app.change(&command.competition, decide, answer).await
});

body!(MarksTemplate, |command, app, lang| {
    let rows = app.ask(&command.competition, |state| sheet::blank_rows(state, &command.event)).await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let io = |error: csv::Error| crate::failure::Failure::Internal(error.to_string());
    // A column for attempts only where somebody has several.
    let several = rows.iter().any(|[.., attempt]| !attempt.is_empty());
    let header = ["entry", "item", "judge", "attempt", "value"];
    let shown = |cells: [&str; 5]| -> Vec<String> {
        let kept = cells.into_iter().enumerate().filter(|(column, _)| several || *column != 3);
        kept.map(|(_, cell)| cell.to_owned()).collect()
    };
    writer.write_record(shown(header)).map_err(io)?;
    for [entry, item, judge, attempt] in &rows {
        writer.write_record(shown([entry, item, judge, attempt, ""])).map_err(io)?;
    }
    let plain = writer.into_inner().map_err(|error| crate::failure::Failure::Internal(error.to_string()))?;
    // Excel takes a file for UTF-8 only when it begins with a mark.
    let bytes = [b"\xef\xbb\xbf".as_slice(), &plain].concat();
    Ok(file(&crate::print::words(lang, "file-marks-template"), "csv", &bytes))
});

body!(PreviewMarks, |command, app, _| {
    let bytes = decode(&command.file)?;
    let table = crate::table::read(&bytes)?;
    let (read, missing, changes, standing) = app
        .ask(&command.competition, |state| {
            import::may_import_marks(state, &command.event)?;
            let read = import::read_marks(state, &command.event, &table, &command.answers)?;
            let missing = import::missing(state, &command.event, &read);
            let missing: Vec<_> = missing.iter().map(|id| import::candidate(state, id)).collect();
            let changes = import::changes(state, &command.event, &read.marks);
            let standing = import::standing(state, &command.event, &read.marks);
            Ok::<_, Refusal>((read, missing, changes, standing))
        })
        .await?;
    let token = upload_token(&bytes, &(&read.marks, standing));
    let file = ImportPreview {
        columns: read.columns,
        rows: read.rows,
        total: read.total,
        faults: read.faults,
        notes: read.notes,
        token,
    };
    Ok(MarksPreview { file, questions: read.questions, missing, changes })
});

body!(ImportMarks, |command, app, _| {
    let bytes = decode(&command.file)?;
    let table = crate::table::read(&bytes)?;
    let decide = |state: &_, _: &_| {
        import::may_import_marks(state, &command.event)?;
        let read = import::read_marks(state, &command.event, &table, &command.answers)?;
        if !read.faults.is_empty() {
            return Ok((Vec::new(), Imported::Refused(read.faults)));
        }
        let standing = import::standing(state, &command.event, &read.marks);
        if upload_token(&bytes, &(&read.marks, standing)) != command.token {
            return Err(Refusal::new("stale-preview"));
        }
        let mut facts = import::marks_facts(state, &command.event, &read.marks, &command.reason)?;
        facts.extend(import::absent_facts(state, &command.event, &read, &command.absent)?);
        Ok((facts, Imported::Applied(read.total)))
    };
    app.change_after_backup(Reason::Import, &command.competition, decide, |_, _, imported| Ok(imported)).await
});
