//! Awards by rank, share or threshold, and proposals for honours.

use super::board::Board;
use super::eval::{After, At, holds};
use crate::exact::Exact;
use crate::outcome::AwardResult;
use crate::rulebook::{
    AwardBase, AwardTies, Awards, Grouping, ShareRounding, StatusTotal, Succession, TierTake, Tolerance, Unfilled,
};
use std::collections::BTreeSet;

/// Who gets what.
pub(super) struct Given {
    pub results: Vec<AwardResult>,
    /// Awards of each entry, as indices of tiers.
    pub by_entry: Vec<Vec<usize>>,
}

/// Somebody, or the place of somebody who was disqualified.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Candidate {
    entry: usize,
    gone: bool,
}

/// Gives the awards; none where the rulebook has none.
pub(super) fn give(board: &Board, ranks: &[Option<u32>]) -> Given {
    let mut given = Given { results: Vec::new(), by_entry: vec![Vec::new(); board.len()] };
    let Some(rule) = &board.plan.rulebook.awards else { return given };
    let base = base(board, ranks, rule.base);
    let mut round = Round {
        board,
        ranks,
        rule,
        groups: groups(board, rule),
        held_back: Vec::new(),
        settling: BTreeSet::new(),
        used_up: 0,
        extra: 0,
        last: None,
    };
    let small = rule.small_fields.iter().filter(|row| base < row.below).min_by_key(|row| row.below);
    let last = rule.tiers.iter().rposition(|tier| !matches!(tier.take, TierTake::Everybody {}));
    let places = places(rule, base);
    for (tier, own) in places.iter().enumerate() {
        let id = &rule.tiers[tier].id;
        let open = small.is_none_or(|row| row.tiers.contains(id));
        let result = if open { round.tier(tier, *own, Some(tier) == last) } else { TierResult::default() };
        for entry in &result.winners {
            given.by_entry[*entry].push(tier);
        }
        let ids = |entries: &[usize]| entries.iter().map(|entry| board.sheet.entries[*entry].id.clone()).collect();
        given.results.push(AwardResult {
            award: id.clone(),
            places: if open { own.unwrap_or_else(|| count(result.winners.len())) } else { 0 },
            entries: ids(&result.winners),
            vacant: result.vacant,
            unsettled: ids(&result.unsettled),
        });
    }
    given
}

/// Proposals for honours, as indices, by entry.
pub(super) fn honours(board: &Board, ranks: &[Option<u32>], awards: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let after = After { ranks, awards, members: &[] };
    let of = |entry: usize| {
        if !may(board, entry) {
            return Vec::new();
        }
        let at = At { after: Some(&after), ..At::new(&board.plan, &board.sheet, entry) };
        let tests = board.plan.honours.iter().enumerate();
        tests.filter(|(_, test)| holds(test, at)).map(|(index, _)| index).collect()
    };
    (0..board.len()).map(of).collect()
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// May the entry get anything, by its status?
fn may(board: &Board, entry: usize) -> bool {
    let rule = board.plan.rulebook.statuses.rule(board.sheet.entries[entry].status);
    rule.honours.unwrap_or(rule.ranked)
}

fn base(board: &Board, ranks: &[Option<u32>], base: AwardBase) -> u32 {
    let statuses = &board.plan.rulebook.statuses;
    count(match base {
        AwardBase::Registered => board.len(),
        AwardBase::Started => board.sheet.entries.iter().filter(|line| statuses.rule(line.status).counted).count(),
        AwardBase::Finished => ranks.iter().flatten().count(),
    })
}

/// How many places each tier has; `None` for everybody.
fn places(rule: &Awards, base: u32) -> Vec<Option<u32>> {
    let share = |percent: &Exact| {
        let exact = Exact::from(base) * percent.clone();
        let rounded = exact.divide(&Exact::from_int(100)).unwrap_or_default().round(0, rule.mode);
        rounded.to_int().and_then(|share| u32::try_from(share).ok()).unwrap_or(0)
    };
    let mut sum = Exact::ZERO;
    let mut before = 0;
    rule.tiers
        .iter()
        .map(|tier| match &tier.take {
            TierTake::Count(count) => Some(u32::from(*count)),
            TierTake::Everybody {} => None,
            TierTake::Percent(percent) => Some(match rule.rounding {
                ShareRounding::Each => share(percent),
                ShareRounding::Cumulative => {
                    sum = &sum + percent;
                    let own = share(&sum).saturating_sub(before);
                    before += own;
                    own
                }
            }),
        })
        .collect()
}

/// Everybody who may get an award, in groups of equals, best first.
fn groups(board: &Board, rule: &Awards) -> Vec<Vec<Candidate>> {
    let mut all: Vec<Candidate> =
        board.order.iter().filter(|entry| may(board, *entry)).map(|entry| Candidate { entry, gone: false }).collect();
    if rule.succession == Succession::Vacant {
        let statuses = &board.plan.rulebook.statuses;
        let gone = (0..board.len()).filter(|entry| {
            let status = board.sheet.entries[*entry].status;
            let own = statuses.rule(status);
            status == crate::EntryStatus::Disqualified
                && !own.ranked
                && own.total != StatusTotal::Zero
                && board.value(board.plan.total(), *entry).is_ok()
        });
        all.extend(gone.map(|entry| Candidate { entry, gone: true }));
        let last = board.plan.stages.len() - 1;
        let by_result = |one: &Candidate, other: &Candidate| {
            Board::by_stage(&board.plan, &board.sheet, last, one.entry, other.entry)
        };
        if all.iter().any(|candidate| candidate.gone) {
            all.sort_by(by_result);
        }
    }
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    for candidate in all {
        let equal =
            groups.last().and_then(|group| Some((group.first()?, group.last()?))).is_some_and(|(first, last)| {
                match &rule.tolerance {
                    None => !candidate.gone && !last.gone && board.level(last.entry, candidate.entry).is_eq(),
                    Some(tolerance) => {
                        let with = match tolerance.grouping {
                            Grouping::Anchored => first,
                            Grouping::Chained => last,
                        };
                        within(board, tolerance, with.entry, candidate.entry)
                    }
                }
            });
        match groups.last_mut().filter(|_| equal) {
            Some(group) => group.push(candidate),
            None => groups.push(vec![candidate]),
        }
    }
    groups
}

fn within(board: &Board, tolerance: &Tolerance, one: usize, other: usize) -> bool {
    match (board.ranked_by(one), board.ranked_by(other)) {
        (Ok(one), Ok(other)) => (one - other).abs() <= tolerance.points,
        _ => false,
    }
}

#[derive(Default)]
struct TierResult {
    winners: Vec<usize>,
    vacant: u32,
    unsettled: Vec<usize>,
}

/// Tier after tier, from the highest.
struct Round<'a> {
    board: &'a Board,
    ranks: &'a [Option<u32>],
    rule: &'a Awards,
    /// Groups not reached yet, the best first.
    groups: Vec<Vec<Candidate>>,
    /// Those whom a higher tier's condition left out, best first.
    held_back: Vec<usize>,
    /// Those who wait for a decision.
    settling: BTreeSet<usize>,
    /// Places of the next tier that equals of a higher one have taken.
    used_up: u32,
    /// Places that a higher tier left over.
    extra: u32,
    /// The last who got an award.
    last: Option<usize>,
}

impl Round<'_> {
    fn holds(&self, tier: usize, entry: usize) -> bool {
        let after = After { ranks: self.ranks, awards: &[], members: &[] };
        let at = At { after: Some(&after), ..At::new(&self.board.plan, &self.board.sheet, entry) };
        self.board.plan.tiers.get(tier).and_then(Option::as_ref).is_none_or(|only| holds(only, at))
    }

    fn tier(&mut self, tier: usize, places: Option<u32>, last: bool) -> TierResult {
        let mut result = TierResult::default();
        let Some(places) = places else {
            let left = std::mem::take(&mut self.groups).into_iter().flatten();
            let left = left.filter(|candidate| !candidate.gone).map(|candidate| candidate.entry);
            let everybody: Vec<usize> = std::mem::take(&mut self.held_back).into_iter().chain(left).collect();
            let everybody = everybody.into_iter().filter(|entry| !self.settling.contains(entry));
            result.winners = everybody.filter(|entry| self.holds(tier, *entry)).collect();
            return result;
        };
        let mut left = (places + std::mem::take(&mut self.extra)).saturating_sub(self.used_up);
        let exhausted = left == 0 && self.used_up > 0;
        self.used_up = self.used_up.saturating_sub(places);
        if exhausted && !(last && self.is_close()) {
            return result;
        }
        let forced = exhausted;
        // Whoever was left out above comes first: the better rank.
        let mut again = Vec::new();
        for entry in std::mem::take(&mut self.held_back) {
            if left > 0 && self.holds(tier, entry) {
                result.winners.push(entry);
                left -= 1;
            } else {
                again.push(entry);
            }
        }
        let mut forced = forced;
        while left > 0 || forced {
            if self.groups.is_empty() {
                break;
            }
            let group = self.groups.remove(0);
            let size = count(group.len());
            let crosses = size > left && !forced;
            if crosses && self.rule.ties == AwardTies::Lower && self.rule.tolerance.is_none() {
                self.groups.insert(0, group);
                break;
            }
            if crosses && self.rule.ties == AwardTies::Settle && self.rule.tolerance.is_none() {
                result.unsettled = group.iter().map(|candidate| candidate.entry).collect();
                self.settling.extend(&result.unsettled);
                self.used_up += size - left;
                left = 0;
                break;
            }
            for candidate in group {
                let fits = !candidate.gone && self.holds(tier, candidate.entry);
                if fits {
                    result.winners.push(candidate.entry);
                    self.last = Some(candidate.entry);
                } else if !candidate.gone {
                    again.push(candidate.entry);
                }
                let takes = fits || candidate.gone || self.rule.unfilled != Unfilled::MoveUp;
                if takes && left > 0 {
                    left -= 1;
                    if !fits {
                        self.leave(&mut result, candidate.gone);
                    }
                } else if takes
                    && !forced
                    && fits
                    && (self.rule.ties == AwardTies::Higher || self.rule.tolerance.is_some())
                {
                    self.used_up += 1;
                }
            }
            forced = false;
        }
        for _ in 0..left {
            self.leave(&mut result, false);
        }
        self.held_back = again;
        result
    }

    /// A place that nobody takes.
    fn leave(&mut self, result: &mut TierResult, gone: bool) {
        if self.rule.unfilled == Unfilled::Next && !gone {
            self.extra += 1;
        } else {
            result.vacant += 1;
        }
    }

    /// Is the next one within the tolerance of the last who got an award?
    fn is_close(&self) -> bool {
        let next = self.groups.first().and_then(|group| group.first());
        match (&self.rule.tolerance, self.last, next) {
            (Some(tolerance), Some(last), Some(next)) => within(self.board, tolerance, last, next.entry),
            _ => false,
        }
    }
}
