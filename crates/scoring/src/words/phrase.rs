//! A value on its way into words: what it is called, what was done to it, and the intermediate values it needs.

use super::names::Book;
use super::say::{join, label, say, sentence};
use crate::rulebook::Item;
use crate::text::Text;

/// How tightly the parts of a noun hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// Several words that need brackets in a formula.
    Loose,
    /// A sum or difference.
    Sum,
    /// A product or quotient.
    Product,
    /// One name or number.
    Name,
}

/// A value in words: a noun, then one step for each operation, from the inside out.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub noun: Text,
    pub bond: Bond,
    pub steps: Vec<Text>,
    /// It stands for several values.
    pub list: bool,
    /// The last step left values out, so that the next one follows it in the same clause.
    pub cut: bool,
    /// How many names the noun holds.
    pub names: usize,
}

impl Phrase {
    /// One name or number.
    pub fn name(noun: Text) -> Self {
        Self { noun, bond: Bond::Name, steps: Vec::new(), list: false, cut: false, names: 1 }
    }

    /// A noun of several words.
    pub fn noun(noun: Text, bond: Bond, names: usize) -> Self {
        Self { noun, bond, steps: Vec::new(), list: false, cut: false, names }
    }

    /// So many names make a noun that stands alone.
    pub const HEAVY: usize = 99;

    /// A noun that is a sentence by itself.
    pub fn heavy(noun: Text) -> Self {
        Self::noun(noun, Bond::Loose, Self::HEAVY)
    }

    /// Several values under one name.
    pub fn list(noun: Text) -> Self {
        Self { list: true, ..Self::name(noun) }
    }

    /// Does one more thing to it.
    pub fn then(mut self, step: Text) -> Self {
        if let Some(last) = self.steps.last_mut().filter(|_| self.cut) {
            *last = say!("{last}后{step}", "{last}, then {step}", last = last.clone(), step = step);
        } else {
            self.steps.push(step);
        }
        self.cut = false;
        self
    }

    /// Noun and steps.
    pub fn whole(&self) -> Text {
        if self.steps.is_empty() {
            return self.noun.clone();
        }
        let steps = join(&self.steps, "，", ", ");
        say!("{noun}，{steps}", "{noun}, {steps}", noun = self.noun, steps = steps)
    }
}

/// An expression in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Intermediate values, each before it is used.
    pub before: Vec<Text>,
    /// The value.
    pub value: Text,
    /// What becomes of missing marks.
    pub notes: Vec<Text>,
}

impl Said {
    /// Everything as one text.
    pub fn text(self) -> Text {
        let mut clauses = self.before;
        clauses.push(self.value);
        let clauses = join(&clauses, "；", "; ");
        let mut sentences = vec![clauses];
        sentences.extend(self.notes);
        if let [single] = sentences.as_slice() {
            return single.clone();
        }
        join(&sentences.iter().map(sentence).collect::<Vec<_>>(), "", " ")
    }

    /// Everything as lines, the value under its name.
    pub fn lines(self, name: &Text) -> Vec<Text> {
        let mut lines: Vec<Text> = self.before.iter().map(sentence).collect();
        lines.push(sentence(&say!("{name}：{value}", "{name}: {value}", name = name, value = self.value)));
        lines.extend(self.notes.iter().map(sentence));
        lines
    }
}

/// Turns expressions of one place into words.
pub(super) struct Writer<'a> {
    pub book: &'a Book<'a>,
    /// The item whose score it is.
    pub own: Option<&'a Item>,
    pub before: Vec<Text>,
    pub notes: Vec<Text>,
    /// For whom an intermediate value is computed: each judge, each attempt, each member, each entry.
    pub scope: Vec<Text>,
}

impl<'a> Writer<'a> {
    pub const fn new(book: &'a Book<'a>, own: Option<&'a Item>) -> Self {
        Self { book, own, before: Vec::new(), notes: Vec::new(), scope: Vec::new() }
    }

    /// Puts aside an intermediate value under a label and gives the label.
    pub fn aside(&mut self, phrase: &Phrase) -> Text {
        let label = label(self.before.len());
        let scope = join(&self.scope, "、", ", ");
        let whole = phrase.whole();
        let line = if self.scope.is_empty() {
            say!("{label}＝{whole}", "{label} = {whole}", label = label, whole = whole)
        } else {
            say!(
                "{label}（{scope}）＝{whole}",
                "{label} ({scope}) = {whole}",
                label = label,
                scope = scope,
                whole = whole
            )
        };
        self.before.push(line);
        label
    }

    /// The phrase as part of a formula that binds as tightly as `bond`.
    pub fn part(&mut self, phrase: Phrase, bond: Bond) -> Phrase {
        if !phrase.steps.is_empty() || (phrase.names > MOST_NAMES && phrase.bond < Bond::Name) {
            return Phrase { list: phrase.list, ..Phrase::name(self.aside(&phrase)) };
        }
        if phrase.bond < bond {
            let noun = say!("（{noun}）", "({noun})", noun = phrase.noun);
            return Phrase { noun, bond: Bond::Name, ..phrase };
        }
        phrase
    }

    /// Adds a note once.
    pub fn note(&mut self, note: Text) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub fn said(self, value: Text) -> Said {
        Said { before: self.before, value, notes: self.notes }
    }
}

/// A formula within a formula has no more names than this.
const MOST_NAMES: usize = 3;
