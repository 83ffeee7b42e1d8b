//! Teams ranked by a value made of their members.

use super::board::Board;
use super::eval::{After, At, eval, score};
use super::rank::better_score;
use crate::outcome::{Score, TeamStanding};
use crate::rulebook::{TeamPart, Ties};
use std::cmp::Ordering;
use std::collections::BTreeMap;

struct Team {
    line: TeamStanding,
    keys: Vec<Score>,
}

/// The team standings; none where the rulebook has no teams.
pub(super) fn rank(board: &Board, ranks: &[Option<u32>], awards: &[Vec<usize>]) -> Vec<TeamStanding> {
    let plan = &*board.plan;
    let (Some(rule), Some(rulebook)) = (&plan.teams, &plan.rulebook.teams) else { return Vec::new() };
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // In order of their ids, so that the first of the members does not depend on who was put in first.
    let mut entries: Vec<usize> = (0..board.len()).collect();
    entries.sort_by_key(|entry| board.by_id[*entry]);
    for entry in entries {
        let line = &board.sheet.entries[entry];
        if let Some(team) = line.team.as_deref().map(str::trim).filter(|team| !team.is_empty()) {
            let own = members.entry(team).or_default();
            if plan.team_part(board.sheet.status(entry)) != TeamPart::Nobody {
                own.push(entry);
            }
        }
    }
    let mut teams: Vec<Team> = members
        .into_iter()
        .map(|(team, members)| {
            let after = After { ranks, awards, members: &members };
            let at = At { after: Some(&after), ..At::new(plan, &board.sheet, members.first().copied().unwrap_or(0)) };
            let value = score(eval(&rule.value, at));
            let line = TeamStanding {
                team: team.to_owned(),
                rank: None,
                shared: false,
                shown: rule.style.score(&value),
                score: value,
                members: members.iter().map(|entry| board.sheet.entries[*entry].id.clone()).collect(),
            };
            Team { line, keys: rule.keys.iter().map(|(key, _, _)| score(eval(key, at))).collect() }
        })
        .collect();
    let level = |one: &Team, other: &Team| -> Ordering {
        let keys = rule.keys.iter().zip(one.keys.iter().zip(&other.keys));
        better_score(rulebook.direction, &one.line.score, &other.line.score).then_with(|| {
            let decided = keys.map(|((_, direction, _), (own, other))| better_score(*direction, own, other));
            decided.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        })
    };
    teams.sort_by(|one, other| level(one, other).then_with(|| one.line.team.cmp(&other.line.team)));
    let with = teams.iter().filter(|team| matches!(team.line.score, Score::Value(_))).count();
    for place in 0..with {
        let equal = place > 0 && level(&teams[place - 1], &teams[place]).is_eq();
        let before = place.checked_sub(1).and_then(|before| teams[before].line.rank);
        let own = u32::try_from(place + 1).ok();
        let (rank, shared) = match rulebook.ties {
            Ties::Ordinal => (own, false),
            Ties::Competition => (if equal { before } else { own }, equal),
            Ties::Dense => (if equal { before } else { before.map_or(Some(1), |rank| Some(rank + 1)) }, equal),
        };
        teams[place].line.rank = rank;
        teams[place].line.shared = shared;
        if shared {
            teams[place - 1].line.shared = true;
        }
    }
    teams.into_iter().map(|team| team.line).collect()
}
