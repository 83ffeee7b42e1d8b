//! Lists in words: panels, judges, attempts, members, what is left out of them, and what they are folded to.

use super::inputs::{mark, marks};
use super::phrase::{Bond, Phrase, Writer};
use super::say::{join, listed, say};
use crate::rulebook::{AnswerCount, AnswerKey, Expr, Gap, Operands, Trim, Which};
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

    /// A list of operands, laid out flat.
    fn flat(&mut self, of: &Operands) -> Phrase {
        if let [single] = of.0.as_slice() {
            return Phrase { list: true, ..self.phrase(single) };
        }
        let mut parts = Vec::with_capacity(of.0.len());
        for one in &of.0 {
            let phrase = self.phrase(one);
            parts.push(self.part(phrase, Bond::Sum).noun);
        }
        Phrase { list: true, ..Phrase::noun(listed(&parts, "、", "and"), Bond::Loose, parts.len()) }
    }

    pub fn trim(&mut self, trim: &Trim) -> Phrase {
        let of = self.flat(&trim.of);
        let mut step = cut(trim.low, trim.high);
        for row in &trim.by_size {
            step = say!(
                "{step}（有{from}个或更多时{row}）",
                "{step} (from {from} values on {row})",
                step = step,
                from = row.from,
                row = cut(row.low, row.high)
            );
        }
        Phrase { list: true, cut: true, ..of.then(step) }
    }

    pub fn take(&mut self, of: &Operands, which: Which, count: u16) -> Phrase {
        let of = self.flat(of);
        let step = match which {
            Which::Highest => say!("取最高的{count}个", "the {count} highest taken", count = count),
            Which::Lowest => say!("取最低的{count}个", "the {count} lowest taken", count = count),
            Which::First => say!("取前{count}个", "the first {count} taken", count = count),
            Which::Last => say!("取最后{count}个", "the last {count} taken", count = count),
        };
        let step = say!("{step}（不足时全取）", "{step} (all where there are fewer)", step = step);
        Phrase { list: true, cut: true, ..of.then(step) }
    }

    pub fn own_mark(&self) -> Text {
        self.own.map_or_else(|| Text::new("录入值", "the mark typed"), |item| mark(&item.input))
    }

    pub fn reading(&self, id: &str) -> Text {
        let mark =
            self.book.rules.item(id).map_or_else(|| Text::new("录入值", "the mark typed"), |item| mark(&item.input));
        say!("{name}的{mark}", "{mark} for {name}", name = self.book.name(id), mark = mark)
    }

    pub fn panel(&mut self, item: Option<&str>, minimum: Option<u16>, (absent, void): (Gap, Gap)) -> Phrase {
        let found = item.map_or(self.own, |id| self.book.rules.item(id));
        let marks = found.map_or_else(|| Text::new("评分", "marks"), |item| marks(&item.input));
        let panel = found.and_then(|item| item.panel()).unwrap_or_default();
        let judges = self.book.judges(panel);
        let noun = match item.filter(|id| self.own.is_none_or(|own| own.id != **id)) {
            Some(id) => {
                let name = self.book.name(id);
                say!(
                    "{judges}对{name}的{marks}",
                    "the {marks} of {judges} for {name}",
                    judges = judges,
                    name = name,
                    marks = marks
                )
            }
            None => say!("{judges}的{marks}", "the {marks} of {judges}", judges = judges, marks = marks),
        };
        let short = match item.filter(|id| self.own.is_none_or(|own| own.id != **id)) {
            Some(_) => noun.clone(),
            None => marks,
        };
        let seats = self.book.rules.panel(panel).map(|panel| panel.minimum.unwrap_or(panel.seats));
        self.gaps(&short, (minimum, seats), &[(Lack::Absent, absent), (Lack::Void, void)]);
        Phrase::list(noun)
    }

    pub fn each_judge(&mut self, panel: &str, of: &Expr, minimum: Option<u16>, (absent, void): (Gap, Gap)) -> Phrase {
        let judges = self.book.judges(panel);
        self.scope.push(say!("{judges}每人各计", "for each of {judges}", judges = judges));
        let of = self.phrase(of);
        let of = if of.bond == Bond::Name { self.part(of, Bond::Name).noun } else { self.aside(&of) };
        self.scope.pop();
        let noun = say!("{judges}各自的{of}", "{of} of each of {judges}", judges = judges, of = of);
        let seats = self.book.rules.panel(panel).map(|panel| panel.minimum.unwrap_or(panel.seats));
        self.gaps(&noun, (minimum, seats), &[(Lack::Absent, absent), (Lack::Void, void)]);
        Phrase::list(noun)
    }

    pub fn each_attempt(
        &mut self,
        item: Option<&str>,
        of: &Expr,
        minimum: Option<u16>,
        (not_yet, absent, void): (Gap, Gap, Gap),
    ) -> Phrase {
        let found = item.map_or(self.own, |id| self.book.rules.item(id));
        let count = found.map_or(1, |item| item.attempt_count());
        self.scope.push(Text::new("每次各计", "for each attempt"));
        let of = self.phrase(of);
        let of = if of.bond == Bond::Name { self.part(of, Bond::Name).noun } else { self.aside(&of) };
        self.scope.pop();
        let noun = match item.filter(|id| self.own.is_none_or(|own| own.id != **id)) {
            Some(id) => {
                let name = self.book.name(id);
                say!(
                    "{name}{count}次各次的{of}",
                    "{of} of each of the {count} attempts at {name}",
                    name = name,
                    count = count,
                    of = of
                )
            }
            None => say!("{count}次各次的{of}", "{of} of each of the {count} attempts", count = count, of = of),
        };
        let gaps = [(Lack::NotYet, not_yet), (Lack::Absent, absent), (Lack::Void, void)];
        self.gaps(&noun, (minimum, Some(1)), &gaps);
        Phrase::list(noun)
    }

    pub fn members(&mut self, of: &Expr, minimum: Option<u16>, (absent, void): (Gap, Gap)) -> Phrase {
        self.scope.push(Text::new("每名队员各计", "for each member"));
        let of = self.phrase(of);
        let of = if of.bond == Bond::Name { self.part(of, Bond::Name).noun } else { self.aside(&of) };
        self.scope.pop();
        let noun = say!("各队员的{of}", "{of} of each member", of = of);
        self.gaps(&noun, (Some(minimum.unwrap_or(1)), None), &[(Lack::Absent, absent), (Lack::Void, void)]);
        Phrase::list(noun)
    }

    /// Notes what becomes of the missing values of a list, and how many must be left.
    fn gaps(&mut self, noun: &Text, (own, general): (Option<u16>, Option<u16>), gaps: &[(Lack, Gap)]) {
        let mut parts: Vec<Text> = gaps.iter().map(|(lack, gap)| lack.becomes(*gap)).collect();
        let leaves = gaps.iter().any(|(_, gap)| *gap == Gap::LeaveOut);
        if let Some(least) = own.or(general.filter(|_| leaves)) {
            parts.push(say!(
                "至少须有{least}个，不足则无值（缺席）",
                "at least {least} must be left, otherwise it is absent",
                least = least
            ));
        }
        let parts = join(&parts, "；", "; ");
        self.note(say!("{noun}：{parts}", "{noun}: {parts}", noun = noun, parts = parts));
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

/// Why a value is missing.
#[derive(Clone, Copy)]
enum Lack {
    NotYet,
    Absent,
    Void,
}

impl Lack {
    fn becomes(self, gap: Gap) -> Text {
        let (zh, en) = match self {
            Self::NotYet => ("未评", "not yet marked"),
            Self::Absent => ("缺席", "absent"),
            Self::Void => ("作废", "void"),
        };
        match gap {
            Gap::Refuse => say!("有{zh}的则整体{zh}", "one that is {en} makes the whole {en}", zh = zh, en = en),
            Gap::LeaveOut => say!("{zh}的不计入", "those {en} are left out", zh = zh, en = en),
            Gap::Zero => say!("{zh}的按0计", "those {en} count as zero", zh = zh, en = en),
        }
    }
}

/// How many of the extremes are left out.
fn cut(low: u16, high: u16) -> Text {
    match (low, high) {
        (0, 0) => Text::new("不去掉任何分数", "none left out"),
        (low, 0) => say!("去掉{low}个最低分", "{lowest} left out", low = low, lowest = extreme(low, "lowest")),
        (0, high) => say!("去掉{high}个最高分", "{highest} left out", high = high, highest = extreme(high, "highest")),
        (low, high) => say!(
            "去掉{high}个最高分和{low}个最低分",
            "{highest} and {lowest} left out",
            high = high,
            low = low,
            highest = extreme(high, "highest"),
            lowest = extreme(low, "lowest")
        ),
    }
}

fn extreme(count: u16, which: &str) -> String {
    if count == 1 { format!("the {which}") } else { format!("the {count} {which}") }
}
