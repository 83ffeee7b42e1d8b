//! What is marked: items, how their marks are typed in, who gives them.

use super::{Expr, Gap, Operands};
use crate::exact::Exact;
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that is marked (评分点), timed, read off an instrument or imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Id, unique among items and nodes together.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// 配分: the most it can score. Left out for what is not scored by itself (a time, a reading, a module deduction).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Exact>,
    /// What is typed in.
    pub input: Input,
    /// Who gives the mark.
    pub by: MarkedBy,
    /// The stage it belongs to, where the rulebook has stages and the item belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// How many times it is marked for one entry (runs, dives, replicate readings), 2 to 99; once when not given. With attempts `score` is
    /// needed, and says with `each_attempt` what becomes of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u16>,
    /// How the mark becomes the item's score. Left out: the mean of the panel or the mark itself, with a level scaled to 配分, a
    /// tick worth all of it, and a deduction taken off it (never below zero).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Expr>,
    /// Largest difference allowed between the marks of the panel. A wider spread leaves the item without a score until the
    /// panel has marked it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Exact>,
    /// What the item counts when it has no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle: Option<Settle>,
    /// Faults by name, to choose from when a deduction is marked. They change nothing in how the mark counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<NamedFault>,
}

/// A fault that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedFault {
    /// What it is.
    pub name: Text,
    /// What it adds to what is typed, a number of faults or points lost; 1 when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Exact>,
    /// A red line (红线): asked twice before it is recorded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub red_line: bool,
}

/// What is typed in for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// A number.
    Number {
        /// Smallest allowed; zero when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Exact>,
        /// Largest allowed; 配分 when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Exact>,
        /// Every mark is the smallest plus a multiple of this; free when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Exact>,
    },
    /// A level 0, 1, … `max`.
    Level {
        /// The highest level, usually 3.
        max: u8,
        /// A text for each level from 0 up: none, or one for every level.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        texts: Vec<Text>,
    },
    /// One of the listed values and no other.
    Choice {
        /// The values, in the order to show them.
        options: Vec<Choice>,
    },
    /// Full marks (1) or none (0).
    Tick {},
    /// Points lost: a number of faults where `each` is given, otherwise the points themselves.
    Deduction {
        /// Points lost by each fault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        each: Option<Exact>,
        /// Step of the points lost, where they are typed themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Exact>,
        /// Most faults, or most points lost, that may be typed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<Exact>,
    },
    /// How many there are of something that earns points.
    Count {
        /// Points for each.
        each: Exact,
        /// Most that may be typed; 999 when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<Exact>,
    },
    /// Letters: a choice, a matching or an order, such as `BDAEC`. Typed in any case.
    Answer {
        /// How many letters.
        length: u8,
        /// The letters that may be used; `A` to the one of the length when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letters: Option<String>,
        /// Each letter at most once: an order.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        once: bool,
    },
    /// A judge's placing: 1 for the best, 2 for the next.
    Placing {
        /// Most places; 999 when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u16>,
    },
    /// A judge's vote: 1 for, 0 against or none.
    Vote {},
    /// A time, typed as `mm:ss.f`, `h:mm:ss` or seconds; its value is in seconds.
    Time {
        /// Longest time, in seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_seconds: Option<Exact>,
        /// Every time is a multiple of this many seconds; free when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Exact>,
    },
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value.
    pub value: Exact,
    /// What it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// Who gives a mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkedBy {
    /// Every judge of the panel with this id, each alone.
    Panel(String),
    /// The judges agree on one value, written by the group leader.
    Agreed,
    /// Measured: read off a clock or an instrument.
    Measured,
    /// Brought in from elsewhere, such as the theory test.
    Imported,
    /// The chief judge (裁判长) adjusts it, always with a reason.
    Chief,
}

impl Item {
    /// How many times it is marked for one entry and judge.
    #[must_use]
    pub fn attempt_count(&self) -> u16 {
        self.attempts.unwrap_or(1)
    }

    /// The chief judge gives it, with a reason: it stands on no sheet.
    #[must_use]
    pub fn is_adjusted(&self) -> bool {
        self.by == MarkedBy::Chief
    }

    /// The panel that marks it, judge by judge; `None` for an item with one value.
    #[must_use]
    pub fn panel(&self) -> Option<&str> {
        match &self.by {
            MarkedBy::Panel(panel) => Some(panel),
            MarkedBy::Agreed | MarkedBy::Measured | MarkedBy::Imported | MarkedBy::Chief => None,
        }
    }
}

/// What a value that is missing becomes. What is left out stays missing and must be handled further up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// When nobody has marked it yet. Only for what need not be marked, such as a deduction: the entry then counts as finished
    /// without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_yet: Option<Exact>,
    /// When it was not there to be marked, or too few judges were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Exact>,
    /// When it was declared void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Exact>,
}

impl Item {
    /// How the mark becomes the score: as the item says, or the default of its input.
    #[must_use]
    pub fn score_expr(&self) -> Expr {
        if let Some(own) = &self.score {
            return own.clone();
        }
        let mark = match self.by {
            MarkedBy::Panel(_) => {
                let all = Expr::Panel { item: None, minimum: None, absent: Gap::Refuse, void: Gap::Refuse };
                if matches!(self.input, Input::Vote {}) {
                    Expr::Sum(Operands::one(all))
                } else {
                    Expr::Mean(Operands::one(all))
                }
            }
            MarkedBy::Agreed | MarkedBy::Measured | MarkedBy::Imported | MarkedBy::Chief => Expr::Mark,
        };
        match (&self.input, &self.max) {
            (Input::Level { max, .. }, Some(full)) => {
                Expr::Scale { of: Box::new(mark), from: Exact::from_int(i64::from(*max)), to: full.clone() }
            }
            (Input::Tick {}, Some(full)) => Expr::Scale { of: Box::new(mark), from: Exact::ONE, to: full.clone() },
            (Input::Count { each, .. }, _) => Expr::Times(Operands(vec![mark, Expr::Constant(each.clone())])),
            (Input::Deduction { each, .. }, full) => {
                let lost = match each {
                    Some(each) => Expr::Times(Operands(vec![mark, Expr::Constant(each.clone())])),
                    None => mark,
                };
                match full {
                    Some(full) => Expr::Minus {
                        from: Box::new(Expr::Constant(full.clone())),
                        less: Operands::one(lost),
                        floor: Some(Exact::ZERO),
                    },
                    None => lost,
                }
            }
            _ => mark,
        }
    }
}
