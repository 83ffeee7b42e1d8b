//! Findings (待办事项) of an event: values that cross, failed checks of panels, records without effect, marks out of range or without a place,
//! clocks that jumped, final results that are not what was confirmed. One list, of which the home page says the number.

use super::{certificates, draw, equals, finalising, history, recheck};
use crate::command::findings::{FindingRow, Findings};
use crate::competition::{Asked, Competition, Event};
use crate::fact::MarkPlace;
use crate::finding::{self, FindingDecision};
use crate::ids::{EntryId, EventId, FactId, FindingId, NodeId};
use crate::register::Register;
use crate::results;
use crate::trust::{Quarantined, Why};
use jiangsai_scoring::input;
use std::collections::BTreeMap;

/// A branch of a log that was set apart: its log, and the record it ends with.
pub type Branch = (String, FactId);

/// Everything that is listed; `branches` were set apart here and not written again by their author.
#[must_use]
pub fn list(state: &Competition, event: &EventId, branches: &[Branch]) -> Findings {
    let mut rows = Rows { state, event, rows: Vec::new() };
    if let Some(setup) = state.events.get(event) {
        rows.of_setup(setup);
    }
    rows.of_marks();
    rows.of_people();
    rows.of_trust();
    rows.of_clocks();
    for (log, end) in branches {
        let short: String = log.chars().take(8).collect();
        rows.one("branch", "exchange", vec![("log", short)], [end]).only_told().by_decision();
    }
    let (settled, mut open): (Vec<_>, Vec<_>) = rows.rows.into_iter().partition(|row| !row.reason.is_empty());
    open.sort_by_key(|row| !row.blocks);
    Findings { open, settled }
}

/// How many there are that are open.
#[must_use]
pub fn count(state: &Competition, event: &EventId, branches: &[Branch]) -> u32 {
    list(state, event, branches).count()
}

/// How many of them stand in the way of final results.
#[must_use]
pub fn blocking(state: &Competition, event: &EventId) -> u32 {
    list(state, event, &[]).blocking()
}

/// Why a finding stays as it is, where that was decided.
fn settled(state: &Competition, finding: &FindingId) -> Option<String> {
    let register = state.findings.get(finding)?;
    let leave = register.agreed() == Some(&FindingDecision::Leave);
    leave.then(|| register.last().map(|(_, version)| version.reason.clone()).unwrap_or_default())
}

type Args = Vec<(&'static str, String)>;

struct Rows<'a> {
    state: &'a Competition,
    event: &'a EventId,
    rows: Vec<FindingRow>,
}

impl<'a> Rows<'a> {
    /// So many of a kind, which are about these records.
    fn some<'f>(
        &mut self,
        kind: &str,
        page: &str,
        args: Args,
        count: usize,
        about: impl IntoIterator<Item = &'f FactId>,
    ) -> Row<'_, 'a> {
        let id = finding::id(kind, about);
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let row = FindingRow {
            id,
            kind: kind.to_owned(),
            args,
            count,
            page: page.to_owned(),
            blocks: true,
            by_decision: false,
            reason: String::new(),
        };
        if count > 0 {
            self.rows.push(row);
        }
        Row { rows: self, there: count > 0 }
    }

    fn one<'f>(
        &mut self,
        kind: &str,
        page: &str,
        args: Args,
        about: impl IntoIterator<Item = &'f FactId>,
    ) -> Row<'_, 'a> {
        self.some(kind, page, args, 1, about)
    }

    /// So many of a kind of which it is enough to say how many.
    fn count(&mut self, kind: &str, page: &str, count: usize) {
        self.some(kind, page, vec![("count", count.to_string())], count, []);
    }

    /// Values of registers that cross, each.
    fn crossing<'r, K, T: PartialEq + 'r>(
        &mut self,
        (kind, page): (&str, &str),
        registers: impl Iterator<Item = (K, &'r Register<T>)>,
        args: impl Fn(K) -> Args,
    ) {
        // Nearly none does: only those are put into words.
        for (of, register) in registers.filter(|(_, register)| register.crosses()) {
            let current = register.current();
            self.one(kind, page, args(of), &current);
        }
    }

    /// A value of the competition or event as a whole.
    fn whole<T: PartialEq>(&mut self, kind: &str, page: &str, register: &Register<T>) {
        self.crossing((kind, page), std::iter::once(((), register)), |()| Vec::new());
    }

    fn of_setup(&mut self, setup: &Event) {
        let (state, event) = (self.state, self.event);
        self.whole("settings", "settings", &state.settings);
        self.whole("rulebook", "rules", &setup.rulebook);
        self.whole("final", "finalise", &setup.done);
        self.whole("release", "screen", &setup.release);
        self.whole("paper", "paper", &setup.paper);
        self.whole("recheck", "recheck", &setup.recheck);
        self.crossing(("panel", "judges"), setup.panels.iter(), |panel| vec![("panel", panel.to_string())]);
        self.crossing(("leader", "judges"), setup.leaders.iter(), |module| vec![("module", module.clone())]);
        let values = setup.parameters.iter();
        let values = values.flat_map(|(parameter, values)| values.values().map(move |register| (parameter, register)));
        self.crossing(("parameter", "rules"), values, |parameter| vec![("parameter", parameter.to_string())]);
        self.crossing(("bulletin", "bulletins"), setup.bulletins.iter(), |number| vec![("number", number.to_string())]);
        let seats = setup.seats.iter();
        let seats =
            seats.flat_map(|(entry, panels)| panels.values().flat_map(BTreeMap::values).map(move |seat| (entry, seat)));
        self.crossing(("seat", "hall"), seats, |entry| vec![("entry", super::blind::called(state, entry))]);
        self.count("doubled", "hall", setup.doubled_seats());
        self.count("draw", "draw", draw::unsettled(state, event, setup));
        if finalising::has_changed(state, event) {
            self.count("changed", "finalise", 1);
        }
        self.count("certificate", "documents", certificates::unsettled(state, event).len());
        self.count("equals", "standings", equals::crossings(state, event));
        self.count("rechecked", "recheck", recheck::crossing(state, event));
    }

    fn of_marks(&mut self) {
        let (state, event) = (self.state, self.event);
        let label = |entry: &EntryId| vec![("entry", super::blind::called(state, entry))];
        let marks = state.marks.iter().filter(|(place, _)| place.event == *event);
        self.crossing(("mark", "marks"), marks, |place| mark(state, place));
        let sheets = state.sheets.iter().filter(|(place, _)| place.event == *event);
        self.crossing(("sheet", "hall"), sheets, |place| label(&place.entry));
        let confirmed = state.confirmations.iter().filter(|(place, _)| place.event == *event);
        self.crossing(("confirmed", "hall"), confirmed, |place| label(&place.entry));
        let times = state.extra_times.iter().filter(|(place, _)| place.event == *event);
        self.crossing(("time", "hall"), times, |place| label(&place.entry));
        let rescores = state.rescores.iter().filter(|(place, _)| place.event == *event);
        self.crossing(("rescore", "hall"), rescores, |place| mark(state, place));
        let of_event = |own: &&Asked| own.asked.value().is_some_and(|asked| asked.event == *event);
        let answers = state.inquiries.values().filter(of_event).map(|own| ((), &own.answered));
        self.crossing(("answer", "recheck"), answers, |()| Vec::new());
        let checks = results::results(state, event).map(|results| results.outcome.checks).unwrap_or_default();
        self.count("check", "standings", checks.len());
        let misplaced = results::misplaced(state, event);
        for (place, value, item) in misplaced.out_of_range {
            let mut args = mark(state, place);
            args.push(("value", shortly(&input::show_mark(item, value))));
            args.push(("allowed", shortly(&input::allowed(item))));
            self.one("range", "marks", args, &state.current_mark(place)).by_decision();
        }
        let current: Vec<FactId> = misplaced.nowhere.iter().flat_map(|place| state.current_mark(place)).collect();
        let count = misplaced.nowhere.len();
        self.some("orphan", "marks", vec![("count", count.to_string())], count, &current).by_decision();
    }

    fn of_people(&mut self) {
        let (state, event) = (self.state, self.event);
        for (id, entry) in state.entries_of(event) {
            let unheard = state.unheard_status(entry);
            let crosses = entry.registered.crosses() || entry.numbers.crosses() || entry.status.crosses();
            if crosses || !unheard.is_empty() {
                let mut about = entry.registered.current();
                about.extend(entry.numbers.current());
                about.extend(entry.status.current());
                about.extend(unheard);
                self.one("entry", "registration", vec![("entry", super::blind::called(state, id))], &about);
            }
        }
        self.count("person", "registration", state.persons.values().filter(|person| person.crosses()).count());
        self.crossing(("judge", "judges"), state.judges.iter(), |id| vec![("judge", super::judges::code(state, id))]);
        let officers = state.people.officers.iter();
        self.crossing(("officer", "people"), officers, |id| vec![("officer", super::people::name(state, id))]);
        self.count("approval", "people", super::approvals::missing(state, event));
        self.count("newer", "history", state.newer.len());
        let malformed = state.malformed.len();
        self.some("malformed", "history", vec![("count", malformed.to_string())], malformed, &state.malformed)
            .by_decision();
    }

    fn of_trust(&mut self) {
        let state = self.state;
        let trust = &state.trust;
        for node in trust.revoked() {
            let short: String = node.as_str().chars().take(8).collect();
            let standing: Vec<FactId> = trust.of(node).into_iter().map(|(id, _)| id.clone()).collect();
            if trust.is_open(node) {
                self.one("mutual", "headquarters", vec![("node", short.clone())], &standing);
            } else if trust.crosses(node) {
                self.one("cuts", "headquarters", vec![("node", short.clone())], &standing);
            }
            let of_node = |own: &Quarantined| own.envelope.origin.node == *node && own.why == Why::Revoked;
            let own = state.quarantine.iter().filter(|(_, own)| of_node(own));
            let own: Vec<&FactId> = own.map(|(id, _)| id).collect();
            let args = vec![("count", own.len().to_string()), ("node", short)];
            self.some("quarantine", "findings", args, own.len(), own.iter().copied()).only_told().by_decision();
        }
        let mut without: BTreeMap<&NodeId, Vec<&FactId>> = BTreeMap::new();
        for (id, own) in state.quarantine.iter().filter(|(_, own)| own.why != Why::Revoked) {
            without.entry(&own.envelope.origin.node).or_default().push(id);
        }
        for (node, own) in without {
            let short: String = node.as_str().chars().take(8).collect();
            let args = vec![("count", own.len().to_string()), ("node", short)];
            self.some("unauthorised", "findings", args, own.len(), own.iter().copied()).only_told().by_decision();
        }
    }

    fn of_clocks(&mut self) {
        let state = self.state;
        for (log, clock) in state.clocks.jumped() {
            let (first, most) = (clock.back.keys().next(), clock.back.values().max());
            let args = vec![
                ("node", clock.node.as_str().chars().take(8).collect()),
                ("count", clock.back.len().to_string()),
                ("record", first.copied().unwrap_or_default().to_string()),
                ("minutes", (most.copied().unwrap_or_default() / 60_000).to_string()),
            ];
            // Of another jump somebody has to hear again.
            let about: Vec<FactId> = clock.back.keys().map(|seq| FactId::new(format!("{log}/{seq}"))).collect();
            self.one("clock", "history", args, &about).only_told().by_decision();
        }
    }
}

/// The row that was added last, if it was.
struct Row<'r, 'a> {
    rows: &'r mut Rows<'a>,
    there: bool,
}

impl Row<'_, '_> {
    /// Nothing waits for it.
    fn only_told(self) -> Self {
        if let Some(row) = self.rows.rows.last_mut().filter(|_| self.there) {
            row.blocks = false;
        }
        self
    }

    /// Nothing else settles it.
    fn by_decision(self) {
        let Some(row) = self.rows.rows.last_mut().filter(|_| self.there) else { return };
        row.by_decision = true;
        if let Some(reason) = settled(self.rows.state, &row.id) {
            row.reason = reason;
        }
    }
}

/// A text of a record, which may be of any length.
fn shortly(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

fn mark(state: &Competition, place: &MarkPlace) -> Args {
    let args = history::mark_args(state, place);
    let named = |name: &str| args.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    ["entry", "item", "judge"].map(|name| (name, named(name).unwrap_or_default())).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::findings::settle;
    use crate::decide::found::founded::{sample, take};
    use crate::decide::trust;
    use crate::envelope::{Draft, Envelope};
    use crate::fact::Fact;
    use crate::trust::Origin;
    use jiangsai_scoring::{Exact, Mark};

    fn record(state: &mut Competition, fact: Fact) {
        take(state, vec![Draft { fact, replaces: Vec::new(), reason: String::new() }]);
    }

    fn marked(state: &Competition, event: &EventId, item: &str) -> Fact {
        let entry = state.entries_of(event).next().unwrap().0.clone();
        let place = MarkPlace::once(event, &entry, &item.into(), None);
        Fact::Mark { place, mark: Mark::Value(Exact::from_int(1)) }
    }

    fn kinds(rows: &[FindingRow]) -> Vec<(&str, u32, bool, bool)> {
        rows.iter().map(|row| (row.kind.as_str(), row.count, row.blocks, row.by_decision)).collect()
    }

    #[test]
    fn what_nothing_else_settles_is_left_as_it_is_until_it_is_about_something_else() {
        let (mut state, event) = sample();
        assert_eq!(list(&state, &event, &[]), Findings::default());
        let fact = marked(&state, &event, "nowhere");
        record(&mut state, fact);
        let found = list(&state, &event, &[]);
        assert_eq!(kinds(&found.open), [("orphan", 1, true, true)]);
        assert_eq!((found.count(), blocking(&state, &event)), (1, 1));
        let id = found.open[0].id.clone();
        let leave =
            |state: &Competition, reason: &str| settle(state, &event, &[], (&id, FindingDecision::Leave), reason);
        assert_eq!(leave(&state, " ").unwrap_err().code, "reason-needed");
        let drafts = leave(&state, "旧规则的评分项").unwrap();
        take(&mut state, drafts);
        let found = list(&state, &event, &[]);
        assert_eq!((found.open.len(), found.settled[0].reason.as_str()), (0, "旧规则的评分项"));
        assert_eq!((count(&state, &event, &[]), blocking(&state, &event)), (0, 0));
        assert!(leave(&state, "再说一遍").unwrap().is_empty(), "decided already");

        let other = marked(&state, &event, "elsewhere");
        record(&mut state, other);
        assert_eq!(kinds(&list(&state, &event, &[]).open), [("orphan", 2, true, true)], "about something else now");
        assert_eq!(leave(&state, "旧规则").unwrap_err().code, "not-found", "nobody decides about what is not there");
    }

    #[test]
    fn a_mark_out_of_range_is_named_counts_nowhere_and_is_settled_by_another_mark_or_a_decision() {
        let (mut state, event) = sample();
        let entry = state.entries_of(&event).next().unwrap().0.clone();
        let place = MarkPlace::once(&event, &entry, &"T".into(), None);
        let totals = |state: &Competition| results::results(state, &event).unwrap().outcome;
        let give = |state: &mut Competition, value| {
            let replaces = state.current_mark(&place);
            let fact = Fact::Mark { place: place.clone(), mark: Mark::Value(Exact::from_int(value)) };
            take(state, vec![Draft { fact, replaces, reason: String::new() }]);
        };
        let without = {
            let mut state = state.clone();
            let replaces = state.current_mark(&place);
            let fact = Fact::Mark { place: place.clone(), mark: Mark::NotYet };
            take(&mut state, vec![Draft { fact, replaces, reason: String::new() }]);
            totals(&state)
        };
        give(&mut state, 1_000);
        assert_eq!(totals(&state), without, "it is as if there were none");
        let found = list(&state, &event, &[]);
        assert_eq!(kinds(&found.open), [("range", 1, true, true)]);
        let said: BTreeMap<&str, &str> =
            found.open[0].args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(said["entry"], crate::view::blind::blind_code(&state, &state.entries[&entry]).code);
        assert_eq!((said["item"], said["value"]), ("T", "1000"));
        assert!(said["allowed"].ends_with("100"), "{}", said["allowed"]);
        let decided = (&found.open[0].id, FindingDecision::Leave);
        let mut left = state.clone();
        let drafts = settle(&left, &event, &[], decided, "核实无误").unwrap();
        take(&mut left, drafts);
        assert_eq!(
            (list(&left, &event, &[]).open.len(), totals(&left)),
            (0, without),
            "and counts as little as before"
        );
        give(&mut left, 2_000);
        assert_eq!(kinds(&list(&left, &event, &[]).open), [("range", 1, true, true)], "another such mark is another");
        give(&mut state, 60);
        assert_eq!(list(&state, &event, &[]), Findings::default());
    }

    #[test]
    fn a_clock_that_jumped_holds_nothing_up_and_is_settled_until_it_jumps_again() {
        let (mut state, event) = sample();
        let record = |state: &mut Competition, seq: u64, minutes: i64| {
            let Fact::Mark { place, mark } = marked(state, &event, "T") else { return };
            let (replaces, order) = (state.current_mark(&place), 1_000_000 + seq);
            let origin = Origin { node: "0123456789".into(), log: "log".into(), seq, founding: false };
            let (id, actor, reason) = (format!("desk{seq}").into(), "operator".into(), String::new());
            let fact = Ok(Fact::Mark { place, mark });
            state.evolve(Envelope { id, origin, order, at: minutes * 60_000, actor, replaces, reason, fact });
        };
        [100, 101, 30].into_iter().zip(0..).for_each(|(minutes, seq)| record(&mut state, seq, minutes));
        let found = list(&state, &event, &[]);
        assert_eq!(kinds(&found.open), [("clock", 1, false, true)]);
        assert_eq!((found.count(), found.blocking()), (1, 0));
        assert!(found.open[0].args.contains(&("node".to_owned(), "01234567".to_owned())));
        let decided = (&found.open[0].id, FindingDecision::Leave);
        let drafts = settle(&state, &event, &[], decided, "已校时").unwrap();
        take(&mut state, drafts);
        assert_eq!((count(&state, &event, &[]), list(&state, &event, &[]).settled.len()), (0, 1));
        record(&mut state, 3, 31);
        assert_eq!(count(&state, &event, &[]), 0);
        record(&mut state, 4, 1);
        assert_eq!(kinds(&list(&state, &event, &[]).open), [("clock", 1, false, true)], "it jumped again");
    }

    #[test]
    fn what_has_a_decision_of_its_own_is_settled_by_that_alone() {
        let (mut state, event) = sample();
        let fact = marked(&state, &event, "T");
        record(&mut state, fact);
        let branches = [("log".to_owned(), "tip".into())];
        let found = list(&state, &event, &branches);
        assert_eq!(kinds(&found.open), [("mark", 1, true, false), ("branch", 1, false, true)]);
        assert_eq!(blocking(&state, &event), 1, "a branch is kept on this computer, and nothing here waits for it");
        let decided = (&found.open[0].id, FindingDecision::Leave);
        assert_eq!(settle(&state, &event, &branches, decided, "算了").unwrap_err().code, "finding-elsewhere");
    }

    #[test]
    fn records_in_quarantine_are_listed_and_hold_nothing_up_and_cuts_that_cross_do() {
        let (mut state, event) = sample();
        let node = "desk".into();
        let revoked = trust::revoke(&state, &node, Vec::new(), "丢失").unwrap().remove(0);
        record(&mut state, revoked.fact.clone());
        let Fact::Mark { place, mark } = marked(&state, &event, "T") else { return };
        let replaces = state.current_mark(&place);
        let origin = Origin { node, log: "log".into(), seq: 1, founding: false };
        let (id, actor, reason) = ("late".into(), "operator".into(), String::new());
        let fact = Ok(Fact::Mark { place, mark });
        state.evolve(Envelope { id, origin, order: 1_000_000, at: 0, actor, replaces, reason, fact });
        let found = list(&state, &event, &[]);
        assert_eq!(kinds(&found.open), [("quarantine", 1, false, true)]);
        assert_eq!((found.count(), found.blocking()), (1, 0));
        let Fact::Revoked { node, .. } = revoked.fact else { return };
        record(&mut state, Fact::Revoked { node, revocation: None });
        assert_eq!(kinds(&list(&state, &event, &[]).open)[0], ("cuts", 1, true, false));
    }
}
