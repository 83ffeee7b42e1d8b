//! Lines about the people who work for a competition: grants, keys, signing in, approvals.

use super::Acts;
use crate::people::Officer;
use crate::view::people::{name, short};

impl Acts<'_, '_> {
    /// Grants, keys, signing in and approvals, with the settings.
    pub(super) fn people(&mut self) {
        let (state, wanted) = (self.state, self.wanted.settings());
        for (id, register) in &state.people.officers {
            let args = move || vec![("name".to_owned(), name(state, id))];
            self.take(register, "officer", wanted, args, officer_text);
        }
        let on = |on: &bool| if *on { "✓".to_owned() } else { "○".to_owned() };
        self.take(&state.people.sign_in, "sign-in", wanted, Vec::new, on);
        for (id, nodes) in &state.people.keys {
            for (node, register) in nodes {
                let args =
                    move || vec![("name".to_owned(), name(state, id)), ("node".to_owned(), short(node.as_str()))];
                self.take(register, "officer-key", wanted, args, |key| short(key));
            }
        }
        for (record, register) in &state.people.approvals {
            let args = move || vec![("record".to_owned(), short(record.as_str()))];
            self.take(register, "approved", wanted, args, |own| name(state, &own.officer));
        }
    }
}

/// Name, unit and roles; the roles are keys, which the screen puts into words.
fn officer_text(officer: &Officer) -> String {
    let roles = officer.roles.iter().map(|role| role.key().to_owned());
    let texts = [officer.name.clone(), officer.unit.clone()].into_iter().chain(roles);
    let retired = officer.retired.then(|| "○".to_owned());
    texts.chain(retired).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
