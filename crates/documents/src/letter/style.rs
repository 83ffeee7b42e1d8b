//! How the paragraphs of a text document look: styles by name, so that an organiser changes one place and every list follows. Sizes of type
//! are in half points, lengths in twentieths of a point.

use super::body::{DECLARATION, WORD};
use jiangsai_locales::Lang;

/// 二号, 三号, 小四, 五号, 小五.
const TITLE: u32 = 44;
const TEXT: u32 = 32;
const TABLE: u32 = 24;
pub(super) const SMALL: u32 = 21;
pub(super) const SMALLEST: u32 = 18;

/// A font for Chinese beside one for Latin letters.
#[derive(Clone, Copy)]
pub(super) struct Font(pub &'static str);

const XIAOBIAOSONG: Font = Font("方正小标宋简体");
pub(super) const HEITI: Font = Font("黑体");
pub(super) const FANGSONG: Font = Font("仿宋_GB2312");

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Mark,
    Competition,
    Title,
    About,
    Addressee,
    Text,
    Head,
    Heading,
    Cell,
    Note,
    Closing,
    Signature,
    Made,
}

impl Style {
    const ALL: [Self; 13] = [
        Self::Mark,
        Self::Competition,
        Self::Title,
        Self::About,
        Self::Addressee,
        Self::Text,
        Self::Head,
        Self::Heading,
        Self::Cell,
        Self::Note,
        Self::Closing,
        Self::Signature,
        Self::Made,
    ];

    /// Its id in the file.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Mark => "JiangsaiMark",
            Self::Competition => "JiangsaiCompetition",
            Self::Title => "JiangsaiTitle",
            Self::About => "JiangsaiAbout",
            Self::Addressee => "JiangsaiAddressee",
            Self::Text => "JiangsaiText",
            Self::Head => "JiangsaiHead",
            Self::Heading => "JiangsaiHeading",
            Self::Cell => "JiangsaiCell",
            Self::Note => "JiangsaiNote",
            Self::Closing => "JiangsaiClosing",
            Self::Signature => "JiangsaiSignature",
            Self::Made => "JiangsaiMade",
        }
    }

    /// Its name in an office program's list of styles.
    const fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Mark => ("匠赛 暂定与模拟", "Jiangsai provisional"),
            Self::Competition => ("匠赛 竞赛名称", "Jiangsai competition"),
            Self::Title => ("匠赛 标题", "Jiangsai title"),
            Self::About => ("匠赛 赛项与场次", "Jiangsai event and session"),
            Self::Addressee => ("匠赛 主送", "Jiangsai addressee"),
            Self::Text => ("匠赛 正文", "Jiangsai text"),
            Self::Head => ("匠赛 表头", "Jiangsai table head"),
            Self::Heading => ("匠赛 表内标题", "Jiangsai table heading"),
            Self::Cell => ("匠赛 表格", "Jiangsai table"),
            Self::Note => ("匠赛 附注", "Jiangsai note"),
            Self::Closing => ("匠赛 落款", "Jiangsai closing"),
            Self::Signature => ("匠赛 签字", "Jiangsai signature"),
            Self::Made => ("匠赛 打印时间与版本", "Jiangsai time and version"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    const fn look(self) -> (Font, u32) {
        match self {
            Self::Mark => (HEITI, SMALL),
            Self::Competition | Self::Addressee | Self::Text | Self::Closing => (FANGSONG, TEXT),
            Self::Title => (XIAOBIAOSONG, TITLE),
            Self::About | Self::Cell | Self::Note | Self::Signature => (FANGSONG, TABLE),
            Self::Head | Self::Heading => (HEITI, TABLE),
            Self::Made => (FANGSONG, SMALLEST),
        }
    }

    /// Spacing, indent and alignment, in the order that the schema has them.
    const fn place(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Competition | Self::Head, _) => r#"<w:jc w:val="center"/>"#,
            (Self::Title, _) => r#"<w:spacing w:after="240"/><w:jc w:val="center"/>"#,
            (Self::Text, Lang::Zh) => r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#,
            (Self::Note | Self::Made, _) => r#"<w:spacing w:before="120"/>"#,
            (Self::Closing, _) => r#"<w:spacing w:before="240"/><w:jc w:val="right"/>"#,
            (Self::Signature, _) => r#"<w:spacing w:before="240"/>"#,
            (Self::Mark, _) => r#"<w:jc w:val="right"/>"#,
            (Self::About | Self::Addressee | Self::Text | Self::Heading | Self::Cell, _) => "",
        }
    }

    fn xml(self, lang: Lang) -> String {
        let (Font(font), size) = self.look();
        let (id, name, place) = (self.id(), self.name(lang), self.place(lang));
        format!(
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{place}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
        )
    }
}

/// Every style by its id.
pub(super) fn each(lang: Lang) -> impl Iterator<Item = (&'static str, String)> {
    Style::ALL.into_iter().map(move |style| (style.id(), style.xml(lang)))
}

/// The part of the file that holds them, with what is said of everything else.
pub(super) fn part(lang: Lang) -> String {
    let name = FANGSONG.0;
    let tag = lang.tag();
    let styles: String = each(lang).map(|(_, style)| style).collect();
    format!(
        r#"{DECLARATION}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/><w:sz w:val="{TEXT}"/><w:lang w:val="en-US" w:eastAsia="{tag}"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{styles}</w:styles>"#
    )
}

/// The fonts with what stands in for them on a computer without them: an office program would take any other.
pub(super) fn fonts() -> String {
    let others = [(XIAOBIAOSONG, "华文中宋"), (HEITI, "SimHei"), (FANGSONG, "仿宋")];
    let font = |(font, other): (Font, &str)| {
        let charset = r#"<w:charset w:val="86"/>"#;
        format!(r#"<w:font w:name="{}"><w:altName w:val="{other}"/>{charset}</w:font>"#, font.0)
    };
    format!("{DECLARATION}<w:fonts {WORD}>{}</w:fonts>", others.map(font).concat())
}
