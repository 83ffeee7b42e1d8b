//! Who is proposed for an honour or level of the rulebook (推荐、拟晋升), and on what ground. Nothing is granted here.

use super::{Words, blind, key, words};
use crate::command::proposals::{Proposal, ProposalGroup};
use crate::command::results::{StandingsRow, StandingsView};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::results::results;
use jiangsai_scoring::rulebook::{Compare, Condition, Expr, Logic, Relation};
use jiangsai_scoring::words::condition;
use jiangsai_scoring::{ColumnKind, Exact, Rulebook, Standing, Text};
use std::collections::HashMap;

/// Every honour and level of the rulebook with those who are proposed, from the standings in `view`; empty where the rulebook has none.
///
/// # Errors
/// As for [`super::standings::standings`].
pub fn proposals(state: &Competition, event: &EventId, view: &StandingsView) -> Result<Vec<ProposalGroup>, Refusal> {
    let results = results(state, event)?;
    let rulebook = results.engine.rulebook();
    let lines = results.outcome.standings.iter();
    let lines: HashMap<EntryId, &Standing> =
        lines.map(|line| (blind::handle_of(state, &EntryId::from(line.entry.as_str())), line)).collect();
    let columns = results.engine.columns();
    let group = |honour: &jiangsai_scoring::rulebook::Honour| {
        let parts: Vec<Part> = to_pass(&honour.to)
            .into_iter()
            .filter_map(|(node, least)| {
                let at = columns.iter().position(|column| column.id == node)?;
                let part = matches!(columns[at].kind, ColumnKind::Module | ColumnKind::Part);
                part.then(|| Part { at, name: columns[at].name.clone(), least: least.to_string() })
            })
            .collect();
        let proposed = view.rows.iter().filter_map(|row| {
            let line = lines.get(&row.entry)?;
            line.honours.contains(&honour.id).then(|| proposal(row, line, &parts))
        });
        ProposalGroup {
            name: honour_name(rulebook, &honour.id),
            rule: condition(rulebook, &honour.to),
            proposed: proposed.collect(),
        }
    };
    Ok(rulebook.honours.iter().map(group).collect())
}

/// A part that a rule wants passed.
struct Part {
    /// Its place among the columns.
    at: usize,
    name: Text,
    least: String,
}

fn honour_name(rulebook: &Rulebook, id: &str) -> Text {
    rulebook.honour_names(&[id.to_owned()]).into_iter().next().unwrap_or_default()
}

/// The nodes that have to reach a fixed value wherever a condition holds, each once.
fn to_pass(of: &Condition) -> Vec<(&str, &Exact)> {
    match of {
        Condition::Compare(Compare { left: Expr::Node(node), is: Relation::AtLeast, right: Expr::Constant(least) }) => {
            vec![(node.as_str(), least)]
        }
        Condition::Logic(Logic::All(all)) => {
            let mut found: Vec<(&str, &Exact)> = Vec::new();
            for (node, least) in all.iter().flat_map(to_pass) {
                if !found.iter().any(|(known, _)| *known == node) {
                    found.push((node, least));
                }
            }
            found
        }
        Condition::Compare(_) | Condition::Logic(_) => Vec::new(),
    }
}

fn proposal(row: &StandingsRow, line: &Standing, parts: &[Part]) -> Proposal {
    let awards =
        row.awards.iter().map(|award| words("proposal-award", &[("award-zh", &award.zh), ("award-en", &award.en)]));
    let passed = parts.iter().map(|part| {
        let Part { at, name, least } = part;
        let value = line.values.get(*at).map(|value| value.shown.as_str()).unwrap_or_default();
        words("proposal-part", &[("name-zh", &name.zh), ("name-en", &name.en), ("value", &value), ("least", least)])
    });
    Proposal {
        rank: row.rank,
        number: row.number.clone(),
        name: row.name.clone(),
        unit: row.unit.clone(),
        ground: awards.chain(passed).chain(all_passed(parts.len())).collect(),
    }
}

/// 双合格 for two parts.
fn all_passed(parts: usize) -> Option<Words> {
    match parts {
        0 | 1 => None,
        2 => Some(key("proposal-both-passed")),
        more => Some(words("proposal-all-passed", &[("count", &more)])),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::found::founded::sample_with_rules;
    use crate::view::finalising::finalising;
    use serde_json::{Value, json};

    fn at_least(node: &str, least: &str) -> Value {
        json!({"left": {"node": node}, "is": "at_least", "right": {"constant": least}})
    }

    #[test]
    fn who_is_proposed_stands_with_rank_and_the_parts_that_were_passed() {
        let first = json!({"left": {"in_places": "rank"}, "is": "at_most", "right": {"constant": "2"}});
        let name = |zh: &str| json!({"zh": zh, "en": "Skilled expert"});
        let both = json!({"all": [first, at_least("theory", "60"), {"all": [at_least("practice", "60"), at_least("theory", "60")]}]});
        let (state, event) = sample_with_rules(|rules| {
            rules["honours"] = json!([
                {"id": "expert", "name": name("技术能手"), "to": both},
                {"id": "one", "name": name("理论合格"), "to": {"all": [first, at_least("theory", "60"), at_least("total", "1")]}},
                {"id": "nobody", "name": name("无人"), "to": at_least("theory", "100.5")},
                {"id": "any", "name": name("任一"), "to": {"any": [at_least("theory", "60"), at_least("practice", "60")]}},
            ]);
        });
        let view = finalising(&state, &event).unwrap();
        let [expert, one, nobody, any] = &view.proposals[..] else { unreachable!("four honours") };
        assert_eq!(expert.name.zh, "技术能手");
        assert!(expert.rule.zh.contains("60"), "the rule in words: {}", expert.rule.zh);
        let ranks: Vec<Option<u32>> = expert.proposed.iter().map(|own| own.rank).collect();
        assert_eq!(ranks, [Some(1), Some(2)]);
        let best = &expert.proposed[0];
        let standings = super::super::standings::standings(&state, &event).unwrap();
        let row = &standings.rows[0];
        assert_eq!((&best.number, &best.name, &best.unit), (&row.number, &row.name, &row.unit));
        let said = |proposal: &Proposal| -> Vec<String> {
            let ground = proposal.ground.iter();
            ground.map(|(key, args)| args.iter().fold(key.clone(), |said, (_, arg)| format!("{said} {arg}"))).collect()
        };
        let theory = standings.columns.iter().position(|column| column.id == "theory").unwrap();
        let part = |of: &str| said(best).into_iter().filter(|own| own.contains(of)).count();
        assert_eq!(part("proposal-part"), 2, "each part once: {:?}", said(best));
        assert!(
            said(best)[0].ends_with(&format!("{} 60", row.values[theory])),
            "as the standings have it: {:?}",
            said(best)
        );
        assert_eq!(best.ground.last(), Some(&key("proposal-both-passed")), "双合格");
        assert_eq!(said(&one.proposed[0]).len(), 1, "the total is no part, and one part is not both");
        assert!(nobody.proposed.is_empty(), "an honour that nobody reaches is listed all the same");
        assert!(any.proposed[0].ground.is_empty(), "one of two is not both");
    }
}
