//! A judge's desk from the numeric keypad alone: signs in by PIN, marks two entries, misses an item and is shown it, signs, is
//! read-only; the chief judge opens the sheet with a reason; the judge corrects and signs again.

use crate::journeys::harness::{Screen, host};
use crate::journeys::people;
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use std::path::Path;
use thirtyfour::prelude::*;

impl Screen {
    /// Waits until a field of the sheet has the focus.
    async fn at(&self, item: &str) -> Result<()> {
        self.focused(&format!("desk-{item}-1")).await
    }

    /// Waits until an element has the focus.
    async fn focused(&self, own: &str) -> Result<()> {
        self.until(&format!("focus in {own}"), async |driver| {
            let id = driver.execute("return document.activeElement.id", Vec::new()).await.ok()?;
            (id.json().as_str() == Some(own)).then_some(())
        })
        .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("desk")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    hall(&screen, &folder).await?;
    sign_in(&screen).await?;
    two_entries(&screen).await?;
    opened_again(&screen).await?;
    screen.close().await
}

/// Two contestants and a judge with a PIN.
async fn hall(screen: &Screen, folder: &Path) -> Result<()> {
    screen.press("start-template-theory-practice-30-70").await?;
    screen.fill("create-title", "模拟职业技能竞赛").await?;
    screen.fill("create-event", "工业废水处理工").await?;
    screen.press("create-submit").await?;
    screen.see("next-step").await?;
    let roster = folder.join("roster.xlsx");
    people::write_workbook(&people::roster(2), false, &roster)?;
    screen.press("nav-registration").await?;
    screen.press("roster-open").await?;
    screen.choose_file("roster-file", &roster).await?;
    screen.press("roster-apply").await?;
    screen.reads("entry-total", "2").await?;
    screen.press("number-open").await?;
    screen.press("number-apply").await?;
    screen.press("nav-judges").await?;
    screen.press("judge-add").await?;
    screen.fill("judge-code", "P01").await?;
    screen.fill("judge-name", "模拟裁判").await?;
    screen.fill("judge-pin", "24680").await?;
    screen.press("judge-save").await?;
    // Once the PIN is set the dialog is closed as well.
    screen.reads("judge-row-P01", "已设").await?;
    screen.see("panel-seat-1").await?.send_keys("P01").await?;
    screen.press("panel-save").await?;
    screen.see("panel-saved").await?;
    Ok(())
}

async fn sign_in(screen: &Screen) -> Result<()> {
    screen.press("nav-desk").await?;
    screen.focus_in("desk-pin").await?;
    ensure!(screen.driver.find(By::Css("nav.nav")).await.is_err(), "a desk has no navigation");
    screen.pad("11111E").await?;
    screen.see("desk-sign-in-fault").await?;
    screen.pad("24680E").await?;
    screen.reads("desk-judge", "P01").await?;
    let names = people::roster(2).into_iter().map(|person| person.name);
    let page = screen.driver.find(By::Tag("body")).await?.text().await?;
    for name in names {
        ensure!(!page.contains(&name), "{name} is named at a desk");
    }
    Ok(())
}

async fn two_entries(screen: &Screen) -> Result<()> {
    screen.at("P1").await?;
    screen.pad("22.5E").await?;
    screen.at("P2").await?;
    // Nothing is typed in the second: it is missed.
    screen.pad("E").await?;
    screen.at("P3").await?;
    screen.pad("+").await?;
    screen.at("P4").await?;
    screen.pad("*").await?;
    // Round the sheet, back to what was missed.
    screen.at("P2").await?;
    screen.reads("desk-missing", "P2").await?;
    screen.reads("desk-total", "72.5").await?;
    screen.pad("30E").await?;
    screen.has("desk-P2", "data-state", "refused").await?;
    // What is no mark is selected: the next digits take its place.
    screen.pad("20E").await?;
    screen.reads("desk-missing", "评完").await?;
    screen.reads("desk-total", "92.5").await?;
    corrected_on_the_way(screen).await?;
    screen.picture("desk-complete").await?;
    // From the last item Enter goes on to the signature.
    screen.at("P3").await?;
    screen.pad("EE").await?;
    screen.focused("desk-sign").await?;
    sign(screen).await?;
    ensure!(screen.attribute("desk-P1", "readonly").await?.is_some(), "signed, so read-only");
    // Enter goes on to the next sheet.
    let first = screen.text("desk-station").await?;
    screen.pad("E").await?;
    screen
        .until("another station", async |driver| {
            let now = driver.find(By::Css("[data-testid='desk-station']")).await.ok()?.text().await.ok()?;
            (now != first).then_some(())
        })
        .await?;
    screen.at("P1").await?;
    // In one go, faster than anything is saved or drawn: every key still reaches its field, and the signature waits for the last mark.
    screen.pad("18E*-19.5E++E").await?;
    screen.see("desk-sign-about").await?;
    screen.reads("desk-total", "87.5").await?;
    screen.focused("desk-sign-yes").await?;
    screen.pad("E").await?;
    screen.see("desk-signed").await?;
    Ok(())
}

/// A mark is corrected and the next sheet asked for in one go: the correction takes the place of the mark before it. What is no mark keeps
/// the sheet on screen, and the way back of the browser asks first.
async fn corrected_on_the_way(screen: &Screen) -> Result<()> {
    let first = screen.text("desk-station").await?;
    let other = async |driver: &WebDriver, here: bool| {
        let now = driver.find(By::Css("[data-testid='desk-station']")).await.ok()?.text().await.ok()?;
        ((now == first) == here).then_some(())
    };
    screen.at("P3").await?;
    screen.pad("-").await?;
    screen.at("P2").await?;
    screen.pad("19/").await?;
    screen.until("another station", async |driver| other(driver, false).await).await?;
    screen.at("P1").await?;
    screen.pad("/").await?;
    screen.until("the station before", async |driver| other(driver, true).await).await?;
    screen.at("P1").await?;
    screen.has("desk-P2", "data-state", "saved").await?;
    screen.reads("desk-total", "91.5").await?;
    screen.see("desk-P2").await?.click().await?;
    screen.at("P2").await?;
    screen.pad("30/").await?;
    screen.has("desk-P2", "data-state", "refused").await?;
    ensure!(screen.text("desk-station").await? == first, "still on the sheet");
    screen.driver.back().await?;
    screen.see("marks-leave").await?;
    screen.press("marks-leave-stay").await?;
    screen.press("desk-out").await?;
    screen.see("marks-leave").await?;
    screen.press("marks-leave-stay").await?;
    screen.at("P2").await?;
    screen.pad("20E").await?;
    screen.reads("desk-total", "92.5").await?;
    Ok(())
}

/// Signs a complete sheet from its button.
async fn sign(screen: &Screen) -> Result<()> {
    screen.pad("E").await?;
    screen.see("desk-sign-about").await?;
    screen.focused("desk-sign-yes").await?;
    screen.pad("E").await?;
    screen.see("desk-signed").await?;
    screen.focused("desk-sign").await
}

async fn opened_again(screen: &Screen) -> Result<()> {
    screen.press("desk-out").await?;
    screen.driver.back().await?;
    screen.press("nav-hall").await?;
    screen.reads("hall-signed", "2").await?;
    screen.picture("hall-signed").await?;
    screen.press("hall-show-signed").await?;
    screen.press("hall-reopen-01-P01").await?;
    screen.press("hall-do").await?;
    screen.see("hall-fault").await?;
    screen.fill("hall-reason", "漏看第二页").await?;
    screen.press("hall-do").await?;
    screen.press("hall-show-open").await?;
    screen.reads("hall-sheets", "P01").await?;
    screen.press("nav-desk").await?;
    screen.focus_in("desk-pin").await?;
    screen.pad("24680E").await?;
    screen.reads("desk-reopened", "漏看第二页").await?;
    screen.at("P1").await?;
    screen.pad("23E").await?;
    screen.reads("desk-total", "93").await?;
    screen.picture("desk-reopened").await?;
    screen.press("desk-sign").await?;
    screen.see("desk-sign-about").await?;
    screen.focused("desk-sign-yes").await?;
    screen.pad("E").await?;
    screen.see("desk-signed").await?;
    Ok(())
}
