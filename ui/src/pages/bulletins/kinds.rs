//! What can be published now, and why not.

use super::publish::Asked;
use crate::i18n::{message, t};
use jiangsai_domain::bulletin::BulletinKind;
use jiangsai_domain::command::bulletins::BulletinsView;
use leptos::prelude::*;

/// A card for each kind, in the order in which they are published.
pub fn kinds(view: RwSignal<Option<BulletinsView>>, asked: RwSignal<Option<Asked>>) -> AnyView {
    let one = move |kind: BulletinKind| {
        let id = kind.name();
        let why =
            Memo::new(move |_| view.with(|view| view.as_ref()?.kinds.iter().find(|(own, _)| *own == kind)?.1.clone()));
        let can = move || view.with(Option::is_some) && why.with(Option::is_none);
        view! {
            <li class="card pad">
                <h2>{move || t(&format!("bulletin-kind-{id}"))}</h2>
                <p class="sub">{move || t(&format!("bulletin-about-{id}"))}</p>
                <p class="sub" data-testid=format!("bulletin-why-{id}")>{move || why.get().map(|(key, args)| message(&key, &args))}</p>
                <p>
                    <button
                        class="btn"
                        class:primary=can
                        data-testid=format!("bulletin-new-{id}")
                        prop:disabled=move || !can()
                        on:click=move |_| asked.set(Some(Asked { kind, corrects: None }))
                    >
                        {move || t("bulletin-new")} <span class="sr-only">{move || t(&format!("bulletin-kind-{id}"))}</span>
                    </button>
                </p>
            </li>
        }
    };
    view! { <ol class="bulletin-kinds">{BulletinKind::ALL.into_iter().map(one).collect_view()}</ol> }.into_any()
}
