//! Every fault, by cell.

use super::{HEADER, check, faults, head, judged, measured, row, scheme, sub};

/// The scheme with another row in the place of one; rows count as in a spreadsheet.
fn with(at: usize, cells: Vec<String>) -> Vec<Vec<String>> {
    let mut rows = scheme();
    rows[at - 1] = cells;
    rows
}

fn one(place: &str, why: &str) -> Vec<(String, String)> {
    vec![(place.to_owned(), why.to_owned())]
}

#[test]
fn every_fault_of_an_aspect_is_named_by_cell() {
    let aspect = |kind: &str, description: &str, section: &str, max: &str| {
        row(&[(3, kind), (4, description), (8, section), (10, max)])
    };
    for (cells, place, why) in [
        (aspect("X", "Pump", "1", "0.35"), "D10", "fault-scheme-type"),
        (aspect("", "Pump", "1", "0.35"), "D10", "fault-scheme-no-type"),
        (aspect("M", "", "1", "0.35"), "E10", "fault-required"),
        (aspect("M", "Pump", "", "0.35"), "I10", "fault-scheme-section"),
        (aspect("M", "Pump", "1, 2", "0.35"), "I10", "fault-scheme-sections"),
        (aspect("M", "Pump", "1", ""), "K10", "fault-required"),
        (aspect("M", "Pump", "1", "much"), "K10", "fault-mark-not-a-number"),
        (aspect("M", "Pump", "1", "0.355"), "K10", "fault-scheme-decimals"),
        (aspect("M", "Pump", "1", "0"), "K10", "fault-scheme-not-above-zero"),
        (aspect("M", "Pump", "1", "-0.35"), "K10", "fault-scheme-not-above-zero"),
    ] {
        assert_eq!(faults(with(10, cells.clone())), one(place, why), "{cells:?}");
    }
    let found = check(with(10, aspect("X", "Pump", "1", "0.35"))).unwrap_err();
    assert_eq!(found[0].header, "Aspect Type M = Meas J = Judg", "the header on one line");
}

#[test]
fn every_fault_of_a_ladder_is_named_by_cell() {
    // The first judgement stands in row 17, its levels below.
    let level = |score: &str, text: &str| row(&[(5, score), (6, text)]);
    for (at, cells, place, why) in [
        (21, level("4", "text"), "F21", "fault-scheme-score"),
        (21, level("best", "text"), "F21", "fault-scheme-score"),
        (21, level("1.5", "text"), "F21", "fault-scheme-score"),
        (21, level("2", "text"), "F21", "fault-scheme-score-twice"),
        (21, level("", "text"), "F21", "fault-required"),
        (21, level("3", ""), "G21", "fault-scheme-score-text"),
        (21, row(&[]), "F17", "fault-scheme-ladder"),
    ] {
        assert_eq!(faults(with(at, cells.clone())), one(place, why), "{cells:?}");
    }
    let found = check(with(19, row(&[]))).unwrap_err();
    assert_eq!(found[0].why.1, [("missing".to_owned(), "1".to_owned())], "which is missing");
    let mut cut = scheme();
    cut.truncate(17);
    cut.extend([measured("Cables", "2"), measured("Order", "0.75")]);
    assert_eq!(faults(cut), one("F17", "fault-scheme-ladder"), "another aspect ends the ladder");
    let stray = with(12, row(&[(5, "0"), (6, "text")]));
    assert!(faults(stray).contains(&("F12".to_owned(), "fault-scheme-score-alone".to_owned())), "below a measurement");
}

#[test]
fn a_missing_ladder_is_named_beside_other_faults_of_its_aspect() {
    let mut rows = with(17, row(&[(3, "J"), (4, "Pipes"), (10, "1.50")]));
    rows[20] = row(&[]);
    let wanted = [("F17", "fault-scheme-ladder"), ("I17", "fault-scheme-section")];
    assert_eq!(faults(rows), wanted.map(|(place, why)| (place.to_owned(), why.to_owned())));
}

#[test]
fn every_fault_of_a_sub_criterion_is_named_by_cell() {
    for id in ["A", "a2", "A-2", "A1234", "AAA1", "2A", "A0x"] {
        let wanted = if id == "A" { ("D13", "fault-scheme-no-sub-criterion") } else { ("A12", "fault-scheme-sub-id") };
        assert_eq!(faults(with(12, sub(id, "Control"))), one(wanted.0, wanted.1), "{id}");
    }
    assert_eq!(faults(with(12, sub("A1", "Control"))), one("A12", "fault-scheme-sub-twice"));
    assert_eq!(faults(with(12, sub("B1", "Control")))[0], one("A12", "fault-scheme-sub-elsewhere")[0]);
    assert_eq!(faults(with(14, sub("A3", "Nothing"))), one("A14", "fault-scheme-sub-empty"));
    assert_eq!(faults(with(9, row(&[]))), one("D10", "fault-scheme-no-sub-criterion"), "said once for the block");
    let remark = "Judgement aspects: mark awarded = (score / 3) x Max Mark";
    assert_eq!(faults(with(14, row(&[(0, remark)]))), [], "a remark is no id");
}

#[test]
fn sums_are_named_with_both_numbers() {
    let found = check(with(8, head("Criterion A", "95.5"))).unwrap_err();
    assert_eq!((found[0].row, found[0].column.as_str(), found[0].header.as_str()), (8, "N", "Total Mark"));
    let number = |name: &str| {
        found[0].why.1.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    assert_eq!((number("criterion"), number("declared"), number("sum")), ("A", "95.5", "95.75"));
    let mut rows = with(13, measured("Level held", "54"));
    rows[7] = head("Criterion A", "94.75");
    let found = check(rows.clone()).unwrap_err();
    let args =
        [("sum", "99"), ("parts", "A = 94.75; B = 4.25")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(found[0].why, ("fault-scheme-hundred".to_owned(), args.to_vec()));
    rows.push(row(&[(11, "Competition"), (12, "Total Mark"), (13, "99")]));
    assert_eq!(faults(rows), one("N32", "fault-scheme-hundred"), "in the cell of the total, where there is one");
    let mut rows = scheme();
    rows.push(row(&[(11, "Competition"), (12, "Total Mark"), (13, "99")]));
    assert_eq!(faults(rows), one("N32", "fault-scheme-all"));
    assert_eq!(faults(with(8, head("Criterion A", "all"))), one("N8", "fault-mark-not-a-number"));
    let mut rows = with(5, row(&[(0, "A"), (1, "Process"), (10, "95")]));
    rows[7] = head("Criterion A", "");
    assert_eq!(faults(rows), one("K5", "fault-scheme-total"), "the table of criteria speaks where the block does not");
}

#[test]
fn several_faults_are_all_named_in_order() {
    let mut rows = with(11, row(&[(3, "X"), (8, ""), (10, "")]));
    rows[11] = sub("A1", "Control");
    let wanted = [
        ("D11", "fault-scheme-type"),
        ("E11", "fault-required"),
        ("I11", "fault-scheme-section"),
        ("K11", "fault-required"),
        ("A12", "fault-scheme-sub-twice"),
    ];
    assert_eq!(faults(rows), wanted.map(|(place, why)| (place.to_owned(), why.to_owned())));
}

#[test]
fn what_is_no_scheme_is_called_so() {
    assert_eq!(faults(Vec::new()), one("", "fault-no-rows"));
    assert_eq!(faults(vec![row(&[(0, "Shopping"), (1, "Milk")])]), one("", "fault-scheme-no-header"));
    assert_eq!(faults(vec![head("Criterion A", "")]), one("", "fault-no-rows"));
    let mut nameless = HEADER.map(str::to_owned).to_vec();
    nameless[3].clear();
    nameless[10].clear();
    assert_eq!(faults(vec![nameless]).len(), 2, "neither types nor maximum marks");
}

#[test]
fn a_scheme_too_long_for_a_rulebook_is_refused() {
    let mut rows = vec![head("Criterion A", ""), sub("A1", "All"), measured("First", "79.99")];
    rows.extend((0..2001).map(|_| measured("More", "0.01")));
    assert_eq!(faults(rows), one("", "fault-rulebook-too-large"));
    assert_eq!(judged("Pipes", "1").len(), 5, "a judgement and its ladder");
}
