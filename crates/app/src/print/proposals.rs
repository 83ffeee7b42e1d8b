//! 拟推荐名单: who is proposed for an honour or level, and on what ground. It says that nothing is granted.

use super::lists::{alone, column, issuer};
use super::{sheets, words};
use jiangsai_documents::{Align, Listing, Listings, Section};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::proposals::{Proposal, ProposalGroup};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::{blind, proposals, standings};
use jiangsai_locales::{Lang, message, text};
use jiangsai_scoring::EntryStatus;

/// The list.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn list(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Listings, Refusal> {
    blind::needs_names(state, &request.event)?;
    let view = standings::standings(state, &request.event)?;
    let groups = proposals::proposals(state, &request.event, &view)?;
    let section = |group: &ProposalGroup| {
        let count = group.proposed.len().to_string();
        let heading = text(lang, "print-award-count", &[("award", group.name.get(lang.tag())), ("count", &count)]);
        Section { heading, rows: group.proposed.iter().map(|own| row(lang, own)).collect() }
    };
    let mut notes = vec![words(lang, "print-proposal-note")];
    notes.extend(groups.iter().map(|group| {
        text(
            lang,
            "print-proposal-rule",
            &[("honour", group.name.get(lang.tag())), ("rule", group.rule.get(lang.tag()))],
        )
    }));
    if groups.iter().all(|group| group.proposed.is_empty()) {
        notes.insert(0, words(lang, "print-no-proposals"));
    }
    notes.extend(sheets::open(lang, &view));
    let listing = Listing {
        columns: vec![
            column(lang, "print-rank", Align::Center, false),
            column(lang, "print-name", Align::Center, true),
            column(lang, "print-unit", Align::Start, true),
            column(lang, "print-proposal-ground", Align::Start, true),
        ],
        sections: groups.iter().map(section).collect(),
        notes,
        closing: issuer(state, lang),
        ..Listing::default()
    };
    Ok(alone(words(lang, "print-proposal-list"), listing))
}

fn row(lang: Lang, own: &Proposal) -> Vec<String> {
    let rank = sheets::rank_or_why(lang, own.rank, EntryStatus::Ok);
    let ground: Vec<String> = own.ground.iter().map(|(key, args)| message(lang, key, args)).collect();
    vec![rank, own.name.clone(), own.unit.clone(), ground.join(&words(lang, "print-step-separator"))]
}
