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
        input(item, &path, faults);
    }
}

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
        Input::Tick {} => {}
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
