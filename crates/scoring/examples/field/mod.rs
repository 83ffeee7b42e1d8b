//! The field that is measured, natively and in wasm: the same rule, the same marks.

use jiangsai_scoring::{Board, Engine, Entry, Exact, Mark, Rulebook};
use serde_json::{Value, json};

pub const JUDGES: usize = 7;
pub const ITEMS: usize = 20;

/// Twenty items of seven judges in steps of 0.5 up to 10, without the highest and the lowest, rounded, added up.
pub fn engine() -> Engine {
    ranked_with(&json!([]))
}

/// The same, with keys for equal totals.
pub fn ranked_with(keys: &Value) -> Engine {
    let score = json!({"round": {"of": {"mean": {"trim": {"of": {"panel": {}}, "low": 1, "high": 1}}}, "digits": 2}});
    let name = |text: &str| json!({"zh": text, "en": text});
    let ids: Vec<String> = (0..ITEMS).map(|item| format!("P{item:02}")).collect();
    let items: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({"id": id, "name": name(id), "max": "10", "input": {"number": {"step": "0.5"}},
                "by": {"panel": "judges"}, "score": score})
        })
        .collect();
    let parts: Vec<Value> = ids.iter().map(|id| json!({"item": id})).collect();
    let json = json!({
        "schema": 1, "semantics": 1, "id": "bench", "title": name("bench"),
        "panels": [{"id": "judges", "name": name("judges"), "seats": JUDGES}],
        "items": items,
        "nodes": [{"id": "total", "name": name("total"), "kind": "total", "value": {"round": {"of": {"sum": parts}, "digits": 2}}}],
        "ranking": {"by": "total", "no_value": "unranked", "keys": keys}
    });
    Engine::new(&Rulebook::from_json(&json.to_string()).unwrap()).unwrap()
}

/// Half points, 0 to 20 of them; repeatable.
pub fn halves(entry: usize, item: usize, seat: usize) -> i32 {
    let mut z = (entry as u64 * 1_000 + item as u64 * 20 + seat as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i32::try_from((z >> 33) % 21).unwrap()
}

pub fn board(engine: &Engine, entries: usize) -> Board {
    let all: Vec<Entry> = (0..entries).map(|entry| Entry { id: format!("{entry:06}"), ..Entry::default() }).collect();
    let mut board = engine.blank(&all);
    for item in 0..ITEMS {
        board
            .fill(item, |entry, _, seat| Mark::Value(Exact::ratio(i64::from(halves(entry, item, seat)), 2).unwrap()))
            .unwrap();
    }
    board.compute();
    board
}

/// A board whose marks change one after the other.
pub struct Changing {
    board: Board,
    changes: usize,
}

impl Changing {
    pub fn new(entries: usize) -> Self {
        Self { board: board(&engine(), entries), changes: 0 }
    }

    /// Everything anew.
    pub fn compute(&mut self) {
        self.board.compute();
    }

    /// So many changes, each to the new rank of its entry; their sum, so that none can be left out.
    pub fn change(&mut self, count: usize) -> u32 {
        let mut ranks = 0u32;
        for change in self.changes..self.changes + count {
            let (entry, item, seat) = (change * 7_919 % self.board.len(), change % ITEMS, change % JUDGES);
            let mark = Mark::Value(Exact::ratio(i64::from(halves(change, item, seat + 7)), 2).unwrap());
            self.board.set(entry, item, 0, seat, &mark).unwrap();
            ranks = ranks.wrapping_add(self.board.rank(entry).unwrap());
        }
        self.changes += count;
        ranks
    }
}
