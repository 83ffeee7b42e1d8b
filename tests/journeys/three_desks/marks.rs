//! What the judges of the day give, in order of merit: twelve at a time have the same practice, and theory sets them apart; A01 and A02 are equal in
//! everything.

/// Contestants.
pub const ENTRIES: usize = 36;
/// Stations of a group.
const STATIONS: usize = 12;

/// The station of a place in the order of merit.
pub fn station(place: usize) -> String {
    format!("{}{:02}", group(place), place % STATIONS + 1)
}

/// The group of a place.
pub fn group(place: usize) -> &'static str {
    ["A", "B", "C"][place / STATIONS]
}

/// 参赛号 of a place.
pub fn number(place: usize) -> String {
    format!("H{:02}", place + 1)
}

/// What a judge gives for an item; nothing for an item that is not the judge's.
pub fn mark(code: &str, item: &str, place: usize) -> Option<String> {
    let text = match (code, item) {
        ("T01", "G1") => "6:00",
        ("T02", "G1") => "6:00.4",
        ("T01", "G3") => "9:58",
        ("T02", "G3") => "9:58.6",
        ("L01", "G2") => ["0", "1", "3"][place / STATIONS],
        ("P01" | "P05", "G4") => "10",
        ("P02", "G4") => "9.5",
        ("P03", "G4") => "10.5",
        ("P04", "G4") => "9",
        _ => return None,
    };
    Some(text.to_owned())
}

/// Columns of the answers that come in as a file.
pub const ANSWERS: [&str; 11] = ["T", "R1", "R2", "R3", "R4", "R5", "R6.1", "R6.2", "R6.3", "R6.4", "R6.5"];

/// Theory and answers of a contestant, in the order of [`ANSWERS`].
pub fn answers(place: usize) -> [String; 11] {
    let halves = 2 * 96 - if place == 1 { 0 } else { place };
    let theory = if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) };
    let second = ["BDAEC", "BADEC", "CBDAE"][place / STATIONS];
    let rest = ["BDAEC", second, "BDAEC", "BDAEC", "BDAEC", "88", "79", "91", "72", "83"];
    let mut all = rest.into_iter().map(str::to_owned);
    std::array::from_fn(|at| if at == 0 { theory.clone() } else { all.next().unwrap_or_default() })
}

/// Keys of the five rounds and the experts' marks of the five cups.
pub const KEYS: [(&str, &str); 10] = [
    ("key-1", "BDAEC"),
    ("key-2", "BDAEC"),
    ("key-3", "BDAEC"),
    ("key-4", "BDAEC"),
    ("key-5", "BDAEC"),
    ("expert-1", "87.60"),
    ("expert-2", "78.80"),
    ("expert-3", "90.80"),
    ("expert-4", "72.00"),
    ("expert-5", "83.40"),
];
