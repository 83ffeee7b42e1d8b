//! What is computed once entries are ranked: stages, teams, awards, honours.

use super::{Checker, Kind, Place, mismatch, unknown};
use crate::check::range;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AdvanceRule, Condition, Stage, Teams, TierTake};

impl Checker<'_> {
    pub(super) fn rest(&mut self) {
        let rulebook = self.rulebook;
        for (index, stage) in rulebook.stages.iter().enumerate() {
            let path = format!("/stages/{index}");
            if index + 1 == rulebook.stages.len() {
                if stage.by.is_some() || stage.advance.is_some() || !stage.keys.is_empty() {
                    self.fault(Fault::new(path, FaultCode::Stage).with("wanted", "ranking"));
                }
            } else {
                self.stage(stage, index, &path);
            }
        }
        if let Some(teams) = &rulebook.teams {
            self.teams(teams);
        }
        self.awards();
        for (index, honour) in rulebook.honours.iter().enumerate() {
            self.condition(&honour.to, Place::after(), &format!("/honours/{index}/to"));
        }
    }

    fn stage(&mut self, stage: &Stage, index: usize, path: &str) {
        let nodes = self.rulebook.items.len();
        match &stage.by {
            None => self.fault(Fault::new(format!("{path}/by"), FaultCode::Stage).with("wanted", "by")),
            Some(id) if self.by_id.get(id.as_str()).is_none_or(|slot| *slot < nodes) => {
                self.fault(unknown(format!("{path}/by"), id, "node"));
            }
            Some(_) => {}
        }
        for (place, key) in stage.keys.iter().enumerate() {
            let path = format!("{path}/keys/{place}/by");
            self.value(&key.by, Place::default(), &path);
            let mut asked = Vec::new();
            key.by.conditions(&mut |condition| condition.stages(&mut |id| asked.push(id)));
            self.later(&asked, index, &path);
        }
        let Some(advance) = &stage.advance else {
            self.fault(Fault::new(format!("{path}/advance"), FaultCode::Stage).with("wanted", "advance"));
            return;
        };
        if advance.take.is_empty() {
            self.fault(Fault::new(format!("{path}/advance/take"), FaultCode::Empty));
        }
        for (place, rule) in advance.take.iter().enumerate() {
            let path = format!("{path}/advance/take/{place}");
            match rule {
                AdvanceRule::PerGroup(count) | AdvanceRule::Best(count) => {
                    if *count == 0 {
                        self.fault(range(path, 1, u16::MAX, *count));
                    }
                }
                AdvanceRule::Percent { of_finished, .. } => {
                    self.percent(of_finished, &format!("{path}/percent/of_finished"))
                }
                AdvanceRule::All(condition) => {
                    self.advances(condition, index, &format!("{path}/all"));
                }
            }
        }
        if let Some(only) = &advance.only {
            self.advances(only, index, &format!("{path}/advance/only"));
        }
    }

    /// A condition of going on from the stage with this index.
    fn advances(&mut self, condition: &Condition, index: usize, path: &str) {
        self.condition(condition, Place::default(), path);
        let mut asked = Vec::new();
        condition.stages(&mut |id| asked.push(id));
        condition.expressions(&mut |expr| {
            expr.conditions(&mut |below| below.stages(&mut |id| asked.push(id)));
        });
        self.later(&asked, index, path);
    }

    /// What decides who goes on from a stage cannot ask who did.
    fn later(&mut self, asked: &[&str], index: usize, path: &str) {
        let stages = &self.rulebook.stages;
        let later = |id: &&&str| stages.iter().skip(index + 1).any(|stage| stage.id == ***id);
        if let (Some(later), Some(own)) = (asked.iter().find(later), stages.get(index)) {
            let ids = format!("{own} → {later} → {own}", own = own.id);
            self.fault(Fault::new(path, FaultCode::Cycle).with("ids", ids));
        }
    }

    fn percent(&mut self, percent: &Exact, path: &str) {
        if percent.is_negative() || *percent > Exact::from_int(100) {
            self.fault(Fault::new(path, FaultCode::OutOfRange).with("low", 0).with("high", 100).with("found", percent));
        }
    }

    fn teams(&mut self, teams: &Teams) {
        let place = Place { team: true, ..Place::after() };
        self.value(&teams.value, place, "/teams/value");
        for (index, key) in teams.keys.iter().enumerate() {
            self.value(&key.by, place, &format!("/teams/keys/{index}/by"));
        }
    }

    fn awards(&mut self) {
        let rulebook = self.rulebook;
        let Some(awards) = &rulebook.awards else { return };
        let mut sum = Exact::ZERO;
        for (index, tier) in awards.tiers.iter().enumerate() {
            let path = format!("/awards/tiers/{index}");
            if let TierTake::Percent(percent) = &tier.take {
                self.percent(percent, &format!("{path}/take/percent"));
                sum = &sum + percent;
            }
            if let Some(only) = &tier.only {
                self.condition(only, Place::after(), &format!("{path}/only"));
            }
        }
        if awards.tiers.is_empty() {
            self.fault(Fault::new("/awards/tiers", FaultCode::Empty));
        }
        if sum > Exact::from_int(100) {
            self.percent(&sum, "/awards/tiers");
        }
        if let Some(tolerance) = &awards.tolerance {
            if tolerance.points.is_negative() {
                self.fault(
                    Fault::new("/awards/tolerance/points", FaultCode::OutOfRange)
                        .with("low", 0)
                        .with("found", &tolerance.points),
                );
            }
            let total = self.by_id.get(rulebook.ranking.by.as_str()).and_then(|slot| self.slots[*slot]);
            if total.is_some_and(|total| total.kind == Kind::Place) {
                self.fault(mismatch("/awards/tolerance", "value", "place"));
            }
        }
        for (index, row) in awards.small_fields.iter().enumerate() {
            let missing: Vec<&String> = row.tiers.iter().filter(|id| !self.has_award(id)).collect();
            for id in missing {
                self.fault(unknown(format!("/awards/small_fields/{index}/tiers"), id, "award"));
            }
        }
    }
}
