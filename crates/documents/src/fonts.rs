//! The fonts of this computer: which are there, which to prefer, which characters they have.

use crate::DocumentError;
use std::path::Path;
use std::sync::LazyLock;
use typst::text::{FontBook, FontInfo};
use typst_kit::fonts::FontStore;

/// 宋体 for text, best first: open fonts with full coverage, then what Windows and macOS bring.
const SERIF: &[&str] = &[
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "Songti SC",
    "STSong",
    "AR PL UMing CN",
];

/// 黑体 for headings, best first.
const SANS: &[&str] = &[
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
];

/// 小标宋 for titles, where it is installed.
const TITLE: &[&str] = &[
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05",
    "方正小标宋",
    "小标宋",
    "Founder XiaoBiaoSong",
];

/// 仿宋 for what is said in whole sentences, where it is installed.
const FANGSONG: &[&str] =
    &["仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FZFangSong-Z02S"];

/// 楷体 for names and addresses, where it is installed.
const KAI: &[&str] =
    &["楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "Kaiti SC", "STKaiti", "华文楷体", "AR PL UKai CN", "FZKai-Z03S"];

/// A font that has a picture of a box for every character there is, so it has none.
const PLACEHOLDERS: &[&str] = &["last resort", "lastresort", ".lastresort", "unicode bmp fallback sil"];

/// Does this computer have a font with Chinese characters? The first call looks for the fonts and takes a moment.
#[must_use]
pub fn chinese_font_found() -> bool {
    Fonts::system().has('中')
}

static SYSTEM: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(typst_kit::fonts::system()));

/// A set of fonts.
pub struct Fonts {
    store: FontStore,
}

impl Fonts {
    /// The fonts that are installed on this computer, looked for once in the life of the process.
    #[must_use]
    pub fn system() -> &'static Self {
        &SYSTEM
    }

    /// The fonts in a folder and below it, and no others.
    #[must_use]
    pub fn folder(path: &Path) -> Self {
        Self::of(typst_kit::fonts::scan(path))
    }

    fn of<T: typst_kit::fonts::FontSource>(found: impl Iterator<Item = (T, FontInfo)>) -> Self {
        let mut store = FontStore::new();
        store.extend(found.filter(|(_, info)| !PLACEHOLDERS.contains(&info.family.to_lowercase().as_str())));
        Self { store }
    }

    pub(crate) const fn store(&self) -> &FontStore {
        &self.store
    }

    fn book(&self) -> &FontBook {
        self.store.book()
    }

    fn infos(&self) -> impl Iterator<Item = &FontInfo> {
        (0..).map_while(|index| self.book().info(index))
    }

    /// Does any font have this character?
    pub(crate) fn has(&self, letter: char) -> bool {
        self.infos().any(|info| info.coverage.contains(u32::from(letter)))
    }

    /// Families for headings and for text, best first.
    ///
    /// # Errors
    /// [`DocumentError::NoChineseFont`].
    pub(crate) fn families(&self) -> Result<Families, DocumentError> {
        let any =
            self.infos().find(|info| info.coverage.contains(u32::from('中'))).ok_or(DocumentError::NoChineseFont)?;
        let present = |wanted: &[&str]| -> Vec<String> {
            wanted
                .iter()
                .filter(|name| self.book().contains_family(&name.to_lowercase()))
                .map(|name| (*name).to_owned())
                .collect()
        };
        let (mut sans, mut serif) = (present(SANS), present(SERIF));
        // With one style only, it serves for both; with none of the known, whatever has Chinese.
        let spare = [sans.first(), serif.first()].into_iter().flatten().next().unwrap_or(&any.family).clone();
        for families in [&mut sans, &mut serif] {
            if families.is_empty() {
                families.push(spare.clone());
            }
        }
        Ok(Families { sans, serif, title: present(TITLE), fangsong: present(FANGSONG), kai: present(KAI) })
    }
}

/// Families to set a document in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Families {
    /// For headings.
    pub(crate) sans: Vec<String>,
    /// For text.
    pub(crate) serif: Vec<String>,
    /// 小标宋, for titles; empty where there is none.
    pub(crate) title: Vec<String>,
    /// 仿宋; empty where there is none.
    pub(crate) fangsong: Vec<String>,
    /// 楷体; empty where there is none.
    pub(crate) kai: Vec<String>,
}
