//! Every permutation and interleaving of the facts of three logs gives the same state, to the byte.
#![allow(clippy::unwrap_used, reason = "tests")]

use jiangsai_domain::command::competition::Settings;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Envelope;
use jiangsai_domain::fact::{Fact, MarkPlace, NotAFact, Numbers};
use jiangsai_domain::results;
use jiangsai_domain::view;
use jiangsai_scoring::templates::PANEL_OF_5_TRIMMED;
use jiangsai_scoring::{EntryStatus, Exact, Mark};
use proptest::prelude::*;

/// One log: facts in the order their writer made them.
type Log = Vec<Envelope>;

struct Writer {
    name: char,
    log: Log,
}

impl Writer {
    fn says(&mut self, order: u64, replaces: &[&str], fact: Result<Fact, NotAFact>) {
        self.log.push(Envelope {
            id: format!("{}{}", self.name, self.log.len()).into(),
            order,
            at: 1_000 + i64::try_from(order).unwrap(),
            actor: self.name.to_string().into(),
            replaces: replaces.iter().map(|id| (*id).into()).collect(),
            reason: String::new(),
            fact,
        });
    }
}

fn mark(judge: &str, value: &str) -> Result<Fact, NotAFact> {
    let place = MarkPlace {
        event: "event".into(),
        entry: "entry".into(),
        item: "P1".into(),
        judge: Some(judge.into()),
        attempt: 1,
    };
    Ok(Fact::Mark { place, mark: Mark::Value(Exact::parse_decimal(value).unwrap()) })
}

/// Three desks: an organiser, a judge, and a second desk of the same judge that did not know of the first.
fn three_logs() -> [Log; 3] {
    let [mut a, mut b, mut c] = ['a', 'b', 'c'].map(|name| Writer { name, log: Vec::new() });
    let titled = |title: &str| Ok(Fact::Settings(Settings { title: title.into(), ..Settings::default() }));
    a.says(0, &[], titled("一"));
    a.says(1, &[], Ok(Fact::Rulebook { event: "event".into(), json: PANEL_OF_5_TRIMMED.into() }));
    a.says(2, &["a0"], titled("二"));
    a.says(
        3,
        &[],
        Ok(Fact::Numbers { entry: "entry".into(), numbers: Numbers { number: "01".into(), ..Numbers::default() } }),
    );
    b.says(1, &[], mark("j1", "17.5"));
    b.says(2, &["b0"], mark("j1", "18"));
    b.says(3, &[], Ok(Fact::Entry { entry: "entry".into(), event: "event".into(), person: "person".into() }));
    b.says(4, &["a0"], titled("三"));
    c.says(1, &[], mark("j1", "16"));
    c.says(2, &[], Err(NotAFact::Newer));
    c.says(3, &[], Ok(Fact::Status { entry: "entry".into(), status: EntryStatus::Retired }));
    [a.log, b.log, c.log]
}

fn fold(facts: impl IntoIterator<Item = Envelope>) -> Competition {
    let mut state = Competition::default();
    facts.into_iter().for_each(|fact| state.evolve(fact));
    state
}

/// Calls `each` with every interleaving that keeps the order of each log.
fn interleavings(logs: &[Log; 3], at: [usize; 3], before: &mut Vec<Envelope>, each: &mut impl FnMut(&[Envelope])) {
    if (0..3).all(|log| at[log] == logs[log].len()) {
        return each(before);
    }
    for log in 0..3 {
        if at[log] < logs[log].len() {
            let mut next = at;
            next[log] += 1;
            before.push(logs[log][at[log]].clone());
            interleavings(logs, next, before, each);
            before.pop();
        }
    }
}

#[test]
fn every_interleaving_of_three_logs_gives_the_same_state_to_the_byte() {
    let logs = three_logs();
    let wanted = fold(logs.concat()).snapshot().unwrap();
    let mut count = 0;
    interleavings(&logs, [0; 3], &mut Vec::new(), &mut |facts| {
        count += 1;
        // Every one is folded; comparing each byte string keeps the test honest.
        assert_eq!(fold(facts.to_vec()).snapshot().unwrap(), wanted, "interleaving {count}");
    });
    assert_eq!(count, 11_550, "11! / (4! 4! 3!)");
}

#[test]
fn every_permutation_of_the_facts_of_three_logs_gives_the_same_state_to_the_byte() {
    // All orders of the first two facts of each log and one more: 5,040 permutations.
    let facts: Vec<Envelope> =
        three_logs().iter().flat_map(|log| log[..2].to_vec()).chain([three_logs()[1][3].clone()]).collect();
    let wanted = fold(facts.clone()).snapshot().unwrap();
    let mut order: Vec<usize> = (0..facts.len()).collect();
    let mut count = 0;
    permutations(&mut order, 0, &mut |order| {
        count += 1;
        let permuted = order.iter().map(|index| facts[*index].clone());
        assert_eq!(fold(permuted).snapshot().unwrap(), wanted, "order {order:?}");
    });
    assert_eq!(count, 5_040, "7!");
}

fn permutations(order: &mut Vec<usize>, from: usize, each: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return each(order);
    }
    for other in from..order.len() {
        order.swap(from, other);
        permutations(order, from + 1, each);
        order.swap(from, other);
    }
}

proptest! {
    /// Any order of all facts, some of them twice.
    #[test]
    fn any_order_with_repeats_gives_the_same_state(
        order in Just((0..11_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in proptest::collection::vec(0..11_usize, 0..6),
    ) {
        let facts = three_logs().concat();
        let wanted = fold(facts.clone()).snapshot().unwrap();
        let mixed = order.iter().chain(&again).map(|index| facts[*index].clone());
        prop_assert_eq!(fold(mixed).snapshot().unwrap(), wanted);
    }
}

#[test]
fn what_crosses_is_kept_and_a_crossing_mark_does_not_count() {
    let state = fold(three_logs().concat());
    assert_eq!(state.settings().title, "三", "of two titles that cross the later in display order holds");
    assert!(state.settings.crosses(), "and the crossing is a finding");
    let marks: Vec<_> = state.marks.values().collect();
    assert!(marks[0].crosses(), "18 and 16 were both given for one cell");
    assert_eq!(marks[0].agreed(), None, "so neither counts");
    assert!(results::results(&state, &"event".into()).is_err(), "a newer fact is on record: no standings");
    assert!(view::home::findings(&state, &"event".into()) >= 3, "title, mark, newer fact");
}

#[test]
fn a_snapshot_restores_the_state_it_was_made_from() {
    let state = fold(three_logs().concat());
    let bytes = state.snapshot().unwrap();
    let again = Competition::restore(&bytes).unwrap();
    assert_eq!(again.snapshot().unwrap(), bytes);
    assert!(again.events[&"event".into()].engine().is_some(), "the rulebook is ready to compute again");
}
