//! The operations of expressions and the forms of conditions, in the groups in which they are offered, and where each may stand.

use super::grammar::{DIRECTION, RELATION, ROUND};
use super::shape::Kind::{Award, Item, Node, Panel, Parameter, Scale, Stage};
use super::shape::Shape::{
    Cases, Condition, Expr, Line, Lines, List, Map, Number, Operands, Record, Refer, Refers, Whole, Words,
};
use super::shape::{Case, Shape, case, may, must, or, word};

/// What a missing value of a list becomes.
const GAP: Shape = Words(&["refuse", "leave_out", "zero"]);

/// Groups of operations: `rule-group-<name>` and the operations in it.
pub static GROUPS: &[(&str, &[Case])] = &[
    ("values", VALUES),
    ("marks", MARKS),
    ("arithmetic", ARITHMETIC),
    ("lists", LISTS),
    ("rounding", ROUNDING),
    ("conditions", CONDITIONS),
    ("field", FIELD),
    ("team", TEAM),
];

const VALUES: &[Case] = &[
    case("item", Refer(Item)),
    case("node", Refer(Node)),
    case("constant", Number),
    case("seconds", Number),
    case("parameter", Refer(Parameter)),
    case("datum", Line),
    case("age", Record(&[must("born", "born", Line), must("on", "age-on", Line)])),
];

const MARKS: &[Case] = &[
    word("mark"),
    case("reading", Refer(Item)),
    case(
        "panel",
        Record(&[
            may("item", "panel-item", Refer(Item)),
            may("minimum", "minimum", Whole),
            or("absent", "absent", GAP),
            or("void", "void", GAP),
        ]),
    ),
    case("own", Refer(Item)),
    case(
        "each_judge",
        Record(&[
            must("panel", "panel", Refer(Panel)),
            must("of", "formula", Expr),
            may("minimum", "minimum", Whole),
            or("absent", "absent", GAP),
            or("void", "void", GAP),
        ]),
    ),
    case(
        "each_attempt",
        Record(&[
            may("item", "attempts-item", Refer(Item)),
            must("of", "formula", Expr),
            may("minimum", "minimum", Whole),
            or("not_yet", "not-yet", GAP),
            or("absent", "absent", GAP),
            or("void", "void", GAP),
        ]),
    ),
    case(
        "answer",
        Record(&[
            may("item", "answer-item", Refer(Item)),
            must("key", "answer-key", Cases(ANSWER_KEY)),
            must("count", "answer-count", Words(&["matches", "displacement", "same"])),
        ]),
    ),
];

const ANSWER_KEY: &[Case] = &[case("letters", Line), case("parameter", Refer(Parameter)), case("item", Refer(Item))];

const ARITHMETIC: &[Case] = &[
    case("sum", Operands),
    case("minus", Record(&[must("from", "from", Expr), must("less", "less", Operands), may("floor", "floor", Number)])),
    case("times", Operands),
    case("divide", Record(&[must("of", "of", Expr), must("by", "divisor", Expr), may("zero", "zero-case", Expr)])),
    case("weigh", Record(&[must("of", "weights", List(&WEIGHT)), may("whole", "whole", Number)])),
    case(
        "scale",
        Record(&[must("of", "of", Expr), must("from", "full-before", Number), must("to", "full-after", Number)]),
    ),
    case("clamp", Record(&[must("of", "of", Expr), may("low", "lowest", Number), may("high", "highest", Number)])),
    case("abs", Expr),
    case("root", Record(&[must("of", "of", Expr), must("digits", "digits", Whole), or("mode", "mode", ROUND)])),
    case("in_seconds", Expr),
    case("in_places", Expr),
];

const WEIGHT: Shape = Record(&[must("of", "of", Expr), must("by", "weight", Number)]);

const LISTS: &[Case] = &[
    case("mean", Operands),
    case("median", Operands),
    case("min", Operands),
    case("max", Operands),
    case("count", Operands),
    case(
        "trim",
        Record(&[
            must("of", "of", Operands),
            must("low", "cut-low", Whole),
            must("high", "cut-high", Whole),
            or("by_size", "by-size", List(&TRIM_ROW)),
        ]),
    ),
    case(
        "take",
        Record(&[
            must("of", "of", Operands),
            must("which", "which", Words(&["highest", "lowest", "first", "last"])),
            must("count", "how-many", Whole),
        ]),
    ),
];

const TRIM_ROW: Shape =
    Record(&[must("from", "size-from", Whole), must("low", "cut-low", Whole), must("high", "cut-high", Whole)]);

const ROUNDING: &[Case] = &[
    case("round", Record(&[must("of", "of", Expr), must("digits", "digits", Whole), or("mode", "mode", ROUND)])),
    case("settle", Record(&[must("of", "of", Expr), may("absent", "absent", Number), may("void", "void", Number)])),
];

const CONDITIONS: &[Case] = &[
    case(
        "table",
        Record(&[must("of", "of", Expr), must("bands", "bands", List(&BAND)), must("otherwise", "otherwise", Number)]),
    ),
    case(
        "when",
        Record(&[must("is", "if", Condition), must("then", "then", Expr), must("otherwise", "otherwise", Expr)]),
    ),
];

const BAND: Shape =
    Record(&[must("is", "relation", RELATION), must("edge", "edge", Number), must("points", "points", Number)]);

const FIELD: &[Case] = &[
    case(
        "across",
        Record(&[
            must("of", "of", Expr),
            must("fold", "fold", Words(&["max", "min", "sum", "mean", "median", "count"])),
            may("within", "within", Line),
        ]),
    ),
    case(
        "standardise",
        Record(&[
            must("of", "of", Expr),
            must("digits", "digits", Whole),
            or("mode", "mode", ROUND),
            must("zero", "all-equal", Number),
            may("within", "within", Line),
        ]),
    ),
    case(
        "place",
        Record(&[
            must("of", "of", Expr),
            or("direction", "direction", DIRECTION),
            or("ties", "place-ties", Words(&["first", "mean", "dense"])),
            may("within", "within", Line),
        ]),
    ),
    case(
        "place_points",
        Record(&[
            must("of", "of", Expr),
            must("points", "place-points", List(&Number)),
            or("direction", "direction", DIRECTION),
            or("ties", "place-ties", Words(&["first", "mean", "dense"])),
            may("within", "within", Line),
        ]),
    ),
    case("majority_place", Refer(Item)),
    case("skating", Refers(Item)),
    word("rank"),
];

const AWARD_REF: Shape = Refer(Award);

const TEAM: &[Case] = &[
    case(
        "members",
        Record(&[
            must("of", "formula", Expr),
            may("minimum", "minimum", Whole),
            or("absent", "absent", GAP),
            or("void", "void", GAP),
        ]),
    ),
    case(
        "award_points",
        Record(&[must("points", "award-points", Map(&AWARD_REF, &Number)), must("otherwise", "otherwise", Number)]),
    ),
];

/// A comparison: the one condition that has no name in the document.
pub const COMPARE: Shape =
    Record(&[must("left", "left", Expr), must("is", "relation", RELATION), must("right", "right", Expr)]);

/// The other conditions.
pub static LOGIC: &[Case] = &[
    case("all", List(&Condition)),
    case("any", List(&Condition)),
    case("not", Condition),
    case("datum_is", Record(&[must("name", "datum", Line), must("any_of", "any-of", Lines)])),
    case(
        "on_scale",
        Record(&[
            must("scale", "scale", Refer(Scale)),
            must("datum", "datum", Line),
            must("is", "relation", RELATION),
            must("than", "than", Line),
        ]),
    ),
    case("award", Refers(Award)),
    case("in_stage", Refer(Stage)),
];

/// The operation of this name.
pub fn operation(name: &str) -> Option<&'static Case> {
    GROUPS.iter().flat_map(|(_, cases)| cases.iter()).find(|case| case.name == name)
}

/// The condition of this name.
pub fn logic(name: &str) -> Option<&'static Case> {
    LOGIC.iter().find(|case| case.name == name)
}

/// May the operation stand at this place of the document? The checker has the last word; this keeps the choice short.
pub fn allowed(name: &str, path: &str) -> bool {
    let within = |part: &str| path.starts_with(part);
    let below = |operation: &str| path.split('/').any(|token| token == operation);
    match name {
        "mark" => within("/items"),
        "own" => below("each_judge"),
        "rank" => within("/teams") || within("/awards") || within("/honours"),
        "award_points" => within("/teams") || within("/honours"),
        "members" => within("/teams"),
        _ => true,
    }
}

/// May the condition stand at this place?
pub fn condition_allowed(name: &str, path: &str) -> bool {
    name != "award" || path.starts_with("/teams") || path.starts_with("/honours")
}
