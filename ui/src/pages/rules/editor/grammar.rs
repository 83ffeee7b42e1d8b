//! The shapes of the parts of a rulebook: panels, parameters, items, nodes, ranking, stages, awards.

use super::shape::Kind::{Award, Honour, Item, Node, Panel, Parameter, Scale, Stage};
use super::shape::Shape::{
    Cases, Condition, Expr, Flag, Id, Line, Lines, List, Map, Name, Number, Record, Refer, Refers, Whole, Words,
};
use super::shape::{Case, Field, Shape, case, may, must, or, word};

/// The ways to round.
pub const ROUND: Shape = Words(&["half_up", "half_even", "down", "up", "floor", "ceiling"]);
/// The relations.
pub const RELATION: Shape = Words(&["less", "at_most", "equal", "at_least", "more"]);
/// Which of two values is better.
pub const DIRECTION: Shape = Words(&["higher", "lower"]);

/// The rulebook as a whole, without its parts.
pub const GENERAL: Shape = Record(&[
    must("id", "id", Line),
    must("title", "title", Name),
    may("source", "source", Name),
    may("settle", "settle", SETTLE),
]);

/// The document.
pub const DOCUMENT: Shape = Record(&[
    must("schema", "version", Whole),
    must("semantics", "version", Whole),
    must("id", "id", Line),
    must("title", "title", Name),
    may("source", "source", Name),
    or("panels", "panels", List(&PANEL)),
    or("parameters", "parameters", List(&PARAMETER)),
    or("scales", "scales", List(&SCALE)),
    may("settle", "settle", SETTLE),
    must("items", "items", List(&ITEM)),
    must("nodes", "nodes", List(&NODE)),
    or("statuses", "statuses", STATUSES),
    or("stages", "stages", List(&STAGE)),
    must("ranking", "ranking", RANKING),
    may("teams", "teams", TEAMS),
    may("awards", "awards", AWARDS),
    or("honours", "honours", List(&HONOUR)),
]);

const SETTLE: Shape =
    Record(&[may("not_yet", "not-yet", Number), may("absent", "absent", Number), may("void", "void", Number)]);

const PANEL: Shape = Record(&[
    must("id", "id", Id(Panel)),
    must("name", "name", Name),
    must("seats", "seats", Whole),
    may("minimum", "minimum", Whole),
]);

const PARAMETER: Shape = Record(&[
    must("id", "id", Id(Parameter)),
    must("name", "name", Name),
    or("kind", "kind", Words(&["number", "time", "answer"])),
    may("by", "chosen-by", Line),
    may("value", "value", Line),
    or("values", "values", Map(&Line, &Line)),
]);

const SCALE: Shape =
    Record(&[must("id", "id", Id(Scale)), must("name", "name", Name), must("values", "scale-values", Lines)]);

const ITEM: Shape = Record(&[
    must("id", "id", Id(Item)),
    must("name", "name", Name),
    may("max", "max", Number),
    must("input", "input", Cases(INPUT)),
    must("by", "marked-by", Cases(MARKED_BY)),
    may("stage", "stage", Refer(Stage)),
    may("attempts", "attempts", Whole),
    may("spread", "spread", Number),
    may("settle", "settle", SETTLE),
    may("score", "score", Expr),
    or("faults", "faults", List(&NAMED_FAULT)),
]);

const NAMED_FAULT: Shape =
    Record(&[must("name", "name", Name), may("lost", "lost", Number), or("red_line", "red-line", Flag)]);

const INPUT: &[Case] = &[
    case(
        "number",
        Record(&[may("min", "smallest", Number), may("max", "largest", Number), may("step", "step", Number)]),
    ),
    case("level", Record(&[must("max", "highest-level", Whole), or("texts", "texts", List(&Name))])),
    case("choice", Record(&[must("options", "options", List(&OPTION))])),
    case("tick", Record(&[])),
    case(
        "deduction",
        Record(&[may("each", "each-fault", Number), may("step", "step", Number), may("most", "most", Number)]),
    ),
    case("count", Record(&[must("each", "each", Number), may("most", "most", Number)])),
    case(
        "answer",
        Record(&[must("length", "length", Whole), may("letters", "letters", Line), or("once", "once", Flag)]),
    ),
    case("placing", Record(&[may("most", "most", Whole)])),
    case("vote", Record(&[])),
    case("time", Record(&[may("max_seconds", "max-seconds", Number), may("step", "step", Number)])),
];

const OPTION: Shape = Record(&[must("value", "value", Number), may("text", "text", Name)]);

const MARKED_BY: &[Case] =
    &[case("panel", Refer(Panel)), word("agreed"), word("measured"), word("imported"), word("chief")];

const NODE: Shape = Record(&[
    must("id", "id", Id(Node)),
    must("name", "name", Name),
    may("max", "max", Number),
    must("kind", "kind", Words(&["module", "part", "total", "other"])),
    must("value", "formula", Expr),
]);

const STATUS: Shape = Record(&[
    must("total", "status-total", Words(&["computed", "zero", "none"])),
    must("ranked", "ranked", Flag),
    must("counted", "counted", Flag),
    or("unmarked", "unmarked", Words(&["not_yet", "zero"])),
    may("team", "team-part", Words(&["member", "absent", "nobody"])),
    may("honours", "honours-too", Flag),
]);

const STATUSES: Shape = Record(&[
    may("ok", "ok", STATUS),
    may("absent", "status-absent", STATUS),
    may("withdrawn", "withdrawn", STATUS),
    may("retired", "retired", STATUS),
    may("disqualified", "disqualified", STATUS),
    may("not_checked_in", "not-checked-in", STATUS),
    may("unfinished", "unfinished", STATUS),
    may("void", "status-void", STATUS),
]);

const STAGE: Shape = Record(&[
    must("id", "id", Id(Stage)),
    must("name", "name", Name),
    may("by", "stage-by", Refer(Node)),
    or("direction", "direction", DIRECTION),
    or("keys", "keys", List(&KEY)),
    may("groups", "groups", Line),
    may("advance", "advance", ADVANCE),
]);

const ADVANCE: Shape = Record(&[
    must("take", "take", List(&ADVANCE_RULE)),
    or("ties", "cut-ties", Words(&["all", "none"])),
    may("only", "only", Condition),
]);

const ADVANCE_RULE: Shape = Cases(&[
    case("per_group", Whole),
    case("best", Whole),
    case("percent", Record(&[must("of_finished", "percent", Number), must("mode", "mode", ROUND)])),
    case("all", Condition),
]);

const KEY: Shape =
    Record(&[must("label", "label", Name), must("by", "key-by", Expr), or("direction", "direction", DIRECTION)]);

const TIES: Shape = Words(&["competition", "dense", "ordinal"]);

const RANKING: Shape = Record(&[
    must("by", "ranked-by", Refer(Node)),
    or("on", "ranked-on", Words(&["published", "exact"])),
    or("direction", "direction", DIRECTION),
    or("keys", "keys", List(&KEY)),
    or("ties", "ties", TIES),
    or("last", "last", Words(&["share", "draw", "play_off", "manual"])),
    may("no_value", "no-value", Words(&["unranked"])),
]);

const TEAMS: Shape = Record(&[
    must("name", "name", Name),
    must("value", "formula", Expr),
    or("direction", "direction", DIRECTION),
    or("keys", "keys", List(&KEY)),
    or("ties", "ties", TIES),
]);

const AWARDS: Shape = Record(&[
    or("base", "base", Words(&["started", "registered", "finished"])),
    must("tiers", "tiers", List(&TIER)),
    or("rounding", "share-rounding", Words(&["each", "cumulative"])),
    or("mode", "mode", ROUND),
    or("ties", "award-ties", Words(&["higher", "extra", "lower", "settle"])),
    may("tolerance", "tolerance", TOLERANCE),
    or("small_fields", "small-fields", List(&SMALL_FIELD)),
    or("unfilled", "unfilled", Words(&["vacant", "next", "move_up"])),
    or("succession", "succession", Words(&["move_up", "vacant"])),
]);

const TIER: Shape = Record(&[
    must("id", "id", Id(Award)),
    must("name", "name", Name),
    must("take", "tier-take", Cases(&[case("count", Whole), case("percent", Number), case("everybody", Record(&[]))])),
    may("only", "only", Condition),
]);

const TOLERANCE: Shape =
    Record(&[must("points", "points", Number), must("grouping", "grouping", Words(&["chained", "anchored"]))]);

const SMALL_FIELD: Shape = Record(&[must("below", "below", Whole), must("tiers", "small-tiers", Refers(Award))]);

const HONOUR: Shape =
    Record(&[must("id", "id", Id(Honour)), must("name", "name", Name), must("to", "proposed-to", Condition)]);

/// The fields of a record, or none.
pub fn fields(shape: Shape) -> &'static [Field] {
    if let Record(fields) = shape { fields } else { &[] }
}
