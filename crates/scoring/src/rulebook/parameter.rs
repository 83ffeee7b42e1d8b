//! Parameters: reference values, keys and limits that change with the session or the paper, and scales of texts.

use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value that marks are compared with. It may stand in the rulebook or come with the marks, as one that is sealed until a session
/// ends does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Id, unique among the parameters.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What it is.
    #[serde(default)]
    pub kind: ParameterKind,
    /// The datum of the entry that chooses the value, such as `session` or `paper`; one value for all when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The value for all, or where `values` has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Values by the text of the datum.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A number.
    #[default]
    Number,
    /// A time, as `mm:ss.f` or in seconds.
    Time,
    /// The letters of an answer.
    Answer,
}

/// Texts in an order, such as skill levels from the lowest to the highest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Id, unique among the scales.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The texts, the lowest first.
    pub values: Vec<String>,
}
