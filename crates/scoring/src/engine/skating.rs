//! The skating system of ballroom competitions: how the judges' places of a final become the places of the couples.
//!
//! Rules 1 to 4 bind the judges and are no business of a calculation; rules 5 to 8 place the couples of one dance, rules 9
//! to 11 those of the whole final. Source: Arthur Dawson, "The Skating System" (1963), as the federations publish it (WDSF
//! "The Skating System", DTV TSO annex 2). Where the wording leaves room, the published worked examples decide; the tests
//! carry them.
//!
//! Everything is counted in whole numbers: a shared place is a mean of consecutive places, so twice a place is whole.

use std::cmp::Reverse;

#[cfg(test)]
mod tests;

/// The place of one couple in a whole final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FinalPlace {
    /// The place, from 1; the first of them where couples share several.
    pub(super) place: u32,
    /// Whether other couples have the same place.
    pub(super) shared: bool,
    /// The rule that set the couple apart from those before and after it.
    pub(super) by: DecidedBy,
    /// The place in each dance as the sum of the places shared and how many couples share them, as [`majority`] says it.
    pub(super) dances: Vec<(u32, u32)>,
}

/// The rule that gave a couple of a final its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecidedBy {
    /// No other couple has the same sum of places.
    Nine,
    /// The number, or then the sum, of the dances placed at the position or better.
    Ten,
    /// The judges' places of all dances, taken as one dance.
    Eleven,
    /// No rule could: the couples share the place.
    Nothing,
}

/// Rules 5 to 8: places the couples of one dance. `placings[couple][judge]` is the judge's place for the couple; the
/// result is, for each couple, the sum of the places it shares and how many couples share them, so that its place is
/// exactly sum / count: (2, 1) alone in the second place, (7, 2) for one of two couples in places 3 and 4.
///
/// Any number of judges will do; a majority is more than half of them. Gaps, duplicates and places beyond the number of
/// couples, which rules 2 to 4 forbid, are counted as they stand. A couple that not even the last column gives a majority
/// (it lacks marks) comes after all others.
pub(super) fn majority(placings: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let standing = standings(placings, 1);
    let mut order: Vec<usize> = (0..placings.len()).collect();
    order.sort_by(|one, other| standing[*one].cmp(&standing[*other]));
    let mut places = vec![(0, 0); placings.len()];
    let mut first = 1;
    for level in order.chunk_by(|one, other| standing[*one] == standing[*other]) {
        let count = number(level.len());
        for couple in level {
            places[*couple] = (sum_from(first, count), count);
        }
        first += count;
    }
    places
}

/// Rules 9 to 11: places the couples of a final. `dances[dance][couple][judge]` is the judge's place for the couple in the
/// dance; the result is in the order of the couples.
///
/// Two points are settled by the published examples rather than by the wording. A couple that rule 10 has placed leaves
/// all the others of the tie to begin again at rule 10, for the next position (Dawson's example K). Couples that rule 10
/// left level, though, and that rule 11 then told apart, stay together: who loses under rule 11 takes the next position
/// before a couple that rule 10 had put behind them, whatever rule 10 would say of these two (Dawson's example N). Where
/// rule 11 placed one of more than two couples, the others of these begin again at rule 10 (example P).
///
/// Ties of all kinds end in shared places. For the first place the rules leave it to the chairman to let the couples dance
/// again.
pub(super) fn final_places(dances: &[Vec<Vec<u32>>]) -> Vec<FinalPlace> {
    let summary = Summary::of(dances);
    let mut order: Vec<usize> = (0..summary.places.len()).collect();
    order.sort_by_key(|couple| summary.total(*couple));
    // The groups still to be placed, the next one last, each with the rule that set it apart from the group before it.
    let mut waiting: Vec<(Vec<usize>, DecidedBy)> = order
        .chunk_by(|one, other| summary.total(*one) == summary.total(*other))
        .map(|tied| (tied.to_vec(), DecidedBy::Nine))
        .rev()
        .collect();
    let mut decided = vec![(0, false, DecidedBy::Nothing); order.len()];
    let mut position = 1;
    while let Some((group, apart)) = waiting.pop() {
        let (winners, by) = if group.len() == 1 {
            (group, apart)
        } else {
            let level = summary.rule_ten(&group, position);
            put_back(&mut waiting, &group, &level, DecidedBy::Ten);
            if level.len() == 1 {
                (level, DecidedBy::Ten)
            } else {
                let winners = summary.rule_eleven(&level, position);
                put_back(&mut waiting, &level, &winners, DecidedBy::Eleven);
                let by = if winners.len() == 1 { DecidedBy::Eleven } else { DecidedBy::Nothing };
                (winners, by)
            }
        };
        for couple in &winners {
            decided[*couple] = (position, winners.len() > 1, by);
        }
        position += number(winners.len());
    }
    decided
        .into_iter()
        .zip(summary.places)
        .map(|((place, shared, by), dances)| FinalPlace { place, shared, by, dances })
        .collect()
}

/// What a row of marks is worth from one column on, the smaller the better: the first column with a majority (rules 5
/// and 8), then there and in each further column how many marks are missing (rule 6) and the sum of those counted (rule 7).
type Standing = (usize, Vec<(usize, u64)>);

/// The standing of each row. A column stands for "this place and better"; only columns in which some row gains a mark can
/// make a difference, so the others are left out, however large the marks.
fn standings(rows: &[Vec<u32>], from: u32) -> Vec<Standing> {
    let judges = rows.iter().map(Vec::len).max().unwrap_or(0);
    let majority = judges / 2 + 1;
    let mut columns: Vec<u32> = rows.iter().flatten().copied().filter(|mark| *mark > from).chain([from]).collect();
    columns.sort_unstable();
    columns.dedup();
    rows.iter()
        .map(|row| {
            let column = |last: u32| {
                let counted = row.iter().filter(move |mark| **mark <= last);
                (judges - counted.clone().count(), counted.map(|mark| u64::from(*mark)).sum())
            };
            let tally: Vec<(usize, u64)> = columns.iter().map(|last| column(*last)).collect();
            let first = tally.iter().position(|(missing, _)| judges - missing >= majority).unwrap_or(columns.len());
            (first, tally.into_iter().skip(first).collect())
        })
        .collect()
}

/// The final summary: the places of each couple in the dances.
struct Summary<'a> {
    marks: &'a [Vec<Vec<u32>>],
    /// `places[couple][dance]`.
    places: Vec<Vec<(u32, u32)>>,
}

impl<'a> Summary<'a> {
    fn of(marks: &'a [Vec<Vec<u32>>]) -> Self {
        let couples = marks.iter().map(Vec::len).max().unwrap_or(0);
        let mut places = vec![Vec::with_capacity(marks.len()); couples];
        for dance in marks {
            let mut rows = dance.clone();
            rows.resize(couples, Vec::new());
            for (couple, place) in majority(&rows).into_iter().enumerate() {
                places[couple].push(place);
            }
        }
        Self { marks, places }
    }

    /// The couple's places in the dances, doubled.
    fn halves(&self, couple: usize) -> impl Iterator<Item = u64> {
        self.places[couple].iter().map(|(sum, count)| 2 * u64::from(*sum) / u64::from(*count))
    }

    /// Rule 9: the sum of the couple's places, doubled.
    fn total(&self, couple: usize) -> u64 {
        self.halves(couple).sum()
    }

    /// Rule 10: those of the tied couples with the most dances placed at the position or better, of these those with the
    /// smallest sum of such places. Lower places are not looked at; a place of 2½ counts as third.
    fn rule_ten(&self, tied: &[usize], position: u32) -> Vec<usize> {
        let reached = 2 * u64::from(position);
        least(tied, |couple| {
            let counted: Vec<u64> = self.halves(couple).filter(|half| *half <= reached).collect();
            (Reverse(counted.len()), counted.iter().sum::<u64>())
        })
    }

    /// Rule 11: those of the tied couples that win when the judges' places of all dances are taken as those of one dance,
    /// from the column of the position on.
    fn rule_eleven(&self, tied: &[usize], position: u32) -> Vec<usize> {
        let rows: Vec<Vec<u32>> = tied
            .iter()
            .map(|couple| self.marks.iter().filter_map(|dance| dance.get(*couple)).flatten().copied().collect())
            .collect();
        let standing = standings(&rows, position);
        let best = standing.iter().min();
        tied.iter().zip(&standing).filter(|(_, its)| Some(*its) == best).map(|(couple, _)| *couple).collect()
    }
}

/// The sum of `count` places in a row, from `first` on.
fn sum_from(first: u32, count: u32) -> u32 {
    let (first, count) = (u64::from(first), u64::from(count));
    u32::try_from((2 * first + count).saturating_sub(1) * count / 2).unwrap_or(u32::MAX)
}

/// Those of the couples for which the key is smallest.
fn least<K: Ord>(couples: &[usize], key: impl Fn(usize) -> K) -> Vec<usize> {
    let best = couples.iter().map(|couple| key(*couple)).min();
    couples.iter().copied().filter(|couple| Some(key(*couple)) == best).collect()
}

/// Those of the group that were not taken out wait for the positions right after them.
fn put_back(waiting: &mut Vec<(Vec<usize>, DecidedBy)>, group: &[usize], taken: &[usize], by: DecidedBy) {
    let rest: Vec<usize> = group.iter().copied().filter(|couple| !taken.contains(couple)).collect();
    if !rest.is_empty() {
        waiting.push((rest, by));
    }
}

/// A number of couples. No final has more than 32 bits can count.
fn number(couples: usize) -> u32 {
    u32::try_from(couples).unwrap_or(u32::MAX)
}
