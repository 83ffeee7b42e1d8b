//! The locale files, one per area of the product. Only the list; the reading is in `bundle`.

use crate::Lang;

macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const ZH: &[&str] = &[$(include_str!(concat!("../zh-CN/", $area, ".ftl"))),+];
        const EN: &[&str] = &[$(include_str!(concat!("../en/", $area, ".ftl"))),+];
    };
}

areas!(
    "common",
    "start",
    "home",
    "rules",
    "editor",
    "registration",
    "draw",
    "settings",
    "backups",
    "exchange",
    "headquarters",
    "hub",
    "standby",
    "readers",
    "judges",
    "people",
    "account",
    "marks",
    "paper",
    "desk",
    "hall",
    "recheck",
    "standings",
    "finalising",
    "findings",
    "bulletins",
    "screen",
    "documents",
    "history",
    "fields",
    "prints",
    "errors",
    "faults",
);

/// The text of every file of a language.
pub(crate) const fn of(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
}
