//! What makes one value of several, and of an answer, in words.

use super::phrase::{Bond, Phrase, Writer};
use super::say::{join, listed, say};
use crate::rulebook::{AnswerCount, AnswerKey, Operands};
use crate::text::Text;

/// What makes one value of several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Mean,
    Median,
    Sum,
    Times,
    Min,
    Max,
    Count,
}

impl Fold {
    /// As a step after a list.
    fn step(self) -> Text {
        match self {
            Self::Mean => Text::new("取平均", "averaged"),
            Self::Median => Text::new(
                "取中位数（偶数个取中间两数的平均）",
                "the median taken (of an even number the mean of the middle two)",
            ),
            Self::Sum => Text::new("求和", "added up"),
            Self::Times => Text::new("连乘", "multiplied together"),
            Self::Min => Text::new("取最小值", "the smallest taken"),
            Self::Max => Text::new("取最大值", "the largest taken"),
            Self::Count => Text::new("计个数", "counted"),
        }
    }

    /// As a noun over several values.
    fn of(self, all: &Text) -> Text {
        match self {
            Self::Mean => say!("{all}的平均值", "the mean of {all}", all = all),
            Self::Median => say!(
                "{all}的中位数（偶数个取中间两数的平均）",
                "the median of {all} (of an even number the mean of the middle two)",
                all = all
            ),
            Self::Sum => say!("{all}之和", "the sum of {all}", all = all),
            Self::Times => say!("{all}之积", "the product of {all}", all = all),
            Self::Min => say!("{all}中的最小值", "the smallest of {all}", all = all),
            Self::Max => say!("{all}中的最大值", "the largest of {all}", all = all),
            Self::Count => say!("{all}的个数", "the number of {all}", all = all),
        }
    }
}

impl Writer<'_> {
    pub fn fold(&mut self, fold: Fold, of: &Operands) -> Phrase {
        if let [single] = of.0.as_slice() {
            let phrase = self.phrase(single);
            if phrase.list || fold == Fold::Count {
                return Phrase { list: false, ..phrase.then(fold.step()) };
            }
            return phrase;
        }
        if let (Fold::Times, [first, second]) = (fold, of.0.as_slice()) {
            let first = self.phrase(first);
            let second = self.phrase(second);
            let second = self.part(second, Bond::Product);
            if !first.steps.is_empty() && !first.list && !second.list && first.names < Phrase::HEAVY {
                return first.then(say!("乘以{by}", "times {by}", by = second.noun));
            }
            let first = self.part(first, Bond::Product);
            return self.folded(fold, vec![first, second]);
        }
        let bond = if fold == Fold::Times { Bond::Product } else { Bond::Sum };
        let mut parts = Vec::with_capacity(of.0.len());
        for one in &of.0 {
            let phrase = self.phrase(one);
            parts.push(self.part(phrase, bond));
        }
        self.folded(fold, parts)
    }

    fn folded(&self, fold: Fold, parts: Vec<Phrase>) -> Phrase {
        let names = parts.iter().map(|part| part.names).sum();
        let plain = parts.iter().all(|part| !part.list);
        let nouns: Vec<Text> = parts.into_iter().map(|part| part.noun).collect();
        match fold {
            Fold::Sum if plain && (2..=LONGEST_FORMULA).contains(&nouns.len()) => {
                Phrase::noun(join(&nouns, "＋", " + "), Bond::Sum, names)
            }
            Fold::Times if plain && nouns.len() >= 2 => Phrase::noun(join(&nouns, "×", " × "), Bond::Product, names),
            _ => Phrase::noun(fold.of(&listed(&nouns, "、", "and")), Bond::Loose, names),
        }
    }

    pub fn answer(&self, item: Option<&str>, key: &AnswerKey, count: AnswerCount) -> Text {
        let answer = match item.filter(|id| self.own.is_none_or(|own| own.id != **id)) {
            Some(id) => {
                let name = self.book.name(id);
                say!("{name}的答案", "the answer to {name}", name = name)
            }
            None => Text::new("所填答案", "the answer"),
        };
        let key = match key {
            AnswerKey::Letters(letters) => {
                say!("标准答案{letters}", "the key {letters}", letters = letters.to_uppercase())
            }
            AnswerKey::Parameter(id) => {
                let name = self.book.parameter(id);
                say!("{name}（公布前不计分）", "{name} (not scored before it is known)", name = name)
            }
            AnswerKey::Item(id) => {
                let name = self.book.name(id);
                say!("{name}的答案", "the answer to {name}", name = name)
            }
        };
        match count {
            AnswerCount::Matches => say!(
                "{answer}与{key}逐位相同的位数",
                "the number of places at which {answer} has the letter of {key}",
                answer = answer,
                key = key
            ),
            AnswerCount::Displacement => say!(
                "{key}的各字母在{answer}中偏离的位数之和（未出现的字母按全长计）",
                "how far the letters of {key} stand from their places in {answer}, added up (a letter that is not there counts the whole length)",
                answer = answer,
                key = key
            ),
            AnswerCount::Same => say!(
                "{answer}与{key}完全相同为1，否则为0",
                "1 where {answer} is the same as {key}, otherwise 0",
                answer = answer,
                key = key
            ),
        }
    }
}

/// A longer sum is a list of names.
const LONGEST_FORMULA: usize = 4;
