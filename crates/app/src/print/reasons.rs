//! 名次依据单: why an entry has its rank.

use super::who::{prizes, who};
use super::{rules_in_force, words};
use jiangsai_documents::{JudgeMark, ReasonLine, Reasons};
use jiangsai_domain::command::files::{DocumentRequest, Slice, Whom};
use jiangsai_domain::command::results::{Explanation, StandingsRow};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::derivation::{Line, Piece, lines};
use jiangsai_domain::view::{reasons, standings};
use jiangsai_locales::{Lang, message, text};
use jiangsai_scoring::EntryStatus;
use std::collections::{BTreeMap, BTreeSet};

/// The grounds of everybody's rank who is asked for, in the order of the standings; by blind code while names are sealed.
pub(super) fn grounds(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    whom: &Whom,
    part: Option<Slice>,
) -> Result<Vec<Reasons>, Refusal> {
    let (view, rows) = who(state, &request.event, whom)?;
    let wanted: BTreeSet<&EntryId> = Slice::of(part, rows.iter().map(|row| &row.entry)).collect();
    let explained = standings::explanations(state, &request.event, |row| wanted.contains(&row.entry))?;
    let event = decide::event(state, &request.event)?;
    let title = event.engine().map(|engine| engine.rulebook().title.get(lang.tag()).to_owned()).unwrap_or_default();
    let (version, hash) = rules_in_force(state, &request.event, event).unwrap_or_default();
    let args = [("title", title), ("version", version.to_string()), ("hash", hash.chars().take(16).collect())];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let notes = vec![words(lang, "print-reasons-struck"), text(lang, "print-reasons-rules", &args)];
    let sealed = view.sealed.then(|| words(lang, "print-sealed-note"));
    let notes: Vec<String> = notes.into_iter().chain(sealed).collect();
    Ok(explained.iter().map(|own| ground(lang, own, view.sealed, &notes)).collect())
}

fn ground(lang: Lang, of: &Explanation, blind: bool, notes: &[String]) -> Reasons {
    let row = &of.row;
    let judges: BTreeMap<String, String> = of.judges.iter().cloned().collect();
    let line = lines(&of.derivation, &judges);
    let said = reasons::reasons(of).into_iter().chain(reasons::neighbours(of));
    let mut all = Vec::new();
    flat(lang, &line, 0, &mut all);
    Reasons {
        blind,
        number: row.number.clone(),
        name: row.name.clone(),
        unit: row.unit.clone(),
        rank: rank(lang, row),
        total: match &line.value {
            Ok(total) => total.clone(),
            Err(_) if row.status != EntryStatus::Ok => words(lang, "why-no-value"),
            Err(missing) => words(lang, missing),
        },
        awards: awards(lang, row),
        ties: said.map(|(key, args)| message(lang, &key, &args)).collect(),
        lines: all,
        notes: notes.to_vec(),
    }
}

fn rank(lang: Lang, row: &StandingsRow) -> String {
    match row.rank {
        Some(rank) => {
            let key = if row.shared { "print-rank-shared" } else { "print-rank-nth" };
            text(lang, key, &[("rank", &rank.to_string())])
        }
        None => super::sheets::rank(lang, row),
    }
}

fn awards(lang: Lang, row: &StandingsRow) -> String {
    let given = prizes(lang, &row.awards);
    let names: Vec<&str> = row.honours.iter().map(|name| name.get(lang.tag())).collect();
    let proposed = names.join(&words(lang, "print-list-separator"));
    match (given.is_empty(), proposed.is_empty()) {
        (_, true) => given,
        (true, false) => text(lang, "print-proposed", &[("honours", &proposed)]),
        (false, false) => text(lang, "print-given-and-proposed", &[("awards", &given), ("honours", &proposed)]),
    }
}

/// A line and those it was made from, the total first.
fn flat(lang: Lang, line: &Line, depth: u16, all: &mut Vec<ReasonLine>) {
    let mut marks = Vec::new();
    let mut how = Vec::new();
    for piece in &line.how {
        match piece {
            Piece::Mark { judge, text, left_out } => {
                marks.push(JudgeMark { judge: judge.clone(), mark: text.clone(), left_out: *left_out });
            }
            Piece::Say((key, args)) => how.push(message(lang, key, args)),
            Piece::Formula(formula) => how.push(formula.clone()),
        }
    }
    all.push(ReasonLine {
        depth,
        name: if depth == 0 { words(lang, "why-total") } else { line.called(lang.tag()) },
        marks,
        how: how.join(&words(lang, "print-step-separator")),
        max: line.max.clone(),
        value: line.value.clone().unwrap_or_else(|missing| words(lang, missing)),
    });
    for part in &line.parts {
        flat(lang, part, depth.saturating_add(1), all);
    }
}
