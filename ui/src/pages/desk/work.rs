//! The state of a desk: who is signed in, the sheet on screen and what is typed, on whatever sheet. How marks are sent is in
//! [`super::sending`].

use super::sending::Sending;
use crate::backend::call;
use crate::components::Unsaved;
use crate::session::Session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::{DeskItem, DeskPlace, DeskSheet, DeskView, SheetStage, ShowDesk, SignedIn};
use jiangsai_domain::ids::{CompetitionId, EventId, ItemId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, VecDeque};
use wasm_bindgen::JsCast;

/// A field of a sheet: item and attempt.
pub type Field = (ItemId, u16);

/// What is typed in a field and not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Being typed.
    Typing(String),
    /// On its way.
    Saving(String),
    /// Not saved, and why.
    Refused(String, Why),
}

/// Why a text was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is not a mark: locale key with arguments.
    NotAMark(String, Vec<(String, String)>),
    /// The application refused it.
    Refused(WireError),
}

impl Typed {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Typing(text) | Self::Saving(text) | Self::Refused(text, _) => text,
        }
    }
}

/// What one asks about before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Signing the sheet on screen.
    Sign,
    /// A note beside an item.
    Note(ItemId),
    /// A fault of the list of an item; with the place of a red line that is asked about once more.
    Fault(ItemId, Option<usize>),
    /// 补时.
    ExtraTime,
    /// The contestant's word.
    Confirm,
    /// Why marks change now that results were final.
    Reason,
}

/// The desk. Copies are the same.
#[derive(Clone, Copy)]
pub struct Work {
    /// Where one is.
    pub session: Session,
    /// The token of who is signed in.
    pub token: RwSignal<Option<String>>,
    /// The desk as the application last said.
    pub view: RwSignal<Option<DeskView>>,
    /// The sheet on screen.
    pub at: RwSignal<Option<DeskPlace>>,
    /// What is typed and not saved yet, by sheet: a text that was refused stays when one goes to another sheet.
    pub typed: RwSignal<BTreeMap<DeskPlace, BTreeMap<Field, Typed>>>,
    /// The field with the focus.
    pub now: RwSignal<Option<Field>>,
    /// Marks on their way.
    pub waiting: RwSignal<usize>,
    /// Why the desk could not be shown; gone once it is.
    fault: RwSignal<Option<WireError>>,
    /// Why something that was done here came to nothing: it stays, whatever is shown anew meanwhile, until something else is done.
    refused: RwSignal<Option<WireError>>,
    /// What is asked about.
    pub asking: RwSignal<Option<Ask>>,
    /// Why marks change, once results were final: for all from here on, until one signs out.
    pub reason: StoredValue<String>,
    /// Whose texts these are, by code.
    judge: StoredValue<String>,
    /// Blind codes of the sheets heard of.
    stations: StoredValue<BTreeMap<DeskPlace, String>>,
    /// Counts changes of a sheet that landed.
    pub(super) landed: StoredValue<BTreeMap<DeskPlace, u32>>,
    pub(super) queue: StoredValue<VecDeque<Sending>>,
}

impl Work {
    /// Nobody is signed in.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            token: RwSignal::new(None),
            view: RwSignal::new(None),
            at: RwSignal::new(None),
            typed: RwSignal::new(BTreeMap::new()),
            now: RwSignal::new(None),
            waiting: RwSignal::new(0),
            fault: RwSignal::new(None),
            refused: RwSignal::new(None),
            asking: RwSignal::new(None),
            reason: StoredValue::new(String::new()),
            judge: StoredValue::new(String::new()),
            stations: StoredValue::new(BTreeMap::new()),
            landed: StoredValue::new(BTreeMap::new()),
            queue: StoredValue::new(VecDeque::new()),
        }
    }

    /// Somebody is signed in. What was not saved when the desk was closed by itself is there again for the same judge alone.
    pub fn enter(self, signed_in: SignedIn) {
        self.fault.set(None);
        self.refused.set(None);
        if self.judge.with_value(|judge| *judge != signed_in.code) {
            self.typed.set(BTreeMap::new());
            self.judge.set_value(signed_in.code);
        }
        self.token.set(Some(signed_in.token));
    }

    /// Nobody is signed in any more, and nothing that was typed stays.
    pub fn leave(self) {
        self.close(None);
        self.typed.try_set(BTreeMap::new());
    }

    /// The token is not known any more. What is typed stays.
    fn close(self, why: Option<WireError>) {
        self.reason.try_set_value(String::new());
        self.token.try_set(None);
        self.view.try_set(None);
        self.at.try_set(None);
        self.now.try_set(None);
        self.asking.try_set(None);
        self.fault.try_set(why);
        self.refused.try_set(None);
    }

    /// What went wrong with the desk as a whole.
    pub fn wrong(self) -> Option<WireError> {
        self.refused.get().or_else(|| self.fault.get())
    }

    /// Something was done, or it was refused.
    pub fn did(self, refused: Option<WireError>) {
        self.refused.try_set(refused);
    }

    /// The sheet that is shown; while another is on its way still the one before.
    pub fn shown(self) -> Option<DeskPlace> {
        self.sheet(|sheet| sheet.at.clone())
    }

    /// What is typed in a field of the sheet that is shown and not saved yet.
    pub fn typed_in(self, field: &Field) -> Option<Typed> {
        let at = self.shown()?;
        self.typed.with(|typed| typed.get(&at)?.get(field).cloned())
    }

    /// Notes what is typed in a field of a sheet; `None` once that is saved or given up.
    pub fn put(self, at: &DeskPlace, field: &Field, typed: Option<Typed>) {
        self.typed.try_update(|all| match typed {
            Some(typed) => {
                all.entry(at.clone()).or_default().insert(field.clone(), typed);
            }
            None => {
                all.get_mut(at).and_then(|sheet| sheet.remove(field));
            }
        });
    }

    /// As [`Self::put`], on the sheet that is shown.
    pub fn put_here(self, field: &Field, typed: Option<Typed>) {
        if let Some(at) = untrack(|| self.shown()) {
            self.put(&at, field, typed);
        }
    }

    /// What is not safe yet, on all sheets.
    pub fn unsaved(self) -> Unsaved {
        let typing = |typed: &&Typed| matches!(typed, Typed::Typing(_));
        let typing = self.typed.with(|all| all.values().flat_map(BTreeMap::values).filter(typing).count());
        Unsaved { saving: self.waiting.get(), refused: self.refused(), typing, again: 0 }
    }

    /// How many texts were refused, on all sheets.
    pub fn refused(self) -> usize {
        let refused = |typed: &&Typed| matches!(typed, Typed::Refused(..));
        self.typed.with(|all| all.values().flat_map(BTreeMap::values).filter(refused).count())
    }

    /// Texts that were not saved on sheets that are not shown: the sheet, its blind code, the field, the text and why.
    pub fn lost(self) -> Vec<(DeskPlace, String, Field, String, Why)> {
        let here = self.shown();
        self.typed.with(|all| {
            let other = all.iter().filter(|(at, _)| Some(*at) != here.as_ref());
            let fields = other.flat_map(|(at, sheet)| sheet.iter().map(move |(field, typed)| (at, field, typed)));
            let lost = fields.filter_map(|(at, field, typed)| match typed {
                Typed::Refused(text, why) => {
                    let station = self.stations.with_value(|all| all.get(at).cloned()).unwrap_or_default();
                    Some((at.clone(), station, field.clone(), text.clone(), why.clone()))
                }
                _ => None,
            });
            lost.collect()
        })
    }

    /// Competition, event and token of a request.
    pub fn whose(self) -> Option<(CompetitionId, EventId, String)> {
        Some((
            self.session.competition.get_untracked()?,
            self.session.event.get_untracked()?,
            self.token.get_untracked()?,
        ))
    }

    /// Asks for the desk again; not while marks are on their way, which bring it with them.
    pub fn ask(self) {
        if self.waiting.get_untracked() == 0 {
            self.show(self.at.get_untracked());
        }
    }

    /// Goes to a sheet.
    pub fn go(self, at: DeskPlace) {
        self.did(None);
        self.now.set(None);
        self.at.set(Some(at.clone()));
        self.show(Some(at));
    }

    /// How many changes of a sheet have landed.
    fn count(self, at: Option<&DeskPlace>) -> Option<u32> {
        self.landed.try_with_value(|landed| at.and_then(|at| landed.get(at)).copied().unwrap_or_default())
    }

    fn show(self, at: Option<DeskPlace>) {
        let Some((competition, event, token)) = self.whose() else { return };
        let landed = self.count(at.as_ref());
        spawn_local(async move {
            let answer = call(ShowDesk { competition, event, token, at: at.clone() }).await;
            if answer.is_ok() && self.count(at.as_ref()) != landed {
                // A change has landed since the question: the answer is old news.
                if self.at.try_get_untracked() == Some(at) {
                    self.ask();
                }
                return;
            }
            self.take(answer, at.as_ref());
        });
    }

    /// Takes the answer to a change of a sheet in.
    pub fn changed(self, view: DeskView, at: &DeskPlace) {
        self.landed.try_update_value(|landed| *landed.entry(at.clone()).or_default() += 1);
        self.take(Ok(view), Some(at));
    }

    /// Takes an answer in, unless another sheet is on screen by now.
    pub(super) fn take(self, answer: Result<DeskView, WireError>, at: Option<&DeskPlace>) {
        let here = self.at.try_get_untracked().flatten();
        match answer {
            Ok(view) => {
                if here.is_some() && here.as_ref() != at {
                    return;
                }
                let first = here.is_none();
                let own = view.sheet.as_ref().map(|sheet| sheet.at.clone());
                self.stations.try_update_value(|all| {
                    all.extend(view.sheets.iter().map(|line| (line.at.clone(), line.station.clone())));
                });
                self.fault.try_set(None);
                self.view.try_set(Some(view));
                if first {
                    self.at.try_set(own);
                }
                if self.now.try_get_untracked() == Some(None) {
                    self.begin();
                }
            }
            Err(error) if error.code == "signed-out" => self.close(Some(error)),
            // Sealing and unsealing give every entry another name, and a panel may be seated anew: the list on screen is of before.
            Err(error) if matches!(error.code.as_str(), "unknown-entry" | "not-your-sheet") && at.is_some() => {
                if here.as_ref() == at {
                    self.now.try_set(None);
                    self.at.try_set(None);
                    self.ask();
                }
            }
            Err(error) => {
                self.fault.try_set(Some(error));
            }
        }
    }

    /// The first field of a sheet that can be written on whose text was not saved, else the first missing one, gets the focus.
    fn begin(self) {
        let first = self.first_refused().or_else(|| self.first_missing()).or_else(|| self.fields().into_iter().next());
        if let Some(field) = first.filter(|_| self.writable()) {
            self.now.set(Some(field.clone()));
            // Once the page shows it: until then a field of the sheet before may have its name.
            request_animation_frame(move || {
                focus_on(&name(&field));
            });
        }
    }

    /// Reads the sheet on screen.
    pub fn sheet<T>(self, read: impl FnOnce(&DeskSheet) -> T) -> Option<T> {
        self.view.with(|view| view.as_ref().and_then(|view| view.sheet.as_ref()).map(read))
    }

    /// Reads an item of the sheet on screen.
    pub fn item<T>(self, id: &ItemId, read: impl FnOnce(&DeskItem) -> T) -> Option<T> {
        self.sheet(|sheet| sheet.items.iter().find(|item| item.rule.id == id.as_str()).map(read)).flatten()
    }

    /// Can the sheet be written on? Not while another is on its way: its fields have the same names, and a mark typed now would land there.
    pub fn writable(self) -> bool {
        let whole = self.view.with(|view| view.as_ref().is_some_and(|view| !view.looking && !view.locked));
        let at = self.at.get();
        whole
            && self.sheet(|sheet| sheet.state != SheetStage::Signed && Some(&sheet.at) == at.as_ref()).unwrap_or(false)
    }

    /// Every field of the sheet, in reading order.
    pub fn fields(self) -> Vec<Field> {
        let attempts = |item: &DeskItem| {
            let id = ItemId::from(item.rule.id.as_str());
            (1..=item.rule.attempt_count()).map(move |attempt| (id.clone(), attempt))
        };
        self.sheet(|sheet| sheet.items.iter().flat_map(attempts).collect()).unwrap_or_default()
    }

    /// What stands in a field: as typed, else as saved.
    pub fn text(self, field: &Field) -> String {
        let (id, attempt) = field;
        let typed = self.typed_in(field).map(|typed| typed.text().to_owned());
        typed.unwrap_or_else(|| {
            let saved = self.item(id, |item| {
                item.cells.get(usize::from(*attempt) - 1).map(|cell| cell.text.clone()).unwrap_or_default()
            });
            saved.unwrap_or_default()
        })
    }

    /// The first field that has to be marked and is not.
    pub fn first_missing(self) -> Option<Field> {
        let missing = |field: &Field| {
            let empty = self.text(field).is_empty();
            let (optional, again) =
                self.item(&field.0, |item| (item.optional, self.is_missing(&item.rule.id))).unwrap_or((true, false));
            (empty && !optional) || (again && self.typed_in(field).is_none())
        };
        self.fields().into_iter().find(missing)
    }

    /// The first field whose text was not saved.
    pub fn first_refused(self) -> Option<Field> {
        self.fields().into_iter().find(|field| matches!(self.typed_in(field), Some(Typed::Refused(..))))
    }

    fn is_missing(self, id: &str) -> bool {
        self.sheet(|sheet| sheet.missing.iter().any(|missing| missing.as_str() == id)).unwrap_or(false)
    }

    /// Gives a field of the sheet on screen the focus, at once: the next key may follow before the page is drawn again.
    pub fn focus(self, field: Field) {
        self.now.set(Some(field.clone()));
        let name = name(&field);
        if !focus_on(&name) {
            // A dialog is still open above it.
            request_animation_frame(move || {
                focus_on(&name);
            });
        }
    }

    /// The next sheet after the one on screen that is not signed.
    pub fn next_sheet(self) -> Option<DeskPlace> {
        let at = self.at.get_untracked();
        self.view.with_untracked(|view| {
            let sheets = &view.as_ref()?.sheets;
            let here = sheets.iter().position(|line| Some(&line.at) == at.as_ref()).unwrap_or_default();
            let after = sheets.iter().skip(here + 1).chain(sheets.iter().take(here));
            after.filter(|line| line.state != SheetStage::Signed).map(|line| line.at.clone()).next()
        })
    }
}

/// What the field is called on the page.
pub fn name((item, attempt): &Field) -> String {
    format!("desk-{item}-{attempt}")
}

/// Gives an element the focus; false when it did not take it.
pub fn focus_on(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| {
        element.focus().is_ok() && document().active_element().as_ref() == Some(element.unchecked_ref())
    })
}
