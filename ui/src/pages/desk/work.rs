//! The state of a desk: who is signed in, the sheet on screen, and marks on their way, one after the other so that no answer overtakes
//! another.

use crate::backend::call;
use crate::session::Session;
use jiangsai_domain::command::desk::{DeskItem, DeskMark, DeskPlace, DeskSheet, DeskView, SheetStage, ShowDesk};
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::ids::{CompetitionId, EventId, ItemId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, VecDeque};
use wasm_bindgen::JsCast;

/// A field of a sheet: item and attempt.
pub type Field = (ItemId, u16);

/// A mark on its way.
#[derive(Clone, Debug)]
struct Sending {
    at: DeskPlace,
    field: Field,
    text: String,
}

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
    /// Signing the sheet.
    Sign,
    /// A note beside an item.
    Note(ItemId),
    /// A fault of the list of an item; with the place of a red line that is asked about once more.
    Fault(ItemId, Option<usize>),
    /// 补时.
    ExtraTime,
    /// The contestant's word.
    Confirm,
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
    /// What is typed and not saved yet, on the sheet on screen.
    pub typed: RwSignal<BTreeMap<Field, Typed>>,
    /// The field with the focus.
    pub now: RwSignal<Option<Field>>,
    /// Marks on their way.
    pub waiting: RwSignal<usize>,
    /// What went wrong with the desk as a whole.
    pub fault: RwSignal<Option<WireError>>,
    /// What is asked about.
    pub asking: RwSignal<Option<Ask>>,
    queue: StoredValue<VecDeque<Sending>>,
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
            asking: RwSignal::new(None),
            queue: StoredValue::new(VecDeque::new()),
        }
    }

    /// Somebody is signed in.
    pub fn enter(self, token: String) {
        self.fault.set(None);
        self.token.set(Some(token));
    }

    /// Nobody is signed in any more.
    pub fn leave(self) {
        self.token.set(None);
        self.view.set(None);
        self.at.set(None);
        self.now.set(None);
        self.typed.set(BTreeMap::new());
        self.fault.set(None);
        self.asking.set(None);
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
        if self.waiting.get_untracked() > 0 {
            return;
        }
        let Some((competition, event, token)) = self.whose() else { return };
        let at = self.at.get_untracked();
        self.send(ShowDesk { competition, event, token, at: at.clone() }, at);
    }

    /// Goes to a sheet.
    pub fn go(self, at: DeskPlace) {
        let Some((competition, event, token)) = self.whose() else { return };
        self.typed.set(BTreeMap::new());
        self.now.set(None);
        self.at.set(Some(at.clone()));
        self.send(ShowDesk { competition, event, token, at: Some(at.clone()) }, Some(at));
    }

    /// Sends a request whose answer is the desk.
    pub fn send<C: Command<Reply = DeskView>>(self, command: C, at: Option<DeskPlace>) {
        spawn_local(async move {
            let answer = call(command).await;
            self.take(answer, at.as_ref());
        });
    }

    /// Takes an answer in, unless another sheet is on screen by now.
    fn take(self, answer: Result<DeskView, WireError>, at: Option<&DeskPlace>) {
        match answer {
            Ok(view) => {
                let here = self.at.try_get_untracked().flatten();
                if here.is_some() && here.as_ref() != at {
                    return;
                }
                let first = here.is_none();
                let own = view.sheet.as_ref().map(|sheet| sheet.at.clone());
                self.fault.try_set(None);
                self.view.try_set(Some(view));
                if first {
                    self.at.try_set(own);
                }
                if self.now.try_get_untracked() == Some(None) {
                    self.begin();
                }
            }
            Err(error) if error.code == "signed-out" => {
                self.leave();
                self.fault.try_set(Some(error));
            }
            Err(error) => {
                self.fault.try_set(Some(error));
            }
        }
    }

    /// The first missing field of a sheet that can be written on gets the focus.
    fn begin(self) {
        let first = self.first_missing().or_else(|| self.fields().into_iter().next());
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
    pub fn text(self, (id, attempt): &Field) -> String {
        let typed = self.typed.with(|typed| typed.get(&(id.clone(), *attempt)).map(|typed| typed.text().to_owned()));
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
            let typed = self.typed.with(|typed| typed.contains_key(field));
            (empty && !optional) || (again && !typed)
        };
        self.fields().into_iter().find(missing)
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

    /// Saves a text in a field; nothing when it is what stands.
    pub fn save(self, field: &Field, text: String) {
        let Some(at) = self.at.get_untracked() else { return };
        let fault = self.item(&field.0, |item| {
            jiangsai_scoring::input::parse_mark(&item.rule, &text)
                .err()
                .map(|fault| (format!("mark-fault-{}", fault.code().replace('_', "-")), fault.args()))
        });
        if let Some((key, mut args)) = fault.flatten() {
            args.push(("text".to_owned(), text.chars().take(12).collect()));
            self.typed.update(|typed| {
                typed.insert(field.clone(), Typed::Refused(text, Why::NotAMark(key, args)));
            });
            return;
        }
        self.typed.update(|typed| {
            typed.insert(field.clone(), Typed::Saving(text.clone()));
        });
        self.queue.update_value(|queue| queue.push_back(Sending { at, field: field.clone(), text }));
        self.waiting.update(|count| *count += 1);
        if self.waiting.get_untracked() == 1 {
            self.work_off();
        }
    }

    /// Sends what waits, one after the other.
    fn work_off(self) {
        spawn_local(async move {
            while let Some(next) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
                self.deliver(next).await;
                self.waiting.try_update(|count| *count = count.saturating_sub(1));
            }
        });
    }

    async fn deliver(self, Sending { at, field, text }: Sending) {
        let Some((competition, event, token)) = self.whose() else { return };
        let here = self.at.get_untracked().as_ref() == Some(&at);
        let current = untrack(|| {
            self.item(&field.0, |item| item.cells.get(usize::from(field.1) - 1).map(|cell| cell.current.clone()))
        });
        let replaces = current.flatten().filter(|_| here).unwrap_or_default();
        let mark = DeskMark {
            competition,
            event,
            token,
            at: at.clone(),
            item: field.0.clone(),
            attempt: field.1,
            text: text.clone(),
            replaces,
        };
        let answer = call(mark).await;
        let here = self.at.try_get_untracked().flatten().as_ref() == Some(&at);
        match answer {
            Ok(view) => {
                if here {
                    self.typed.try_update(|typed| {
                        if typed.get(&field) == Some(&Typed::Saving(text)) {
                            typed.remove(&field);
                        }
                    });
                }
                self.take(Ok(view), Some(&at));
            }
            Err(error) if here && error.code != "signed-out" => {
                self.typed.try_update(|typed| typed.insert(field, Typed::Refused(text, Why::Refused(error))));
            }
            Err(error) => self.take(Err(error), Some(&at)),
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
