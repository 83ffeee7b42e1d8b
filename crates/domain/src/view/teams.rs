//! Team standings (团体名次) with their members.

use super::{Words, key, words};
use crate::command::results::StandingsRow;
use crate::command::teams::{TeamMember, TeamRow, TeamsView};
use jiangsai_scoring::{Rulebook, TeamStanding};
use std::collections::HashMap;

/// The teams of an event under its rulebook, from its standings; `total` is the place of the total among the values of a line. `None`
/// where the rulebook has no teams.
pub(super) fn teams(
    rulebook: &Rulebook,
    standings: &[TeamStanding],
    rows: &[StandingsRow],
    total: Option<usize>,
    sealed: bool,
) -> Option<TeamsView> {
    let rules = rulebook.teams.as_ref()?;
    let (name, fewest) = (rules.name.clone(), usize::from(rules.fewest()));
    if sealed {
        return Some(TeamsView { name, rows: Vec::new() });
    }
    let by_entry: HashMap<&str, &StandingsRow> = rows.iter().map(|row| (row.entry.as_str(), row)).collect();
    let member = |row: &&StandingsRow| TeamMember {
        entry: row.entry.clone(),
        number: row.number.clone(),
        name: row.name.clone(),
        rank: row.rank,
        status: row.status,
        total: total.and_then(|at| row.values.get(at)).cloned().unwrap_or_default(),
    };
    let team = |team: &TeamStanding| {
        let members = team.members.iter().filter_map(|id| by_entry.get(id.as_str()));
        let mut members: Vec<TeamMember> = members.map(member).collect();
        members
            .sort_by_cached_key(|own| (own.rank.is_none(), own.rank, own.number.chars().count(), own.number.clone()));
        let why = team.rank.is_none().then(|| why(&members, fewest));
        let (name, total) = (team.team.clone(), team.shown.clone());
        TeamRow { rank: team.rank, shared: team.shared, team: name, total, why, members }
    };
    Some(TeamsView { name, rows: standings.iter().map(team).collect() })
}

/// Why a team has no rank: it has fewer members than the rules need, or fewer with a result.
fn why(members: &[TeamMember], fewest: usize) -> Words {
    let with_result = members.iter().filter(|member| !member.total.is_empty()).count();
    if members.len() < fewest {
        words("team-few-members", &[("count", &members.len()), ("needed", &fewest)])
    } else if with_result < fewest {
        words("team-few-results", &[("count", &with_result), ("needed", &fewest)])
    } else {
        key("team-no-result")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::command::foresee::{Foresee, Step};
    use crate::command::registration::{FieldId, SetEntryStatus};
    use crate::competition::Competition;
    use crate::confirmation::Duty;
    use crate::decide::foresee::foresee;
    use crate::decide::found::founded::{sample, sample_with_rules, take};
    use crate::decide::results::confirm;
    use crate::draw::Seal;
    use crate::envelope::Draft;
    use crate::fact::Fact;
    use crate::ids::EventId;
    use crate::view::finalising::{self, digest, seen};
    use crate::view::standings::standings;
    use jiangsai_scoring::{EntryStatus, TeamStanding};
    use serde_json::json;
    use sha2::{Digest as _, Sha256};

    fn with_teams() -> (Competition, EventId) {
        sample_with_rules(|rules| {
            let sum = json!({"sum": {"members": {"of": {"node": "total"}, "absent": "zero", "void": "zero"}}});
            rules["teams"] = json!({"name": {"zh": "团体总分", "en": "Team total"}, "value": sum, "keys": [], "ties": "competition"});
        })
    }

    /// Teams whose members all need a result, as many as this.
    fn with_teams_of(fewest: u16) -> (Competition, EventId) {
        sample_with_rules(|rules| {
            let sum = json!({"sum": {"members": {"of": {"node": "total"}, "minimum": fewest}}});
            rules["teams"] = json!({"name": {"zh": "团体总分", "en": "Team total"}, "value": sum, "keys": [], "ties": "competition"});
        })
    }

    #[test]
    fn a_team_stands_with_its_members_as_the_standings_have_them() {
        let (state, event) = with_teams();
        let view = standings(&state, &event).unwrap();
        let teams = view.teams.clone().unwrap();
        assert_eq!(teams.name.zh, "团体总分");
        assert_eq!(teams.rows.len(), 20, "twenty units");
        let ranks: Vec<Option<u32>> = teams.rows.iter().map(|row| row.rank).collect();
        assert!(ranks.is_sorted_by_key(|rank| (rank.is_none(), *rank)) && ranks[0] == Some(1), "{ranks:?}");
        let first = &teams.rows[0];
        for member in &first.members {
            let row = view.rows.iter().find(|row| row.entry == member.entry).unwrap();
            assert_eq!((&row.unit, row.rank, row.status), (&first.team, member.rank, member.status));
            assert_eq!(row.values.last(), Some(&member.total), "the total is the last column");
        }
        let members: usize = teams.rows.iter().map(|row| row.members.len()).sum();
        let own = view.rows.iter().filter(|row| row.unit == first.team).count();
        assert!(members <= view.rows.len() && first.members.len() <= own, "each stands in one team");
        assert_eq!(finalising::finalising(&state, &event).unwrap().teams, Some(teams), "the last steps show the same");
        let (state, event) = sample();
        assert_eq!(standings(&state, &event).unwrap().teams, None, "no teams in the rules, none anywhere");
    }

    #[test]
    fn a_team_without_a_rank_says_whether_members_or_results_are_too_few() {
        let (mut state, event) = with_teams_of(3);
        let rows = |state: &Competition| standings(state, &event).unwrap().teams.unwrap().rows;
        let whole = rows(&state).into_iter().find(|team| team.members.len() == 3 && team.rank.is_some()).unwrap();
        assert!(whole.why.is_none());
        let why = |state: &Competition| {
            let team = rows(state).into_iter().find(|team| team.team == whole.team).unwrap();
            (team.rank, team.why.map(|(key, args)| (key, args.into_iter().map(|(_, value)| value).collect::<Vec<_>>())))
        };
        let entry = whole.members[0].entry.clone();
        let status = EntryStatus::Disqualified;
        let fact = Fact::Status { entry: entry.clone(), status, since: None };
        take(&mut state, vec![Draft { fact, replaces: Vec::new(), reason: "违纪".into() }]);
        let (rank, said) = why(&state);
        assert_eq!(rank, None);
        assert_eq!(said, Some(("team-few-results".to_owned(), vec!["2".to_owned(), "3".to_owned()])));
        move_to(&mut state, &entry, "模拟另一单位");
        let said = why(&state).1;
        assert_eq!(said, Some(("team-few-members".to_owned(), vec!["2".to_owned(), "3".to_owned()])));
    }

    #[test]
    fn what_is_confirmed_holds_the_teams_and_no_name_of_them() {
        let (mut state, event) = with_teams();
        let (plain, own) = sample();
        assert_ne!(digest(&state, &event), digest(&plain, &own), "teams are confirmed as well");
        let command = crate::command::finalising::ConfirmResults {
            competition: "c".into(),
            event: event.clone(),
            duty: Duty::ChiefJudge,
            name: "模拟裁判长".into(),
            seen: seen(&state, &event).unwrap(),
            reason: "颁奖在即".into(),
        };
        let drafts = confirm(&state, &command).unwrap();
        take(&mut state, drafts);
        let holds = |state: &Competition| finalising::finalising(state, &event).unwrap().confirmations[0].holds;
        assert!(holds(&state));

        // The whole unit is called otherwise: the same teams under another name.
        let teams = standings(&state, &event).unwrap().teams.unwrap();
        let (first, mut renamed) = (&teams.rows[0], state.clone());
        let all: Vec<_> = state.entries_of(&event).map(|(id, _)| id.clone()).collect();
        for entry in all.iter().filter(|id| state.team_of(&state.entries[*id]) == Some(&first.team)) {
            move_to(&mut renamed, entry, "模拟更名单位");
        }
        assert!(holds(&renamed), "names are not confirmed");
        move_to(&mut renamed, &teams.rows[1].members[0].entry, "模拟更名单位");
        assert!(!holds(&renamed), "who is a member is");
    }

    #[test]
    fn what_a_step_changes_for_teams_is_foreseen_and_not_said_while_names_are_sealed() {
        let (mut state, event) = with_teams();
        let before = standings(&state, &event).unwrap().teams.unwrap();
        let member = before.rows[0].members[0].entry.clone();
        let own = SetEntryStatus {
            competition: "c".into(),
            entry: member.clone(),
            status: EntryStatus::Disqualified,
            stage: None,
            reason: String::new(),
        };
        let steps = vec![Step::Status(own.clone())];
        let command = Foresee { competition: "c".into(), event: event.clone(), steps };
        let foreseen = foresee(&state, &command, "2026-11-28").unwrap();
        let first = foreseen.teams.iter().find(|change| change.team == before.rows[0].team).unwrap();
        assert!(first.before.starts_with("1 · ") && first.before != first.after);
        let seal = Seal {
            seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None
        };
        let fact = Fact::Sealed { event, seal };
        take(&mut state, vec![Draft { fact, replaces: Vec::new(), reason: String::new() }]);
        let entry = crate::view::blind::handle_of(&state, &member);
        let steps = vec![Step::Status(SetEntryStatus { entry, ..own })];
        let foreseen = foresee(&state, &Foresee { steps, ..command }, "2026-11-28").unwrap();
        assert!(!foreseen.changes.is_empty() && foreseen.teams.is_empty(), "who is in one team would be known by it");
    }

    /// Written from the protocol alone.
    fn by_protocol(state: &Competition, event: &EventId) -> String {
        let outcome = crate::results::results(state, event).unwrap().outcome;
        let mut lines: Vec<String> = outcome
            .standings
            .iter()
            .map(|line| {
                let values: Vec<&String> = line.values.iter().map(|value| &value.shown).collect();
                let status = crate::view::standings::status_key(line.status);
                json!([line.entry, status, line.rank, line.shown, values, line.awards, line.honours]).to_string()
            })
            .collect();
        let rank = |team: &&TeamStanding| (team.rank.is_none(), team.rank, team.shown.clone(), team.members.clone());
        let mut teams: Vec<&TeamStanding> = outcome.teams.iter().collect();
        teams.sort_by_cached_key(rank);
        lines.extend(teams.iter().map(|team| json!(["team", team.rank, team.shown, team.members]).to_string()));
        let all: String = lines.iter().map(|line| format!("{line}\n")).collect();
        Sha256::digest(all).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn what_is_confirmed_is_what_the_protocol_says() {
        for (state, event) in [sample(), with_teams()] {
            assert_eq!(digest(&state, &event).unwrap(), by_protocol(&state, &event));
        }
    }

    #[test]
    fn while_names_are_sealed_there_are_no_teams_and_what_is_seen_says_nothing_of_them() {
        let (mut state, event) = with_teams();
        let before = seen(&state, &event).unwrap();
        let seal = Seal {
            seal: "s".into(), officer: "模拟加密员".into(), supervisor: "模拟监督员".into(), lock: None
        };
        let fact = Fact::Sealed { event: event.clone(), seal };
        take(&mut state, vec![Draft { fact, replaces: Vec::new(), reason: String::new() }]);
        let teams = standings(&state, &event).unwrap().teams.unwrap();
        assert!(teams.rows.is_empty(), "a unit beside a blind code tells who it is");
        assert_eq!(finalising::finalising(&state, &event).unwrap().teams, Some(teams));
        let sealed = seen(&state, &event).unwrap();
        assert_ne!(sealed, before);
        let entry = state.entries_of(&event).next().unwrap().0.clone();
        move_to(&mut state, &entry, "模拟另一单位");
        assert_eq!(seen(&state, &event).unwrap(), sealed, "nobody can try out who is in one team");
    }

    fn move_to(state: &mut Competition, entry: &crate::ids::EntryId, unit: &str) {
        let entry = &state.entries[entry];
        let person = entry.registered.value().unwrap().person.clone();
        let mut form = state.form_of(entry).unwrap().clone();
        form.insert(FieldId::Unit, unit.to_owned());
        let replaces = state.persons[&person].current();
        take(state, vec![Draft { fact: Fact::Person { person, form }, replaces, reason: "更正".into() }]);
    }
}
