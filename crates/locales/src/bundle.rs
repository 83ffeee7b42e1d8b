//! From a key and its arguments to a sentence.

use crate::{Lang, files};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<&'static FluentResource>;

static ZH: LazyLock<Vec<FluentResource>> = LazyLock::new(|| resources(Lang::Zh));
static EN: LazyLock<Vec<FluentResource>> = LazyLock::new(|| resources(Lang::En));

thread_local! {
    // The files are read once; a bundle is not shared because its number formats are not.
    static ZH_BUNDLE: Bundle = bundle(Lang::Zh);
    static EN_BUNDLE: Bundle = bundle(Lang::En);
}

/// The sentence of a key. A key that no file has comes back as it is, and an argument that is not given stands there by its
/// name, so that a page never breaks for a word.
///
/// An argument that is a whole number of at most nine digits also selects singular and plural forms.
#[must_use]
pub fn text(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    with_bundle(lang, |bundle| format(bundle, key, args).map_or_else(|_| key.to_owned(), |(text, _)| text))
}

/// Does a language have this key?
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    with_bundle(lang, |bundle| bundle.has_message(key))
}

/// Every key of a language, sorted.
#[must_use]
pub fn keys(lang: Lang) -> Vec<String> {
    let found: BTreeSet<&str> = files::of(lang).iter().flat_map(|file| file.lines()).filter_map(key_of).collect();
    found.into_iter().map(str::to_owned).collect()
}

/// The key that a line of a file begins: keys alone stand at the first column.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    named.then_some(key)
}

fn with_bundle<T>(lang: Lang, run: impl FnOnce(&Bundle) -> T) -> T {
    match lang {
        Lang::Zh => ZH_BUNDLE.with(run),
        Lang::En => EN_BUNDLE.with(run),
    }
}

fn resources(lang: Lang) -> Vec<FluentResource> {
    let read = |file: &&str| FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(rest, _)| rest);
    files::of(lang).iter().map(read).collect()
}

fn bundle(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![id]);
    // Isolation marks would end up in prints, files and comparisons.
    bundle.set_use_isolating(false);
    let files = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    for file in files {
        // The first of two equal keys stays; a test reports the second.
        let _ = bundle.add_resource(file);
    }
    bundle
}

/// The sentence and what went wrong in it; an error where the key is unknown.
fn format(bundle: &Bundle, key: &str, args: &[(&str, &str)]) -> Result<(String, Vec<String>), ()> {
    let pattern = bundle.get_message(key).and_then(|message| message.value()).ok_or(())?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        values.set(*name, argument(value));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    Ok((text, errors.iter().map(ToString::to_string).collect()))
}

/// A whole number as a number, so that plurals work; everything else, and everything that looks like an id, as text.
fn argument(value: &str) -> FluentValue<'_> {
    let whole = !value.is_empty() && value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit());
    let padded = value.len() > 1 && value.starts_with('0');
    match value.parse::<u32>() {
        Ok(number) if whole && !padded => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests;
