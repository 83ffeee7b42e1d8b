//! Awards by rank, share or threshold, and proposals for honours.

use super::board::Board;
use super::eval::{After, At, Value, holds, score};
use super::rank::{better_score, by_keys};
use crate::exact::Exact;
use crate::outcome::AwardResult;
use crate::rulebook::{
    AwardBase, AwardTies, Awards, Grouping, ShareRounding, StatusTotal, Succession, TierTake, Tolerance, Unfilled,
};

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
    /// A higher award's condition kept it from that award.
    passed: bool,
}

/// Gives the awards; none where the rulebook has none.
pub(super) fn give(board: &Board, ranks: &[Option<u32>]) -> Given {
    let mut given = Given { results: Vec::new(), by_entry: vec![Vec::new(); board.len()] };
    let Some(rule) = &board.plan.rulebook.awards else { return given };
    let base = base(board, ranks, rule.base);
    let mut round = Round { board, ranks, rule, left: groups(board, rule), used_up: 0, extra: 0, last: None };
    let small = rule.small_fields.iter().filter(|row| base < row.below).min_by_key(|row| row.below);
    let open = |tier: usize| small.is_none_or(|row| row.tiers.contains(&rule.tiers[tier].id));
    let places = places(rule, base);
    for (tier, own) in places.iter().enumerate() {
        // Whether a later award has places of its own.
        let next = (tier + 1..places.len()).any(|later| places[later].is_some() && open(later));
        let result = match own {
            _ if !open(tier) => TierResult::default(),
            Some(own) => round.tier(tier, *own, next),
            None => round.everybody(tier),
        };
        for entry in &result.winners {
            given.by_entry[*entry].push(tier);
        }
        let ids = |entries: &[usize]| entries.iter().map(|entry| board.sheet.entries[*entry].id.clone()).collect();
        given.results.push(AwardResult {
            award: rule.tiers[tier].id.clone(),
            places: if open(tier) { own.unwrap_or_else(|| count(result.winners.len())) } else { 0 },
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
    let rule = board.plan.rule(board.sheet.status(entry));
    rule.honours.unwrap_or(rule.ranked)
}

fn base(board: &Board, ranks: &[Option<u32>], base: AwardBase) -> u32 {
    let statuses = &board.plan.rulebook.statuses;
    count(match base {
        AwardBase::Registered => board.len(),
        AwardBase::Started => {
            (0..board.len()).filter(|entry| statuses.rule(board.sheet.status(*entry)).counted).count()
        }
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
    let ranked = board.ranked().into_iter().filter(|entry| may(board, *entry));
    let mut all: Vec<Candidate> = ranked.map(|entry| Candidate { entry, gone: false, passed: false }).collect();
    if rule.succession == Succession::Vacant {
        let statuses = &board.plan.rulebook.statuses;
        for entry in 0..board.len() {
            let status = board.sheet.status(entry);
            let own = statuses.rule(status);
            let gone = Candidate { entry, gone: true, passed: false };
            if status == crate::EntryStatus::Disqualified
                && !own.ranked
                && own.total != StatusTotal::Zero
                && board.value(board.plan.total(), entry).is_ok()
            {
                let place = all.iter().position(|other| is_before(board, gone, *other)).unwrap_or(all.len());
                all.insert(place, gone);
            }
        }
    }
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    for candidate in all {
        let ends = groups.last().and_then(|group| Some((*group.first()?, *group.last()?)));
        let equal = ends.is_some_and(|(first, last)| match &rule.tolerance {
            None => !candidate.gone && !last.gone && board.level(last.entry, candidate.entry).is_eq(),
            Some(tolerance) => {
                let with = match tolerance.grouping {
                    Grouping::Anchored => first,
                    Grouping::Chained => last,
                };
                within(board, tolerance, with, candidate)
            }
        });
        match groups.last_mut().filter(|_| equal) {
            Some(group) => group.push(candidate),
            None => groups.push(vec![candidate]),
        }
    }
    groups
}

/// The stage a candidate has its result in, and that result; the total for the place of somebody disqualified.
fn result(board: &Board, of: Candidate) -> (usize, Value) {
    let last = board.plan.stages.len() - 1;
    if of.gone {
        (last, board.value(board.plan.stages[last].ranked_by, of.entry))
    } else {
        (board.stage_of(of.entry), board.ranked_by(of.entry))
    }
}

/// Does somebody disqualified stand before another one?
fn is_before(board: &Board, gone: Candidate, other: Candidate) -> bool {
    let ((own_stage, own), (stage, value)) = (result(board, gone), result(board, other));
    let rule = &board.plan.stages[own_stage];
    let better = better_score(rule.direction, &score(own), &score(value));
    stage < own_stage || better.then_with(|| by_keys(&rule.keys, &board.sheet, gone.entry, other.entry)).is_lt()
}

fn within(board: &Board, tolerance: &Tolerance, one: Candidate, other: Candidate) -> bool {
    match (result(board, one), result(board, other)) {
        ((stage, Ok(one)), (other_stage, Ok(other))) => stage == other_stage && (one - other).abs() <= tolerance.points,
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
    /// Groups of equals without an award, the best first; those a condition kept from a higher award among them.
    left: Vec<Vec<Candidate>>,
    /// Places of the next tiers that equals of a higher one have taken.
    used_up: u32,
    /// Places that a higher tier left over.
    extra: u32,
    /// The last who got an award.
    last: Option<Candidate>,
}

impl Round<'_> {
    fn holds(&self, tier: usize, of: Candidate) -> bool {
        let after = After { ranks: self.ranks, awards: &[], members: &[] };
        let at = At { after: Some(&after), ..At::new(&self.board.plan, &self.board.sheet, of.entry) };
        !of.gone && self.board.plan.tiers.get(tier).and_then(Option::as_ref).is_none_or(|only| holds(only, at))
    }

    /// An award for everybody for whom its condition holds.
    fn everybody(&mut self, tier: usize) -> TierResult {
        let mut result = TierResult::default();
        for group in std::mem::take(&mut self.left) {
            let (fits, others): (Vec<Candidate>, Vec<Candidate>) =
                group.into_iter().partition(|one| self.holds(tier, *one));
            result.winners.extend(fits.iter().map(|one| one.entry));
            self.keep(others);
        }
        result
    }

    /// An award with so many places; `next` says whether a later one has places too.
    fn tier(&mut self, tier: usize, places: u32, next: bool) -> TierResult {
        let mut result = TierResult::default();
        let all = places.saturating_add(std::mem::take(&mut self.extra));
        let mut free = all.saturating_sub(self.used_up);
        let mut forced = free == 0 && self.used_up > 0 && !next && self.is_close();
        self.used_up = self.used_up.saturating_sub(all);
        let with_tolerance = self.rule.tolerance.is_some();
        let mut groups = std::mem::take(&mut self.left).into_iter();
        for group in groups.by_ref() {
            if forced && group.iter().all(|one| one.passed) {
                self.keep(group);
                continue;
            }
            if free == 0 && !forced {
                self.keep(group);
                break;
            }
            let (fits, mut others): (Vec<Candidate>, Vec<Candidate>) =
                group.iter().partition(|one| self.holds(tier, **one));
            // Who cannot get the award does not compete for its last place.
            let gone = count(others.iter().filter(|one| one.gone).count());
            let takers = count(fits.len()) + gone;
            let crosses = takers > free && !forced;
            if crosses && self.rule.ties == AwardTies::Lower && !with_tolerance {
                self.keep(group);
                break;
            }
            let fresh = count(others.iter().filter(|one| !one.gone && !one.passed).count());
            others.retain(|one| !one.gone);
            others.iter_mut().for_each(|one| one.passed = true);
            self.keep(others);
            if crosses && (self.rule.ties != AwardTies::Extra || with_tolerance) {
                self.used_up += takers - free;
            }
            if crosses && self.rule.ties == AwardTies::Settle && !with_tolerance {
                result.unsettled = fits.iter().map(|one| one.entry).collect();
                free = 0;
                continue;
            }
            self.last = fits.last().copied().or(self.last);
            let winners = count(fits.len());
            result.winners.extend(fits.into_iter().map(|one| one.entry));
            if std::mem::take(&mut forced) {
                continue;
            }
            free = free.saturating_sub(winners);
            result.vacant += gone.min(free);
            free = free.saturating_sub(gone);
            if self.rule.unfilled != Unfilled::MoveUp {
                let unfilled = fresh.min(free);
                free -= unfilled;
                self.leave(&mut result, unfilled, next);
            }
        }
        self.left.extend(groups);
        self.leave(&mut result, free, next);
        result
    }

    fn keep(&mut self, group: Vec<Candidate>) {
        if !group.is_empty() {
            self.left.push(group);
        }
    }

    /// Places that nobody takes.
    fn leave(&mut self, result: &mut TierResult, places: u32, next: bool) {
        if self.rule.unfilled == Unfilled::Next && next {
            self.extra += places;
        } else {
            result.vacant += places;
        }
    }

    /// Is the next one within the tolerance of the last who got an award?
    fn is_close(&self) -> bool {
        let next = self.left.iter().find(|group| group.iter().any(|one| !one.passed)).and_then(|group| group.first());
        match (&self.rule.tolerance, self.last, next) {
            (Some(tolerance), Some(last), Some(next)) => within(self.board, tolerance, last, *next),
            _ => false,
        }
    }
}
