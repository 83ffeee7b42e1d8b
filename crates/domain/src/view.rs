//! What screens and sheets show of the state: one file an area, one function a query. Words are locale keys with arguments.

pub mod approvals;
pub mod awards;
pub mod blind;
pub mod bulletins;
pub mod certificates;
pub mod corrections;
pub mod derivation;
pub mod desk;
pub mod draw;
pub mod duties;
pub mod entries;
pub mod equals;
pub mod finalising;
pub mod findings;
pub mod hall;
pub mod history;
pub mod home;
pub mod incidents;
pub mod judges;
pub mod namesakes;
pub mod overview;
pub mod panel;
pub mod paper;
pub mod parameters;
pub mod people;
pub mod printed;
pub mod proposals;
pub mod quarantine;
pub mod reasons;
pub mod recheck;
pub mod rulebook;
pub mod scans;
pub mod screen;
pub mod sheet;
pub mod standings;
mod teams;
pub mod whom;

use crate::envelope::Refusal;
use crate::results::NoResults;

/// A locale key with arguments.
pub type Words = (String, Vec<(String, String)>);

/// A locale key without arguments.
fn key(key: &str) -> Words {
    (key.to_owned(), Vec::new())
}

/// A locale key with arguments.
fn words(key: &str, args: &[(&str, &dyn ToString)]) -> Words {
    (key.to_owned(), args.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect())
}

impl From<NoResults> for Refusal {
    fn from(why: NoResults) -> Self {
        match why {
            NoResults::UnknownEvent => Self::new("not-found"),
            NoResults::NoRulebook => Self::new("no-rulebook"),
            NoResults::NeedsNewer => Self::new("needs-newer"),
            NoResults::Part => Self::new("part"),
            NoResults::Locked => Self::new("standings-locked"),
            NoResults::Misfit => Self::new("rulebook-misfit"),
        }
    }
}
