//! An independent computation of expressions, straight from the laws in the rulebook's documentation, over big rationals.

use crate::numbers::reference;
use jiangsai_scoring::Mark;
use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::Value;
use std::collections::BTreeMap;

/// Why there is no value; the largest of several holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    Absent,
    Void,
    NotYet,
}

pub type Result = std::result::Result<BigRational, Missing>;

pub fn number(value: &Value) -> BigRational {
    reference(&value.as_str().unwrap().parse().unwrap())
}

fn int(value: usize) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

/// The value of an expression over panel marks and single marks by item id.
pub fn eval(expr: &Value, marks: &BTreeMap<String, Vec<Mark>>) -> Result {
    let (op, of) = expr.as_object().unwrap().iter().next().unwrap();
    let one = |value: &Value| eval(value, marks);
    match op.as_str() {
        "reading" => single(&marks[of.as_str().unwrap()][0]),
        "constant" => Ok(number(of)),
        "sum" => list(of, marks).map(|all| all.into_iter().sum()),
        "times" => list(of, marks).map(|all| all.into_iter().product()),
        "mean" => list(of, marks).map(|all| {
            let size = int(all.len());
            all.into_iter().sum::<BigRational>() / size
        }),
        "median" => list(of, marks).map(|mut all| {
            all.sort();
            let size = all.len();
            (&all[(size - 1) / 2] + &all[size / 2]) / int(2)
        }),
        "min" => list(of, marks).map(|all| all.into_iter().min().unwrap()),
        "max" => list(of, marks).map(|all| all.into_iter().max().unwrap()),
        "count" => list(of, marks).map(|all| int(all.len())),
        "abs" => one(of).map(|value| if value < int(0) { -value } else { value }),
        "scale" => one(&of["of"]).map(|value| value * number(&of["to"]) / number(&of["from"])),
        "weigh" => {
            let parts = of["of"].as_array().unwrap().iter();
            all(parts.map(|part| one(&part["of"]).map(|value| value * number(&part["by"]))).collect())
                .map(|all| all.into_iter().sum())
        }
        "minus" => {
            let from = one(&of["from"]);
            let less = list(&of["less"], marks).map(|all| all.into_iter().sum::<BigRational>());
            let both = all(vec![from, less])?;
            let result = &both[0] - &both[1];
            Ok(of.get("floor").map_or(result.clone(), |floor| result.max(number(floor))))
        }
        "round" => one(&of["of"]).map(|value| {
            // Half up: the floor of the magnitude plus a half.
            let power =
                BigRational::from_integer(BigInt::from(10).pow(u32::try_from(of["digits"].as_u64().unwrap()).unwrap()));
            let half = int(1) / int(2);
            let scaled = value * &power;
            let magnitude = |value: BigRational| (value + &half).floor();
            (if scaled < int(0) { -magnitude(-scaled) } else { magnitude(scaled) }) / power
        }),
        "settle" => match one(&of["of"]) {
            Err(Missing::Absent) if of.get("absent").is_some() => Ok(number(&of["absent"])),
            Err(Missing::Void) if of.get("void").is_some() => Ok(number(&of["void"])),
            other => other,
        },
        "divide" => {
            let both = all(vec![one(&of["of"]), one(&of["by"])])?;
            if both[1] == int(0) { one(&of["zero"]) } else { Ok(&both[0] / &both[1]) }
        }
        "when" => {
            let is = &of["is"];
            let both = all(vec![one(&is["left"]), one(&is["right"])])?;
            let holds = match is["is"].as_str().unwrap() {
                "less" => both[0] < both[1],
                "at_most" => both[0] <= both[1],
                "equal" => both[0] == both[1],
                "at_least" => both[0] >= both[1],
                _ => both[0] > both[1],
            };
            one(&of[if holds { "then" } else { "otherwise" }])
        }
        other => panic!("{other}"),
    }
}

fn single(mark: &Mark) -> Result {
    match mark {
        Mark::Value(value) => Ok(reference(value)),
        Mark::NotYet => Err(Missing::NotYet),
        Mark::Absent => Err(Missing::Absent),
        Mark::Void | Mark::Answer(_) => Err(Missing::Void),
    }
}

fn all(values: Vec<Result>) -> std::result::Result<Vec<BigRational>, Missing> {
    match values.iter().filter_map(|value| value.as_ref().err()).max() {
        Some(missing) => Err(*missing),
        None => Ok(values.into_iter().map(|value| value.unwrap()).collect()),
    }
}

/// Operands laid out flat.
fn list(of: &Value, marks: &BTreeMap<String, Vec<Mark>>) -> std::result::Result<Vec<BigRational>, Missing> {
    let operands = of.as_array().map_or_else(|| vec![of], |many| many.iter().collect());
    let mut flat = Vec::new();
    let mut missing = None;
    for one in operands {
        let result = if let Some(panel) = one.get("panel") {
            panel_marks(panel, marks)
        } else if let Some(trim) = one.get("trim") {
            list(&trim["of"], marks).map(|mut all| {
                all.sort();
                let (low, high) = (trim["low"].as_u64().unwrap(), trim["high"].as_u64().unwrap());
                let keep = all.len() - usize::try_from(low + high).unwrap();
                all.into_iter().skip(usize::try_from(low).unwrap()).take(keep).collect()
            })
        } else {
            eval(one, marks).map(|value| vec![value])
        };
        match result {
            Ok(values) => flat.extend(values),
            Err(reason) => missing = missing.max(Some(reason)),
        }
    }
    missing.map_or(Ok(flat), Err)
}

fn panel_marks(panel: &Value, marks: &BTreeMap<String, Vec<Mark>>) -> std::result::Result<Vec<BigRational>, Missing> {
    let policy = |name: &str| panel.get(name).and_then(Value::as_str).unwrap_or("refuse").to_owned();
    let (absent, void) = (policy("absent"), policy("void"));
    let mut results = Vec::new();
    for mark in &marks[panel["item"].as_str().unwrap()] {
        let rule = match mark {
            Mark::Absent => absent.as_str(),
            Mark::Void => void.as_str(),
            _ => "refuse",
        };
        match rule {
            "leave_out" => {}
            "zero" => results.push(Ok(int(0))),
            _ => results.push(single(mark)),
        }
    }
    let values = all(results)?;
    let minimum = panel["minimum"]
        .as_u64()
        .map_or(marks[panel["item"].as_str().unwrap()].len(), |minimum| usize::try_from(minimum).unwrap());
    if values.len() < minimum { Err(Missing::Absent) } else { Ok(values) }
}
