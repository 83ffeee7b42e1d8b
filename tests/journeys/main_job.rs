//! The main job, once in headless Chromium and once in the real window: empty application, template, roster with three faults, judges,
//! every mark of the practice module from the keyboard, ranking, derivation, summary PDF, power cut, start again.

use crate::journeys::harness::{Screen, host};
use crate::journeys::people::{self, FAULTS};
use crate::journeys::reference;
use crate::journeys::steps::{pdf_text, scratch};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use thirtyfour::prelude::Key;

const CONTESTANTS: usize = 60;
const ITEMS: usize = 4;
const JUDGES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("browser")?;
    let data = folder.join("data");
    let (mut server, address) = host(&data)?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    before_the_cut(&screen, &folder).await?;
    server.kill()?;
    let (_server, address) = host(&data)?;
    screen.driver.goto(&address).await?;
    after_the_cut(&screen).await?;
    screen.close().await
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn in_the_window() -> Result<()> {
    let folder = scratch("window")?;
    let data = folder.join("data");
    let screen = Screen::window(&data).await?;
    before_the_cut(&screen, &folder).await?;
    kill_window(&data)?;
    screen.close().await?;
    let screen = Screen::window(&data).await?;
    after_the_cut(&screen).await?;
    screen.close().await
}

/// SIGKILL to the process that holds the data folder.
#[cfg(target_os = "linux")]
fn kill_window(data: &Path) -> Result<()> {
    let wanted = format!("JIANGSAI_DATA={}", data.display());
    let mut killed = 0;
    for process in std::fs::read_dir("/proc")?.flatten() {
        let environment = std::fs::read(process.path().join("environ")).unwrap_or_default();
        let executable = std::fs::read_link(process.path().join("exe")).unwrap_or_default();
        let ours = executable.file_name().is_some_and(|name| name == "jiangsai");
        if ours && environment.split(|byte| *byte == 0).any(|entry| entry == wanted.as_bytes()) {
            let id = process.file_name().to_string_lossy().into_owned();
            ensure!(std::process::Command::new("kill").args(["-KILL", &id]).status()?.success(), "kill {id}");
            killed += 1;
        }
    }
    ensure!(killed > 0, "the window's process was not found");
    Ok(())
}

async fn before_the_cut(screen: &Screen, folder: &Path) -> Result<()> {
    create(screen).await?;
    register(screen, folder).await?;
    judges(screen).await?;
    theory(screen, folder).await?;
    practice(screen).await?;
    ranking(screen).await?;
    summary(screen, folder).await
}

async fn create(screen: &Screen) -> Result<()> {
    screen.press("start-template-theory-practice-30-70").await?;
    screen.fill("create-title", "模拟职业技能竞赛").await?;
    screen.fill("create-event", "工业废水处理工").await?;
    screen.press("create-submit").await?;
    screen.see("next-step").await?;
    Ok(())
}

async fn register(screen: &Screen, folder: &Path) -> Result<()> {
    let people = people::roster(CONTESTANTS as u32);
    let (faulty, right): (PathBuf, PathBuf) = (folder.join("faulty.xlsx"), folder.join("roster.xlsx"));
    people::write_workbook(&people, true, &faulty)?;
    people::write_workbook(&people, false, &right)?;
    screen.press("nav-registration").await?;
    screen.press("roster-open").await?;
    screen.choose_file("roster-file", &faulty).await?;
    for (row, header, _) in FAULTS {
        let column = people::column_of(header).context("a header of the file")?;
        screen.see(&format!("roster-fault-{row}-{column}")).await?;
    }
    ensure!(!screen.see("roster-apply").await?.is_enabled().await?, "a faulty roster can be applied");
    screen.choose_file("roster-file", &right).await?;
    screen.press("roster-apply").await?;
    screen.reads("entry-total", "60").await?;
    screen.press("number-open").await?;
    screen.fill("number-stations", "6O").await?;
    screen.press("number-apply").await?;
    screen.has("number-stations", "aria-invalid", "true").await?;
    // All in one session, as with nothing in the field.
    screen.fill("number-stations", "６０").await?;
    screen.press("number-apply").await?;
    screen.reads("entry-total", "60").await?;
    Ok(())
}

async fn judges(screen: &Screen) -> Result<()> {
    screen.press("nav-judges").await?;
    for judge in 1..=JUDGES {
        screen.press("judge-add").await?;
        screen.fill("judge-code", &format!("P{judge:02}")).await?;
        screen.fill("judge-name", &format!("模拟裁判{judge}")).await?;
        screen.press("judge-save").await?;
        screen.see(&format!("judge-row-P{judge:02}")).await?;
    }
    for seat in 1..=JUDGES {
        let chosen = screen.see(&format!("panel-seat-{seat}")).await?;
        chosen.send_keys(format!("P{seat:02}")).await?;
    }
    screen.press("panel-save").await?;
    screen.see("panel-saved").await?;
    Ok(())
}

/// Theory comes as a file, as a machine test gives it.
async fn theory(screen: &Screen, folder: &Path) -> Result<()> {
    let path = folder.join("theory.csv");
    let mut text = String::from("参赛号,理论\n");
    for entry in 0..CONTESTANTS {
        text += &format!("{:02},{}\n", entry + 1, reference::theory(entry));
    }
    std::fs::write(&path, text)?;
    screen.press("nav-marks").await?;
    screen.press("marks-import").await?;
    screen.choose_file("marks-file", &path).await?;
    screen.press("marks-apply").await?;
    Ok(())
}

async fn practice(screen: &Screen) -> Result<()> {
    for item in 0..ITEMS {
        // The theory test is the first choice.
        screen.press(&format!("marks-choice-{}", item + 1)).await?;
        screen.reads("marks-title", &format!("P{}", item + 1)).await?;
        for judge in 0..JUDGES {
            screen.press(&format!("cell-0-{judge}")).await?;
            let keys: String = (0..CONTESTANTS)
                .map(|entry| format!("{}{}", reference::typed(reference::mark(entry, item, judge)), Key::Enter.value()))
                .collect();
            screen.type_keys(&keys).await?;
            screen
                .has(
                    &format!("cell-{}-{judge}", CONTESTANTS - 1),
                    "data-text",
                    &reference::typed(reference::mark(CONTESTANTS - 1, item, judge)),
                )
                .await?;
        }
    }
    Ok(())
}

async fn ranking(screen: &Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    let expected = reference::standings(CONTESTANTS, ITEMS);
    screen.see(&format!("standings-row-{}", CONTESTANTS - 1)).await?;
    for (index, line) in expected.iter().enumerate() {
        screen.reads(&format!("standings-total-{index}"), &reference::printed(line.total)).await?;
        let rank = screen.text(&format!("standings-rank-{index}")).await?;
        ensure!(rank.trim() == line.rank.to_string(), "row {index}: rank {rank}, expected {}", line.rank);
    }
    screen.press("standings-rank-0").await?;
    let why = screen.reads("why-panel", &reference::printed(expected[0].total)).await?;
    ensure!(
        why.contains(&reference::printed(expected[0].practice)),
        "the derivation of rank 1 names the practice score: {why}"
    );
    Ok(())
}

async fn summary(screen: &Screen, folder: &Path) -> Result<()> {
    screen.press("nav-documents").await?;
    screen.press("doc-kind-score-summary").await?;
    screen.see("doc-preview").await?;
    screen.press("doc-save").await?;
    let saved = screen.text("doc-saved-path").await?;
    let path = PathBuf::from(saved.trim());
    ensure!(path.starts_with(folder), "saved below the data folder: {}", path.display());
    let text = pdf_text(&path)?;
    for person in people::roster(CONTESTANTS as u32) {
        ensure!(text.contains(&person.name), "{} is missing in the summary", person.name);
    }
    for line in reference::standings(CONTESTANTS, ITEMS) {
        ensure!(text.contains(&reference::printed(line.total)), "{} is missing in the summary", line.total);
    }
    Ok(())
}

async fn after_the_cut(screen: &Screen) -> Result<()> {
    screen.press("competition-0").await?;
    ranking(screen).await?;
    screen.press("nav-registration").await?;
    screen.reads("entry-total", "60").await?;
    Ok(())
}
