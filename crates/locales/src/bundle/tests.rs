use super::*;
use std::collections::BTreeMap;

/// Every message as written, by key.
fn sources(lang: Lang) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for file in files::of(lang) {
        let mut current = None;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some(key) = key_of(line) {
                let text = line.split_once('=').map_or("", |(_, text)| text);
                assert!(found.insert(key.to_owned(), text.to_owned()).is_none(), "{key} stands twice in {lang}");
                current = Some(key.to_owned());
            } else if let Some(text) = current.as_ref().and_then(|key| found.get_mut(key)) {
                text.push('\n');
                text.push_str(line);
            }
        }
    }
    found
}

/// Names of the arguments. `column-en` is the English form of `column`.
fn arguments(source: &str) -> BTreeSet<String> {
    let name = |part: &str| {
        let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        name
    };
    source.split('$').skip(1).map(name).collect()
}

#[test]
fn every_file_is_well_formed() {
    for lang in Lang::ALL {
        for file in files::of(lang) {
            let first = file.lines().next().unwrap_or_default();
            let parsed = FluentResource::try_new((*file).to_owned());
            assert!(parsed.is_ok(), "{lang} {first}: {:?}", parsed.err().map(|(_, errors)| errors));
        }
        sources(lang);
    }
}

#[test]
fn both_languages_have_the_same_keys() {
    let (zh, en) = (keys(Lang::Zh), keys(Lang::En));
    let only = |a: &[String], b: &[String]| a.iter().filter(|key| !b.contains(key)).cloned().collect::<Vec<_>>();
    assert_eq!(only(&zh, &en), Vec::<String>::new(), "keys that English lacks");
    assert_eq!(only(&en, &zh), Vec::<String>::new(), "keys that Chinese lacks");
    assert!(zh.iter().all(|key| has(Lang::Zh, key)), "a listed key is a key");
}

#[test]
fn both_languages_take_the_same_arguments() {
    let english = sources(Lang::En);
    for (key, zh) in sources(Lang::Zh) {
        let plain = |names: BTreeSet<String>| -> BTreeSet<String> {
            names.iter().map(|name| name.strip_suffix("-en").unwrap_or(name).to_owned()).collect()
        };
        let en = plain(arguments(english.get(&key).map_or("", String::as_str)));
        assert_eq!(plain(arguments(&zh)), en, "arguments of {key}");
    }
}

#[test]
fn chinese_uses_full_width_punctuation() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (key, source) in sources(Lang::Zh) {
        let letters: Vec<char> = source.chars().collect();
        for (at, c) in letters.iter().enumerate().filter(|(_, c)| ",:;()?!".contains(**c)) {
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| letters.get(at));
            assert!(!beside.copied().any(chinese), "{key}: `{c}` beside a Chinese character in: {source}");
        }
    }
}

#[test]
fn every_message_formats() {
    for lang in Lang::ALL {
        let bundle = bundle(lang);
        let all: Vec<(String, String)> = sources(lang).into_iter().collect();
        for (key, source) in &all {
            // A sentence may be put together of others.
            let within = all.iter().filter(|(key, _)| source.contains(&format!("{{ {key} }}")));
            let mut names = arguments(source);
            within.for_each(|(_, source)| names.extend(arguments(source)));
            let args: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "2")).collect();
            let (text, errors) = format(&bundle, key, &args).unwrap_or_default();
            assert_eq!(errors, Vec::<String>::new(), "{lang} {key}");
            assert!(!text.contains('{') && !text.contains('$'), "{lang} {key} left a placeholder: {text}");
            assert!(!text.contains('\u{2068}'), "{lang} {key} has isolation marks");
        }
    }
}

#[test]
fn an_unknown_key_comes_back_as_it_is() {
    assert_eq!(text(Lang::Zh, "no-such-key", &[]), "no-such-key");
    assert!(!has(Lang::Zh, "no-such-key"), "and is not there");
}

#[test]
fn arguments_reach_the_sentence_as_given() {
    let shown = text(Lang::Zh, "fault-duplicate-entry", &[("number", "007"), ("name", "{ $x } 张三")]);
    assert_eq!(
        shown, "这个人已经报名：007 { $x } 张三",
        "leading zeros stay, and user text is never read as a pattern"
    );
    assert_eq!(text(Lang::En, "print-page", &[("page", "1"), ("pages", "1200")]), "Page 1 of 1200");
    assert_eq!(
        text(Lang::Zh, "fault-mark-above-maximum", &[("value", "87.50"), ("maximum", "10")]),
        "87.50 超过上限 10"
    );
}

#[test]
fn whole_numbers_select_plurals() {
    let faults =
        |count| text(Lang::En, "error-rulebook-fault", &[("count", count), ("place", "/"), ("fault", "cycle")]);
    assert_eq!(
        faults("1"),
        "The rules were not taken; they have 1 fault. First (/): values that depend on themselves."
    );
    assert!(faults("3").contains("3 faults"), "more than one: {}", faults("3"));
}
