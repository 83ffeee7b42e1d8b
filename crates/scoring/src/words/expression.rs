//! Expressions in words: one clause for each operation, from the inside out.

use super::fold::Fold;
use super::names::datum;
use super::phrase::{Bond, Phrase, Writer};
use super::say::{edge_note, factor, join, listed, relation, rounded, say, seconds, weight};
use crate::exact::Exact;
use crate::rulebook::{Expr, Operands, Table, Weight};
use crate::text::Text;

impl Writer<'_> {
    /// A value, without its intermediate values.
    pub fn value(&mut self, expr: &Expr) -> Text {
        self.phrase(expr).whole()
    }

    /// A value within a sentence: a name, a number or a short formula.
    pub fn inline(&mut self, expr: &Expr) -> Text {
        let phrase = self.phrase(expr);
        self.part(phrase, Bond::Loose).noun
    }

    /// A value within a formula.
    pub fn operand(&mut self, expr: &Expr, bond: Bond) -> Phrase {
        let phrase = self.phrase(expr);
        self.part(phrase, bond)
    }

    /// A value to which one more thing is done.
    fn carried(&mut self, expr: &Expr) -> Phrase {
        let phrase = self.phrase(expr);
        if phrase.names >= Phrase::HEAVY { Phrase::name(self.aside(&phrase)) } else { phrase }
    }

    /// A limit, in seconds for a time.
    fn limit(&self, of: &Expr, value: &Exact) -> Text {
        if self.book.is_time(of, self.own) { seconds(value) } else { Text::same(value.to_string()) }
    }

    pub fn phrase(&mut self, expr: &Expr) -> Phrase {
        match expr {
            Expr::Mark => Phrase::name(self.own_mark()),
            Expr::Reading(id) => Phrase::name(self.reading(id)),
            Expr::Panel { item, minimum, absent, void } => self.panel(item.as_deref(), *minimum, (*absent, *void)),
            Expr::Own(id) => {
                let name = self.book.name(id);
                Phrase::name(say!("该裁判对{name}的评判", "the judge's own mark for {name}", name = name))
            }
            Expr::EachJudge { panel, of, minimum, absent, void } => {
                self.each_judge(panel, of, *minimum, (*absent, *void))
            }
            Expr::EachAttempt { item, of, minimum, not_yet, absent, void } => {
                self.each_attempt(item.as_deref(), of, *minimum, (*not_yet, *absent, *void))
            }
            Expr::Members { of, minimum, absent, void } => self.members(of, *minimum, (*absent, *void)),
            Expr::Answer { item, key, count } => Phrase::name(self.answer(item.as_deref(), key, *count)),
            Expr::Parameter(id) => Phrase::name(self.book.parameter(id)),
            Expr::Item(id) | Expr::Node(id) => Phrase::name(self.book.name(id)),
            Expr::Constant(value) => Phrase::name(Text::same(factor(value))),
            Expr::Seconds(value) => Phrase::name(seconds(value)),
            Expr::Datum(name) => Phrase::name(datum(name)),
            Expr::Age { born, on } => Phrase::name(say!(
                "{born}所载日期至{on}的周岁",
                "the whole years from the date in {born} to {on}",
                born = datum(born),
                on = on
            )),
            Expr::InSeconds(of) => {
                let of = self.operand(of, Bond::Name);
                Phrase::name(say!("{of}的秒数", "{of} in seconds", of = of.noun))
            }
            Expr::InPlaces(of) => {
                let of = self.operand(of, Bond::Name);
                Phrase::name(say!("{of}的名次数", "{of} as a number", of = of.noun))
            }
            Expr::Mean(of) => self.fold(Fold::Mean, of),
            Expr::Median(of) => self.fold(Fold::Median, of),
            Expr::Sum(of) => self.fold(Fold::Sum, of),
            Expr::Times(of) => self.fold(Fold::Times, of),
            Expr::Min(of) => self.fold(Fold::Min, of),
            Expr::Max(of) => self.fold(Fold::Max, of),
            Expr::Count(of) => self.fold(Fold::Count, of),
            Expr::Trim(trim) => self.trim(trim),
            Expr::Take { of, which, count } => self.take(of, *which, *count),
            Expr::Weigh { of, whole: _ } => self.weigh(of),
            Expr::Scale { of, from, to } => {
                let of = self.carried(of);
                if *from == Exact::ONE && of.steps.is_empty() {
                    let of = self.part(of, Bond::Product);
                    let noun = say!("{of}×{to}", "{of} × {to}", of = of.noun, to = factor(to));
                    return Phrase::noun(noun, Bond::Product, of.names + 1);
                }
                let (from, to) = (factor(from), factor(to));
                of.then(say!(
                    "由满分{from}折算为满分{to}（×{to}÷{from}）",
                    "scaled from {from} to {to} (× {to} ÷ {from})",
                    from = from,
                    to = to
                ))
            }
            Expr::Minus { from, less, floor } => {
                let of = self.minus(from, less);
                match floor {
                    Some(floor) => {
                        let floor = self.limit(from, floor);
                        of.then(say!("低于{floor}按{floor}计", "not below {floor}", floor = floor))
                    }
                    None => of,
                }
            }
            Expr::Clamp { of, low, high } => {
                let mut phrase = self.carried(of);
                if let Some(low) = low {
                    let low = self.limit(of, low);
                    phrase = phrase.then(say!("低于{low}按{low}计", "not below {low}", low = low));
                }
                if let Some(high) = high {
                    let high = self.limit(of, high);
                    phrase = phrase.then(say!("高于{high}按{high}计", "not above {high}", high = high));
                }
                phrase
            }
            Expr::Abs(of) => self.carried(of).then(Text::new("取绝对值", "without its sign")),
            Expr::Divide { of, by, zero } => self.divide(of, by, zero.as_deref()),
            Expr::Round { of, digits, mode } => self.carried(of).then(rounded(*digits, *mode)),
            Expr::Root { of, digits, mode } => {
                let root = rounded(*digits, *mode);
                self.carried(of).then(say!(
                    "开平方并{root}（负数视为缺席）",
                    "its square root, {root} (absent for a number below zero)",
                    root = root
                ))
            }
            Expr::Settle { of, absent, void } => {
                let mut phrase = self.carried(of);
                if let Some(absent) = absent {
                    phrase = phrase.then(say!("缺席时按{value}计", "{value} where absent", value = absent));
                }
                if let Some(void) = void {
                    phrase = phrase.then(say!("作废时按{value}计", "{value} where void", value = void));
                }
                phrase
            }
            Expr::Table(table) => self.table(table),
            Expr::Across { of, fold, within } => self.across(of, *fold, within.as_deref()),
            Expr::Standardise { of, digits, mode, zero, within } => {
                self.standardise(of, (*digits, *mode), zero, within.as_deref())
            }
            Expr::Place { of, direction, ties, within } => self.place(of, *direction, *ties, within.as_deref()),
            Expr::PlacePoints { of, points, direction, ties, within } => {
                self.place_points(of, points, *direction, *ties, within.as_deref())
            }
            Expr::MajorityPlace(id) => {
                let name = self.book.name(id);
                let noun = say!(
                    "按各裁判对{name}所判名次用顺位法（Skating System）规则5至8得出的名次",
                    "the place in {name} by the judges' placings under rules 5 to 8 of the skating system",
                    name = name
                );
                Phrase::noun(noun, Bond::Loose, 1)
            }
            Expr::Skating(ids) => {
                let names = listed(&self.book.names(ids), "和", "and");
                let noun = say!(
                    "按各裁判对{names}所判名次用顺位法（Skating System）规则5至11得出的总名次",
                    "the place over {names} by the judges' placings under rules 5 to 11 of the skating system",
                    names = names
                );
                Phrase::noun(noun, Bond::Loose, 1)
            }
            Expr::Rank => Phrase::name(Text::new("个人名次", "the rank")),
            Expr::AwardPoints { points, otherwise } => {
                let each: Vec<Text> = points
                    .iter()
                    .map(|(id, points)| {
                        say!("{award}得{points}", "{award} {points}", award = self.book.award(id), points = points)
                    })
                    .collect();
                let each = join(&each, "，", ", ");
                let noun = say!(
                    "按所获最高奖项计分：{each}，未获这些奖项得{otherwise}",
                    "points for the best award: {each}, without any of them {otherwise}",
                    each = each,
                    otherwise = otherwise
                );
                Phrase::heavy(noun)
            }
            Expr::When { is, then, otherwise } => {
                let is = self.condition(is);
                let then = self.inline(then);
                let otherwise = self.inline(otherwise);
                Phrase::heavy(say!(
                    "若{is}，则为{then}，否则为{otherwise}",
                    "if {is}, {then}, otherwise {otherwise}",
                    is = is,
                    then = then,
                    otherwise = otherwise
                ))
            }
        }
    }

    fn weigh(&mut self, of: &[Weight]) -> Phrase {
        let mut parts = Vec::with_capacity(of.len());
        let mut names = 0;
        for one in of {
            let part = self.operand(&one.of, Bond::Product);
            names += part.names;
            parts.push(say!("{part}×{by}", "{part} × {by}", part = part.noun, by = weight(&one.by)));
        }
        Phrase::noun(join(&parts, "＋", " + "), if parts.len() == 1 { Bond::Product } else { Bond::Sum }, names)
    }

    fn minus(&mut self, from: &Expr, less: &Operands) -> Phrase {
        let start = self.phrase(from);
        let less: Vec<Phrase> = less.0.iter().map(|one| self.phrase(one)).collect();
        let less: Vec<Phrase> = less.into_iter().map(|one| self.part(one, Bond::Product)).collect();
        let names: Vec<Text> = less
            .iter()
            .map(|one| match one.list {
                true => say!("（{of}之和）", "(the sum of {of})", of = one.noun),
                false => one.noun.clone(),
            })
            .collect();
        if !start.steps.is_empty() && start.names < Phrase::HEAVY {
            return start.then(say!("减去{less}", "less {less}", less = listed(&names, "和", "and")));
        }
        let start = self.part(start, Bond::Sum);
        let less = join(&names, "－", " − ");
        let count = start.names + names.len();
        Phrase::noun(say!("{from}－{less}", "{from} − {less}", from = start.noun, less = less), Bond::Sum, count)
    }

    fn divide(&mut self, of: &Expr, by: &Expr, zero: Option<&Expr>) -> Phrase {
        let top = self.phrase(of);
        let bottom = self.operand(by, Bond::Name);
        let zero = zero.map(|zero| {
            let zero = self.inline(zero);
            say!("（除数为0时为{zero}）", " ({zero} where the divisor is zero)", zero = zero)
        });
        let bond = if zero.is_some() { Bond::Loose } else { Bond::Product };
        let zero = zero.unwrap_or_default();
        if !top.steps.is_empty() && top.names < Phrase::HEAVY {
            return top.then(say!("除以{by}{zero}", "divided by {by}{zero}", by = bottom.noun, zero = zero));
        }
        let top = self.part(top, Bond::Product);
        let noun = say!("{of}÷{by}{zero}", "{of} ÷ {by}{zero}", of = top.noun, by = bottom.noun, zero = zero);
        Phrase::noun(noun, bond, top.names + bottom.names)
    }

    fn table(&mut self, table: &Table) -> Phrase {
        let of = self.inline(&table.of);
        let bands: Vec<Text> = table
            .bands
            .iter()
            .map(|band| {
                let edge = self.limit(&table.of, &band.edge);
                say!(
                    "{is}{note}得{points}",
                    "{is}{note}: {points}",
                    is = relation(band.is, &edge),
                    note = edge_note(band.is, &edge),
                    points = band.points
                )
            })
            .collect();
        Phrase::heavy(say!(
            "按{of}分档，依次取第一个符合的档：{bands}，均不符合得{otherwise}",
            "points by {of}, the first that fits: {bands}, otherwise: {otherwise}",
            of = of,
            bands = join(&bands, "，", ", "),
            otherwise = table.otherwise
        ))
    }
}
