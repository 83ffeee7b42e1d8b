//! Values of the whole field in words.

use super::phrase::{Bond, Phrase, Writer};
use super::say::{better, join, rounded, say};
use crate::exact::{Exact, RoundMode};
use crate::rulebook::{AcrossFold, Direction, Expr, PlaceTies};
use crate::text::Text;

impl Writer<'_> {
    pub fn standardise(
        &mut self,
        of: &Expr,
        (digits, mode): (u8, RoundMode),
        zero: &Exact,
        within: Option<&str>,
    ) -> Phrase {
        let field = self.field(within);
        let of = self.each_entry(of);
        let noun = say!(
            "（{of}－{field}中该值的平均值）÷{field}中该值的总体标准差",
            "the distance of {of} from its mean over {field}, in their population standard deviations",
            of = of,
            field = field
        );
        let phrase = Phrase::noun(noun, Bond::Loose, 2).then(rounded(digits, mode));
        phrase.then(say!("各值全部相等时为{zero}", "{zero} where all are equal", zero = zero))
    }

    /// The value of each entry of the field.
    fn each_entry(&mut self, of: &Expr) -> Text {
        self.scope.push(Text::new("每名选手各计", "for each entry"));
        let of = self.operand(of, Bond::Name).noun;
        self.scope.pop();
        self.note(Text::new(
            "“全场”指有该值且按其状态参加排名的全部选手",
            "the field is every entry that has the value and whose status is ranked",
        ));
        of
    }

    fn field(&self, within: Option<&str>) -> Text {
        match within {
            Some(name) => say!("全场“{name}”相同者", "those of the field with the same “{name}”", name = name),
            None => Text::new("全场", "the field"),
        }
    }

    pub fn across(&mut self, of: &Expr, fold: AcrossFold, within: Option<&str>) -> Phrase {
        let field = self.field(within);
        let of = self.each_entry(of);
        let fold = match fold {
            AcrossFold::Max => Text::new("最大值", "the largest"),
            AcrossFold::Min => Text::new("最小值", "the smallest"),
            AcrossFold::Sum => Text::new("总和", "the sum"),
            AcrossFold::Mean => Text::new("平均值", "the mean"),
            AcrossFold::Median => Text::new(
                "中位数（偶数个取中间两数的平均）",
                "the median (of an even number the mean of the middle two)",
            ),
            AcrossFold::Count => Text::new("个数", "the number"),
        };
        Phrase::name(say!("{field}中{of}的{fold}", "{fold} of {of} over {field}", field = field, of = of, fold = fold))
    }

    pub fn place(&mut self, of: &Expr, direction: Direction, ties: PlaceTies, within: Option<&str>) -> Phrase {
        let field = self.field(within);
        let of = self.each_entry(of);
        let ties = match ties {
            PlaceTies::First => {
                Text::new("相等者同取所占名次中最前的，如1、2、2、4", "equals get the first of their places: 1 2 2 4")
            }
            PlaceTies::Mean => Text::new(
                "相等者取所占名次的平均，如1、2.5、2.5、4",
                "equals get the mean of their places: 1 2.5 2.5 4",
            ),
            PlaceTies::Dense => Text::new(
                "相等者名次相同且其后不跳号，如1、2、2、3",
                "equals share a place and none is skipped: 1 2 2 3",
            ),
        };
        Phrase::name(say!(
            "{of}在{field}中的名次（{direction}；{ties}）",
            "the place of {of} in {field} ({direction}; {ties})",
            of = of,
            field = field,
            direction = better(direction),
            ties = ties
        ))
    }

    pub fn place_points(
        &mut self,
        of: &Expr,
        points: &[Exact],
        direction: Direction,
        ties: PlaceTies,
        within: Option<&str>,
    ) -> Phrase {
        let field = self.field(within);
        let of = self.each_entry(of);
        let ties = match ties {
            PlaceTies::First => {
                Text::new("相等者同取所占名次中最前一名的分", "equals all get the points of the first of their places")
            }
            PlaceTies::Mean => {
                Text::new("相等者平分所占各名次的分之和", "equals share the points of all the places they take")
            }
            PlaceTies::Dense => Text::new(
                "相等者名次相同、得分相同，其后不跳号",
                "equals share a place and its points, and none is skipped",
            ),
        };
        let points: Vec<Text> = points.iter().map(|points| Text::same(points.to_string())).collect();
        Phrase::heavy(say!(
            "按{of}在{field}中的名次计分（{direction}）：第1名起依次得{points}，其后得0；{ties}",
            "points by the place of {of} in {field} ({direction}): from the first on {points}, then 0; {ties}",
            of = of,
            field = field,
            direction = better(direction),
            points = join(&points, "、", ", "),
            ties = ties
        ))
    }
}
