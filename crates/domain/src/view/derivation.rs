//! A derivation as lines one would say to a contestant, on screen and on paper: one line for each thing with a name, and beside it how
//! its number came about. Steps without a name (rounding, trimming, a mean) become words in the line they belong to.

use super::Words;
use jiangsai_scoring::{Derivation, Score, Text};
use std::collections::BTreeMap;

/// One line: an item, a module, a part or the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Id in the rulebook.
    pub node: String,
    /// Its name.
    pub label: Text,
    /// Its value as printed; the locale key of what is missing when there is none.
    pub value: Result<String, &'static str>,
    /// 配分 as printed, or empty.
    pub max: String,
    /// How it came about, innermost step first.
    pub how: Vec<Piece>,
    /// The named things it was made from.
    pub parts: Vec<Line>,
}

impl Line {
    /// What it is called: ids that say nothing to a person (`practice`) stay unseen; numbers of items (`B3.1`) help to find the line.
    #[must_use]
    pub fn called(&self, language: &str) -> String {
        let numbered = self.node.chars().any(|letter| letter.is_ascii_digit());
        let id = if numbered { self.node.as_str() } else { "" };
        format!("{id} {}", self.label.get(language)).trim().to_owned()
    }
}

/// A piece of how a number came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A judge's mark.
    Mark {
        /// The judge's code.
        judge: String,
        /// The mark as printed.
        text: String,
        /// Left out: struck through.
        left_out: bool,
    },
    /// A step in words.
    Say(Words),
    /// A step in numbers.
    Formula(String),
}

/// The lines of a derivation. `judges` names judges by id.
#[must_use]
pub fn lines(tree: &Derivation, judges: &BTreeMap<String, String>) -> Line {
    let mut line = Line {
        node: tree.node.clone().unwrap_or_default(),
        label: tree.label.clone().unwrap_or_default(),
        value: value(tree),
        max: tree.max.as_ref().map(ToString::to_string).unwrap_or_default(),
        how: Vec::new(),
        parts: Vec::new(),
    };
    walk(tree, judges, &mut line);
    line
}

fn value(tree: &Derivation) -> Result<String, &'static str> {
    match tree.score {
        Score::Value(_) => Ok(tree.shown.clone()),
        Score::NotYet => Err("why-not-yet"),
        Score::Absent => Err("why-absent"),
        Score::Void => Err("why-void"),
    }
}

fn walk(tree: &Derivation, judges: &BTreeMap<String, String>, line: &mut Line) {
    for part in &tree.parts {
        match with(part, "judge") {
            Some(judge) if part.op == "mark" => line.how.push(Piece::Mark {
                judge: judges.get(judge).cloned().unwrap_or_default(),
                text: if part.shown.is_empty() { "·".into() } else { part.shown.clone() },
                left_out: part.left_out,
            }),
            _ if part.node.is_some() => line.parts.push(lines(part, judges)),
            _ => walk(part, judges, line),
        }
    }
    if let Some(say) = trimmed(tree) {
        line.how.push(Piece::Say(say));
    }
    line.how.extend(own_step(tree));
}

fn with<'a>(tree: &'a Derivation, name: &str) -> Option<&'a str> {
    tree.with.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn arg(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn trimmed(tree: &Derivation) -> Option<Words> {
    if !tree.parts.iter().any(|part| part.left_out) {
        return None;
    }
    let (low, high) = (with(tree, "low")?, with(tree, "high")?);
    Some(("derive-trim".into(), vec![arg("low", low), arg("high", high)]))
}

fn own_step(tree: &Derivation) -> Option<Piece> {
    let say = |args: Vec<(String, String)>| Some(Piece::Say((format!("derive-{}", tree.op.replace('_', "-")), args)));
    let shown = |index: usize| tree.parts.get(index).map(|part| part.shown.as_str()).filter(|shown| !shown.is_empty());
    let complete = tree.parts.iter().all(|part| matches!(part.score, Score::Value(_)));
    match tree.op.as_str() {
        "mean" | "median" | "min" | "max" | "count" => say(vec![arg("value", &tree.shown)]),
        "sum" if complete && tree.parts.len() > 1 => Some(Piece::Formula(inner(tree, joined(tree, " + ")))),
        "times" if complete && tree.parts.len() > 1 => Some(Piece::Formula(inner(tree, joined(tree, " × ")))),
        "minus" if complete => {
            let mut formula = joined(tree, " − ");
            if with(tree, "floor").is_some() && !equals(tree) {
                formula.push_str(" → ");
                formula.push_str(&tree.shown);
            }
            Some(Piece::Formula(formula))
        }
        "weigh" if complete => {
            let weights = tree.with.iter().filter(|(name, _)| name == "by").map(|(_, by)| by.as_str());
            let terms: Vec<String> =
                weights.zip(&tree.parts).map(|(by, part)| format!("{by} × {}", part.shown)).collect();
            Some(Piece::Formula(format!("{} = {}", terms.join(" + "), tree.shown)))
        }
        "scale" => Some(Piece::Formula(format!(
            "{} ÷ {} × {} = {}",
            shown(0)?,
            with(tree, "from")?,
            with(tree, "to")?,
            tree.shown
        ))),
        "divide" if complete => Some(Piece::Formula(format!("{} ÷ {} = {}", shown(0)?, shown(1)?, tree.shown))),
        "round" => say(vec![
            arg("digits", with(tree, "digits").unwrap_or("0")),
            arg("mode", with(tree, "mode").unwrap_or_default()),
            arg("value", &tree.shown),
        ]),
        "table" => match with(tree, "band") {
            Some(band) => {
                say(vec![arg("from", shown(0).unwrap_or_default()), arg("band", band), arg("value", &tree.shown)])
            }
            None => Some(Piece::Say((
                "derive-table-otherwise".into(),
                vec![arg("from", shown(0).unwrap_or_default()), arg("value", &tree.shown)],
            ))),
        },
        "spread" => say(vec![arg("limit", with(tree, "limit").unwrap_or_default())]),
        "settle" | "clamp" | "status" | "seen" | "abs" | "stage" | "majority_place" | "skating" | "place" => {
            say(vec![arg("value", &tree.shown)])
        }
        "take" => say(vec![
            arg("count", with(tree, "take").unwrap_or_default()),
            arg("which", with(tree, "which").unwrap_or_default()),
        ]),
        "answer" => say(vec![
            arg("answer", with(tree, "answer").unwrap_or_default()),
            arg("key", with(tree, "key").unwrap_or_default()),
            arg("count", with(tree, "count").unwrap_or_default()),
            arg("value", &tree.shown),
        ]),
        "across" => say(vec![arg("fold", with(tree, "fold").unwrap_or_default()), arg("value", &tree.shown)]),
        "parameter" => say(vec![arg("name", with(tree, "name").unwrap_or_default()), arg("value", &tree.shown)]),
        "standardise" | "root" => {
            say(vec![arg("digits", with(tree, "digits").unwrap_or("0")), arg("value", &tree.shown)])
        }
        _ => None,
    }
}

/// A step on the way says its result, so that the next one can be followed; the result of the last one is the line's own value.
fn inner(tree: &Derivation, formula: String) -> String {
    if tree.node.is_none() { format!("{formula} = {}", tree.shown) } else { formula }
}

/// The parts that count, with a sign between.
fn joined(tree: &Derivation, sign: &str) -> String {
    let parts: Vec<&str> = tree.parts.iter().filter(|part| !part.left_out).map(|part| part.shown.as_str()).collect();
    parts.join(sign)
}

/// Does a subtraction come out as its result, without a floor in between?
fn equals(tree: &Derivation) -> bool {
    let mut values = tree.parts.iter().filter_map(|part| match &part.score {
        Score::Value(value) => Some(value.clone()),
        Score::NotYet | Score::Absent | Score::Void => None,
    });
    let Some(first) = values.next() else {
        return true;
    };
    Score::Value(values.fold(first, |left, less| left - less)) == tree.score
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use jiangsai_scoring::Exact;

    fn step(op: &str, shown: &str, parts: Vec<Derivation>) -> Derivation {
        Derivation {
            node: None,
            label: None,
            op: op.into(),
            with: Vec::new(),
            score: Exact::parse_decimal(shown).map_or(Score::NotYet, Score::Value),
            shown: shown.into(),
            max: None,
            left_out: false,
            parts,
        }
    }

    fn named(node: &str, tree: Derivation) -> Derivation {
        Derivation { node: Some(node.into()), label: Some(Text::same(node)), ..tree }
    }

    fn mark(judge: &str, shown: &str, left_out: bool) -> Derivation {
        Derivation { with: vec![("judge".into(), judge.into())], left_out, ..step("mark", shown, Vec::new()) }
    }

    /// B3.1 of S07 in the first sample: 3.5, 3, 3.5, 4, 3 without the highest and the lowest is 10/3, printed 3.33.
    fn b31() -> Derivation {
        let marks = vec![
            mark("a", "3.5", false),
            mark("b", "3", true),
            mark("c", "3.5", false),
            mark("d", "4", true),
            mark("e", "3", false),
        ];
        let mut mean = step("mean", "10/3", marks);
        mean.with = vec![("low".into(), "1".into()), ("high".into(), "1".into())];
        let mut round = step("round", "3.33", vec![mean]);
        round.with = vec![("digits".into(), "2".into()), ("mode".into(), "half_up".into())];
        named("B3.1", round)
    }

    #[test]
    fn a_panel_is_one_line_with_its_marks_and_what_was_done_to_them() {
        let judges = BTreeMap::from([("a".to_owned(), "P05".to_owned()), ("b".to_owned(), "P06".to_owned())]);
        let line = lines(&b31(), &judges);
        assert_eq!(line.value, Ok("3.33".to_owned()));
        assert_eq!(line.how.len(), 8);
        assert_eq!(line.how[1], Piece::Mark { judge: "P06".into(), text: "3".into(), left_out: true });
        let keys: Vec<&str> = line.how[5..]
            .iter()
            .map(|piece| if let Piece::Say((key, _)) = piece { key.as_str() } else { "" })
            .collect();
        assert_eq!(keys, ["derive-trim", "derive-mean", "derive-round"]);
    }

    #[test]
    fn a_weighted_total_is_said_in_numbers_and_keeps_its_parts() {
        let mut weigh = step(
            "weigh",
            "89.961",
            vec![named("T", step("mark", "87", Vec::new())), named("P", step("sum", "91.23", vec![b31()]))],
        );
        weigh.with = vec![("by".into(), "0.30".into()), ("by".into(), "0.70".into())];
        let line = lines(&named("total", step("round", "89.96", vec![weigh])), &BTreeMap::new());
        assert_eq!(line.how[0], Piece::Formula("0.30 × 87 + 0.70 × 91.23 = 89.961".into()));
        assert_eq!(line.parts.len(), 2);
        assert_eq!(line.parts[1].parts[0].node, "B3.1");
    }

    #[test]
    fn a_deduction_says_when_the_floor_held_it() {
        let mut minus = step("minus", "0", vec![step("constant", "2", Vec::new()), step("mark", "3", Vec::new())]);
        minus.with = vec![("floor".into(), "0".into())];
        let line = lines(&named("A1.1", minus), &BTreeMap::new());
        assert_eq!(line.how, vec![Piece::Formula("2 − 3 → 0".into())]);
    }

    #[test]
    fn what_is_missing_has_no_number() {
        assert_eq!(lines(&named("A1.1", step("mark", "", Vec::new())), &BTreeMap::new()).value, Err("why-not-yet"));
    }
}
