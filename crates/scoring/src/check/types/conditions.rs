//! Conditions: what is compared has one type, and every name is known.

use super::{Checker, Gaps, Place, mismatch, unknown};
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Condition, Logic};

impl Checker<'_> {
    /// What can be missing from a condition; `None` where a fault was reported.
    pub(super) fn condition(&mut self, condition: &Condition, at: Place, path: &str) -> Option<Gaps> {
        match condition {
            Condition::Logic(Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::InStage(_))
                if at.team && !at.member =>
            {
                self.no_mark(path, "members");
                None
            }
            Condition::Compare(compare) => {
                let left = self.value(&compare.left, at, &format!("{path}/left"));
                let right = self.value(&compare.right, at, &format!("{path}/right"));
                let (left, right) = (left?, right?);
                if left.kind != right.kind {
                    self.fault(mismatch(format!("{path}/right"), left.name(), right.name()));
                    return None;
                }
                Some(left.gaps.and(right.gaps))
            }
            Condition::Logic(Logic::All(of)) => self.conditions(of, at, &format!("{path}/all")),
            Condition::Logic(Logic::Any(of)) => self.conditions(of, at, &format!("{path}/any")),
            Condition::Logic(Logic::Not(of)) => self.condition(of, at, &format!("{path}/not")),
            Condition::Logic(Logic::DatumIs { any_of, .. }) => {
                if any_of.is_empty() {
                    self.fault(Fault::new(format!("{path}/datum_is/any_of"), FaultCode::Empty));
                }
                Some(Gaps::default())
            }
            Condition::Logic(Logic::OnScale { scale, than, .. }) => {
                let path = format!("{path}/on_scale");
                match self.rulebook.scales.iter().find(|one| one.id == *scale) {
                    None => self.fault(unknown(format!("{path}/scale"), scale, "scale")),
                    Some(found) if !found.values.contains(than) => {
                        self.fault(unknown(format!("{path}/than"), than, "scale"));
                    }
                    Some(_) => {}
                }
                Some(Gaps::default())
            }
            Condition::Logic(Logic::Award(ids)) => {
                if !at.after || (at.team && !at.member) {
                    self.no_mark(format!("{path}/award"), "award");
                    return None;
                }
                let missing: Vec<&String> = ids.iter().filter(|id| !self.has_award(id)).collect();
                for id in missing {
                    self.fault(unknown(format!("{path}/award"), id, "award"));
                }
                Some(Gaps::default())
            }
            Condition::Logic(Logic::InStage(id)) => {
                if !self.rulebook.stages.iter().any(|stage| stage.id == *id) {
                    self.fault(unknown(format!("{path}/in_stage"), id, "stage"));
                }
                Some(Gaps::default())
            }
        }
    }

    fn conditions(&mut self, of: &[Condition], at: Place, path: &str) -> Option<Gaps> {
        if of.is_empty() {
            self.fault(Fault::new(path, FaultCode::Empty));
            return None;
        }
        let all: Vec<Option<Gaps>> =
            of.iter().enumerate().map(|(index, one)| self.condition(one, at, &format!("{path}/{index}"))).collect();
        all.into_iter().try_fold(Gaps::default(), |gaps, one| Some(gaps.and(one?)))
    }
}
