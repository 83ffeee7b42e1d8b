//! The sample competitions (模拟数据): synthetic contestants, judges and marks under the sample rulebooks. Nobody in them exists: the
//! document numbers begin with a 9 that no province has.

mod marks;
mod people;
mod rice_wine;

use crate::command::competition::Settings;
use crate::command::judging::{Judge, JudgeKind};
use crate::command::registration::Form;
use crate::ids::{ItemId, PanelId, ParameterId};
use jiangsai_scoring::templates::WASTEWATER_SAMPLE_1;
use jiangsai_scoring::{EntryStatus, Mark};

/// Everything a sample consists of; entries and judges are named by their place in the lists.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Settings, marked as synthetic.
    pub settings: Settings,
    /// Name of the event.
    pub event: String,
    /// The rulebook document.
    pub rulebook_json: String,
    /// Values of the rulebook's parameters, the same for everybody.
    pub parameters: Vec<(ParameterId, String)>,
    /// Contestants with numbers and places.
    pub forms: Vec<Form>,
    /// Entries that did not simply compete, with the reason.
    pub statuses: Vec<(usize, EntryStatus, String)>,
    /// Judges.
    pub judges: Vec<Judge>,
    /// Who sits on which panel.
    pub panels: Vec<(PanelId, Vec<usize>)>,
    /// Who writes the values of a module that are marked once.
    pub leaders: Vec<(String, usize)>,
    /// Marks.
    pub marks: Vec<(usize, ItemId, Option<usize>, Mark)>,
}

fn judge(code: &str, name: &str, kind: JudgeKind) -> Judge {
    Judge { code: code.to_owned(), name: name.to_owned(), kind, unit: "模拟技师学院".to_owned(), retired: false }
}

/// The second sample competition: 36 who brew and taste rice wine, always the same.
#[must_use]
pub fn rice_wine() -> Sample {
    rice_wine::sample()
}

/// The sample competition: 60 who treat waste water, always the same.
#[must_use]
pub fn sample() -> Sample {
    let cast = people::Cast {
        count: 60,
        units: 20,
        firm: "水务有限公司",
        occupations: &["工业废水处理工"],
        prefix: "S",
        first_document: 100,
    };
    let mut judges: Vec<Judge> = ["周文涛", "沈丽华", "陆建明", "顾海燕", "方志远"]
        .iter()
        .enumerate()
        .map(|(index, name)| judge(&format!("P{:02}", index + 1), name, JudgeKind::Scoring))
        .collect();
    let on_site = ["韩秋生", "邵敏", "汤国强"];
    judges.extend(
        on_site.iter().enumerate().map(|(index, name)| judge(&format!("X{:02}", index + 1), name, JudgeKind::OnSite)),
    );
    judges.push(judge("Z01", "裴正清", JudgeKind::Chief));
    Sample {
        settings: Settings {
            title: "2025年度某区工业废水处理工职业技能竞赛决赛".to_owned(),
            host: "某区总工会".to_owned(),
            organiser: "某区工业水务协会".to_owned(),
            co_organiser: "某区技师学院".to_owned(),
            place: "某区职业技能实训基地".to_owned(),
            date: "2025-10-18".to_owned(),
            level: "区级一类".to_owned(),
            fields: Vec::new(),
            synthetic: true,
        },
        event: "工业废水处理工（高级工）".to_owned(),
        rulebook_json: WASTEWATER_SAMPLE_1.to_owned(),
        parameters: Vec::new(),
        forms: people::forms(&cast),
        statuses: vec![
            (marks::ABSENT, EntryStatus::Absent, "检录结束时未到场".to_owned()),
            (marks::DISQUALIFIED, EntryStatus::Disqualified, "比赛中使用手机，裁判长裁定取消竞赛资格".to_owned()),
        ],
        judges,
        panels: vec![(PanelId::from("report"), (0..5).collect()), (PanelId::from("craft"), (5..8).collect())],
        leaders: [("A", 5), ("B", 6), ("C", 7), ("", 7)].map(|(module, judge)| (module.to_owned(), judge)).into(),
        marks: marks::marks(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_scoring::{Engine, Entry, Field, MarkRow, Outcome, Rulebook, Standing};

    fn outcome() -> Outcome {
        let sample = sample();
        let status = |index: usize| {
            sample.statuses.iter().find(|(at, ..)| *at == index).map_or(EntryStatus::Ok, |(_, status, _)| *status)
        };
        let id = |index: usize| format!("S{:02}", index + 1);
        let entries = (0..sample.forms.len())
            .map(|index| Entry { id: id(index), status: status(index), ..Entry::default() })
            .collect();
        let code = |judge: usize| sample.judges[judge].code.clone();
        let panels = sample
            .panels
            .iter()
            .map(|(panel, judges)| (panel.to_string(), judges.iter().map(|judge| code(*judge)).collect()))
            .collect();
        let marks = sample
            .marks
            .iter()
            .map(|(entry, item, judge, mark)| MarkRow {
                entry: id(*entry),
                item: item.to_string(),
                judge: judge.map(code),
                stage: None,
                attempt: 1,
                mark: mark.clone(),
            })
            .collect();
        let rulebook = Rulebook::from_json(&sample.rulebook_json).unwrap();
        Engine::new(&rulebook).unwrap().score(&Field { entries, panels, marks, ..Field::default() }).unwrap()
    }

    fn line<'a>(outcome: &'a Outcome, entry: &str) -> &'a Standing {
        outcome.standings.iter().find(|line| line.entry == entry).unwrap()
    }

    fn value<'a>(line: &'a Standing, node: &str) -> &'a str {
        &line.values.iter().find(|value| value.node == node).unwrap().shown
    }

    #[test]
    fn the_worked_entry_comes_out_as_worked() {
        let outcome = outcome();
        let s07 = line(&outcome, "S07");
        let shown: Vec<&str> = ["A", "B", "C", "practice", "total"].iter().map(|node| value(s07, node)).collect();
        assert_eq!(shown, ["37.5", "26.50", "27.23", "91.23", "89.96"]);
    }

    #[test]
    fn everybody_is_ranked_but_the_two_who_cannot_be() {
        let outcome = outcome();
        assert_eq!(outcome.standings.len(), 60);
        let unranked: Vec<&str> =
            outcome.standings.iter().filter(|line| line.rank.is_none()).map(|line| line.entry.as_str()).collect();
        assert_eq!(unranked, ["S23", "S41"], "one absent, one disqualified");
        assert_eq!(outcome.checks, [], "no panel is out of line");
    }

    #[test]
    fn the_planted_ties_are_decided_as_planned() {
        let outcome = outcome();
        let (lower, higher) = (line(&outcome, "S15"), line(&outcome, "S34"));
        assert_eq!((value(lower, "practice"), value(lower, "total")), ("85.50", "86.25"));
        assert_eq!((value(higher, "practice"), value(higher, "total")), ("86.10", "86.25"));
        assert!(higher.rank < lower.rank, "equal totals: the better practice score is ahead");
        let (quick, slow) = (line(&outcome, "S28"), line(&outcome, "S52"));
        assert_eq!((&quick.shown, value(quick, "A")), (&slow.shown, value(slow, "A")), "equal but for the time");
        assert_eq!(quick.rank.map(|rank| rank + 1), slow.rank, "the quicker is one ahead");
        assert_eq!(slow.tie.as_ref().unwrap().decided.as_ref().unwrap().en, "practice time");
    }

    #[test]
    fn every_form_is_one_a_registrar_could_type() {
        for form in sample().forms.into_iter().chain(rice_wine().forms) {
            let checked = crate::form::check_form(&form, &[], "2026-01-01");
            assert_eq!(checked.as_ref(), Ok(&form), "a form of the sample");
        }
    }
}
