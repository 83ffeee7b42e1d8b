//! A roster of people who do not exist, and the search for them in whatever a folder holds.

use std::path::Path;

/// How everybody's name, unit, document number and phone number begins: as nothing else does.
const MARKED: [(&str, &str); 4] = [("name", "模拟鼋"), ("unit", "模拟鼍"), ("document", "E7391"), ("phone", "1398765")];

/// The roster.
pub struct Roster(usize);

impl Roster {
    pub const fn of(people: usize) -> Self {
        Self(people)
    }

    /// Name and unit of somebody.
    pub fn of_person(number: usize) -> (String, String) {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let spelled: String = format!("{number:03}").bytes().map(|digit| digits[usize::from(digit - b'0')]).collect();
        (format!("{}{spelled}", MARKED[0].1), format!("{}{}厂", MARKED[1].1, digits[number % 9]))
    }

    /// Document number of somebody: not in the order of the roster.
    pub fn document(number: usize) -> String {
        format!("{}{:04}", MARKED[2].1, (number * 7_919) % 10_000)
    }

    /// As a file.
    pub fn csv(&self) -> String {
        let line = |number: usize| {
            let (name, unit) = Self::of_person(number);
            format!("{name},护照,{},{unit},{}{number:04}\n", Self::document(number), MARKED[3].1)
        };
        std::iter::once("姓名,证件类型,证件号码,单位,手机号码\n".to_owned()).chain((0..self.0).map(line)).collect()
    }

    /// What of it is found, and how it is written there.
    pub fn found_in(bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for (kind, text) in MARKED {
            let ways = spellings(text);
            found.extend(ways.iter().find(|(_, way)| holds(bytes, way)).map(|(how, _)| format!("{kind} as {how}")));
        }
        found
    }
}

/// A text in every spelling that programs give it.
fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let plain = |letter: u8| letter.is_ascii_alphanumeric();
    let percent = |upper: bool| -> String {
        let one = |byte: u8| match (plain(byte), upper) {
            (true, _) => char::from(byte).to_string(),
            (false, true) => format!("%{byte:02X}"),
            (false, false) => format!("%{byte:02x}"),
        };
        text.bytes().map(one).collect()
    };
    let escaped = |upper: bool| -> String {
        let one = |unit: u16| match (u8::try_from(unit).is_ok_and(plain), upper) {
            (true, _) => String::from_utf16_lossy(&[unit]),
            (false, true) => format!("\\u{unit:04X}"),
            (false, false) => format!("\\u{unit:04x}"),
        };
        text.encode_utf16().map(one).collect()
    };
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16, little end first", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16, big end first", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("per cent", percent(true).into_bytes()),
        ("per cent, small", percent(false).into_bytes()),
        ("JSON escapes", escaped(false).into_bytes()),
        ("JSON escapes, capital", escaped(true).into_bytes()),
        ("hex", hex::encode(text).into_bytes()),
    ]
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

/// Every byte of every file, and the names of the files; and what can be read of what is encrypted there.
pub async fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut all = folder_bytes(folder);
    if folder.join("jiangsai.db").is_file() {
        all.extend(jiangsai_store::readable_in(folder).await.unwrap());
    }
    all
}

/// Every byte of every file, and the names of the files.
fn folder_bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(path.as_os_str().as_encoded_bytes());
        if path.is_dir() {
            all.extend(folder_bytes(&path));
        } else {
            all.extend(std::fs::read(&path).unwrap_or_default());
        }
        all.push(0);
    }
    all
}

#[test]
fn the_search_knows_every_spelling() {
    for (kind, text) in MARKED {
        for (how, way) in spellings(&format!("{text}七")) {
            let found = Roster::found_in(&[b"before ", way.as_slice(), b" after"].concat());
            assert_eq!(found.len(), 1, "{kind} as {how}: {found:?}");
        }
    }
    assert!(Roster::found_in("模拟竞赛 E7390 139".as_bytes()).is_empty());
}
