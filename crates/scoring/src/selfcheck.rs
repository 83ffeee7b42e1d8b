//! Proof on the spot that this build computes as published: real judges' marks go through the public rulebook and engine, and every
//! panel score, total and rank is compared with the official one.
//!
//! The marks are international figure skating of the season 2016–17 (BuzzFeed News, figure-skating-scores, CC BY 4.0).

use crate::engine::Engine;
use crate::exact::Exact;
use crate::field::{Entry, Field, Mark, MarkRow};
use crate::outcome::{Outcome, Score};
use crate::rulebook::{Expr, Operands, Rulebook};
use crate::templates::ISU_SEGMENT;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A few segments, built in.
const SEGMENTS: &str = include_str!("../data/isu_segments.json");

/// What was compared. The computer agrees when `mismatches` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfCheck {
    /// Segments computed.
    pub segments: usize,
    /// Judges' marks fed in.
    pub marks: usize,
    /// Panel scores compared.
    pub panel_scores: usize,
    /// Totals compared (components, elements and the whole are one each per entry).
    pub totals: usize,
    /// Ranks compared.
    pub ranks: usize,
    /// Every difference: segment, entry, what, expected, found.
    pub mismatches: Vec<String>,
}

/// Computes the built-in segments and compares them with the published results.
#[must_use]
pub fn selfcheck() -> SelfCheck {
    verify(SEGMENTS)
}

/// Computes segments given as JSON and compares them with the published results. A text that cannot be read is a mismatch.
#[must_use]
pub fn verify(json: &str) -> SelfCheck {
    let mut check = SelfCheck::default();
    match serde_json::from_str::<Data>(json) {
        Ok(data) => data.segments.iter().for_each(|segment| check.segment(segment)),
        Err(error) => check.mismatches.push(error.to_string()),
    }
    check
}

#[derive(Deserialize)]
struct Data {
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    competition: String,
    segment: String,
    tie_break: String,
    performances: Vec<Performance>,
}

#[derive(Deserialize)]
struct Performance {
    start: u32,
    components: Vec<Component>,
    elements_panel: Vec<Exact>,
    deductions: Exact,
    #[serde(rename = "expect_TCS")]
    components_total: Exact,
    #[serde(rename = "expect_TES")]
    elements_total: Exact,
    #[serde(rename = "expect_TSS")]
    total: Exact,
    expect_rank: u32,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    factor: Exact,
    marks: Vec<Exact>,
    expect_panel: Exact,
}

impl Segment {
    /// The components in order of name, with their factors.
    fn factors(&self) -> BTreeMap<&str, &Exact> {
        let all = self.performances.iter().flat_map(|performance| &performance.components);
        all.map(|component| (component.name.as_str(), &component.factor)).collect()
    }

    /// The ready rulebook with this segment's factors and tie key.
    fn rulebook(&self) -> Result<Rulebook, String> {
        let mut rulebook = Rulebook::from_json(ISU_SEGMENT)
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
        for (index, factor) in self.factors().values().enumerate() {
            let (item, node) = (format!("C{}", index + 1), format!("F{}", index + 1));
            let product = Expr::Times(Operands(vec![Expr::Item(item), Expr::Constant((*factor).clone())]));
            if let Some(node) = rulebook.nodes.iter_mut().find(|one| one.id == node) {
                node.value = Expr::Round { of: Box::new(product), digits: 2, mode: crate::RoundMode::HalfUp };
            }
        }
        for key in &mut rulebook.ranking.keys {
            key.by = Expr::Node(self.tie_break.clone());
        }
        Ok(rulebook)
    }

    fn field(&self) -> Field {
        let order: BTreeSet<&str> = self.factors().into_keys().collect();
        let mut field = Field::default();
        for performance in &self.performances {
            let entry = performance.entry();
            let mut put = |item: String, judge: Option<String>, mark| {
                field.marks.push(MarkRow { entry: entry.clone(), item, judge, stage: None, attempt: 1, mark });
            };
            for component in &performance.components {
                let place = order.iter().position(|name| *name == component.name).map_or(0, |index| index + 1);
                for (seat, mark) in component.marks.iter().enumerate() {
                    let mark = if mark.is_zero() { Mark::Absent } else { Mark::Value(mark.clone()) };
                    put(format!("C{place}"), Some(format!("J{}", seat + 1)), mark);
                }
            }
            for (index, score) in performance.elements_panel.iter().enumerate() {
                put(format!("E{}", index + 1), None, Mark::Value(score.clone()));
            }
            put("D".to_owned(), None, Mark::Value(performance.deductions.clone()));
            field.entries.push(Entry { id: entry, ..Entry::default() });
        }
        field
    }
}

impl Performance {
    fn entry(&self) -> String {
        format!("{:02}", self.start)
    }
}

impl SelfCheck {
    fn segment(&mut self, segment: &Segment) {
        self.segments += 1;
        let name = format!("{}, {}", segment.competition, segment.segment);
        let field = segment.field();
        let outcome = segment.rulebook().and_then(|rulebook| {
            let engine = Engine::new(&rulebook).map_err(|faults| format!("{faults:?}"))?;
            engine.score(&field).map_err(|faults| format!("{faults:?}"))
        });
        match outcome {
            Ok(outcome) => self.compare(&name, segment, &outcome),
            Err(error) => self.mismatches.push(format!("{name}: {error}")),
        }
    }

    fn compare(&mut self, name: &str, segment: &Segment, outcome: &Outcome) {
        let order: Vec<&str> = segment.factors().into_keys().collect();
        for performance in &segment.performances {
            let entry = performance.entry();
            let Some(line) = outcome.standings.iter().find(|line| line.entry == entry) else {
                self.mismatches.push(format!("{name}: {entry} is missing"));
                continue;
            };
            let value = |id: &str| line.values.iter().find(|value| value.node == id).map(|value| &value.score);
            let mut wrong = Vec::new();
            let mut same = |what: &str, expected: &Exact, found: Option<&Score>| {
                if found != Some(&Score::Value(expected.clone())) {
                    wrong.push(format!("{name}: {entry} {what}: {expected} expected, {found:?} found"));
                }
            };
            for component in &performance.components {
                let place = order.iter().position(|one| *one == component.name).map_or(0, |index| index + 1);
                same(&component.name, &component.expect_panel, value(&format!("C{place}")));
                self.panel_scores += 1;
                self.marks += component.marks.len();
            }
            same("TCS", &performance.components_total, value("TCS"));
            same("TES", &performance.elements_total, value("TES"));
            same("TSS", &performance.total, value("TSS"));
            self.totals += 3;
            if line.rank != Some(performance.expect_rank) {
                wrong
                    .push(format!("{name}: {entry} rank: {} expected, {:?} found", performance.expect_rank, line.rank));
            }
            self.ranks += 1;
            self.mismatches.append(&mut wrong);
        }
    }
}
