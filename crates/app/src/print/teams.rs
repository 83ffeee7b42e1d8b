//! 团体名次表: every team with its members, as a list and as a sheet of the workbook of standings.

use super::lists::{alone, column};
use super::{sheets, words};
use jiangsai_documents::{Align, Listing, Listings, Section, Tab};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::command::teams::{TeamMember, TeamRow};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::{blind, standings};
use jiangsai_locales::{Lang, text};

/// The list.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn list(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Listings, Refusal> {
    blind::needs_names(state, &request.event)?;
    let mut view = standings::standings(state, &request.event)?;
    let teams = view.teams.take();
    let result = match &teams {
        Some(teams) => teams.name.get(lang.tag()).to_owned(),
        None => words(lang, "print-team-result"),
    };
    let rows = teams.map(|teams| teams.rows).unwrap_or_default();
    let row = |team: &TeamRow| {
        let members: Vec<String> = team.members.iter().map(|own| member(lang, own)).collect();
        let members = members.join(&words(lang, "print-member-separator"));
        vec![rank(lang, team), team.team.clone(), team.total.clone(), members]
    };
    let mut notes = if rows.is_empty() { vec![words(lang, "print-no-teams")] } else { Vec::new() };
    notes.extend(sheets::open(lang, &view));
    let mut total = column(lang, "print-team-result", Align::End, false);
    total.title = result;
    let section = Section { heading: String::new(), rows: rows.iter().map(row).collect() };
    let listing = Listing {
        columns: vec![
            column(lang, "print-rank", Align::Center, false),
            column(lang, "print-team", Align::Start, true),
            total,
            column(lang, "print-team-members", Align::Start, true),
        ],
        sections: vec![section],
        notes,
        signatures: ["print-signature-chief-judge", "print-signature-supervisor"].map(|key| words(lang, key)).into(),
        ..Listing::default()
    };
    Ok(alone(words(lang, "print-team-list"), listing))
}

fn rank(lang: Lang, team: &TeamRow) -> String {
    team.rank.map_or_else(|| words(lang, "print-unranked"), |rank| rank.to_string())
}

/// A member in the list: name, rank, total.
fn member(lang: Lang, own: &TeamMember) -> String {
    let rank = match own.rank {
        Some(rank) => text(lang, "print-rank-nth", &[("rank", &rank.to_string())]),
        None => sheets::rank_or_why(lang, None, own.status),
    };
    let key = if own.total.is_empty() { "print-team-member-without" } else { "print-team-member" };
    text(lang, key, &[("name", &own.name), ("rank", &rank), ("total", &own.total)])
}

/// A sheet with a row for every member, so that it can be sorted and filtered; `None` where the rulebook has no teams and while names are
/// sealed.
///
/// # Errors
/// Those of the standings.
pub(super) fn tab(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Option<Tab>, Refusal> {
    let teams = standings::standings(state, &request.event)?.teams;
    let Some(teams) = teams.filter(|_| !state.is_event_sealed(&request.event)) else { return Ok(None) };
    let rows = teams.rows.iter().flat_map(|team| {
        let own = [rank(lang, team), team.team.clone(), team.total.clone()];
        let mut rows: Vec<Vec<String>> = team
            .members
            .iter()
            .map(|member| {
                let rank = sheets::rank_or_why(lang, member.rank, member.status);
                let cells = [member.number.clone(), member.name.clone(), rank, member.total.clone()];
                own.iter().cloned().chain(cells).collect()
            })
            .collect();
        if rows.is_empty() {
            // A team none of whose members counts is listed all the same.
            rows.push(own.iter().cloned().chain(std::iter::repeat_n(String::new(), 4)).collect());
        }
        rows
    });
    let mut total = column(lang, "print-team-result", Align::End, false);
    teams.name.get(lang.tag()).clone_into(&mut total.title);
    Ok(Some(Tab {
        rows: rows.collect(),
        title: words(lang, "print-team-list"),
        columns: vec![
            column(lang, "print-team-rank", Align::Center, false),
            column(lang, "print-team", Align::Start, true),
            total,
            column(lang, "print-entry-number", Align::Center, false),
            column(lang, "print-name", Align::Start, true),
            column(lang, "print-rank", Align::Center, false),
            column(lang, "print-total-score", Align::End, false),
        ],
    }))
}
