//! The marks of a panel on one item, the widest apart first, whether the rules limit that or not; anybody's can be asked for again.

use super::View;
use super::act::Act;
use crate::backend::call;
use crate::components::Choice;
use crate::i18n::{language, t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::panel::{PanelMark, PanelMarks, PanelRow, ShowPanelMarks};
use jiangsai_domain::ids::ItemId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The choice of an item, and its marks.
pub(super) fn panel(view: View) -> impl IntoView {
    let session = use_session();
    let item = RwSignal::new(String::new());
    let shown = RwSignal::new(None::<PanelMarks>);
    let fault = RwSignal::new(None::<WireError>);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let _ = session.revision.get();
        let id = item.get();
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else { return };
        if id.is_empty() {
            shown.set(None);
            return;
        }
        spawn_local(async move {
            let answer = call(ShowPanelMarks { competition, event, item: ItemId::new(id) }).await;
            // Another item is chosen by now.
            if asked.try_get_value() != Some(turn) {
                return;
            }
            fault.try_set(answer.as_ref().err().cloned());
            shown.try_set(answer.ok());
        });
    });
    let items = Signal::derive(move || {
        let named = view.read(|hall| hall.panel_items.clone()).into_iter().map(|(id, name, limit)| {
            let limit =
                if limit.is_empty() { t("hall-no-limit") } else { tx("hall-limit", &[("limit", limit.as_str())]) };
            let shown = format!("{id} {}（{limit}）", name.get(&language()));
            (id.to_string(), shown)
        });
        std::iter::once((String::new(), t("hall-choose"))).chain(named).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || view.read(|hall| !hall.panel_items.is_empty())>
            <section class="card pad" data-testid="hall-panel-marks">
                <h2>{move || t("hall-panel-marks")}</h2>
                <p class="sub">{move || t("hall-panel-about")}</p>
                <div class="fields"><Choice label="hall-item" value=item options=items testid="hall-panel-item" /></div>
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> })}
                {move || { let _ = language(); shown.get().map(|shown| table(view, ItemId::new(item.get_untracked()), shown)) }}
            </section>
        </Show>
    }
}

fn table(view: View, item: ItemId, shown: PanelMarks) -> AnyView {
    let said = shown.limit.is_empty().then(|| view! { <p data-testid="hall-no-limit">{t("hall-no-limit")}</p> });
    if shown.rows.is_empty() {
        return view! { {said}<p class="sub">{t("hall-panel-none")}</p> }.into_any();
    }
    let rows = shown.rows.into_iter().map(|own| row(view, &item, own)).collect_view();
    view! {
        {said}
        <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-panel-marks")>
            <table>
                <thead><tr>
                    <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th class="num">{t("hall-apart")}</th>
                    <th>{t("hall-marks")}</th><th>{t("hall-check")}</th><th><span class="sr-only">{t("hall-do")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(view: View, item: &ItemId, own: PanelRow) -> impl IntoView + use<> {
    let PanelRow { entry, session, station, attempt, spread, marked, marks } = own;
    let far: Vec<String> = marks.iter().filter(|mark| mark.farthest).map(|mark| mark.code.clone()).collect();
    let said = if marked < 3 {
        tx("hall-farthest-not-possible", &[("count", &marked.to_string())])
    } else if far.is_empty() {
        t("hall-farthest-nobody")
    } else {
        tx("hall-farthest", &[("judge", &far.join(" "))])
    };
    let place = if attempt > 1 { format!("{station}·{attempt}") } else { station.clone() };
    let whole = Act::Rescore(entry.clone(), item.clone(), Vec::new(), false, station.clone());
    let testid = format!("hall-again-{station}-{item}");
    let item = item.clone();
    let given = marks.into_iter().map(move |mark| {
        let PanelMark { judge, code, text, farthest } = mark;
        let none = text.is_empty();
        let act = Act::Rescore(entry.clone(), item.clone(), vec![judge], false, format!("{station} {code}"));
        let testid = format!("hall-again-{station}-{item}-{code}");
        let label = tx("hall-rescore-one", &[("judge", &code)]);
        let said = format!("{label} {text}");
        view! {
            <button class="btn quiet hall-mark" class:farthest=farthest data-testid=testid title=label aria-label=said prop:disabled=none on:click=move |_| view.act.set(Some(act.clone()))>
                <small>{code}</small> " " <b class="num">{if none { "·".to_owned() } else { text }}</b>
            </button>
        }
    });
    view! {
        <tr>
            <td>{session}</td><th scope="row">{place}</th><td class="num">{spread}</td><td>{given.collect_view()}</td><td><span class="sub">{said}</span></td>
            <td><button class="btn quiet" data-testid=testid on:click=move |_| view.act.set(Some(whole.clone()))>{t("hall-rescore")}</button></td>
        </tr>
    }
}
