//! Judges, their PINs and panels.

use super::{draft, event, needs_reason, open_event};
use crate::command::judging::{Judge, SetPanel};
use crate::competition::Competition;
use crate::document::half_width;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::JudgeId;
use jiangsai_scoring::Mark;

/// A new judge, or a change of one.
///
/// # Errors
/// `missing-code`, `code-form`, `missing-name`, `too-long`, `duplicate-code`, `unknown-judge`.
pub fn save(
    state: &Competition,
    id: Option<&JudgeId>,
    judge: &Judge,
    context: &Context,
) -> Result<(Vec<Draft>, JudgeId), Refusal> {
    let mut tidy = judge.clone();
    for text in [&mut tidy.code, &mut tidy.name, &mut tidy.unit] {
        *text = text.trim().to_owned();
        if text.chars().count() > 100 {
            return Err(Refusal::new("too-long").with("max", 100));
        }
    }
    if let Some(first) = faults(&tidy).first() {
        return Err(Refusal::new(first));
    }
    tidy.code = tidy.code.chars().map(half_width).collect();
    let same = |other: &Judge| other.code.to_lowercase() == tidy.code.to_lowercase();
    let taken = state.judges.iter().any(|(other, register)| Some(other) != id && register.value().is_some_and(same));
    if taken {
        return Err(Refusal::new("duplicate-code").with("code", &tidy.code));
    }
    let (id, replaces) = match id {
        None => (JudgeId::new(context.fresh(0)), Vec::new()),
        Some(id) => {
            let register = state.judges.get(id).ok_or(Refusal::new("unknown-judge"))?;
            if register.agreed() == Some(&tidy) {
                return Ok((Vec::new(), id.clone()));
            }
            (id.clone(), register.current())
        }
    };
    Ok((vec![draft(Fact::Judge { judge: id.clone(), value: tidy }, replaces, "")], id))
}

/// Everything that is wrong with what was typed of a judge, as codes of refusals: `missing-code`, `code-form`, `missing-name`.
#[must_use]
pub fn faults(judge: &Judge) -> Vec<&'static str> {
    let code: String = judge.code.trim().chars().map(half_width).collect();
    // Files name judges by their codes, and `ITEM/JUDGE` names a column.
    let formed = code.chars().all(|letter| letter.is_alphanumeric() || letter == '-') && !code.starts_with('-');
    let of_code = if code.is_empty() { Some("missing-code") } else { (!formed).then_some("code-form") };
    of_code.into_iter().chain(judge.name.trim().is_empty().then_some("missing-name")).collect()
}

/// A PIN is 4 to 12 digits.
///
/// # Errors
/// `unknown-judge`, `pin-form`.
pub fn check_pin(state: &Competition, judge: &JudgeId, pin: &str) -> Result<(), Refusal> {
    if !state.judges.contains_key(judge) {
        return Err(Refusal::new("unknown-judge"));
    }
    if is_pin(pin) { Ok(()) } else { Err(Refusal::new("pin-form")) }
}

/// Is it 4 to 12 digits?
#[must_use]
pub fn is_pin(pin: &str) -> bool {
    (4..=12).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit())
}

/// Who sits on a panel.
///
/// # Errors
/// `not-found`, `finalised`, `panel-seats`, `unknown-judge`, `duplicate-seat`, `already-on-panel` for who sits in another of these seats
/// for some entry, `reason-needed` once the panel has marked.
pub fn seat(state: &Competition, command: &SetPanel) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let panel = setup
        .engine()
        .and_then(|engine| engine.rulebook().panel(command.panel.as_str()))
        .ok_or(Refusal::new("not-found"))?;
    if command.members.len() > usize::from(panel.seats) {
        return Err(Refusal::new("panel-seats").with("seats", panel.seats));
    }
    for (seat, member) in command.members.iter().enumerate() {
        let judge = state.judges.get(member).and_then(|register| register.value());
        let judge = judge.ok_or(Refusal::new("unknown-judge"))?;
        if command.members[..seat].contains(member) {
            return Err(Refusal::new("duplicate-seat").with("code", &judge.code));
        }
        if setup.substitutes(command.panel.as_str(), member, &command.members) {
            return Err(Refusal::new("already-on-panel").with("code", &judge.code));
        }
    }
    let register = setup.panels.get(&command.panel);
    if register.is_some_and(|register| register.agreed() == Some(&command.members)) {
        return Ok(Vec::new());
    }
    if has_marked(state, command) {
        needs_reason(&command.reason)?;
    }
    let replaces = register.map(crate::register::Register::current).unwrap_or_default();
    let fact =
        Fact::Panel { event: command.event.clone(), panel: command.panel.clone(), members: command.members.clone() };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

fn has_marked(state: &Competition, command: &SetPanel) -> bool {
    event(state, &command.event).is_ok_and(|setup| panel_in_use(state, setup, &command.event, command.panel.as_str()))
}

/// Do marks by this panel exist?
#[must_use]
pub fn panel_in_use(
    state: &Competition,
    setup: &crate::competition::Event,
    event: &crate::ids::EventId,
    panel: &str,
) -> bool {
    let Some(engine) = setup.engine() else { return false };
    let items = engine.rulebook().items();
    state.marks.iter().any(|(place, register)| {
        place.event == *event
            && register.value().is_some_and(|mark| *mark != Mark::NotYet)
            && items.iter().any(|item| item.id == place.item.as_str() && item.panel() == Some(panel))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::envelope::Envelope;
    use crate::trust::Origin;

    fn context() -> Context {
        Context { today: "2026-11-24".into(), actor: "operator".into(), seed: 1 }
    }

    fn judge(code: &str) -> Judge {
        Judge { code: code.into(), name: "模拟裁判".into(), ..Judge::default() }
    }

    #[test]
    fn everything_that_is_wrong_with_a_judge_is_said_at_once() {
        let typed = |code: &str, name: &str| Judge { name: name.into(), ..judge(code) };
        assert_eq!(faults(&typed(" ", "")), ["missing-code", "missing-name"]);
        assert_eq!(faults(&typed("A/B", " ")), ["code-form", "missing-name"]);
        assert!(faults(&typed("Ｐ01", "模拟裁判")).is_empty());
    }

    #[test]
    fn a_code_names_one_judge_in_every_file() {
        let mut state = Competition::default();
        let (drafts, id) = save(&state, None, &judge(" Ｐ01 "), &context()).unwrap();
        let fact = drafts.into_iter().next().unwrap().fact;
        assert!(matches!(&fact, Fact::Judge { value, .. } if value.code == "P01"), "half-width, without spaces");
        state.evolve(Envelope {
            id: "a".into(),
            origin: Origin::default(),
            order: 1,
            at: 0,
            actor: "operator".into(),
            replaces: Vec::new(),
            reason: String::new(),
            fact: Ok(fact),
        });
        let refused = |code: &str| save(&state, None, &judge(code), &context()).unwrap_err().code;
        assert_eq!(refused("p01"), "duplicate-code", "a file would not tell them apart");
        for code in ["A/B", "=1+1", "-1", "P 1", "P,1"] {
            assert_eq!(refused(code), "code-form", "{code}");
        }
        assert!(save(&state, Some(&id), &judge("p01"), &context()).is_ok(), "its own code in another case");
        assert!(save(&state, None, &judge("裁判-2"), &context()).is_ok(), "Chinese letters");
    }
}
