//! What is computed once entries are ranked: stages, teams, awards, honours.

use super::{Checker, Kind, Place, mismatch, unknown};
use crate::check::range;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{AdvanceRule, Stage, Teams, TierTake};

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
                self.stage(stage, &path);
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

    fn stage(&mut self, stage: &Stage, path: &str) {
        let nodes = self.rulebook.items.len();
        match &stage.by {
            None => self.fault(Fault::new(format!("{path}/by"), FaultCode::Stage).with("wanted", "by")),
            Some(id) if self.by_id.get(id.as_str()).is_none_or(|slot| *slot < nodes) => {
                self.fault(unknown(format!("{path}/by"), id, "node"));
            }
            Some(_) => {}
        }
        for (index, key) in stage.keys.iter().enumerate() {
            self.value(&key.by, Place::default(), &format!("{path}/keys/{index}/by"));
        }
        let Some(advance) = &stage.advance else {
            self.fault(Fault::new(format!("{path}/advance"), FaultCode::Stage).with("wanted", "advance"));
            return;
        };
        if advance.take.is_empty() {
            self.fault(Fault::new(format!("{path}/advance/take"), FaultCode::Empty));
        }
        for (index, rule) in advance.take.iter().enumerate() {
            let path = format!("{path}/advance/take/{index}");
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
                    self.condition(condition, Place::default(), &format!("{path}/all"));
                }
            }
        }
        if let Some(only) = &advance.only {
            self.condition(only, Place::default(), &format!("{path}/advance/only"));
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
