//! Values of the whole field.

use super::{At, Model, Result, all, document, groups, int, median, num, number, rule};
use crate::reference::Missing;
use jiangsai_scoring::rulebook::{AcrossFold, Direction, Expr, Item, PlaceTies};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

impl<'a> Model<'a> {
    /// One for each entry.
    pub(super) fn wide(&self, expr: &'a Expr, at: At<'_>) -> Vec<Result> {
        let everybody: Vec<usize> = (0..self.field.entries.len()).collect();
        let of = match expr {
            Expr::Across { of, .. }
            | Expr::Standardise { of, .. }
            | Expr::Place { of, .. }
            | Expr::PlacePoints { of, .. } => of,
            Expr::MajorityPlace(id) => return self.majority(self.book.item(id).unwrap()),
            _ => panic!("no value of the field"),
        };
        let own: Vec<Result> = everybody.iter().map(|entry| self.eval(of, At { entry: *entry, ..at })).collect();
        let own: Vec<Result> = everybody
            .iter()
            .map(|entry| {
                if self.counts(*entry, expr, at) || own[*entry].is_err() {
                    own[*entry].clone()
                } else {
                    Err(Missing::Absent)
                }
            })
            .collect();
        let within = match expr {
            Expr::Across { within, .. }
            | Expr::Standardise { within, .. }
            | Expr::Place { within, .. }
            | Expr::PlacePoints { within, .. } => within.as_ref(),
            _ => None,
        };
        let mut results = vec![Err(Missing::Absent); own.len()];
        for group in groups(self, within, &everybody).into_values() {
            let values: Vec<BigRational> = group.iter().filter_map(|entry| own[*entry].clone().ok()).collect();
            for entry in group {
                results[entry] = match expr {
                    Expr::Across { fold, .. } => across(*fold, &values),
                    Expr::Place { direction, ties, .. } => {
                        own[entry].clone().map(|value| place(&values, &value, *direction, *ties))
                    }
                    Expr::PlacePoints { points, direction, ties, .. } => own[entry].clone().map(|value| {
                        let first = place(&values, &value, *direction, PlaceTies::First);
                        let equal = values.iter().filter(|one| **one == value).count();
                        let of = |at: BigRational| {
                            let at: usize = at.to_integer().try_into().unwrap();
                            points.get(at - 1).map_or_else(|| int(0), num)
                        };
                        match ties {
                            PlaceTies::First => of(first),
                            PlaceTies::Dense => of(place(&values, &value, *direction, PlaceTies::Dense)),
                            PlaceTies::Mean => {
                                let shared: BigRational = (0..equal).map(|more| of(&first + int(more))).sum();
                                shared / int(equal)
                            }
                        }
                    }),
                    Expr::Standardise { digits, mode, zero, .. } => own[entry].clone().map(|value| {
                        let mean = values.iter().sum::<BigRational>() / int(values.len());
                        let squares: BigRational = values.iter().map(|one| (one - &mean) * (one - &mean)).sum();
                        let variance = squares / int(values.len());
                        if variance.is_zero() {
                            return num(zero);
                        }
                        let distance = value - mean;
                        number::root(&(&distance * &distance / variance), distance.is_negative(), *digits, *mode)
                    }),
                    _ => unreachable!(),
                };
            }
        }
        results
    }

    /// Rules 5 to 8 of the skating system, column by column as a scrutineer does it on paper.
    /// Is the entry's status ranked in the latest stage of anything the value is made of?
    fn counts(&self, entry: usize, expr: &'a Expr, at: At<'_>) -> bool {
        let document = document(expr);
        let text = document.to_string();
        // Forms that mean the item whose score it is, without naming it.
        let own = at.own.filter(|_| {
            text.contains("\"mark\"")
                || ["panel", "each_attempt", "answer"].iter().any(|form| nameless(&document, form))
        });
        let stage = self.latest(&document).max(own.map_or(0, |item| self.stage_of_item(item)));
        rule(self.book, self.state_in(stage, entry)).ranked
    }

    fn majority(&self, item: &Item) -> Vec<Result> {
        let seats = self.seats(item);
        let mut results: Vec<Result> = Vec::new();
        let mut couples: Vec<(usize, Vec<usize>)> = Vec::new();
        for entry in 0..self.field.entries.len() {
            let marks = all((0..seats).map(|seat| self.cell(entry, item, 1, seat)).collect());
            results.push(match marks {
                Err(missing) => Err(missing),
                Ok(_) if !rule(self.book, self.state_in(self.stage_of_item(item), entry)).ranked => {
                    Err(Missing::Absent)
                }
                Ok(marks) => {
                    let marks = marks.iter().map(|mark| mark.to_integer().try_into().unwrap()).collect();
                    couples.push((entry, marks));
                    Ok(int(0))
                }
            });
        }
        let majority = seats / 2 + 1;
        let counted = |marks: &[usize], column: usize| marks.iter().filter(|mark| **mark <= column).count();
        let sum = |marks: &[usize], column: usize| marks.iter().filter(|mark| **mark <= column).sum::<usize>();
        let last = couples.iter().flat_map(|(_, marks)| marks.iter().copied()).max().unwrap_or(1);
        let mut left: Vec<usize> = (0..couples.len()).collect();
        let mut next = 1;
        for column in 1..=last {
            let mut here: Vec<usize> =
                left.iter().copied().filter(|couple| counted(&couples[*couple].1, column) >= majority).collect();
            left.retain(|couple| !here.contains(couple));
            while !here.is_empty() {
                // Rule 6: the greater majority; rule 7: the smaller sum; then the following columns, and rule 8 at the end.
                let mut best = here.clone();
                for further in column..=last {
                    let most = best.iter().map(|couple| counted(&couples[*couple].1, further)).max().unwrap();
                    best.retain(|couple| counted(&couples[*couple].1, further) == most);
                    let least = best.iter().map(|couple| sum(&couples[*couple].1, further)).min().unwrap();
                    best.retain(|couple| sum(&couples[*couple].1, further) == least);
                }
                let shared: usize = (next..next + best.len()).sum();
                for couple in &best {
                    results[couples[*couple].0] = Ok(int(shared) / int(best.len()));
                }
                next += best.len();
                here.retain(|couple| !best.contains(couple));
            }
        }
        results
    }
}

/// Is there such a form that does not name its item?
fn nameless(document: &serde_json::Value, form: &str) -> bool {
    match document {
        serde_json::Value::Object(of) => {
            of.get(form).is_some_and(|own| own.is_object() && own.get("item").is_none())
                || of.values().any(|below| nameless(below, form))
        }
        serde_json::Value::Array(of) => of.iter().any(|below| nameless(below, form)),
        _ => false,
    }
}

fn across(fold: AcrossFold, values: &[BigRational]) -> Result {
    if values.is_empty() && fold != AcrossFold::Count {
        return Err(Missing::Absent);
    }
    Ok(match fold {
        AcrossFold::Count => int(values.len()),
        AcrossFold::Max => values.iter().max().unwrap().clone(),
        AcrossFold::Min => values.iter().min().unwrap().clone(),
        AcrossFold::Sum => values.iter().sum(),
        AcrossFold::Mean => values.iter().sum::<BigRational>() / int(values.len()),
        AcrossFold::Median => median(values.to_vec()),
    })
}

fn place(values: &[BigRational], value: &BigRational, direction: Direction, ties: PlaceTies) -> BigRational {
    let is_better = |one: &&BigRational| match direction {
        Direction::Higher => *one > value,
        Direction::Lower => *one < value,
    };
    let mut better: Vec<&BigRational> = values.iter().filter(is_better).collect();
    let equal = values.iter().filter(|one| *one == value).count();
    match ties {
        PlaceTies::First => int(better.len() + 1),
        PlaceTies::Mean => int(2 * better.len() + 1 + equal) / int(2),
        PlaceTies::Dense => {
            better.sort();
            better.dedup();
            int(better.len() + 1)
        }
    }
}
