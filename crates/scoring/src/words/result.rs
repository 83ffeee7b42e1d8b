//! Statuses, ranking and teams in words.

use super::inputs::is_empty;
use super::names::{Book, named};
use super::phrase::Writer;
use super::say::{better, join, numbered, say, sentence};
use super::{Paragraph, Part};
use crate::field::EntryStatus;
use crate::rulebook::{Key, Last, NoValue, On, StatusRule, StatusTotal, TeamPart, Teams, Ties, Unmarked};
use crate::text::Text;

fn section(id: &str, heading: Text, lines: Vec<Text>) -> Paragraph {
    Paragraph { id: id.to_owned(), part: Part::Section, heading, lines }
}

/// The name of a status.
fn status(status: EntryStatus) -> Text {
    match status {
        EntryStatus::Ok => Text::new("正常", "In good standing"),
        EntryStatus::Absent => Text::new("缺考", "Absent"),
        EntryStatus::Withdrawn => Text::new("弃权", "Withdrawn"),
        EntryStatus::Retired => Text::new("中途离场", "Retired"),
        EntryStatus::Disqualified => Text::new("取消竞赛资格", "Disqualified"),
        EntryStatus::NotCheckedIn => Text::new("未检录", "Not checked in"),
        EntryStatus::Unfinished => Text::new("未完赛", "Unfinished"),
        EntryStatus::Void => Text::new("成绩无效", "Result declared void"),
    }
}

pub(super) fn statuses(book: &Book<'_>) -> Paragraph {
    let lines = EntryStatus::ALL.iter().map(|one| line(book, *one, book.rules.statuses.rule(*one))).collect();
    section("statuses", Text::new("选手状态", "Statuses"), lines)
}

fn line(book: &Book<'_>, of: EntryStatus, rule: StatusRule) -> Text {
    let mut parts = vec![
        match rule.total {
            StatusTotal::Computed => Text::new("总分照算", "total computed"),
            StatusTotal::Zero => Text::new("总分为0", "total zero"),
            StatusTotal::None => Text::new("无总分", "no total"),
        },
        match rule.unmarked {
            Unmarked::NotYet => Text::new("未评项目须等待评分", "what is not marked is awaited"),
            Unmarked::Zero => Text::new(
                "未评项目按0分计（计时、名次项目按缺席计）",
                "what is not marked counts as zero, a time or a placing as absent",
            ),
        },
        if rule.ranked { Text::new("排名次", "ranked") } else { Text::new("不排名次", "not ranked") },
        if rule.counted {
            Text::new("计入实际参赛人数", "counted among those who started")
        } else {
            Text::new("不计入实际参赛人数", "not counted among those who started")
        },
    ];
    if rule.team.is_some() || book.rules.teams.is_some() {
        parts.push(match rule.team_part() {
            TeamPart::Member => Text::new("在团体中是队员", "a member of its team"),
            TeamPart::Absent => Text::new("在团体中是缺席的队员", "an absent member of its team"),
            TeamPart::Nobody => Text::new("在团体中不算队员", "no member of its team"),
        });
    }
    if rule.honours.is_some() || book.rules.awards.is_some() || !book.rules.honours.is_empty() {
        parts.push(if rule.honours.unwrap_or(rule.ranked) {
            Text::new("可以获奖和推荐荣誉", "may get awards and honours")
        } else {
            Text::new("不得获奖和推荐荣誉", "gets no awards or honours")
        });
    }
    let parts = join(&parts, "，", ", ");
    sentence(&say!("{status}：{parts}", "{status}: {parts}", status = status(of), parts = parts))
}

/// What decides between equals, one line each.
pub(super) fn keys(book: &Book<'_>, keys: &[Key]) -> Vec<Text> {
    let mut lines = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let mut writer = Writer::new(book, None);
        let value = writer.value(&key.by);
        let super::phrase::Said { before, value: said, notes } = writer.said(value);
        let label = &key.label;
        let direction = better(key.direction);
        let shown = if is_empty(label) {
            said
        } else {
            say!("{label}（{said}）", "{label} ({said})", label = label, said = said)
        };
        let text = say!("{key}，{direction}", "{key}: {direction}", key = shown, direction = direction);
        lines.push(numbered(index, &sentence(&text)));
        lines.extend(before.iter().map(|one| sentence(&say!("其中{one}", "There {one}", one = one))));
        lines.extend(notes.iter().map(sentence));
    }
    if !keys.is_empty() {
        lines.push(Text::new(
            "比较项有值的排在没有值的之前。",
            "Whoever has a value for what is compared comes before whoever has none.",
        ));
    }
    lines
}

fn ties(of: Ties) -> Text {
    match of {
        Ties::Competition => Text::new(
            "仍然相同的名次并列，其后名次顺延，如1、2、2、4",
            "Whoever is still equal shares a rank and the next ranks are skipped: 1 2 2 4",
        ),
        Ties::Dense => Text::new(
            "仍然相同的名次并列，其后名次不跳号，如1、2、2、3",
            "Whoever is still equal shares a rank and none is skipped: 1 2 2 3",
        ),
        Ties::Ordinal => Text::new(
            "名次不并列，仍然相同的按编号先后，如1、2、3、4",
            "No rank is shared; whoever is still equal follows in the order of ids: 1 2 3 4",
        ),
    }
}

/// Who decides at last.
fn decision(last: Last) -> Option<Text> {
    let by = match last {
        Last::Share => return None,
        Last::Draw => Text::new("抽签决定", "a draw"),
        Last::PlayOff => Text::new("加试决定", "a play-off"),
        Last::Manual => Text::new("裁判长裁定并注明理由", "the chief judge, with a reason"),
    };
    Some(say!(
        "再相同的，由{by}先后（记入报名数据“decision”，数小者在前）；决定之前名次并列待定。",
        "Whoever is equal then is set apart by {by} (kept as the entry's “decision”, the lower first); until then they share a rank, undecided.",
        by = by
    ))
}

pub(super) fn ranking(book: &Book<'_>) -> Paragraph {
    let rule = &book.rules.ranking;
    let total = book.name(&rule.by);
    let on = match rule.on {
        On::Published => Text::new("以公布的数值（修约之后）为准", "as it is published, after its rounding"),
        On::Exact => Text::new("以最后一次修约之前的数值为准", "as it is before its last rounding"),
    };
    let mut lines = vec![sentence(&say!(
        "按{total}排名，{on}，{direction}",
        "Ranked by {total}, {on}; {direction}",
        total = total,
        on = on,
        direction = better(rule.direction)
    ))];
    if !rule.keys.is_empty() {
        lines.push(Text::new("相同的，依次比较：", "Equals are compared, in this order, by:"));
    }
    lines.extend(keys(book, &rule.keys));
    lines.extend(decision(rule.last));
    lines.push(sentence(&ties(rule.ties)));
    lines.push(Text::new(
        "还有必评项目未评的，暂不排名。",
        "Whoever still waits for a mark that is needed is not ranked yet.",
    ));
    match rule.no_value {
        Some(NoValue::Unranked) => lines.push(Text::new(
            "总分缺席或作废的，列出但不排名次。",
            "Whoever has no total because it is absent or void is listed without a rank.",
        )),
        None => {}
    }
    section("ranking", Text::new("名次", "Ranking"), lines)
}

pub(super) fn teams(book: &Book<'_>) -> Option<Paragraph> {
    let Teams { name, value, direction, keys: own, ties: equal } = book.rules.teams.as_ref()?;
    let mut writer = Writer::new(book, None);
    let value = writer.value(value);
    let mut lines = writer.said(value).lines(&Text::new("团体成绩", "Team result"));
    let direction = better(*direction);
    lines.push(sentence(&say!(
        "按团体成绩排名，{direction}",
        "Teams are ranked by it; {direction}",
        direction = direction
    )));
    if !own.is_empty() {
        lines.push(Text::new("相同的，依次比较：", "Equals are compared, in this order, by:"));
    }
    lines.extend(keys(book, own));
    lines.push(sentence(&ties(*equal)));
    lines.push(Text::new("没有团体成绩的团体不排名次。", "A team without a result is not ranked."));
    Some(section("teams", team_name(name), lines))
}

fn team_name(name: &Text) -> Text {
    if is_empty(name) { Text::new("团体", "Teams") } else { named(name, "team") }
}
