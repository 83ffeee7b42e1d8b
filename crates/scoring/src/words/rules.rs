//! What stands before the items: title and source, panels, parameters, scales, missing values.

use super::inputs::is_empty;
use super::marked::missing;
use super::names::{Book, datum, named};
use super::say::{join, say, sentence};
use super::{Paragraph, Part};
use crate::input::{parse_time, show_time};
use crate::rulebook::{Parameter, ParameterKind};
use crate::text::Text;

fn section(id: &str, heading: Text, lines: Vec<Text>) -> Paragraph {
    Paragraph { id: id.to_owned(), part: Part::Section, heading, lines }
}

pub(super) fn title(book: &Book<'_>) -> Paragraph {
    let rules = book.rules;
    let mut lines = vec![sentence(&say!("规则编号{id}", "Rulebook {id}", id = rules.id))];
    lines.extend(
        rules
            .source
            .iter()
            .filter(|source| !is_empty(source))
            .map(|source| sentence(&say!("依据：{source}", "Source: {source}", source = source))),
    );
    section("rulebook", named(&rules.title, &rules.id), lines)
}

pub(super) fn panels(book: &Book<'_>) -> Option<Paragraph> {
    let panels = &book.rules.panels;
    let lines: Vec<Text> = panels
        .iter()
        .map(|panel| {
            let name = named(&panel.name, &panel.id);
            let least = match panel.minimum {
                Some(minimum) => say!(
                    "；规定不计入缺席或作废的评分时，至少须剩{minimum}个",
                    "; where absent or void marks are left out, at least {minimum} must be left",
                    minimum = minimum
                ),
                None => Text::default(),
            };
            sentence(&say!(
                "{name}：{seats}名裁判，各自独立评分；空席视为未评{least}",
                "{name}: {seats} judges, each marking alone; an empty seat counts as not yet marked{least}",
                name = name,
                seats = panel.seats,
                least = least
            ))
        })
        .collect();
    (!lines.is_empty()).then(|| section("panels", Text::new("裁判组", "Panels of judges"), lines))
}

pub(super) fn parameters(book: &Book<'_>) -> Option<Paragraph> {
    let lines: Vec<Text> = book.rules.parameters.iter().map(parameter).collect();
    (!lines.is_empty()).then(|| section("parameters", Text::new("参数", "Parameters"), lines))
}

fn parameter(parameter: &Parameter) -> Text {
    let kind = match parameter.kind {
        ParameterKind::Number => Text::new("数值", "a number"),
        ParameterKind::Time => Text::new("时间", "a time"),
        ParameterKind::Answer => Text::new("答案", "the letters of an answer"),
    };
    let mut parts = vec![kind];
    if let Some(by) = &parameter.by {
        parts.push(say!("按{by}取值", "chosen by {by}", by = datum(by)));
    }
    for (text, value) in &parameter.values {
        let value = shown(parameter, value);
        parts.push(say!("“{text}”为{value}", "{value} for “{text}”", text = text, value = value));
    }
    if let Some(value) = &parameter.value {
        let value = shown(parameter, value);
        parts.push(if parameter.values.is_empty() {
            say!("取值{value}", "{value}", value = value)
        } else {
            say!("其余为{value}", "{value} for all others", value = value)
        });
    }
    if parameter.value.is_none() && parameter.values.is_empty() {
        parts.push(Text::new("封存，至公布时随成绩给出", "sealed until it is given with the marks"));
        parts.push(match parameter.kind {
            ParameterKind::Number | ParameterKind::Time => {
                Text::new("公布前用到它的都视为未评", "whatever needs it is not yet marked before that")
            }
            ParameterKind::Answer => Text::new("公布前不计分", "nothing is scored before that"),
        });
    }
    let name = named(&parameter.name, &parameter.id);
    sentence(&say!("{name}：{all}", "{name}: {all}", name = name, all = join(&parts, "；", "; ")))
}

/// A value as it is read: a time with its minutes.
fn shown(parameter: &Parameter, value: &str) -> String {
    match parameter.kind {
        ParameterKind::Time => parse_time(value.trim()).map_or_else(|_| value.to_owned(), |time| show_time(&time)),
        ParameterKind::Number | ParameterKind::Answer => value.to_owned(),
    }
}

pub(super) fn scales(book: &Book<'_>) -> Option<Paragraph> {
    let lines: Vec<Text> = book
        .rules
        .scales
        .iter()
        .map(|scale| {
            let values: Vec<Text> = scale.values.iter().map(Text::same).collect();
            sentence(&say!(
                "{name}（由低到高）：{values}；不在其中的低于全部",
                "{name} (the lowest first): {values}; whatever is not among them is below all",
                name = named(&scale.name, &scale.id),
                values = join(&values, "、", ", ")
            ))
        })
        .collect();
    (!lines.is_empty()).then(|| section("scales", Text::new("等级次序", "Scales"), lines))
}

pub(super) fn gaps(book: &Book<'_>) -> Paragraph {
    let mut lines = vec![
        Text::new(
            "未评、缺席、作废与0分是四种不同的情形，互不替代：未评须等待，缺席或作废不会自动变成0分。",
            "Not yet marked, absent, void and zero are four different things: what is not marked waits, and absent or void never becomes zero by itself.",
        ),
        Text::new(
            "计算中用到的值有缺的，结果也缺：先看未评，再看作废，再看缺席；条文另有规定的除外。",
            "Where a value that is needed is missing the result is missing too: not yet before void before absent, unless a rule says otherwise.",
        ),
        Text::new("除写明修约之处外，计算一律不修约。", "Nothing is rounded except where it is said."),
    ];
    if let Some(settle) = &book.rules.settle {
        let settle = missing(settle);
        lines.push(sentence(&say!(
            "非裁判组逐人评分、且未另行规定的项目，没有值时：{settle}",
            "Items without a value that no panel marks and that do not say it themselves: {settle}",
            settle = settle
        )));
    }
    section("missing", Text::new("缺值与修约", "Missing values and rounding"), lines)
}
