//! Giving and clearing values of parameters.

use super::effect::effect;
use super::rulebook::in_use;
use super::{draft, needs_reason, open_event, outdated};
use crate::command::parameters::{ParameterValue, SetParameters};
use crate::command::results::Effect;
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::register::Register;
use crate::results::Supposed;
use jiangsai_scoring::rulebook::{Parameter, ParameterFault, ParameterKind, Rulebook};
use std::collections::BTreeSet;

/// Longest value and longest text that chooses one, in characters.
const LONGEST: usize = 100;

/// The values to record, and what changes with them. With `preview` nothing is recorded.
///
/// # Errors
/// `finalised`, `no-rulebook`; for a value `unknown-parameter`, `parameter-for-all`, `parameter-twice`, `too-long`, `stale`,
/// `parameter-value` when it is not of the parameter's kind; `reason-needed` once marks exist.
pub fn set(state: &Competition, command: &SetParameters) -> Result<(Vec<Draft>, Effect), Refusal> {
    let setup = open_event(state, &command.event)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let mut places = BTreeSet::new();
    let mut supposed = Supposed::default();
    let mut drafts = Vec::new();
    for wanted in &command.values {
        let (text, value) = check(setup, engine.rulebook(), wanted)?;
        if !places.insert((&wanted.parameter, text.clone())) {
            return Err(Refusal::new("parameter-twice").with("parameter", &wanted.parameter).with("text", text));
        }
        let register = register(setup, wanted, &text);
        let stands = match register {
            None => value.is_empty(),
            Some(register) => register.agreed() == Some(&value),
        };
        if stands {
            continue;
        }
        supposed.parameters.push((wanted.parameter.clone(), text.clone(), value.clone()));
        let fact = Fact::Parameter { event: command.event.clone(), parameter: wanted.parameter.clone(), text, value };
        drafts.push(draft(fact, wanted.replaces.clone(), &command.reason));
    }
    let outdated = outdated::after(state, &drafts, &command.event)?;
    let mut effect = effect(state, &command.event, &supposed, outdated)?;
    if command.preview {
        return Ok((Vec::new(), effect));
    }
    if !drafts.is_empty() && (in_use(state, &command.event) || setup.was_final()) {
        needs_reason(&command.reason)?;
    }
    effect.applied = true;
    Ok((drafts, effect))
}

fn register<'a>(setup: &'a Event, wanted: &ParameterValue, text: &str) -> Option<&'a Register<String>> {
    setup.parameters.get(&wanted.parameter)?.get(text)
}

/// Text and value as they are kept.
fn check(setup: &Event, rulebook: &Rulebook, wanted: &ParameterValue) -> Result<(String, String), Refusal> {
    let named = |code| Refusal::new(code).with("parameter", &wanted.parameter);
    let parameter = rulebook.parameter(wanted.parameter.as_str()).ok_or_else(|| named("unknown-parameter"))?;
    let (text, value) = (wanted.text.trim().to_owned(), tidy(parameter, &wanted.value));
    if parameter.by.is_none() && !text.is_empty() {
        return Err(named("parameter-for-all").with("text", text));
    }
    if text.chars().count() > LONGEST || value.chars().count() > LONGEST {
        return Err(Refusal::new("too-long").with("max", LONGEST));
    }
    if let Err(why) = rulebook.check_value_of(parameter, &value)
        && !value.is_empty()
    {
        let kind = match (&why, parameter.kind) {
            (ParameterFault::Key { .. }, _) => "key",
            (ParameterFault::Unreadable, ParameterKind::Number) => "number",
            (ParameterFault::Unreadable, ParameterKind::Time) => "time",
            (ParameterFault::Unreadable, ParameterKind::Answer) => "answer",
        };
        let refusal = named("parameter-value").with("text", text).with("value", value).with("kind", kind);
        return Err(match why {
            ParameterFault::Key { item, fault } => fault
                .args()
                .into_iter()
                .fold(refusal.with("item", item), |refusal, (name, value)| refusal.with(&name, value)),
            ParameterFault::Unreadable => refusal,
        });
    }
    let known = |id| register(setup, wanted, &text).is_some_and(|register| register.version(id).is_some());
    if !wanted.replaces.iter().all(known) {
        return Err(Refusal::new("stale"));
    }
    Ok((text, value))
}

/// A value without what a keyboard or an input method adds: outer spaces, full-width digits and letters, small letters of an answer.
fn tidy(parameter: &Parameter, typed: &str) -> String {
    let narrow = jiangsai_scoring::input::half_width(typed.trim());
    if parameter.kind == ParameterKind::Answer { narrow.to_uppercase() } else { narrow }
}
