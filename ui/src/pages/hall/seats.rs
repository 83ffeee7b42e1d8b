//! Seats: 回避 for one entry with a 候补裁判, and a judge replaced for all that is still to mark.

use super::View;
use super::act::Act;
use crate::components::Choice;
use crate::i18n::{language, t};
use jiangsai_domain::command::hall::HallSeat;
use jiangsai_domain::ids::{EntryId, JudgeId, PanelId};
use jiangsai_domain::sheet::SeatChange;
use leptos::prelude::*;

/// What was changed, and the forms to change more.
pub(super) fn seats(view: View) -> impl IntoView {
    let [entry, panel, seat, by] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let first = || (String::new(), t("hall-choose"));
    let entries = view.entries();
    let panels = Signal::derive(move || {
        let panels = view.read(|hall| hall.panels.clone());
        let named = panels.into_iter().map(|(id, name, _)| (id.to_string(), name.get(&language()).to_owned()));
        std::iter::once(first()).chain(named).collect::<Vec<_>>()
    });
    let code = move |id: &JudgeId| {
        view.read(|hall| {
            hall.judges.iter().find(|(own, _)| own == id).map(|(_, code)| code.clone()).unwrap_or_default()
        })
    };
    let members = move || {
        let panel = panel.get();
        view.read(|hall| {
            hall.panels.iter().find(|(id, ..)| id.as_str() == panel).map(|(.., own)| own.clone()).unwrap_or_default()
        })
    };
    let seated = Signal::derive(move || {
        let named = members().into_iter().map(|id| (id.to_string(), code(&id)));
        std::iter::once(first()).chain(named).collect::<Vec<_>>()
    });
    let others = Signal::derive(move || {
        let members = members();
        let judges = view.read(|hall| hall.judges.clone());
        let free = judges.into_iter().filter(|(id, _)| !members.contains(id)).map(|(id, code)| (id.to_string(), code));
        std::iter::once((String::new(), t("hall-no-substitute"))).chain(free).collect::<Vec<_>>()
    });
    let chosen = move || !panel.get().is_empty() && !seat.get().is_empty();
    let recuse = move |_| {
        let (entry_id, own) = (EntryId::new(entry.get_untracked()), JudgeId::new(seat.get_untracked()));
        let substitute = Some(by.get_untracked()).filter(|by| !by.is_empty()).map(JudgeId::new);
        let station = untrack(|| entries.get()).into_iter().find(|(id, _)| *id == entry_id.to_string());
        let said = [station.map(|(_, shown)| shown).unwrap_or_default(), untrack(|| code(&own))];
        let panel = PanelId::new(panel.get_untracked());
        view.act.set(Some(Act::Seat(entry_id, panel, own, true, substitute, said)));
    };
    let replace = move |_| {
        let (own, by) = (JudgeId::new(seat.get_untracked()), JudgeId::new(by.get_untracked()));
        let said = untrack(|| [code(&own), code(&by)]);
        view.act.set(Some(Act::Replace(PanelId::new(panel.get_untracked()), own, by, said)));
    };
    view! {
        <section class="card pad" data-testid="hall-seats">
            <h2>{move || t("hall-seats")}</h2>
            <p class="sub">{move || t("hall-seats-about")}</p>
            <div class="fields">
                <Choice label="hall-panel" value=panel options=panels testid="hall-panel" />
                <Choice label="hall-seat" value=seat options=seated testid="hall-seat" />
                <Choice label="hall-substitute" value=by options=others testid="hall-substitute" />
                <Choice label="hall-entry" value=entry options=entries testid="hall-entry" />
            </div>
            <p class="actions">
                <button class="btn" data-testid="hall-recuse" prop:disabled=move || !chosen() || entry.get().is_empty() on:click=recuse>{move || t("hall-recuse")}</button>
                <button class="btn" data-testid="hall-replace" prop:disabled=move || !chosen() || by.get().is_empty() on:click=replace>{move || t("hall-replace")}</button>
            </p>
            {move || {
                let _ = language();
                let seats = view.read(|hall| hall.seats.clone());
                (!seats.is_empty()).then(|| view! {
                    <div class="scroll short" tabindex="0" role="region" aria-label=t("hall-seats")>
                        <table>
                            <thead><tr>
                                <th>{t("hall-session")}</th><th>{t("hall-station")}</th><th>{t("hall-seat")}</th><th>{t("hall-sitting")}</th>
                                <th>{t("hall-why")}</th><th>{t("reason")}</th><th><span class="sr-only">{t("hall-do")}</span></th>
                            </tr></thead>
                            <tbody>{seats.into_iter().map(|seat| row(view, seat)).collect_view()}</tbody>
                        </table>
                    </div>
                })
            }}
        </section>
    }
}

fn row(view: View, own: HallSeat) -> impl IntoView {
    let HallSeat { entry, session, station, panel, seat, judge, sitting, why, reason } = own;
    let said = t(match why {
        Some(SeatChange::Recusal) => "hall-why-recusal",
        Some(SeatChange::Replaced) => "hall-why-replaced",
        None => "hall-why-crossing",
    });
    let act = Act::Seat(entry, panel, seat, false, None, [station.clone(), judge.clone()]);
    let undo = why != Some(SeatChange::Replaced);
    view! {
        <tr>
            <td>{session}</td><th scope="row">{station}</th><td>{judge}</td>
            <td>{if sitting.is_empty() { t("hall-seat-empty") } else { sitting }}</td><td>{said}</td><td>{reason}</td>
            <td>{undo.then(|| view! { <button class="btn quiet" on:click=move |_| view.act.set(Some(act.clone()))>{t("hall-recuse-undo")}</button> })}</td>
        </tr>
    }
}
