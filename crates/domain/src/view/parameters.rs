//! The parameters of an event: what they are, which values they have, which are missing.

use super::home::is_marked;
use crate::command::parameters::{ParameterCell, ParameterView, ParametersView};
use crate::competition::{Competition, Event};
use crate::decide::rulebook::in_use;
use crate::envelope::Refusal;
use crate::ids::{EventId, ParameterId};
use crate::register::Register;
use crate::results::{data_of, engine_of};
use jiangsai_scoring::Rulebook;
use jiangsai_scoring::rulebook::Parameter;
use std::collections::BTreeMap;

/// Every parameter with its values.
///
/// # Errors
/// `not-found`, `no-rulebook`, `needs-newer`.
pub fn parameters(state: &Competition, event: &EventId) -> Result<ParametersView, Refusal> {
    let (setup, engine) = engine_of(state, event)?;
    let waiting = waiting(state, event, setup, engine.rulebook());
    let parameters = engine.rulebook().parameters.iter().map(|parameter| ParameterView {
        id: parameter.id.as_str().into(),
        name: parameter.name.clone(),
        kind: parameter.kind,
        by: parameter.by.clone(),
        cells: cells(&waiting, setup, engine.rulebook(), parameter),
    });
    Ok(ParametersView { parameters: parameters.collect(), in_use: in_use(state, event) })
}

/// Values that entries wait for.
#[must_use]
pub fn missing(state: &Competition, event: &EventId) -> usize {
    let Ok((setup, engine)) = engine_of(state, event) else { return 0 };
    let waiting = waiting(state, event, setup, engine.rulebook());
    let cells =
        engine.rulebook().parameters.iter().flat_map(|parameter| cells(&waiting, setup, engine.rulebook(), parameter));
    cells.filter(|cell| cell.missing).count()
}

/// Names of the parameters that have no value for an entry.
#[must_use]
pub fn missing_for(
    state: &Competition,
    event: &EventId,
    entry: &crate::competition::Entry,
) -> Vec<jiangsai_scoring::Text> {
    let Ok((setup, engine)) = engine_of(state, event) else { return Vec::new() };
    let data = data_of(state, entry);
    let lacks = |parameter: &&Parameter| {
        let text = parameter.by.as_ref().and_then(|by| data.get(by)).map(String::as_str).unwrap_or_default().trim();
        !has(setup, engine.rulebook(), parameter, text) && !has(setup, engine.rulebook(), parameter, "")
    };
    engine.rulebook().parameters.iter().filter(lacks).map(|parameter| parameter.name.clone()).collect()
}

/// The data of the entries that wait for results; nothing where no parameter asks for them.
fn waiting(state: &Competition, event: &EventId, setup: &Event, rulebook: &Rulebook) -> Vec<BTreeMap<String, String>> {
    if rulebook.parameters.is_empty() {
        return Vec::new();
    }
    let waiting = state.entries_of(event).filter(|(_, entry)| is_marked(setup, entry.status()));
    waiting.map(|(_, entry)| data_of(state, entry)).collect()
}

fn cells(
    waiting: &[BTreeMap<String, String>],
    setup: &Event,
    rulebook: &Rulebook,
    parameter: &Parameter,
) -> Vec<ParameterCell> {
    let mut entries: BTreeMap<&str, u32> = BTreeMap::new();
    for data in waiting {
        let text = parameter.by.as_ref().and_then(|by| data.get(by)).map(String::as_str).unwrap_or_default();
        *entries.entry(text.trim()).or_default() += 1;
    }
    let recorded = setup.parameters.get(&ParameterId::from(parameter.id.as_str()));
    let mut texts: Vec<&str> = entries.keys().copied().chain(parameter.values.keys().map(String::as_str)).collect();
    texts.extend(recorded.into_iter().flat_map(BTreeMap::keys).map(String::as_str));
    texts.push("");
    // By length first, so that 10 stands after 9; the one for everybody else is the last.
    texts.sort_by_key(|text| (text.is_empty(), text.chars().count(), *text));
    texts.dedup();
    let alone = texts.len() == 1;
    let general = has(setup, rulebook, parameter, "");
    let cell = |text: &&str| {
        let register = recorded.and_then(|values| values.get(*text));
        let given = register.and_then(Register::agreed).cloned().unwrap_or_default();
        let waits = entries.get(*text).copied().unwrap_or_default();
        // Without entries a value for all, or for whoever comes, is waited for all the same.
        let wanted = if text.is_empty() { alone } else { waits > 0 };
        ParameterCell {
            text: (*text).to_owned(),
            entries: waits,
            own: own(parameter, text).cloned().unwrap_or_default(),
            crossing: register.filter(|own| own.crosses()).map(crossing).unwrap_or_default(),
            unread: !given.is_empty() && !rulebook.takes(parameter, &given),
            missing: wanted && !general && !has(setup, rulebook, parameter, text),
            current: register.map(Register::current).unwrap_or_default(),
            given,
        }
    };
    texts.iter().map(cell).collect()
}

/// The value in the rulebook.
fn own<'a>(parameter: &'a Parameter, text: &str) -> Option<&'a String> {
    if text.is_empty() { parameter.value.as_ref() } else { parameter.values.get(text) }
}

/// Is there a value that counts for this text?
fn has(setup: &Event, rulebook: &Rulebook, parameter: &Parameter, text: &str) -> bool {
    let recorded = setup.parameters.get(&ParameterId::from(parameter.id.as_str())).and_then(|values| values.get(text));
    let given = recorded.and_then(Register::agreed).is_some_and(|value| rulebook.takes(parameter, value));
    given || own(parameter, text).is_some()
}

fn crossing(register: &Register<String>) -> Vec<String> {
    register.standing().into_iter().map(|(_, version)| version.value.clone()).collect()
}
