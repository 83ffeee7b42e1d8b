//! Lines about the people who work for a competition: grants, keys, signing in, approvals.

use super::Acts;
use crate::people::Officer;
use crate::view::people::{name, short};

impl Acts<'_, '_> {
    /// Grants, keys, signing in and approvals, with the settings.
    pub(super) fn people(&mut self) {
        let (state, wanted) = (self.state, self.wanted.settings());
        for (id, register) in &state.people.heard().officers {
            let args = move || vec![("name".to_owned(), name(state, id))];
            self.take(register, "officer", wanted, args, officer_text);
        }
        let on = |on: &bool| if *on { "✓".to_owned() } else { "○".to_owned() };
        self.take(&state.people.heard().sign_in, "sign-in", wanted, Vec::new, on);
        for (id, nodes) in &state.people.heard().keys {
            for (node, register) in nodes {
                let args =
                    move || vec![("name".to_owned(), name(state, id)), ("node".to_owned(), short(node.as_str()))];
                self.take(register, "officer-key", wanted, args, |key| short(key));
            }
        }
        for (key, register) in &state.people.heard().revoked {
            let whose = register.versions().next().map(|(_, own)| &own.value.officer);
            let args = move || {
                let name = whose.map(|officer| name(state, officer)).unwrap_or_default();
                vec![("name".to_owned(), name), ("key".to_owned(), short(key))]
            };
            self.take(register, "officer-key-revoked", wanted, args, |own| own.trusted.len().to_string());
        }
        for (record, register) in &state.people.heard().approvals {
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
