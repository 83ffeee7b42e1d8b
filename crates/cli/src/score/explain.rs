//! How a total came about, in plain words: one line for each step, what it was made from indented below it.

use super::faults::one_line;
use super::print::{Page, status_word};
use jiangsai_scoring::{Derivation, Score};

/// The words for one entry.
#[must_use]
pub fn explain(page: &Page<'_>, entry: &str, tree: &Derivation) -> String {
    let mut lines = Vec::new();
    if let Some(standing) = page.outcome.standings.iter().find(|one| one.entry == entry) {
        let ranked = page.outcome.standings.iter().filter(|one| one.rank.is_some()).count();
        let rank = match standing.rank {
            Some(rank) if standing.shared => format!("rank {rank} of {ranked}, shared"),
            Some(rank) => format!("rank {rank} of {ranked}"),
            None => "not ranked".to_owned(),
        };
        let words: Vec<&str> = [entry, page.name(entry), status_word(standing.status)]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        lines.push(format!("{}: {rank}", words.join(" ")));
        lines.extend(page.note(standing));
        lines.extend(page.gets(standing));
    }
    walk(tree, 0, None, &mut lines);
    lines.iter().map(|line| one_line(line).trim_end().to_owned() + "\n").collect()
}

fn walk(tree: &Derivation, depth: usize, weight: Option<&str>, lines: &mut Vec<String>) {
    let mut line = "  ".repeat(depth);
    if let Some(weight) = weight {
        line.push_str(weight);
        line.push_str(" × ");
    }
    let step = step(tree);
    match &tree.node {
        Some(node) => {
            line.push_str(node);
            let name = tree.label.as_ref().map_or("", |label| label.get("en"));
            if !name.is_empty() && name != node {
                line.push(' ');
                line.push_str(name);
            }
            line.push_str(" = ");
            line.push_str(&value(tree));
            if let Some(max) = &tree.max {
                line.push_str(&format!(" of {max}"));
            }
            line.push_str(&format!(" ({step})"));
        }
        None => line.push_str(&format!("{step}: {}", value(tree))),
    }
    if let Some(attempt) = all(tree, "attempt").next() {
        line.push_str(&format!(" [attempt {attempt}]"));
    }
    if tree.left_out {
        line.push_str(" (left out)");
    }
    lines.push(line);
    let mut weights = all(tree, "by");
    for part in &tree.parts {
        walk(part, depth + 1, if tree.op == "weigh" { weights.next() } else { None }, lines);
    }
}

fn value(tree: &Derivation) -> String {
    match &tree.score {
        Score::NotYet => "not marked yet".to_owned(),
        Score::Absent => "absent".to_owned(),
        Score::Void => "void".to_owned(),
        Score::Value(value) if tree.shown.is_empty() => value.to_string(),
        Score::Value(_) => tree.shown.clone(),
    }
}

fn all<'a>(tree: &'a Derivation, name: &'a str) -> impl Iterator<Item = &'a str> {
    tree.with.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// What was done, in words.
fn step(tree: &Derivation) -> String {
    let with = |name| all(tree, name).next();
    let said = |name| with(name).unwrap_or("");
    let words = match tree.op.as_str() {
        "mark" => match with("judge") {
            Some(judge) => format!("judge {judge}"),
            None if with("seat").is_some() => format!("seat {}, nobody", said("seat")),
            None => "the mark".to_owned(),
        },
        "constant" => "fixed by the rulebook".to_owned(),
        "datum" => format!("{:?} of the entry", said("name")),
        "age" => format!("whole years since {:?} of the entry", said("name")),
        "parameter" => format!("the parameter {}", said("name")),
        "answer" => match said("count") {
            "matches" => format!("letters of {} in the places of {}", said("answer"), said("key")),
            "displacement" => {
                format!("how far the letters of {} stand from their places in {}", said("answer"), said("key"))
            }
            _ => format!("1 where {} is {}, otherwise 0", said("answer"), said("key")),
        },
        "each_judge" => "for each judge".to_owned(),
        "each_attempt" => "for each attempt".to_owned(),
        "take" => format!("the {} {}", said("take"), said("which")),
        "across" => match with("within") {
            Some(within) => format!("the {} of all with the same {within}", said("fold")),
            None => format!("the {} of the field", said("fold")),
        },
        "place" => "its place in the field".to_owned(),
        "place_points" => "the points for its place in the field".to_owned(),
        "standardise" => format!(
            "its distance from the mean of the field in standard deviations, {}",
            rounded(said("mode"), said("digits"))
        ),
        "majority_place" => "the place by the majority of the judges".to_owned(),
        "skating" => {
            let by = match said("rule") {
                "shared" => "shared, no rule sets them apart".to_owned(),
                rule => format!("by rule {rule}"),
            };
            format!("the place by the skating system, sum of places {}, {by}", said("sum"))
        }
        "root" => format!("the square root, {}", rounded(said("mode"), said("digits"))),
        "in_places" => "as a number".to_owned(),
        "stage" => "it does not take part in the stage".to_owned(),
        "in_seconds" => "in seconds".to_owned(),
        "panel" => "the marks of the panel".to_owned(),
        "mean" => "mean".to_owned(),
        "median" => "median".to_owned(),
        "sum" => "sum".to_owned(),
        "times" => "product".to_owned(),
        "min" => "the lowest".to_owned(),
        "max" => "the highest".to_owned(),
        "count" => "how many".to_owned(),
        "weigh" => "weighted sum".to_owned(),
        "scale" => format!("scaled from {} to {}", said("from"), said("to")),
        "minus" => match with("floor") {
            Some(floor) => format!("the first less the others, never below {floor}"),
            None => "the first less the others".to_owned(),
        },
        "clamp" => match (with("low"), with("high")) {
            (Some(low), Some(high)) => format!("kept between {low} and {high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, Some(high)) => format!("at most {high}"),
            (None, None) => "kept as it is".to_owned(),
        },
        "abs" => "without its sign".to_owned(),
        "divide" => "the first divided by the second".to_owned(),
        "round" => rounded(said("mode"), said("digits")),
        "settle" => match with("was") {
            Some(was) => format!("counted so by the rule, was {}", was.replace('_', " ")),
            None => "with a rule for what is missing".to_owned(),
        },
        "spread" => format!("the marks differ by more than {}, to be marked again", said("limit")),
        "table" => match with("band") {
            Some(band) => format!("by the table, where the value is {band}"),
            None => "by the table, in no band".to_owned(),
        },
        "when" => match with("holds") {
            Some(holds) => {
                let outcome = if holds == "true" { "true" } else { "not true" };
                format!("whether the first is {} the second is {outcome}, hence the third", said("is"))
            }
            None => "cannot be compared yet".to_owned(),
        },
        "status" => "by the status of the entry".to_owned(),
        "seen" => "as above".to_owned(),
        "is" => "the same as".to_owned(),
        other => other.replace('_', " "),
    };
    let words = match (with("left"), with("all"), with("needed")) {
        (Some(left), Some(all), Some(needed)) => format!("{words}, {left} of {all} there, {needed} needed"),
        _ => words,
    };
    // What is trimmed off stands with what is done to the rest.
    match (with("low"), with("high")) {
        (Some(low), Some(high)) if tree.op != "clamp" => {
            format!("{words} without the {high} highest and the {low} lowest")
        }
        _ => words,
    }
}

fn rounded(mode: &str, digits: &str) -> String {
    let decimals = if digits == "1" { "1 decimal".to_owned() } else { format!("{digits} decimals") };
    match mode {
        "half_up" => format!("rounded half up to {decimals}"),
        "half_even" => format!("rounded half to even to {decimals}"),
        "down" => format!("cut to {decimals}"),
        "up" => format!("rounded up to {decimals}"),
        other => format!("rounded {} to {decimals}", other.replace('_', " ")),
    }
}
