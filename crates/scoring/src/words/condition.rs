//! Conditions in words.

use super::names::datum;
use super::phrase::Writer;
use super::say::{join, listed, relation, say};
use crate::rulebook::{Compare, Condition, Logic, Relation};
use crate::text::Text;

impl Writer<'_> {
    /// A condition, without its intermediate values.
    pub fn condition(&mut self, condition: &Condition) -> Text {
        match condition {
            Condition::Compare(Compare { left, is, right }) => {
                let left = self.inline(left);
                let right = self.inline(right);
                say!("{left}{is}", "{left} is {is}", left = left, is = relation(*is, &right))
            }
            Condition::Logic(Logic::All(of)) => self.several(of, ("且", "and")),
            Condition::Logic(Logic::Any(of)) => self.several(of, ("或", "or")),
            Condition::Logic(Logic::Not(of)) => {
                let of = self.condition(of);
                say!("并非（{of}）", "not ({of})", of = of)
            }
            Condition::Logic(Logic::DatumIs { name, any_of }) => {
                let all: Vec<Text> = any_of.iter().map(|text| Text::same(format!("“{text}”"))).collect();
                let all = listed(&all, "或", "or");
                say!("{datum}为{all}", "{datum} is {all}", datum = datum(name), all = all)
            }
            Condition::Logic(Logic::OnScale { scale, datum: name, is, than }) => {
                let scales = &self.book.rules.scales;
                let scale = scales
                    .iter()
                    .find(|one| one.id == *scale)
                    .map_or_else(|| Text::same(scale), |one| super::names::named(&one.name, &one.id));
                say!(
                    "{datum}按“{scale}”的次序{is}“{than}”",
                    "{datum}, in the order of “{scale}”, is {is} “{than}”",
                    datum = datum(name),
                    scale = scale,
                    is = on_scale(*is),
                    than = than
                )
            }
            Condition::Logic(Logic::Award(ids)) => {
                let names: Vec<Text> = ids.iter().map(|id| self.book.award(id)).collect();
                let names = listed(&names, "或", "or");
                say!("获得{names}", "{names} was awarded", names = names)
            }
            Condition::Logic(Logic::InStage(id)) => {
                let stage = self.book.stage(id);
                say!("参加了阶段{stage}", "the entry takes part in {stage}", stage = stage)
            }
        }
    }

    fn several(&mut self, of: &[Condition], (zh, en): (&str, &str)) -> Text {
        let mut parts = Vec::with_capacity(of.len());
        for one in of {
            let text = self.condition(one);
            let nested = matches!(one, Condition::Logic(Logic::All(inner) | Logic::Any(inner)) if inner.len() > 1);
            parts.push(if nested && of.len() > 1 { say!("（{text}）", "({text})", text = text) } else { text });
        }
        join(&parts, zh, &format!(" {en} "))
    }
}

fn on_scale(is: Relation) -> Text {
    match is {
        Relation::Less => Text::new("低于", "below"),
        Relation::AtMost => Text::new("不高于", "not above"),
        Relation::Equal => Text::new("等于", "equal to"),
        Relation::AtLeast => Text::new("不低于", "not below"),
        Relation::More => Text::new("高于", "above"),
    }
}
