//! The locale files: the same keys in both languages, full-width punctuation beside Chinese characters, and no
//! exclamation marks anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/locales").join(language)
}

/// File name → text.
fn files(language: &str) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder(language)).expect("the folder of the language");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("UTF-8"))
        })
        .collect()
}

/// Message keys and, as `key.attribute`, their attributes.
fn keys(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut message = String::new();
    for line in text.lines() {
        let Some((left, _)) = line.split_once('=') else { continue };
        let key = left.trim_end();
        if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-') {
            message = key.to_owned();
            assert!(found.insert(message.clone()), "the key {key} stands twice in one file");
        } else if let Some(attribute) = key.trim_start().strip_prefix('.') {
            found.insert(format!("{message}.{attribute}"));
        }
    }
    found
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What a reader sees: the line without its key and without placeables such as `{ $count }`, which stand as `\u{0}`.
fn shown(line: &str) -> String {
    let starts_message = line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-');
    let starts_attribute = line.trim_start().starts_with('.');
    let value = match line.split_once('=') {
        Some((_, value)) if starts_message || starts_attribute => value,
        _ => line,
    };
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in value.chars() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                out.push('\0');
            }
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// An ASCII mark beside a Chinese character, with what surrounds it.
fn half_width_mark(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    for (at, mark) in letters.iter().enumerate() {
        if !matches!(mark, ',' | ':' | ';' | '(' | ')' | '!' | '?') {
            continue;
        }
        let before = letters[..at].iter().rev().find(|letter| !letter.is_whitespace());
        let after = letters[at + 1..].iter().find(|letter| !letter.is_whitespace());
        if [before, after].into_iter().flatten().any(|letter| is_chinese(*letter)) {
            let from = at.saturating_sub(6);
            return Some(letters[from..letters.len().min(at + 7)].iter().collect());
        }
    }
    None
}

#[test]
fn the_check_itself_sees_what_it_should() {
    assert!(half_width_mark("名次,姓名").is_some(), "a comma between Chinese characters");
    assert!(half_width_mark("得分 (满分").is_some(), "a bracket before one, over a space");
    assert!(half_width_mark("名次，姓名（共 3 人）").is_none(), "full-width marks are right");
    assert!(half_width_mark("Trial 12:30, A(1)").is_none(), "no Chinese character beside them");
    assert_eq!(shown("key-name = 已保存 { $time }"), " 已保存 \0", "the key and the placeable are not shown");
    assert_eq!(keys("a = b\n  .title = c\n# d = e\n"), BTreeSet::from(["a".to_owned(), "a.title".to_owned()]));
}

#[test]
fn chinese_text_has_chinese_punctuation() {
    let mut faults = Vec::new();
    for (name, text) in files("zh-CN") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            if let Some(place) = half_width_mark(&shown(line)) {
                faults.push(format!("zh-CN/{name}:{}: {place}", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "use ，：；（）！？ beside Chinese characters:\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_shouted() {
    for language in ["zh-CN", "en"] {
        for (name, text) in files(language) {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                assert!(
                    !shown(line).contains(['!', '！']),
                    "{language}/{name}:{}: say what happened, without an exclamation mark",
                    number + 1
                );
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_keys() {
    let (chinese, english) = (files("zh-CN"), files("en"));
    assert!(!chinese.is_empty(), "the Chinese files are found");
    let all = |files: &BTreeMap<String, String>| -> BTreeSet<String> {
        files.iter().flat_map(|(name, text)| keys(text).into_iter().map(move |key| format!("{name}: {key}"))).collect()
    };
    let (chinese, english) = (all(&chinese), all(&english));
    let missing: Vec<_> = chinese.difference(&english).collect();
    let extra: Vec<_> = english.difference(&chinese).collect();
    assert!(missing.is_empty() && extra.is_empty(), "not in English: {missing:#?}\nnot in Chinese: {extra:#?}");
}

/// Every Rust file of the interface.
fn interface(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the interface").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            interface(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push_str(&std::fs::read_to_string(&entry).expect("UTF-8"));
        }
    }
}

#[test]
fn what_the_interface_asks_for_by_name_is_there() {
    let mut code = String::new();
    interface(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src"), &mut code);
    let there: BTreeSet<String> = files("zh-CN").values().flat_map(|text| keys(text)).collect();
    let plain = |key: &&str| {
        key.contains('-')
            && key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
    };
    let mut asked = BTreeSet::new();
    for call in ["t(\"", "tx(\""] {
        // Not the end of another name.
        let calls = code.match_indices(call).filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric()));
        let after = calls.filter_map(|(at, _)| code[at + call.len()..].split('"').next());
        asked.extend(after.filter(plain).map(str::to_owned));
    }
    // By the name of what is imported.
    let named = code.split("-import-").skip(1).filter_map(|rest| rest.split('"').next());
    let parts: BTreeSet<&str> = named.filter(|part| matches!(*part, "title" | "about")).collect();
    assert_eq!(parts.len(), 2, "the dialog has a title and says what it is about");
    asked.extend(
        ["roster", "marks"].iter().flat_map(|name| parts.iter().map(move |part| format!("{name}-import-{part}"))),
    );
    assert!(asked.len() > 500, "{} words are asked for", asked.len());
    let missing: Vec<&String> = asked.difference(&there).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}
