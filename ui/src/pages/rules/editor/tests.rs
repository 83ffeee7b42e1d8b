//! The model of the editor, without a screen.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::blocks::{turn, turn_condition, unwrap, wrap};
use super::draft::Draft;
use super::grammar::{DOCUMENT, fields};
use super::operations::{COMPARE, GROUPS, LOGIC};
use super::parts::{add, duplicate, homes, move_item, part_of, parts};
use super::place::{push, put, shape_at, shift, take};
use super::refs::{fresh, rename};
use super::shape::{Kind, Need, Shape};
use jiangsai_scoring::rulebook::{Expr, Rulebook, schema_json};
use jiangsai_scoring::{FaultCode, Text, template};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn draft() -> Draft {
    Draft::new(Rulebook::from_json(template("theory-practice-30-70").unwrap()).unwrap())
}

#[test]
fn every_field_and_form_of_the_grammar_can_be_edited() {
    let schema: Value = serde_json::from_str(&schema_json()).unwrap();
    let mut seen = BTreeSet::new();
    same(&schema, &schema, DOCUMENT, "", &mut seen);
    assert!(seen.contains("Expr") && seen.contains("Logic") && seen.contains("Tier"), "{seen:?}");
}

/// Holds a shape against a schema: the same fields with the same need, the same forms, the same words.
fn same(root: &Value, schema: &Value, shape: Shape, place: &str, seen: &mut BTreeSet<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.trim_start_matches("#/$defs/");
        match name {
            "Text" => return assert!(matches!(shape, Shape::Name), "{place}"),
            "Exact" => return assert!(matches!(shape, Shape::Number), "{place}"),
            "Operands" => return assert!(matches!(shape, Shape::Operands), "{place}"),
            "Expr" => assert!(matches!(shape, Shape::Expr), "{place}"),
            "Condition" => assert!(matches!(shape, Shape::Condition), "{place}"),
            _ => {}
        }
        let first = seen.insert(name.to_owned());
        if first || !matches!(name, "Expr" | "Condition") {
            same(root, &root["$defs"][name], shape, &format!("{place}>{name}"), seen);
        }
        return;
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let real: Vec<&Value> = any.iter().filter(|one| one["type"] != "null").collect();
        if let (Shape::Condition, [compare, logic]) = (shape, real.as_slice()) {
            same(root, compare, COMPARE, place, seen);
            return same(root, logic, Shape::Cases(LOGIC), place, seen);
        }
        return real.into_iter().for_each(|one| same(root, one, shape, place, seen));
    }
    if let Some(forms) = schema.get("oneOf").and_then(Value::as_array) {
        return forms_are(root, forms, shape, place, seen);
    }
    match shape {
        Shape::Record(own) => {
            let known: BTreeSet<&str> = own.iter().map(|field| field.name).collect();
            let empty = serde_json::Map::new();
            let real = schema["properties"].as_object().unwrap_or(&empty);
            assert_eq!(known, real.keys().map(String::as_str).collect(), "{place}");
            let needed: BTreeSet<&str> =
                schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            for field in own {
                assert_eq!(field.need == Need::Must, needed.contains(field.name), "{place}/{}", field.name);
                same(root, &real[field.name], field.shape, &format!("{place}/{}", field.name), seen);
            }
        }
        Shape::List(of) => same(root, &schema["items"], *of, place, seen),
        Shape::Map(_, of) => same(root, &schema["additionalProperties"], *of, place, seen),
        Shape::Lines | Shape::Refers(_) => assert_eq!(schema["items"]["type"], "string", "{place}"),
        Shape::Line | Shape::Id(_) | Shape::Refer(_) => {
            assert!(schema["type"].to_string().contains("string"), "{place}: {schema}");
        }
        Shape::Whole => assert!(schema["type"].to_string().contains("integer"), "{place}"),
        Shape::Flag => assert!(schema["type"].to_string().contains("boolean"), "{place}"),
        Shape::Words(_) | Shape::Cases(_) => forms_are(root, std::slice::from_ref(schema), shape, place, seen),
        _ => panic!("{place}: {schema}"),
    }
}

fn forms_are(root: &Value, forms: &[Value], shape: Shape, place: &str, seen: &mut BTreeSet<String>) {
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let mut cases: Vec<(&str, &Value)> = Vec::new();
    for form in forms {
        words.extend(form["enum"].as_array().into_iter().flatten().filter_map(Value::as_str));
        words.extend(form["const"].as_str());
        cases.extend(form["properties"].as_object().into_iter().flatten().map(|(name, of)| (name.as_str(), of)));
    }
    let own: Vec<_> = match shape {
        Shape::Words(all) => return assert_eq!(all.iter().copied().collect::<BTreeSet<_>>(), words, "{place}"),
        Shape::Cases(all) => all.iter().collect(),
        Shape::Expr => GROUPS.iter().flat_map(|(_, cases)| cases.iter()).collect(),
        _ => panic!("{place}: forms"),
    };
    let known: BTreeSet<&str> = own.iter().map(|case| case.name).collect();
    assert_eq!(known, cases.iter().map(|(name, _)| *name).chain(words).collect(), "{place}");
    for (name, of) in cases {
        let case = own.iter().find(|case| case.name == name).unwrap();
        match case.content {
            // A record inside a form is written in place.
            Some(content) => same(root, of, content, &format!("{place}/{name}"), seen),
            None => panic!("{place}/{name} has a content"),
        }
    }
}

#[test]
fn a_fresh_value_of_every_operation_and_condition_is_in_the_grammar() {
    let document = draft().value().clone();
    for case in GROUPS.iter().flat_map(|(_, cases)| cases.iter()) {
        let made = turn(&document, &json!({ "constant": "0" }), case.name);
        assert!(serde_json::from_value::<Expr>(made.clone()).is_ok(), "{made}");
    }
    for name in LOGIC.iter().map(|case| case.name).chain(["compare"]) {
        let made = turn_condition(&document, &fresh(&document, COMPARE), name);
        let condition = serde_json::from_value::<jiangsai_scoring::rulebook::Condition>(made.clone());
        assert!(condition.is_ok(), "{made}");
    }
}

#[test]
fn another_operation_keeps_the_operands() {
    let document = draft().value().clone();
    let sum = json!({ "sum": [{ "item": "A" }, { "item": "B" }] });
    assert_eq!(turn(&document, &sum, "mean"), json!({ "mean": [{ "item": "A" }, { "item": "B" }] }));
    let weighed = turn(&document, &sum, "weigh");
    assert_eq!(weighed.pointer("/weigh/of/1/of"), Some(&json!({ "item": "B" })));
    assert_eq!(turn(&document, &weighed, "sum"), sum);
    let round = json!({ "round": { "of": { "item": "A" }, "digits": 3, "mode": "down" } });
    let root = turn(&document, &round, "root");
    assert_eq!(root, json!({ "root": { "of": { "item": "A" }, "digits": 3, "mode": "down" } }));
    assert_eq!(turn(&document, &json!({ "item": "A" }), "abs"), json!({ "abs": { "item": "A" } }));
    assert_eq!(turn(&document, &sum, "mark"), json!("mark"));
}

#[test]
fn wrapping_and_unwrapping_are_each_others_opposite() {
    let document = draft().value().clone();
    let panel = json!({ "panel": {} });
    for name in ["trim", "mean", "round", "weigh", "minus", "when", "across", "each_attempt", "abs"] {
        let wrapped = wrap(&document, &panel, name);
        assert!(wrapped.to_string().contains(r#"{"panel":{}}"#), "{wrapped}");
    }
    assert_eq!(unwrap(&wrap(&document, &panel, "mean")), Some(panel.clone()));
    assert_eq!(unwrap(&wrap(&document, &panel, "trim")), Some(panel));
}

#[test]
fn steps_are_undone_one_by_one_and_typing_is_one_step() {
    let mut draft = draft();
    let before = draft.rulebook().clone();
    for text in ["新", "新标", "新标题"] {
        draft.edit(Some("/title/zh"), |document| put(document, "/title/zh", json!(text))).unwrap();
    }
    draft.rest();
    draft.edit(Some("/title/zh"), |document| put(document, "/title/zh", json!("别的"))).unwrap();
    assert!(draft.is_changed());
    draft.undo();
    assert_eq!(draft.rulebook().title.zh, "新标题");
    draft.undo();
    assert_eq!(*draft.rulebook(), before);
    assert!(!draft.can_undo() && draft.can_redo() && !draft.is_changed());
    draft.redo();
    draft.redo();
    assert_eq!(draft.rulebook().title.zh, "别的");
}

#[test]
fn a_status_can_be_said_where_none_was() {
    let mut draft = draft();
    let rule = json!({ "total": "zero", "ranked": false, "counted": true });
    draft.edit(None, |document| put(document, "/statuses/absent", rule)).unwrap();
    assert!(draft.rulebook().statuses.absent.is_some());
}

#[test]
fn what_is_not_in_the_grammar_changes_nothing() {
    let mut draft = draft();
    let before = draft.value().clone();
    assert!(draft.edit(None, |document| put(document, "/items/0/max", json!("a hundred"))).is_err());
    assert!(draft.edit(None, |document| put(document, "/items/99/max", json!("1"))).is_err());
    assert_eq!(*draft.value(), before);
    assert!(!draft.can_undo());
}

#[test]
fn faulty_rules_are_kept_and_say_what_is_wrong() {
    let mut draft = draft();
    assert!(draft.faults().is_empty());
    let broken = draft.breaks(|document| take(document, "/items/0").map(drop));
    assert!(broken.iter().any(|fault| fault.code == FaultCode::UnknownId), "{broken:?}");
    assert!(!draft.is_changed());
    draft.edit(None, |document| take(document, "/items/0").map(drop)).unwrap();
    assert_eq!(draft.faults(), broken);
}

#[test]
fn references_follow_an_id_that_changes() {
    let mut draft = draft();
    let (node, rulebook) = (draft.rulebook().ranking.by.clone(), draft.rulebook().clone());
    let index = rulebook.nodes.iter().position(|own| own.id == node).unwrap();
    let item = rulebook.items[0].id.clone();
    draft
        .edit(None, |document| {
            rename(document, Kind::Node, &node, "overall");
            put(document, &format!("/nodes/{index}/id"), json!("overall"))?;
            rename(document, Kind::Item, &item, "X1");
            put(document, "/items/0/id", json!("X1"))
        })
        .unwrap();
    assert_eq!(draft.rulebook().ranking.by, "overall");
    assert_eq!(draft.faults(), Vec::new());
}

#[test]
fn places_and_parts_find_each_other() {
    let draft = draft();
    for part in parts(draft.rulebook()) {
        assert_eq!(part_of(&part.path), part.path);
        assert_eq!(part_of(&format!("{}/value/round/of", part.path)), part.path);
    }
    assert_eq!(part_of("/settle/absent"), "");
    let shape = |path| shape_at(draft.value(), path);
    assert!(matches!(shape("/items/0/input/number"), Some(Shape::Record(_))));
    assert!(matches!(shape("/nodes/0/value"), Some(Shape::Expr)));
    assert!(shape("/nodes/0/nothing").is_none());
    let count = draft.rulebook().items.len() + draft.rulebook().nodes.len();
    let results = parts(draft.rulebook()).into_iter().filter(|part| ["item", "module", "node"].contains(&part.kind));
    assert_eq!(results.count(), count);
}

#[test]
fn every_kind_of_part_can_be_added() {
    let mut draft = draft();
    for kind in super::parts::ADDABLE {
        let mut path = None;
        let name = Text::new("新", "New");
        draft
            .edit(None, |document| {
                path = add(document, kind, "", &name);
                path.as_ref().map(drop)
            })
            .unwrap_or_else(|_| panic!("{kind}"));
        assert!(draft.value().pointer(&path.unwrap()).is_some(), "{kind}");
    }
}

#[test]
fn an_item_added_to_a_module_is_added_up_there() {
    let mut draft = draft();
    let mut place = String::new();
    draft
        .edit(None, |document| {
            let module = add(document, "module", "", &Text::new("模块", "Module"))?;
            place = add(document, "item", &module, &Text::new("项", "Item"))?;
            add(document, "item", &place, &Text::new("项", "Item")).map(drop)
        })
        .unwrap();
    let id = draft.value().pointer(&format!("{place}/id")).unwrap().as_str().unwrap().to_owned();
    let module = draft.rulebook().columns().into_iter().find(|column| column.id == id).unwrap().parent.unwrap();
    assert_eq!(draft.rulebook().module_items(&module).len(), 2);
    let mut copy = None;
    draft
        .edit(None, |document| {
            copy = duplicate(document, &place);
            copy.as_ref().map(drop)
        })
        .unwrap();
    assert_ne!(draft.value().pointer(&format!("{}/id", copy.unwrap())).unwrap(), &json!(id));
}

#[test]
fn an_item_moves_to_another_module() {
    let mut draft = draft();
    draft
        .edit(None, |document| {
            add(document, "module", "", &Text::new("模块", "Module"))?;
            let sum = "/nodes/2/value/sum";
            push(document, sum, json!({ "node": "practice" })).map(drop)
        })
        .unwrap();
    let module = draft.rulebook().nodes[2].id.clone();
    let (own, others) = homes(draft.rulebook(), draft.value(), "P2");
    assert_eq!(own.as_deref(), Some("practice"));
    assert!(others.contains(&module), "{others:?}");
    draft.edit(None, |document| move_item(document, "P2", &module)).unwrap();
    let parent = |id: &str| draft.rulebook().columns().into_iter().find(|own| own.id == id).unwrap().parent;
    assert_eq!((parent("P2"), parent("P1")), (Some(module.clone()), Some("practice".to_owned())));
    assert_eq!(
        homes(draft.rulebook(), draft.value(), "T").1,
        Vec::<String>::new(),
        "a value that is one item alone keeps it"
    );
    draft.undo();
    assert_eq!(homes(draft.rulebook(), draft.value(), "P2").0.as_deref(), Some("practice"), "one step");
}

#[test]
fn lists_grow_shrink_and_change_places() {
    let mut value = json!({ "sum": { "item": "A" }, "bands": [1, 2, 3] });
    push(&mut value, "/sum", json!({ "item": "B" })).unwrap();
    assert_eq!(value["sum"], json!([{ "item": "A" }, { "item": "B" }]));
    take(&mut value, "/sum/0").unwrap();
    assert_eq!(value["sum"], json!([{ "item": "B" }]));
    assert_eq!(shift(&mut value, "/bands/0", 1).as_deref(), Some("/bands/1"));
    assert_eq!(value["bands"], json!([2, 1, 3]));
    assert_eq!(shift(&mut value, "/bands/2", 1), None);
    assert_eq!(take(&mut value, "/bands/7"), None);
    assert!(!fields(COMPARE).is_empty());
}

#[test]
fn every_label_and_word_is_said_in_both_languages() {
    let mut keys = BTreeSet::new();
    let mut said = |prefix: &str, name: &str| {
        keys.insert(format!("rule-{prefix}-{}", name.replace('_', "-")));
    };
    for field in fields(DOCUMENT) {
        labels(field.shape, &mut said);
    }
    labels(COMPARE, &mut said);
    for (group, cases) in GROUPS {
        said("group", group);
        for case in *cases {
            said("op", case.name);
            case.content.into_iter().for_each(|content| labels(content, &mut said));
        }
    }
    for case in LOGIC {
        said("if", case.name);
        case.content.into_iter().for_each(|content| labels(content, &mut said));
    }
    for kind in super::parts::ADDABLE {
        said("part", kind);
        said("new", kind);
    }
    for lang in [jiangsai_locales::Lang::Zh, jiangsai_locales::Lang::En] {
        let missing: Vec<_> = keys.iter().filter(|key| !jiangsai_locales::has(lang, key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

fn labels(shape: Shape, said: &mut impl FnMut(&str, &str)) {
    match shape {
        Shape::Record(all) => {
            for field in all {
                said("field", field.label);
                labels(field.shape, said);
            }
        }
        Shape::Cases(all) => {
            for case in all {
                said("case", case.name);
                case.content.into_iter().for_each(|content| labels(content, said));
            }
        }
        Shape::Words(all) => all.iter().for_each(|word| said("word", word)),
        Shape::List(of) => labels(*of, said),
        Shape::Map(key, of) => [key, of].into_iter().for_each(|shape| labels(*shape, said)),
        _ => {}
    }
}
