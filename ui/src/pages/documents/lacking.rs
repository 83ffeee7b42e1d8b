//! What a document has to be made of and is not there yet: entries, marks.

use super::asked::Asked;
use super::kinds::Kind;
use crate::i18n::{t, tx};
use crate::session::{link, use_session};
use jiangsai_domain::command::competition::Counts;
use leptos::prelude::*;

/// What is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lacks {
    /// Nobody is registered.
    Entries,
    /// So many cells are not marked.
    Marks(u32),
}

/// What a document lacks, by what the competition has.
const fn lacks(kind: Kind, counts: &Counts) -> Option<Lacks> {
    if !kind.of_entries() {
        return None;
    }
    match (counts.entries, counts.unmarked) {
        (0, _) => Some(Lacks::Entries),
        (_, open) if open > 0 && kind.of_results() => Some(Lacks::Marks(open)),
        _ => None,
    }
}

/// Above the document, what it lacks and the page where that is done.
pub fn lacking(asked: RwSignal<Asked>) -> impl IntoView {
    let session = use_session();
    let found = Memo::new(move |_| {
        let kind = asked.with(|asked| asked.which);
        session.home.with(|home| home.as_ref().and_then(|home| lacks(kind, &home.counts)))
    });
    move || {
        found.get().map(|lacks| {
            let (said, page, way) = match lacks {
                Lacks::Entries => (t("documents-no-entries"), "registration", "nav-registration"),
                Lacks::Marks(open) => (tx("documents-unmarked", &[("count", &open.to_string())]), "marks", "nav-marks"),
            };
            view! { <p class="marks-banner" role="note" data-testid="doc-lacks">{said} " " <a href=link(page)>{t(way)}</a></p> }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_what_it_is_to_be_made_of_and_is_not_there() {
        let counts = |entries, unmarked| Counts { entries, unmarked, ..Counts::default() };
        assert_eq!(lacks(Kind::Rules, &counts(0, 0)), None, "rules need nobody");
        assert_eq!(lacks(Kind::BlankSheets, &counts(0, 0)), Some(Lacks::Entries));
        assert_eq!(lacks(Kind::BlankSheets, &counts(60, 459)), None, "they are there to be filled in");
        assert_eq!(lacks(Kind::AwardList, &counts(60, 459)), Some(Lacks::Marks(459)));
        assert_eq!(lacks(Kind::AwardList, &counts(60, 0)), None);
    }
}
