//! Marks under an imported scheme.

use super::{check, scheme};
use jiangsai_scoring::{Engine, Entry, Field, Mark, MarkRow, Standing};

fn row(item: &str, judge: Option<String>, value: &str) -> MarkRow {
    MarkRow {
        entry: "a".to_owned(),
        item: item.to_owned(),
        judge,
        stage: None,
        attempt: 1,
        mark: Mark::Value(value.parse().unwrap()),
    }
}

fn standing(judged: [[&str; 3]; 3]) -> Standing {
    let engine = Engine::new(&check(scheme()).unwrap()).unwrap();
    let mut marks = vec![row("A1.1", None, "0.35"), row("A1.2", None, "20.25"), row("A2.1", None, "55")];
    for (item, levels) in ["B1.1", "B1.2", "B1.3"].into_iter().zip(judged) {
        marks.extend((1..).zip(levels).map(|(judge, level)| row(item, Some(format!("J{judge}")), level)));
    }
    let field = Field { entries: vec![Entry { id: "a".to_owned(), ..Entry::default() }], marks, ..Field::default() };
    engine.score(&field).unwrap().standings.remove(0)
}

fn shown<'a>(line: &'a Standing, node: &str) -> &'a str {
    &line.values.iter().find(|value| value.node == node).unwrap().shown
}

#[test]
fn judgements_are_scaled_and_rounded() {
    let line = standing([["2", "3", "2"], ["0", "1", "1"], ["3", "3", "3"]]);
    let values = ["B1.1", "B1.2", "B1.3", "B1", "B", "A1", "A", "total"].map(|node| shown(&line, node));
    assert_eq!(values, ["1.17", "0.44", "0.75", "2.36", "2.36", "20.60", "75.60", "77.96"]);
    assert_eq!((line.rank, line.shown.as_str()), (Some(1), "77.96"));
}

#[test]
fn judges_too_far_apart_leave_the_aspect_without_a_score() {
    let line = standing([["1", "3", "2"], ["0", "1", "1"], ["3", "3", "3"]]);
    assert_eq!((shown(&line, "B1.1"), shown(&line, "B1.2")), ("", "0.44"));
    assert_eq!((line.rank, line.shown.as_str()), (None, ""), "unfinished until the judges have marked it again");
}
