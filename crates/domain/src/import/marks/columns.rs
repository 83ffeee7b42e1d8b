//! What the columns of a file of marks are, and which item, judge or entry a text names.

use super::MarksContext;
use crate::document::half_width;
use crate::form::fold;
use crate::ids::JudgeId;
use crate::import::why;
use crate::view::Words;
use jiangsai_scoring::rulebook::{Node, Rulebook};

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 参赛号.
    Entry,
    /// 准考证号.
    Admission,
    /// 赛位号.
    Station,
    /// Name, to ask whose a row is.
    Name,
    /// Unit, beside the name.
    Unit,
    /// The item of a row.
    Item,
    /// The judge of a row.
    Judge,
    /// The attempt of a row.
    Attempt,
    /// The mark of a row.
    Value,
    /// A column of its own for one item, and one judge of its panel.
    Of(usize, Option<JudgeId>),
    /// A name or unit beside the number: people want to see it, nothing is read.
    Ignored,
}

/// What a header names; `None` for one that is not known.
///
/// # Errors
/// A header that names an item but not a place where a mark could go.
pub(super) fn column(text: &str, context: &MarksContext<'_>) -> Result<Option<Column>, Words> {
    let folded = fold(text);
    let is = |names: &[&str]| names.iter().any(|name| fold(name) == folded);
    if folded.is_empty() {
        return Ok(None);
    }
    let of_a_row = [
        (Column::Entry, &["entry", "参赛号", "参赛编号", "选手编号", "编号", "number"][..]),
        (Column::Station, &["station", "赛位号", "赛位", "工位号", "工位"]),
        (Column::Item, &["item", "评分点", "评分项", "项目"]),
        (Column::Judge, &["judge", "裁判", "裁判员", "裁判编号"]),
        (Column::Attempt, &["attempt", "次数", "轮次", "第几次"]),
        (Column::Value, &["value", "mark", "score", "得分", "分数", "成绩", "打分"]),
    ];
    let of_a_person = [
        (Column::Admission, &["准考证号", "准考证", "准考证编号", "考号", "admission", "admission number"][..]),
        (Column::Name, &["姓名", "name", "选手姓名", "考生姓名"]),
        (Column::Unit, &["单位", "unit", "工作单位", "单位名称"]),
    ];
    if let Some((column, _)) = of_a_person.into_iter().find(|(_, names)| !context.people.is_empty() && is(names)) {
        return Ok(Some(column));
    }
    if let Some((column, _)) = of_a_row.into_iter().find(|(_, names)| is(names)) {
        return Ok(Some(column));
    }
    if let Some(own) = item_column(text, context)? {
        return Ok(Some(own));
    }
    let beside = is(&["name", "姓名", "单位", "unit", "准考证号", "场次", "session", "备注", "note", "序号", "team"]);
    Ok(beside.then_some(Column::Ignored))
}

/// A header that names an item by id, name, or the part it alone makes up; for a panel item `ITEM/JUDGE`.
fn item_column(text: &str, context: &MarksContext<'_>) -> Result<Option<Column>, Words> {
    let items = context.rulebook.items();
    let of_panel = |at: usize| items.get(at).is_some_and(|item| item.panel().is_some());
    if let Some(at) = item_named(text, context.rulebook) {
        // Left out quietly, the marks of a whole panel would be missing.
        return if of_panel(at) { Err(why("fault-judge-needed", &[])) } else { Ok(Some(Column::Of(at, None))) };
    }
    if let Some(at) = part_named(text, context.rulebook) {
        return Ok((!of_panel(at)).then_some(Column::Of(at, None)));
    }
    let Some((name, code)) = text.trim().rsplit_once(['/', '／']) else { return Ok(None) };
    let Some(at) = find_item(name, context.rulebook) else { return Ok(None) };
    if !of_panel(at) {
        // `理论 / Theory`: one item in two languages.
        let same = find_item(code, context.rulebook) == Some(at);
        return if same { Ok(Some(Column::Of(at, None))) } else { Err(why("fault-judge-not-wanted", &[])) };
    }
    Ok(Some(Column::Of(at, Some(judge_of(code, at, context)?))))
}

/// The judge with this code, if the judge marks the item.
///
/// # Errors
/// Nobody has the code, or another panel does.
pub(super) fn judge_of(code: &str, item: usize, context: &MarksContext<'_>) -> Result<JudgeId, Words> {
    let code = code.trim();
    let found = context.judges.iter().find(|(own, _)| is_same_code(own, code));
    let Some((_, judge)) = found else { return Err(why("fault-unknown-judge", &[("value", code)])) };
    let seated = context.rulebook.items().get(item).is_some_and(|item| (context.seated)(item).contains(judge));
    if seated { Ok(judge.clone()) } else { Err(why("fault-judge-not-on-panel", &[("value", code)])) }
}

/// An item by id or name, or a part of the competition that is made of one item alone (理论).
pub(super) fn find_item(text: &str, rulebook: &Rulebook) -> Option<usize> {
    item_named(text, rulebook).or_else(|| part_named(text, rulebook))
}

fn item_named(text: &str, rulebook: &Rulebook) -> Option<usize> {
    let items = rulebook.items();
    let exact = text.trim();
    // The nearer the writing, the earlier it counts; what two items share names neither.
    let by_id = items
        .iter()
        .position(|item| item.id == exact)
        .or_else(|| only((0..items.len()).filter(|at| is_same_code(&items[*at].id, exact))));
    let by_name = || {
        only((0..items.len()).filter(|at| items[*at].name.zh == exact || items[*at].name.en == exact)).or_else(|| {
            let folded = fold(text);
            only((0..items.len()).filter(|at| {
                let item = &items[*at];
                [&item.name.zh, &item.name.en].iter().any(|name| !folded.is_empty() && fold(name) == folded)
                    || fold(&format!("{}{}", item.id, item.name.zh)) == folded
            }))
        })
    };
    by_id.or_else(by_name)
}

fn part_named(text: &str, rulebook: &Rulebook) -> Option<usize> {
    let folded = fold(text);
    let names = |node: &&Node| {
        is_same_code(&node.id, text.trim())
            || [&node.name.zh, &node.name.en].iter().any(|name| !folded.is_empty() && fold(name) == folded)
            || fold(&format!("{}成绩", node.name.zh)) == folded
    };
    let made_of = rulebook.module_items(&rulebook.nodes.iter().find(names)?.id);
    match made_of.as_slice() {
        [only] => rulebook.items().iter().position(|item| item.id == *only),
        _ => None,
    }
}

/// Ids, numbers and codes are the same but for case and width. Points and hyphens count: `1.12` is not `11.2`.
pub(super) fn is_same_code(own: &str, text: &str) -> bool {
    let plain = |text: &str| -> String { text.trim().chars().map(half_width).flat_map(char::to_lowercase).collect() };
    !own.is_empty() && plain(own) == plain(text)
}

/// The same whole number, whatever zeros stand before it: spreadsheets drop them.
pub(super) fn is_same_number(own: &str, text: &str) -> bool {
    let plain = |text: &str| -> Option<String> {
        let digits: String = text.trim().chars().map(half_width).collect();
        let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        whole.then(|| digits.trim_start_matches('0').to_owned())
    };
    plain(own).is_some_and(|own| plain(text) == Some(own))
}

fn only(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
