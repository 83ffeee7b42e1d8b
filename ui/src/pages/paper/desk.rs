//! What a clerk is at: the mode, the name, the sheet that is open and what is typed in it.

use crate::backend::call;
use crate::files::download;
use crate::i18n::{language, t, tx};
use crate::session::{Session, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::files::{DocumentKind, DocumentRequest, FileFormat, RenderDocument};
use jiangsai_domain::command::paper::{CheckSheet, FindSheet, RecordSheet, SettleSheet, SheetForm, SheetState};
use jiangsai_domain::ids::{CompetitionId, EventId};
use jiangsai_domain::paper::How;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a clerk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Types a sheet.
    Record,
    /// Types it again without seeing it.
    Blind,
    /// Confirms each mark that is called out.
    Called,
}

/// All of them.
pub const MODES: [Mode; 3] = [Mode::Record, Mode::Blind, Mode::Called];

impl Mode {
    /// Its name in test ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Blind => "blind",
            Self::Called => "called",
        }
    }

    /// Locale key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Record => "paper-mode-record",
            Self::Blind => "paper-mode-blind",
            Self::Called => "paper-mode-called",
        }
    }

    /// Locale key of what to do in it.
    pub const fn about_key(self) -> &'static str {
        match self {
            Self::Record => "paper-about-record",
            Self::Blind => "paper-about-blind",
            Self::Called => "paper-about-called",
        }
    }
}

/// Locale key of how far a sheet is.
pub const fn state_key(state: SheetState) -> &'static str {
    match state {
        SheetState::Missing => "paper-state-missing",
        SheetState::Recorded => "paper-state-recorded",
        SheetState::Differs => "paper-state-differs",
        SheetState::TotalDiffers => "paper-state-total-differs",
        SheetState::Verified => "paper-state-verified",
    }
}

/// The desk of a clerk. Copies are the same.
#[derive(Clone, Copy)]
pub struct Desk {
    session: Session,
    /// What is done.
    pub mode: RwSignal<Mode>,
    /// Name of the clerk.
    pub by: RwSignal<String>,
    /// Number as typed or scanned.
    pub number: RwSignal<String>,
    /// The sheet that is open.
    pub open: RwSignal<Option<SheetForm>>,
    /// What is typed, by line; the total last where there is one.
    pub texts: RwSignal<Vec<String>>,
    /// The line that is called out.
    pub line: RwSignal<usize>,
    /// Why marks change that were there.
    pub reason: RwSignal<String>,
    /// A sheet whose differences are to be settled.
    pub differing: RwSignal<Option<SheetForm>>,
    /// What was refused.
    pub fault: RwSignal<Option<WireError>>,
    /// A word on what was saved.
    pub said: RwSignal<Option<String>>,
    /// What is typed is on its way: nothing is typed in the sheet until the answer is there.
    pub busy: RwSignal<bool>,
    /// A number was entered meanwhile; its sheet is opened then.
    next: StoredValue<bool>,
    /// Test id of what had the focus when it went on its way.
    from: StoredValue<String>,
    /// Counts what was asked for: only the answer to the last question opens a sheet.
    asked: StoredValue<u32>,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self {
            session: use_session(),
            mode: RwSignal::new(Mode::Record),
            by: RwSignal::new(String::new()),
            number: RwSignal::new(String::new()),
            open: RwSignal::new(None),
            texts: RwSignal::new(Vec::new()),
            line: RwSignal::new(0),
            reason: RwSignal::new(String::new()),
            differing: RwSignal::new(None),
            fault: RwSignal::new(None),
            said: RwSignal::new(None),
            busy: RwSignal::new(false),
            next: StoredValue::new(false),
            from: StoredValue::new(String::new()),
            asked: StoredValue::new(0),
        }
    }

    /// Does something else; another clerk has another name.
    pub fn turn_to(self, mode: Mode) {
        self.mode.set(mode);
        self.by.set(String::new());
        self.number.set(String::new());
        self.clear();
        self.said.set(None);
        // What was asked for in the other mode is not opened in this.
        self.turn();
        focus("paper-by");
    }

    fn clear(self) {
        self.open.try_set(None);
        self.differing.try_set(None);
        self.fault.try_set(None);
        self.reason.try_set(String::new());
        self.line.try_set(0);
    }

    /// A new question: answers to those before it are late.
    fn turn(self) -> u32 {
        self.asked
            .try_update_value(|asked| {
                *asked += 1;
                *asked
            })
            .unwrap_or_default()
    }

    fn place(self) -> Option<(CompetitionId, EventId)> {
        Some((self.session.competition.get_untracked()?, self.session.event.get_untracked()?))
    }

    /// Opens the sheet whose number is typed, once what is on its way is saved. Who has given a name alone goes on to the number.
    pub fn find(self) {
        if self.number.with_untracked(|number| number.trim().is_empty()) {
            return focus_now("paper-number");
        }
        if self.busy.get_untracked() {
            self.next.set_value(true);
            return;
        }
        self.said.set(None);
        self.open_typed();
    }

    fn open_typed(self) {
        let (Some(number), Some(mode)) = (self.number.try_get_untracked(), self.mode.try_get_untracked()) else {
            return;
        };
        spawn_local(self.fetch(self.turn(), number, mode, mode == Mode::Called));
    }

    async fn fetch(self, turn: u32, number: String, mode: Mode, called: bool) {
        let Some((competition, event)) = self.place() else { return };
        let answer = call(FindSheet { competition, event, number: number.clone(), called }).await;
        if self.asked.try_get_value() != Some(turn) {
            return;
        }
        match answer {
            // The recorder whose total differs goes through the own marks again.
            Ok(form) if !called && form.totals.is_some() && mode == Mode::Record => {
                Box::pin(self.fetch(turn, number, mode, true)).await;
            }
            Ok(form) => self.show(form, mode),
            Err(error) => {
                self.open.try_set(None);
                self.fault.try_set(Some(error));
            }
        }
    }

    /// Opens a sheet: to type it, or to settle what differs on it.
    fn show(self, form: SheetForm, mode: Mode) {
        let marks = form.lines.iter().map(|line| line.mark.clone().unwrap_or_default());
        let typed = || form.totals.as_ref().map(|(typed, _)| typed.clone()).unwrap_or_default();
        let texts: Vec<String> = marks.chain(self.wants_total(&form).then(typed)).collect();
        let wrong_total = mode == Mode::Record && form.totals.is_some();
        let settle = mode != Mode::Record && is_to_settle(&form);
        self.fault.try_set(None);
        self.line.try_set(0);
        self.reason.try_set(if wrong_total { t("paper-reason-default") } else { String::new() });
        self.texts.try_set(texts);
        self.differing.try_set(settle.then(|| form.clone()));
        self.open.try_set((!settle).then_some(form));
    }

    /// The number of the sheet that is open.
    pub fn sheet(self) -> Option<String> {
        let number = |form: &Option<SheetForm>| form.as_ref().map(|form| form.sheet.number.clone());
        self.open.with(number).or_else(|| self.differing.with(number))
    }

    /// Is the clerk the one who typed the sheet that is to be confirmed?
    pub fn is_alone(self) -> bool {
        let by = self.by.with(|by| by.trim().to_owned());
        let own = |form: &Option<SheetForm>| form.as_ref().is_some_and(|form| form.recorder == by);
        !by.is_empty() && self.mode.get() != Mode::Record && (self.open.with(own) || self.differing.with(own))
    }

    /// Is the total typed too?
    pub fn wants_total(self, form: &SheetForm) -> bool {
        form.has_total && self.mode.get_untracked() == Mode::Record
    }

    /// Saves what is typed.
    pub fn save(self) {
        let (Some((competition, event)), Some(form), false) =
            (self.place(), self.open.get_untracked(), self.busy.get_untracked())
        else {
            return;
        };
        let (by, number, mut texts) = (self.by.get_untracked(), form.sheet.number.clone(), self.texts.get_untracked());
        let total = if self.wants_total(&form) { texts.pop().unwrap_or_default() } else { String::new() };
        let reason = self.reason.get_untracked();
        let how = match self.mode.get_untracked() {
            Mode::Record => None,
            Mode::Blind => Some(How::Blind),
            Mode::Called => Some(How::Called),
        };
        self.begin();
        spawn_local(async move {
            let answer = match how {
                None => call(RecordSheet { competition, event, number, by, texts, total, reason }).await,
                Some(how) => call(CheckSheet { competition, event, number, by, how, texts }).await,
            };
            self.take(answer);
        });
    }

    /// What settling a sheet would say, without its reason.
    pub fn settling(self, number: String, texts: Vec<(u32, String)>, total: String) -> Option<SettleSheet> {
        let (competition, event) = self.place()?;
        let (by, reason) = (self.by.get_untracked(), String::new());
        Some(SettleSheet { competition, event, number, by, texts, total, reason })
    }

    /// What typing the sheet that is open would say, without its reason.
    pub fn recording(self) -> Option<RecordSheet> {
        let ((competition, event), form) = (self.place()?, self.open.get()?);
        let mut texts = self.texts.get();
        let total = if self.wants_total(&form) { texts.pop().unwrap_or_default() } else { String::new() };
        let (by, number, reason) = (self.by.get_untracked(), form.sheet.number, String::new());
        Some(RecordSheet { competition, event, number, by, texts, total, reason })
    }

    /// Prints one sheet again, blank, with its number.
    pub fn print(self, number: String) {
        let Some((competition, event)) = self.place() else { return };
        let kind = DocumentKind::MarkSheets {
            module: String::new(),
            filled: false,
            judge: None,
            entry: None,
            number,
            part: None,
        };
        let document = DocumentRequest { event, kind, language: language(), format: FileFormat::Pdf };
        spawn_local(async move {
            match call(RenderDocument { competition, document, page: None }).await {
                Ok(file) => download(&file),
                Err(error) => {
                    self.fault.try_set(Some(error));
                }
            }
        });
    }

    /// Settles what differs.
    pub fn settle(self, texts: Vec<(u32, String)>, total: String, reason: String) {
        let (Some((competition, event)), Some(form), false) =
            (self.place(), self.differing.get_untracked(), self.busy.get_untracked())
        else {
            return;
        };
        let (by, number) = (self.by.get_untracked(), form.sheet.number);
        self.begin();
        spawn_local(async move {
            let command = SettleSheet { competition, event, number, by, texts, total, reason };
            self.take(call(command).await);
        });
    }

    /// What is typed goes on its way. The number of the next sheet may be scanned at once: no digit of it falls into this one.
    fn begin(self) {
        self.turn();
        self.busy.set(true);
        self.next.set_value(false);
        let focused = document().active_element().and_then(|own| own.get_attribute("data-testid"));
        self.from.set_value(focused.unwrap_or_default());
        self.number.set(String::new());
        focus_now("paper-number");
    }

    fn take(self, answer: Result<SheetForm, WireError>) {
        self.busy.try_set(false);
        let next = self.next.try_update_value(std::mem::take).unwrap_or_default();
        let Some(mode) = self.mode.try_get_untracked() else { return };
        match answer {
            Ok(form) => {
                let state = t(state_key(form.sheet.state));
                self.clear();
                self.said.try_set(Some(tx("paper-saved", &[("code", &form.sheet.code), ("state", &state)])));
                if form.totals.is_some() && mode == Mode::Record {
                    spawn_local(self.fetch(self.turn(), form.sheet.number, mode, true));
                } else if is_to_settle(&form) {
                    self.differing.try_set(Some(form));
                } else if next {
                    self.open_typed();
                }
                self.session.revision.try_update(|revision| *revision += 1);
            }
            Err(error) => {
                if error.code == "reason-needed" && self.reason.with_untracked(String::is_empty) {
                    self.reason.set(t("paper-reason-default"));
                }
                self.fault.try_set(Some(error));
                // Back to the sheet, which is still open.
                focus_now(&self.from.get_value());
            }
        }
    }
}

/// Has something on it to be settled?
const fn is_to_settle(form: &SheetForm) -> bool {
    !form.differences.is_empty() || form.totals.is_some()
}

/// Puts the focus into a field that is about to come into the page.
pub fn focus(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || focus_now(&id));
}

/// Puts the focus into a field or onto a button of the page before the next key comes: who types fast loses none.
pub fn focus_now(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(&format!("[data-testid='{id}']")).ok().flatten();
    let Some(field) = found.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    // What cannot take the focus leaves it where it is.
    let _ = field.focus();
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    }
}
