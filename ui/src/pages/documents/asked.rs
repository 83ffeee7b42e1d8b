//! What is asked for on the page for prints.

use super::kinds::Kind;
use crate::i18n::language;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, Whom};
use jiangsai_domain::draw::Layer;
use jiangsai_domain::ids::{EntryId, EventId, JudgeId};

/// Ranks that count as winners where the rulebook has no awards, unless somebody asks for others.
const TOP: u32 = 3;

/// Who stands in a document, as it is chosen from a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Who gets an award.
    #[default]
    Winners,
    /// The first so many ranks.
    Top,
    /// Everybody.
    All,
    /// One entry.
    One(EntryId),
}

impl Chosen {
    /// Its name in a list.
    pub fn id(&self) -> &str {
        match self {
            Self::Winners => "winners",
            Self::Top => "top",
            Self::All => "all",
            Self::One(entry) => entry.as_str(),
        }
    }

    /// By its name in a list.
    pub fn named(name: &str) -> Self {
        match name {
            "winners" => Self::Winners,
            "top" => Self::Top,
            "all" => Self::All,
            entry => Self::One(entry.into()),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which document.
    pub which: Kind,
    /// Module, for mark sheets.
    pub module: String,
    /// Only this judge's, for mark sheets.
    pub judge: Option<JudgeId>,
    /// Layer and session, for the draw register.
    pub draw: (Layer, String),
    /// Who stands in it.
    pub chosen: Chosen,
    /// The first so many ranks; 0 for all.
    pub top: u32,
    /// With the total, for a list to post.
    pub scores: bool,
    /// With the occupation, likewise.
    pub occupation: bool,
    /// From when to when it hangs.
    pub period: String,
    /// Where to object.
    pub contact: String,
    /// In both languages, for the rules.
    pub both: bool,
    /// `zh-CN` or `en`.
    pub language: String,
    /// As which kind of file.
    pub format: FileFormat,
}

impl Asked {
    /// What one starts with.
    pub fn new() -> Self {
        Self {
            which: Kind::default(),
            module: String::new(),
            judge: None,
            draw: Default::default(),
            chosen: Chosen::default(),
            top: TOP,
            scores: false,
            occupation: false,
            period: String::new(),
            contact: String::new(),
            both: false,
            language: language(),
            format: FileFormat::default(),
        }
    }

    /// Who stands in it, as the contract names it.
    pub fn whom(&self) -> Whom {
        match &self.chosen {
            Chosen::Winners => Whom::Winners { top: self.top },
            Chosen::Top => Whom::Top(self.top),
            Chosen::All => Whom::All,
            // A list to post is never of one entry.
            Chosen::One(_) if !self.which.by_entry() => Whom::Winners { top: self.top },
            Chosen::One(entry) => Whom::Entry(entry.clone()),
        }
    }

    /// The request; `None` while something is not known yet.
    pub fn request(&self, event: EventId) -> Option<DocumentRequest> {
        let kind = self.which.document(self)?;
        let format = if kind.has_docx() { self.format } else { FileFormat::Pdf };
        Some(DocumentRequest { event, kind, language: self.language.clone(), format })
    }

    /// Takes over what another page asks for.
    pub fn take(&mut self, kind: &DocumentKind) {
        if let DocumentKind::RankReasons { whom: Whom::Entry(entry), .. } = kind {
            self.which = Kind::RankReasons;
            self.chosen = Chosen::One(entry.clone());
        }
        if *kind == DocumentKind::UnsignedSheets {
            self.which = Kind::UnsignedSheets;
        }
    }
}
