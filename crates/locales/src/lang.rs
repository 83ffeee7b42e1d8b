//! The languages of the product.

use std::fmt;
use std::str::FromStr;

/// A language of the interface and of printed documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// 简体中文, the source of every sentence.
    #[default]
    Zh,
    /// English.
    En,
}

/// A language that the product does not speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLang(
    /// The tag as given.
    pub String,
);

impl Lang {
    /// Every language, the source first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag: `zh-CN` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// Reads a language tag by its first subtag: `zh`, `zh-CN`, `zh_Hans_CN`, `en`, `en-GB`, whatever the case.
impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let first = tag.trim().split(['-', '_', '.']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("zh") {
            Ok(Self::Zh)
        } else if first.eq_ignore_ascii_case("en") {
            Ok(Self::En)
        } else {
            Err(UnknownLang(tag.to_owned()))
        }
    }
}

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown language `{}`: use zh-CN or en", self.0)
    }
}

impl std::error::Error for UnknownLang {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_first_part() {
        for tag in ["zh", "zh-CN", "ZH_hans_CN.UTF-8", " zh-Hant "] {
            assert_eq!(tag.parse(), Ok(Lang::Zh), "{tag}");
        }
        for tag in ["en", "EN-gb", "en_US.UTF-8"] {
            assert_eq!(tag.parse(), Ok(Lang::En), "{tag}");
        }
        for tag in ["", "fr", "zhang", "english"] {
            assert_eq!(tag.parse::<Lang>(), Err(UnknownLang(tag.to_owned())), "{tag}");
        }
    }
}
