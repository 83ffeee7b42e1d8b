//! From values to ranks: the order of a board, and the standings as data.

use super::board::Board;
use super::code::Style;
use super::counts::Counts;
use super::eval::{Missing, score};
use super::order::{Key, Order, Place};
use super::plan::{KeyPlan, Plan, StagePlan};
use super::sheet::Sheet;
use super::{awards, teams};
use crate::exact::Exact;
use crate::outcome::{NodeValue, Outcome, Score, Standing, TieStep, Why};
use crate::rulebook::{Direction, Last, On, StatusTotal, Ties};
use crate::text::Text;
use std::cmp::Ordering;

impl Board {
    /// Counts the results, or puts every entry that has a rank in order.
    pub(super) fn sort(&mut self) {
        self.order = Order::default();
        self.keyed = true;
        self.counts = self.countable();
        if self.counts.is_some() && self.count() {
            return;
        }
        self.counts = None;
        let mut places = Vec::with_capacity(self.len());
        self.unranked.clear();
        for (entry, id) in self.by_id.iter().enumerate() {
            if self.is_ranked(entry) {
                let key = self.key(entry);
                self.keyed &= key.is_some();
                places.push(Place { key: key.unwrap_or_default(), id: *id });
            } else {
                self.unranked.push(u32::try_from(entry).unwrap_or(u32::MAX));
            }
        }
        if !self.keyed {
            places.iter_mut().for_each(|place| place.key = Key::default());
        }
        sort(&mut places);
        if self.looks_deeper() {
            // Within equal results a sort that profits from what is in order already.
            for level in places.chunk_by_mut(|one, other| one.key == other.key).filter(|level| level.len() > 1) {
                level.sort_by(|one, other| self.compare(self.entry_at(*one), self.entry_at(*other)));
            }
        }
        self.order = Order::new(&places);
    }

    /// Counts for the results, where those alone decide and equal ones share.
    fn countable(&self) -> Option<Counts> {
        let [stage] = self.plan.stages.as_slice() else { return None };
        let slot = self.plan.slots.get(stage.ranked_by).filter(|slot| slot.den.is_some())?;
        let alone = stage.keys.is_empty() && self.plan.decision.is_none();
        if alone && self.plan.rulebook.ranking.ties == Ties::Competition { Counts::new(slot.most) } else { None }
    }

    /// Counts the results of all entries; false when one cannot be counted.
    fn count(&mut self) -> bool {
        let Some(mut counts) = self.counts.take() else { return false };
        self.unranked.clear();
        for entry in 0..self.len() {
            if !self.is_ranked(entry) {
                self.unranked.push(u32::try_from(entry).unwrap_or(u32::MAX));
            } else if !self.key(entry).is_some_and(|key| counts.add(key.result)) {
                return false;
            }
        }
        self.counts = Some(counts);
        true
    }

    /// Where an entry stands before a change, and in which bucket of the order, if results alone decide.
    pub(super) fn stood(&self, entry: usize) -> Option<(Place, usize)> {
        let place = self.is_ranked(entry).then(|| self.place(entry))?;
        Some((place, if self.counts.is_some() { 0 } else { self.order.seek(|other| *other < place) }))
    }

    /// Moves an entry whose result alone decides where it stands; `before` is where it stood.
    pub(super) fn follow(&mut self, entry: usize, before: Option<(Place, usize)>) {
        match before {
            Some((before, _)) if self.is_ranked(entry) && self.keyed && self.key(entry) == Some(before.key) => {}
            Some((before, bucket)) => {
                match &mut self.counts {
                    Some(counts) => counts.take(before.key.result),
                    None => self.order.remove(bucket, before, |other| *other < before),
                };
                self.put_in(entry);
            }
            None => {
                self.take_out_unranked(entry);
                self.put_in(entry);
            }
        }
    }

    /// The entry of a place.
    pub(super) fn entry_at(&self, place: Place) -> usize {
        self.ids.get(index(place.id)).map_or(usize::MAX, |entry| index(*entry))
    }

    /// Entries in order of rank.
    pub(super) fn ranked(&self) -> Vec<usize> {
        if self.counts.is_none() {
            let mut ranked: Vec<usize> = self.order.iter().map(|place| self.entry_at(place)).collect();
            if self.plan.decision.is_some() {
                let groups = ranked.chunk_by_mut(|one, other| self.by_rules(*one, *other).is_eq());
                groups.for_each(|group| self.by_id_while_undecided(group));
            }
            return ranked;
        }
        let mut places: Vec<Place> =
            (0..self.len()).filter(|entry| self.is_ranked(*entry)).map(|entry| self.place(entry)).collect();
        sort(&mut places);
        places.into_iter().map(|place| self.entry_at(place)).collect()
    }

    /// Is there more to compare than what places hold?
    pub(super) fn looks_deeper(&self) -> bool {
        let held = |stage: &StagePlan| usize::from(self.then(stage).is_some());
        !self.keyed
            || self.plan.decision.is_some()
            || self.plan.stages.iter().any(|stage| stage.keys.len() > held(stage))
    }

    /// What tells equal results of a stage apart first, where places can hold it.
    fn then<'a>(&self, stage: &'a StagePlan) -> Option<&'a KeyPlan> {
        stage.keys.first().filter(|key| self.plan.slots.get(key.slot).is_some_and(|slot| slot.den.is_some()))
    }

    /// What places hold of an entry, where everything of it can be held.
    fn key(&self, entry: usize) -> Option<Key> {
        let [stage] = self.plan.stages.as_slice() else { return None };
        let number = |slot, direction| {
            let cell = self.sheet.values.cell(slot, entry)?;
            i32::try_from(match direction {
                Direction::Higher => -cell,
                Direction::Lower => cell,
            })
            .ok()
        };
        let result = match self.plan.rule(self.sheet.status(entry)).total {
            StatusTotal::Computed => number(stage.ranked_by, stage.direction)?,
            StatusTotal::Zero => 0,
            StatusTotal::None => return None,
        };
        let then = match self.then(stage) {
            Some(key) if self.sheet.values.has(key.slot, entry) => {
                number(key.slot, key.direction).filter(|number| *number < i32::MAX)?
            }
            // Every value comes before no value.
            Some(_) => i32::MAX,
            None => 0,
        };
        Some(Key { result, then })
    }

    /// Where a ranked entry stands.
    fn place(&self, entry: usize) -> Place {
        let key = if self.keyed { self.key(entry) } else { None };
        Place { key: key.unwrap_or_default(), id: self.by_id[entry] }
    }

    /// Does another place come before that of an entry? Equal ones come in the order of their ids.
    fn comes_before(&self, other: &Place, entry: usize, own: Place) -> bool {
        match other.key.cmp(&own.key) {
            Ordering::Equal if self.looks_deeper() => self.compare(self.entry_at(*other), entry).is_lt(),
            Ordering::Equal => other.id < own.id,
            order => order.is_lt(),
        }
    }

    pub(super) fn take_out(&mut self, entry: usize) {
        let own = self.place(entry);
        let mut order = std::mem::take(&mut self.order);
        let is_before = |other: &Place| self.comes_before(other, entry, own);
        let bucket = order.seek(is_before);
        if !order.remove(bucket, own, is_before) {
            self.take_out_unranked(entry);
        }
        self.order = order;
    }

    fn take_out_unranked(&mut self, entry: usize) {
        let key = u32::try_from(entry).unwrap_or(u32::MAX);
        self.unranked.retain(|other| *other != key);
    }

    pub(super) fn put_in(&mut self, entry: usize) {
        if !self.is_ranked(entry) {
            self.unranked.push(u32::try_from(entry).unwrap_or(u32::MAX));
            return;
        }
        if self.keyed && self.key(entry).is_none() {
            // A result that is no such number: from now on they are compared in full.
            self.sort();
            return;
        }
        let own = self.place(entry);
        if let Some(counts) = &mut self.counts {
            if !counts.add(own.key.result) {
                self.sort();
            }
            return;
        }
        if !self.looks_deeper() {
            self.order.insert(own, |other| *other < own);
            return;
        }
        let mut order = std::mem::take(&mut self.order);
        order.insert(own, |other| self.comes_before(other, entry, own));
        self.order = order;
    }

    fn is_ranked(&self, entry: usize) -> bool {
        self.plan.rule(self.sheet.status(entry)).ranked && self.has_result(entry)
    }

    /// How two ranked entries stand to each other; never equal.
    fn compare(&self, one: usize, other: usize) -> Ordering {
        let equal = || self.by_decision(one, other).then_with(|| self.by_id[one].cmp(&self.by_id[other]));
        self.by_rules(one, other).then_with(equal)
    }

    /// How two entries of the order stand to each other, equal where both deserve the same rank. A decision counts once everybody it has to
    /// be made between has one: whoever is still to be decided on is not last.
    pub(super) fn level(&self, one: usize, other: usize) -> Ordering {
        self.by_rules(one, other).then_with(|| match self.by_decision(one, other) {
            Ordering::Equal => Ordering::Equal,
            order if self.is_decided(one) => order,
            _ => Ordering::Equal,
        })
    }

    /// How two ranked entries stand to each other by everything but decisions.
    pub(super) fn by_rules(&self, one: usize, other: usize) -> Ordering {
        let (reached, other_reached) = (self.stage_of(one), self.stage_of(other));
        other_reached.cmp(&reached).then_with(|| {
            let plan = &*self.plan;
            let stage = &plan.stages[reached];
            let fixed = |entry: usize| plan.rule(self.sheet.status(entry)).total != StatusTotal::Computed;
            if fixed(one) || fixed(other) {
                let own = score(self.ranked_by(one));
                return better_score(stage.direction, &own, &score(self.ranked_by(other)))
                    .then_with(|| by_keys(&stage.keys, &self.sheet, one, other));
            }
            Self::by_stage(plan, &self.sheet, reached, one, other)
        })
    }

    /// How two entries stand to each other by the result of a stage and its keys.
    pub(super) fn by_stage(plan: &Plan, sheet: &Sheet, stage: usize, one: usize, other: usize) -> Ordering {
        let rule = &plan.stages[stage];
        by_slot(sheet, rule.ranked_by, rule.direction, one, other).then_with(|| by_keys(&rule.keys, sheet, one, other))
    }

    /// The stage an entry is ranked in: the last one it takes part in for certain.
    pub(super) fn stage_of(&self, entry: usize) -> usize {
        // Where there is but one there is nothing to look up.
        match self.plan.stages.len() {
            0 | 1 => 0,
            stages => self.sheet.reached[entry].stage.min(stages - 1),
        }
    }

    /// How many entries went on from each stage and have no result there yet: whoever did not go on stands behind them already.
    fn awaited(&self) -> Vec<u32> {
        let mut ahead = vec![0; self.plan.stages.len()];
        if ahead.len() > 1 {
            for entry in 0..self.len() {
                let waits =
                    self.plan.rule(self.sheet.status(entry)).ranked && self.ranked_by(entry) == Err(Missing::NotYet);
                ahead[..self.stage_of(entry)].iter_mut().for_each(|count| *count += u32::from(waits));
            }
        }
        ahead
    }

    /// The rank of an entry; `None` when it has none.
    #[must_use]
    pub fn rank(&self, entry: usize) -> Option<u32> {
        if entry >= self.len() || !self.is_ranked(entry) {
            return None;
        }
        let own = self.place(entry);
        if let Some(counts) = &self.counts {
            return Some(counts.before(own.key.result) + 1);
        }
        let deeper = self.looks_deeper();
        let better = |other: &Place| match other.key.cmp(&own.key) {
            Ordering::Equal => self.level(self.entry_at(*other), entry).is_lt(),
            order => order.is_lt(),
        };
        let before = match self.plan.rulebook.ranking.ties {
            Ties::Competition if !deeper => self.order.partition_point(|other| other.key < own.key),
            Ties::Competition => self.order.partition_point(better),
            Ties::Ordinal if self.plan.decision.is_some() => {
                self.ranked().iter().position(|other| *other == entry).unwrap_or_default()
            }
            Ties::Ordinal => self.order.partition_point(|other| self.comes_before(other, entry, own)),
            Ties::Dense => {
                let mut last = None;
                let ahead = self.ranked().into_iter().take_while(|other| self.level(*other, entry).is_lt());
                ahead
                    .filter(|other| {
                        let new = last.is_none_or(|last| self.level(last, *other).is_ne());
                        last = Some(*other);
                        new
                    })
                    .count()
            }
        };
        let ahead = if self.plan.stages.len() > 1 { self.awaited()[self.stage_of(entry)] } else { 0 };
        u32::try_from(before + 1).ok().map(|rank| rank + ahead)
    }

    /// The ranks of all entries, by index.
    #[must_use]
    pub fn ranks(&self) -> Vec<Option<u32>> {
        let mut ranks = vec![None; self.len()];
        if let Some(counts) = &self.counts {
            let before = counts.all_before();
            for (entry, rank) in ranks.iter_mut().enumerate().filter(|(entry, _)| self.is_ranked(*entry)) {
                *rank = self.key(entry).and_then(|key| before(key.result)).map(|before| before + 1);
            }
            return ranks;
        }
        let awaited = self.awaited();
        // The rank among those that have one; whoever is awaited ahead comes on top of it.
        let mut before: Option<(usize, u32)> = None;
        for (place, entry) in self.ranked().into_iter().enumerate() {
            let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
            let level = before.filter(|(last, _)| self.level(*last, entry).is_eq()).map(|(_, rank)| rank);
            let rank = match (self.plan.rulebook.ranking.ties, level) {
                (Ties::Competition | Ties::Dense, Some(rank)) => rank,
                (Ties::Ordinal | Ties::Competition, _) => place,
                (Ties::Dense, None) => before.map_or(1, |(_, rank)| rank + 1),
            };
            ranks[entry] = Some(rank + awaited[self.stage_of(entry)]);
            before = Some((entry, rank));
        }
        ranks
    }

    /// The standings as data: ranked entries by rank then id, then the others by id; teams, awards, proposals.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let ranks = self.ranks();
        let given = awards::give(self, &ranks);
        let honours = awards::honours(self, &ranks, &given.by_entry);
        let mut standings: Vec<Standing> = Vec::with_capacity(self.len());
        let mut before: Option<usize> = None;
        for entry in self.ranked() {
            let level = before.is_some_and(|last| self.level(last, entry).is_eq());
            let shared = level && self.plan.rulebook.ranking.ties != Ties::Ordinal;
            let undecided = Some(self.plan.rulebook.ranking.last).filter(|last| level && last.is_decided());
            if let Some(last) = standings.last_mut().filter(|_| level) {
                last.shared |= shared;
                last.undecided = undecided;
            }
            let tie = before.and_then(|last| self.tie(entry, last));
            let line = self.line(entry, &given.by_entry, &honours);
            standings.push(Standing { rank: ranks[entry], shared, tie, undecided, ..line });
            before = Some(entry);
        }
        let mut unranked = self.unranked.clone();
        unranked.sort_by_key(|entry| self.by_id[index(*entry)]);
        standings.extend(unranked.into_iter().map(|entry| {
            let entry = index(entry);
            Standing { unranked: Some(self.why(entry)), ..self.line(entry, &given.by_entry, &honours) }
        }));
        let mut ids: Vec<usize> = (0..self.len()).collect();
        ids.sort_by_key(|entry| self.by_id[*entry]);
        let checked: Vec<usize> = (0..self.plan.rulebook.items.len())
            .filter(|item| self.plan.rulebook.items[*item].spread.is_some())
            .collect();
        let checks = ids
            .iter()
            .flat_map(|entry| checked.iter().flat_map(|item| Self::spread(&self.plan, &self.sheet, *item, *entry)))
            .map(|(_, check)| check)
            .collect();
        let teams = teams::rank(self, &ranks, &given.by_entry);
        Outcome { standings, checks, teams, awards: given.results }
    }

    fn why(&self, entry: usize) -> Why {
        if !self.plan.rule(self.sheet.status(entry)).ranked {
            return Why::Status;
        }
        match self.ranked_by(entry) {
            Err(Missing::NotYet) => {
                let here = self.stage_of(entry);
                let needed = self.plan.needed.iter().filter(|item| self.plan.item_stage(**item) <= here);
                let waiting = needed.filter(|item| self.value(**item, entry) == Err(Missing::NotYet));
                Why::Unfinished(waiting.map(|item| self.plan.rulebook.items[*item].id.clone()).collect())
            }
            _ => Why::NoValue,
        }
    }

    fn line(&self, entry: usize, awards: &[Vec<usize>], honours: &[Vec<usize>]) -> Standing {
        let plan = &*self.plan;
        let total_slot = plan.total();
        let total = score(self.total(entry));
        let values = plan
            .columns
            .iter()
            .zip(&plan.column_slots)
            .map(|(column, slot)| {
                let own = if *slot == total_slot { total.clone() } else { score(self.value(*slot, entry)) };
                NodeValue { node: column.id.clone(), shown: plan.slots[*slot].style.score(&own), score: own }
            })
            .collect();
        let tiers = plan.rulebook.awards.as_ref().map_or(&[][..], |awards| &awards.tiers);
        Standing {
            entry: self.sheet.entries[entry].id.clone(),
            rank: None,
            shared: false,
            status: self.sheet.status(entry),
            shown: plan.slots[total_slot].style.score(&total),
            total,
            values,
            tie: None,
            unranked: None,
            stage: plan.rulebook.stages.get(self.sheet.reached[entry].stage).map(|stage| stage.id.clone()),
            awards: awards[entry].iter().filter_map(|tier| tiers.get(*tier)).map(|tier| tier.id.clone()).collect(),
            honours: honours[entry]
                .iter()
                .filter_map(|honour| plan.rulebook.honours.get(*honour))
                .map(|honour| honour.id.clone())
                .collect(),
            undecided: None,
        }
    }

    /// How an entry was set apart from the one ranked just before it, where their published results are equal.
    fn tie(&self, entry: usize, before: usize) -> Option<TieStep> {
        let plan = &*self.plan;
        let stage = self.stage_of(entry);
        let last = stage + 1 == plan.stages.len();
        let published = plan.stages[stage].published;
        let result = |entry| if last { self.total(entry) } else { self.value(published, entry) };
        if self.stage_of(before) != stage || result(entry) != result(before) {
            return None;
        }
        let mut step = TieStep {
            against: self.sheet.entries[before].id.clone(),
            equal: Vec::new(),
            decided: None,
            own: String::new(),
            other: String::new(),
            difference: String::new(),
            pending: Vec::new(),
        };
        let (own, other) = (score(self.ranked_by(entry)), score(self.ranked_by(before)));
        if own != other && plan.rulebook.ranking.on == On::Exact {
            let label = Text::new("未修约的总分", "total before rounding");
            step.decide(label, Style::default(), &own, &other);
            return Some(step);
        }
        let labels = match plan.rulebook.stages.get(stage).filter(|_| !last) {
            Some(stage) => &stage.keys,
            None => &plan.rulebook.ranking.keys,
        };
        for (key, label) in plan.stages[stage].keys.iter().zip(labels) {
            let (own, other) = (score(self.value(key.slot, entry)), score(self.value(key.slot, before)));
            if own == Score::NotYet || other == Score::NotYet {
                step.pending.push(label.label.clone());
            }
            if better_score(key.direction, &own, &other).is_eq() {
                step.equal.push(label.label.clone());
            } else {
                step.decide(label.label.clone(), plan.slots[key.slot].style, &own, &other);
                return Some(step);
            }
        }
        if self.level(before, entry).is_ne() {
            let value = |entry: usize| self.decision(entry).cloned().map_or(Score::Absent, Score::Value);
            step.decide(decided_by(plan.rulebook.ranking.last), Style::default(), &value(entry), &value(before));
        }
        Some(step)
    }
}

/// Sorts places as single numbers.
fn sort(places: &mut [Place]) {
    // The smallest becomes zero.
    let unsigned = |key: i32| u128::from(key.cast_unsigned() ^ SIGN);
    let mut packed: Vec<u128> = places
        .iter()
        .map(|place| unsigned(place.key.result) << 64 | unsigned(place.key.then) << 32 | u128::from(place.id))
        .collect();
    packed.sort_unstable();
    for (place, packed) in places.iter_mut().zip(packed) {
        let part = |packed: u128| u32::try_from(packed & u128::from(u32::MAX)).unwrap_or(u32::MAX);
        let signed = |packed: u128| (part(packed) ^ SIGN).cast_signed();
        *place = Place { key: Key { result: signed(packed >> 64), then: signed(packed >> 32) }, id: part(packed) };
    }
}

/// The bit that makes a number negative.
const SIGN: u32 = 1 << 31;

fn decided_by(last: Last) -> Text {
    match last {
        Last::Share => Text::default(),
        Last::Draw => Text::new("抽签", "draw"),
        Last::PlayOff => Text::new("加试", "play-off"),
        Last::Manual => Text::new("裁判长裁定", "decision of the chief judge"),
    }
}

impl TieStep {
    fn decide(&mut self, label: Text, style: Style, own: &Score, other: &Score) {
        self.decided = Some(label);
        self.own = style.score(own);
        self.other = style.score(other);
        if let (Score::Value(own), Score::Value(other)) = (own, other) {
            self.difference = style.value(&(own - other).abs());
        }
    }
}

fn index(entry: u32) -> usize {
    usize::try_from(entry).unwrap_or(usize::MAX)
}

/// `Less` when `one` is the better by the first key that decides.
pub(super) fn by_keys(keys: &[KeyPlan], sheet: &Sheet, one: usize, other: usize) -> Ordering {
    let all = keys.iter().map(|key| by_slot(sheet, key.slot, key.direction, one, other));
    all.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// `Less` when `one` is the better; every value comes before no value.
fn by_slot(sheet: &Sheet, slot: usize, direction: Direction, one: usize, other: usize) -> Ordering {
    match (sheet.values.compare(slot, one, other), direction) {
        (Some(order), Direction::Higher) => order.reverse(),
        (Some(order), Direction::Lower) => order,
        (None, _) => sheet.values.has(slot, other).cmp(&sheet.values.has(slot, one)),
    }
}

/// `Less` when `one` is the better; every value comes before no value.
pub(super) fn better_score(direction: Direction, one: &Score, other: &Score) -> Ordering {
    match (one, other) {
        (Score::Value(one), Score::Value(other)) => better(direction, one, other),
        (Score::Value(_), _) => Ordering::Less,
        (_, Score::Value(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

fn better(direction: Direction, one: &Exact, other: &Exact) -> Ordering {
    match direction {
        Direction::Higher => other.cmp(one),
        Direction::Lower => one.cmp(other),
    }
}
