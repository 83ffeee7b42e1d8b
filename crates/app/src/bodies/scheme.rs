//! The body that makes a rulebook of a WorldSkills marking scheme.

use super::body;
use super::files::decode;
use jiangsai_domain::command::scheme::{FromMarkingScheme, SchemeRead};
use jiangsai_domain::import::marking_scheme;

body!(FromMarkingScheme, |command, _app, _| {
    let table = crate::table::read_sheet(&decode(&command.file)?, marking_scheme::SHEET)?;
    Ok(match marking_scheme::read(&table) {
        Ok(rulebook) => SchemeRead::Rulebook(marking_scheme::summary(&rulebook)),
        Err(faults) => SchemeRead::Refused(faults),
    })
});
