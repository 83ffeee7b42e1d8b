//! The forms with rules of their own: panels, trims, divisions, tables.

use super::numbers::Length;
use super::{Checker, Gaps, Kind, Place, Type, mismatch, unknown};
use crate::check::range;
use crate::exact::Exact;
use crate::fault::{Fault, FaultCode};
use crate::rulebook::{Expr, Gap, Operands, Relation, Table, Trim};

impl Checker<'_> {
    pub(super) fn panel(
        &mut self,
        item: Option<&str>,
        at: Place,
        minimum: Option<u16>,
        (absent, void): (Gap, Gap),
        path: &str,
    ) -> Option<Type> {
        let rulebook = self.rulebook;
        let found = match item {
            Some(id) => rulebook.item(id),
            None => at.own.and_then(|slot| rulebook.items.get(slot)),
        };
        let Some(found) = found else {
            self.fault(match item {
                Some(id) => unknown(format!("{path}/item"), id, "item"),
                None => Fault::new(path, FaultCode::NoMarkHere).with("wanted", "panel"),
            });
            return None;
        };
        let Some(panel) = found.panel() else {
            self.fault(Fault::new(path, FaultCode::NoMarkHere).with("wanted", "panel"));
            return None;
        };
        // A panel nobody declared was reported where the item names it.
        let panel = rulebook.panel(panel)?;
        let fewest = minimum.or(panel.minimum).unwrap_or(panel.seats);
        if minimum.is_some_and(|minimum| !(1..=panel.seats).contains(&minimum)) {
            self.fault(range(format!("{path}/minimum"), 1, panel.seats, fewest));
            return None;
        }
        let shrinks = absent == Gap::LeaveOut || void == Gap::LeaveOut;
        let low = if shrinks { fewest } else { panel.seats };
        let gaps = Gaps { absent: absent == Gap::Refuse || shrinks, void: void == Gap::Refuse };
        let list = Some((usize::from(low), usize::from(panel.seats)));
        Some(Type { list, gaps, ..self.marked(found, at, path)? })
    }

    pub(super) fn trim(&mut self, trim: &Trim, at: Place, path: &str) -> Option<Type> {
        let (all, _) = self.operands(&trim.of, at, &format!("{path}/of"))?;
        let (low, high) = all.list.unwrap_or((1, 1));
        let left = |size: usize| {
            let (cut_low, cut_high) = trim.cut(size);
            size.checked_sub(cut_low + cut_high).filter(|left| *left > 0)
        };
        if let Some(size) = (low..=high).find(|size| left(*size).is_none()) {
            let (cut_low, cut_high) = trim.cut(size);
            self.fault(
                Fault::new(path, FaultCode::TrimLeavesNobody)
                    .with("size", size)
                    .with("low", cut_low)
                    .with("high", cut_high),
            );
            return None;
        }
        let fewest = (low..=high).filter_map(left).min().unwrap_or(1);
        let most = (low..=high).filter_map(left).max().unwrap_or(1);
        Some(Type { list: Some((fewest, most)), ..all })
    }

    /// A product: numbers, the first of which can be a time.
    pub(super) fn times(&mut self, of: &Operands, at: Place, path: &str) -> Option<Type> {
        let Some((first, rest)) = of.0.split_first() else {
            self.fault(Fault::new(path, FaultCode::Empty));
            return None;
        };
        let first_path = if rest.is_empty() { path.to_owned() } else { format!("{path}/0") };
        let first = self.typed(first, at, &first_path);
        let rest: Vec<Option<Type>> = rest
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let path = format!("{path}/{}", index + 1);
                let one = self.typed(one, at, &path)?;
                if one.kind != Kind::Number {
                    self.fault(mismatch(path, "value", one.name()));
                    return None;
                }
                Some(one)
            })
            .collect();
        let first = first?;
        if first.kind == Kind::Place || (first.kind == Kind::Time && first.list.is_some()) {
            self.fault(mismatch(first_path, "value", first.name()));
            return None;
        }
        let mut gaps = first.gaps;
        let mut lengths = vec![(first.length, first.list.map_or(1, |(_, most)| most))];
        for one in rest {
            let one = one?;
            gaps = gaps.and(one.gaps);
            lengths.push((one.length, one.list.map_or(1, |(_, most)| most)));
        }
        Some(Type { list: None, gaps, length: Length::product(&lengths), ..first })
    }

    pub(super) fn divide(&mut self, parts: (&Expr, &Expr, Option<&Expr>), at: Place, path: &str) -> Option<Type> {
        let (of, by, zero) = parts;
        match (by, zero) {
            (Expr::Constant(value) | Expr::Seconds(value), _) if value.is_zero() => {
                self.fault(Fault::new(format!("{path}/by"), FaultCode::DivisionByZero));
            }
            (Expr::Constant(_) | Expr::Seconds(_), _) | (_, Some(_)) => {}
            (_, None) => self.fault(Fault::new(format!("{path}/zero"), FaultCode::ZeroCaseMissing)),
        }
        let top = self.value(of, at, &format!("{path}/of"));
        let bottom = self.value(by, at, &format!("{path}/by"));
        let zero = match zero {
            Some(zero) => Some(self.number(zero, at, &format!("{path}/zero"))?),
            None => None,
        };
        let (top, bottom) = (top?, bottom?);
        if top.kind != bottom.kind {
            self.fault(mismatch(format!("{path}/by"), top.name(), bottom.name()));
            return None;
        }
        let mut gaps = top.gaps.and(bottom.gaps);
        let mut length = top.length.times(bottom.length.swapped());
        if let Some(zero) = zero {
            gaps = gaps.and(zero.gaps);
            length = length.or(zero.length);
        }
        Some(Type { gaps, ..Type::number(length) })
    }

    pub(super) fn table(&mut self, table: &Table, at: Place, path: &str) -> Option<Type> {
        if table.bands.is_empty() {
            self.fault(Fault::new(format!("{path}/bands"), FaultCode::Empty));
        }
        for (index, band) in table.bands.iter().enumerate() {
            let dead =
                table.bands[..index].iter().any(|before| covers((before.is, &before.edge), (band.is, &band.edge)));
            if dead {
                self.fault(Fault::new(format!("{path}/bands/{index}"), FaultCode::DeadBand));
            }
        }
        let of = self.value(&table.of, at, &format!("{path}/of"))?;
        let points = table.bands.iter().map(|band| Length::of(&band.points));
        let length = points.fold(Length::of(&table.otherwise), Length::or);
        Some(Type { gaps: of.gaps, ..Type::number(length) })
    }
}

/// Does the earlier band take every value of the later one?
fn covers(before: (Relation, &Exact), band: (Relation, &Exact)) -> bool {
    use Relation::{AtLeast, AtMost, Equal, Less, More};
    let (edge, other) = (band.1, before.1);
    match (before.0, band.0) {
        (AtMost, Less | AtMost | Equal) | (Less, Less) => edge <= other,
        (Less, AtMost | Equal) => edge < other,
        (AtLeast, More | AtLeast | Equal) | (More, More) => edge >= other,
        (More, AtLeast | Equal) => edge > other,
        (Equal, Equal) => edge == other,
        _ => false,
    }
}
