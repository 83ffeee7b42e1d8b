//! Items and nodes in words.

use super::inputs::typed;
use super::names::Book;
use super::phrase::Writer;
use super::say::{join, say, sentence};
use super::{Paragraph, Part};
use crate::rulebook::{Item, MarkedBy, Node, NodeKind, Settle};
use crate::text::Text;

/// Everything about one item.
pub(super) fn item(book: &Book<'_>, item: &Item) -> Paragraph {
    let mut lines = Vec::new();
    let max = match &item.max {
        Some(max) => say!("配分{max}", "Maximum {max}", max = max),
        None => Text::new("不单独配分", "Not scored by itself"),
    };
    lines.push(sentence(&say!("{max}；{by}", "{max}; {by}", max = max, by = by(book, item))));
    lines.push(sentence(&typed(item)));
    if let Some(attempts) = item.attempts {
        lines.push(sentence(&say!(
            "共评{attempts}次",
            "It is marked {attempts} times for each entry",
            attempts = attempts
        )));
    }
    if let Some(stage) = &item.stage {
        let stage = book.stage(stage);
        lines.push(sentence(&say!("属于阶段{stage}", "It belongs to {stage}", stage = stage)));
    }
    let mut writer = Writer::new(book, Some(item));
    let value = writer.value(&item.score_expr());
    lines.extend(writer.said(value).lines(&Text::new("得分", "Score")));
    if let Some(spread) = &item.spread {
        lines.push(sentence(&say!(
            "裁判之间最大差值不得超过{spread}；超过的，重新评分之前没有得分",
            "The marks of the judges may differ by at most {spread}; where they differ more there is no score until they have marked again",
            spread = spread
        )));
    }
    let settle = missing(&book.rules.settle_of(item));
    lines.push(sentence(&say!("没有值时：{settle}", "Without a value: {settle}", settle = settle)));
    Paragraph { id: item.id.clone(), part: Part::Item, heading: book.heading(&item.id), lines }
}

fn by(book: &Book<'_>, item: &Item) -> Text {
    match &item.by {
        MarkedBy::Panel(panel) => {
            let judges = book.judges(panel);
            say!("由{judges}各自独立评分", "marked by {judges}, each alone", judges = judges)
        }
        MarkedBy::Agreed => Text::new("由裁判商定一个值，组长填写", "the judges agree on one value"),
        MarkedBy::Measured => Text::new("由计时或仪器测得", "read off a clock or an instrument"),
        MarkedBy::Imported => Text::new("由外部成绩导入", "brought in from elsewhere"),
        MarkedBy::Chief => Text::new("由裁判长评定并注明理由", "given by the chief judge, always with a reason"),
    }
}

/// What a missing value becomes.
pub(super) fn missing(settle: &Settle) -> Text {
    let not_yet = match &settle.not_yet {
        Some(value) => {
            say!("未评按{value}计（可以不评）", "{value} where nobody has marked it (it need not be)", value = value)
        }
        None => Text::new("未评须等待", "waits while it is not marked"),
    };
    let mut all = vec![not_yet];
    match (&settle.absent, &settle.void) {
        (None, None) => all.push(Text::new("缺席或作废的不补分", "absent or void stays so")),
        (absent, void) => {
            all.push(match absent {
                Some(value) => say!("缺席按{value}计", "{value} where absent", value = value),
                None => Text::new("缺席的不补分", "absent stays so"),
            });
            all.push(match void {
                Some(value) => say!("作废按{value}计", "{value} where void", value = value),
                None => Text::new("作废的不补分", "void stays so"),
            });
        }
    }
    join(&all, "，", ", ")
}

/// Everything about one node.
pub(super) fn node(book: &Book<'_>, node: &Node) -> Paragraph {
    let kind = match node.kind {
        NodeKind::Module => Text::new("模块", "Module"),
        NodeKind::Part => Text::new("部分", "Part"),
        NodeKind::Total => Text::new("总分", "Total"),
        NodeKind::Other => Text::new("中间值", "Computed value"),
    };
    let first = match &node.max {
        Some(max) => say!("{kind}，满分{max}", "{kind}, maximum {max}", kind = kind, max = max),
        None => kind,
    };
    let mut lines = vec![sentence(&first)];
    let mut writer = Writer::new(book, None);
    let value = writer.value(&node.value);
    lines.extend(writer.said(value).lines(&Text::new("成绩", "Result")));
    Paragraph { id: node.id.clone(), part: Part::Node, heading: book.heading(&node.id), lines }
}
