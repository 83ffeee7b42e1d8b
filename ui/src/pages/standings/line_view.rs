//! The lines of a derivation on screen: foldable, with the marks that were left out struck through.

use super::reason;
use crate::i18n::{language, t, tx};
use jiangsai_domain::view::derivation::{Line, Piece};
use leptos::prelude::*;

/// Everything below the total.
pub fn tree(line: &Line) -> AnyView {
    let language = language();
    view! { <ul class="why-tree">{line.parts.iter().map(|part| step(part, &language, 0)).collect::<Vec<_>>()}</ul> }
        .into_any()
}

/// How the total was put together, or its name.
pub fn formula(line: &Line) -> AnyView {
    let formulas: Vec<String> = line
        .how
        .iter()
        .filter_map(|piece| if let Piece::Formula(formula) = piece { Some(formula.clone()) } else { None })
        .collect();
    if formulas.is_empty() {
        return view! { <span>{t("why-total")}</span> }.into_any();
    }
    let rest = line.how.iter().filter(|piece| !matches!(piece, Piece::Formula(_))).map(say).collect::<Vec<_>>();
    let formulas =
        formulas.into_iter().map(|formula| view! { <span class="given">{formula}</span> " " }).collect_view();
    view! { {formulas} <small class="how">{rest}</small> }.into_any()
}

fn step(line: &Line, language: &str, depth: usize) -> AnyView {
    let name = line.called(language);
    let value = match &line.value {
        Ok(value) => value.clone(),
        Err(missing) => t(missing),
    };
    let max = (!line.max.is_empty() && line.value.is_ok())
        .then(|| view! { <span class="of">{tx("why-of-max", &[("max", &line.max)])}</span> });
    let how = (!line.how.is_empty()).then(|| {
        view! { <span class="how">{line.how.iter().map(say).collect::<Vec<_>>()}</span> }
    });
    let id = format!("why-{}", line.node);
    let said = view! { <span>{name}</span><span class="value">{value} " " {max}</span>{how} };
    if line.parts.is_empty() {
        return view! { <li class="why-step" data-testid=id><div class="leaf">{said}</div></li> }.into_any();
    }
    let parts = line.parts.iter().map(|part| step(part, language, depth + 1)).collect::<Vec<_>>();
    view! {
        <li class="why-step" data-testid=id>
            <details open=depth == 0>
                <summary>{said}</summary>
                <ul>{parts}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn say(piece: &Piece) -> AnyView {
    match piece {
        Piece::Mark { judge, text, left_out: false } => {
            view! { <span class="given" title=tx("why-judge", &[("judge", judge)])>{text.clone()} " "</span> }
                .into_any()
        }
        Piece::Mark { judge, text, left_out: true } => view! {
            <s title=format!("{} · {}", tx("why-judge", &[("judge", judge)]), t("why-left-out"))>{text.clone()}</s> " "
        }
        .into_any(),
        Piece::Say(why) => view! { <span class="then">{reason(why)}</span> " " }.into_any(),
        Piece::Formula(formula) => view! { <span class="given formula">{formula.clone()}</span> " " }.into_any(),
    }
}
