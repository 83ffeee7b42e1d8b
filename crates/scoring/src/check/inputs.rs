//! Whether what is typed for each item can make sense.

use super::range;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Input, Item, Rulebook};
use std::collections::HashSet;

pub(super) fn check(rulebook: &Rulebook, faults: &mut Vec<Fault>) {
    for (index, item) in rulebook.items.iter().enumerate() {
        let path = format!("/items/{index}");
        let max = &item.max;
        not_below_zero(&format!("{path}/max"), max.as_ref(), faults);
        not_below_zero(&format!("{path}/spread"), item.spread.as_ref(), faults);
        match item.panel() {
            Some(panel) if rulebook.panel(panel).is_none() => faults.push(
                Fault::new(format!("{path}/by/panel"), FaultCode::UnknownId).with("id", panel).with("wanted", "panel"),
            ),
            None if item.spread.is_some() => {
                faults.push(Fault::new(format!("{path}/spread"), FaultCode::NoMarkHere).with("wanted", "panel"));
            }
            _ => {}
        }
        attempts(item, &path, faults);
        if let Some(stage) = item.stage.as_ref().filter(|id| rulebook.stages.iter().all(|stage| stage.id != **id)) {
            faults.push(
                Fault::new(format!("{path}/stage"), FaultCode::UnknownId).with("id", stage).with("wanted", "stage"),
            );
        }
        input(item, &path, faults);
        named_faults(item, &path, faults);
    }
    parameters(rulebook, faults);
    for (index, scale) in rulebook.scales.iter().enumerate() {
        let mut seen = HashSet::new();
        if scale.values.is_empty() {
            faults.push(Fault::new(format!("/scales/{index}/values"), FaultCode::Empty));
        }
        for value in scale.values.iter().filter(|value| !seen.insert(value.as_str())) {
            faults.push(Fault::new(format!("/scales/{index}/values"), FaultCode::DuplicateId).with("id", value));
        }
    }
}

/// Faults have names only where a deduction is marked.
fn named_faults(item: &Item, path: &str, faults: &mut Vec<Fault>) {
    let path = format!("{path}/faults");
    if !item.faults.is_empty() && !matches!(item.input, Input::Deduction { .. }) {
        faults.push(Fault::new(&path, FaultCode::NoMarkHere).with("wanted", "deduction"));
    }
    if item.faults.len() > 99 {
        faults.push(range(&path, 0, 99, item.faults.len()));
    }
    for (index, fault) in item.faults.iter().enumerate() {
        positive(&format!("{path}/{index}/lost"), fault.lost.as_ref(), faults);
    }
}

fn attempts(item: &Item, path: &str, faults: &mut Vec<Fault>) {
    let Some(attempts) = item.attempts else { return };
    if !(2..=MOST_ATTEMPTS).contains(&attempts) {
        faults.push(range(format!("{path}/attempts"), 2, MOST_ATTEMPTS, attempts));
    }
    if item.score.is_none() {
        faults.push(Fault::new(format!("{path}/score"), FaultCode::NoMarkHere).with("wanted", "each_attempt"));
    }
}

/// Every value of a parameter can be read, and an answer key has letters.
fn parameters(rulebook: &Rulebook, faults: &mut Vec<Fault>) {
    for (index, parameter) in rulebook.parameters.iter().enumerate() {
        let own = parameter.value.iter().map(|value| (String::from("value"), value));
        let all = own.chain(parameter.values.iter().map(|(text, value)| (format!("values/{text}"), value)));
        for (place, value) in all.filter(|(_, value)| !crate::engine::is_parameter(parameter.kind, value)) {
            faults.push(
                Fault::new(format!("/parameters/{index}/{place}"), FaultCode::OutOfRange)
                    .with("low", "")
                    .with("high", "")
                    .with("found", value),
            );
        }
    }
}

/// The letters of an answer: enough of them for the length where each may be used once.
fn answer(length: u8, letters: Option<&str>, once: bool, path: &str, faults: &mut Vec<Fault>) {
    let known = crate::input::answer_letters(length, letters);
    let count = u8::try_from(known.chars().count()).unwrap_or(u8::MAX);
    let most = match letters {
        None => 26,
        Some(_) if once => MOST_LETTERS.min(count.max(1)),
        Some(_) => MOST_LETTERS,
    };
    if !(1..=most).contains(&length) {
        faults.push(range(format!("{path}/length"), 1, most, length));
    }
    if letters.is_some() && count == 0 {
        faults.push(Fault::new(format!("{path}/letters"), FaultCode::Empty));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = known.chars().find(|letter| !seen.insert(*letter)) {
        faults.push(Fault::new(format!("{path}/letters"), FaultCode::DuplicateChoice).with("value", twice));
    }
}

/// Most attempts at an item.
const MOST_ATTEMPTS: u16 = 99;
/// Longest answer; what is typed for a mark is no longer.
const MOST_LETTERS: u8 = 32;

fn input(item: &Item, path: &str, faults: &mut Vec<Fault>) {
    let full = item.max.as_ref().filter(|_| item.score.is_none());
    match &item.input {
        Input::Number { min, max, step } => {
            let path = format!("{path}/input/number");
            positive(&format!("{path}/step"), step.as_ref(), faults);
            let low = min.clone().unwrap_or_default();
            if let Some(high) = max.as_ref().or(item.max.as_ref()).filter(|high| **high < low) {
                faults.push(range(format!("{path}/max"), low.to_string(), String::new(), high.to_string()));
            }
            if let (Some(high), Some(full)) = (max, full)
                && high > full
            {
                faults.push(range(format!("{path}/max"), low.to_string(), full.to_string(), high.to_string()));
            }
        }
        Input::Level { max, texts } => {
            let path = format!("{path}/input/level");
            if !(1..=100).contains(max) {
                faults.push(range(format!("{path}/max"), 1, 100, *max));
            }
            let wanted = usize::from(*max) + 1;
            if !texts.is_empty() && texts.len() != wanted {
                faults.push(
                    Fault::new(format!("{path}/texts"), FaultCode::LevelTexts)
                        .with("wanted", wanted)
                        .with("found", texts.len()),
                );
            }
        }
        Input::Choice { options } => {
            let path = format!("{path}/input/choice/options");
            if options.is_empty() || options.len() > 100 {
                faults.push(range(&path, 1, 100, options.len()));
            }
            let mut seen = HashSet::new();
            for (index, option) in options.iter().enumerate() {
                let path = format!("{path}/{index}/value");
                if !seen.insert(&option.value) {
                    faults.push(Fault::new(&path, FaultCode::DuplicateChoice).with("value", &option.value));
                }
                if let Some(full) = full.filter(|full| option.value > **full) {
                    faults.push(range(path, String::new(), full.to_string(), option.value.to_string()));
                }
            }
        }
        Input::Tick {} | Input::Vote {} => {}
        Input::Count { each: _, most } => {
            not_below_zero(&format!("{path}/input/count/most"), most.as_ref(), faults);
        }
        Input::Placing { most } => {
            if *most == Some(0) {
                faults.push(range(format!("{path}/input/placing/most"), 1, 999, 0));
            }
        }
        Input::Answer { length, letters, once } => {
            answer(*length, letters.as_deref(), *once, &format!("{path}/input/answer"), faults)
        }
        Input::Deduction { each, step, most } => {
            let path = format!("{path}/input/deduction");
            positive(&format!("{path}/each"), each.as_ref(), faults);
            positive(&format!("{path}/step"), step.as_ref(), faults);
            not_below_zero(&format!("{path}/most"), most.as_ref(), faults);
        }
        Input::Time { max_seconds, step } => {
            let path = format!("{path}/input/time");
            positive(&format!("{path}/max_seconds"), max_seconds.as_ref(), faults);
            positive(&format!("{path}/step"), step.as_ref(), faults);
        }
    }
}

fn positive(path: &str, value: Option<&Exact>, faults: &mut Vec<Fault>) {
    if let Some(value) = value.filter(|value| value.is_zero() || value.is_negative()) {
        faults.push(Fault::new(path, FaultCode::OutOfRange).with("low", "> 0").with("found", value));
    }
}

fn not_below_zero(path: &str, value: Option<&Exact>, faults: &mut Vec<Fault>) {
    if let Some(value) = value.filter(|value| value.is_negative()) {
        faults.push(Fault::new(path, FaultCode::OutOfRange).with("low", 0).with("found", value));
    }
}
