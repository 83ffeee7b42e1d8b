//! 主持人颁奖稿: from the last award to the first, and within an award from the last rank to the first.

use super::lists::{called, remarks};
use super::words;
use jiangsai_documents::{Call, Script};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::awards::{AwardGroup, awards};
use jiangsai_domain::view::blind;
use jiangsai_locales::{Lang, text};

/// What is read out.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn script(state: &Competition, request: &DocumentRequest, lang: Lang, top: u32) -> Result<Script, Refusal> {
    blind::needs_names(state, &request.event)?;
    let (_, groups) = awards(state, &request.event, top)?;
    let event = state.events.get(&request.event).and_then(|event| event.name.value()).cloned().unwrap_or_default();
    let args = [("competition", state.settings().title), ("event", event)];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let calls: Vec<Call> = groups.iter().rev().map(|group| call(lang, group)).collect();
    let (opening, closing) = if calls.iter().all(|call| call.names.is_empty()) {
        (words(lang, "print-no-winners"), Vec::new())
    } else {
        (text(lang, "print-script-opening", &args), vec![words(lang, "print-script-closing")])
    };
    Ok(Script { opening: vec![opening], calls, closing })
}

fn call(lang: Lang, group: &AwardGroup) -> Call {
    let award = called(lang, group);
    let nobody = group.rows.is_empty();
    let mut after = remarks(lang, group);
    if !nobody {
        after.insert(0, words(lang, "print-script-come"));
    }
    Call {
        lead: if nobody { String::new() } else { text(lang, "print-script-lead", &[("award", &award)]) },
        heading: award,
        names: group.rows.iter().rev().map(|row| (row.unit.clone(), row.name.clone())).collect(),
        after: after.join(&words(lang, "print-sentence-separator")),
    }
}
