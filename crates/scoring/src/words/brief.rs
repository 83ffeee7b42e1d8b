//! Items and nodes in a line each, for tables and mark sheets: the outer steps alone. Everything stands in the paragraphs.

use crate::rulebook::{Expr, Input, Item, MarkedBy, Node, NodeKind, Operands, Rulebook};
use crate::text::Text;

/// How an item is marked: who, what is typed, what becomes of a panel's marks.
#[must_use]
pub fn item(rulebook: &Rulebook, item: &Item) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut say = |chinese: String, english: String| {
        zh.push(chinese);
        en.push(english);
    };
    match &item.by {
        MarkedBy::Panel(id) => {
            let seats = rulebook.panel(id).map_or(0, |panel| panel.seats);
            say(format!("{seats} 名裁判分别评分"), format!("{seats} judges, each alone"));
        }
        MarkedBy::Agreed => say("裁判合议一个值".into(), "one value the judges agree on".into()),
        MarkedBy::Measured => say("测量值".into(), "measured".into()),
        MarkedBy::Imported => say("导入成绩".into(), "imported".into()),
        MarkedBy::Chief => say("裁判长调整，须注明理由".into(), "the chief judge adjusts, with a reason".into()),
    }
    match &item.input {
        Input::Number { step: Some(step), .. } => say(format!("步长 {step}"), format!("steps of {step}")),
        Input::Number { step: None, .. } => {}
        Input::Level { max, .. } => say(format!("等级 0–{max}"), format!("levels 0–{max}")),
        Input::Choice { options } => {
            let values: Vec<String> = options.iter().map(|option| option.value.to_string()).collect();
            say(format!("分档 {}", values.join("、")), format!("one of {}", values.join(", ")));
        }
        Input::Tick {} => say("合格记 1，不合格记 0".into(), "1 for done, 0 for not".into()),
        Input::Deduction { each: Some(each), .. } => {
            say(format!("填写处数，每处扣 {each} 分"), format!("number of faults, {each} off each"));
        }
        Input::Deduction { each: None, .. } => say("填写扣分".into(), "points taken off".into()),
        Input::Count { each, .. } => say(format!("填写个数，每个 {each} 分"), format!("a number, {each} points each")),
        Input::Answer { length, .. } => say(format!("{length} 个字母的答案"), format!("an answer of {length} letters")),
        Input::Placing { .. } => say("名次，1 为最好".into(), "a placing, 1 for the best".into()),
        Input::Vote {} => say("投票，1 为赞成，0 为不赞成".into(), "a vote, 1 for and 0 against".into()),
        Input::Time { .. } => say("时间（分:秒）".into(), "time (m:ss)".into()),
    }
    if let Some(spread) = &item.spread {
        say(format!("极差不超过 {spread}"), format!("spread at most {spread}"));
    }
    if let Some(text) = &item.score.as_ref().and_then(expression) {
        say(text.zh.clone(), text.en.clone());
    }
    Text::new(zh.join("，"), en.join(", "))
}

/// How a node is computed, in one line.
#[must_use]
pub fn node(node: &Node) -> Text {
    let kind = match node.kind {
        NodeKind::Module => Text::new("模块", "module"),
        NodeKind::Part => Text::new("部分", "part"),
        NodeKind::Total => Text::new("总分", "total"),
        NodeKind::Other => Text::new("计算值", "computed"),
    };
    match expression(&node.value) {
        Some(how) => Text::new(format!("{}：{}", kind.zh, how.zh), format!("{}: {}", kind.en, how.en)),
        None => kind,
    }
}

/// The outer steps of an expression, from the inside out; `None` where there is nothing to say in a line.
fn expression(expr: &Expr) -> Option<Text> {
    let join = |inner: Option<Text>, zh: String, en: String| {
        Some(match inner {
            Some(inner) => Text::new(format!("{}，{zh}", inner.zh), format!("{}, {en}", inner.en)),
            None => Text::new(zh, en),
        })
    };
    match expr {
        Expr::Round { of, digits, .. } => {
            join(expression(of), format!("保留 {digits} 位小数"), format!("rounded to {digits} decimals"))
        }
        Expr::Mean(of) => join(one(of), "取平均值".into(), "mean".into()),
        Expr::Median(of) => join(one(of), "取中位数".into(), "median".into()),
        Expr::Trim(trim) => join(
            one(&trim.of),
            format!("去掉 {} 个最高分和 {} 个最低分", trim.high, trim.low),
            format!("without the {} highest and {} lowest", trim.high, trim.low),
        ),
        Expr::Sum(_) => Some(Text::new("各项之和", "sum of its parts")),
        Expr::Weigh { of, .. } => {
            let weights: Vec<String> = of.iter().map(|weight| weight.by.to_string()).collect();
            Some(Text::new(format!("按 {} 加权", weights.join("、")), format!("weighted {}", weights.join(", "))))
        }
        Expr::Scale { of, from, to } => {
            join(expression(of), format!("从 {from} 折算为 {to}"), format!("scaled from {from} to {to}"))
        }
        Expr::Minus { from, floor, .. } => {
            let (zh, en) = match floor {
                Some(floor) => (format!("减去扣分，不低于 {floor}"), format!("less deductions, not below {floor}")),
                None => ("减去扣分".to_owned(), "less deductions".to_owned()),
            };
            join(expression(from), zh, en)
        }
        Expr::Table(_) => Some(Text::new("按区间查表", "by bands")),
        Expr::Settle { of, .. } | Expr::Clamp { of, .. } => expression(of),
        _ => None,
    }
}

fn one(of: &Operands) -> Option<Text> {
    match of.0.as_slice() {
        [only] => expression(only),
        _ => None,
    }
}
