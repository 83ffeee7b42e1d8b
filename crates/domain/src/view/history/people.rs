//! Lines about the people who work for a competition: grants, keys, signing in, approvals; and which computers read.

use super::Acts;
use crate::people::{Approval, Officer, Signer};
use crate::register::Version;
use crate::view::people::{called, name, short};

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
                    move || vec![("name".to_owned(), called(state, id)), ("node".to_owned(), short(node.as_str()))];
                let kind = match id {
                    Signer::Officer(_) => "officer-key",
                    Signer::Judge(_) => "judge-key",
                };
                self.take(register, kind, wanted, args, |key| short(key));
            }
        }
        for (key, register) in &state.people.heard().revoked {
            let whose = register.versions().next().map(|(_, own)| &own.value.signer);
            let args = move || {
                let name = whose.map(|signer| called(state, signer)).unwrap_or_default();
                vec![("name".to_owned(), name), ("key".to_owned(), short(key))]
            };
            self.take(register, "officer-key-revoked", wanted, args, |own| own.trusted.len().to_string());
        }
        for (key, register) in &state.readers {
            let args = move || vec![("key".to_owned(), short(key))];
            self.take(register, "readers", wanted, args, |own| own.boxes.len().to_string());
        }
        for (record, register) in &state.people.heard().approvals {
            let args = move || vec![("record".to_owned(), short(record.as_str()))];
            // What a judge approved the line of the sheet says.
            let of_officers = |(_, own): &(_, &Version<Approval>)| own.value.signer.officer().is_some();
            for version in register.versions().filter(|own| wanted && of_officers(own)) {
                self.one(register, version, "approved", args, |own| called(state, &own.signer));
            }
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
