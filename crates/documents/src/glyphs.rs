//! Which characters of the data no font has, and where they stand.

use crate::fonts::Fonts;
use crate::{Document, Frame, Listings};
use jiangsai_locales::{Lang, text};
use std::collections::{BTreeMap, BTreeSet};

/// Each such character once for every text it stands in, with the label of the field and the text.
pub(crate) fn missing(fonts: &Fonts, frame: &Frame, document: &Document) -> Vec<(String, String)> {
    let mut known: BTreeMap<char, bool> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (label, value) in texts(frame, document) {
        for letter in value.chars().filter(|letter| is_drawn(*letter)) {
            let has = *known.entry(letter).or_insert_with(|| fonts.has(letter));
            if !has && seen.insert((letter, label.clone(), value)) {
                found.push((letter.to_string(), place(frame.lang, &label, value)));
            }
        }
    }
    found
}

fn place(lang: Lang, label: &str, value: &str) -> String {
    match lang {
        Lang::Zh => format!("{label}：{value}"),
        Lang::En => format!("{label}: {value}"),
    }
}

/// Characters without a picture of their own are never missing: white space, controls, joiners, selectors of variants.
fn is_drawn(letter: char) -> bool {
    let invisible = matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}');
    !(invisible || letter.is_whitespace() || letter.is_control())
}

/// Every text of the data with the label of its field.
fn texts<'a>(frame: &'a Frame, document: &'a Document) -> Vec<(String, &'a str)> {
    let word = |key: &str| text(frame.lang, key, &[]);
    let mut all = vec![
        (word("print-competition"), frame.competition.as_str()),
        (word("print-event"), &frame.event),
        (word("print-session"), &frame.session),
        (word("print-sheet-number"), &frame.sheet_no_prefix),
    ];
    for (label, value) in &frame.hosts {
        all.push((label.clone(), label));
        all.push((label.clone(), value));
    }
    match document {
        Document::MarkSheets(sheets) => {
            for sheet in sheets {
                all.push((word("print-sheet-number"), &sheet.number));
                all.push((word("print-session"), &sheet.session));
                all.push((word("print-station"), &sheet.station));
                all.push((word("print-module"), &sheet.module));
                all.push((word("print-judge"), sheet.judge.as_deref().unwrap_or_default()));
                all.extend(sheet.signatures.iter().map(|label| (word("print-mark-sheet"), label.as_str())));
                for line in &sheet.lines {
                    all.push((word("print-item"), &line.name));
                    all.push((word("print-item-number"), &line.id));
                    all.push((word("print-rule"), &line.rule));
                    all.push((word("print-mark"), &line.value));
                }
            }
        }
        Document::ScoreSummary(summary) | Document::DrawRegister(summary) | Document::RecheckRecord(summary) => {
            for column in &summary.columns {
                all.push((word("print-score-summary"), &column.title));
                all.push((column.title.clone(), &column.note));
            }
            for row in &summary.rows {
                let titles = summary.columns.iter().map(|column| column.title.clone());
                all.extend(titles.zip(row.iter().map(String::as_str)));
            }
            all.extend(summary.notes.iter().map(|note| (word("print-notes"), note.as_str())));
            all.extend(summary.signatures.iter().map(|label| (word("print-score-summary"), label.as_str())));
        }
        Document::Listings(listings) => lists(frame.lang, listings, &mut all),
        Document::Rules(rules) => {
            let lines = rules.paragraphs.iter().flat_map(|own| own.heading.iter().chain(own.lines.iter().flatten()));
            let about = rules.about.iter().map(|(_, value)| value);
            all.extend(about.chain(lines).map(|text| (word("print-rules"), text.as_str())));
        }
        Document::Reasons(reasons) => {
            for own in reasons {
                let number = if own.blind { "print-blind-code" } else { "print-entry-number" };
                all.push((word(number), &own.number));
                all.push((word("print-name"), &own.name));
                all.push((word("print-unit"), &own.unit));
                all.extend(own.lines.iter().map(|line| (word("print-item"), line.name.as_str())));
            }
        }
        Document::Script(script) => {
            let said = script.opening.iter().chain(&script.closing);
            all.extend(said.map(|line| (word("print-script"), line.as_str())));
            for call in &script.calls {
                all.push((word("print-prize"), &call.heading));
                all.push((word("print-script"), &call.lead));
                all.push((word("print-script"), &call.after));
                for (unit, name) in &call.names {
                    all.push((word("print-unit"), unit));
                    all.push((word("print-name"), name));
                }
            }
        }
        Document::Certificates(certificates) => {
            let below = certificates.issuers.iter().chain([&certificates.date]);
            all.extend(below.map(|text| (word("print-certificate"), text.as_str())));
            for own in &certificates.all {
                all.push((word("print-name"), &own.name));
                all.push((word("print-unit"), &own.unit));
                all.push((word("print-certificate"), &own.text));
                all.push((word("print-prize"), &own.award));
                all.push((word("print-certificate-number"), &own.number));
            }
        }
    }
    all
}

/// Every text of lists with the title of its column.
fn lists<'a>(lang: Lang, listings: &'a Listings, all: &mut Vec<(String, &'a str)>) {
    let title = || listings.title.clone();
    for list in &listings.lists {
        let around = list.lead.iter().chain(&list.notes).chain(&list.closing).chain([&list.addressee]);
        all.extend(around.map(|text| (title(), text.as_str())));
        let titles: Vec<&String> = list.columns.iter().map(|column| &column.title).collect();
        for section in &list.sections {
            all.push((text(lang, "print-prize", &[]), &section.heading));
            for row in &section.rows {
                all.extend(titles.iter().map(|title| (*title).clone()).zip(row.iter().map(String::as_str)));
            }
        }
    }
}
