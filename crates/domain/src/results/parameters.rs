//! Which values of parameters count: those that were given, do not cross, and are such as the parameter takes.

use crate::competition::Event;
use crate::ids::ParameterId;
use jiangsai_scoring::rulebook::Rulebook;
use std::collections::BTreeMap;

/// Values that count, by parameter and by the text that chooses one (empty for everybody else); `over` is laid over those on record. A
/// value on record of a parameter that the rulebook does not have, or cannot be, is passed over.
#[must_use]
pub fn given(
    setup: &Event,
    rulebook: &Rulebook,
    over: &[(ParameterId, String, String)],
) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for parameter in &rulebook.parameters {
        let id = ParameterId::from(parameter.id.as_str());
        let recorded = setup.parameters.get(&id).into_iter().flatten();
        let mut values: BTreeMap<String, String> = recorded
            .filter_map(|(text, register)| Some((text.clone(), register.agreed()?.clone())))
            .chain(over.iter().filter(|(own, ..)| *own == id).map(|(_, text, value)| (text.clone(), value.clone())))
            .collect();
        values.retain(|_, value| rulebook.takes(parameter, value));
        if !values.is_empty() {
            all.insert(parameter.id.clone(), values);
        }
    }
    all
}
