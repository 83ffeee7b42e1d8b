//! Without a pointer: past the navigation in two keys, a dialog that keeps the keyboard while it is open and gives it back, a form that
//! leads to what must be mended.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use thirtyfour::prelude::*;

/// The nearest test id around what has the focus, with the dialog or part of the page it is in.
const FOCUS: &str = "
    const one = document.activeElement, near = one.closest('[data-testid]');
    return [near ? near.dataset.testid : one.className, one.closest('dialog') ? 'dialog' : one.closest('main') ? 'main' : ''];";

impl Screen {
    async fn focus(&self) -> Result<(String, String)> {
        let found = self.driver.execute(FOCUS, Vec::new()).await?.json().clone();
        let word = |at: usize| found[at].as_str().unwrap_or_default().to_owned();
        Ok((word(0), word(1)))
    }

    async fn key(&self, key: Key) -> Result<()> {
        self.type_keys(&key.value().to_string()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("keyboard")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-registration").await?;
    screen.see("entry-row-S07").await?;
    past_the_navigation(&screen).await?;
    in_and_out_of_a_dialog(&screen).await?;
    to_what_must_be_mended(&screen).await?;
    screen.close().await
}

async fn past_the_navigation(screen: &Screen) -> Result<()> {
    screen.driver.refresh().await?;
    screen.see("entry-row-S07").await?;
    screen.key(Key::Tab).await?;
    ensure!(screen.focus().await?.0 == "skip", "the first stop is the link to the page: {:?}", screen.focus().await?);
    screen.key(Key::Enter).await?;
    screen.key(Key::Tab).await?;
    ensure!(screen.focus().await?.1 == "main", "the next stop is in the page: {:?}", screen.focus().await?);
    Ok(())
}

async fn in_and_out_of_a_dialog(screen: &Screen) -> Result<()> {
    let opener = "entry-edit-S07";
    let to = format!("document.querySelector('[data-testid=\"{opener}\"]').focus()");
    screen.driver.execute(&to, Vec::new()).await?;
    screen.key(Key::Enter).await?;
    screen.see("entry-reason").await?;
    for stop in 0..40 {
        screen.key(Key::Tab).await?;
        let (at, place) = screen.focus().await?;
        // Between its last and its first stop a dialog leaves the keyboard to the browser's own bar.
        ensure!(place == "dialog" || at.is_empty(), "stop {stop} is outside the dialog: {at}");
    }
    screen.key(Key::Escape).await?;
    screen
        .until("the focus back at what opened the dialog", async |_| {
            screen.focus().await.is_ok_and(|(at, _)| at == opener).then_some(())
        })
        .await
}

async fn to_what_must_be_mended(screen: &Screen) -> Result<()> {
    screen.press("entry-add").await?;
    screen.press("entry-save").await?;
    screen
        .until("the focus in the first wrong field", async |_| {
            screen.focus().await.is_ok_and(|(at, _)| at == "entry-field-name").then_some(())
        })
        .await
}
