//! Whole generated fields under whole generated rulebooks: everything the engine says against the reference.

use crate::generate::{Generator, judges};
use crate::model::{Model, num};
use crate::reference::Missing;
use jiangsai_scoring::{Board, Engine, Field, Mark, MarkRow, Outcome, Rulebook, Score, Why};

fn score(value: &Score) -> crate::model::Result {
    match value {
        Score::Value(value) => Ok(num(value)),
        Score::NotYet => Err(Missing::NotYet),
        Score::Absent => Err(Missing::Absent),
        Score::Void => Err(Missing::Void),
    }
}

/// Everything of an outcome against the reference.
fn agrees(book: &Rulebook, field: &Field, outcome: &Outcome, what: &str) {
    let mut model = Model::new(book, field);
    let lines = model.lines();
    let ids: Vec<&str> = field.entries.iter().map(|entry| entry.id.as_str()).collect();
    let index = |id: &str| ids.iter().position(|own| *own == id).unwrap();
    assert_eq!(outcome.standings.len(), ids.len(), "{what}");
    for line in &outcome.standings {
        let entry = index(&line.entry);
        for value in line.values.iter().filter(|value| value.node != book.ranking.by) {
            assert_eq!(score(&value.score), model.value(&value.node, entry), "{what} {} {}", line.entry, value.node);
        }
        assert_eq!(score(&line.total), model.published(entry), "{what} {} total", line.entry);
        let stage = book.stages.get(model.reached[entry].0).map(|stage| stage.id.as_str());
        assert_eq!(line.stage.as_deref(), stage, "{what} {} stage", line.entry);
        let own = &lines[entry];
        assert_eq!((line.rank, line.shared), (own.rank, own.shared), "{what} {} rank", line.entry);
        let undecided = Some(book.ranking.last).filter(|last| own.equal && last.is_decided());
        assert_eq!(line.undecided, undecided, "{what} {} undecided", line.entry);
        let unranked = match (&line.unranked, own.rank) {
            (None, Some(_)) => true,
            (Some(Why::Status), None) => !model.status(entry).ranked,
            (Some(Why::Unfinished(_)), None) => model.ranked_by(entry) == Err(Missing::NotYet),
            (Some(Why::NoValue), None) => model.ranked_by(entry).is_err(),
            _ => false,
        };
        assert!(unranked, "{what} {} unranked: {:?}", line.entry, line.unranked);
    }
    let mut order: Vec<(u32, &str)> =
        outcome.standings.iter().map(|line| (line.rank.unwrap_or(u32::MAX), line.entry.as_str())).collect();
    let found = order.clone();
    order.sort_unstable();
    assert_eq!(found, order, "{what}: by rank, then by id");

    let awards = model.give();
    let names = |entries: &[usize]| entries.iter().map(|entry| ids[*entry]).collect::<Vec<_>>();
    assert_eq!(outcome.awards.len(), awards.len(), "{what}");
    for (found, own) in outcome.awards.iter().zip(&awards) {
        let found = (
            &found.award,
            found.places,
            found.entries.iter().map(String::as_str).collect::<Vec<_>>(),
            found.vacant,
            found.unsettled.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let expected = (
            found.0,
            u32::try_from(own.places).unwrap(),
            names(&own.winners),
            u32::try_from(own.vacant).unwrap(),
            names(&own.unsettled),
        );
        assert_eq!(found, expected, "{what} award");
    }
    for line in &outcome.standings {
        let entry = index(&line.entry);
        let tiers = book.awards.iter().flat_map(|awards| &awards.tiers).zip(&awards);
        let own: Vec<&String> =
            tiers.filter(|(_, award)| award.winners.contains(&entry)).map(|(tier, _)| &tier.id).collect();
        assert_eq!(line.awards.iter().collect::<Vec<_>>(), own, "{what} {} awards", line.entry);
        assert_eq!(line.honours, model.honours(entry), "{what} {} honours", line.entry);
    }
    let mut teams = model.teams();
    teams.sort_by(|one, other| {
        one.1.unwrap_or(u32::MAX).cmp(&other.1.unwrap_or(u32::MAX)).then_with(|| one.0.cmp(&other.0))
    });
    // Those without a result stand by their keys, which the outcome does not show.
    let mut found: Vec<_> = outcome
        .teams
        .iter()
        .map(|team| (team.team.clone(), team.rank, team.shared, score(&team.score), team.members.clone()))
        .collect();
    found.sort_by(|one, other| {
        one.1.unwrap_or(u32::MAX).cmp(&other.1.unwrap_or(u32::MAX)).then_with(|| one.0.cmp(&other.0))
    });
    assert_eq!(found, teams, "{what} teams");
    checks(book, field, outcome, what);
}

/// Every spread that is too wide, and every check that was not possible.
fn checks(book: &Rulebook, field: &Field, outcome: &Outcome, what: &str) {
    let mut expected = Vec::new();
    for entry in &field.entries {
        for item in book.items().iter().filter(|item| item.spread.is_some()) {
            for attempt in 1..=item.attempt_count() {
                let seats = judges(book, item).len();
                let marks: Vec<&Mark> = field
                    .marks
                    .iter()
                    .filter(|row| row.entry == entry.id && row.item == item.id && row.attempt == attempt)
                    .map(|row| &row.mark)
                    .collect();
                let open = marks.len() < seats || marks.contains(&&Mark::NotYet);
                let mut values: Vec<_> = marks
                    .iter()
                    .filter_map(|mark| if let Mark::Value(value) = mark { Some(num(value)) } else { None })
                    .collect();
                values.sort();
                let wide = values
                    .first()
                    .zip(values.last())
                    .is_some_and(|(low, high)| high - low > num(item.spread.as_ref().unwrap()));
                let impossible = !open && (values.is_empty() || (values.len() < 2 && seats > 1));
                if wide || impossible {
                    expected.push((
                        entry.id.clone(),
                        item.id.clone(),
                        attempt,
                        wide,
                        u16::try_from(values.len()).unwrap(),
                    ));
                }
            }
        }
    }
    expected.sort();
    let mut found: Vec<_> = outcome
        .checks
        .iter()
        .map(|check| (check.entry.clone(), check.item.clone(), check.attempt, check.spread.is_some(), check.judges))
        .collect();
    found.sort();
    assert_eq!(found, expected, "{what} checks");
}

fn one_as_all(board: &Board, outcome: &Outcome, what: &str) {
    let ranks = board.ranks();
    for line in &outcome.standings {
        let entry = board.entry(&line.entry).unwrap();
        assert_eq!((board.rank(entry), ranks[entry]), (line.rank, line.rank), "{what} {}", line.entry);
    }
}

fn each(from: u64, count: u64, of: impl Fn(&mut Generator, &Rulebook, &Engine, &str)) {
    let mut sound = 0;
    for seed in from..from + count {
        let mut generator = Generator::new(seed);
        let document = generator.rulebook();
        let Ok(book) = Rulebook::from_json(&document.to_string()) else { continue };
        sound += 1;
        let engine = Engine::new(&book).unwrap();
        of(&mut generator, &book, &engine, &format!("seed {seed}"));
    }
    assert!(sound * 2 > count, "{sound} of {count} generated rulebooks are without fault");
}

fn cases(few: u64, many: u64) -> u64 {
    if crate::long() { many } else { few }
}

#[test]
fn outcomes_agree_with_the_reference() {
    each(0, cases(250, 20_000), |generator, book, engine, what| {
        for size in [1 + generator.rng.below(4), 5 + generator.rng.below(5)] {
            let field = generator.field(book, size);
            agrees(book, &field, &engine.score(&field).unwrap(), &format!("{what} size {size}"));
        }
    });
}

#[test]
fn order_of_input_does_not_matter() {
    each(1 << 20, cases(100, 5_000), |generator, book, engine, what| {
        let field = generator.field(book, 7);
        let mut other = field.clone();
        generator.rng.shuffle(&mut other.entries);
        generator.rng.shuffle(&mut other.marks);
        assert_eq!(engine.score(&field).unwrap(), engine.score(&other).unwrap(), "{what}");
    });
}

/// After every single mark a board is what a fresh one would be.
#[test]
fn a_board_that_follows_marks_is_as_a_fresh_one() {
    each(2 << 20, cases(60, 3_000), |generator, book, engine, what| {
        let mut field = generator.field(book, 6);
        let mut board = engine.board(&field).unwrap();
        let before = field.clone();
        for step in 0..12 {
            let index = generator.rng.below(field.marks.len());
            let item = book.item(&field.marks[index].item).unwrap();
            let mark = match generator.rng.below(4) {
                // Back to what it was.
                0 => before.marks[index].mark.clone(),
                1 => generator.mark(item, 100),
                _ => generator.value(item),
            };
            field.marks[index] = MarkRow { mark, ..field.marks[index].clone() };
            board.put(&field.marks[index]).unwrap();
            let outcome = board.outcome();
            let fresh = engine.board(&field).unwrap();
            assert_eq!(outcome, fresh.outcome(), "{what} step {step}");
            one_as_all(&board, &outcome, &format!("{what} step {step}"));
        }
        agrees(book, &field, &board.outcome(), what);
    });
}
