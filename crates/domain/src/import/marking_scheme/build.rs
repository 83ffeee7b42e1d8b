//! From a scheme to the rulebook document.

use super::scheme::{Aspect, Criterion, Scheme, SubCriterion};
use super::sums::WHOLE;
use jiangsai_scoring::Exact;
use serde_json::{Value, json};

/// Highest level of a judgement.
const LEVELS: i64 = 3;

/// The rulebook document.
pub(super) fn document(scheme: &Scheme) -> Value {
    let criteria: Vec<&Criterion> = scheme.criteria.iter().filter(|criterion| !criterion.subs.is_empty()).collect();
    let mut items = Vec::new();
    let mut nodes = Vec::new();
    for criterion in &criteria {
        let parts: Vec<Value> = criterion.subs.iter().map(|sub| json!({"node": sub.id})).collect();
        let name = named(&criterion.name, ("标准", "Criterion"), &criterion.id);
        nodes.push(node(&criterion.id, &name, "module", &criterion.sum, &parts));
        for sub in &criterion.subs {
            let own: Vec<(String, &Aspect)> =
                (1..).zip(&sub.aspects).map(|(place, aspect)| (format!("{}.{place}", sub.id), aspect)).collect();
            nodes.push(sub_criterion(sub, &own));
            items.extend(own.iter().map(|(id, aspect)| item(id, aspect)));
        }
    }
    let parts: Vec<Value> = criteria.iter().map(|criterion| json!({"node": criterion.id})).collect();
    nodes.push(node("total", &json!({"zh": "总分", "en": "Total"}), "total", &Exact::from_int(WHOLE), &parts));
    let judged = criteria.iter().flat_map(|criterion| &criterion.subs).flat_map(|sub| &sub.aspects);
    // A panel that marks nothing would only ask for judges.
    let panels = match judged.into_iter().any(|aspect| aspect.ladder.is_some()) {
        true => json!([{"id": "judges", "name": {"zh": "评分裁判", "en": "Judges"}, "seats": 3}]),
        false => json!([]),
    };
    let title = match scheme.title.as_str() {
        "" => json!({"zh": "世界技能大赛评分方案", "en": "WorldSkills marking scheme"}),
        title => same(title),
    };
    json!({
        "schema": 1,
        "semantics": 1,
        "id": "worldskills-marking-scheme",
        "title": title,
        "source": {"zh": "由世界技能大赛 CIS 评分方案导入", "en": "Imported from a WorldSkills CIS marking scheme"},
        "panels": panels,
        "settle": {"absent": "0", "void": "0"},
        "items": items,
        "nodes": nodes,
        "ranking": {"by": "total", "ties": "competition", "no_value": "unranked"},
    })
}

fn sub_criterion(sub: &SubCriterion, own: &[(String, &Aspect)]) -> Value {
    let max: Exact = own.iter().map(|(_, aspect)| &aspect.max).sum();
    let parts: Vec<Value> = own.iter().map(|(id, _)| json!({"item": id})).collect();
    node(&sub.id, &named(&sub.name, ("子标准", "Sub-criterion"), &sub.id), "other", &max, &parts)
}

/// A sum that is always printed with two decimals, as the parts are.
fn node(id: &str, name: &Value, kind: &str, max: &Exact, parts: &[Value]) -> Value {
    let value = json!({"round": {"of": {"sum": parts}, "digits": 2}});
    json!({"id": id, "name": name, "max": max, "kind": kind, "value": value})
}

fn item(id: &str, aspect: &Aspect) -> Value {
    let (name, max) = (same(&aspect.name), &aspect.max);
    match &aspect.ladder {
        None => {
            let input = json!({"number": {"step": "0.01"}});
            json!({"id": id, "name": name, "max": max, "input": input, "by": "agreed"})
        }
        Some(texts) => {
            let texts: Vec<Value> = texts.iter().map(|text| same(text)).collect();
            let mean = json!({"mean": {"panel": {}}});
            let scaled = json!({"scale": {"of": mean, "from": Exact::from_int(LEVELS), "to": max}});
            json!({
                "id": id,
                "name": name,
                "max": max,
                "input": {"level": {"max": LEVELS, "texts": texts}},
                "by": {"panel": "judges"},
                "score": {"round": {"of": scaled, "digits": 2}},
                "spread": "1",
            })
        }
    }
}

/// The name of the sheet, in the language it is written in; otherwise what it is, and its id.
fn named(name: &str, what: (&str, &str), id: &str) -> Value {
    if name.is_empty() {
        json!({"zh": format!("{} {id}", what.0), "en": format!("{} {id}", what.1)})
    } else {
        same(name)
    }
}

fn same(text: &str) -> Value {
    json!({"zh": text, "en": text})
}
