//! The frame: bar, navigation, one page, and a foot that always says where the data is.

use crate::backend::{call, looked_at};
use crate::components::{AccountMark, SignedInMark, SyncLine};
use crate::door;
use crate::gate::Gate;
use crate::i18n::{self, lang, speak, t, tx, wire_error};
use crate::pages;
use crate::session::{PAGES, Page, Session};
use crate::theme;
use jiangsai_domain::command::competition::Counts;
use jiangsai_domain::command::people::SignInView;
use jiangsai_domain::command::start::SetLanguage;
use jiangsai_locales::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// The whole interface, where one comes in from elsewhere behind its door.
#[component]
pub fn App() -> impl IntoView {
    theme::apply(&theme::chosen());
    if door::is_there() { view! { <Gate /> }.into_any() } else { view! { <Inside /> }.into_any() }
}

/// What is behind the door, or stands open.
#[component]
pub fn Inside() -> impl IntoView {
    let session = Session::begin();
    // A judge's desk has no navigation: only the task.
    let wall = move || session.page.get() == Page::Wall;
    // Until then nobody knows whether this computer shows the desk alone.
    let known = Memo::new(move |_| {
        looked_at().is_some() || session.status.with(Option::is_some) || session.fault.with(Option::is_some)
    });
    let inside = move || {
        session.competition.get().is_some() && session.page.get() != Page::Desk && !wall() && !session.is_shut()
    };
    let shut = Memo::new(move |_| session.is_shut());
    Effect::new(move |_| {
        let title = session.home.with(|home| home.as_ref().map(|home| home.title.clone()));
        let page = title.is_some().then(|| t(&format!("nav-{}", session.page.get().name())));
        let parts: Vec<String> = page.into_iter().chain(title).chain([t("app-name")]).collect();
        document().set_title(&parts.join(" · "));
    });
    Effect::new(move |before: Option<Page>| {
        let page = session.page.get();
        if before.is_some_and(|before| before != page) {
            to_top();
        }
        page
    });
    view! {
        <div class="app" class:bare=move || !inside() class:alone=wall>
            <a class="skip" href="#main" on:click=move |event| {
                event.prevent_default();
                skip();
            }>{move || t("skip-to-page")}</a>
            <Show when=move || !wall()>{bar(session)}</Show>
            <Show when=inside>{move || navigation(session)}</Show>
            <main id="main" tabindex="-1" data-page=move || session.page.get().name()>
                {move || session.fault.get().map(|error| view! {
                    <Show when=move || session.home.with(Option::is_none)><h1>{move || t("fault-title")}</h1></Show>
                    <p class="marks-banner bad" role="alert" data-testid="fault">{move || wire_error(&error)} <a href="#/">{move || t("start-back")}</a></p>
                })}
                {move || known.get().then(|| if shut.get() { view! { <pages::sign_in::SignInPage /> }.into_any() } else { page(session) })}
            </main>
            <Show when=move || !wall()>{foot(session)}</Show>
            <div role="status" aria-live="polite">
                {move || session.toast.get().map(|words| view! { <p class="toast" data-testid="toast">{words()}</p> })}
            </div>
        </div>
    }
}

fn main_element() -> Option<web_sys::HtmlElement> {
    document().get_element_by_id("main")?.dyn_into().ok()
}

/// A page begins at its top, wherever one was on the page before. Where the window is narrow it scrolls, and not the page in it.
fn to_top() {
    if let Some(main) = main_element() {
        main.set_scroll_top(0);
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Brings the keyboard past the navigation.
fn skip() {
    if let Some(main) = main_element() {
        // A page that cannot take the keyboard leaves it where it was.
        let _ = main.focus();
    }
}

fn page(session: Session) -> AnyView {
    match session.page.get() {
        Page::Start => view! { <pages::start::StartPage /> }.into_any(),
        Page::Backups => view! { <pages::backups::BackupsPage /> }.into_any(),
        Page::Exchange => view! { <pages::exchange::ExchangePage /> }.into_any(),
        Page::Headquarters => view! { <pages::headquarters::HeadquartersPage /> }.into_any(),
        Page::Account => view! { <pages::account::AccountPage /> }.into_any(),
        Page::Home => view! { <pages::home::HomePage /> }.into_any(),
        Page::Settings => view! { <pages::settings::SettingsPage /> }.into_any(),
        Page::Rules => view! { <pages::rules::RulesPage /> }.into_any(),
        Page::Registration => view! { <pages::registration::RegistrationPage /> }.into_any(),
        Page::Draw => view! { <pages::draw::DrawPage /> }.into_any(),
        Page::People => view! { <pages::people::PeoplePage /> }.into_any(),
        Page::Judges => view! { <pages::judges::JudgesPage /> }.into_any(),
        Page::Marks => view! { <pages::marks::MarksPage /> }.into_any(),
        Page::Recheck => view! { <pages::recheck::RecheckPage /> }.into_any(),
        Page::Paper => view! { <pages::paper::PaperPage /> }.into_any(),
        Page::Desk => view! { <pages::desk::DeskPage /> }.into_any(),
        Page::Hall => view! { <pages::hall::HallPage /> }.into_any(),
        Page::Standings => view! { <pages::standings::StandingsPage /> }.into_any(),
        Page::Finalise => view! { <pages::finalise::FinalisePage /> }.into_any(),
        Page::Bulletins => view! { <pages::bulletins::BulletinsPage /> }.into_any(),
        Page::Screen => view! { <pages::screen::ScreenPage /> }.into_any(),
        Page::Wall => view! { <pages::wall::WallPage /> }.into_any(),
        Page::Documents => view! { <pages::documents::DocumentsPage /> }.into_any(),
        Page::Findings => view! { <pages::findings::FindingsPage /> }.into_any(),
        Page::History => view! { <pages::history::HistoryPage /> }.into_any(),
    }
}

fn bar(session: Session) -> impl IntoView {
    let keep = move |()| {
        let language = lang().tag().to_owned();
        spawn_local(async move {
            if let Err(error) = call(SetLanguage { language }).await {
                session.say(move || wire_error(&error));
            }
        });
    };
    let title = move || session.home.with(|home| home.as_ref().map(|home| home.title.clone()));
    let synthetic = move || session.home.with(|home| home.as_ref().is_some_and(|home| home.synthetic));
    view! {
        <header class="bar">
            <Show when=move || session.closed().is_none() fallback=move || view! { <span class="mark">{move || t("app-name")}</span> }>
                <a class="mark" href="#/" data-testid="nav-start">{move || t("app-name")}</a>
            </Show>
            <span class="where" data-testid="bar-title" title=title>{title}</span>
            <Show when=synthetic><span class="tag plain">{move || t("synthetic")}</span></Show>
            <span class="push">
                {move || who(session)}
                {door::is_there().then(|| view! { <AccountMark /> })}
                <Choices keep=Callback::new(keep) />
            </span>
        </header>
    }
}

/// How the interface looks, and which language it speaks.
#[component]
pub fn Choices(
    /// Keeps the language at the computer that serves the interface; a browser elsewhere keeps it by itself.
    keep: Callback<()>,
) -> impl IntoView {
    let switch = move |_| {
        let to = match lang() {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        speak(to);
        if door::is_there() { i18n::keep(to) } else { keep.run(()) }
    };
    view! {
        <label>
            <span class="sr-only">{move || t("theme")}</span>
            <select data-testid="theme" on:change=move |event| theme::choose(&event_target_value(&event))>
                {move || theme::THEMES.into_iter().map(|name| view! {
                    <option value=name selected=theme::chosen() == name>{t(&format!("theme-{name}"))}</option>
                }).collect_view()}
            </select>
        </label>
        <button class="btn" data-testid="language" on:click=switch>{move || t("switch-language")}</button>
    }
}

/// Who is signed in; or that one person holds every role here.
fn who(session: Session) -> AnyView {
    let people = session.people.get();
    let alone = session.status.with(|status| status.as_ref().is_none_or(|status| status.operator_mode));
    match people {
        Some(SignInView { on: true, me: Some(me), .. }) => view! { <SignedInMark me=me /> }.into_any(),
        Some(SignInView { on: true, .. }) => ().into_any(),
        None if !alone => ().into_any(),
        _ => view! { <span class="tag plain" data-testid="operator-mode" title=t("operator-mode-about")>{t("operator-mode")}</span> }.into_any(),
    }
}

fn navigation(session: Session) -> impl IntoView {
    // Of public facts alone there is nothing to count.
    let counts =
        move || session.home.with(|home| home.as_ref().filter(|home| !home.public).map(|home| home.counts.clone()));
    let line = move |page: Page| {
        let own = move || session.page.get() == page;
        let count = move || counts().and_then(|counts| count(page, &counts));
        view! {
            <a
                href=move || crate::session::link(page.name())
                data-testid=format!("nav-{}", page.name())
                aria-current=move || own().then_some("page")
            >
                <span>{move || t(&format!("nav-{}", page.name()))}</span>
                {move || count().map(|(text, due)| view! { <span class="count" class:due=due>{text}</span> })}
            </a>
        }
    };
    view! { <nav class="nav" aria-label=move || t("navigation")>{PAGES.into_iter().map(line).collect_view()}</nav> }
}

/// What a line of the navigation counts, and whether somebody has to do something about it.
fn count(page: Page, counts: &Counts) -> Option<(String, bool)> {
    let due = |key: &str, number: u32| (number > 0).then(|| (tx(key, &[("count", &number.to_string())]), true));
    match page {
        Page::Registration => {
            due("nav-unnumbered", counts.unnumbered).or_else(|| Some((counts.entries.to_string(), false)))
        }
        Page::Judges => Some((counts.judges.to_string(), false)),
        Page::Marks if counts.entries > 0 => due("nav-unmarked", counts.unmarked),
        Page::Rules => due("nav-parameters", counts.parameters),
        Page::Findings => due("nav-findings-count", counts.findings),
        Page::Standings => due("nav-undecided", counts.undecided),
        _ => None,
    }
}

fn foot(session: Session) -> impl IntoView {
    let facts = move || session.home.with(|home| home.as_ref().map(|home| home.counts.facts));
    // Somebody elsewhere cannot go there.
    let is_here = !door::is_there();
    let place =
        move || session.status.with(|status| status.as_ref().filter(|_| is_here).map(|status| status.data_dir.clone()));
    view! {
        <footer class="foot">
            {move || match session.refused.get() {
                0 => view! { <span data-testid="foot-saved"><i class="dot"></i>{move || t(if door::is_there() { "door-foot-saved" } else { "foot-saved" })}</span> }.into_any(),
                count => view! {
                    <span class="wrong-text" data-testid="foot-not-saved"><i class="dot warn"></i>{move || tx("foot-not-saved", &[("count", &count.to_string())])}</span>
                }.into_any(),
            }}
            <SyncLine/>
            {move || facts().map(|facts| view! { <span>{move || tx("foot-facts", &[("count", &facts.to_string())])}</span> })}
            <span class="push" title=place>{move || place().map(|place| tx("foot-place", &[("place", &place)]))}</span>
        </footer>
    }
}
