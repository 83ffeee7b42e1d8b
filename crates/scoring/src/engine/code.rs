//! Compiled expressions: the rulebook's with every name resolved to an index.

use crate::exact::{Exact, RoundMode};
use crate::input::show_time;
use crate::outcome::Score;
use crate::rulebook::{AcrossFold, AnswerCount, Direction, Gap, PlaceTies, Relation, Table, Trim, Which};

/// An expression with resolved names. The laws are those of [`crate::rulebook::Expr`].
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// The one mark of an item, at the attempt at hand.
    Mark(usize),
    /// The mark of the judge at hand.
    Own(usize),
    /// The marks of a panel item, at the attempt at hand.
    Panel {
        item: usize,
        policy: Policy,
    },
    EachJudge {
        panel: usize,
        of: Box<Self>,
        policy: Policy,
    },
    EachAttempt {
        item: usize,
        attempts: usize,
        of: Box<Self>,
        policy: Policy,
    },
    Answer {
        item: usize,
        key: KeyCode,
        count: AnswerCount,
    },
    Parameter(usize),
    /// The value of a slot.
    Slot(usize),
    Constant(Exact),
    Seconds(Exact),
    /// A number among the data of the entry.
    Datum(usize),
    /// Whole years from a date among the texts of the entry to a day.
    Age {
        born: usize,
        on: Date,
    },
    InSeconds(Box<Self>),
    InPlaces(Box<Self>),
    /// An aggregate over operands laid out flat.
    Fold(Fold, Vec<Self>),
    Trim(Box<Trimmed>),
    Take {
        of: Vec<Self>,
        which: Which,
        count: usize,
    },
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
    Root {
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
    /// A value that is made of the whole field.
    Wide(usize),
    Rank,
    AwardPoints {
        points: Vec<(usize, Exact)>,
        otherwise: Exact,
    },
    Members {
        of: Box<Self>,
        policy: Policy,
    },
}

/// What missing values of a list become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Policy {
    pub minimum: usize,
    pub not_yet: Gap,
    pub absent: Gap,
    pub void: Gap,
}

/// What an answer is compared with.
#[derive(Clone, Debug)]
pub(super) enum KeyCode {
    Letters(String),
    Parameter(usize),
    Item(usize),
}

/// A day of the calendar, comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`, `YYYY/MM/DD`, `YYYY.MM.DD` or `YYYYMMDD`; between signs a month or a day may have one digit, as tables write it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = match text.chars().find(|c| matches!(c, '-' | '/' | '.')) {
            Some(sign) => text.split(sign).collect(),
            None if text.len() == 8 => vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?],
            None => return None,
        };
        let [year, month, day] = parts.as_slice() else { return None };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let short = |text: &str| (1..=2).contains(&text.len()) && digits(text);
        if year.len() != 4 || !digits(year) || !short(month) || !short(day) {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let leap = date.year.is_multiple_of(4) && (!date.year.is_multiple_of(100) || date.year.is_multiple_of(400));
        let last = match date.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        (1..=last).contains(&date.day).then_some(date)
    }

    /// Whole years from `born` to this day; whoever was born on 29 February completes a year on 1 March of a common year.
    pub fn years_since(self, born: Self) -> Option<u16> {
        let before = (self.month, self.day) < (born.month, born.day);
        self.year.checked_sub(born.year)?.checked_sub(u16::from(before))
    }
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
    pub is: Test,
    pub then: Code,
    pub otherwise: Code,
}

/// A condition.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Compare {
        left: Code,
        is: Relation,
        right: Code,
    },
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    DatumIs {
        text: usize,
        any_of: Vec<String>,
    },
    /// Places on a scale; what is not on it stands at 0.
    OnScale {
        text: usize,
        scale: Vec<String>,
        is: Relation,
        than: usize,
    },
    Award(Vec<usize>),
    InStage(usize),
}

/// A value made of the whole field.
#[derive(Clone, Debug)]
pub(super) struct Wide {
    pub kind: WideKind,
    /// The text that must be the same.
    pub within: Option<usize>,
    /// The panel whose judges it is computed for.
    pub panel: Option<usize>,
    /// Judges and attempts it is computed for, each by itself.
    pub seats: usize,
    pub attempts: usize,
    /// The latest stage of anything it is made of: who counts in the field is seen there.
    pub stage: usize,
}

#[derive(Clone, Debug)]
pub(super) enum WideKind {
    Across { of: Code, fold: AcrossFold },
    Place { of: Code, direction: Direction, ties: PlaceTies },
    Points { of: Code, points: Vec<Exact>, direction: Direction, ties: PlaceTies },
    Standardise { of: Code, digits: u8, mode: RoundMode, zero: Exact },
    Majority(usize),
    Skating(Vec<usize>),
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

impl Code {
    /// The expressions directly below, without those of conditions.
    pub fn below(&self) -> Vec<&Self> {
        match self {
            Self::Mark(_)
            | Self::Own(_)
            | Self::Panel { .. }
            | Self::Answer { .. }
            | Self::Parameter(_)
            | Self::Slot(_)
            | Self::Constant(_)
            | Self::Seconds(_)
            | Self::Datum(_)
            | Self::Age { .. }
            | Self::Wide(_)
            | Self::Rank
            | Self::AwardPoints { .. } => Vec::new(),
            Self::InSeconds(of)
            | Self::InPlaces(of)
            | Self::Abs(of)
            | Self::EachJudge { of, .. }
            | Self::EachAttempt { of, .. }
            | Self::Members { of, .. }
            | Self::Scale { of, .. }
            | Self::Clamp { of, .. }
            | Self::Round { of, .. }
            | Self::Root { of, .. }
            | Self::Settle { of, .. }
            | Self::Table { of, .. } => vec![of],
            Self::Fold(_, of) | Self::Take { of, .. } => of.iter().collect(),
            Self::Trim(trim) => trim.of.iter().collect(),
            Self::Weigh(of) => of.iter().map(|(of, _)| of).collect(),
            Self::Minus { from, less, .. } => std::iter::once(&**from).chain(less).collect(),
            Self::Divide { of, by, zero } => [of, by].into_iter().chain(zero).map(|one| &**one).collect(),
            Self::When(branch) => vec![&branch.then, &branch.otherwise],
        }
    }

    /// Calls `visit` with this expression and every one below it, conditions included.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        let mut stack = vec![self];
        while let Some(code) = stack.pop() {
            visit(code);
            stack.extend(code.below());
            if let Self::When(branch) = code {
                branch.is.codes(&mut |one| stack.push(one));
            }
        }
    }
}

impl Test {
    /// Calls `visit` with every expression that is compared.
    pub fn codes<'a>(&'a self, visit: &mut impl FnMut(&'a Code)) {
        match self {
            Self::Compare { left, right, .. } => {
                visit(left);
                visit(right);
            }
            Self::All(of) | Self::Any(of) => of.iter().for_each(|one| one.codes(visit)),
            Self::Not(of) => of.codes(visit),
            Self::DatumIs { .. } | Self::OnScale { .. } | Self::Award(_) | Self::InStage(_) => {}
        }
    }

    /// Calls `visit` with every stage that is asked about.
    pub fn stages(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::InStage(stage) => visit(*stage),
            Self::All(of) | Self::Any(of) => of.iter().for_each(|one| one.stages(visit)),
            Self::Not(of) => of.stages(visit),
            Self::Compare { .. } | Self::DatumIs { .. } | Self::OnScale { .. } | Self::Award(_) => {}
        }
    }
}

impl Wide {
    /// The expression whose values make it up.
    pub const fn code(&self) -> Option<&Code> {
        match &self.kind {
            WideKind::Across { of, .. }
            | WideKind::Place { of, .. }
            | WideKind::Points { of, .. }
            | WideKind::Standardise { of, .. } => Some(of),
            WideKind::Majority(_) | WideKind::Skating(_) => None,
        }
    }
}

/// How a value is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// It is a time.
    pub time: bool,
    /// It has so many decimals, where that is exact.
    pub digits: Option<u8>,
}

impl Style {
    pub fn value(self, value: &Exact) -> String {
        match self.digits {
            _ if self.time => show_time(value),
            Some(digits) if value.has_decimals(digits) => value.fixed(digits),
            // What stands for a missing value, or a limit, may be finer than what is rounded.
            _ => value.to_string(),
        }
    }

    pub fn score(self, score: &Score) -> String {
        match score {
            Score::Value(value) => self.value(value),
            Score::NotYet | Score::Absent | Score::Void => String::new(),
        }
    }
}
