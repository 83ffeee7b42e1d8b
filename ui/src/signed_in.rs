//! Who is signed in in this browser or window: tokens by competition, which every request carries.

use leptos::prelude::*;

/// Key under which the tokens are kept. The big screen has a window of its own, and asks as whoever opened it.
const KEPT: &str = "jiangsai-signed-in";

thread_local! {
    // Counted, not owned by any page: it outlives all of them.
    static LAPSED: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Counts up when an answer said that nobody is signed in any more.
pub fn follow_lapses() -> u32 {
    LAPSED.with(|lapsed| lapsed.get())
}

/// An answer said that nobody is signed in.
pub fn lapsed() {
    LAPSED.with(|lapsed| lapsed.update(|count| *count += 1));
}

/// Every token, with spaces between.
pub fn tokens() -> String {
    kept().into_iter().map(|(_, token)| token).collect::<Vec<_>>().join(" ")
}

/// The token for a competition.
pub fn token(competition: &str) -> Option<String> {
    kept().into_iter().find(|(own, _)| own == competition).map(|(_, token)| token)
}

/// Keeps the token for a competition, or forgets the one there was.
pub fn keep(competition: &str, token: Option<&str>) {
    let mut all = kept();
    all.retain(|(own, _)| own != competition);
    all.extend(token.map(|token| (competition.to_owned(), token.to_owned())));
    let lines: Vec<String> = all.into_iter().map(|(own, token)| format!("{own} {token}")).collect();
    if let Some(storage) = window().local_storage().ok().flatten() {
        // A browser that keeps nothing signs nobody in, and says so at the next request.
        let _ = storage.set_item(KEPT, &lines.join("\n"));
    }
}

/// Forgets every token: whoever comes next to this browser is somebody else.
pub fn forget() {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // Tokens that stay end at the computer after a while.
        let _ = storage.remove_item(KEPT);
    }
}

fn kept() -> Vec<(String, String)> {
    let text = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    let text = text.unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(own, token)| (own.to_owned(), token.to_owned()))
        .collect()
}
