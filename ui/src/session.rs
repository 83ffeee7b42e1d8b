//! Where one is: which competition, which event, which page; and what the frame shows of it.

use crate::backend::{call, looked_at, on_change};
use crate::door;
use crate::signed_in::{follow_lapses, keep};
use jiangsai_domain::command::competition::{Home, HomePage};
use jiangsai_domain::command::files::DocumentKind;
use jiangsai_domain::command::headquarters::NODES;
use jiangsai_domain::command::people::{ShowSignIn, SignInView, StaySignedIn};
use jiangsai_domain::command::start::{AppStatus, Status};
use jiangsai_domain::command::sync::SYNC;
use jiangsai_domain::command::{ANYTHING, WireError};
use jiangsai_domain::ids::{CompetitionId, EventId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// A word that passes: made anew where another language is chosen.
pub type Words = Arc<dyn Fn() -> String + Send + Sync>;

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The list of competitions.
    #[default]
    Start,
    /// Backups of this computer.
    Backups,
    /// The computer above, and what is carried in files.
    Exchange,
    /// All competitions here, and the computers below.
    Headquarters,
    /// The account with which one came in from elsewhere.
    Account,
    /// The checklist of a competition.
    Home,
    /// Settings.
    Settings,
    /// The rulebook.
    Rules,
    /// Entries.
    Registration,
    /// Draws and sealing.
    Draw,
    /// Who works here.
    People,
    /// Judges and panels.
    Judges,
    /// The grid.
    Marks,
    /// Paper sheets.
    Paper,
    /// The judge's desk.
    Desk,
    /// The chief judge's view.
    Hall,
    /// What somebody has to see or settle.
    Findings,
    /// Standings.
    Standings,
    /// Finalising.
    Finalise,
    /// The re-check of results.
    Recheck,
    /// What is published.
    Bulletins,
    /// The control of the big screen.
    Screen,
    /// The big screen itself.
    Wall,
    /// Printing.
    Documents,
    /// Who did what.
    History,
}

/// Pages of a competition in the order of the navigation.
pub const PAGES: [Page; 19] = [
    Page::Home,
    Page::Rules,
    Page::Registration,
    Page::Draw,
    Page::Judges,
    Page::Marks,
    Page::Paper,
    Page::Desk,
    Page::Hall,
    Page::Findings,
    Page::Standings,
    Page::Recheck,
    Page::Finalise,
    Page::Bulletins,
    Page::Screen,
    Page::Documents,
    Page::History,
    Page::People,
    Page::Settings,
];

impl Page {
    /// Its name in addresses, test ids and locale keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Backups => "backups",
            Self::Exchange => "exchange",
            Self::Headquarters => "headquarters",
            Self::Account => "account",
            Self::Home => "home",
            Self::Settings => "settings",
            Self::Rules => "rules",
            Self::Registration => "registration",
            Self::Draw => "draw",
            Self::People => "people",
            Self::Judges => "judges",
            Self::Marks => "marks",
            Self::Paper => "paper",
            Self::Desk => "desk",
            Self::Hall => "hall",
            Self::Findings => "findings",
            Self::Standings => "standings",
            Self::Recheck => "recheck",
            Self::Finalise => "finalise",
            Self::Bulletins => "bulletins",
            Self::Screen => "screen",
            Self::Wall => "wall",
            Self::Documents => "documents",
            Self::History => "history",
        }
    }

    /// The page of a name; a phase of the home page names the page it is done on.
    pub fn named(name: &str) -> Self {
        match name {
            "rulebook" | "parameters" => Self::Rules,
            "numbers" => Self::Draw,
            "scoring" => Self::Marks,
            "print" => Self::Documents,
            // Not in the navigation: it has a window of its own.
            "wall" => Self::Wall,
            _ => PAGES.into_iter().find(|page| page.name() == name).unwrap_or(Self::Home),
        }
    }
}

/// Changes that come within so many milliseconds are looked at together: a hall full of desks saves many marks a second.
const CLOSELY: u64 = 300;

/// How often ages on a page are looked at again.
const TICK: std::time::Duration = std::time::Duration::from_secs(10);

/// Whoever is signed in and uses keys or pointer is said to be there once in so many milliseconds.
const THERE: u64 = 5 * 60_000;

/// Signals of the frame. Copies are the same.
#[derive(Clone, Copy)]
pub struct Session {
    /// The competition, unless at the start.
    pub competition: RwSignal<Option<CompetitionId>>,
    /// Its event.
    pub event: RwSignal<Option<EventId>>,
    /// The event that the address of a big screen names: it shows that one alone.
    pub screened: RwSignal<Option<EventId>>,
    /// The page.
    pub page: RwSignal<Page>,
    /// Counts up when the competition changes, here or elsewhere.
    pub revision: RwSignal<u32>,
    /// What changed last, wherever it is: the id of a competition, [`NODES`], [`SYNC`], or nothing (or [`ANYTHING`]) where anything may have
    /// changed. It is set anew every time.
    pub heard: RwSignal<String>,
    /// Milliseconds by the clock of this computer, every ten seconds: ages go on by it.
    pub clock: RwSignal<u64>,
    /// The installation.
    pub status: RwSignal<Option<Status>>,
    /// The home page of the competition, from which the navigation takes its counts.
    pub home: RwSignal<Option<HomePage>>,
    /// Whether people sign in in the competition, and who is signed in.
    pub people: RwSignal<Option<SignInView>>,
    /// Why nothing can be shown.
    pub fault: RwSignal<Option<WireError>>,
    /// The document that another page wants the page for prints to open.
    pub document: RwSignal<Option<DocumentKind>>,
    /// A word that passes.
    pub toast: RwSignal<Option<Words>>,
    /// Asked before another address is followed, by whatever way it came about; true where one stays.
    pub hold: RwSignal<Option<Callback<String, bool>>>,
    /// How many texts of the page were not saved: the foot says so.
    pub refused: RwSignal<usize>,
    /// This was a big screen on another computer, and is none any more.
    pub ended: RwSignal<bool>,
    /// The address that is followed.
    address: RwSignal<String>,
}

/// Does a word of changes say that some competition changed, or that anything may have?
pub fn is_of_competitions(word: &str) -> bool {
    word != NODES && word != SYNC
}

/// Does a word of changes say `what`, or that anything may have changed?
pub fn says(word: &str, what: &str) -> bool {
    word == what || word.is_empty() || word == ANYTHING
}

/// The session of the page.
pub fn use_session() -> Session {
    expect_context::<Session>()
}

/// Address of a page of the present competition.
pub fn link(page: &str) -> String {
    let id = use_session().competition.get();
    id.map_or_else(|| "#/".to_owned(), |id| format!("#/c/{id}/{}", Page::named(page).name()))
}

/// Goes to an address.
pub fn go(address: &str) {
    // An address that cannot be set leaves one where one is.
    let _ = window().location().set_hash(address);
}

impl Session {
    /// Begins a session: reads the address, asks how the installation is, listens for changes.
    pub fn begin() -> Self {
        let session = Self {
            competition: RwSignal::new(None),
            event: RwSignal::new(None),
            screened: RwSignal::new(None),
            page: RwSignal::new(Page::Start),
            revision: RwSignal::new(0),
            heard: RwSignal::new(String::new()),
            clock: RwSignal::new(crate::time::now()),
            status: RwSignal::new(None),
            home: RwSignal::new(None),
            people: RwSignal::new(None),
            fault: RwSignal::new(None),
            document: RwSignal::new(None),
            toast: RwSignal::new(None),
            hold: RwSignal::new(None),
            refused: RwSignal::new(0),
            ended: RwSignal::new(false),
            address: RwSignal::new(String::new()),
        };
        provide_context(session);
        session.follow_address();
        let moved = window_event_listener(leptos::ev::hashchange, move |_| session.follow_address());
        on_cleanup(move || moved.remove());
        session.listen();
        if let Ok(ticks) = set_interval_with_handle(move || session.clock.set(crate::time::now()), TICK) {
            on_cleanup(move || ticks.clear());
        }
        if looked_at().is_some() {
            // Nothing is asked but what is on the screen. The page came in the language of the computer that shows it.
            let told = document().document_element().and_then(|root| root.get_attribute("lang"));
            if let Some(lang) = told.and_then(|told| told.parse().ok()) {
                crate::i18n::speak(lang);
            }
            return session;
        }
        spawn_local(async move {
            match call(AppStatus {}).await {
                Ok(status) => {
                    // A browser elsewhere has a language of its own.
                    if !door::is_there()
                        && let Ok(lang) = status.language.parse()
                    {
                        crate::i18n::speak(lang);
                    }
                    session.status.set(Some(status));
                    session.follow_address();
                }
                Err(error) => session.fault.set(Some(error)),
            }
        });
        Effect::new(move |_| {
            session.revision.track();
            let Some(competition) = session.competition.get() else {
                session.home.set(None);
                return;
            };
            spawn_local(async move {
                match call(Home { competition: competition.clone() }).await {
                    Ok(home) if session.competition.get_untracked() == Some(competition) => {
                        let first = home.events.first().map(|(id, _)| id.clone());
                        if session.event.get_untracked().is_none() {
                            session.event.set(first);
                        }
                        session.fault.set(None);
                        session.home.set(Some(home));
                    }
                    Ok(_) => {}
                    // The page asks to sign in.
                    Err(error) if error.code == "sign-in-needed" => session.home.set(None),
                    Err(error) => session.fault.set(Some(error)),
                }
            });
        });
        session.follow_people();
        // What changed while nobody was signed in.
        Effect::new(move |before: Option<u32>| {
            let returns = door::follow_returns();
            if before.is_some_and(|before| before != returns) {
                session.revision.update(|revision| *revision += 1);
            }
            returns
        });
        session
    }

    /// Asks who is signed in, and again whenever that may have changed.
    fn follow_people(self) {
        Effect::new(move |_| {
            self.revision.track();
            follow_lapses();
            let Some(competition) = self.competition.get() else {
                self.people.set(None);
                return;
            };
            spawn_local(async move {
                let Ok(found) = call(ShowSignIn { competition: competition.clone() }).await else { return };
                if self.competition.get_untracked() != Some(competition) {
                    return;
                }
                // A judge's desk asks for an event, and nobody else may be signed in there.
                if found.on && self.event.get_untracked().is_none() {
                    self.event.set(found.events.first().map(|(id, _)| id.clone()));
                }
                if self.people.with_untracked(|people| people.as_ref() != Some(&found)) {
                    self.people.set(Some(found));
                }
            });
        });
        let last = StoredValue::new(0_u64);
        let there = move || {
            let signed_in = self.people.with_untracked(|people| people.as_ref().is_some_and(|own| own.me.is_some()));
            let now = crate::time::now();
            let Some(competition) = self.competition.get_untracked().filter(|_| signed_in) else { return };
            if now.abs_diff(last.get_value()) < THERE {
                return;
            }
            last.set_value(now);
            // What is asked next says it if nobody is signed in any more.
            spawn_local(async move { drop(call(StaySignedIn { competition }).await) });
        };
        let typed = window_event_listener(leptos::ev::keydown, move |_| there());
        let pointed = window_event_listener(leptos::ev::pointerdown, move |_| there());
        on_cleanup(move || {
            typed.remove();
            pointed.remove();
        });
    }

    /// People sign in in this competition, and nobody is signed in here: only a desk and the big screen, which ask in their own ways, are shown.
    pub fn is_shut(self) -> bool {
        let on = self.people.with(|people| people.as_ref().is_some_and(|own| own.on && own.me.is_none()));
        on && self.competition.with(Option::is_some) && !matches!(self.page.get(), Page::Desk | Page::Wall)
    }

    /// Somebody signed in, or out.
    pub fn sign(self, competition: &CompetitionId, token: Option<&str>) {
        keep(competition.as_str(), token);
        self.revision.update(|revision| *revision += 1);
    }

    /// The competition whose desk alone is shown on this computer.
    pub fn closed(self) -> Option<CompetitionId> {
        self.status.with(|status| status.as_ref().and_then(|status| status.closed.clone()))
    }

    /// Closes this computer to everything but the desk of a competition, or opens it again, as the application just did.
    pub fn close(self, to: Option<CompetitionId>) {
        self.status.update(|status| {
            if let Some(status) = status {
                status.closed = to;
            }
        });
        self.follow_address();
    }

    /// Counts changes up as word of them comes: the first at once, those that follow closely together.
    fn listen(self) {
        let (last, waits) = (StoredValue::new(None::<u64>), StoredValue::new(false));
        let now = || js_sys::Date::now() as u64;
        let count = move || {
            last.set_value(Some(now()));
            self.revision.update(|revision| *revision += 1);
        };
        let changed = move |id: String| {
            self.heard.set(id.clone());
            let own = self.competition.get_untracked().is_some_and(|own| own.as_str() == id);
            if !(own || id.is_empty() || id == ANYTHING) || waits.get_value() {
                return;
            }
            // A clock that was set back is none to wait by.
            let since = last.get_value().and_then(|last| now().checked_sub(last));
            let Some(left) = since.and_then(|since| CLOSELY.checked_sub(since)) else { return count() };
            waits.set_value(true);
            let later = move || {
                waits.set_value(false);
                count();
            };
            set_timeout(later, std::time::Duration::from_millis(left));
        };
        on_change(changed, move || self.ended.set(true));
    }

    /// `#/` is the start, `#/backups`, `#/exchange`, `#/headquarters` and `#/account` pages of this computer, `#/c/ID/PAGE` a page of a competition, `#/c/ID/wall/EVENT`
    /// the big screen of one event. A computer that is closed shows the desk alone.
    fn follow_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        let here = self.address.get_untracked();
        if hash != here && self.hold.get_untracked().is_some_and(|hold| hold.run(hash.clone())) {
            // The way back of the browser has already gone there.
            go(&here);
            return;
        }
        self.address.set(hash.clone());
        let mut parts = hash.trim_start_matches('#').split('/').filter(|part| !part.is_empty());
        let (competition, page) = match (parts.next(), parts.next(), parts.next()) {
            (Some("c"), Some(id), page) => (Some(CompetitionId::new(id)), Page::named(page.unwrap_or("home"))),
            (Some("backups"), ..) => (None, Page::Backups),
            (Some("exchange"), ..) => (None, Page::Exchange),
            (Some("headquarters"), ..) => (None, Page::Headquarters),
            (Some("account"), ..) if door::is_there() => (None, Page::Account),
            _ => (None, Page::Start),
        };
        // A big screen on another computer is nothing else.
        let page = if looked_at().is_some() { Page::Wall } else { page };
        let elsewhere = |closed: &CompetitionId| competition.as_ref() != Some(closed) || page != Page::Desk;
        let (competition, page) = match untrack(|| self.closed()).filter(elsewhere) {
            Some(closed) => {
                go(&format!("#/c/{closed}/{}", Page::Desk.name()));
                (Some(closed), Page::Desk)
            }
            None => (competition, page),
        };
        let screened = parts.next().filter(|_| page == Page::Wall).map(EventId::new);
        if self.screened.get_untracked() != screened {
            self.screened.set(screened);
        }
        if self.competition.get_untracked() != competition {
            // A screen needs to know of no event to show the one that was put there.
            self.event.set(looked_at().map(|_| EventId::default()));
            self.home.set(None);
            self.competition.set(competition);
        }
        if self.page.get_untracked() != page {
            self.page.set(page);
        }
    }

    /// Says a word that passes, in the language that is chosen while it stands there.
    pub fn say(self, words: impl Fn() -> String + Send + Sync + 'static) {
        let words: Words = Arc::new(words);
        self.toast.set(Some(Arc::clone(&words)));
        set_timeout(
            move || {
                // What was said after it has its own time.
                let own = |said: &Option<Words>| said.as_ref().is_some_and(|said| Arc::ptr_eq(said, &words));
                let stands = self.toast.try_with_untracked(own);
                if stands == Some(true) {
                    self.toast.set(None);
                }
            },
            std::time::Duration::from_secs(6),
        );
    }
}
