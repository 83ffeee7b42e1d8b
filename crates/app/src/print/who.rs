//! Who stands in a document.

pub(super) use jiangsai_domain::view::whom::who;

use jiangsai_locales::Lang;
use jiangsai_scoring::Text;

/// Awards, in words.
pub(super) fn prizes(lang: Lang, awards: &[Text]) -> String {
    let names: Vec<&str> = awards.iter().map(|name| name.get(lang.tag())).collect();
    names.join(&super::words(lang, "print-list-separator"))
}
