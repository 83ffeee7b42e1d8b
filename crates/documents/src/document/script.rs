//! 主持人颁奖稿: what is read out at the ceremony, from the last to the first.

use serde::Serialize;

/// What is read out, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Script {
    /// What is said before the first award.
    pub opening: Vec<String>,
    /// The calls, in the order in which they are read.
    pub calls: Vec<Call>,
    /// What is said after the last.
    pub closing: Vec<String>,
}

/// One award or rank that is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Its name, for the eye.
    pub heading: String,
    /// What is said before the names.
    pub lead: String,
    /// The names, in the order in which they are read: unit and name.
    pub names: Vec<(String, String)>,
    /// What is said after the names, or instead of them.
    pub after: String,
}
