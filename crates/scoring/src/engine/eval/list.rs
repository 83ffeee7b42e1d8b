//! Lists: operands laid out flat, panels, judges, attempts and members under their policies, trims and takes.

use super::{At, Missing, Value, eval, is_absent_member};
use crate::engine::code::{Code, Policy, Trimmed};
use crate::exact::Exact;
use crate::rulebook::{Gap, Which};

/// Operands laid out flat.
pub(in crate::engine) fn list(of: &[Code], at: At<'_>) -> Result<Vec<Exact>, Missing> {
    let mut values = Vec::with_capacity(of.len());
    let mut missing = None;
    for code in of {
        let result = match code {
            Code::Panel { policy, .. }
            | Code::EachJudge { policy, .. }
            | Code::EachAttempt { policy, .. }
            | Code::Members { policy, .. } => kept(each(code, at), *policy).map(|own| values.extend(own)),
            Code::Trim(trim) => trimmed(trim, at).map(|own| values.extend(own)),
            Code::Take { of, which, count } => {
                list(of, at).map(|own| values.extend(taken(own, *which, *count).into_iter().map(|(_, value)| value)))
            }
            _ => eval(code, at).map(|own| values.push(own)),
        };
        missing = missing.max(result.err());
    }
    missing.map_or(Ok(values), Err)
}

/// The values of a list with policies, one for each judge, attempt or member, before the policies.
pub(in crate::engine) fn policy_list(code: &Code, at: At<'_>) -> Vec<Value> {
    each(code, at)
}

fn each(code: &Code, at: At<'_>) -> Vec<Value> {
    match code {
        Code::Panel { item, .. } => {
            let seats = at.sheet.marks.get(*item).map_or(0, |column| column.seats);
            (0..seats).map(|seat| at.cell(*item, seat)).collect()
        }
        Code::EachJudge { panel, of, .. } => {
            let seats = at.plan.rulebook.panels.get(*panel).map_or(0, |panel| usize::from(panel.seats));
            (0..seats).map(|seat| eval(of, At { seat, ..at })).collect()
        }
        Code::EachAttempt { item, attempts, of, policy } => (0..*attempts)
            .map(|attempt| At { attempt, ..at })
            .map(|at| match eval(of, at) {
                Err(Missing::NotYet) if policy.not_yet == Gap::Refuse && at.skips(*item) => at.nothing(*item),
                other => other,
            })
            .collect(),
        Code::Members { of, .. } => {
            let members = at.after.map_or(&[][..], |after| after.members);
            members
                .iter()
                .map(|member| At { entry: *member, ..at })
                .map(|at| if is_absent_member(at) { Err(Missing::Absent) } else { eval(of, at) })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What a missing value of a list becomes.
pub(in crate::engine) const fn gap(policy: &Policy, missing: Missing) -> Gap {
    match missing {
        Missing::NotYet => policy.not_yet,
        Missing::Absent => policy.absent,
        Missing::Void => policy.void,
    }
}

/// A list under its policies.
fn kept(of: Vec<Value>, policy: Policy) -> Result<Vec<Exact>, Missing> {
    let mut values = Vec::with_capacity(of.len());
    let mut missing = None;
    let mut awaited = false;
    for one in of {
        match one {
            Ok(value) => values.push(value),
            Err(reason) => {
                awaited |= reason == Missing::NotYet;
                match gap(&policy, reason) {
                    Gap::Zero => values.push(Exact::ZERO),
                    Gap::LeaveOut => {}
                    Gap::Refuse => missing = missing.max(Some(reason)),
                }
            }
        }
    }
    match missing {
        Some(reason) => Err(reason),
        None if values.is_empty() || values.len() < policy.minimum => {
            Err(if awaited { Missing::NotYet } else { Missing::Absent })
        }
        None => Ok(values),
    }
}

fn trimmed(trim: &Trimmed, at: At<'_>) -> Result<Vec<Exact>, Missing> {
    let mut values = list(&trim.of, at)?;
    let (low, high) = trim.rule.cut(values.len());
    if low + high >= values.len() {
        return Err(Missing::Absent);
    }
    // What is left stays in its order; of several equal ones the first is left out.
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|one, other| values[*one].cmp(&values[*other]));
    let mut kept = places.split_off(low);
    kept.sort_by(|one, other| values[*other].cmp(&values[*one]).then(one.cmp(other)));
    let mut kept = kept.split_off(high);
    kept.sort_unstable();
    let mut kept = kept.into_iter().peekable();
    let mut place = 0;
    values.retain(|_| {
        place += 1;
        kept.next_if_eq(&(place - 1)).is_some()
    });
    Ok(values)
}

/// The values that are taken, with their places in the list, in the order of the list.
pub(in crate::engine) fn taken(of: Vec<Exact>, which: Which, count: usize) -> Vec<(usize, Exact)> {
    let mut all: Vec<(usize, Exact)> = of.into_iter().enumerate().collect();
    let skip = all.len().saturating_sub(count);
    match which {
        Which::First => all.truncate(count),
        Which::Last => {
            all.drain(..skip);
        }
        // The first of several equal ones.
        Which::Highest => {
            all.sort_by(|(place, value), (other_place, other)| other.cmp(value).then(place.cmp(other_place)));
            all.truncate(count);
        }
        Which::Lowest => {
            all.sort_by(|(place, value), (other_place, other)| value.cmp(other).then(place.cmp(other_place)));
            all.truncate(count);
        }
    }
    all.sort_by_key(|(place, _)| *place);
    all
}
