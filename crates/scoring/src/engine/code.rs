//! Compiled expressions: the rulebook's with every name resolved to an index.

use crate::exact::{Exact, RoundMode};
use crate::input::show_time;
use crate::outcome::Score;
use crate::rulebook::{Gap, Relation, Table, Trim};

/// An expression with resolved names. The laws are those of [`crate::rulebook::Expr`].
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// The one mark of an item.
    Mark(usize),
    /// The marks of a panel item.
    Panel {
        item: usize,
        minimum: usize,
        absent: Gap,
        void: Gap,
    },
    /// The value of a slot.
    Slot(usize),
    Constant(Exact),
    Seconds(Exact),
    /// A datum of the entry.
    Datum(usize),
    InSeconds(Box<Self>),
    /// An aggregate over operands laid out flat.
    Fold(Fold, Vec<Self>),
    Trim(Box<Trimmed>),
    Weigh(Vec<(Self, Exact)>),
    Scale {
        of: Box<Self>,
        from: Exact,
        to: Exact,
    },
    Minus {
        from: Box<Self>,
        less: Vec<Self>,
        floor: Option<Exact>,
    },
    Clamp {
        of: Box<Self>,
        low: Option<Exact>,
        high: Option<Exact>,
    },
    Abs(Box<Self>),
    Divide {
        of: Box<Self>,
        by: Box<Self>,
        zero: Option<Box<Self>>,
    },
    Round {
        of: Box<Self>,
        digits: u8,
        mode: RoundMode,
    },
    Settle {
        of: Box<Self>,
        absent: Option<Exact>,
        void: Option<Exact>,
    },
    Table {
        of: Box<Self>,
        table: Box<Table>,
    },
    When(Box<Branch>),
}

/// A list without its extremes.
#[derive(Clone, Debug)]
pub(super) struct Trimmed {
    pub of: Vec<Code>,
    /// The rule; its own operands are not looked at.
    pub rule: Trim,
}

/// A condition and its two values.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub left: Code,
    pub is: Relation,
    pub right: Code,
    pub then: Code,
    pub otherwise: Code,
}

/// What an aggregate does with its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Mean,
    Median,
    Sum,
    Times,
    Min,
    Max,
    Count,
}

impl Fold {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Sum => "sum",
            Self::Times => "times",
            Self::Min => "min",
            Self::Max => "max",
            Self::Count => "count",
        }
    }
}

/// How a value is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// It is a time.
    pub time: bool,
    /// It has exactly so many decimals.
    pub digits: Option<u8>,
}

impl Style {
    pub fn value(self, value: &Exact) -> String {
        match self.digits {
            _ if self.time => show_time(value),
            Some(digits) => value.fixed(digits),
            None => value.to_string(),
        }
    }

    pub fn score(self, score: &Score) -> String {
        match score {
            Score::Value(value) => self.value(value),
            Score::NotYet | Score::Absent | Score::Void => String::new(),
        }
    }
}
