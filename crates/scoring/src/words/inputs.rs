//! What is typed for an item, in words.

use super::say::{join, say, seconds};
use crate::exact::Exact;
use crate::input::answer_letters;
use crate::rulebook::{Input, Item};
use crate::text::Text;

/// One mark of an input.
pub(super) fn mark(input: &Input) -> Text {
    match input {
        Input::Number { .. } => Text::new("录入值", "the mark"),
        Input::Level { .. } => Text::new("评定等级", "the level"),
        Input::Choice { .. } => Text::new("所选分值", "the value chosen"),
        Input::Tick {} => Text::new("判定值", "the tick (1 or 0)"),
        Input::Deduction { each: Some(_), .. } => Text::new("失误次数", "the number of faults"),
        Input::Deduction { each: None, .. } => Text::new("扣分", "the points lost"),
        Input::Count { .. } => Text::new("数量", "the number counted"),
        Input::Answer { .. } => Text::new("答案", "the answer"),
        Input::Placing { .. } => Text::new("名次", "the placing"),
        Input::Vote {} => Text::new("表决值", "the vote (1 or 0)"),
        Input::Time { .. } => Text::new("用时", "the time"),
    }
}

/// The marks of a panel.
pub(super) fn marks(input: &Input) -> Text {
    match input {
        Input::Number { .. } => Text::new("评分", "marks"),
        Input::Level { .. } => Text::new("评定等级", "levels"),
        Input::Choice { .. } => Text::new("所选分值", "values chosen"),
        Input::Tick {} => Text::new("判定值", "ticks (1 or 0)"),
        Input::Deduction { each: Some(_), .. } => Text::new("所计失误次数", "numbers of faults"),
        Input::Deduction { each: None, .. } => Text::new("扣分", "points lost"),
        Input::Count { .. } => Text::new("所计数量", "numbers counted"),
        Input::Answer { .. } => Text::new("答案", "answers"),
        Input::Placing { .. } => Text::new("所判名次", "placings"),
        Input::Vote {} => Text::new("表决值", "votes (1 or 0)"),
        Input::Time { .. } => Text::new("计时", "times"),
    }
}

fn step(step: Option<&Exact>, from: &Exact) -> Text {
    match step {
        Some(step) if from.is_multiple_of(step).unwrap_or(false) => {
            say!("，须为{step}的整数倍", ", in steps of {step}", step = step)
        }
        Some(step) => {
            say!("，须为{from}加{step}的整数倍", ", {from} plus a multiple of {step}", from = from, step = step)
        }
        None => Text::default(),
    }
}

/// Has it no words at all?
pub(super) fn is_empty(text: &Text) -> bool {
    text.get("zh").trim().is_empty()
}

fn most(most: Option<&Exact>) -> Text {
    match most {
        Some(most) => say!("，最大{most}", ", at most {most}", most = most),
        None => Text::new("，不设上限", ", without an upper limit"),
    }
}

/// What is typed.
pub(super) fn typed(item: &Item) -> Text {
    let counted = Exact::from_int(999);
    match &item.input {
        Input::Number { min, max, step: each } => {
            let low = min.clone().unwrap_or_default();
            let most = most(max.as_ref().or(item.max.as_ref()));
            let step = step(each.as_ref(), &low);
            say!(
                "录入数值：最小{low}{most}{step}",
                "typed as a number: at least {low}{most}{step}",
                low = low,
                most = most,
                step = step
            )
        }
        Input::Level { max, texts } => {
            let each: Vec<Text> = texts
                .iter()
                .enumerate()
                .map(|(level, text)| say!("{level}＝{text}", "{level} = {text}", level = level, text = text))
                .collect();
            let each = join(&each, "，", ", ");
            if texts.iter().all(is_empty) {
                say!("录入等级：0至{max}", "typed as a level: 0 to {max}", max = max)
            } else {
                say!(
                    "录入等级：0至{max}，其中{each}",
                    "typed as a level: 0 to {max}, where {each}",
                    max = max,
                    each = each
                )
            }
        }
        Input::Choice { options } => {
            let each: Vec<Text> = options
                .iter()
                .map(|option| match option.text.as_ref().filter(|text| !is_empty(text)) {
                    Some(text) => say!("{value}（{text}）", "{value} ({text})", value = option.value, text = text),
                    None => Text::same(option.value.to_string()),
                })
                .collect();
            let each = join(&each, "、", ", ");
            say!("从下列分值中选一：{each}", "one of these values is chosen: {each}", each = each)
        }
        Input::Tick {} => Text::new("判定：达到录1，未达到录0", "ticked: 1 where it is met, 0 where it is not"),
        Input::Deduction { each: Some(each), step: _, most } => say!(
            "录入失误次数：每次扣{each}，最多{most}次",
            "typed as a number of faults: {each} lost for each, at most {most} faults",
            each = each,
            most = most.as_ref().unwrap_or(&counted)
        ),
        Input::Deduction { each: None, step: each, most: limit } => say!(
            "录入扣分：最小0{most}{step}",
            "typed as points lost: at least 0{most}{step}",
            most = most(limit.as_ref().or(item.max.as_ref())),
            step = step(each.as_ref(), &Exact::ZERO)
        ),
        Input::Count { each, most } => say!(
            "录入数量：每个{each}分，最多{most}个",
            "typed as a number: {each} points for each, at most {most}",
            each = each,
            most = most.as_ref().unwrap_or(&counted)
        ),
        Input::Answer { length, letters, once } => {
            let once = if *once {
                Text::new("，每个字母至多用一次", ", each at most once")
            } else {
                Text::new("，字母可以重复", ", any of them more than once")
            };
            say!(
                "录入答案：{length}个字母，可用{letters}（不分大小写）{once}",
                "typed as an answer: {length} of the letters {letters} (in any case){once}",
                length = length,
                letters = answer_letters(*length, letters.as_deref()),
                once = once
            )
        }
        Input::Placing { most } => say!(
            "录入名次：1为最好，最大{most}",
            "typed as a placing: 1 for the best, at most {most}",
            most = most.unwrap_or(999)
        ),
        Input::Vote {} => Text::new("表决：赞成录1，反对或未表决录0", "typed as a vote: 1 for, 0 against or none"),
        Input::Time { max_seconds, step } => {
            let longest = seconds(max_seconds.as_ref().unwrap_or(&Exact::from_int(864_000)));
            let step = match step {
                Some(step) => say!("，须为{step}的整数倍", ", in steps of {step}", step = seconds(step)),
                None => Text::default(),
            };
            say!(
                "录入用时（分:秒或秒）：最长{longest}{step}",
                "typed as a time (minutes:seconds or seconds): at most {longest}{step}",
                longest = longest,
                step = step
            )
        }
    }
}
