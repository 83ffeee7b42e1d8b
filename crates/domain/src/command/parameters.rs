//! Commands about the values of parameters that do not stand in the rulebook, such as those that are sealed until a session ends.

use super::results::Effect;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EventId, FactId, ParameterId};
use jiangsai_scoring::rulebook::ParameterKind;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// Every parameter of the event's rulebook: what it is, which values it has, which are missing.
    ShowParameters in competition = "parameters.show", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId
    } => ParametersView
}

/// Reply of [`ShowParameters`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParametersView {
    /// The parameters in the order of the rulebook.
    pub parameters: Vec<ParameterView>,
    /// Marks exist, so a change needs a reason and may move results.
    pub in_use: bool,
}

/// A parameter with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterView {
    /// Its id.
    pub id: ParameterId,
    /// Its name.
    pub name: Text,
    /// What it is.
    pub kind: ParameterKind,
    /// The datum of the entry that chooses the value; `None` for one value for all.
    pub by: Option<String>,
    /// Its values: one for each text of the datum, then the one for everybody else.
    pub cells: Vec<ParameterCell>,
}

/// One value of a parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterCell {
    /// The text that chooses it; empty for everybody else, or for all.
    pub text: String,
    /// Entries that wait for results and have this text; where it is empty, those without a text.
    pub entries: u32,
    /// The value that stands in the rulebook, or empty.
    pub own: String,
    /// The value given, or empty.
    pub given: String,
    /// Different values given at the same time, none of which counts; else empty.
    pub crossing: Vec<String>,
    /// The value on record is not one that the parameter can have under the present rulebook, so it does not count.
    pub unread: bool,
    /// Entries wait for it.
    pub missing: bool,
    /// The versions that stand, to name in the next change.
    pub current: Vec<FactId>,
}

command! {
    /// Gives or clears values of parameters, all or none.
    SetParameters in competition = "parameters.set", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// The values.
        values: Vec<ParameterValue>,
        /// Why; required once marks exist.
        reason: String,
        /// Only say what would change.
        preview: bool
    } => Effect
}

/// A value for a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterValue {
    /// Which parameter.
    pub parameter: ParameterId,
    /// The text that chooses it; empty for everybody else, or for all.
    pub text: String,
    /// As typed; empty to clear it.
    pub value: String,
    /// The versions that were on screen.
    pub replaces: Vec<FactId>,
}
