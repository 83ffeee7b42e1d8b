//! Stages, awards and honours in words.

use super::names::{Book, datum, named};
use super::phrase::Writer;
use super::result::keys;
use super::say::{better, join, listed, rounded, say, sentence};
use super::{Paragraph, Part};
use crate::rulebook::{
    Advance, AdvanceRule, AwardBase, AwardTies, Awards, Condition, CutTies, Grouping, ShareRounding, Stage, Succession,
    TierTake, Unfilled,
};
use crate::text::Text;

fn section(id: &str, heading: Text, lines: Vec<Text>) -> Paragraph {
    Paragraph { id: id.to_owned(), part: Part::Section, heading, lines }
}

/// A condition with everything it needs.
fn condition(book: &Book<'_>, of: &Condition) -> Text {
    let mut writer = Writer::new(book, None);
    let value = writer.condition(of);
    writer.said(value).text()
}

pub(super) fn stages(book: &Book<'_>) -> Option<Paragraph> {
    let stages = &book.rules.stages;
    let mut lines = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        stage_lines(book, index, stage, &mut lines);
    }
    if lines.is_empty() {
        return None;
    }
    lines.push(Text::new(
        "未能晋级的排在晋级者之后，按其所止阶段的成绩排名；进入最后阶段的按总规则排名。",
        "Whoever does not go on is ranked after all who do, by the stage reached; the last stage is ranked by the ranking of the whole.",
    ));
    Some(section("stages", Text::new("阶段与晋级", "Stages"), lines))
}

fn stage_lines(book: &Book<'_>, index: usize, stage: &Stage, lines: &mut Vec<Text>) {
    let number = index + 1;
    let name = named(&stage.name, &stage.id);
    let own = book.rules.items.iter().filter(|item| item.stage.as_ref() == Some(&stage.id));
    let own = book.names(own.map(|item| &item.id));
    let items = if own.is_empty() {
        Text::default()
    } else {
        say!("：评{items}", ": {items}", items = join(&own, "、", ", "))
    };
    lines.push(sentence(&say!(
        "第{number}阶段“{name}”{items}",
        "Stage {number}, “{name}”{items}",
        number = number,
        name = name,
        items = items
    )));
    let result = stage.by.as_ref().map(|by| book.name(by));
    let direction = better(stage.direction);
    lines.push(sentence(&match result {
        Some(by) => {
            say!("阶段成绩为{by}，{direction}", "Its result is {by}; {direction}", by = by, direction = direction)
        }
        None => Text::new("最后阶段，按总规则排名", "The last stage, ranked by the ranking of the whole"),
    }));
    if let Some(groups) = &stage.groups {
        let groups = datum(groups);
        lines.push(sentence(&say!("按{groups}分组", "Its groups are made by {groups}", groups = groups)));
    }
    if !stage.keys.is_empty() {
        lines.push(Text::new("相同的，依次比较：", "Equals are compared, in this order, by:"));
        lines.extend(keys(book, &stage.keys));
    }
    if let Some(advance) = &stage.advance {
        advance_lines(book, advance, lines);
    }
}

fn advance_lines(book: &Book<'_>, advance: &Advance, lines: &mut Vec<Text>) {
    let rules: Vec<Text> = advance
        .take
        .iter()
        .map(|rule| match rule {
            AdvanceRule::PerGroup(count) => say!("每组前{count}名", "the first {count} of each group", count = count),
            AdvanceRule::Best(count) => {
                say!("其余选手中成绩最好的{count}名", "the best {count} of all who are left", count = count)
            }
            AdvanceRule::Percent { of_finished, mode } => say!(
                "有成绩人数的{percent}%（{mode}；含已晋级的）中尚缺的名额，由其余选手按成绩补足",
                "the best of all who are left, up to {percent}% of those with a result ({mode}, with those who go on already)",
                percent = of_finished,
                mode = rounded(0, *mode)
            ),
            AdvanceRule::All(of) => {
                let of = condition(book, of);
                say!("满足“{of}”的全部选手", "everybody for whom {of}", of = of)
            }
        })
        .collect();
    lines.push(sentence(&say!(
        "依次晋级：{rules}",
        "These go on, in this order: {rules}",
        rules = join(&rules, "；", "; ")
    )));
    lines.push(match advance.ties {
        CutTies::All => Text::new("晋级线上成绩相同的全部晋级。", "All who are equal at the cut go on."),
        CutTies::None => Text::new("晋级线上成绩相同的全部不晋级。", "None of those who are equal at the cut goes on."),
    });
    if let Some(only) = &advance.only {
        let only = condition(book, only);
        lines.push(sentence(&say!("不满足“{only}”的不得晋级", "Nobody goes on unless {only}", only = only)));
    }
    lines.push(Text::new(
        "同组（比较全体时为全体）还有未完成的，暂不确定晋级。",
        "Nobody goes on while somebody of the group, or of all where all are compared, is unfinished.",
    ));
}

pub(super) fn awards(book: &Book<'_>) -> Option<Paragraph> {
    let awards = book.rules.awards.as_ref()?;
    let mut lines = vec![share(awards)];
    for tier in &awards.tiers {
        let name = named(&tier.name, &tier.id);
        let take = match &tier.take {
            TierTake::Count(1) => Text::new("1名", "1 place"),
            TierTake::Count(count) => say!("{count}名", "{count} places", count = count),
            TierTake::Percent(percent) => say!("{percent}%", "{percent}%", percent = percent),
            TierTake::Everybody {} => Text::new("未获更高奖项的全部选手", "everybody without a higher award"),
        };
        let only = match &tier.only {
            Some(only) => {
                let only = condition(book, only);
                say!("；须满足“{only}”", "; only where {only}", only = only)
            }
            None => Text::default(),
        };
        lines.push(sentence(&say!(
            "{name}：{take}{only}",
            "{name}: {take}{only}",
            name = name,
            take = take,
            only = only
        )));
    }
    lines.extend(equals(awards));
    for row in &awards.small_fields {
        let tiers: Vec<Text> = row.tiers.iter().map(|id| book.award(id)).collect();
        let given = match tiers.len() {
            0 => Text::new("不设奖", "no award is given"),
            1 => say!("只设{tiers}", "only {tiers} is given", tiers = listed(&tiers, "和", "and")),
            _ => say!("只设{tiers}", "only {tiers} are given", tiers = listed(&tiers, "和", "and")),
        };
        lines.push(sentence(&say!(
            "基数不足{below}人时，{given}（取适用的最小一档）",
            "With fewer than {below} in the base {given} (the smallest such limit applies)",
            below = row.below,
            given = given
        )));
    }
    lines.push(match awards.unfilled {
        Unfilled::Vacant => Text::new(
            "因不符合条件而无人获得的名额空缺。",
            "Places nobody fills because the condition does not hold stay vacant.",
        ),
        Unfilled::Next => Text::new(
            "因不符合条件而无人获得的名额并入下一等次。",
            "Places nobody fills because the condition does not hold go to the next award.",
        ),
        Unfilled::MoveUp => Text::new(
            "不符合条件的，由其后符合条件的选手递补。",
            "Where the condition does not hold the next ones for whom it does move up.",
        ),
    });
    lines.push(match awards.succession {
        Succession::MoveUp => {
            Text::new("被取消竞赛资格的，其后选手递补。", "The next ones move up for whoever was disqualified.")
        }
        Succession::Vacant => Text::new(
            "被取消竞赛资格而有总分的，其名额空缺，不递补。",
            "The place of whoever was disqualified but has a total stays vacant.",
        ),
    });
    lines.push(Text::new(
        "能否成立取决于缺失数值的条件，视为不符合，其“并非”也视为不符合。",
        "A condition that hangs on a missing value does not hold, and neither does its “not”.",
    ));
    Some(section("awards", Text::new("奖项", "Awards"), lines))
}

fn share(awards: &Awards) -> Text {
    let base = match awards.base {
        AwardBase::Registered => Text::new("报名人数", "everybody registered"),
        AwardBase::Started => Text::new("实际参赛人数（状态计入的）", "everybody who started (whose status counts)"),
        AwardBase::Finished => Text::new("完赛人数（有名次的）", "everybody who finished (with a rank)"),
    };
    let mode = rounded(0, awards.mode);
    sentence(&match awards.rounding {
        ShareRounding::Each => say!(
            "比例以{base}为基数，各等次分别计算，{mode}",
            "Percentages are of {base}; each share by itself, {mode}",
            base = base,
            mode = mode
        ),
        ShareRounding::Cumulative => say!(
            "比例以{base}为基数，各等次与其以上等次累计计算，{mode}，再减去以上等次的名额",
            "Percentages are of {base}; the shares down to each award together, {mode}, less those of the awards before",
            base = base,
            mode = mode
        ),
    })
}

fn equals(awards: &Awards) -> Vec<Text> {
    let ties = match awards.ties {
        AwardTies::Higher => Text::new(
            "名次并列跨等次的，全部获较高奖项，下一等次名额相应减少",
            "Equals on the border all get the higher award, and the next award has so many places fewer",
        ),
        AwardTies::Extra => Text::new(
            "名次并列跨等次的，全部获较高奖项，下一等次名额不减",
            "Equals on the border all get the higher award, and the next award keeps its places",
        ),
        AwardTies::Lower => {
            Text::new("名次并列跨等次的，全部获较低奖项", "Equals on the border all get the lower award")
        }
        AwardTies::Settle => Text::new(
            "名次并列跨等次的，在裁定先后之前均不授奖",
            "Nobody on the border gets an award until somebody has decided between them",
        ),
    };
    let Some(tolerance) = &awards.tolerance else { return vec![sentence(&ties)] };
    let grouping = match tolerance.grouping {
        Grouping::Chained => Text::new("与前一名相比", "each is compared with the one before"),
        Grouping::Anchored => Text::new("与同组第一名相比", "each is compared with the first of the group"),
    };
    let fixed = match awards.ties {
        AwardTies::Higher => Text::default(),
        AwardTies::Extra | AwardTies::Lower | AwardTies::Settle => Text::new(
            "（按差值归并时不适用：一律获较高奖项，下一等次名额相应减少）",
            " (not with a tolerance: they get the higher award, and the next has so many places fewer)",
        ),
    };
    vec![
        sentence(&say!(
            "总分相差不超过{points}的，评奖时视为并列（{grouping}）；最后一等次名额被并列者用完的，与最后获奖者相差不超过该值的仍可获奖",
            "Totals that differ by at most {points} count as equal for awards ({grouping}); where equals used up the last award it still goes to whoever is that close to the last who got one",
            points = tolerance.points,
            grouping = grouping
        )),
        sentence(&say!("{ties}{fixed}", "{ties}{fixed}", ties = ties, fixed = fixed)),
    ]
}

pub(super) fn honours(book: &Book<'_>) -> Option<Paragraph> {
    let lines: Vec<Text> = book
        .rules
        .honours
        .iter()
        .map(|honour| {
            let to = condition(book, &honour.to);
            sentence(&say!(
                "{name}：满足“{to}”的选手（推荐，由授予单位决定；取决于缺失数值的条件视为不符合，其“并非”亦同）",
                "{name}: where {to} (proposed, not granted; a condition that hangs on a missing value does not hold, and neither does its “not”)",
                name = named(&honour.name, &honour.id),
                to = to
            ))
        })
        .collect();
    (!lines.is_empty()).then(|| section("honours", Text::new("荣誉与等级", "Honours and levels"), lines))
}
