//! How the smallest pieces are said in the two languages: numbers, lists, rounding, relations.

use crate::exact::{Exact, RoundMode};
use crate::rulebook::{Direction, Relation};
use crate::text::Text;

/// Something that can be said in both languages.
pub(super) trait Say {
    fn zh(&self) -> String;
    fn en(&self) -> String;
}

impl Say for Text {
    fn zh(&self) -> String {
        self.get("zh").to_owned()
    }
    fn en(&self) -> String {
        self.get("en").to_owned()
    }
}

macro_rules! say_as_it_is {
    ($($kind:ty),*) => {$(
        impl Say for $kind {
            fn zh(&self) -> String {
                self.to_string()
            }
            fn en(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

say_as_it_is!(Exact, String, str, u8, u16, u32, usize);

impl<T: Say + ?Sized> Say for &T {
    fn zh(&self) -> String {
        (**self).zh()
    }
    fn en(&self) -> String {
        (**self).en()
    }
}

/// A text from its Chinese and its English pattern, with named parts.
macro_rules! say {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match ($(&$value,)*) {
            ($($name,)*) => $crate::text::Text {
                zh: {
                    $(let $name = $crate::words::say::Say::zh($name);
                    let _ = &$name;)*
                    format!($zh)
                },
                en: {
                    $(let $name = $crate::words::say::Say::en($name);
                    let _ = &$name;)*
                    format!($en)
                },
            },
        }
    };
}

pub(super) use say;

/// Texts one after the other, with something between them.
pub(super) fn join(of: &[Text], zh: &str, en: &str) -> Text {
    let each = |say: fn(&Text) -> String| of.iter().map(say).collect::<Vec<_>>();
    Text { zh: each(Say::zh).join(zh), en: each(Say::en).join(en) }
}

/// `A、B和C`, `A, B and C`; with another last word, `A、B或C`.
pub(super) fn listed(of: &[Text], zh: &str, en: &str) -> Text {
    let Some((last, rest)) = of.split_last() else { return Text::default() };
    if rest.is_empty() {
        return say!("{last}", "{last}", last = last);
    }
    let rest = join(rest, "、", ", ");
    say!("{rest}{and_zh}{last}", "{rest} {and_en} {last}", rest = rest, last = last, and_zh = zh, and_en = en)
}

/// Ends a sentence, unless it ends already.
pub(super) fn sentence(of: &Text) -> Text {
    let ends = |text: &str| text.ends_with(['。', '；', '：', '.', ':', ';']);
    let Text { mut zh, mut en } = say!("{of}", "{of}", of = of);
    if !ends(&zh) {
        zh.push('。');
    }
    if !ends(&en) {
        en.push('.');
    }
    // A name such as `pH` keeps its first letter.
    let word = en.split(' ').next().unwrap_or_default().trim_end_matches([':', ',']);
    if word.chars().all(|letter| letter.is_ascii_lowercase()) {
        let mut letters = en.chars();
        en = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.clone()).collect();
    }
    Text { zh, en }
}

/// A whole number of decimals in words.
fn decimals(digits: u8) -> Text {
    const ZH: [&str; 13] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    const EN: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match (ZH.get(usize::from(digits)), EN.get(usize::from(digits))) {
        (Some(zh), Some(en)) => Text::new(*zh, *en),
        _ => Text::same(digits.to_string()),
    }
}

/// `四舍五入保留两位小数`.
pub(super) fn rounded(digits: u8, mode: RoundMode) -> Text {
    let mode = match mode {
        RoundMode::HalfUp => Text::new("四舍五入", "rounded half up"),
        RoundMode::HalfEven => Text::new("四舍六入五成双", "rounded half to even"),
        RoundMode::Down => Text::new("舍去尾数（向零）", "cut off towards zero"),
        RoundMode::Up => Text::new("有尾数即进一（背离零）", "rounded away from zero"),
        RoundMode::Floor => Text::new("向下舍入（向负无穷）", "rounded down towards minus infinity"),
        RoundMode::Ceiling => Text::new("向上舍入（向正无穷）", "rounded up towards plus infinity"),
    };
    match digits {
        0 => say!("{mode}取整数", "{mode} to a whole number", mode = mode),
        1 => say!("{mode}保留一位小数", "{mode} to one decimal", mode = mode),
        _ => {
            say!("{mode}保留{digits}位小数", "{mode} to {digits} decimals", mode = mode, digits = decimals(digits))
        }
    }
}

/// A relation to an edge, with what becomes of the edge itself.
pub(super) fn relation(is: Relation, edge: &Text) -> Text {
    match is {
        Relation::Less => say!("小于{edge}", "less than {edge}", edge = edge),
        Relation::AtMost => say!("不大于{edge}", "at most {edge}", edge = edge),
        Relation::Equal => say!("等于{edge}", "equal to {edge}", edge = edge),
        Relation::AtLeast => say!("不小于{edge}", "at least {edge}", edge = edge),
        Relation::More => say!("大于{edge}", "more than {edge}", edge = edge),
    }
}

/// Whether a relation includes its edge.
pub(super) fn edge_note(is: Relation, edge: &Text) -> Text {
    match is {
        Relation::Less | Relation::More => say!("（不含{edge}）", " ({edge} not included)", edge = edge),
        Relation::AtMost | Relation::AtLeast => say!("（含{edge}）", " ({edge} included)", edge = edge),
        Relation::Equal => Text::default(),
    }
}

/// Which is better.
pub(super) fn better(direction: Direction) -> Text {
    match direction {
        Direction::Higher => Text::new("数值大者在前", "the higher is better"),
        Direction::Lower => Text::new("数值小者在前", "the lower is better"),
    }
}

/// A weight: a percentage where it is below one and exact, otherwise the number itself.
pub(super) fn weight(by: &Exact) -> String {
    let hundred = by * &Exact::from_int(100);
    let text = hundred.to_string();
    if by.is_negative() || *by >= Exact::ONE || text.contains('/') { factor(by) } else { format!("{text}%") }
}

/// A number in a formula.
pub(super) fn factor(value: &Exact) -> String {
    let text = value.to_string();
    if value.is_negative() || text.contains('/') { format!("({text})") } else { text }
}

/// A number of seconds.
pub(super) fn seconds(value: &Exact) -> Text {
    say!("{value}秒", "{value} s", value = value)
}

/// A label of an intermediate value: ① to ⑳, then numbers.
pub(super) fn label(index: usize) -> Text {
    let circled =
        u32::try_from(index).ok().filter(|index| *index < 20).and_then(|index| char::from_u32(0x2460 + index));
    match circled {
        Some(sign) => Text::same(sign),
        None => say!("（{number}）", "({number})", number = index + 1),
    }
}

/// An ordinal number in front of a list line.
pub(super) fn numbered(index: usize, of: &Text) -> Text {
    say!("{number}. {of}", "{number}. {of}", number = index + 1, of = of)
}
