//! Changing the settings of a competition.

use super::draft;
use crate::command::competition::Settings;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::form;

/// Longest text of a setting, in characters.
const LONGEST: usize = 200;

/// New settings; nothing when they are the same.
///
/// # Errors
/// `empty-title`, `too-long`, `bad-date`.
pub fn edit(state: &Competition, settings: &Settings) -> Result<Vec<Draft>, Refusal> {
    let settings = tidy(settings)?;
    if !state.settings.crosses() && state.settings.value() == Some(&settings) {
        return Ok(Vec::new());
    }
    Ok(vec![draft(Fact::Settings(settings), state.settings.current(), "")])
}

/// Settings as they are kept: trimmed, checked, the switched-on fields in order of the form.
///
/// # Errors
/// As for [`edit`].
pub fn tidy(settings: &Settings) -> Result<Settings, Refusal> {
    let mut tidy = settings.clone();
    let texts = [
        &mut tidy.title,
        &mut tidy.host,
        &mut tidy.organiser,
        &mut tidy.co_organiser,
        &mut tidy.place,
        &mut tidy.date,
        &mut tidy.level,
    ];
    for text in texts {
        *text = text.trim().to_owned();
        if text.chars().count() > LONGEST {
            return Err(Refusal::new("too-long").with("max", LONGEST));
        }
    }
    if tidy.title.is_empty() {
        return Err(Refusal::new("empty-title"));
    }
    if !tidy.date.is_empty() && !form::is_date(&tidy.date) {
        return Err(Refusal::new("bad-date"));
    }
    let wanted = std::mem::take(&mut tidy.fields);
    tidy.fields = form::switchable().iter().copied().filter(|field| wanted.contains(field)).collect();
    Ok(tidy)
}
