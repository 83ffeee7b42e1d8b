//! Every permutation and interleaving of the facts of three logs gives the same state, to the byte.
#![allow(clippy::unwrap_used, reason = "tests")]

use jiangsai_domain::approval::Edition;
use jiangsai_domain::bulletin::{Bulletin, BulletinKind, Columns, Heading, Period, Row};
use jiangsai_domain::coded::{Coded, Seating};
use jiangsai_domain::command::Role;
use jiangsai_domain::command::competition::Settings;
use jiangsai_domain::command::files::Whom;
use jiangsai_domain::command::judging::Judge;
use jiangsai_domain::command::registration::FieldId;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::confirmation::{Duty, ResultsConfirmation};
use jiangsai_domain::draw::{Held, Layer, Lot, Method, Office, Opening, Seal};
use jiangsai_domain::envelope::Envelope;
use jiangsai_domain::erasure::Erasure;
use jiangsai_domain::fact::{Certificate, CertificatePlace, Decision, Fact, KINDS, MarkPlace, NotAFact, Numbers};
use jiangsai_domain::figures::{AwardCount, Figures};
use jiangsai_domain::finding::FindingDecision;
use jiangsai_domain::paper::{Checking, How, Recording, Scan, SheetMark};
use jiangsai_domain::people::{Approval, Officer, Signer};
use jiangsai_domain::readers::{ReaderBox, ReadersKey};
use jiangsai_domain::recheck::{Answer, Extent, Finding, Inquiry, plan};
use jiangsai_domain::results;
use jiangsai_domain::screen::Shown;
use jiangsai_domain::sheet::{Confirmation, ModulePlace, Rescore, SeatChange, SheetPlace, SheetState, Sitting};
use jiangsai_domain::trust::{Cut, Origin, Revocation};
use jiangsai_domain::view;
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::templates::{PANEL_OF_5_TRIMMED, THEORY_PRACTICE_30_70};
use jiangsai_scoring::{EntryStatus, Exact, Mark, Text};
use proptest::prelude::*;

fn figures(turn: u32) -> Figures {
    let awards = vec![AwardCount { name: Text::new("一等奖", "First prize"), count: turn }];
    Figures {
        number: 1,
        kind: BulletinKind::Posted,
        registered: turn + 2,
        took_part: turn + 1,
        units: turn.is_multiple_of(2).then_some(turn),
        judges: 5,
        awards,
    }
}

/// One log: facts in the order their writer made them.
type Log = Vec<Envelope>;

struct Writer {
    name: char,
    log: Log,
}

impl Writer {
    fn says(&mut self, order: u64, replaces: &[&str], fact: Result<Fact, NotAFact>) {
        self.log.push(Envelope {
            id: format!("{}{}", self.name, self.log.len()).into(),
            origin: origin(self.name, self.log.len()),
            order,
            at: 1_000 + i64::try_from(order).unwrap(),
            actor: self.name.to_string().into(),
            replaces: replaces.iter().map(|id| (*id).into()).collect(),
            reason: String::new(),
            fact,
        });
    }
}

/// Each writer has a computer and a log of one name; the first founded the competition.
fn origin(name: char, number: usize) -> Origin {
    let own = name.to_string();
    Origin { node: own.as_str().into(), log: own.as_str().into(), seq: number as u64, founding: name == 'a' }
}

fn place(judge: &str) -> MarkPlace {
    MarkPlace { event: "event".into(), entry: "entry".into(), item: "P1".into(), judge: Some(judge.into()), attempt: 1 }
}

fn mark(judge: &str, value: &str) -> Result<Fact, NotAFact> {
    Ok(Fact::Mark { place: place(judge), mark: Mark::Value(Exact::parse_decimal(value).unwrap()) })
}

/// Three desks: an organiser, a judge, and a second desk of the same judge that did not know of the first.
fn three_logs() -> [Log; 3] {
    let [mut a, mut b, mut c] = ['a', 'b', 'c'].map(|name| Writer { name, log: Vec::new() });
    let titled = |title: &str| Ok(Fact::Settings(Settings { title: title.into(), ..Settings::default() }));
    a.says(0, &[], titled("一"));
    a.says(1, &[], Ok(Fact::Rulebook { event: "event".into(), json: PANEL_OF_5_TRIMMED.into() }));
    a.says(2, &["a0"], titled("二"));
    a.says(
        3,
        &[],
        Ok(Fact::Numbers { entry: "entry".into(), numbers: Numbers { number: "01".into(), ..Numbers::default() } }),
    );
    b.says(1, &[], mark("j1", "17.5"));
    b.says(2, &["b0"], mark("j1", "18"));
    b.says(3, &[], Ok(Fact::Entry { entry: "entry".into(), event: "event".into(), person: "person".into() }));
    b.says(4, &["a0"], titled("三"));
    c.says(1, &[], mark("j1", "16"));
    c.says(2, &[], Err(NotAFact::Newer));
    c.says(3, &[], Ok(Fact::Status { entry: "entry".into(), status: EntryStatus::Retired, since: None }));
    [a.log, b.log, c.log]
}

/// Takes facts in one by one, as an application does: made anew where a revocation came after what it is about.
fn fold(facts: impl IntoIterator<Item = Envelope>) -> Competition {
    let (mut state, mut seen) = (Competition::default(), Vec::new());
    for fact in facts {
        seen.push(fact.clone());
        state.evolve(fact);
        if !state.is_settled() {
            state = Competition::fold(seen.iter().cloned());
            assert!(state.is_settled());
        }
    }
    state
}

/// Calls `each` with every interleaving that keeps the order of each log.
fn interleavings(logs: &[Log; 3], at: [usize; 3], before: &mut Vec<Envelope>, each: &mut impl FnMut(&[Envelope])) {
    if (0..3).all(|log| at[log] == logs[log].len()) {
        return each(before);
    }
    for log in 0..3 {
        if at[log] < logs[log].len() {
            let mut next = at;
            next[log] += 1;
            before.push(logs[log][at[log]].clone());
            interleavings(logs, next, before, each);
            before.pop();
        }
    }
}

#[test]
fn every_interleaving_of_three_logs_gives_the_same_state_to_the_byte() {
    let logs = three_logs();
    let wanted = fold(logs.concat()).snapshot().unwrap();
    let mut count = 0;
    interleavings(&logs, [0; 3], &mut Vec::new(), &mut |facts| {
        count += 1;
        // Every one is folded; comparing each byte string keeps the test honest.
        assert_eq!(fold(facts.to_vec()).snapshot().unwrap(), wanted, "interleaving {count}");
    });
    assert_eq!(count, 11_550, "11! / (4! 4! 3!)");
}

#[test]
fn every_permutation_of_the_facts_of_three_logs_gives_the_same_state_to_the_byte() {
    // All orders of the first two facts of each log and one more: 5,040 permutations.
    let facts: Vec<Envelope> =
        three_logs().iter().flat_map(|log| log[..2].to_vec()).chain([three_logs()[1][3].clone()]).collect();
    let wanted = fold(facts.clone()).snapshot().unwrap();
    let mut order: Vec<usize> = (0..facts.len()).collect();
    let mut count = 0;
    permutations(&mut order, 0, &mut |order| {
        count += 1;
        let permuted = order.iter().map(|index| facts[*index].clone());
        assert_eq!(fold(permuted).snapshot().unwrap(), wanted, "order {order:?}");
    });
    assert_eq!(count, 5_040, "7!");
}

fn permutations(order: &mut Vec<usize>, from: usize, each: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return each(order);
    }
    for other in from..order.len() {
        order.swap(from, other);
        permutations(order, from + 1, each);
        order.swap(from, other);
    }
}

/// A draw from a box, one by a computer, or that there is none.
fn held(turn: usize) -> Option<Held> {
    let by = |by, voids: Option<&str>| Held {
        draw: format!("draw{turn}").as_str().into(),
        by,
        voids: voids.map(Into::into),
    };
    match turn % 3 {
        0 => Some(by(Method::Lots, None)),
        1 => Some(by(Method::Computer { seed: "00".into() }, Some("draw0"))),
        _ => None,
    }
}

fn sheet_marks() -> Vec<SheetMark> {
    vec![SheetMark { item: "P1".into(), attempt: 1, mark: Mark::Absent }]
}

/// One fact of every kind, and of every kind that is none; another `turn` has other values for the same places.
fn every_kind(turn: usize) -> Vec<Result<Fact, NotAFact>> {
    let text = ["一", "二", "三"][turn % 3].to_owned();
    let even = turn.is_multiple_of(2);
    let (event, entry) = (|| "event".into(), || "entry".into());
    let judge = Judge { code: "P01".into(), name: text.clone(), ..Judge::default() };
    let json = if even { PANEL_OF_5_TRIMMED } else { THEORY_PRACTICE_30_70 }.to_owned();
    let status = if even { EntryStatus::Absent } else { EntryStatus::Withdrawn };
    vec![
        Ok(Fact::Settings(Settings { title: text.clone(), ..Settings::default() })),
        Ok(Fact::EventName { event: event(), name: text.clone() }),
        Ok(Fact::Rulebook { event: event(), json }),
        Ok(Fact::Person { person: "person".into(), form: [(FieldId::Name, text.clone())].into() }),
        Ok(Fact::Entry { entry: entry(), event: event(), person: text.as_str().into() }),
        Ok(Fact::Numbers { entry: entry(), numbers: Numbers { number: text.clone(), ..Numbers::default() } }),
        Ok(Fact::Status { entry: entry(), status, since: (!even).then(|| text.clone()) }),
        Ok(Fact::Judge { judge: "j1".into(), value: judge }),
        Ok(Fact::Panel { event: event(), panel: "judges".into(), members: vec![text.as_str().into()] }),
        mark("j1", ["16", "17.5", "18"][turn % 3]),
        Ok(Fact::Final { event: event(), done: even }),
        Ok(Fact::Draw { event: event(), layer: Layer::Place, session: String::new(), held: held(turn) }),
        Ok(Fact::Lot {
            draw: "draw1".into(),
            entry: entry(),
            lot: even.then(|| Lot { session: text.clone(), code: "07".into() }),
        }),
        Ok(Fact::Sealed {
            event: event(),
            seal: Seal { seal: text.as_str().into(), officer: "甲".into(), supervisor: "乙".into(), lock: None },
        }),
        Ok(Fact::Opened {
            event: event(),
            office: Office::Supervisor,
            opening: Opening {
                seals: vec!["一".into()], name: text.clone(), codes: std::collections::BTreeMap::new()
            },
        }),
        Ok(Fact::Parameter { event: event(), parameter: "reference".into(), text: "A".into(), value: text.clone() }),
        Ok(Fact::Decision {
            entry: entry(),
            decision: Decision { by: Last::Draw, order: vec![entry(), text.as_str().into()] },
        }),
        Ok(Fact::Certificate {
            place: CertificatePlace { event: event(), entry: entry(), award: Some("first".into()) },
            certificate: Certificate { number: text.clone(), verification: "0000".into() },
        }),
        Ok(Fact::Paper { event: event(), wanted: even }),
        Ok(Fact::Recorded {
            sheet: sheet(),
            recording: Recording { by: text.clone(), total: turn.to_string(), marks: sheet_marks() },
        }),
        Ok(Fact::Checked {
            sheet: sheet(),
            checking: Checking { by: text.clone(), how: How::Called, marks: sheet_marks() },
        }),
        Ok(Fact::ResultsConfirmed {
            event: event(),
            duty: if even { Duty::ChiefJudge } else { Duty::Supervisor },
            confirmation: ResultsConfirmation { name: ["一", "二", "三"][turn % 3].into(), digest: "0".repeat(64) },
        }),
        Ok(Fact::Leader { event: event(), module: "A".into(), judge: even.then(|| text.as_str().into()) }),
        Ok(Fact::Seat {
            event: event(),
            entry: entry(),
            panel: "judges".into(),
            seat: "j1".into(),
            sitting: even.then(|| Sitting { judge: Some(text.as_str().into()), why: SeatChange::Recusal }),
        }),
        Ok(Fact::Sheet { sheet: sheet(), state: if even { signed(turn) } else { SheetState::Reopened } }),
        Ok(Fact::Note { place: place("j1"), text: text.clone() }),
        Ok(Fact::Rescore { place: place("j1"), request: even.then(|| Rescore { first: vec![text.as_str().into()] }) }),
        Ok(Fact::Confirmed {
            place: module(),
            confirmation: [Confirmation::Signed, Confirmation::Refused, Confirmation::Withdrawn][turn % 3],
        }),
        Ok(Fact::ExtraTime { place: module(), seconds: u32::try_from(turn).unwrap() }),
        Ok(Fact::Recheck { event: event(), plan: plan(Extent::FirstTen { rest: 15 }, vec![entry()], text.clone()) }),
        Ok(Fact::Rechecked {
            sheet: sheet(),
            finding: Finding { by: text.clone(), errors: 1, note: text.clone(), plan: None },
        }),
        Ok(Fact::Asked {
            inquiry: "inquiry".into(),
            asked: Inquiry { event: event(), entry: entry(), by: text.clone(), text: text.clone() },
        }),
        Ok(Fact::Answered {
            inquiry: "inquiry".into(),
            answer: Answer { by: text.clone(), corrected: even, text: text.clone() },
        }),
        Ok(Fact::Bulletin { event: event(), number: 1, bulletin: Box::new(bulletin(&text)) }),
        Ok(Fact::Release { event: event(), shown: Shown::ALL[turn % 3] }),
        Ok(Fact::Scan { sheet: sheet(), attachment: "0".repeat(64).into(), scan: even.then(|| scan(turn)) }),
        Ok(Fact::Coded {
            entry: entry(),
            coded: Coded { event: event(), session: text.clone(), code: "07".into(), status, since: None, lock: None },
            seats: if even { Seating::new() } else { seating(&text) },
        }),
        Ok(Fact::Erased { person: "person".into(), erasure: erasure(&text) }),
        Ok(Fact::NotesErased { records: ["25a0", "25c1", "09a0"].map(Into::into).into() }),
        Ok(Fact::Revoked {
            node: ["b", "c", "a"][turn % 3].into(),
            revocation: even.then(|| trusted(["b", "c", "a"][turn % 3], 1)),
        }),
        Ok(Fact::Adopted { records: ["a1", "b1", "c1", "09b1", "10c0"].map(Into::into).into() }),
        Ok(Fact::Settled {
            finding: "orphan:0".into(),
            decision: if even { FindingDecision::Leave } else { FindingDecision::Reopen },
        }),
        Ok(Fact::Officer { officer: "officer".into(), value: officer(&text, even) }),
        Ok(Fact::SignIn { on: even, approvals: if turn == 0 { Edition::FIRST } else { Edition::NEWEST } }),
        Ok(Fact::OfficerKey { officer: "officer".into(), node: "node".into(), key: text.clone() }),
        Ok(Fact::Approved {
            record: "a0".into(),
            approval: Approval { signer: signer(even), key: text.clone(), signature: "0".repeat(128) },
        }),
        Ok(Fact::KeyRevoked {
            signer: signer(even),
            node: "node".into(),
            key: text.clone(),
            trusted: vec!["45a0".into()],
        }),
        Ok(Fact::Readers(readers_key(&text))),
        Ok(Fact::JudgeKey { judge: "j1".into(), node: "node".into(), key: text.clone() }),
        Ok(Fact::Figures { event: event(), figures: figures(u32::try_from(turn).unwrap()) }),
        Err(NotAFact::Newer),
        Err(NotAFact::Malformed),
        Err(NotAFact::Withheld),
        Err(NotAFact::Erased),
    ]
}

fn signer(officer: bool) -> Signer {
    if officer { Signer::Officer("officer".into()) } else { Signer::Judge("j1".into()) }
}

/// Names facts of [`all_kinds`] by kind, log and place; a mark among them, which is not erased.
fn erasure(basis: &str) -> Erasure {
    let records = ["03a0", "03a1", "03c0", "25b0", "31a0", "32b1", "33c0", "09b0"].map(Into::into).into();
    let kept = [(FieldId::BirthDate, "1990-03-07".to_owned())].into();
    Erasure { basis: basis.into(), records, attachments: vec!["1".repeat(64).into()], kept }
}

/// The log of a computer is trusted up to a record.
fn trusted(log: &str, seq: u64) -> Revocation {
    Revocation { logs: vec![Cut { log: log.into(), seq, head: format!("{log}{seq}").as_str().into() }] }
}

fn officer(name: &str, retired: bool) -> Officer {
    let roles = [Role::Organiser, Role::Supervisor].into();
    Officer { name: name.into(), roles, nodes: ["node".into()].into(), retired, ..Officer::default() }
}

fn readers_key(public: &str) -> ReadersKey {
    let boxes = vec![ReaderBox { node: "node".into(), to: "1".repeat(64), sealed: "AA==".into() }];
    ReadersKey { public: public.into(), by: "node".into(), boxes, older: Vec::new(), signature: "0".repeat(128) }
}

fn seating(judge: &str) -> Seating {
    [("judges".into(), [("j1".into(), Some(judge.into()))].into())].into()
}

fn scan(turn: usize) -> Scan {
    Scan { media: "image/jpeg".into(), bytes: 1, page: u16::try_from(turn + 1).unwrap() }
}

fn bulletin(by: &str) -> Bulletin {
    Bulletin {
        kind: BulletinKind::Posted,
        digest: "0".repeat(64),
        columns: Columns { whom: Whom::All, scores: true, occupation: false },
        period: Some(Period { from: "2025-10-20".into(), until: "2025-10-26".into() }),
        contact: String::new(),
        by: by.into(),
        corrects: None,
        heading: Heading::default(),
        sealed: false,
        rows: vec![Row { rank: Some(1), name: by.into(), ..Row::default() }],
    }
}

fn sheet() -> SheetPlace {
    SheetPlace { event: "event".into(), entry: "entry".into(), module: "A".into(), judge: Some("j1".into()) }
}

fn module() -> ModulePlace {
    ModulePlace { event: "event".into(), entry: "entry".into(), module: "A".into() }
}

fn signed(turn: usize) -> SheetState {
    SheetState::Signed { by: "j1".into(), marks: vec![format!("mark{turn}").into()] }
}

/// Three logs that each set one place twice: the second of the first replaces its own, the second of the second both that it knows,
/// the third knows nobody.
fn crossing(kind: usize) -> [Log; 3] {
    let [mut a, mut b, mut c] = ['a', 'b', 'c'].map(|name| Writer { name, log: Vec::new() });
    let says = |writer: &mut Writer, order, replaces: &[&str], turn| {
        writer.says(order, replaces, every_kind(turn).swap_remove(kind));
    };
    says(&mut a, 1, &[], 0);
    says(&mut b, 1, &[], 1);
    says(&mut c, 1, &[], 2);
    says(&mut a, 2, &["a0"], 1);
    says(&mut b, 3, &["a0", "b0"], 2);
    says(&mut c, 3, &["c0"], 0);
    [a.log, b.log, c.log]
}

#[test]
fn every_permutation_of_every_kind_of_fact_gives_the_same_state_to_the_byte() {
    let kinds: Vec<&str> = every_kind(0).iter().flatten().map(Fact::kind).collect();
    assert_eq!(kinds, KINDS.map(|(kind, _)| kind), "a new kind of fact belongs into this test");
    for kind in 0..every_kind(0).len() {
        let facts: Vec<Envelope> = crossing(kind).concat();
        let wanted = fold(facts.clone()).snapshot().unwrap();
        let mut order: Vec<usize> = (0..facts.len()).collect();
        let mut count = 0;
        permutations(&mut order, 0, &mut |order| {
            count += 1;
            let permuted = order.iter().map(|index| facts[*index].clone());
            assert_eq!(fold(permuted).snapshot().unwrap(), wanted, "kind {kind}, order {order:?}");
        });
        assert_eq!(count, 720, "6!");
    }
}

/// Facts of every kind from three logs, each its own place in the order of its log.
fn all_kinds() -> Vec<Envelope> {
    let mut facts: Vec<Envelope> = Vec::new();
    for kind in 0..every_kind(0).len() {
        for fact in crossing(kind).concat() {
            let named = |id: &jiangsai_domain::ids::FactId| format!("{kind:02}{id}").into();
            let replaces = fact.replaces.iter().map(named).collect();
            // Nobody is signed in: where people do, nearly nothing would have effect.
            let order = if matches!(fact.fact, Ok(Fact::SignIn { .. })) { fact.order + 1_000 } else { fact.order };
            facts.push(Envelope { id: named(&fact.id), replaces, order, ..fact });
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("JIANGSAI_LONG").is_some() { 4_000 } else { 100 }))]

    /// Any order of facts of all kinds together, some of them twice.
    #[test]
    fn any_order_of_all_kinds_together_gives_the_same_state(
        order in Just((0..all_kinds().len()).collect::<Vec<_>>()).prop_shuffle(),
        again in proptest::collection::vec(0..all_kinds().len(), 0..20),
    ) {
        let facts = all_kinds();
        let wanted = fold(facts.clone()).snapshot().unwrap();
        let mixed = order.iter().chain(&again).map(|index| facts[*index].clone());
        prop_assert_eq!(fold(mixed).snapshot().unwrap(), wanted);
    }
}

/// A competition, a desk that is revoked by its founder and by another, marks of it before and behind the cuts, and one that is adopted.
fn revoked() -> Vec<Envelope> {
    let [mut a, mut b, mut c] = ['a', 'b', 'c'].map(|name| Writer { name, log: Vec::new() });
    let revokes = |node: &str, seq| Ok(Fact::Revoked { node: node.into(), revocation: Some(trusted(node, seq)) });
    b.says(1, &[], mark("j1", "16"));
    b.says(2, &["b0"], mark("j1", "17"));
    b.says(3, &["b1"], mark("j1", "18"));
    b.says(4, &[], revokes("c", 0));
    a.says(3, &[], revokes("b", 1));
    a.says(5, &[], Ok(Fact::Adopted { records: vec!["b2".into(), "b3".into()] }));
    c.says(4, &[], revokes("b", 0));
    [a.log, b.log, c.log].concat()
}

#[test]
fn revocations_and_adoptions_give_the_same_state_whenever_they_come() {
    let facts = revoked();
    let wanted = fold(facts.clone());
    let counts = &wanted.marks[&place("j1")];
    assert_eq!(counts.len(), 2, "the mark before both cuts, and the adopted one; not the one behind the earlier cut");
    assert!(wanted.quarantine.contains_key(&"b1".into()) && wanted.quarantine.len() == 1);
    assert!(!wanted.trust.is_revoked(&"c".into()), "what a revoked desk says of others has no effect, adopted or not");
    assert!(wanted.trust.crosses(&"b".into()), "two cuts are a finding");
    let wanted = wanted.snapshot().unwrap();
    let mut order: Vec<usize> = (0..facts.len()).collect();
    permutations(&mut order, 0, &mut |order| {
        let permuted = || order.iter().map(|index| facts[*index].clone());
        assert_eq!(fold(permuted()).snapshot().unwrap(), wanted, "one by one, order {order:?}");
        assert_eq!(Competition::fold(permuted()).snapshot().unwrap(), wanted, "at once, order {order:?}");
    });
    let again = Competition::restore(&wanted).unwrap();
    assert_eq!((again.trust.is_revoked(&"b".into()), again.snapshot().unwrap()), (true, wanted), "from a snapshot");
}

/// A fact about trust that anybody may have said of anybody, or a mark.
fn anything() -> impl Strategy<Value = (usize, usize, u8, u64, Vec<usize>)> {
    (0..4_usize, 0..4_usize, 0..8_u8, 0..4_u64, proptest::collection::vec(0..16_usize, 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("JIANGSAI_LONG").is_some() { 20_000 } else { 500 }))]

    /// Computers that revoke each other, lift it, adopt and mark, in any order: the same state, whether taken in one by one or at once.
    #[test]
    fn whoever_revokes_whomever_the_order_does_not_matter(
        said in proptest::collection::vec(anything(), 1..14),
        order in Just((0..14_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let names = ['a', 'b', 'c', 'd'];
        let mut logs = names.map(|name| Writer { name, log: Vec::new() });
        let mut ids: Vec<String> = Vec::new();
        for (number, (by, about, what, seq, named)) in said.iter().enumerate() {
            let node = names[*about].to_string();
            let earlier: Vec<&str> = named.iter().filter_map(|at| ids.get(*at).map(String::as_str)).collect();
            let fact = match what {
                0..=2 => Ok(Fact::Revoked { node: node.as_str().into(), revocation: Some(trusted(&node, *seq)) }),
                3 => Ok(Fact::Revoked { node: node.as_str().into(), revocation: None }),
                4 => Ok(Fact::Adopted { records: earlier.iter().map(|id| (*id).into()).collect() }),
                _ => mark(["j1", "j2", "j3"][number % 3], ["16", "17", "18"][*about % 3]),
            };
            let id = format!("{}{}", names[*by], logs[*by].log.len());
            logs[*by].says(number as u64, &earlier, fact);
            ids.push(id);
        }
        let facts: Vec<Envelope> = logs.into_iter().flat_map(|writer| writer.log).collect();
        let wanted = Competition::fold(facts.clone()).snapshot().unwrap();
        let mixed = || order.iter().filter_map(|at| facts.get(*at).cloned());
        prop_assert_eq!(&fold(mixed()).snapshot().unwrap(), &wanted);
        prop_assert_eq!(&Competition::fold(mixed()).snapshot().unwrap(), &wanted);
    }
}

proptest! {
    /// Any order of all facts, some of them twice.
    #[test]
    fn any_order_with_repeats_gives_the_same_state(
        order in Just((0..11_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in proptest::collection::vec(0..11_usize, 0..6),
    ) {
        let facts = three_logs().concat();
        let wanted = fold(facts.clone()).snapshot().unwrap();
        let mixed = order.iter().chain(&again).map(|index| facts[*index].clone());
        prop_assert_eq!(fold(mixed).snapshot().unwrap(), wanted);
    }
}

#[test]
fn what_crosses_is_kept_and_a_crossing_mark_does_not_count() {
    let state = fold(three_logs().concat());
    assert_eq!(state.settings().title, "三", "of two titles that cross the later in display order holds");
    assert!(state.settings.crosses(), "and the crossing is a finding");
    let marks: Vec<_> = state.marks.values().collect();
    assert!(marks[0].crosses(), "18 and 16 were both given for one cell");
    assert_eq!(marks[0].agreed(), None, "so neither counts");
    assert!(results::results(&state, &"event".into()).is_err(), "a newer fact is on record: no standings");
    assert!(view::home::findings(&state, &"event".into()) >= 3, "title, mark, newer fact");
}

#[test]
fn marks_out_of_range_and_clocks_that_jump_are_the_same_findings_in_whatever_order_they_come() {
    let marked = |judge: &str, value: &str| {
        let place = MarkPlace { item: "M1".into(), ..place(judge) };
        Ok(Fact::Mark { place, mark: Mark::Value(Exact::parse_decimal(value).unwrap()) })
    };
    let [mut a, mut b, mut c] = ['a', 'b', 'c'].map(|name| Writer { name, log: Vec::new() });
    a.says(0, &[], Ok(Fact::Rulebook { event: "event".into(), json: PANEL_OF_5_TRIMMED.into() }));
    a.says(1, &[], Ok(Fact::Entry { entry: "entry".into(), event: "event".into(), person: "person".into() }));
    b.says(2, &[], marked("j1", "200"));
    b.says(3, &[], marked("j2", "17.5"));
    b.says(4, &[], marked("j3", "17"));
    c.says(2, &[], Ok(Fact::Panel { event: "event".into(), panel: "judges".into(), members: vec!["j1".into()] }));
    c.says(3, &[], marked("j4", "-1"));
    b.log[1].at = b.log[0].at - 3 * 60_000;
    c.log[1].at += 24 * 60 * 60_000;
    let listed = |state: &Competition| view::findings::list(state, &"event".into(), &[]);
    let logs = [a.log, b.log, c.log];
    let wanted = fold(logs.concat());
    let found = listed(&wanted);
    let of = |kind: &str| found.open.iter().filter(|row| row.kind == kind).collect::<Vec<_>>();
    let said = |row: &jiangsai_domain::command::findings::FindingRow, name: &str| {
        row.args.iter().find(|(own, _)| own == name).unwrap().1.clone()
    };
    let ranges = of("range");
    let values: Vec<_> = ranges.iter().map(|row| (said(row, "item"), said(row, "value"))).collect();
    assert_eq!(values, [("M1".to_owned(), "200".to_owned()), ("M1".to_owned(), "-1".to_owned())]);
    assert!(ranges.iter().all(|row| row.blocks && row.by_decision && row.page == "marks"));
    assert!(!said(ranges[0], "allowed").is_empty());
    let clocks = of("clock");
    assert_eq!(clocks.len(), 1, "one clock went back; a day in which nobody wrote is no jump");
    assert_eq!(
        (said(clocks[0], "node"), said(clocks[0], "record"), said(clocks[0], "minutes")),
        ("b".into(), "1".into(), "3".into())
    );
    assert!(!clocks[0].blocks && clocks[0].by_decision);
    let mut count = 0;
    interleavings(&logs, [0; 3], &mut Vec::new(), &mut |facts| {
        count += 1;
        let state = fold(facts.to_vec());
        assert_eq!(listed(&state), found, "interleaving {count}");
        assert_eq!(state.snapshot().unwrap(), wanted.snapshot().unwrap(), "interleaving {count}");
    });
    assert_eq!(count, 210, "7! / (2! 3! 2!)");
    let again = Competition::restore(&wanted.snapshot().unwrap()).unwrap();
    assert_eq!(listed(&again), found, "from a snapshot");
}

#[test]
fn a_snapshot_restores_the_state_it_was_made_from() {
    let state = fold(three_logs().concat());
    let bytes = state.snapshot().unwrap();
    let again = Competition::restore(&bytes).unwrap();
    assert_eq!(again.snapshot().unwrap(), bytes);
    assert!(again.events[&"event".into()].engine().is_some(), "the rulebook is ready to compute again");
}
