//! What may stand at a place of a rulebook, as data: enough to draw a form for it, to make a fresh value, and to find what refers to what.
//! The shapes of the whole document stand in [`super::grammar`] and [`super::operations`]; a test holds them against its JSON Schema.

/// What may stand at a place.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A name in both languages.
    Name,
    /// Any text.
    Line,
    /// A list of texts.
    Lines,
    /// An exact number, written as a text.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// One of these words.
    Words(&'static [&'static str]),
    /// The thing's own id: what refers to it follows when it changes.
    Id(Kind),
    /// The id of another thing.
    Refer(Kind),
    /// Ids of other things.
    Refers(Kind),
    /// Named fields.
    Record(&'static [Field]),
    /// One of several forms, by name.
    Cases(&'static [Case]),
    /// A list of one shape.
    List(&'static Shape),
    /// Values by id or text.
    Map(&'static Shape, &'static Shape),
    /// An expression.
    Expr,
    /// One expression or several.
    Operands,
    /// A condition.
    Condition,
}

/// What has ids that others refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Items.
    Item,
    /// Nodes.
    Node,
    /// Panels.
    Panel,
    /// Parameters.
    Parameter,
    /// Scales of texts.
    Scale,
    /// Stages.
    Stage,
    /// Award tiers.
    Award,
    /// Honours.
    Honour,
}

impl Kind {
    /// Where the things stand in the document.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Item => "/items",
            Self::Node => "/nodes",
            Self::Panel => "/panels",
            Self::Parameter => "/parameters",
            Self::Scale => "/scales",
            Self::Stage => "/stages",
            Self::Award => "/awards/tiers",
            Self::Honour => "/honours",
        }
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Must,
    /// Left out it means nothing is said.
    May,
    /// Left out it is the first of its words, no, or an empty list.
    Default,
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the document.
    pub name: &'static str,
    /// Its label: `rule-field-<label>`.
    pub label: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// Whether it must be there.
    pub need: Need,
}

/// One of several forms.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name in the document; `rule-op-<name>` on screen.
    pub name: &'static str,
    /// What stands under the name; nothing where the name alone is the value.
    pub content: Option<Shape>,
}

/// A field that must be there.
pub const fn must(name: &'static str, label: &'static str, shape: Shape) -> Field {
    Field { name, label, shape, need: Need::Must }
}

/// A field that may be left out.
pub const fn may(name: &'static str, label: &'static str, shape: Shape) -> Field {
    Field { name, label, shape, need: Need::May }
}

/// A field with a default.
pub const fn or(name: &'static str, label: &'static str, shape: Shape) -> Field {
    Field { name, label, shape, need: Need::Default }
}

/// A form with something under its name.
pub const fn case(name: &'static str, content: Shape) -> Case {
    Case { name, content: Some(content) }
}

/// A form that is its name.
pub const fn word(name: &'static str) -> Case {
    Case { name, content: None }
}
