//! Which values a parameter of a rulebook can have: readable ones, and keys that the items compared with them could have as answers.

use super::{AnswerKey, Expr, Item, Parameter, ParameterKind, Rulebook};
use crate::check;
use crate::field::Mark;
use crate::input::{MarkFault, check_mark};

/// Why a text cannot be the value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterFault {
    /// No number, no time or nothing where one is wanted.
    #[error("cannot be a value of the parameter")]
    Unreadable,
    /// No answer to an item that is compared with it.
    #[error("cannot be the key of item {item}: {fault}")]
    Key {
        /// The item.
        item: String,
        /// What is wrong with it as an answer.
        fault: MarkFault,
    },
}

impl Rulebook {
    /// Looks whether this can be the value of one of its parameters.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check_value_of(&self, parameter: &Parameter, text: &str) -> Result<(), ParameterFault> {
        if !crate::engine::is_parameter(parameter.kind, text) {
            return Err(ParameterFault::Unreadable);
        }
        if parameter.kind != ParameterKind::Answer {
            return Ok(());
        }
        let answer = Mark::Answer(text.trim().to_uppercase());
        for item in self.keyed_by(&parameter.id) {
            check_mark(item, &answer).map_err(|fault| ParameterFault::Key { item: item.id.clone(), fault })?;
        }
        Ok(())
    }

    /// Can this be the value of one of its parameters?
    #[must_use]
    pub fn takes(&self, parameter: &Parameter, text: &str) -> bool {
        self.check_value_of(parameter, text).is_ok()
    }

    /// Items whose answers are compared with a parameter, each once.
    fn keyed_by(&self, parameter: &str) -> Vec<&Item> {
        let own = self.items.iter().filter_map(|item| Some((Some(item), item.score.as_ref()?)));
        let all = own.chain(check::expressions(self).into_iter().map(|(_, expr)| (None, expr)));
        let mut found: Vec<&Item> = Vec::new();
        for (own, expr) in all {
            let mut stack = vec![expr];
            while let Some(expr) = stack.pop() {
                if let Expr::Answer { item, key: AnswerKey::Parameter(id), .. } = expr
                    && id == parameter
                {
                    let item = item.as_ref().map_or(own, |id| self.item(id));
                    found.extend(item.filter(|item| found.iter().all(|known| known.id != item.id)));
                }
                expr.children(&mut |child| stack.push(child));
            }
        }
        found
    }
}
