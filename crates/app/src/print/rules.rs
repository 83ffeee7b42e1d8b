//! 竞赛计分规则说明: the rulebook of an event in words.

use super::{rules_in_force, words};
use jiangsai_documents::{Rules, RulesParagraph};
use jiangsai_domain::command::files::DocumentRequest;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide;
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::{Lang, text};
use jiangsai_scoring::Text;
use jiangsai_scoring::words::Part;

/// The rules in words, in one language or in both.
pub(super) fn rules(state: &Competition, request: &DocumentRequest, lang: Lang, both: bool) -> Result<Rules, Refusal> {
    let event = decide::event(state, &request.event)?;
    let engine = event.engine().ok_or(Refusal::new("no-rulebook"))?;
    let (version, hash) = rules_in_force(state, &request.event, event).ok_or(Refusal::new("no-rulebook"))?;
    let rulebook = engine.rulebook();
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let languages: Vec<Lang> = [lang].into_iter().chain(both.then_some(other)).collect();
    let said = |text: &Text| -> Vec<String> {
        let mut all: Vec<String> = languages.iter().map(|lang| text.get(lang.tag()).to_owned()).collect();
        all.dedup();
        all
    };
    let paragraphs = jiangsai_scoring::words(rulebook).into_iter().map(|own| RulesParagraph {
        whole: own.part == Part::Section,
        heading: said(&own.heading),
        lines: own.lines.iter().map(said).collect(),
    });
    let about = [
        ("print-rules-title", rulebook.title.get(lang.tag()).to_owned()),
        ("print-rules-version", text(lang, "print-rules-version-nth", &[("version", &version.to_string())])),
        ("print-rules-hash", hash),
    ];
    Ok(Rules {
        about: about.into_iter().map(|(key, value)| (words(lang, key), value)).collect(),
        lead: languages.iter().map(|lang| words(*lang, "print-rules-lead")).collect(),
        paragraphs: paragraphs.collect(),
    })
}
