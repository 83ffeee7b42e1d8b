//! What the columns of the editor share: the draft, the part at hand, what is wrong.

use super::draft::Draft;
use super::parts::part_of;
use super::place::child;
use jiangsai_scoring::Fault;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;

/// Signals of the editor. Copies are the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The rulebook being edited.
    pub draft: RwSignal<Draft>,
    /// The place of the part at hand.
    pub part: RwSignal<String>,
    /// What is wrong with the rulebook.
    pub faults: Memo<Vec<Fault>>,
    /// What would break, and the place that waits to be deleted.
    pub leaving: RwSignal<Option<(String, Vec<Fault>)>>,
}

/// The desk of the page.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// A desk for a draft.
    pub fn new(draft: Draft) -> Self {
        let draft = RwSignal::new(draft);
        let desk = Self {
            draft,
            part: RwSignal::new(String::new()),
            faults: Memo::new(move |_| draft.with(Draft::faults)),
            leaving: RwSignal::new(None),
        };
        provide_context(desk);
        desk
    }

    /// Changes the document; false where the result is not in the grammar.
    pub fn edit(self, change: impl FnOnce(&mut Value) -> Option<()>) -> bool {
        self.change(None, change)
    }

    /// Changes the document while a person types at a place.
    pub fn type_at(self, path: &str, change: impl FnOnce(&mut Value) -> Option<()>) -> bool {
        self.change(Some(path), change)
    }

    fn change(self, typing: Option<&str>, change: impl FnOnce(&mut Value) -> Option<()>) -> bool {
        self.draft.try_update(|draft| draft.edit(typing, change).is_ok()).unwrap_or_default()
    }

    /// The value at a place, followed.
    pub fn at(self, path: &str) -> Option<Value> {
        self.draft.with(|draft| draft.value().pointer(path).cloned())
    }

    /// Is anything wrong at a place or below it?
    pub fn is_wrong(self, path: &str) -> bool {
        let below = child(path, "");
        self.faults.with(|faults| faults.iter().any(|fault| fault.path == path || fault.path.starts_with(&below)))
    }

    /// Takes a step back or does it again; a part that is gone is no longer at hand.
    pub fn step(self, back: bool) {
        self.draft.update(if back { Draft::undo } else { Draft::redo });
        let gone = self.draft.with_untracked(|draft| draft.value().pointer(&self.part.get_untracked()).is_none());
        if gone && !matches!(self.part.get_untracked().as_str(), "/statuses" | "/ranking") {
            self.part.set(String::new());
        }
    }

    /// Shows the part a place lies in, and puts the focus as near to the place as there is a field.
    pub fn go(self, path: &str) {
        self.part.set(part_of(path));
        let path = path.to_owned();
        request_animation_frame(move || focus_near(&path));
    }
}

fn focus_near(path: &str) {
    let mut path = path;
    while !path.is_empty() {
        let css = format!("[data-path=\"{}\"]", path.replace(['"', '\\'], ""));
        let found = document().query_selector(&css).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            element.scroll_into_view();
            // A place that cannot take the focus is still in sight.
            let _ = element.focus();
            return;
        }
        path = path.rsplit_once('/').map_or("", |(above, _)| above);
    }
}
