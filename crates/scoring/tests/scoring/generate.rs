//! Whole rulebooks and fields from a seed: items of every input, panels, attempts, nodes that name each other, stages, keys, statuses, teams,
//! awards, honours. Most of them are without fault; a generated rulebook that is refused is passed over.

use crate::build::name;
use jiangsai_scoring::{Entry, EntryStatus, Exact, Field, Mark, MarkRow, Rulebook, rulebook::Input};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A small generator of numbers that is the same on every computer.
#[derive(Clone)]
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for index in (1..all.len()).rev() {
            all.swap(index, self.below(index + 1));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Time,
    Place,
    Answer,
}

struct ItemOf {
    id: String,
    kind: Kind,
    panel: Option<usize>,
    attempts: u16,
}

/// Where a generated expression stands.
#[derive(Clone, Copy, Default)]
struct Spot {
    panel: Option<usize>,
    attempts: u16,
    after: bool,
    team: bool,
    member: bool,
    /// Stages that may be asked about.
    stages: usize,
}

pub struct Generator {
    pub rng: Rng,
    /// Whether the skating system takes part, which the reference does not know.
    pub skating: bool,
    panels: Vec<u16>,
    items: Vec<ItemOf>,
    /// Items that expressions may name so far.
    known: usize,
    nodes: Vec<String>,
    tiers: Vec<String>,
}

const FOLDS: [&str; 7] = ["sum", "mean", "median", "min", "max", "count", "times"];
const MODES: [&str; 6] = ["half_up", "half_even", "down", "up", "floor", "ceiling"];
const RELATIONS: [&str; 5] = ["less", "at_most", "equal", "at_least", "more"];
const GAPS: [&str; 3] = ["refuse", "leave_out", "zero"];
const STEPS: [&str; 5] = ["0.01", "0.25", "0.5", "1", "1/3"];
const CONSTANTS: [&str; 14] = [
    "0",
    "1",
    "2",
    "-1",
    "0.3",
    "0.01",
    "2.5",
    "1/3",
    "100",
    "60",
    "2147483647",
    "9223372036854775807",
    "1/1099511627689",
    "170141183460469231731687303715884105727",
];

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self {
            rng: Rng(seed),
            skating: false,
            panels: Vec::new(),
            items: Vec::new(),
            known: 0,
            nodes: Vec::new(),
            tiers: Vec::new(),
        }
    }

    fn constant(&mut self) -> Value {
        let text = if self.rng.chance(75) { self.rng.pick(&CONSTANTS[..10]) } else { self.rng.pick(&CONSTANTS) };
        json!(text)
    }

    fn relation(&mut self) -> &'static str {
        self.rng.pick(&RELATIONS)
    }

    fn rounded(&mut self, of: Value) -> Value {
        let mode = self.rng.pick(&MODES);
        json!({"round": {"of": of, "digits": self.rng.below(4), "mode": mode}})
    }

    fn items_of(&self, wanted: impl Fn(&ItemOf) -> bool) -> Vec<usize> {
        (0..self.known).filter(|index| wanted(&self.items[*index])).collect()
    }

    fn leaf(&mut self, at: Spot) -> Value {
        if at.team && !at.member {
            return json!({"constant": self.constant()});
        }
        for _ in 0..4 {
            match self.rng.below(11) {
                0 | 1 => {
                    let own = self.items_of(|item| item.kind == Kind::Number);
                    if !own.is_empty() {
                        let index = self.rng.one(&own);
                        return json!({"item": self.items[index].id});
                    }
                }
                2 | 3 if !self.nodes.is_empty() => {
                    let nodes = self.nodes.clone();
                    return json!({"node": self.rng.one(&nodes)});
                }
                4 => {
                    let own = self.items_of(|item| {
                        item.kind == Kind::Number
                            && item.panel.is_none()
                            && (item.attempts == 0 || (at.attempts > 0 && at.attempts <= item.attempts))
                    });
                    if !own.is_empty() {
                        let index = self.rng.one(&own);
                        return json!({"reading": self.items[index].id});
                    }
                }
                5 => return json!({"datum": "bonus"}),
                6 => return json!({"parameter": self.rng.pick(&["number", "chosen"])}),
                7 => return json!({"age": {"born": "born", "on": "2026-03-01"}}),
                8 => {
                    let own = self.items_of(|item| {
                        item.kind == Kind::Answer
                            && (item.attempts == 0 || (at.attempts > 0 && at.attempts <= item.attempts))
                    });
                    if !own.is_empty() {
                        let index = self.rng.one(&own);
                        return self.answer(Some(&self.items[index].id.clone()));
                    }
                }
                9 => {
                    let own = self.items_of(|item| item.kind == Kind::Time);
                    if !own.is_empty() {
                        let index = self.rng.one(&own);
                        return json!({"in_seconds": {"item": self.items[index].id}});
                    }
                }
                _ => break,
            }
        }
        if let Some(panel) = at.panel {
            let own = self.items_of(|item| {
                item.kind == Kind::Number
                    && item.panel == Some(panel)
                    && (item.attempts == 0 || (at.attempts > 0 && at.attempts <= item.attempts))
            });
            if !own.is_empty() {
                let index = self.rng.one(&own);
                return json!({"own": self.items[index].id});
            }
        }
        json!({"constant": self.constant()})
    }

    fn answer(&mut self, item: Option<&str>) -> Value {
        let key = if self.rng.chance(50) { json!({"letters": "BDAC"}) } else { json!({"parameter": "key"}) };
        let mut own = json!({"key": key, "count": self.rng.pick(&["matches", "displacement", "same"])});
        if let Some(item) = item {
            own["item"] = json!(item);
        }
        json!({"answer": own})
    }

    /// An expression of one number.
    fn number(&mut self, depth: usize, at: Spot) -> Value {
        if depth == 0 {
            return self.leaf(at);
        }
        let less = depth - 1;
        match self.rng.below(20) {
            0..=2 => self.leaf(at),
            3..=5 => {
                let (fold, of) = (self.rng.pick(&FOLDS), self.operands(less, at));
                json!({fold: of})
            }
            6 => json!({"abs": self.number(less, at)}),
            7 => {
                let of = self.number(less, at);
                self.rounded(of)
            }
            8 => {
                json!({"scale": {"of": self.number(less, at), "from": self.rng.pick(&["3", "4", "0.7", "100"]), "to": self.constant()}})
            }
            9 => {
                let count = 1 + self.rng.below(3);
                let of: Vec<Value> =
                    (0..count).map(|_| json!({"of": self.number(less, at), "by": self.constant()})).collect();
                json!({"weigh": {"of": of}})
            }
            10 => {
                let mut own = json!({"from": self.number(less, at), "less": self.operands(less, at)});
                if self.rng.chance(50) {
                    own["floor"] = self.constant();
                }
                json!({"minus": own})
            }
            11 => {
                let (low, high) = self.rng.one(&[("0", "100"), ("-1", "1/3"), ("2.5", "60")]);
                let mut own = json!({"of": self.number(less, at)});
                if self.rng.chance(70) {
                    own["low"] = json!(low);
                }
                if self.rng.chance(70) {
                    own["high"] = json!(high);
                }
                json!({"clamp": own})
            }
            12 => {
                let by = self.number(less, at);
                json!({"divide": {"of": self.number(less, at), "by": by, "zero": self.leaf(at)}})
            }
            13 => {
                let mut own = json!({"of": self.number(less, at)});
                for gap in ["absent", "void"] {
                    if self.rng.chance(60) {
                        own[gap] = self.constant();
                    }
                }
                json!({"settle": own})
            }
            14 => {
                let first =
                    json!({"is": self.rng.pick(&["less", "at_most"]), "edge": "0.3", "points": self.constant()});
                let second = json!({"is": self.rng.pick(&["less", "at_most"]), "edge": self.rng.pick(&["2.5", "60", "100.5"]), "points": self.constant()});
                json!({"table": {"of": self.number(less, at), "bands": [first, second], "otherwise": self.constant()}})
            }
            15 | 16 => {
                json!({"when": {"is": self.condition(less, at), "then": self.number(less, at), "otherwise": self.number(less, at)}})
            }
            17 => {
                json!({"root": {"of": self.number(less, at), "digits": self.rng.below(4), "mode": self.rng.pick(&MODES)}})
            }
            _ if at.team && !at.member => self.leaf(at),
            _ if at.after => json!({"in_places": self.place(less, at)}),
            18 => {
                let of = self.number(less, at);
                let of = self.rounded(of);
                let within = self.within();
                if self.rng.chance(60) {
                    let fold = self.rng.pick(&["max", "min", "sum", "mean", "median", "count"]);
                    with(json!({"of": of, "fold": fold}), "across", within)
                } else {
                    let mode = self.rng.pick(&MODES);
                    with(
                        json!({"of": of, "digits": self.rng.below(4), "mode": mode, "zero": self.constant()}),
                        "standardise",
                        within,
                    )
                }
            }
            _ if self.rng.chance(40) => {
                let of = self.number(less.saturating_sub(1), at);
                let points: Vec<Value> = (0..1 + self.rng.below(5)).map(|_| self.constant()).collect();
                let within = self.within();
                let (direction, ties) =
                    (self.rng.pick(&["higher", "lower"]), self.rng.pick(&["first", "mean", "dense"]));
                with(json!({"of": of, "points": points, "direction": direction, "ties": ties}), "place_points", within)
            }
            _ => json!({"in_places": self.place(less, at)}),
        }
    }

    fn within(&mut self) -> Option<&'static str> {
        self.rng.chance(40).then_some("group")
    }

    /// An expression of one place.
    fn place(&mut self, depth: usize, at: Spot) -> Value {
        if at.after && (!at.team || at.member) {
            return json!("rank");
        }
        let placings = self.items_of(|item| item.kind == Kind::Place);
        if !placings.is_empty() && self.rng.chance(50) {
            let index = self.rng.one(&placings);
            let id = self.items[index].id.clone();
            if self.skating && self.rng.chance(50) {
                return json!({"skating": [id]});
            }
            return json!({"majority_place": id});
        }
        let of = self.number(depth.saturating_sub(1), at);
        let within = self.within();
        let own = json!({"of": of, "direction": self.rng.pick(&["higher", "lower"]), "ties": self.rng.pick(&["first", "mean", "dense"])});
        with(own, "place", within)
    }

    /// Operands of an aggregate, one or several, lists among them.
    fn operands(&mut self, depth: usize, at: Spot) -> Value {
        if self.rng.chance(45) {
            return self.list(depth, at);
        }
        let count = 1 + self.rng.below(3);
        let all: Vec<Value> = (0..count)
            .map(|_| if self.rng.chance(20) { self.list(depth, at) } else { self.number(depth.saturating_sub(1), at) })
            .collect();
        json!(all)
    }

    fn policy(&mut self, own: &mut Value, gaps: &[&str], most: u16) {
        for gap in gaps {
            if self.rng.chance(60) {
                own[*gap] = json!(self.rng.pick(&GAPS));
            }
        }
        if self.rng.chance(60) {
            own["minimum"] = json!(1 + self.rng.below(usize::from(most)));
        }
    }

    /// A list of numbers, or one number where there is no list.
    fn list(&mut self, depth: usize, at: Spot) -> Value {
        let less = depth.saturating_sub(1);
        if at.team && !at.member {
            let of = self.number(less, Spot { member: true, ..at });
            let mut own = json!({"of": of});
            self.policy(&mut own, &["absent", "void"], 3);
            return json!({"members": own});
        }
        match self.rng.below(8) {
            0..=2 => {
                let own = self.items_of(|item| {
                    item.kind == Kind::Number
                        && item.panel.is_some()
                        && (item.attempts == 0 || (at.attempts > 0 && at.attempts <= item.attempts))
                });
                if own.is_empty() {
                    return self.leaf(at);
                }
                let index = self.rng.one(&own);
                let seats = self.panels[self.items[index].panel.unwrap()];
                let mut own = json!({"item": self.items[index].id});
                self.policy(&mut own, &["absent", "void"], seats);
                json!({"panel": own})
            }
            3 if at.panel.is_none() && !self.panels.is_empty() => {
                let panel = self.rng.below(self.panels.len());
                let of = self.number(less, Spot { panel: Some(panel), ..at });
                let mut own = json!({"panel": format!("p{panel}"), "of": of});
                self.policy(&mut own, &["absent", "void"], self.panels[panel]);
                json!({"each_judge": own})
            }
            4 if at.attempts == 0 => {
                let own = self.items_of(|item| item.attempts > 0);
                if own.is_empty() {
                    return self.leaf(at);
                }
                let index = self.rng.one(&own);
                let attempts = self.items[index].attempts;
                let of = self.number(less, Spot { attempts, ..at });
                let mut own = json!({"item": self.items[index].id, "of": of});
                self.policy(&mut own, &["absent", "void", "not_yet"], attempts);
                json!({"each_attempt": own})
            }
            5 => {
                let of = self.operands(less, at);
                let mut own = json!({"of": of, "low": self.rng.below(2), "high": self.rng.below(2)});
                if self.rng.chance(30) {
                    own["by_size"] = json!([{"from": 5, "low": 1, "high": 2}]);
                }
                json!({"trim": own})
            }
            6 => {
                let which = self.rng.pick(&["highest", "lowest", "first", "last"]);
                json!({"take": {"of": self.operands(less, at), "which": which, "count": 1 + self.rng.below(3)}})
            }
            _ => self.number(less, at),
        }
    }

    fn condition(&mut self, depth: usize, at: Spot) -> Value {
        let less = depth.saturating_sub(1);
        let of_entry = !at.team || at.member;
        match self.rng.below(9) {
            0 if depth > 0 => json!({"all": [self.condition(less, at), self.condition(less, at)]}),
            1 if depth > 0 => json!({"any": [self.condition(less, at), self.condition(less, at)]}),
            2 if depth > 0 => json!({"not": self.condition(less, at)}),
            3 if of_entry => json!({"datum_is": {"name": "group", "any_of": [self.rng.pick(&["A", "B"]), "C"]}}),
            4 if of_entry => {
                json!({"on_scale": {"scale": "levels", "datum": "level", "is": self.relation(), "than": self.rng.pick(&["low", "middle", "high"])}})
            }
            5 if at.after && of_entry && !self.tiers.is_empty() => {
                let tiers = self.tiers.clone();
                json!({"award": [self.rng.one(&tiers)]})
            }
            6 if at.stages > 0 && of_entry => json!({"in_stage": format!("s{}", self.rng.below(at.stages))}),
            _ => {
                let (left, is) = (self.number(less, at), self.relation());
                json!({"left": left, "is": is, "right": self.number(less.min(1), at)})
            }
        }
    }

    fn item(&mut self, index: usize, stage: Option<usize>) -> Value {
        let id = format!("i{index}");
        let mut own = json!({"id": id, "name": name(&id)});
        let mut kind = Kind::Number;
        let mut panel = (!self.panels.is_empty() && self.rng.chance(60)).then(|| self.rng.below(self.panels.len()));
        let max = self.rng.pick(&["10", "100", "1", "7.5", "2147483", "9223372036854775807"]);
        own["input"] = match self.rng.below(14) {
            0..=3 => {
                own["max"] = json!(max);
                json!({"number": {"step": self.rng.pick(&STEPS)}})
            }
            4 | 5 => {
                own["max"] = json!(max);
                json!({"number": {}})
            }
            6 => {
                json!({"number": {"min": "-1000", "max": self.rng.pick(&["1000", "99999999999999999999999999999999999999999"])}})
            }
            7 => {
                own["max"] = json!("7");
                json!({"level": {"max": 3}})
            }
            8 => json!({"choice": {"options": [{"value": "0"}, {"value": "2.5"}, {"value": "1/3"}]}}),
            9 => {
                if self.rng.chance(70) {
                    own["max"] = json!("5");
                }
                if self.rng.chance(50) {
                    json!({"deduction": {"each": "0.5", "most": "20"}})
                } else {
                    json!({"deduction": {"most": "20", "step": "0.25"}})
                }
            }
            10 => self.rng.one(&[
                json!({"count": {"each": "1.5", "most": "9"}}),
                json!({"vote": {}}),
                json!({"tick": {}}),
            ]),
            11 => {
                (kind, panel) = (Kind::Answer, None);
                json!({"answer": {"length": 4}})
            }
            12 if panel.is_some() => {
                kind = Kind::Place;
                json!({"placing": {"most": 9}})
            }
            _ => {
                kind = Kind::Time;
                json!({"time": {"max_seconds": "100", "step": "0.01"}})
            }
        };
        own["by"] = match panel {
            Some(panel) => json!({"panel": format!("p{panel}")}),
            None => json!(self.rng.pick(&["agreed", "measured", "imported", "chief"])),
        };
        let attempts =
            if kind != Kind::Place && self.rng.chance(20) { 2 + u16::try_from(self.rng.below(2)).unwrap() } else { 0 };
        self.items.push(ItemOf { id, kind, panel, attempts });
        if let Some(stage) = stage {
            own["stage"] = json!(format!("s{stage}"));
        }
        if panel.is_some() && kind == Kind::Number && self.rng.chance(30) {
            own["spread"] = json!(self.rng.pick(&["1", "5", "1/3", "9000000000000000000"]));
        }
        if self.rng.chance(40) {
            let mut settle = json!({});
            for gap in ["not_yet", "absent", "void"] {
                if self.rng.chance(50) {
                    settle[gap] = self.constant();
                }
            }
            own["settle"] = settle;
        }
        let mark = match (kind, panel) {
            (Kind::Answer, _) => self.answer(None),
            (Kind::Place, _) => json!({"sum": {"panel": {}}}),
            (_, Some(panel)) => {
                let mut list = json!({});
                self.policy(&mut list, &["absent", "void"], self.panels[panel]);
                let fold = self.rng.pick(&["sum", "mean", "median", "min", "max"]);
                json!({fold: {"panel": list}})
            }
            (_, None) => json!("mark"),
        };
        if attempts > 0 {
            own["attempts"] = json!(attempts);
            let mut each = json!({"of": mark});
            self.policy(&mut each, &["not_yet", "absent", "void"], attempts);
            let fold = self.rng.pick(&["sum", "max", "min"]);
            own["score"] = if self.rng.chance(50) {
                json!({fold: {"each_attempt": each}})
            } else {
                json!({fold: {"take": {"of": {"each_attempt": each}, "which": self.rng.pick(&["highest", "lowest", "first", "last"]), "count": 1 + self.rng.below(2)}}})
            };
        } else if kind == Kind::Answer || self.rng.chance(35) {
            own["score"] = mark;
            if kind == Kind::Number && self.rng.chance(40) {
                own["score"] = json!({"sum": [own["score"], self.number(1, Spot::default())]});
            }
        }
        own
    }

    fn keys(&mut self, at: Spot) -> Value {
        let count = self.rng.below(3);
        let all: Vec<Value> = (0..count)
            .map(|index| {
                let by = self.number(2, at);
                json!({"by": by, "direction": self.rng.pick(&["higher", "lower"]), "label": name(&format!("key {index}"))})
            })
            .collect();
        json!(all)
    }

    fn statuses(&mut self) -> Value {
        let mut all = json!({});
        for status in ["ok", "absent", "withdrawn", "retired", "disqualified", "unfinished", "void"] {
            if self.rng.chance(if status == "ok" { 5 } else { 20 }) {
                let total = self.rng.pick(&["computed", "zero", "none"]);
                let mut own = json!({"total": total, "ranked": self.rng.chance(60), "counted": self.rng.chance(60)});
                if self.rng.chance(40) {
                    own["unmarked"] = json!(self.rng.pick(&["not_yet", "zero"]));
                }
                if self.rng.chance(40) {
                    own["team"] = json!(self.rng.pick(&["member", "absent", "nobody"]));
                }
                if self.rng.chance(30) {
                    own["honours"] = json!(self.rng.chance(50));
                }
                all[status] = own;
            }
        }
        all
    }

    fn awards(&mut self, at: Spot) -> Value {
        let tiers: Vec<Value> = (0..1 + self.rng.below(4))
            .map(|index| {
                let id = format!("t{index}");
                let take = match self.rng.below(5) {
                    0 | 1 => json!({"count": self.rng.below(4)}),
                    2 | 3 => json!({"percent": self.rng.pick(&["10", "20", "25", "12.5", "1/3"])}),
                    _ => json!({"everybody": {}}),
                };
                let mut own = json!({"id": id, "name": name(&id), "take": take});
                if self.rng.chance(45) {
                    own["only"] = self.condition(1, Spot { after: true, ..at });
                }
                own
            })
            .collect();
        let ids: Vec<String> = (0..tiers.len()).map(|index| format!("t{index}")).collect();
        let mut own = json!({
            "tiers": tiers,
            "base": self.rng.pick(&["registered", "started", "finished"]),
            "rounding": self.rng.pick(&["each", "cumulative"]),
            "mode": self.rng.pick(&MODES),
            "ties": self.rng.pick(&["higher", "extra", "lower", "settle"]),
            "unfilled": self.rng.pick(&["vacant", "next", "move_up"]),
            "succession": self.rng.pick(&["move_up", "vacant"]),
        });
        if self.rng.chance(25) {
            own["tolerance"] = json!({"points": self.rng.pick(&["0", "1", "2.5"]), "grouping": self.rng.pick(&["chained", "anchored"])});
        }
        if self.rng.chance(25) {
            own["small_fields"] = json!([{"below": 3, "tiers": [ids[0]]}, {"below": 6, "tiers": [self.rng.one(&ids)]}]);
        }
        self.tiers = ids;
        own
    }

    /// A rulebook as JSON.
    pub fn rulebook(&mut self) -> Value {
        self.panels = (0..self.rng.below(3)).map(|_| 1 + u16::try_from(self.rng.below(9)).unwrap()).collect();
        let mut panels = Vec::new();
        for (index, seats) in self.panels.clone().into_iter().enumerate() {
            let id = format!("p{index}");
            let mut own = json!({"id": id, "name": name(&id), "seats": seats});
            if self.rng.chance(40) {
                own["minimum"] = json!(1 + self.rng.below(usize::from(seats)));
            }
            panels.push(own);
        }
        let stages = if self.rng.chance(25) { 2 + self.rng.below(2) } else { 0 };
        let count = 2 + self.rng.below(5);
        let mut items = Vec::new();
        let mut nodes = Vec::new();
        let mut rules = Vec::new();
        for stage in 0..stages.max(1) {
            for _ in 0..count.div_ceil(stages.max(1)) {
                let item = self.item(items.len(), (stages > 0).then_some(stage));
                items.push(item);
                self.known = items.len();
            }
            let at = Spot { stages: if stages > 0 { stage + 1 } else { 0 }, ..Spot::default() };
            for _ in 0..1 + self.rng.below(3) {
                let id = format!("n{}", nodes.len());
                let mut value = self.number(3, at);
                if self.rng.chance(40) {
                    value = self.rounded(value);
                }
                nodes.push(json!({"id": id, "name": name(&id), "kind": self.rng.pick(&["module", "part", "other"]), "value": value}));
                self.nodes.push(id);
            }
            if stages > 0 {
                let id = format!("s{stage}");
                let mut own = json!({"id": id, "name": name(&id)});
                if stage + 1 < stages {
                    own["by"] = json!(format!("n{}", nodes.len() - 1));
                    own["direction"] = json!(self.rng.pick(&["higher", "lower"]));
                    own["keys"] = self.keys(at);
                    if self.rng.chance(60) {
                        own["groups"] = json!("group");
                    }
                    let take: Vec<Value> = (0..1 + self.rng.below(2))
                        .map(|_| match self.rng.below(4) {
                            0 => json!({"per_group": 1 + self.rng.below(3)}),
                            1 => json!({"best": 1 + self.rng.below(4)}),
                            2 => json!({"percent": {"of_finished": self.rng.pick(&["10", "50", "33.3", "100"]), "mode": self.rng.pick(&MODES)}}),
                            _ => json!({"all": self.condition(2, at)}),
                        })
                        .collect();
                    let mut advance = json!({"take": take, "ties": self.rng.pick(&["all", "none"])});
                    if self.rng.chance(30) {
                        advance["only"] = self.condition(1, at);
                    }
                    own["advance"] = advance;
                }
                rules.push(own);
            }
        }
        let at = Spot { stages, ..Spot::default() };
        let total = self.number(2, at);
        let total = if self.rng.chance(70) { self.rounded(total) } else { total };
        nodes.push(json!({"id": "total", "name": name("total"), "kind": "total", "value": total}));
        self.nodes.push("total".to_owned());
        let ranking = json!({
            "by": "total", "no_value": "unranked",
            "on": self.rng.pick(&["published", "exact"]),
            "direction": self.rng.pick(&["higher", "lower"]),
            "keys": self.keys(at),
            "ties": self.rng.pick(&["competition", "dense", "ordinal"]),
            "last": self.rng.pick(&["share", "share", "draw", "manual"]),
        });
        let mut book = json!({
            "schema": 1, "semantics": 1, "id": "generated", "title": name("generated"),
            "panels": panels, "items": items, "nodes": nodes, "ranking": ranking, "stages": rules,
            "parameters": [
                {"id": "number", "name": name("number"), "value": "2.5"},
                {"id": "chosen", "name": name("chosen"), "by": "group", "values": {"A": "1", "B": "-3"}},
                {"id": "key", "name": name("key"), "kind": "answer", "by": "group", "value": "bdac", "values": {"B": "ABCD"}},
            ],
            "scales": [{"id": "levels", "name": name("levels"), "values": ["low", "middle", "high"]}],
            "statuses": self.statuses(),
        });
        if self.rng.chance(20) {
            book["settle"] = json!({"absent": "0", "void": self.constant()});
        }
        if self.rng.chance(70) {
            book["awards"] = self.awards(at);
        }
        let after = Spot { after: true, ..at };
        if self.rng.chance(50) {
            let team = Spot { team: true, ..after };
            let value = self.number(2, team);
            book["teams"] = json!({"name": name("teams"), "value": value, "direction": self.rng.pick(&["higher", "lower"]),
                "keys": self.keys(team), "ties": self.rng.pick(&["competition", "dense", "ordinal"])});
        }
        if self.rng.chance(50) {
            book["honours"] = json!([
                {"id": "h0", "name": name("h0"), "to": self.condition(2, after)},
                {"id": "h1", "name": name("h1"), "to": self.condition(1, after)},
            ]);
        }
        book
    }

    /// A mark that an input allows; of few different values, so that there are equals.
    pub fn value(&mut self, item: &jiangsai_scoring::rulebook::Item) -> Mark {
        let small = i64::try_from(self.rng.below(5)).unwrap();
        let int = Exact::from_int(small);
        Mark::Value(match &item.input {
            Input::Number { min, step: Some(step), .. } => {
                let low = min.clone().unwrap_or_default();
                let high = item.max.clone().unwrap_or_default();
                let top = &low + &(step * &int);
                if self.rng.chance(10) {
                    // The largest multiple of the step that is allowed.
                    let steps = (&high - &low).divide(step).unwrap().round(0, jiangsai_scoring::RoundMode::Floor);
                    &low + &(step * &steps)
                } else if top <= high {
                    top
                } else {
                    low
                }
            }
            Input::Number { min, max, step: None } => {
                let high = max.as_ref().or(item.max.as_ref()).cloned().unwrap_or_default();
                match self.rng.below(12) {
                    0 => high,
                    1 => min.clone().unwrap_or_default(),
                    2 => Exact::ratio(1, 3).unwrap().min(high),
                    3 => "0.00000000000000000000000000000000000000000000000000000000000001".parse().unwrap(),
                    4 => "0.0001".parse().unwrap(),
                    _ => int.min(high),
                }
            }
            Input::Level { .. } => Exact::from_int(small.min(3)),
            Input::Choice { options } => {
                let index = self.rng.below(options.len());
                options[index].value.clone()
            }
            Input::Tick {} | Input::Vote {} => Exact::from_int(small.min(1)),
            Input::Deduction { each: None, .. } => Exact::ratio(small, 4).unwrap(),
            Input::Deduction { .. } | Input::Count { .. } => int,
            Input::Placing { .. } => Exact::from_int(small + 1),
            Input::Time { .. } => Exact::ratio(small * 25 + 5950, 100).unwrap(),
            Input::Answer { .. } => {
                return Mark::Answer(self.rng.pick(&["BDAC", "ABCD", "BBBB", "DCBA", "BDCA"]).to_owned());
            }
        })
    }

    /// Any mark, most often a value.
    pub fn mark(&mut self, item: &jiangsai_scoring::rulebook::Item, gaps: usize) -> Mark {
        if self.rng.chance(gaps) {
            return self.rng.one(&[Mark::NotYet, Mark::Absent, Mark::Void]);
        }
        self.value(item)
    }

    /// A field of so many entries with gaps of all kinds; every judge sits.
    pub fn field(&mut self, book: &Rulebook, entries: usize) -> Field {
        let gaps = self.rng.one(&[0, 3, 15]);
        let mut field = Field::default();
        for panel in &book.panels {
            field.panels.insert(panel.id.clone(), (0..panel.seats).map(|seat| format!("J{seat}")).collect());
        }
        if self.rng.chance(30) {
            let values = BTreeMap::from([("A".to_owned(), "7".to_owned()), (String::new(), "0.5".to_owned())]);
            field.parameters.insert("chosen".to_owned(), values);
        }
        for index in 0..entries {
            let status = if self.rng.chance(75) { EntryStatus::Ok } else { self.rng.one(&EntryStatus::ALL) };
            let mut data = BTreeMap::new();
            for (name, values) in [
                ("group", vec!["A", "B", " A ", ""]),
                ("bonus", vec!["1", "-0.5", "", "2"]),
                ("born", vec!["2000-02-29", "20010301", "2001/3/1", "1999-12-31"]),
                ("level", vec!["low", "middle", "high", "none"]),
                ("decision", vec!["", "", "1", "2"]),
            ] {
                if self.rng.chance(80) {
                    data.insert(name.to_owned(), self.rng.one(&values).to_owned());
                }
            }
            let team = self.rng.chance(70).then(|| self.rng.pick(&["red", "blue", ""]).to_owned());
            // Ids in another order than the entries.
            let id = format!(
                "e{:03}",
                (index * 7 + 3) % entries.max(1) + if entries.is_multiple_of(7) { index * 100 } else { 0 }
            );
            let since = (self.rng.chance(40) && !book.stages.is_empty())
                .then(|| book.stages[self.rng.below(book.stages.len())].id.clone());
            field.entries.push(Entry { id, status, since, team, data });
        }
        for entry in field.entries.clone() {
            let untouched = self.rng.chance(5);
            for item in book.items() {
                for attempt in 1..=item.attempt_count() {
                    for judge in judges(book, item) {
                        let mark = if untouched { Mark::NotYet } else { self.mark(item, gaps) };
                        let entry = entry.id.clone();
                        field.marks.push(MarkRow { entry, item: item.id.clone(), judge, stage: None, attempt, mark });
                    }
                }
            }
        }
        field
    }
}

/// The judges of an item, none for one value.
pub fn judges(book: &Rulebook, item: &jiangsai_scoring::rulebook::Item) -> Vec<Option<String>> {
    match item.panel().and_then(|id| book.panel(id)) {
        Some(panel) => (0..panel.seats).map(|seat| Some(format!("J{seat}"))).collect(),
        None => vec![None],
    }
}

fn with(mut own: Value, form: &str, within: Option<&str>) -> Value {
    if let Some(within) = within {
        own["within"] = json!(within);
    }
    json!({form: own})
}
