//! Lists in words: panels, judges, attempts, members, and what is left out of them.

use super::inputs::{mark, marks};
use super::phrase::{Bond, Phrase, Writer};
use super::say::{join, listed, say};
use crate::rulebook::{Expr, Gap, Input, Operands, Trim, Which};
use crate::text::Text;

impl Writer<'_> {
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
        let unit = self.unit(&trim.of);
        let mut step = cut(trim.low, trim.high, unit);
        for row in &trim.by_size {
            step = say!(
                "{step}（有{from}个或更多时{row}）",
                "{step} (from {from} values on {row})",
                step = step,
                from = row.from,
                row = cut(row.low, row.high, unit)
            );
        }
        Phrase { list: true, cut: true, ..of.then(step) }
    }

    /// What the values of a list are called: points, or values of another kind.
    fn unit(&self, of: &Operands) -> &'static str {
        let Some(first) = of.0.first() else { return "分" };
        let item = if let Expr::Panel { item, .. } = first {
            item.as_ref().map_or(self.own, |id| self.book.rules.item(id))
        } else {
            None
        };
        let other = item.is_some_and(|item| matches!(item.input, Input::Placing { .. } | Input::Vote {}));
        if other || self.book.is_time(first, self.own) { "值" } else { "分" }
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
}

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
fn cut(low: u16, high: u16, unit: &str) -> Text {
    match (low, high) {
        (0, 0) => Text::new("一个也不去掉", "none left out"),
        (low, 0) => {
            say!("去掉{low}个最低{unit}", "{lowest} left out", low = low, lowest = extreme(low, "lowest"), unit = unit)
        }
        (0, high) => say!(
            "去掉{high}个最高{unit}",
            "{highest} left out",
            high = high,
            highest = extreme(high, "highest"),
            unit = unit
        ),
        (low, high) => say!(
            "去掉{high}个最高{unit}和{low}个最低{unit}",
            "{highest} and {lowest} left out",
            high = high,
            low = low,
            highest = extreme(high, "highest"),
            lowest = extreme(low, "lowest"),
            unit = unit
        ),
    }
}

fn extreme(count: u16, which: &str) -> String {
    if count == 1 { format!("the {which}") } else { format!("the {count} {which}") }
}
