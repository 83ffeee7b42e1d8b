//! What holds for every final, and a second calculation that must agree: written from the rules' text, position by
//! position and column by column, with fractions for shared places.

use super::super::{DecidedBy, final_places, majority};
use num_rational::Ratio;
use proptest::prelude::*;
use proptest::sample::Index;

type Place = Ratio<u64>;

fn small<T: TryFrom<usize>>(number: usize) -> T {
    T::try_from(number).ok().expect("a small number")
}

/// Rules 5 to 8 for the couples of one dance, from a column on: who takes the next places, those sharing them together.
fn by_majority(marks: &[Vec<u32>], couples: &[usize], from: u32) -> Vec<Vec<usize>> {
    let judges = couples.iter().map(|couple| marks[*couple].len()).max().unwrap_or(0);
    let last = couples.iter().flat_map(|couple| &marks[*couple]).copied().max().unwrap_or(0).max(from);
    let mut open = couples.to_vec();
    let mut placed = Vec::new();
    for column in from..=last {
        let (with, without) = open.iter().partition(|couple| 2 * number(&marks[**couple], column) > judges);
        placed.extend(by_size(marks, with, column, last));
        open = without;
    }
    if !open.is_empty() {
        placed.push(open);
    }
    placed
}

/// Rules 6 and 7 for couples that all have a majority.
fn by_size(marks: &[Vec<u32>], mut couples: Vec<usize>, column: u32, last: u32) -> Vec<Vec<usize>> {
    let mut placed = Vec::new();
    while !couples.is_empty() {
        let most = couples.iter().map(|couple| number(&marks[*couple], column)).max().unwrap();
        let largest = couples.iter().copied().filter(|couple| number(&marks[*couple], column) == most);
        let least = largest.clone().map(|couple| sum(&marks[couple], column)).min().unwrap();
        let level: Vec<usize> = largest.filter(|couple| sum(&marks[*couple], column) == least).collect();
        couples.retain(|couple| !level.contains(couple));
        match (level.len(), column < last) {
            (2.., true) => placed.extend(by_size(marks, level, column + 1, last)),
            _ => placed.push(level),
        }
    }
    placed
}

fn number(marks: &[u32], column: u32) -> usize {
    marks.iter().filter(|mark| **mark <= column).count()
}

fn sum(marks: &[u32], column: u32) -> u64 {
    marks.iter().filter(|mark| **mark <= column).map(|mark| u64::from(*mark)).sum()
}

fn reference_dance(marks: &[Vec<u32>]) -> Vec<Place> {
    let everybody: Vec<usize> = (0..marks.len()).collect();
    let mut places = vec![Place::from(0); marks.len()];
    let mut position = 1;
    for level in by_majority(marks, &everybody, 1) {
        let share = position..position + level.len();
        for couple in &level {
            places[*couple] = Place::new(small(share.clone().sum()), small(level.len()));
        }
        position = share.end;
    }
    places
}

/// Rules 10 and 11 for couples with the same sum.
fn reference_tie(places: &[Vec<Place>], pooled: &[Vec<u32>], tied: &[usize], position: usize) -> Vec<Vec<usize>> {
    if tied.len() < 2 {
        return tied.iter().map(|couple| vec![*couple]).collect();
    }
    let here = Place::from(small::<u64>(position));
    let at_or_better = |couple: usize| places[couple].iter().filter(move |place| **place <= here);
    let mut best: Vec<usize> = Vec::new();
    for couple in tied.iter().copied() {
        let (count, total) = (at_or_better(couple).count(), at_or_better(couple).sum::<Place>());
        let (best_count, best_total) =
            best.first().map_or((0, total), |other| (at_or_better(*other).count(), at_or_better(*other).sum()));
        if best.is_empty() || count > best_count || (count == best_count && total < best_total) {
            best = vec![couple];
        } else if count == best_count && total == best_total {
            best.push(couple);
        }
    }
    let outside = |group: &[usize], taken: &[usize]| -> Vec<usize> {
        group.iter().copied().filter(|couple| !taken.contains(couple)).collect()
    };
    let mut placed = if best.len() == 1 {
        vec![best.clone()]
    } else {
        let winners = by_majority(pooled, &best, small(position)).remove(0);
        let mut placed = vec![winners.clone()];
        placed.extend(reference_tie(places, pooled, &outside(&best, &winners), position + winners.len()));
        placed
    };
    placed.extend(reference_tie(places, pooled, &outside(tied, &best), position + best.len()));
    placed
}

fn reference_final(dances: &[Vec<Vec<u32>>]) -> Vec<(u32, bool)> {
    let couples = dances[0].len();
    let by_dance: Vec<Vec<Place>> = dances.iter().map(|marks| reference_dance(marks)).collect();
    let places: Vec<Vec<Place>> =
        (0..couples).map(|couple| by_dance.iter().map(|dance| dance[couple]).collect()).collect();
    let pooled: Vec<Vec<u32>> =
        (0..couples).map(|couple| dances.iter().flat_map(|dance| dance[couple].clone()).collect()).collect();
    let mut sums: Vec<Place> = places.iter().map(|places| places.iter().sum()).collect();
    let of_couple = sums.clone();
    sums.sort();
    sums.dedup();
    let mut result = vec![(0, false); couples];
    let mut position = 1usize;
    for total in sums {
        let tied: Vec<usize> = (0..couples).filter(|couple| of_couple[*couple] == total).collect();
        for level in reference_tie(&places, &pooled, &tied, position) {
            for couple in &level {
                result[*couple] = (small(position), level.len() > 1);
            }
            position += level.len();
        }
    }
    result
}

/// A final by the rules: every judge gives every place once. `wild` lets the judges write any small number.
fn finals(wild: bool) -> impl Strategy<Value = Vec<Vec<Vec<u32>>>> {
    (1usize..=7, 1usize..=6, 1usize..=5).prop_flat_map(move |(couples, judges, dances)| {
        let marks = if wild {
            prop::collection::vec(0u32..9, couples).boxed()
        } else {
            Just((1..=small::<u32>(couples)).collect::<Vec<_>>()).prop_shuffle().boxed()
        };
        let dance = prop::collection::vec(marks, judges).prop_map(move |by_judge| {
            (0..couples).map(|couple| by_judge.iter().map(|marks| marks[couple]).collect()).collect::<Vec<Vec<u32>>>()
        });
        prop::collection::vec(dance, dances)
    })
}

/// The order a shuffle with these draws makes of `0..count`.
fn shuffled(count: usize, draws: &[Index]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for (at, draw) in (1..count).rev().zip(draws) {
        order.swap(at, draw.index(at + 1));
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_second_calculation_agrees(dances in prop_oneof![finals(false), finals(true)]) {
        for marks in &dances {
            let places: Vec<Place> =
                majority(marks).iter().map(|(sum, count)| Place::new(u64::from(*sum), u64::from(*count))).collect();
            prop_assert_eq!(places, reference_dance(marks));
        }
        let places: Vec<(u32, bool)> = final_places(&dances).iter().map(|one| (one.place, one.shared)).collect();
        prop_assert_eq!(places, reference_final(&dances));
    }

    #[test]
    fn the_order_of_couples_judges_and_dances_does_not_matter(
        dances in prop_oneof![finals(false), finals(true)],
        draws in prop::collection::vec(any::<Index>(), 18),
    ) {
        let couples = shuffled(dances[0].len(), &draws[..6]);
        let judges = shuffled(dances[0][0].len(), &draws[6..12]);
        let order = shuffled(dances.len(), &draws[12..]);
        let other: Vec<Vec<Vec<u32>>> = order
            .iter()
            .map(|dance| {
                let row = |couple: &usize| judges.iter().map(|judge| dances[*dance][*couple][*judge]).collect();
                couples.iter().map(row).collect()
            })
            .collect();
        let (before, after) = (final_places(&dances), final_places(&other));
        for (now, couple) in couples.iter().enumerate() {
            let mut expected = before[*couple].clone();
            expected.dances = order.iter().map(|dance| before[*couple].dances[*dance]).collect();
            prop_assert_eq!(&after[now], &expected);
        }
    }

    #[test]
    fn who_is_first_for_all_judges_is_first(dances in finals(false), couple in any::<Index>()) {
        let couple = couple.index(dances[0].len());
        let mut dances = dances;
        for dance in &mut dances {
            for judge in 0..dance[0].len() {
                let first = dance.iter().position(|marks| marks[judge] == 1).unwrap();
                let own = dance[couple][judge];
                dance[first][judge] = own;
                dance[couple][judge] = 1;
            }
        }
        let place = &final_places(&dances)[couple];
        prop_assert_eq!((place.place, place.shared, place.by), (1, false, DecidedBy::Nine));
        prop_assert!(place.dances.iter().all(|place| *place == (1, 1)));
    }

    #[test]
    fn every_place_is_given_once(dances in prop_oneof![finals(false), finals(true)]) {
        let couples: u64 = small(dances[0].len());
        for marks in &dances {
            let given: Place =
                majority(marks).iter().map(|(sum, count)| Place::new(u64::from(*sum), u64::from(*count))).sum();
            prop_assert_eq!(given, Place::from(couples * (couples + 1) / 2));
        }
        let places = final_places(&dances);
        for one in &places {
            let before: u32 = small(places.iter().filter(|other| other.place < one.place).count());
            prop_assert_eq!(one.place, before + 1);
            let level = places.iter().filter(|other| other.place == one.place).count();
            prop_assert_eq!(one.shared, level > 1);
            prop_assert_eq!(one.shared, one.by == DecidedBy::Nothing);
        }
    }
}
