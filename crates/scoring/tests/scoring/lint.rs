//! Lints, each with a rulebook that has it and one beside it that does not.

use crate::build::{imported, name, one_panel, rulebook};
use jiangsai_scoring::templates::ready;
use jiangsai_scoring::{Lint, LintCode, Rulebook, lint};
use serde_json::{Value, json};

fn lints(json: &Value) -> Vec<Lint> {
    lint(&Rulebook::from_json(&json.to_string()).unwrap_or_else(|faults| panic!("{faults:#?}")))
}

/// Codes and places.
fn found(json: &Value) -> Vec<(LintCode, String)> {
    lints(json).into_iter().map(|lint| (lint.code, lint.path)).collect()
}

fn only(json: &Value, code: LintCode, path: &str) {
    assert_eq!(found(json), [(code, path.to_owned())]);
}

fn none(json: &Value) {
    assert_eq!(found(json), []);
}

/// Theory and practice by weights, in hundredths.
fn parts(total: Value, ranking: Value) -> Value {
    let item = |id: &str| json!({"id": id, "name": name(id), "max": "100", "input": {"number": {"step": "0.01"}}, "by": "imported"});
    let nodes = json!([{"id": "total", "name": name("total"), "kind": "total", "value": total}]);
    rulebook(json!([]), json!([item("theory"), item("practice")]), nodes, ranking)
}

fn weighed(theory: &str, practice: &str) -> Value {
    json!({"weigh": {"of": [{"of": {"item": "theory"}, "by": theory}, {"of": {"item": "practice"}, "by": practice}]}})
}

fn keys(of: &[Value]) -> Value {
    of.iter().enumerate().map(|(at, by)| json!({"by": by, "label": name(&format!("key {at}"))})).collect()
}

fn item(id: &str) -> Value {
    json!({"item": id})
}

#[test]
fn once_one_of_two_parts_is_compared_the_other_decides_nothing() {
    let both = keys(&[item("practice"), item("theory")]);
    let exact = parts(weighed("0.3", "0.7"), json!({"on": "exact", "keys": both}));
    only(&exact, LintCode::DecidedKey, "/ranking/keys/1");
    // The published total is rounded: equals may still differ in theory.
    let rounded = json!({"round": {"of": weighed("0.3", "0.7"), "digits": 2}});
    none(&parts(rounded.clone(), json!({"on": "published", "keys": both})));
    only(&parts(rounded, json!({"on": "exact", "keys": both})), LintCode::DecidedKey, "/ranking/keys/1");
    none(&parts(weighed("0.3", "0.7"), json!({"keys": keys(&[item("practice")])})));
    // With parts over whole hundredths the rounding takes nothing away, and the same holds.
    let idle = json!({"round": {"of": weighed("1", "1"), "digits": 2}});
    only(&parts(idle, json!({"keys": both})), LintCode::DecidedKey, "/ranking/keys/1");
}

#[test]
fn a_key_that_is_the_total_or_an_earlier_key_decides_nothing() {
    let half = json!({"scale": {"of": {"item": "practice"}, "from": "100", "to": "50"}});
    let twice = keys(&[item("practice"), half]);
    only(&parts(weighed("0.3", "0.7"), json!({"keys": twice})), LintCode::DecidedKey, "/ranking/keys/1");
    let total = keys(&[json!({"node": "total"})]);
    only(&parts(weighed("0.3", "0.7"), json!({"keys": total})), LintCode::DecidedKey, "/ranking/keys/0");
    // A table of the total follows from the total.
    let level = json!({"table": {"of": {"node": "total"}, "bands": [{"is": "less", "edge": "60", "points": "0"}], "otherwise": "1"}});
    only(&parts(weighed("0.3", "0.7"), json!({"keys": keys(&[level])})), LintCode::DecidedKey, "/ranking/keys/0");
    let other = keys(&[json!({"datum": "draw"}), json!({"datum": "age"})]);
    none(&parts(weighed("0.3", "0.7"), json!({"keys": other})));
    let again = keys(&[json!({"datum": "draw"}), json!({"datum": "draw"})]);
    only(&parts(weighed("0.3", "0.7"), json!({"keys": again})), LintCode::DecidedKey, "/ranking/keys/1");
}

/// Whoever is ranked with a total of zero may have any parts, so that the parts still decide.
#[test]
fn parts_decide_between_fixed_totals() {
    let both = keys(&[item("practice"), item("theory")]);
    let mut json = parts(weighed("0.3", "0.7"), json!({"on": "exact", "keys": both}));
    json["statuses"] = json!({"disqualified": {"total": "zero", "ranked": true, "counted": true}});
    none(&json);
}

#[test]
fn a_constant_key_decides_nothing() {
    let constant = keys(&[json!({"constant": "1"})]);
    only(&parts(weighed("0.3", "0.7"), json!({"keys": constant})), LintCode::ConstantKey, "/ranking/keys/0");
}

#[test]
fn an_item_nobody_looks_at() {
    let json = imported(&["x", "y"], item("x"), json!({}));
    only(&json, LintCode::UnusedItem, "/items/1");
    let by_key = imported(&["x", "y"], item("x"), json!({"keys": keys(&[item("y")])}));
    none(&by_key);
    let mut by_honour = json;
    by_honour["honours"] =
        json!([{"id": "h", "name": name("h"), "to": {"left": item("y"), "is": "more", "right": {"constant": "3"}}}]);
    none(&by_honour);
}

#[test]
fn a_weight_of_zero() {
    let json = parts(weighed("0", "1"), json!({}));
    only(&json, LintCode::ZeroWeight, "/nodes/0/value/weigh/of/0/by");
    none(&parts(weighed("0.1", "0.9"), json!({})));
}

#[test]
fn a_rounding_that_changes_nothing() {
    let inner = json!({"scale": {"of": {"round": {"of": {"item": "theory"}, "digits": 2}}, "from": "1", "to": "2"}});
    let json = parts(json!({"sum": [inner, {"item": "practice"}]}), json!({}));
    only(&json, LintCode::IdleRounding, "/nodes/0/value/sum/0/scale/of/round");
    let real = json!({"round": {"of": {"item": "theory"}, "digits": 1}});
    none(&parts(json!({"sum": [real, {"item": "practice"}]}), json!({})));
    // The outermost one also says with how many decimals the value is printed.
    none(&parts(json!({"round": {"of": weighed("1", "1"), "digits": 2}}), json!({})));
    let mean = json!({"mean": [{"item": "theory"}, {"item": "practice"}, {"item": "practice"}]});
    none(&parts(json!({"scale": {"of": {"round": {"of": mean, "digits": 2}}, "from": "1", "to": "2"}}), json!({})));
}

fn table(bands: Value) -> Value {
    let table = json!({"table": {"of": {"item": "theory"}, "bands": bands, "otherwise": "0"}});
    parts(json!({"sum": [table, {"item": "practice"}]}), json!({}))
}

#[test]
fn bands_out_of_reach() {
    let band = |is: &str, edge: &str| json!({"is": is, "edge": edge, "points": "1"});
    let place = "/nodes/0/value/sum/0/table/bands";
    only(&table(json!([band("more", "100")])), LintCode::BandOutOfRange, &format!("{place}/0"));
    only(&table(json!([band("less", "0")])), LintCode::BandOutOfRange, &format!("{place}/0"));
    none(&table(json!([band("at_least", "100"), band("at_most", "0")])));
    let behind = table(json!([band("at_most", "100"), band("more", "50")]));
    only(&behind, LintCode::BandNeverReached, &format!("{place}/1"));
    none(&table(json!([band("less", "100"), band("at_most", "100")])));
}

#[test]
fn limits_out_of_reach() {
    let clamp = |low: &str, high: &str| {
        let limit = json!({"clamp": {"of": {"item": "theory"}, "low": low, "high": high}});
        parts(json!({"sum": [limit, {"item": "practice"}]}), json!({}))
    };
    only(&clamp("0", "90"), LintCode::IdleLimit, "/nodes/0/value/sum/0/clamp/low");
    only(&clamp("10", "100"), LintCode::IdleLimit, "/nodes/0/value/sum/0/clamp/high");
    none(&clamp("10", "90"));
    let floor = |from: &str| {
        let value = json!({"minus": {"from": {"constant": from}, "less": [{"item": "theory"}, {"item": "practice"}], "floor": "0"}});
        parts(value, json!({}))
    };
    only(&floor("200"), LintCode::IdleLimit, "/nodes/0/value/minus/floor");
    none(&floor("199"));
    // Without an upper limit of what is taken off nothing is known.
    let open = imported(
        &["x"],
        json!({"minus": {"from": {"constant": "200"}, "less": {"item": "x"}, "floor": "0"}}),
        json!({}),
    );
    none(&open);
}

#[test]
fn a_maximum_out_of_reach() {
    let with = |max: &str| {
        let mut json = parts(json!({"sum": [{"node": "all"}, {"item": "practice"}]}), json!({}));
        let value = json!({"times": [{"item": "theory"}, {"constant": "0.4"}]});
        let all = json!({"id": "all", "name": name("all"), "kind": "part", "max": max, "value": value});
        json["nodes"].as_array_mut().unwrap().push(all);
        json
    };
    only(&with("50"), LintCode::MaxOutOfReach, "/nodes/1/max");
    none(&with("40"));
}

#[test]
fn times_with_the_longest_first() {
    let with = |form: &str, more: Value| {
        let mut own = json!({"of": {"item": "t"}});
        for (key, value) in more.as_object().unwrap() {
            own[key] = value.clone();
        }
        let mut json = imported(&["x"], json!({}), json!({}));
        json["items"][0] = json!({"id": "t", "name": name("t"), "input": {"time": {}}, "by": "measured"});
        let value = json!({form: own});
        json["nodes"][0]["value"] = if form == "place" { json!({"in_places": value}) } else { value };
        json
    };
    let points = json!({"points": ["3", "2", "1"]});
    only(&with("place", json!({})), LintCode::LongestFirst, "/nodes/0/value/in_places/place");
    only(&with("place_points", points), LintCode::LongestFirst, "/nodes/0/value/place_points");
    none(&with("place", json!({"direction": "lower"})));
    none(&with("place_points", json!({"points": ["3"], "direction": "lower"})));
}

#[test]
fn a_decision_where_no_ranks_are_shared() {
    let json = |ties: &str| imported(&["x"], item("x"), json!({"ties": ties, "last": "draw"}));
    only(&json("ordinal"), LintCode::DecisionWithoutTies, "/ranking/last");
    none(&json("competition"));
}

fn awarded(tiers: Value, more: Value) -> Value {
    let mut json = parts(weighed("0.3", "0.7"), json!({}));
    json["awards"] = more;
    json["awards"]["tiers"] = tiers;
    json
}

fn tier(id: &str, take: Value) -> Value {
    json!({"id": id, "name": name(id), "take": take})
}

#[test]
fn awards_and_honours_nobody_gets() {
    let first = |take: Value| awarded(json!([tier("one", take)]), json!({}));
    only(&first(json!({"count": 0})), LintCode::EmptyAward, "/awards/tiers/0/take/count");
    only(&first(json!({"percent": "0"})), LintCode::EmptyAward, "/awards/tiers/0/take/percent");
    none(&first(json!({"count": 1})));
    let at_least = |edge: &str| json!({"left": {"node": "total"}, "is": "at_least", "right": {"constant": edge}});
    let mut with = first(json!({"count": 1}));
    with["awards"]["tiers"][0]["only"] = at_least("100.5");
    only(&with, LintCode::NobodysAward, "/awards/tiers/0/only");
    with["awards"]["tiers"][0]["only"] = at_least("100");
    none(&with);
    let honour = |take: u16, edge: &str| {
        let mut json = first(json!({"count": take}));
        json["honours"] = json!([{"id": "h", "name": name("h"), "to": {"all": [{"award": ["one"]}, at_least(edge)]}}]);
        json
    };
    none(&honour(1, "60"));
    only(&honour(1, "101"), LintCode::NobodysHonour, "/honours/0/to");
    let empty = found(&honour(0, "60"));
    assert!(empty.contains(&(LintCode::NobodysHonour, "/honours/0/to".to_owned())), "{empty:?}");
}

#[test]
fn what_equals_get_where_a_tolerance_decides() {
    let json = |ties: &str| {
        let tolerance = json!({"points": "0.1", "grouping": "chained"});
        awarded(json!([tier("one", json!({"count": 1}))]), json!({"ties": ties, "tolerance": tolerance}))
    };
    only(&json("lower"), LintCode::TiesWithTolerance, "/awards/ties");
    none(&json("higher"));
}

#[test]
fn equals_at_a_border_who_wait_for_a_decision_that_nobody_makes() {
    let json = |last: &str, ties: &str| {
        let mut json = awarded(json!([tier("one", json!({"count": 1}))]), json!({"ties": ties}));
        json["ranking"]["last"] = json!(last);
        json
    };
    only(&json("share", "settle"), LintCode::UndecidedTies, "/awards/ties");
    none(&json("draw", "settle"));
    none(&json("share", "lower"));
}

#[test]
fn a_stage_without_items() {
    let mut json = parts(weighed("0.3", "0.7"), json!({}));
    json["stages"] = json!([
        {"id": "heat", "name": name("heat"), "by": "heat", "advance": {"take": [{"best": 2}]}},
        {"id": "final", "name": name("final")}
    ]);
    let heat = json!({"id": "heat", "name": name("heat"), "kind": "other", "value": item("theory")});
    json["nodes"].as_array_mut().unwrap().push(heat);
    json["items"][0]["stage"] = json!("heat");
    only(&json, LintCode::EmptyStage, "/stages/1");
    json["items"][1]["stage"] = json!("final");
    none(&json);
}

#[test]
fn leaving_out_where_none_may_be_missing() {
    let json = |minimum: u16| {
        let panel = json!({"panel": {"absent": "leave_out", "minimum": minimum}});
        one_panel(5, "10", json!({"mean": panel}), item("X"))
    };
    only(&json(5), LintCode::IdleLeaveOut, "/items/0/score/mean/panel");
    none(&json(4));
}

#[test]
fn panels_parameters_and_scales_nobody_uses() {
    let mut json = imported(&["x"], item("x"), json!({}));
    json["panels"] = json!([{"id": "p", "name": name("p"), "seats": 3}]);
    only(&json, LintCode::UnusedPanel, "/panels/0");
    json["items"][0]["by"] = json!({"panel": "p"});
    none(&json);
    json["parameters"] = json!([{"id": "r", "name": name("r"), "value": "3"}]);
    only(&json, LintCode::UnusedParameter, "/parameters/0");
    json["nodes"][0]["value"] = json!({"sum": [item("x"), {"parameter": "r"}]});
    none(&json);
    json["scales"] = json!([{"id": "s", "name": name("s"), "values": ["a", "b"]}]);
    only(&json, LintCode::UnusedScale, "/scales/0");
    json["honours"] = json!([{"id": "h", "name": name("h"), "to": {"on_scale": {"scale": "s", "datum": "d", "is": "more", "than": "a"}}}]);
    none(&json);
}

/// What the lints of the ready rulebooks find is right: values that are rounded again as the rule's text says it.
#[test]
fn the_ready_rulebooks_mean_what_they_say() {
    let mut found = Vec::new();
    for (id, json) in ready() {
        let lints = lints(&serde_json::from_str(json).unwrap());
        found.extend(lints.into_iter().map(|lint| format!("{id}{} {}", lint.path, lint.code.name())));
    }
    let rounded_again = [
        "panel-of-5-trimmed/nodes/1/value/round",
        "wastewater-sample-1-readings/nodes/3/value/when/otherwise/round",
        "wastewater-sample-1-readings/teams/value/round",
    ];
    assert_eq!(found, rounded_again.map(|place| format!("{place} idle_rounding")));
}

#[test]
fn a_lint_is_one_line() {
    let json = imported(&["x", "y"], item("x"), json!({}));
    assert_eq!(lints(&json)[0].to_string(), "/items/1: unused item: id y");
    for code in LintCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), json!(code.name()));
    }
}
